"""The close of the demo's last month: signed and filed once the bank has answered and the platform agrees; one not received yet.

This month is left half way: its comparison waits for answers, its platform for the export, and one roll for its approval.
"""

from __future__ import annotations

from datetime import date, timedelta

from yimen.base.access import second
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.closing import queries
from yimen.casework.payments import acts as payments
from yimen.casework.reports import acts as reports
from yimen.demo.places import DISTRICT, TOWNSHIPS
from yimen.demo.platform import RECONCILED
from yimen.demo.theatre import Theatre, at
from yimen.law import calendar
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of
from yimen.law.closing import blocking
from yimen.law.terms import Role

_WAITS, _ROLL = TOWNSHIPS[3][0], TOWNSHIPS[4][0]
_LATELY = timedelta(days=6)


class Closing:
    """Plays the end of last month in the townships that reconciled it, and the beginning of this month's roll in another."""

    def __init__(self, stage: Theatre, answered: date, reconciled: date) -> None:
        self.stage, self.on = stage, max(answered, reconciled)
        self.month = later_month(month_of(stage.today), -1)
        self.lately = stage.working_day(stage.today - _LATELY)

    def day(self, day: date) -> None:
        """What this day brings, if it is one of theirs."""
        if day == self.on:
            for number, code in enumerate(RECONCILED):
                self._close(code, day, number)
        if day == self.lately:
            with calendar.travel(at(day, 17)):
                self._begin_roll()

    def _close(self, township: str, day: date, number: int) -> None:
        """Signed by the handler, filed by the head, frozen; received by the district but for one. With the papers of the month."""
        if blocking(queries.stages(township, self.month, day)):
            return
        handler, head = (self.stage.officer(township, role) for role in (Role.HANDLER, Role.HEAD))
        with calendar.travel(at(day, 17, number)):
            close = acts.sign_month(handler, month=self.month)
        with calendar.travel(at(day, 17, 5 + number)):
            acts.file_month(head, ref=close.ref, code=second.code_now(head.account))
            acts.carry_on_close(head, close.ref)
            reports.issue_return(head, month=self.month)
        if township != _WAITS:
            with calendar.travel(at(day, 17, 12 + number)):
                acts.receive_month(self.stage.officer(DISTRICT, Role.SUPERVISOR), ref=close.ref)
                reports.issue_month_paper(handler, month=self.month, code="month_filing")

    def _begin_roll(self) -> None:
        handler = self.stage.officer(_ROLL, Role.HANDLER)
        roll = payments.open_roll(handler, month=month_of(self.stage.today))
        roll = payments.draw_up_roll(handler, roll.ref)
        if roll.counts["households"]:
            payments.submit_roll(handler, ref=roll.ref)
        else:
            payments.withdraw_roll(handler, ref=roll.ref)
