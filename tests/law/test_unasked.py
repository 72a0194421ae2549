"""刚性支出 that nobody has asked for is open; asked for and too little it is a no (R4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from yimen.law.reckoning.assessment import Verdict
from yimen.law.rules import HouseholdFacts, IncomeFact, PersonFacts
from yimen.law.rules.applied import ApplicationFacts, NotEstablished, SpentFacts
from yimen.law.rules.assess import assess_all
from yimen.law.rules.rigid import UNASKED, reckon_rigid
from yimen.law.standards import Book, shipped_figures
from yimen.law.standards.places import COUNTRY
from yimen.law.terms import ExpenseKind, IncomeKind, Period, Programme, Relation

ON = date(2026, 11, 10)
AREAS = ("990101001001", "990101001", "990101", "990100", "990000", COUNTRY)
BOOK = Book(shipped_figures())
PERSON = PersonFacts("1", "王秀兰", Relation.SELF, date(1980, 5, 1))


def _facts(income_fen: int, **more: object) -> ApplicationFacts:
    income = IncomeFact("i", "1", IncomeKind.TRANSFER, income_fen)
    return replace(ApplicationFacts(HouseholdFacts((PERSON,), (income,)), applied_on=ON), **more)  # type: ignore[arg-type]


def test_unasked_is_open_and_asked_for_is_a_no() -> None:
    args = (BOOK, AREAS, ON, True)
    with pytest.raises(NotEstablished, match=UNASKED):
        reckon_rigid(_facts(200_000, spent_known=False), *args)
    asked = reckon_rigid(_facts(200_000), *args)
    assert [failure.code for failure in asked.failures] == ["test.ratio"]


def test_a_condition_that_fails_refuses_whatever_was_asked() -> None:
    """Income above last year's disposable income."""
    found = reckon_rigid(_facts(900_000, spent_known=False), BOOK, AREAS, ON, True)
    assert "test.income" in [failure.code for failure in found.failures]


def test_enough_is_enough_though_not_everything_was_asked() -> None:
    spent = SpentFacts("1", ExpenseKind.LIVING, 190_000, period=Period.MONTH)
    assert reckon_rigid(_facts(200_000, spent=(spent,), spent_known=False), BOOK, AREAS, ON, True).eligible


def test_the_proposal_waits_for_what_was_not_asked() -> None:
    found = assess_all(_facts(200_000, spent_known=False), BOOK, AREAS, ON, True)
    [rigid] = found.of(Programme.RIGID_EXPENDITURE)
    assert rigid.verdict is Verdict.OPEN
    assert found.proposal.startswith("建议：暂不作出结论")
