"""The raised standard in the demo district's past: set and released by two people, reckoned, proposed, released, carried out."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.base.access import second
from yimen.base.powers import acts as powers
from yimen.casework.awards import acts
from yimen.demo.places import DISTRICT
from yimen.demo.theatre import Theatre, at
from yimen.law import calendar
from yimen.law.calendar import add_months, first_day, month_of
from yimen.law.terms import Role

# The standards of the demo's second half-year, in fen a month: invented, like everything of the demo district.
STANDARDS = {"dibao.standard.urban": 76_000, "dibao.standard.rural": 54_600}
DOCUMENT = "示例文号 安澜民发〔示例〕24号"
NOTE = "虚构的示例值，不是任何地方的规定"
MONTHS_AGO = 4
_SET, _RAISED = 20, 3


class Uplift:
    """Plays the raise day by day: the figures are set on the 20th before their month, the district is raised on its 3rd."""

    def __init__(self, stage: Theatre) -> None:
        self.stage = stage
        self.start = add_months(first_day(stage.today), -MONTHS_AGO)
        self.set_on = stage.working_day(add_months(self.start, -1).replace(day=_SET))
        self.raised_on = stage.working_day(self.start.replace(day=_RAISED))

    def day(self, day: date) -> None:
        """What this day brings, if it is one of the two."""
        if day == self.set_on:
            with calendar.travel(at(day, 16, 10)):
                self._set()
        if day == self.raised_on:
            with calendar.travel(at(day, 16, 20)):
                self._raise()

    def _officers(self) -> tuple[Any, Any]:
        return self.stage.officer(DISTRICT, Role.SUPERVISOR), self.stage.officer(DISTRICT, Role.DISTRICT_DECIDER)

    def _set(self) -> None:
        proposer, releaser = self._officers()
        for key, fen in STANDARDS.items():
            row = powers.propose_figure(
                proposer, key=key, value=fen, valid_from=self.start, document=DOCUMENT, note=NOTE
            )
            powers.release_figure(releaser, ref=row.ref)

    def _raise(self) -> None:
        proposer, releaser = self._officers()
        run = acts.open_uplift(proposer, keys=list(STANDARDS), month=month_of(self.start))
        run = acts.draw_up_uplift(proposer, run.ref)
        if run.counts["raised"]:
            acts.propose_uplift(proposer, ref=run.ref)
            acts.release_uplift(releaser, ref=run.ref, code=second.code_now(releaser.account))
            acts.carry_on_uplift(releaser, run.ref)
