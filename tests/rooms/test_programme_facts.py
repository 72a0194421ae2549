"""Facts of every programme in a case: recorded, refused at the field, read back for the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.rooms.checking import accepted, fresh
from tests.rooms.world import World
from yimen.base.papers import desk as papers
from yimen.casework.decisions.queries import application_facts, assessment
from yimen.casework.investigation import acts
from yimen.casework.investigation.programme_entries import (
    SelfCareEntry,
    TekunEntry,
)
from yimen.law.calendar import today
from yimen.law.reckoning.assessment import Verdict
from yimen.law.rules.applied import SelfCareItem
from yimen.law.terms import Programme, SupportForm


@pytest.fixture
def case(world: World) -> Any:
    """An old woman alone, accepted."""
    return accepted(world)


def _tekun(case: Any, **more: Any) -> TekunEntry:
    return replace(TekunEntry(case.applicant.ref, obligors_known=True, form="at_home"), **more)


def _care(world: World, case: Any, cannot: tuple[str, ...] = (), **more: Any) -> SelfCareEntry:
    items = {str(item.value): item.value not in cannot for item in SelfCareItem}
    entry = SelfCareEntry(
        case.applicant.ref, items, today(), "本人家中", case.applicant.name, [world.handler().staff.ref]
    )
    return replace(entry, **more)


def _paper(case: Any, code: str) -> Any:
    return papers.papers_of("application", case.ref).filter(code=code).order_by("-id")[0]


def test_nothing_recorded_leaves_tekun_and_spending_open(case: Any) -> None:
    facts = application_facts(case, today())
    assert (facts.tekun, facts.abilities, facts.spent, facts.spent_known) == ((), (), (), False)
    assert facts.applied_on == case.applied_on
    [tekun] = assessment(case, today()).of(Programme.TEKUN)
    assert tekun.verdict is Verdict.OPEN
    assert "义务人还没有查明" in tekun.shown


def test_tekun_facts_and_self_care_make_a_result(world: World, case: Any) -> None:
    acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case))
    acts.assess_self_care(world.handler(), case.ref, entry=_care(world, case, ("walk", "bathe")))
    [row] = application_facts(fresh(case), today()).tekun
    assert (row.obligors_known, row.form, row.walk, row.eat) == (True, SupportForm.AT_HOME, False, True)
    assert row.assessed_by == world.handler().staff.name
    [tekun] = assessment(fresh(case), today()).of(Programme.TEKUN)
    assert tekun.verdict is Verdict.MET, tekun.shown
    assert tekun.proposed
    assert _paper(case, "tekun_statement").data["obligors_known"] == "已查明"
    sheet = _paper(case, "self_care_assessment").data
    assert sheet["level"] == "部分丧失生活自理能力"
    assert sheet["failed"] == "2项：室内自主行走、自主洗澡"
    assert case.applicant.identity not in str(sheet)
    assert fresh(case).stage == case.stage
