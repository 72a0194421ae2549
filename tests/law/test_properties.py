"""What holds for every household: more income never raises the benefit, order never matters, figures recompute."""

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from yimen.law.reckon_file import described, load, reckon
from yimen.law.reckoning import NotReckoned, Reckoning
from yimen.law.reckoning.json_form import text_of, to_text
from yimen.law.rules import (
    ExpenseFact,
    HouseholdFacts,
    IncomeFact,
    Method,
    ObligorFact,
    PersonFacts,
    PropertyFact,
    reckon_dibao,
)
from yimen.law.standards import chain, shipped_book
from yimen.law.terms import (
    DisabilityKind,
    IncomeKind,
    Period,
    PropertyKind,
    Relation,
    WorkCapacity,
)

ON = dt.date(2026, 11, 22)
AREAS = chain("990101001")
births = st.dates(dt.date(1930, 1, 1), ON)
fen = st.integers(0, 3_000_00)


@st.composite
def people(draw: st.DrawFn) -> tuple[PersonFacts, ...]:
    applicant = draw(person("p0", Relation.SELF))
    relations = st.sampled_from([r for r in Relation if r is not Relation.SELF])
    others = [draw(person(f"p{n}", draw(relations))) for n in range(1, draw(st.integers(1, 5)))]
    return (applicant, *others)


@st.composite
def person(draw: st.DrawFn, ref: str, relation: Relation) -> PersonFacts:
    grade = draw(st.integers(0, 4))
    kinds = st.sampled_from([kind for kind in DisabilityKind if kind is not DisabilityKind.NONE])
    return PersonFacts(
        ref,
        f"成员{ref}",
        relation,
        draw(births),
        long_coresident=draw(st.booleans()),
        full_time_student=draw(st.booleans()),
        disability=draw(kinds) if grade else DisabilityKind.NONE,
        disability_grade=grade,
        serious_illness=draw(st.booleans()),
        work_capacity=draw(st.sampled_from(WorkCapacity)),
        other_programme=draw(st.sampled_from(["", "", "特困供养"])),
    )


@st.composite
def households(draw: st.DrawFn) -> HouseholdFacts:
    members = draw(people())
    refs = st.sampled_from([person.ref for person in members])
    incomes = [
        IncomeFact(
            str(number),
            draw(refs),
            draw(st.sampled_from(IncomeKind)),
            draw(fen),
            draw(st.sampled_from(Period)),
            item=draw(st.sampled_from(["", "base_pension", "scholarship", "public_post"])),
            costs_fen=draw(fen),
            irregular=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    land = IncomeFact(
        "land",
        draw(refs),
        IncomeKind.BUSINESS,
        item="maize",
        method=Method.CROP,
        quantity=Fraction(draw(st.integers(0, 90)), 10),
    )
    work = IncomeFact("work", draw(refs), IncomeKind.WAGE, method=Method.LABOUR)
    return HouseholdFacts(
        members,
        (*incomes, *draw(st.lists(st.sampled_from([land, work]), unique=True))),
        tuple(ExpenseFact(str(n), draw(refs), "illness", draw(fen)) for n in range(draw(st.integers(0, 2)))),
        (PropertyFact("d", PropertyKind.DEPOSIT, draw(fen), draw(refs)),),
        (ObligorFact("o", "义务人", Relation.CHILD, draw(refs), draw(births), 2, draw(st.none() | fen)),),
    )


def reckoned(facts: HouseholdFacts) -> Reckoning:
    return reckon_dibao(facts, shipped_book(), AREAS, ON, urban=True)


@given(households())
@settings(max_examples=60, deadline=None)
def test_every_explanation_recomputes_and_survives_json(facts: HouseholdFacts) -> None:
    found = reckoned(facts)
    assert found.recompute() == found.amount_fen
    assert Reckoning.from_json(json.loads(json.dumps(found.to_json()))) == found
    assert to_text(found) == text_of(found.to_json())
    assert found.to_text().startswith("【示例】")
    assert found.eligible is not bool(found.failures)
    assert found.amount_fen >= 0
    assert found.eligible is (found.amount_fen > 0)


@given(households(), st.integers(0, 500_00), st.sampled_from([IncomeKind.OTHER, IncomeKind.WAGE]))
@settings(max_examples=60, deadline=None)
def test_more_income_never_raises_the_benefit(facts: HouseholdFacts, more: int, kind: IncomeKind) -> None:
    extra = IncomeFact("extra", "p0", kind, more)
    richer = replace(facts, incomes=(*facts.incomes, extra))
    assert reckoned(richer).amount_fen <= reckoned(facts).amount_fen
    assert reckoned(richer).per_capita_fen >= reckoned(facts).per_capita_fen


@given(households(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_facts_never_matters(facts: HouseholdFacts, random) -> None:  # type: ignore[no-untyped-def]
    def mixed(rows: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(random.sample(rows, len(rows)))

    other = replace(facts, people=mixed(facts.people), incomes=mixed(facts.incomes), expenses=mixed(facts.expenses))
    one, two = reckoned(facts), reckoned(other)
    assert (one.amount_fen, one.per_capita_fen, one.category) == (two.amount_fen, two.per_capita_fen, two.category)
    assert set(one.member_refs) == set(two.member_refs)
    assert set(one.covered_refs) == set(two.covered_refs)


@given(households())
@settings(max_examples=50, deadline=None)
def test_facts_survive_the_file_form(facts: HouseholdFacts) -> None:
    text = json.dumps(described(facts, area="990101001", on=ON, urban=True), ensure_ascii=False)
    assert load(text).facts == facts
    assert reckon(load(text)) == reckoned(facts)


def example() -> Reckoning:
    person = PersonFacts("p0", "王小兰", Relation.SELF, dt.date(1980, 1, 1), work_capacity=WorkCapacity.ABLE)
    return reckoned(HouseholdFacts((person,), (IncomeFact("1", "p0", IncomeKind.OTHER, 10000, Period.QUARTER),)))


def test_a_tampered_figure_is_found() -> None:
    data = example().to_json()
    text = json.dumps(data).replace('"value": 10000', '"value": 40000', 1)
    with pytest.raises(NotReckoned, match="前后不一致") as caught:
        Reckoning.from_json(json.loads(text)).recompute()
    assert "income.1.monthly" in caught.value.codes


def test_a_tampered_amount_is_found() -> None:
    with pytest.raises(NotReckoned) as caught:
        replace(example(), amount_fen=1).recompute()
    assert caught.value.codes == ("amount",)


def test_what_is_no_reckoning_is_refused() -> None:
    for data in ({}, [], {"form": "yimen-reckoning-1"}):
        with pytest.raises(ValueError, match="核算单数据"):
            Reckoning.from_json(data)


def test_a_reckoning_says_what_it_used() -> None:
    found = example()
    assert found.demo
    assert {"dibao.standard.urban", "benefit.rounding_mode"} <= {figure.key for figure in found.figures}
    assert found.per_capita_fen == Fraction(10000, 3)
    assert found.proposal == "建议确认同意：家庭人口1人，保障1人，每月693.00元，C类；按当日决定计算，自2026-12起发放。"
    assert "约 33.3333元" in found.to_text()
    assert [line.name for line in found.summary()] == [
        "家庭月收入",
        "家庭月人均收入",
        "城市低保标准",
        "保障金",
        "每月保障金",
    ]
    with pytest.raises(KeyError):
        found.line("nowhere")
