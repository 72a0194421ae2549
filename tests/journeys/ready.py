"""Cases brought to where an interruption happens, by the acts themselves, so that each test begins there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.rooms.checking import fresh, taken_in
from tests.rooms.visiting import visit_entry
from tests.rooms.world import VILLAGE, World, applied
from yimen.casework.decisions import acts as decisions, queries as opinions
from yimen.casework.investigation import acts as investigation
from yimen.casework.verification import acts as verification
from yimen.law.calendar import today
from yimen.law.terms import Role

AFTER_NOTICE = date(2026, 12, 2)
WaitUntil = Callable[[date], None]


def examined(world: World, village: str = VILLAGE) -> Any:
    """Accepted, visited by the first clerk and the village's aide, concluded without dispute."""
    clerk = world.handler(village[:9])
    case = applied(world, clerk, village=village)
    verification.request_check(clerk, case.ref)
    taken_in(world, verification.send_checks(world.at_district(Role.CHECKER)))
    verification.accept(clerk, case.ref)
    team = [clerk.staff.ref, world.aide(village).staff.ref]
    entry = visit_entry(world, case, investigators=team, leader=team[0])
    investigation.home_visit(clerk, case.ref, entry=entry)
    reason = "核对、入户结果一致，没有争议。"
    investigation.conclude_investigation(clerk, case.ref, disputed=False, reason=reason)
    return fresh(case)


def deciding(world: World, wait_until: WaitUntil, village: str = VILLAGE, after: date = AFTER_NOTICE) -> Any:
    """Proposed by the second clerk, hung, the notice over: before its decision."""
    case, clerk = examined(world, village), world.handler(village[:9])
    found = opinions.trial(case).reckoning
    assert found is not None
    decisions.propose(world.handler(village[:9], 1), case.ref, approve=True, reasons=found.proposal)
    decisions.publish_notice(clerk, case.ref)
    notice = opinions.current_notice(case)
    assert notice is not None
    for place in notice.places:
        decisions.record_posting(clerk, case.ref, notice_ref=notice.ref, place=place, posted_on=today())
    wait_until(after)
    decisions.close_notice(clerk, case.ref)
    return fresh(case)
