"""The rolls of the demo's last months: in each township prepared, approved and released by its three people on the 25th."""

from __future__ import annotations

from datetime import date

from yimen.base.access import second
from yimen.casework.payments import acts
from yimen.demo.places import TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.law import calendar
from yimen.law.calendar import add_months, first_day, month_of
from yimen.law.terms import Role

MONTHS = 2
_DAY = 25


class Money:
    """Plays the rolls: the month before and the one before that; this month's is left for who looks at the demo."""

    def __init__(self, stage: Theatre) -> None:
        self.stage = stage
        starts = [add_months(first_day(stage.today), -back) for back in range(1, MONTHS + 1)]
        self.days = {stage.working_day(start.replace(day=_DAY)): month_of(start) for start in starts}

    def day(self, day: date) -> None:
        """What this day brings, if it is one of theirs."""
        if month := self.days.get(day):
            for number, (code, *_) in enumerate(TOWNSHIPS):
                with calendar.travel(at(day, 16, 30 + number)):
                    self._pay(code, month)

    def _pay(self, township: str, month: str) -> None:
        handler, head, cashier = (
            self.stage.officer(township, role) for role in (Role.HANDLER, Role.HEAD, Role.CASHIER)
        )
        roll = acts.open_roll(handler, month=month)
        roll = acts.draw_up_roll(handler, roll.ref)
        if not roll.counts["households"]:
            acts.withdraw_roll(handler, ref=roll.ref)
            return
        acts.submit_roll(handler, ref=roll.ref)
        acts.approve_roll(head, ref=roll.ref, code=second.code_now(head.account))
        acts.release_roll(cashier, ref=roll.ref, code=second.code_now(cashier.account))
        acts.carry_on_roll(cashier, roll.ref)
