"""The periodic reviews of the demo district: every month each township starts, renews and confirms what is due.

Most is done in time. A few are forgotten until the next month, some of the last months found a change, and of the running
month a part is still under way, so that every state has somebody to look at.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.casework.awards import acts, recertify_queries as recertify
from yimen.casework.awards.recertify.entries import ChangeEntry, CheckEntry
from yimen.demo.places import TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.law import calendar
from yimen.law.calendar import add_months, first_day
from yimen.law.recertify import DataCheck, RecertifyState
from yimen.law.terms import Role

# Days of the month on which a township starts, goes out, and has the leader sign; the next working day where it is none.
_START, _LOOK, _SIGN = 6, 12, 18
_FORGOTTEN = 0.04
_CHANGES = (
    ("income", "外出务工的子女今年起每月寄钱回来，老人自己说的，存折上也有。"),
    ("members", "女儿大学毕业后户口迁出，现在家里少一人。"),
    ("property", "春天买了一辆二手面包车，用来拉货。"),
    ("need", "今年办了残疾证，需要人照看。"),
)


class Reviews:
    """Plays the reviews of all townships, day by day."""

    def __init__(self, stage: Theatre, seed: int) -> None:
        self.stage, self.draw = stage, random.Random(f"reviews {seed}")
        self.said = 0

    def day(self, day: date) -> None:
        """What this day brings, if it is one of the three of its month."""
        for number, work in ((_START, self._start), (_LOOK, self._look), (_SIGN, self._sign)):
            if day == self.stage.working_day(day.replace(day=number)):
                with calendar.travel(at(day, 16)):
                    for code, *_ in TOWNSHIPS:
                        work(code, day)

    def _last(self, day: date, months: int = 1) -> bool:
        return day >= add_months(first_day(self.stage.today), 1 - months)

    def _start(self, code: str, day: date) -> None:
        by = self.stage.officer(code, Role.HANDLER)
        rows = recertify.with_state(recertify.due(by, add_months(first_day(day), 1)), "none")
        refs = [ref for ref in rows.values_list("ref", flat=True) if self.draw.random() >= _FORGOTTEN]
        _each(refs, lambda some: acts.start_recertification(by, refs=some))
        self._expire(by, day)

    def _expire(self, by: Officer, day: date) -> None:
        """Who runs out this month has his letter; who ran out before ends, those of the last month are still waiting for it."""
        this = first_day(day)
        rows = list(recertify.expiring(recertify.running(by), add_months(this, 1)))
        told = recertify.letters(rows)
        asked = [row.ref for row in rows if row.valid_to >= this and row.pk not in told]
        _each(asked, lambda some: acts.invite_again(by, refs=some))
        over = [] if self._last(day) else [row.ref for row in rows if row.valid_to < this]
        _each(over, lambda some: acts.end_expired(by, refs=some))

    def _in(self, by: Officer, state: RecertifyState) -> list[str]:
        rows = recertify.all_reviews(by).filter(state=state, award__end_month="").order_by("id")
        return list(rows.values_list("ref", flat=True))

    def _look(self, code: str, day: date) -> None:
        by, other = self.stage.officer(code, Role.HANDLER), self.stage.officer(code, Role.HANDLER, 1)
        refs = self._in(by, RecertifyState.STARTED)
        if self._last(day):
            refs = refs[: (len(refs) * 3 + 4) // 5]
        team = [by.staff.ref, other.staff.ref]
        if self._last(day, 3) and len(refs) > 1:
            self._change(by, refs.pop(), team, day)
        check = CheckEntry(day, team, self.draw.choice([DataCheck.CLEAR, DataCheck.NONE]))
        _each(refs, lambda some: acts.renew(by, refs=some, check=check))

    def _change(self, by: Officer, ref: str, team: Sequence[str], day: date) -> None:
        kind, words = _CHANGES[self.said % len(_CHANGES)]
        self.said += 1
        check = CheckEntry(day, team, DataCheck.NONE, words)
        _each([ref], lambda some: acts.record_change(by, ref=some[0], check=check, change=ChangeEntry([kind])))

    def _sign(self, code: str, day: date) -> None:
        by = self.stage.officer(code, Role.HEAD)
        refs = self._in(by, RecertifyState.RECORDED)
        if self._last(day):
            refs = refs[: (len(refs) * 2 + 2) // 3]
        _each(refs, lambda some: acts.confirm_recertification(by, refs=some))


def _each(refs: Sequence[str], act: Callable[[Sequence[str]], Any]) -> None:
    """The act on all of them at once; where one of them cannot go, on each alone, and that one waits for somebody else."""
    for some in _parts(refs):
        try:
            act(some)
        except Refused:
            for ref in some:
                _alone(ref, act)


def _alone(ref: str, act: Callable[[Sequence[str]], Any]) -> None:
    try:
        act([ref])
    except Refused as refused:
        if refused.code not in {"recused", "separation", "checked_on", "elsewhere"}:
            raise


def _parts(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    for place in range(0, len(refs), recertify.MOST):
        yield refs[place : place + recertify.MOST]
