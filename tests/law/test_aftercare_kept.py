"""边缘, 刚性支出 and 单人保 weighed anew: cases as data with their borders, and what holds for every household."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from tests.law.test_cases import merged
from tests.law.test_programme_properties import applications
from tests.law.test_properties import AREAS, ON
from yimen.law.aftercare.grounds import GROUNDS, duties_of, grounds_for
from yimen.law.aftercare.kept import (
    Kept,
    conditions,
    ground_of_failures,
    keep_edge,
    keep_rigid,
    keep_single,
    told,
)
from yimen.law.aftercare.terms import ChangeEffect
from yimen.law.again import Asked, reckon_again
from yimen.law.money import parse_yuan
from yimen.law.reckon_file import Request, load
from yimen.law.rules import ApplicationFacts, BadFacts, IncomeFact, NotEstablished
from yimen.law.rules.facts_form import to_plain
from yimen.law.rules.recognition import Place
from yimen.law.standards import Missing, shipped_book
from yimen.law.terms import IncomeKind, Programme

PATH = Path(__file__).parent / "aftercare" / "kept.yaml"
CASES = [
    pytest.param(merged(case), id=f"kept-{number}")
    for number, case in enumerate(yaml.load(PATH.read_text("utf-8"), Loader=yaml.BaseLoader), 1)
]
PLACE = Place(shipped_book(), AREAS, ON, True)


def weighed(request: Request, case: dict[str, Any]) -> Kept:
    place = Place(request.book, request.areas, request.on, request.urban)
    if case["programme"] == "single":
        recognised = case.get("recognised", "是") == "是"
        return keep_single(request.facts, "p1", place, recognised=recognised, reason="本人申请")
    if case["programme"] == "edge":
        return keep_edge(request.facts, place)
    return keep_rigid(request.application, place)


def asked_of(request: Request, case: dict[str, Any]) -> Asked:
    single = case["programme"] == "single"
    return Asked(
        "dibao" if single else case["programme"], to_plain(request.application), request.areas, request.urban, request.on,
        single=single, person="p1" if single else "", reason="本人申请", recognised=case.get("recognised", "是") == "是",
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    assert case["title"] and case["article"]
    expect, household = case["expect"], dict(case["household"])
    known = household.pop("spent_known", "是") == "是"
    request = load(json.dumps(household, ensure_ascii=False))
    if not known:
        request = replace(request, application=replace(request.application, spent_known=False))
    again = reckon_again(asked_of(request, case), {0: request.book})
    for name, kind in (("missing", Missing), ("unknown", NotEstablished), ("error", BadFacts)):
        if name in expect:
            with pytest.raises(kind) as caught:
                weighed(request, case)
            assert expect[name] in (",".join(caught.value.keys) if name == "missing" else str(caught.value))
            assert again.problem, "and it is told, never reckoned, where many are weighed"
            return
    found = weighed(request, case)
    codes = tuple(failure.code for failure in found.failures)
    assert (found.holds, codes) == (expect["kept"] == "是", tuple(expect.get("failures", ())))
    assert found.poorer is (expect.get("poorer") == "是")
    assert (again.eligible, again.problem, again.conditions) == (
        found.holds, "", tuple(failure.sentence.rstrip("。") for failure in found.failures),
    )  # fmt: skip
    if "ground" in expect:
        programme = Programme(found.reckoning.programme)
        code = ground_of_failures(codes, programme)
        assert code == expect["ground"] and GROUNDS[code] in grounds_for(programme, ChangeEffect.END, request.on)
        assert duties_of(GROUNDS[code], programme, ChangeEffect.END, request.on).hearing
    if "amount" in expect:
        assert found.reckoning.amount_fen == again.amount_fen == parse_yuan(expect["amount"])
    said = "".join([*(failure.sentence for failure in found.failures), *found.notes])
    assert expect.get("says", "") in said
    rows = {row.name: row for row in conditions(found)}
    for name, part in expect.get("because", {}).items():
        assert part in rows[name].why
    assert all(row.why or row.met for row in rows.values())
    assert all(value for value, _ in told(found).values())


def holds(facts: ApplicationFacts, which: str) -> bool | None:
    """Whether it is kept; None where it cannot be reckoned."""
    household = facts.household
    try:
        if which == "edge":
            return keep_edge(household, PLACE).holds
        if which == "rigid":
            return keep_rigid(replace(facts, standing=()), PLACE).holds
        return keep_single(household, household.people[-1].ref, PLACE, recognised=True, reason="本人申请").holds
    except (BadFacts, NotEstablished):
        return None


@settings(max_examples=80, deadline=None)
@given(applications(), st.sampled_from(["edge", "rigid", "single"]), st.integers(1, 4_000_00), st.data())
def test_more_income_never_turns_an_end_into_a_recognition(
    facts: ApplicationFacts, which: str, fen: int, data: st.DataObject
) -> None:
    facts = replace(facts, total_income_fen=None, applied_on=dt.date(2026, 11, 10))
    whose = data.draw(st.sampled_from([person.ref for person in facts.household.people]))
    extra = IncomeFact("more", whose, IncomeKind.OTHER, fen)
    richer = replace(facts, household=replace(facts.household, incomes=(*facts.household.incomes, extra)))
    before, after = holds(facts, which), holds(richer, which)
    assert not (before is False and after is True)


@settings(max_examples=40, deadline=None)
@given(applications(), st.sampled_from(["edge", "rigid"]))
def test_every_end_has_a_lawful_ground_and_every_figure_recomputes(facts: ApplicationFacts, which: str) -> None:
    try:
        found = keep_edge(facts.household, PLACE) if which == "edge" else keep_rigid(replace(facts, standing=()), PLACE)
    except (BadFacts, NotEstablished):
        return
    found.reckoning.recompute()
    if not found.holds:
        programme = Programme(found.reckoning.programme)
        code = ground_of_failures(tuple(failure.code for failure in found.failures), programme)
        assert GROUNDS[code].allows(programme, ChangeEffect.END)
    assert [row.met for row in conditions(found)].count(False) >= len(found.failures) - found.poorer
