"""The income that a stored amount implies: it gives the amount to the fen, or a sentence says why none does."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from yimen.law.aftercare.implied import LABEL, NotImplied, fitting_support, implied, with_income
from yimen.law.rules import HouseholdFacts, PersonFacts, reckon_dibao
from yimen.law.standards import Book, Missing, Value, chain, shipped_book
from yimen.law.standards.data import in_fen
from yimen.law.standards.figure import Figure
from yimen.law.terms import DisabilityKind, Relation, SelfCare, SupportForm

ON = dt.date(2026, 11, 24)
AREAS = chain("990101001")
H = PersonFacts("h", "王大山", Relation.SELF, dt.date(1970, 3, 1))
S = PersonFacts("s", "李秀兰", Relation.SPOUSE, dt.date(1971, 5, 1))
OLD = replace(H, birth_date=dt.date(1950, 1, 1))
ILL = replace(S, serious_illness=True)
ON_TEKUN = replace(S, other_programme="特困供养")


def book(**values: Value) -> Book:
    """The demo district's figures with some set otherwise."""
    rows = []
    for name, value in values.items():
        plain, unit = in_fen(value, "")
        rows.append(
            Figure(name.replace("__", "."), plain, unit, "990101", dt.date(2026, 1, 1), None, "示例文号", "given")
        )
    return shipped_book().with_figures(rows)


OPEN = {"benefit__floor": {"by": "none"}, "benefit__cap": {"by": "none"}}


@pytest.mark.parametrize(
    ("people", "fen", "figures", "income"),
    [
        ((H,), 72600, {}, 0),
        ((H,), 72500, {}, 100),
        ((H,), 30000, {}, 42600),
        ((H,), 5100, {}, 67500),
        ((H, S), 100000, {}, 45200),
        # 70 and more: a tenth of the standard comes on top, rounded up to the yuan with the rest.
        ((OLD,), 79900, {}, 0),
        ((OLD,), 40000, {}, 39860),
        ((H, ILL), 150000, {}, 16980),
        # One of two is covered: half of the gap.
        ((H, ON_TEKUN), 72600, {}, 0),
        ((H, ON_TEKUN), 60000, {}, 25200),
        ((H, ON_TEKUN), 60000, {"benefit__covered_reading": "standard_times_covered"}, 12600),
        ((H,), 30001, {"benefit__rounding_mode": "half_up"}, 42599),
        ((H,), 1, {"benefit__rounding_mode": "half_up", **OPEN}, 72599),
        ((H, S), 100000, {"benefit__rounding_stage": "per_person"}, 45200),
        ((H,), 50000, {"benefit__cap": {"by": "share_of_standard", "share": "0.8"}}, 22600),
        ((OLD,), 50000, {"dibao__supplement__aged_70": "0.10", **OPEN}, 29860),
    ],
)
def test_the_income_that_an_amount_implies(people: Any, fen: int, figures: Any, income: int) -> None:
    found = implied(HouseholdFacts(people), fen, book(**figures), AREAS, ON, urban=True)
    assert found.reckoning.amount_fen == fen == found.reckoning.recompute()
    assert found.income_fen == income
    (line,) = found.facts.incomes
    assert (line.label, line.amount_fen, line.person) == (LABEL, income, "h")
    assert reckon_dibao(found.facts, book(**figures), AREAS, ON, urban=True) == found.reckoning


def test_a_supplement_that_is_a_share_of_the_own_benefit() -> None:
    share = Figure(
        "dibao.supplement.aged_70",
        "0.10",
        "ratio_of_own_benefit",
        "990101",
        dt.date(2026, 1, 1),
        None,
        "示例文号",
        "given",
    )
    figures = shipped_book().with_figures([share])
    found = implied(HouseholdFacts((OLD,)), 55000, figures, AREAS, ON, urban=True)
    assert (found.reckoning.amount_fen, found.income_fen) == (55000, 22600)


TIERS = {"benefit__method": "tier", "benefit__tiers": [{"code": "1", "label": "一档", "yuan": 500}]}


@pytest.mark.parametrize(
    ("people", "fen", "figures", "sentence"),
    [
        ((H,), 72601, {}, "登记的保障金726.01元，超过了没有任何收入时的最高金额726.00元"),
        ((H,), 50000, TIERS, "分档发放保障金"),
        ((H,), 5000, {}, "已低至下限"),
        ((H,), 4900, {}, "没有哪个收入能得出登记的保障金49.00元"),
        ((H,), 30050, {}, "没有哪个收入能得出登记的保障金300.50元"),
        (
            (H,),
            58080,
            {"benefit__cap": {"by": "share_of_standard", "share": "0.8"}, "benefit__rounding_mode": "down"},
            "已达到上限",
        ),
        (
            (H,),
            58000,
            {"benefit__cap": {"by": "share_of_standard", "share": "0.5"}},
            "超过了没有任何收入时的最高金额363.00元",
        ),
        ((H, ON_TEKUN), 5000, {"benefit__covered_reading": "standard_times_covered"}, "已低至下限"),
        ((replace(H, status="prison"),), 30000, {}, "按登记的人员不能核算"),
        ((replace(H, other_programme="特困供养"),), 30000, {}, "没有任何收入时也不符合条件"),
    ],
)
def test_where_the_amount_does_not_tell_a_sentence_says_why(people: Any, fen: int, figures: Any, sentence: str) -> None:
    with pytest.raises(NotImplied, match=sentence):
        implied(HouseholdFacts(people), fen, book(**figures), AREAS, ON, urban=True)


def test_where_the_cap_is_reached_exactly_by_the_only_income_it_tells() -> None:
    """Not more than the standard: without any income the benefit is just that, and no other income gives it."""
    assert implied(HouseholdFacts((H,)), 72600, shipped_book(), AREAS, ON, urban=True).income_fen == 0
    figures = book(benefit__cap={"by": "share_of_standard", "share": "0.5"}, benefit__rounding_mode="half_up")
    assert implied(HouseholdFacts((H,)), 36299, figures, AREAS, ON, urban=True).income_fen == 36301
    with pytest.raises(NotImplied, match="已达到上限"):
        implied(HouseholdFacts((H,)), 36300, figures, AREAS, ON, urban=True)


def test_other_reasons() -> None:
    with pytest.raises(NotImplied, match="已经登记收入"):
        implied(with_income(HouseholdFacts((H,)), 1), 100, shipped_book(), AREAS, ON, urban=True)
    single = HouseholdFacts((ILL,), single_ground="edge_illness", single_reason="重病", edge_confirmed=True)
    with pytest.raises(NotImplied, match="单独申请人员"):
        implied(single, 100, shipped_book(), AREAS, ON, urban=True)
    with pytest.raises(NotImplied, match="保障金计算方式"):
        implied(HouseholdFacts((H,)), 100, shipped_book(), chain("220302001"), ON, urban=True)
    with pytest.raises(Missing):
        bare = Book(shipped_book().versions("benefit.method"))
        implied(HouseholdFacts((H,)), 100, bare, AREAS, ON, urban=True)


def test_stored_supplements_must_be_those_of_the_rules() -> None:
    facts = HouseholdFacts((H, ILL))
    assert implied(facts, 150000, shipped_book(), AREAS, ON, urban=True, supplements={"s": 21780}).income_fen == 16980
    for stored in ({}, {"s": 21779}, {"s": 21780, "h": 1}):
        with pytest.raises(NotImplied, match="登记的分类施保"):
            implied(facts, 150000, shipped_book(), AREAS, ON, urban=True, supplements=stored)


@st.composite
def members(draw: st.DrawFn, ref: str) -> PersonFacts:
    grade = draw(st.integers(0, 4))
    return PersonFacts(
        ref,
        f"成员{ref}",
        draw(st.sampled_from([Relation.SPOUSE, Relation.CHILD, Relation.PARENT])),
        draw(st.dates(dt.date(1930, 1, 1), ON)),
        long_coresident=True,
        serious_illness=draw(st.booleans()),
        disability=DisabilityKind.PHYSICAL if grade else DisabilityKind.NONE,
        disability_grade=grade,
        other_programme=draw(st.sampled_from(["", "", "", "特困供养"])),
    )


@st.composite
def households(draw: st.DrawFn) -> HouseholdFacts:
    head = replace(draw(members("p0")), relation=Relation.SELF)
    return HouseholdFacts((head, *(draw(members(f"p{number}")) for number in range(1, draw(st.integers(0, 4)) + 1))))


@given(households(), st.integers(0, 300000), st.booleans(), st.sampled_from(["yuan_up", "half_up"]))
@settings(max_examples=60, deadline=None)
def test_whatever_was_reckoned_is_implied_again(facts: HouseholdFacts, income: int, urban: bool, mode: str) -> None:
    figures = book(benefit__rounding_mode=mode)
    stored = reckon_dibao(with_income(facts, income), figures, AREAS, ON, urban)
    if not stored.eligible:
        return
    at_floor = stored.line("benefit.floored").value == 5000
    if at_floor:
        with pytest.raises(NotImplied, match="下限"):
            implied(facts, stored.amount_fen, figures, AREAS, ON, urban)
        return
    found = implied(facts, stored.amount_fen, figures, AREAS, ON, urban)
    assert found.reckoning.amount_fen == stored.amount_fen
    assert found.reckoning.covered_refs == stored.covered_refs
    assert abs(found.income_fen - income) <= 100 * found.reckoning.members


@pytest.mark.parametrize(
    ("fen", "urban", "fits"),
    [
        (94400 + 18000, True, {(SelfCare.ABLE, SupportForm.AT_HOME)}),
        (104000 + 72000, True, {(SelfCare.LOST, SupportForm.INSTITUTIONAL)}),
        (67600 + 36000, False, {(SelfCare.PARTLY_LOST, SupportForm.AT_HOME)}),
        (1, True, set()),
    ],
)
def test_levels_and_forms_that_fit_the_amount_of_tekun(fen: int, urban: bool, fits: set[object]) -> None:
    assert set(fitting_support(fen, shipped_book(), AREAS, ON, urban)) == fits
    assert fitting_support(fen, shipped_book(), chain("220302001"), ON, urban) == ()
