"""Which of the steps open to a case comes next, from what it still lacks. A few queries for a whole list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from yimen.base.clocks.desk import ClockView
from yimen.casework.applications import queries as applications
from yimen.casework.decisions import queries as decisions
from yimen.casework.investigation import queries as investigation
from yimen.casework.verification import queries as verification
from yimen.law import procedure
from yimen.law.procedure import Step, next_steps
from yimen.law.terms import ENDS, Order, Stage

_NEXT = {
    Stage.CHECKED: "accept",
    Stage.APPRAISING: "appraise",
    Stage.EXAMINING: "propose",
    Stage.OBJECTED: "answer_objection",
}


class Standing:
    """What each case of a list still lacks: papers, signatures, treatments, a visit."""

    def __init__(self, rows: Iterable[Any], on: date) -> None:
        cases = list(rows)
        ids = [row.pk for row in cases]
        self.unsigned = applications.unsigned(ids, on)
        self.lacking = applications.lacking(ids)
        self.differing = verification.open_differences(ids)
        self.unposted = decisions.unposted(ids)
        self.unvisited = set(
            investigation.without_visit(applications.applications().filter(pk__in=ids)).values_list("pk", flat=True)
        )

    def _act(self, application: Any) -> str:
        pk, stage = application.pk, Stage(application.stage)
        if stage is Stage.REGISTERED:
            return "record_consent" if pk in self.unsigned else "request_supplement" if pk in self.lacking else ""
        if stage is Stage.INVESTIGATING and pk in self.unvisited:
            return "home_visit"
        if stage in {Stage.CHECKED, Stage.INVESTIGATING, Stage.EXAMINING} and self.differing.get(pk):
            return "settle_difference"
        if stage is Stage.INVESTIGATING:
            return "conclude_investigation"
        return _NEXT.get(stage, "")

    def step(self, application: Any, clocks: Iterable[ClockView]) -> Step | None:
        """The step that comes next; None at an end, or while only time has to pass."""
        stage, order = Stage(application.stage), Order(application.order)
        if stage in ENDS or stage is Stage.CHECKING:
            return None
        running = any(clock.code == "public_notice" and (clock.left or 0) >= 0 for clock in clocks)
        if stage is Stage.ON_NOTICE and (application.pk in self.unposted or running):
            return procedure.step(order, "record_posting") if application.pk in self.unposted else None
        named = self._act(application)
        if named and (row := procedure.step(order, named)):
            return row
        rows = [row for row in next_steps(order, stage) if row.primary]
        return rows[0] if rows else None
