"""Banks for the tests: templates of both kinds, files as a bank would answer them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from tests.rooms import rolls
from tests.rooms.ledgers import code
from tests.rooms.world import TOWNSHIP, World
from yimen.base.sealed import blind_index
from yimen.casework.households.models import BankAccount
from yimen.casework.payments import acts, bank_queries as queries
from yimen.casework.payments.models import BankAttempt
from yimen.gateways.bank import door
from yimen.law.payments.bank_layout import BankLayouts, Column, Layout, Meaning
from yimen.law.payments.bank_terms import BankAnswerKind, BankField, Encoding, FileKind, Newline, Side
from yimen.law.payments.terms import FailCause
from yimen.law.terms import Role

F = BankField
CODES = {
    "00": Meaning(BankAnswerKind.PAID),
    "11": Meaning(BankAnswerKind.FAILED, FailCause.CLOSED),
    "12": Meaning(BankAnswerKind.FAILED, FailCause.NAME),
    "90": Meaning(BankAnswerKind.RETURNED, FailCause.OTHER),
}
CONTROL = (
    Column(F.BATCH, width=20), Column(F.COUNT, width=8, side=Side.RIGHT, fill="0"),
    Column(F.TOTAL, width=16, side=Side.RIGHT, fill="0"),
)  # fmt: skip
OUT = (
    Column(F.SERIAL, width=6, side=Side.RIGHT, fill="0"), Column(F.NAME, width=40), Column(F.ACCOUNT, width=25),
    Column(F.AMOUNT, width=14, side=Side.RIGHT, fill="0"), Column(F.LINE, width=24), Column(F.REMARK, width=30),
)  # fmt: skip
BACK = (
    Column(F.LINE, width=24), Column(F.ACCOUNT, width=25), Column(F.NAME, width=40),
    Column(F.AMOUNT, width=14, side=Side.RIGHT, fill="0"), Column(F.RESULT, width=4), Column(F.CAUSE, width=30),
)  # fmt: skip


def layouts(kind: FileKind = FileKind.DELIMITED, encoding: Encoding = Encoding.GB18030, **more: Any) -> BankLayouts:
    """A bank with a header of control totals, except in Excel."""
    header = () if kind is FileKind.EXCEL else CONTROL
    titles = kind is FileKind.EXCEL
    out = Layout(kind, OUT, encoding=encoding, header=header, titles=titles)
    back = Layout(kind, BACK, encoding=encoding, newline=Newline.LF, header=header, titles=titles)
    suffix = "xlsx" if titles else "txt"
    return BankLayouts(
        **({"name": f"FF{{批次}}.{suffix}", "out": out, "back": back, "codes": CODES, "remark": "{月份}救助金"} | more)
    )


def template(world: World, made: BankLayouts | None = None, **more: Any) -> Any:
    """Written by the supervisor, released by the district's decider."""
    given = {"name": "示例农商行", "banks": ["示例农村商业银行"], "valid_from": dt.date(2026, 1, 1)} | more
    row = acts.propose_bank_template(world.at_district(Role.SUPERVISOR), layouts=made or layouts(), **given)
    by = world.at_district(Role.DISTRICT_DECIDER)
    return acts.release_bank_template(by, ref=row.ref, code=code(by))


def send(world: World, bank: Any = None, township: str = TOWNSHIP, by: Any = None) -> Any:
    """Everything that the township has for a bank."""
    officer = by or rolls.cashier(world, township)
    batch = next(
        each for each in queries.plan(officer, township).batches if bank is None or each.template.pk == bank.pk
    )
    return door.send(
        officer, area=township, template=batch.template.ref, count=len(batch.lines), total_fen=batch.total_fen,
        code=code(officer),
    )  # fmt: skip


def sent(world: World, made: BankLayouts | None = None) -> Any:
    """A frozen month with its bank."""
    template(world, made)
    rolls.frozen(world)
    return send(world)


Row = list[str]


def answer(
    file: Any, result: Callable[[int], tuple[str, str]] = lambda serial: ("00", ""), change: Callable[[list[Row]], Any] = lambda rows: None,
    *, batch: str | None = None, count: int | None = None, total: str | None = None, encoding: str = "gb18030",
) -> bytes:  # fmt: skip
    """What a bank would answer in delimited text: a result for each serial; ``change`` spoils the rows."""
    rows = rows_of(file, result)
    change(rows)
    attempts = list(BankAttempt.objects.filter(file=file))
    fen = sum(each.fen for each in attempts)
    head = [batch or file.number, str(len(rows) if count is None else count), total or f"{fen // 100}.{fen % 100:02d}"]
    return "".join("|".join(row) + "\n" for row in (head, *rows)).encode(encoding)


def rows_of(file: Any, result: Callable[[int], tuple[str, str]]) -> list[Row]:
    """Line, account, name, amount, code, cause."""
    attempts = BankAttempt.objects.filter(file=file).select_related("line", "account").order_by("serial")
    return [
        [each.line.ref, each.account.number, each.account.holder, _yuan(each.fen), *result(each.serial)]
        for each in attempts
    ]


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def failing(*serials: int, code: str = "11", words: str = "账户已销户") -> Callable[[int], tuple[str, str]]:
    """Some fail, the others are paid."""
    return lambda serial: (code, words) if serial in serials else ("00", "")


def take(world: World, file: Any, content: bytes, name: str = "answer.txt") -> Any:
    return door.take(rolls.cashier(world, file.area_id), file=file.ref, content=content, name=name)


def book(world: World, row: Any) -> Any:
    return door.book(rolls.cashier(world, row.file.area_id), ref=row.ref)


def taken(world: World, file: Any, result: Callable[[int], tuple[str, str]] = lambda serial: ("00", "")) -> Any:
    """The bank's answer, judged and not booked; read here and not in a child process."""
    officer = rolls.cashier(world, file.area_id)
    return acts.take_bank_return(
        officer, file=file.ref, content=answer(file, result), name="answer.txt", read=door.read_own
    )  # fmt: skip


def booked(world: World, row: Any) -> Any:
    return acts.book_bank_return(rolls.cashier(world, row.file.area_id), ref=row.ref, read=door.read_own)


def paid(world: World) -> Any:
    """A frozen month, sent and paid whole."""
    return booked(world, taken(world, sent(world)))


def kinds(row: Any) -> Sequence[str]:
    """Which faults a return has."""
    return sorted({fault[1] for fault in row.faults})


def other_account(line: Any, number: str = "9900000000000000992") -> None:
    """The household of a line gets its money elsewhere from now on."""
    old = BankAccount.objects.get(household=line.household_id, to_on__isnull=True)
    BankAccount.objects.filter(pk=old.pk).update(to_on=old.from_on)
    old.pk, old.number, old.number_index = None, number, blind_index("account", number)
    old.save()
