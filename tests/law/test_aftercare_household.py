"""Members coming and going, deaths, splits: nobody twice, nothing of the dead left, the same again when undone."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from yimen.law.aftercare import death, household
from yimen.law.aftercare.implied import is_implied, with_income, without_implied
from yimen.law.rules import (
    BadFacts,
    ExpenseFact,
    HouseholdFacts,
    IncomeFact,
    ObligorFact,
    PersonFacts,
    PropertyFact,
    reckon_dibao,
)
from yimen.law.standards import chain, shipped_book
from yimen.law.terms import IncomeKind, PropertyKind, Relation

ON = dt.date(2026, 11, 24)
AREAS = chain("990101001")
H = PersonFacts("h", "王大山", Relation.SELF, dt.date(1950, 3, 1), long_coresident=True)
S = PersonFacts("s", "李秀兰", Relation.SPOUSE, dt.date(1953, 5, 1), serious_illness=True)
C = PersonFacts("c", "王小山", Relation.CHILD, dt.date(1980, 5, 1), child_of="s", dependent_adult=True)
D = PersonFacts("d", "王小水", Relation.CHILD, dt.date(2012, 5, 1), child_of="s")


def money(ref: str, person: str, fen: int) -> IncomeFact:
    return IncomeFact(ref, person, IncomeKind.OTHER, fen)


FAMILY = HouseholdFacts(
    (H, S, C, D),
    incomes=(money("i1", "h", 30000), money("i2", "s", 10000)),
    expenses=(ExpenseFact("e1", "h", "illness", 5000),),
    properties=(
        PropertyFact("p1", PropertyKind.DEPOSIT, 100000, "h"),
        PropertyFact("p2", PropertyKind.HOUSE),
        PropertyFact("p3", PropertyKind.DEPOSIT, 5000, "s"),
    ),
    obligors=(
        ObligorFact("o1", "王远", Relation.CHILD, "h", dt.date(1975, 1, 1), supported_count=2),
        ObligorFact("o2", "王远", Relation.CHILD, "s", dt.date(1975, 1, 1), supported_count=2),
        ObligorFact("o3", "王近", Relation.SIBLING, "h", dt.date(1948, 1, 1)),
    ),
)


def relations(facts: HouseholdFacts) -> dict[str, Relation]:
    return {person.ref: person.relation for person in facts.people}


# -- death -------------------------------------------------------------------------------


def test_the_chain_after_the_heads_death() -> None:
    assert [each.ref for each in death.heads_after(FAMILY, "h", ON)] == ["s", "c"]
    after = death.after_death(FAMILY, "h", ON, new_head="s")
    assert relations(after) == {"s": Relation.SELF, "c": Relation.CHILD, "d": Relation.CHILD}
    assert [row.ref for row in after.incomes] == ["i2"]
    assert after.expenses == ()
    assert [row.ref for row in after.properties] == ["p2", "p3"]
    assert [(row.ref, row.supported_count) for row in after.obligors] == [("o2", 1)]
    assert FAMILY.applicant.ref == "h", "the old facts stay as they are"


def test_the_survivors_keep_their_supplements_by_reckoning() -> None:
    before = reckon_dibao(FAMILY, shipped_book(), AREAS, ON, urban=True)
    after = reckon_dibao(death.after_death(FAMILY, "h", ON, new_head="s"), shipped_book(), AREAS, ON, urban=True)
    assert (before.covered_refs, after.covered_refs) == (("h", "s", "c", "d"), ("s", "c", "d"))
    assert after.line("supplement.s").value == before.line("supplement.s").value
    assert after.line("supplement.d").value == before.line("supplement.d").value
    assert after.recompute() == after.amount_fen


def test_what_falls_away_is_shown_before() -> None:
    dropped = death.dropped_with(FAMILY, "h")
    assert [[row.ref for row in rows] for rows in (dropped.incomes, dropped.expenses, dropped.properties)] == [
        ["i1"],
        ["e1"],
        ["p1"],
    ]
    assert [row.ref for row in dropped.obligors] == ["o1", "o3"]


def test_an_heir_takes_the_property_of_the_dead() -> None:
    after = death.after_death(FAMILY, "h", ON, new_head="s", inherited={"p1": "c"})
    assert {row.ref: row.owner for row in after.properties} == {"p1": "c", "p2": "", "p3": "s"}
    shared = death.after_death(FAMILY, "h", ON, new_head="s", inherited={"p1": ""})
    assert {row.ref: row.owner for row in shared.properties} == {"p1": "", "p2": "", "p3": "s"}


def test_another_members_death_leaves_the_head_and_the_relations() -> None:
    assert death.heads_after(FAMILY, "s", ON) == (H,)
    after = death.after_death(FAMILY, "s", ON)
    assert relations(after) == {"h": Relation.SELF, "c": Relation.CHILD, "d": Relation.CHILD}
    assert [person.child_of for person in after.people] == ["", "", ""]


def test_confirmed_relations_prevail() -> None:
    after = death.after_death(FAMILY, "h", ON, new_head="s", relations={"c": Relation.OTHER})
    assert relations(after)["c"] is Relation.OTHER


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "户主王大山已死亡，请在其他成员中确定新的户主"),
        ({"new_head": "h"}, "户主王大山已死亡，请在其他成员中确定新的户主"),
        ({"new_head": "d"}, "王小水未满18周岁，而本户还有成年人，不能作为户主"),
        ({"new_head": "x"}, "“x”不是本户人员"),
        ({"new_head": "s", "inherited": {"p1": "h"}}, "财产请改为其他成员或者全家共有"),
        ({"new_head": "s", "inherited": {"p9": "s"}}, "“p9”不是本户的财产"),
        ({"new_head": "s", "inherited": {"p1": "x"}}, "“x”不是本户人员"),
        ({"new_head": "s", "relations": {"x": Relation.CHILD}}, "“x”不是本户人员"),
        ({"new_head": "s", "relations": {"c": Relation.SELF}}, "应当有且只有一名申请人"),
    ],
)
def test_a_death_that_cannot_be_entered_is_refused_in_words(more: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadFacts, match=sentence):
        death.after_death(FAMILY, "h", ON, **more)  # type: ignore[arg-type]


def test_nobody_left_means_the_award_ends() -> None:
    alone = HouseholdFacts((H,))
    assert death.survivors(alone, "h") == ()
    with pytest.raises(BadFacts, match="请办理终止"):
        death.after_death(alone, "h", ON)
    single = HouseholdFacts((H, S), single_ground="edge_illness", single_reason="重病", edge_confirmed=True)
    assert death.survivors(single, "h") == ()
    assert death.survivors(single, "s") == (H,)
    assert relations(death.after_death(single, "s", ON)) == {"h": Relation.SELF}


@pytest.mark.parametrize(
    ("on", "heads"),
    [
        (dt.date(2029, 2, 27), ["m", "n"]),
        (dt.date(2029, 2, 28), ["m"]),
        (dt.date(2030, 2, 27), ["m"]),
        (dt.date(2030, 2, 28), ["m", "n"]),
    ],
)
def test_a_minor_heads_only_where_no_adult_remains(on: dt.date, heads: list[str]) -> None:
    """Eighteen on the birthday; born on 29 February, on 28 February of a common year."""
    m = PersonFacts("m", "甲", Relation.CHILD, dt.date(2011, 2, 28))
    n = PersonFacts("n", "乙", Relation.CHILD, dt.date(2012, 2, 29))
    assert [each.ref for each in death.heads_after(HouseholdFacts((H, m, n)), "h", on)] == heads


def test_who_is_in_prison_cannot_head_the_household() -> None:
    facts = HouseholdFacts((H, replace(S, status="prison"), D))
    assert [each.ref for each in death.heads_after(facts, "h", ON)] == ["d"]
    with pytest.raises(BadFacts, match="属于不计入家庭的人员"):
        death.after_death(facts, "h", ON, new_head="s")


def test_a_grandchild_stays_the_child_of_the_surviving_parent() -> None:
    w = PersonFacts("w", "赵梅", Relation.CHILD_IN_LAW, dt.date(1982, 1, 1), spouse_of="c")
    g = PersonFacts("g", "王小小", Relation.GRANDCHILD, dt.date(2015, 1, 1), child_of="c")
    after = death.after_death(replace(FAMILY, people=(H, S, C, w, g)), "c", ON)
    assert {person.ref: (person.child_of, person.spouse_of) for person in after.people} == {
        "h": ("", ""),
        "s": ("", ""),
        "w": ("", ""),
        "g": ("w", ""),
    }


def test_an_income_worked_back_from_the_amount_leaves_with_nobody() -> None:
    """It stands under the head's name but is the whole household's: his death must not raise the survivors' benefit."""
    facts = with_income(HouseholdFacts((H, S, C)), 30000)
    for change in (
        lambda: death.after_death(facts, "h", ON, new_head="s"),
        lambda: death.after_death(facts, "c", ON),
        lambda: household.without_member(facts, "c", ON),
        lambda: household.split(facts, ["c"], ON, new_head="c"),
    ):
        with pytest.raises(BadFacts, match="按原保障金倒推的"):
            change()
    assert is_implied(household.with_head(facts, "s", ON))
    known = without_implied(facts)
    assert not is_implied(known)
    assert death.after_death(known, "h", ON, new_head="s").incomes == ()


# -- other events ------------------------------------------------------------------------

BABY = PersonFacts("b", "王新", Relation.CHILD, dt.date(2026, 11, 24), child_of="s")


def test_adding_then_removing_gives_the_same() -> None:
    grown = household.with_member(
        FAMILY, BABY, ON, incomes=[money("i9", "b", 1)], properties=[PropertyFact("p9", PropertyKind.DEPOSIT, 1, "b")]
    )
    assert [person.ref for person in grown.people] == ["h", "s", "c", "d", "b"]
    assert household.without_member(grown, "b", ON) == FAMILY


@pytest.mark.parametrize("ref", ["c", "d"])
def test_removing_then_adding_gives_the_same(ref: str) -> None:
    left = household.without_member(FAMILY, ref, ON)
    assert ref not in relations(left)
    back = household.with_member(left, FAMILY.person(ref), ON)
    assert set(back.people) == set(FAMILY.people)
    assert (back.incomes, back.properties, back.obligors) == (FAMILY.incomes, FAMILY.properties, FAMILY.obligors)


def test_a_new_head_and_back_again() -> None:
    turned = household.with_head(FAMILY, "s", ON)
    assert relations(turned) == {"h": Relation.SPOUSE, "s": Relation.SELF, "c": Relation.CHILD, "d": Relation.CHILD}
    assert relations(household.with_head(turned, "h", ON)) == relations(FAMILY)


def test_a_split_puts_everybody_and_everything_on_one_side() -> None:
    w = PersonFacts("w", "赵梅", Relation.CHILD_IN_LAW, dt.date(1982, 1, 1), spouse_of="c")
    facts = replace(FAMILY, people=(*FAMILY.people, w), incomes=(*FAMILY.incomes, money("i3", "w", 7)))
    stay, leave = household.split(facts, ["c", "w"], ON, new_head="c", takes=["p2"])
    assert relations(stay) == {"h": Relation.SELF, "s": Relation.SPOUSE, "d": Relation.CHILD}
    assert relations(leave) == {"c": Relation.SELF, "w": Relation.SPOUSE}
    assert [[row.ref for row in side.incomes] for side in (stay, leave)] == [["i1", "i2"], ["i3"]]
    assert {row.ref: row.owner for row in leave.properties} == {"p2": "c"}
    assert [row.ref for row in stay.properties] == ["p1", "p3"]
    assert leave.obligors == ()


@pytest.mark.parametrize(
    ("leaving", "more", "sentence"),
    [
        ([], {"new_head": "c"}, "既有分出的人员，也有留下的人员"),
        (["h", "s", "c", "d"], {"new_head": "c"}, "既有分出的人员，也有留下的人员"),
        (["h", "c"], {"new_head": "c"}, "户主王大山分出，请确定留下人员的户主"),
        (["c"], {"new_head": "s"}, "分出家庭的户主应当是分出的人员"),
        (["c"], {"new_head": "c", "takes": ["p9"]}, "“p9”不是本户的财产"),
        (["x"], {"new_head": "x"}, "“x”不是本户人员"),
    ],
)
def test_a_split_that_cannot_be_is_refused_in_words(leaving: list[str], more: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadFacts, match=sentence):
        household.split(FAMILY, leaving, ON, **more)  # type: ignore[arg-type]


def test_the_head_may_leave_where_another_stays() -> None:
    stay, leave = household.split(FAMILY, ["h"], ON, new_head="h", staying_head="s")
    assert relations(stay) == {"s": Relation.SELF, "c": Relation.CHILD, "d": Relation.CHILD}
    assert relations(leave) == {"h": Relation.SELF}
    assert [row.ref for row in leave.obligors] == ["o1", "o3"]


def test_means_and_persons_are_replaced_one_by_one() -> None:
    assert household.with_incomes(FAMILY, "s", [money("i8", "s", 5)], ON).incomes == (
        FAMILY.incomes[0],
        money("i8", "s", 5),
    )
    assert [r.ref for r in household.with_expenses(FAMILY, "h", [], ON).expenses] == []
    house = PropertyFact("p7", PropertyKind.HOUSE)
    assert [r.ref for r in household.with_property(FAMILY, "", [house], ON).properties] == ["p1", "p3", "p7"]
    assert [r.ref for r in household.with_obligors(FAMILY, "h", [], ON).obligors] == ["o2"]
    assert household.with_person(FAMILY, replace(D, serious_illness=True), ON).person("d").serious_illness


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda: household.with_member(FAMILY, D, ON), "王小水已经是本户人员"),
        (lambda: household.with_member(FAMILY, replace(BABY, relation=Relation.SELF), ON), "本户已有户主"),
        (lambda: household.with_member(FAMILY, BABY, dt.date(2026, 11, 23)), "晚于核算日期"),
        (lambda: household.with_member(FAMILY, BABY, ON, incomes=[money("i1", "b", 1)]), "编号“i1”出现了2次"),
        (lambda: household.without_member(FAMILY, "h", ON), "王大山是户主，请先确定新的户主"),
        (lambda: household.without_member(FAMILY, "x", ON), "“x”不是本户人员"),
        (lambda: household.with_person(FAMILY, replace(H, relation=Relation.OTHER), ON), "请按“变更户主”办理"),
        (lambda: household.with_incomes(FAMILY, "s", [money("i1", "h", 1)], ON), "另一名人员"),
        (lambda: household.with_incomes(FAMILY, "s", [money("i5", "s", -1)], ON), "金额不能是负数"),
    ],
)
def test_an_event_that_cannot_be_entered_is_refused_in_words(change: object, sentence: str) -> None:
    with pytest.raises(BadFacts, match=sentence):
        change()  # type: ignore[operator]


# -- whatever the household -----------------------------------------------------------------


@st.composite
def families(draw: st.DrawFn) -> HouseholdFacts:
    """A head over eighteen and up to five others of any relation, each with an income, a thing and somebody who supports him."""
    births = st.dates(dt.date(1930, 1, 1), ON)
    others = st.sampled_from([relation for relation in Relation if relation is not Relation.SELF])
    people = [PersonFacts("p0", "户主", Relation.SELF, draw(st.dates(dt.date(1930, 1, 1), dt.date(2008, 1, 1))))]
    for number in range(1, draw(st.integers(1, 5)) + 1):
        child_of = draw(st.sampled_from(["", *(each.ref for each in people)]))
        person = PersonFacts(f"p{number}", f"成员{number}", draw(others), draw(births), child_of=child_of)
        people.append(replace(person, long_coresident=draw(st.booleans()), serious_illness=draw(st.booleans())))
    return HouseholdFacts(
        tuple(people),
        incomes=tuple(money(f"i{person.ref}", person.ref, 100) for person in people),
        properties=tuple(PropertyFact(f"d{person.ref}", PropertyKind.DEPOSIT, 1, person.ref) for person in people),
        obligors=tuple(
            ObligorFact(f"o{person.ref}", "子", Relation.CHILD, person.ref, dt.date(1980, 1, 1), supported_count=9)
            for person in people
        ),
    )


@given(families(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_death_never_covers_anybody_twice_and_leaves_nothing_of_the_dead(
    facts: HouseholdFacts, data: st.DataObject
) -> None:
    dead = data.draw(st.sampled_from([person.ref for person in facts.people]))
    head = data.draw(st.sampled_from(death.heads_after(facts, dead, ON))).ref
    after = death.after_death(facts, dead, ON, new_head="" if head == facts.applicant.ref else head)
    refs = [person.ref for person in after.people]
    assert refs == [person.ref for person in facts.people if person.ref != dead]
    assert after.applicant.ref == head
    assert dead not in str(after).replace("成员", "")
    found = reckon_dibao(after, shipped_book(), AREAS, ON, urban=True)
    assert len(set(found.covered_refs)) == len(found.covered_refs)
    assert set(found.covered_refs) <= set(refs)
    assert found.recompute() == found.amount_fen


@given(families(), st.data())
@settings(max_examples=40, deadline=None)
def test_a_split_leaves_everybody_in_exactly_one_household(facts: HouseholdFacts, data: st.DataObject) -> None:
    others = [person.ref for person in facts.people[1:]]
    leaving = data.draw(st.sets(st.sampled_from(others), min_size=1))
    stay_refs = {person.ref for person in facts.people} - leaving
    head = data.draw(st.sampled_from(household.head_candidates(facts, stay_refs, ON))).ref
    stay, leave = household.split(facts, leaving, ON, new_head=head)
    for rows in ("people", "incomes", "properties", "obligors"):
        sides = [{row.ref for row in getattr(side, rows)} for side in (stay, leave)]
        assert sides[0].isdisjoint(sides[1])
        assert sides[0] | sides[1] == {row.ref for row in getattr(facts, rows)}
