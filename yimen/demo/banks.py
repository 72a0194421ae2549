"""The invented banks of the demo: their templates, last months' files the day after the roll, and answers with a few failures."""

from __future__ import annotations

from datetime import date, timedelta

from yimen.base.access import second
from yimen.base.access.refusal import Refused
from yimen.casework.payments import acts, bank_queries as queries
from yimen.demo.places import DISTRICT, TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.gateways.bank import door
from yimen.law import calendar
from yimen.law.payments.bank_layout import BankLayouts, Column, Layout, Meaning
from yimen.law.payments.bank_terms import BankAnswerKind, BankField as F, Encoding, FileKind, Newline, Side
from yimen.law.payments.terms import FailCause
from yimen.law.terms import Role

_CONTROL = (
    Column(F.BATCH, width=20), Column(F.COUNT, width=8, side=Side.RIGHT, fill="0"),
    Column(F.TOTAL, width=16, side=Side.RIGHT, fill="0"),
)  # fmt: skip
_CODES = {
    "0000": Meaning(BankAnswerKind.PAID),
    "1001": Meaning(BankAnswerKind.FAILED, FailCause.CLOSED),
    "1002": Meaning(BankAnswerKind.FAILED, FailCause.NAME),
    "1003": Meaning(BankAnswerKind.FAILED, FailCause.LIMIT),
    "1004": Meaning(BankAnswerKind.FAILED, FailCause.NO_ACCOUNT),
    "1099": Meaning(BankAnswerKind.FAILED, FailCause.OTHER),
    "2001": Meaning(BankAnswerKind.RETURNED, FailCause.OTHER),
}
_ITEMS = {"dibao.urban": "0101", "dibao.rural": "0102", "tekun.urban": "0201", "tekun.rural": "0202"}


def fixed_width() -> BankLayouts:
    """Fixed width out, bars back, both in GB18030."""
    out = (
        Column(F.SERIAL, width=6, side=Side.RIGHT, fill="0"), Column(F.ACCOUNT, width=25), Column(F.NAME, width=80),
        Column(F.AMOUNT, width=14, side=Side.RIGHT, fill="0"), Column(F.ITEM, width=6), Column(F.LINE, width=20),
        Column(F.REMARK, width=40),
    )  # fmt: skip
    back = (
        Column(F.LINE), Column(F.ACCOUNT), Column(F.NAME), Column(F.AMOUNT), Column(F.RESULT), Column(F.CAUSE),
    )  # fmt: skip
    return BankLayouts(
        "F{批次}.txt", Layout(FileKind.FIXED, out, header=_CONTROL),
        Layout(FileKind.DELIMITED, back, newline=Newline.LF, header=_CONTROL), _CODES, _ITEMS, "{月份}{类别}",
    )  # fmt: skip


def _bars() -> BankLayouts:
    """Bars both ways in GBK, an answer in several files."""
    columns = (Column(F.SERIAL), Column(F.NAME), Column(F.ACCOUNT), Column(F.AMOUNT), Column(F.REMARK))
    back = (Column(F.SERIAL), Column(F.ACCOUNT), Column(F.AMOUNT), Column(F.RESULT), Column(F.CAUSE))
    return BankLayouts(
        "P{月份}{批次}.txt", Layout(FileKind.DELIMITED, columns, encoding=Encoding.GBK),
        Layout(FileKind.DELIMITED, back, encoding=Encoding.GBK), _CODES, {}, "{月份}{类别}", several=True,
    )  # fmt: skip


_FAILING = (2, 3, *range(40, 4_000, 60))
"""Serials of last month's files that were not paid; the practice bank chooses where a file has none of them."""


class Banks:
    """Plays what follows each roll: sent the next working day, answered three days later; the last month with failures."""

    def __init__(self, stage: Theatre, rolls: dict[date, str]) -> None:
        self.stage = stage
        self.last = max(rolls.values(), default="")
        self.begins = min(rolls, default=None)
        self.sending = {stage.working_day(day + timedelta(days=1)): month for day, month in rolls.items()}
        self.answers = {stage.working_day(day + timedelta(days=4)): month for day, month in rolls.items()}
        self.answered = max(self.answers)

    def day(self, day: date) -> None:
        """What this day brings."""
        if day == self.begins:
            self._templates(day)
        if day in self.sending:
            for number, (code, *_) in enumerate(TOWNSHIPS):
                with calendar.travel(at(day, 9, 20 + number)):
                    self._send(code)
        if month := self.answers.get(day):
            for number, (code, *_) in enumerate(TOWNSHIPS):
                with calendar.travel(at(day, 14, 20 + number)):
                    self._answer(code, month)

    def _templates(self, day: date) -> None:
        one, other = (self.stage.officer(DISTRICT, role) for role in (Role.SUPERVISOR, Role.DISTRICT_DECIDER))
        since = day.replace(day=1)
        with calendar.travel(at(day, 9, 40)):
            row = acts.propose_bank_template(
                one, name="示例农村商业银行", banks=["示例农村商业银行"], valid_from=since, layouts=fixed_width()
            )
            acts.propose_bank_template(
                one, name="示例村镇银行", banks=["示例村镇银行"], valid_from=since, layouts=_bars()
            )
        with calendar.travel(at(day, 10, 10)):
            acts.release_bank_template(other, ref=row.ref, code=second.code_now(other.account))

    def _send(self, township: str) -> None:
        cashier = self.stage.officer(township, Role.CASHIER)
        for batch in queries.plan(cashier, township).batches:
            door.send(
                cashier, area=township, template=batch.template.ref, count=len(batch.lines), total_fen=batch.total_fen,
                code=second.code_now(cashier.account),
            )  # fmt: skip

    def _answer(self, township: str, month: str) -> None:
        cashier, handler = (self.stage.officer(township, role) for role in (Role.CASHIER, Role.HANDLER))
        for file in queries.files(cashier).filter(month=month):
            failing = tuple(each for each in _FAILING if each <= file.count) if month == self.last else (0,)
            made = door.practise(cashier, file.ref, failing)
            acts.book_bank_return(cashier, ref=made.ref, read=door.read_own)
        self._put_right(handler)

    def _put_right(self, handler: object) -> None:
        """The first failure whose account is sound after all goes out again with the next file."""
        row = queries.failures(handler).filter(cause=FailCause.NAME).first()  # type: ignore[arg-type]
        if row is None:
            return
        try:
            acts.reissue_payment(handler, refs=[row.line.ref], correction="户名中的生僻字银行登记有误，银行已更正。")
        except Refused:
            return  # a relative of the handler's: left for a colleague
