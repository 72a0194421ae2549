"""Money in the demo district: budget, arrivals, transfers by what the rolls need, a reserve; and a year of relief from it.

One township is given nothing in the last month, so that a shortage is to be seen. The last urgent relief still waits for its
papers, one case waits for its leader.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.base.access import second
from yimen.base.access.officer import Officer
from yimen.casework.awards.changes.entries import ViewsEntry
from yimen.casework.payments import acts
from yimen.casework.payments.funds import forecast
from yimen.casework.payments.funds.queries import balances
from yimen.casework.payments.recovery import queries as recovery
from yimen.casework.payments.recovery.entries import RecoveryEntry
from yimen.casework.payments.relief.entries import ReliefEntry
from yimen.demo.money import MONTHS as ROLLS
from yimen.demo.places import DISTRICT, TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.law import calendar
from yimen.law.calendar import add_months, first_day, month_of, next_month
from yimen.law.payments.funds import MONTHLY, FundProgramme
from yimen.law.terms import Role

_FUNDS, _RELIEF, _BACK = 4, 14, 17
_YUAN = 100
_ROUND = 1_000 * _YUAN
_RESERVE = 500_000
_CODES = [code for code, *_ in TOWNSHIPS]
_SHORT = _CODES[-1]
_SOURCES = {FundProgramme.DIBAO: "central", FundProgramme.TEKUN: "province", FundProgramme.TEMPORARY: "district"}
_EVENTS = (
    ("fire", "夜里厨房起火，粮食、被褥烧毁，暂住亲戚家。", 120_000),
    ("traffic", "骑车被撞，对方逃逸，住院押金交不上。", 100_000),
    ("illness", "突发心梗送医，家里一时拿不出钱。", 150_000),
    ("job", "工地停工三个月没有结到工钱，房租欠了两个月。", 60_000),
    ("accident", "收秋时摔断腿，独自在家，无人照料。", 80_000),
)


class Funds:
    """Plays the money month by month."""

    def __init__(self, stage: Theatre, seed: int) -> None:
        self.stage, self.draw = stage, random.Random(f"funds {seed}")
        self.begins = add_months(first_day(stage.today), -ROLLS)
        # Before the last roll is drawn up, so that it takes the first part back.
        self.before_last = stage.working_day(add_months(first_day(stage.today), -1).replace(day=_BACK))
        self.number = 0
        self.budgeted: set[int] = set()

    def day(self, day: date) -> None:
        """What this day brings, if it is one of the days of its month."""
        if day == self.stage.working_day(day.replace(day=_FUNDS)):
            self._month(day)
        if day == self.stage.working_day(day.replace(day=_RELIEF)):
            self._relief(day)
        if day == self.before_last:
            for code in _CODES:
                self._take_back(code, day, month_of(day))
        if day == self.stage.working_day(first_day(self.stage.today).replace(day=_BACK)):
            for code in _CODES:
                self._take_back(code, day, next_month(day))

    # -- the money of a month ----------------------------------------------------------------

    def _month(self, day: date) -> None:
        if day.year not in self.budgeted:
            self.budgeted.add(day.year)
            self._book(day, 0, "promise", FundProgramme.TEMPORARY, {"": _RESERVE * 24})
            self._give(day, 1, FundProgramme.TEMPORARY, dict.fromkeys(_CODES, _RESERVE))
        elif day.month % 3 == 1:
            self._give(day, 1, FundProgramme.TEMPORARY, dict.fromkeys(_CODES, _RESERVE))
        if day >= self.begins:
            self._for_rolls(day)

    def _for_rolls(self, day: date) -> None:
        """What the month's rolls need, with something over for arrears; the first time the budget of the year's rest as well."""
        month = month_of(day)
        need, held = forecast.needs(_CODES, [month])[month], balances(_CODES)
        first, last = day < add_months(self.begins, 1), month == month_of(self.stage.today)
        for number, programme in enumerate(MONTHLY):
            due = {code: need.get((code, str(programme)), 0) for code in _CODES}
            if first:
                self._book(day, 3 + number, "promise", programme, {"": _up(sum(due.values()) * 12)})
            wanted = {
                code: 0
                if last and code == _SHORT
                else _up(fen * (2 if first else 3) - held.get((code, str(programme)), 0))
                for code, fen in due.items()
                if fen
            }
            self._give(day, 5 + 2 * number, programme, {code: fen for code, fen in wanted.items() if fen > 0})

    def _give(self, day: date, minute: int, programme: FundProgramme, rows: Mapping[str, int]) -> None:
        """Arrived from finance, then given to the townships."""
        if rows:
            move = "reserve" if programme is FundProgramme.TEMPORARY else "transfer"
            self._book(day, minute, "arrive", programme, {"": sum(rows.values())})
            self._book(day, minute + 1, move, programme, rows)

    def _book(self, day: date, minute: int, move: str, programme: FundProgramme, rows: Mapping[str, int]) -> None:
        by, second_person = self.stage.officer(DISTRICT, Role.DISTRICT_HANDLER), self._releaser()
        self.number += 1
        with calendar.travel(at(day, 15, minute)):
            order = acts.propose_funds(
                by, move=move, programme=programme, source=_SOURCES[programme], rows=rows,
                document=f"示例财社〔{day.year}〕{self.number}号",
            )  # fmt: skip
            acts.release_funds(second_person, ref=order.ref, code=second.code_now(second_person.account))

    def _releaser(self) -> Officer:
        return self.stage.officer(DISTRICT, Role.SUPERVISOR)

    # -- relief ------------------------------------------------------------------------------

    def _relief(self, day: date) -> None:
        """One or two cases in the district; the last ones are left where somebody has to go on."""
        running = day >= first_day(self.stage.today)
        for code, *_ in self.draw.sample(TOWNSHIPS, 2):
            cause, words, fen = self.draw.choice(_EVENTS)
            village = f"{code}{self.draw.randint(1, 6):03d}"
            with calendar.travel(at(day, 10)):
                case = self._registered(code, village, cause, words, fen, day)
            with calendar.travel(at(day, 16, 40)):
                case = self._granted(code, case, fen)
                acts.hand_out_relief(
                    self.stage.officer(code, Role.HANDLER), ref=case.ref, received_by=case.person.name, on=day
                )
            if not running:
                with calendar.travel(at(day, 17)):
                    acts.complete_relief(
                        self.stage.officer(code, Role.HANDLER, 1), ref=case.ref, papers_given=["身份证复印件", "情况证明"],
                        words="已到家核实，情况属实。",
                    )  # fmt: skip
        if running:
            code = TOWNSHIPS[0][0]
            with calendar.travel(at(day, 16, 50)):
                self._registered(code, f"{code}001", "illness", _EVENTS[2][1], 180_000, day)

    def _registered(self, code: str, village: str, cause: str, words: str, fen: int, day: date) -> Any:
        somebody = self.stage.crowd.person(day, 30, 70)
        entry = ReliefEntry(
            identity=somebody.identity, name=somebody.name, village=village, cause=cause, happened_on=day, situation=words,
            wanted_fen=fen, source="village", reported_by="村协理", persons=self.draw.randint(1, 3), urgent=True,
        )  # fmt: skip
        return acts.register_relief(self.stage.officer(code, Role.HANDLER), entry=entry)

    def _granted(self, code: str, case: Any, fen: int) -> Any:
        head = self.stage.officer(code, Role.HEAD)
        return acts.decide_relief(
            head, ref=case.ref, granted=True, fen=fen, reasons="突发困难，基本生活受影响。",
            code=second.code_now(head.account),
        )  # fmt: skip

    # -- what was paid too much --------------------------------------------------------------

    def _take_back(self, code: str, day: date, first: str) -> None:
        """The first household of a township that was paid too much pays it back in parts from a month on, if there is one."""
        handler = self.stage.officer(code, Role.HANDLER)
        award = recovery.register(handler).filter(township_id=code).first()
        if award is None:
            return
        owed = sum(row.fen for row in recovery.of_award(award))
        aide = self.stage.officer(award.village_id, Role.AIDE)
        views = ViewsEntry(
            "in_person", day, [handler.staff.ref, aide.staff.ref], "户主", "家中", "agrees", "愿意分几次退。"
        )
        entry = RecoveryEntry(
            "error", "情况变化以后仍按原来的人数发放，已经核实。", "instalments", -(-owed // 5), first
        )
        with calendar.travel(at(day, 11)):
            made = acts.propose_recovery(handler, award=award.ref, entry=entry, views=views)
        decider = self.stage.officer(DISTRICT, Role.DISTRICT_DECIDER)
        with calendar.travel(at(day, 16, 10 + _CODES.index(code))):
            acts.order_recovery(decider, ref=made.ref, code=second.code_now(decider.account))


def _up(fen: int) -> int:
    """Up to whole thousands of yuan, as money is allotted."""
    return -(-fen // _ROUND) * _ROUND
