"""Steps of the data check for the tests of later rooms: ask, send, answer, settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.rooms.world import World, applied
from yimen.base.canonical import digest
from yimen.casework.applications.queries import applications
from yimen.casework.verification import acts, queries
from yimen.casework.verification.models import CheckBatch
from yimen.law.calendar import today
from yimen.law.terms import Role

Truth = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
"""Name of a person -> source -> findings."""

PENSION = {"item": "pension", "value": "城乡居民养老保险待遇", "amount_fen": 14300, "period": "month"}
DEPOSIT = {"item": "deposit", "value": "活期存款", "amount_fen": 120000, "period": "balance"}
IN_REGISTER = {"item": "members", "value": "在册，姓名与证件号码一致"}
AS_DECLARED = {"household_register": [IN_REGISTER], "social_insurance": [PENSION], "bank": [DEPOSIT]}


def fresh(application: Any) -> Any:
    return applications().get(pk=application.pk)


def asked(world: World, application: Any = None, **more: Any) -> tuple[Any, CheckBatch]:
    """A case whose check has been sent to the province."""
    case = application or applied(world, **more)
    acts.request_check(world.handler(), case.ref)
    batch = acts.send_checks(world.at_district(Role.CHECKER))
    return fresh(case), batch


def rows(
    batch: CheckBatch,
    truth: Truth | None = None,
    *,
    states: Mapping[str, str] | None = None,
    leave_out: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """Answers of every source for everybody; ``states`` by source; sources in ``leave_out`` stay silent."""
    found = []
    for case in queries.request_content(batch)["cases"]:
        for person in case["persons"]:
            said = (truth or {}).get(person["name"], AS_DECLARED if truth is None else {})
            for source in batch.sources:
                if source in leave_out:
                    continue
                state = (states or {}).get(source, "answered")
                found.append(
                    {
                        "request_ref": case["request_ref"],
                        "person_ref": person["person_ref"],
                        "source": source,
                        "state": state,
                        "queried_on": today(),
                        "findings": list(said.get(source, ())) if state == "answered" else [],
                    }
                )
    return found


def content(batch: CheckBatch, lines: Sequence[Mapping[str, Any]], number: str = "R1") -> dict[str, Any]:
    """A result file as the gateway hands it over."""
    return {
        "batch_number": batch.number,
        "result_number": number,
        "answered_on": today(),
        "agency": "示例省核对中心",
        "digest": digest({"batch": batch.number, "rows": list(lines)}),
        "partial": False,
        "rows": list(lines),
    }


def taken_in(world: World, batch: CheckBatch, truth: Truth | None = None, **more: Any) -> Any:
    """The province's answer taken in."""
    return acts.import_results(world.at_district(Role.CHECKER), content=content(batch, rows(batch, truth, **more)))


def checked(world: World, application: Any = None, truth: Truth | None = None, **more: Any) -> Any:
    """A case whose check has come back; by default everything as declared."""
    case, batch = asked(world, application, **more)
    taken_in(world, batch, truth)
    return fresh(case)


def accepted(world: World, **more: Any) -> Any:
    """A case of the plan's order, checked without a difference and accepted."""
    case = checked(world, **more)
    return acts.accept(world.handler(), case.ref)
