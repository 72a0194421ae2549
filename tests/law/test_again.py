"""An award reckoned again: the same in one process and in several, the same as by itself, and never raising."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from yimen.bench.reckoning import AREA, facts_of
from yimen.law.again import NO_LEVEL, Amount, Asked, Reckoner, reckon_again
from yimen.law.rules import HouseholdFacts, reckon_dibao
from yimen.law.rules.facts_form import to_plain
from yimen.law.standards import chain, shipped_book
from yimen.law.terms import Programme

ON = date(2026, 11, 24)
BOOKS = {0: shipped_book()}
AREAS = chain(AREA)


def asked(facts: HouseholdFacts, **more: object) -> Asked:
    return replace(Asked(Programme.DIBAO, to_plain(facts), AREAS, True, ON), **more)  # type: ignore[arg-type]


def some(count: int) -> list[HouseholdFacts]:
    draw = random.Random(3)
    return [facts_of(draw) for _ in range(count)]


def test_many_come_out_as_each_by_itself() -> None:
    facts = some(30)
    with Reckoner(BOOKS) as reckoner:
        found = reckoner.each([asked(one) for one in facts])
    for one, result in zip(facts, found, strict=True):
        alone = reckon_dibao(one, BOOKS[0], AREAS, ON, True)
        assert (result.amount_fen, result.eligible, result.sheet) == (alone.amount_fen, alone.eligible, alone.to_json())
        assert [ref for ref, _ in result.cover] == list(alone.covered_refs)


def test_several_processes_find_the_same() -> None:
    questions = [asked(one) for one in some(20)]
    with Reckoner(BOOKS) as alone, Reckoner(BOOKS, 2) as together:
        assert together.each(questions, explained=False) == alone.each(questions, explained=False)


def test_an_income_worked_back_gives_the_amount_it_came_from() -> None:
    checked = 0
    for facts in some(30):
        found = reckon_dibao(facts, BOOKS[0], AREAS, ON, True)
        people = replace(facts, incomes=())
        amount = Amount(found.amount_fen, ON, True, found.covered_refs)
        again = reckon_again(asked(people, amount=amount), BOOKS)
        if found.eligible and not again.problem:
            checked += 1
            assert again.amount_fen == found.amount_fen and again.facts is not None
    assert checked > 5


def test_what_cannot_be_reckoned_says_why() -> None:
    [facts] = some(1)
    assert "未设置" in reckon_again(asked(facts, areas=("110101",)), BOOKS).problem
    assert "不能读取" in reckon_again(replace(asked(facts), facts={"people": 1}), BOOKS).problem
    assert reckon_again(Asked(Programme.TEKUN, None, AREAS, True, ON), BOOKS).problem == NO_LEVEL
    other = Amount(10_000, ON, True, ("x",))
    assert "保障人员" in reckon_again(asked(replace(facts, incomes=()), amount=other), BOOKS).problem


def test_tekun_goes_by_the_table() -> None:
    question = Asked(Programme.TEKUN, None, AREAS, True, ON, person="a", level="lost", form="at_home")
    found = reckon_again(question, BOOKS)
    assert (found.amount_fen, found.eligible, found.cover) == (94_400 + 54_000, True, (("a", 0),))
