"""The money of the demo's last months: in each township a roll by its three people on the 25th; lately an account, a card, a hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from yimen.base.access import second
from yimen.casework.awards import queries as awards
from yimen.casework.payments import acts
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.casework.payments.custodies.acts import CustodyEntry
from yimen.casework.payments.hold_queries import held_among
from yimen.demo.places import TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.law import calendar
from yimen.law.calendar import add_months, first_day, month_of
from yimen.law.payments.custody import DUTIES
from yimen.law.terms import Role

MONTHS = 2
_DAY = 25
_LATELY = timedelta(days=6)
_CARD = "9903000000000012345"


class Money:
    """Plays the rolls: the month before and the one before that; this month's is left for who looks at the demo."""

    def __init__(self, stage: Theatre) -> None:
        self.stage = stage
        starts = [add_months(first_day(stage.today), -back) for back in range(1, MONTHS + 1)]
        self.lately = stage.working_day(stage.today - _LATELY)
        self.days = {stage.working_day(start.replace(day=_DAY)): month_of(start) for start in starts}

    def day(self, day: date) -> None:
        """What this day brings, if it is one of theirs."""
        if month := self.days.get(day):
            for number, (code, *_) in enumerate(TOWNSHIPS):
                with calendar.travel(at(day, 16, 30 + number)):
                    self._pay(code, month)

        if day == self.lately:
            with calendar.travel(at(day, 16, 50)):
                self._beside(day)

    def _beside(self, day: date) -> None:
        """What waits for somebody: another account for the head, a card in custody for the district, a hold for a second look."""
        first, third = TOWNSHIPS[0][0], TOWNSHIPS[2][0]
        here, there = self._paid(first), self._paid(third)
        if len(here) > 1:
            second_clerk = self.stage.officer(first, Role.HANDLER, 1)
            entry = AccountProposal(
                "示例农村商业银行", _CARD, _CARD, "原存折遗失，换了新卡。", here[0].household.head.ref
            )
            acts.propose_account(second_clerk, award=here[0].ref, entry=entry)
            aide = self.stage.officer(here[1].village_id, Role.AIDE).staff.ref
            agreed = CustodyEntry(
                here[1].household.head.ref,
                aide,
                "card",
                "行动不便、独居，自愿请协理员代管。",
                DUTIES,
                day,
                day + timedelta(365),
            )
            acts.record_custody(second_clerk, award=here[1].ref, entry=agreed)
        if there:
            clerk = self.stage.officer(third, Role.HANDLER)
            acts.place_hold(clerk, award=there[-1].ref, kind="identity", words="邮寄的告知书两次退回，需上门核实本人。")

    def _paid(self, township: str) -> list[Any]:
        """Households of a township that are paid, whose head lives and for whom nothing waits, in the order of their awards."""
        rows = awards.running(self.stage.officer(township, Role.HANDLER)).filter(
            township_id=township, monthly_fen__gt=0
        )
        held = held_among(row.pk for row in rows)
        return [row for row in rows.order_by("pk") if row.household.head.died_on is None and row.pk not in held]

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
