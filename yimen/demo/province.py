"""The district's checking desk and the practice province: requests leave twice a week, answers come days later."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.casework.verification import acts as verification, queries as checks
from yimen.demo.places import DISTRICT
from yimen.demo.plans import Plan
from yimen.demo.theatre import Theatre
from yimen.gateways.provincial import door, practice
from yimen.gateways.provincial.plain import result_to_plain
from yimen.gateways.provincial.result_write import result_xlsx
from yimen.law.terms import Role, Stage

_POST_DAYS = frozenset({1, 4})
_LATELY = 40


class Province:
    """What left, and what the province will find: as the plan of each case says."""

    def __init__(self, stage: Theatre, seed: int) -> None:
        self.stage, self.seed = stage, seed
        self.asked: dict[str, Plan] = {}
        self.batches: list[tuple[date, Any]] = []
        self.partial: list[Any] = []

    def expect(self, plan: Plan) -> None:
        """A case with this number may be asked about."""
        self.asked[plan.number] = plan

    def send(self, day: date) -> None:
        """What waits leaves as one batch; lately every day, so that the cases of today stand where they should."""
        late = (self.stage.today - day).days < _LATELY
        if (late or day.weekday() in _POST_DAYS) and checks.waiting(DISTRICT).exists():
            batch = door.send(self.stage.officer(DISTRICT, Role.CHECKER))
            self.batches.append((self.stage.working_day(day, self.stage.draw.choice((1, 2, 2))), batch))

    def take_in(self, day: date) -> list[Plan]:
        """Answers that have come by now; the cases they complete go on."""
        come = [item for item in self.batches if item[0] <= day]
        return [plan for item in come for plan in self._answer(item, day)]

    def _answer(self, item: tuple[date, Any], day: date) -> list[Plan]:
        self.batches.remove(item)
        request = door.request_of(item[1])
        if request is None:
            return []
        plans = [self.asked[case.application_number] for case in request.cases]
        truth, silent = _truth(request, plans)
        if silent:
            self.partial.append(item[1])
        if len(silent) == request.person_count:
            return []  # the province has not answered anybody of this batch yet
        result = practice.answer(request, str(self.seed), day, truth, silent=silent)
        verification.import_results(self.stage.officer(DISTRICT, Role.CHECKER), content=result_to_plain(result))
        done = [plan for plan in plans if not plan.partial]
        for plan in done:
            plan.case = None
        return [plan for plan in done if plan.goal is not Stage.CHECKING]

    def sample(self, on: date) -> bytes | None:
        """A result file for the newest batch that still waits for answers; None where every batch has them."""
        waiting = self.partial + [batch for _, batch in self.batches]
        request = door.request_of(waiting[-1]) if waiting else None
        if request is None:
            return None
        truth, _ = _truth(request, [self.asked[case.application_number] for case in request.cases])
        return result_xlsx(practice.answer(request, str(self.seed), on, truth))


def _truth(request: Any, plans: list[Plan]) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """What is found about each person; the last one of a partial case stays unanswered."""
    truth: dict[str, dict[str, Any]] = {}
    silent: set[str] = set()
    for case, plan in zip(request.cases, plans, strict=True):
        rows = {entry.identity: row for row, entry in enumerate(plan.family.members)}
        for person in case.persons:
            row = rows.get(person.identity)
            truth[person.person_ref] = plan.family.whole_truth(row) if row is not None else {}
            if plan.partial and row == len(plan.family.members) - 1:
                silent.add(person.person_ref)
    return truth, silent
