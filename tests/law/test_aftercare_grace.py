"""渐退期 at its borders, and area-wide additions once for each person."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from yimen.law.aftercare.additions import Addition, Per, Standing, addition_of, additions_in, read_additions
from yimen.law.aftercare.grace import NoGrace, grant, why_no_grace
from yimen.law.aftercare.history import due_in, phase_in
from yimen.law.aftercare.terms import PAYING, AwardCause, AwardPhase
from yimen.law.reckoning import Reckoning
from yimen.law.rules import HouseholdFacts, IncomeFact, PersonFacts, PropertyFact, reckon_dibao
from yimen.law.standards import BadFigure, Unset, chain, read_figure, shipped_book
from yimen.law.terms import IncomeKind, Programme, PropertyKind, Relation

ON = dt.date(2026, 11, 24)
AREAS = chain("990101001")
H = PersonFacts("h", "王大山", Relation.SELF, dt.date(1980, 3, 1))
S = PersonFacts("s", "李秀兰", Relation.SPOUSE, dt.date(1981, 5, 1))
PENSION = IncomeFact("i1", "s", IncomeKind.TRANSFER, 40000)
BEFORE = HouseholdFacts((H, S), incomes=(PENSION,))


def reckon(facts: HouseholdFacts) -> Reckoning:
    return reckon_dibao(facts, shipped_book(), AREAS, ON, urban=True)


def working(fen: int, *more: IncomeFact) -> HouseholdFacts:
    """With a business of the head, whose net income counts in full; the standard for two is 1,452.00 yuan."""
    return replace(BEFORE, incomes=(*BEFORE.incomes, IncomeFact("i2", "h", IncomeKind.BUSINESS, fen), *more))


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (working(105300), ""),
        (working(105202), ""),
        (working(105200), "没有超过低保标准"),
        (working(105199), "仍符合低保条件"),
        (replace(BEFORE, incomes=(replace(PENSION, amount_fen=145300),)), "没有新的就业收入"),
        (working(500, replace(PENSION, ref="i3", amount_fen=105300)), "不计新的就业收入，本户也已不符合"),
        (
            replace(working(105300), properties=(PropertyFact("p", PropertyKind.DEPOSIT, 99_000_000),)),
            "不只是收入超过标准",
        ),
    ],
)
def test_whether_grace_may_be_given(after: HouseholdFacts, why: str) -> None:
    found = why_no_grace(Programme.DIBAO, BEFORE, after, reckon)
    assert (why in found) if why else found == ""


def test_only_dibao_knows_grace() -> None:
    for programme in set(Programme) - {Programme.DIBAO}:
        assert "没有渐退期" in why_no_grace(programme, BEFORE, working(105300), reckon)


def ask(key: str) -> Any:
    return shipped_book().figure(key, chain("220302001"), ON)


@pytest.mark.parametrize(
    ("start", "months", "last", "day"),
    [
        ("2027-01", 6, "2027-06", dt.date(2027, 6, 30)),
        ("2026-12", 1, "2026-12", dt.date(2026, 12, 31)),
        ("2027-09", 6, "2028-02", dt.date(2028, 2, 29)),
    ],
)
def test_the_end_of_the_grace(start: str, months: int, last: str, day: dt.date) -> None:
    found = grant(start, months, 56000, ask)
    assert (found.to_month, found.ends_on, found.monthly_fen) == (last, day, 56000)
    assert "民发〔2022〕83号" in found.document
    assert found.articles == ("民发〔2021〕57号第三十三条", "民发〔2022〕83号一（三）")


@pytest.mark.parametrize(
    ("months", "fen", "sentence"),
    [
        (7, 56000, "渐退期最长6个月，现在填写的是7个月"),
        (0, 56000, "至少一个月"),
        (3, 0, "没有可以保留的金额"),
    ],
)
def test_a_grace_that_cannot_be_given_is_refused_in_words(months: int, fen: int, sentence: str) -> None:
    with pytest.raises(NoGrace, match=sentence):
        grant("2027-01", months, fen, ask)


def test_the_longest_is_never_assumed() -> None:
    def unset(key: str) -> Any:
        raise Unset(key, key)

    with pytest.raises(Unset):
        grant("2027-01", 1, 56000, unset)
    assert grant("2027-01", 6, 56000, ask).months == 6


def test_the_grace_ends_by_itself() -> None:
    versions = grant("2027-01", 3, 56000, ask).versions(4, ON)
    assert [(row.seq, row.cause) for row in versions] == [(4, AwardCause.GRACE), (5, AwardCause.ENDED)]
    assert [due_in(versions, month) for month in ("2027-01", "2027-03", "2027-04")] == [56000, 56000, 0]
    assert phase_in(versions, "2027-03") is AwardPhase.GRACE


# -- additions ---------------------------------------------------------------------------

DIBAO, TEKUN, EDGE = Programme.DIBAO, Programme.TEKUN, Programme.EDGE


def addition(code: str, fen: int, *programmes: Programme, per: Per = Per.PERSON, to: str = "2026-04") -> Addition:
    return Addition(code, "价格临时补贴", "示例文号", programmes or (DIBAO,), per, fen, "2026-02", to)


def award(
    ref: str, programme: Programme, *persons: str, phase: AwardPhase = AwardPhase.RUNNING, home: str = ""
) -> Standing:
    return Standing(ref, home or f"home-{ref}", programme, phase, persons)


@pytest.mark.parametrize(("month", "fen"), [("2026-01", 0), ("2026-02", 5600), ("2026-04", 5600), ("2026-05", 0)])
def test_an_addition_holds_from_its_first_to_its_last_month(month: str, fen: int) -> None:
    found = addition_of(month, award("a", DIBAO, "p1", "p2"), [addition("price", 2800)])
    assert sum(row.fen for row in found) == fen


def test_of_the_demo_district() -> None:
    rows = read_additions(shipped_book().figure("additions.area", AREAS, ON))
    assert [(row.code, row.fen, row.per) for row in rows] == [("price", 2800, Per.PERSON)]


def test_one_person_on_two_awards_gets_it_once_and_the_higher() -> None:
    rows = [addition("price", 2800, DIBAO, TEKUN), addition("price", 1500, EDGE), addition("heat", 10000, DIBAO, EDGE)]
    awards = [award("edge", EDGE, "p1", "p2"), award("single", DIBAO, "p1")]
    found = additions_in("2026-03", awards, rows)
    assert [(row.award, row.addition.code, row.persons, row.fen) for row in found] == [
        ("edge", "price", ("p2",), 1500),
        ("edge", "heat", ("p1", "p2"), 20000),
        ("single", "price", ("p1",), 2800),
    ]


def test_by_household_once_for_the_home() -> None:
    rows = [addition("coal", 30000, DIBAO, TEKUN, per=Per.HOUSEHOLD)]
    awards = [
        award("a", DIBAO, "p1", "p2", home="x"),
        award("b", TEKUN, "p3", home="x"),
        award("c", DIBAO, "p4", home="y"),
    ]
    assert [(row.award, row.fen) for row in additions_in("2026-03", awards, rows)] == [("a", 30000), ("c", 30000)]


def test_what_is_not_paid_gets_nothing_on_top() -> None:
    for phase in AwardPhase:
        found = addition_of("2026-03", award("a", DIBAO, "p1", phase=phase), [addition("price", 2800)])
        assert bool(found) == (phase in PAYING)
    assert addition_of("2026-03", award("a", DIBAO), [addition("price", 2800)]) == ()


GOOD = {
    "code": "price",
    "label": "价格临时补贴",
    "programmes": ["dibao"],
    "per": "person",
    "yuan": 28,
    "from": "2026-02",
    "to": "2026-04",
}


def figure_of(*rows: Any) -> Any:
    return read_figure(
        {"key": "additions.area", "area": "990101", "value": list(rows), "unit": "table", "document": "示例文号"}
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"programmes": []},
        {"programmes": ["none"]},
        {"yuan": 0},
        {"from": "2026-13"},
        {"from": "2026-05"},
        {"to": "今年"},
        {"per": "each"},
    ],
)
def test_a_row_that_is_not_whole_is_refused_in_words(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadFigure, match="“价格临时补贴”写得不完整"):
        read_additions(figure_of({**GOOD, **wrong}))


def test_two_rows_of_one_addition_must_not_overlap() -> None:
    with pytest.raises(BadFigure, match="月份重叠（2026-04起）"):
        read_additions(figure_of(GOOD, {**GOOD, "from": "2026-04", "to": "2026-06"}))
    later = figure_of(GOOD, {**GOOD, "from": "2026-05", "to": "2026-06"}, {**GOOD, "programmes": ["edge"], "yuan": 9})
    assert len(read_additions(later)) == 3


people = st.lists(st.sampled_from(["p1", "p2", "p3", "p4"]), max_size=4)
standing = st.builds(
    Standing,
    st.uuids().map(str),
    st.sampled_from("xyz"),
    st.sampled_from(Programme),
    st.sampled_from(AwardPhase),
    people.map(tuple),
)
rows = st.builds(
    addition,
    st.sampled_from(["price", "heat"]),
    st.integers(1, 9),
    st.sampled_from(Programme),
    per=st.sampled_from(Per),
)


@given(st.lists(standing, max_size=6, unique_by=lambda each: each.award), st.lists(rows, max_size=5))
def test_nobody_gets_an_addition_twice(awards: list[Standing], additions: list[Addition]) -> None:
    found = additions_in("2026-03", awards, additions)
    taken = [(row.addition.code, who) for row in found if row.addition.per is Per.PERSON for who in row.persons]
    assert len(taken) == len(set(taken))
    homes = {each.award: each.household for each in awards}
    served = [(row.addition.code, homes[row.award]) for row in found if row.addition.per is Per.HOUSEHOLD]
    assert len(served) == len(set(served))
