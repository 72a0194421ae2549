"""Every paper of a whole case cites what was in force on its day: never the law before 1 July 2026, and the law from then on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.rooms.checking import AS_DECLARED, checked
from tests.rooms.test_decisions_whole import code, investigated, on_notice
from tests.rooms.world import World, applied, make_world
from yimen.base.papers import layout, library
from yimen.base.papers.models import Paper
from yimen.base.papers.shapes import Heading
from yimen.casework.applications.entries import IncomeEntry
from yimen.casework.applications.models import Application
from yimen.casework.decisions import acts
from yimen.casework.verification import acts as verification
from yimen.law.calendar import today
from yimen.law.terms import Role

Travel = Callable[[date], None]
BEFORE, LAW_DAY = date(2025, 11, 3), date(2026, 7, 1)
RICH = {"incomes": [IncomeEntry("transfer", "pension", "城乡居民养老金", 314300, "month")]}
PENSION = {"item": "pension", "value": "养老保险待遇", "amount_fen": 314300, "period": "month"}


def decider(world: World, case: Any) -> Any:
    """Who decides on the day: the township's head, or the district before the hand-over."""
    delegated = Application.objects.get(pk=case.pk).delegated(today())
    return world.head() if delegated else world.at_district(Role.DISTRICT_DECIDER)


def accepted(world: World, pension: dict[str, Any] | None = None, **more: Any) -> Any:
    """A case taken in by the ministry's order and then checked, without a difference."""
    case = verification.accept(world.handler(), applied(world, **more).ref)
    truth = {**AS_DECLARED, "social_insurance": [pension]} if pension else AS_DECLARED
    return checked(world, case, {case.applicant.name: truth})


def approved(world: World, travel: Travel) -> Any:
    case = accepted(world)
    investigated(world, case)
    on_notice(world, case)
    travel(today() + timedelta(days=8))
    acts.close_notice(world.handler(), case.ref)
    by = decider(world, case)
    acts.approve(by, case.ref, code=code(by))
    return acts.announce(world.handler(), case.ref)


def refused(world: World, travel: Travel) -> Any:
    case = accepted(world, PENSION, **RICH)
    investigated(world, case)
    acts.propose(world.handler(), case.ref, approve=False, reasons="月人均收入高于标准。")
    by = decider(world, case)
    return acts.refuse(by, case.ref, reasons="月人均收入高于标准。", code=code(by))


def said(paper: Paper) -> str:
    """All text of a paper as it is laid out."""
    form = library.form(paper.code, version=paper.form_version)
    heading = Heading(paper.number, paper.ref, paper.office_name, paper.issued_on, paper.demo, paper.digest)
    return json.dumps(layout.lay_out(form, paper.data, heading), ensure_ascii=False)


@pytest.mark.django_db
@pytest.mark.parametrize("walk", [approved, refused])
def test_before_the_law_no_paper_cites_it(travel: Travel, walk: Callable[[World, Travel], Any]) -> None:
    travel(BEFORE)
    case = walk(make_world(), travel)
    papers = list(Paper.objects.filter(subject_ref=case.ref))
    assert len(papers) > 7
    assert [paper.title for paper in papers if "救助法" in said(paper)] == []
    assert {paper.form_version for paper in papers} == {"2022.1"}


@pytest.mark.django_db
@pytest.mark.parametrize(("walk", "letter"), [(approved, "approval_notice"), (refused, "refusal_notice")])
def test_from_its_first_day_on_the_law_is_cited(
    travel: Travel, walk: Callable[[World, Travel], Any], letter: str
) -> None:
    travel(LAW_DAY)
    case = walk(make_world(), travel)
    papers = list(Paper.objects.filter(subject_ref=case.ref))
    citing = {paper.code for paper in papers if "救助法" in said(paper)}
    assert {letter, "pledge_and_authorisation", "reckoning"} <= citing
    assert any("社会救助法" in line for paper in papers if paper.code == letter for line in paper.data["articles"])
