"""Subsistence allowance (最低生活保障): from facts to a Reckoning, in the order of rules.md §2.5."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from yimen.law.calendar import month_of, next_month
from yimen.law.reckoning import Failure, Line, Reckoning, compute, figure_line, given, group, money_of, ref
from yimen.law.rules.amount import METHOD, amount_keys, amount_section
from yimen.law.rules.category import KEY as CATEGORY, categorise
from yimen.law.rules.context import D7, L18, Case, standard_key
from yimen.law.rules.dating import as_of_its_day
from yimen.law.rules.exclusions import LOCAL as LOCAL_EXCLUSIONS
from yimen.law.rules.facts import HouseholdFacts, check_facts
from yimen.law.rules.income import income_keys, income_section, warnings
from yimen.law.rules.members import LOCAL_KEYS, STATUS_KEYS, memberships
from yimen.law.rules.property import property_keys, property_section
from yimen.law.rules.refusal import refusal
from yimen.law.rules.single import LOCAL as LOCAL_GROUNDS, single_keys, single_section
from yimen.law.standards import Book, Figure, Missing, Unconfirmed, Unset
from yimen.law.terms import Programme

START = "dibao.payment_start"
DECISION_KEYS = (CATEGORY, START)
OPTIONAL = (*LOCAL_KEYS, LOCAL_EXCLUSIONS, LOCAL_GROUNDS)


def reckon_dibao(facts: HouseholdFacts, book: Book, areas: Sequence[str], on: dt.date, urban: bool) -> Reckoning:
    """Members, income, property, tests and, for an eligible household, amount and category.

    ``areas`` run from near to far; ``on`` dates ages and figures; ``urban`` chooses the
    standard. Raises Missing with every figure that cannot be used, BadFacts for facts
    that contradict each other, BadFigure for a figure of the wrong form.
    """
    check_facts(facts, on)
    return as_of_its_day(_reckon(facts, book, areas, on, urban))


def _reckon(facts: HouseholdFacts, book: Book, areas: Sequence[str], on: dt.date, urban: bool) -> Reckoning:
    plain, case, income, waiting = _conditions(facts, book, areas, on, urban)
    if plain.failures:
        return plain
    if waiting:
        raise Missing(waiting)
    return _approval(case, plain, income)


def _conditions(
    facts: HouseholdFacts, book: Book, areas: Sequence[str], on: dt.date, urban: bool, *, approval: bool = True
) -> tuple[Reckoning, Case, Line, list[Unset]]:
    """Every condition weighed, and what an approval would still lack."""
    case, waiting = _case(facts, book, areas, on, urban, approval)
    income = income_section(case)
    owned, failures = property_section(case)
    sections = [members_section(case), income, owned]
    if facts.single:
        alone, single_failures = single_section(case)
        sections.append(alone)
        failures += single_failures
    tests, test_failures = _tests(case, income, sections)
    sections.append(tests)
    plain = refusal(
        case,
        Programme.DIBAO,
        tuple(areas),
        sections,
        [*test_failures, *failures],
        list(warnings(case)),
        (income.operands[0], income.operands[1]),
    )
    return plain, case, income, waiting


def meets_dibao(facts: HouseholdFacts, book: Book, areas: Sequence[str], on: dt.date, urban: bool) -> Reckoning:
    """The conditions alone: a Reckoning whose failures are empty where all are met, and which never has an amount.

    Raises Missing only for figures that the conditions themselves ask for.
    """
    check_facts(facts, on)
    return _conditions(facts, book, areas, on, urban, approval=False)[0]


def first_month(rule: Figure, decided_on: dt.date) -> str:
    """First month of payment for a decision's date, by ``dibao.payment_start``."""
    return month_of(decided_on) if rule.as_code() == "same_month" else next_month(decided_on)


def _case(
    facts: HouseholdFacts, book: Book, areas: Sequence[str], on: dt.date, urban: bool, approval: bool
) -> tuple[Case, list[Unset]]:
    """The facts with their figures, and what an approval would still lack.

    Raises Missing when a figure lacks that is needed in any case; it names both kinds.
    """
    local, absent = book.attempt(OPTIONAL, areas, on)
    needed = [*STATUS_KEYS, *single_keys(facts), *income_keys(facts), *property_keys(facts), standard_key(urban)]
    found, missing = book.attempt(needed, areas, on)
    missing += [unset for unset in absent if isinstance(unset, Unconfirmed)]
    figures = local | found
    members = memberships(facts, figures, on) if STATUS_KEYS[0] in found else ()
    case = Case(facts, figures, on, urban, members)
    later, waiting = _figures_of_approval(case, book, areas) if approval else ({}, [])
    if missing:
        raise Missing([*missing, *waiting])
    return replace(case, figures=figures | later), waiting


def _figures_of_approval(case: Case, book: Book, areas: Sequence[str]) -> tuple[dict[str, Figure], list[Unset]]:
    method, _ = book.attempt([METHOD], areas, case.on)
    informed = replace(case, figures=dict(case.figures) | method)
    return book.attempt([*amount_keys(informed), *DECISION_KEYS], areas, case.on)


def members_section(case: Case) -> Line:
    """Household size and covered persons, each person with the reason."""
    counted = [
        given(f"member.{row.person.ref}", row.person.name, int(row.counted), "person", note=row.reason, basis=row.basis)
        for row in case.members
    ]
    covered = [given(f"covered.{row.person.ref}", row.person.name, int(row.covered), "person") for row in case.members]
    lines = [
        compute("members", "家庭人口", "sum", counted, "person", formula="计入家庭的人员数", basis=D7),
        compute("covered", "保障人口", "sum", covered, "person", formula="计入保障人口的人员数"),
    ]
    return group("people", "家庭成员", lines)


def _tests(case: Case, income: Line, sections: Sequence[Line]) -> tuple[Line, list[Failure]]:
    """The conditions together, each a yes or no."""
    per_capita, standard = income.operands[1], case.standard()
    below = compute(
        "test.income",
        "人均收入低于低保标准",
        "below",
        [ref(per_capita), standard],
        "yes",
        formula="家庭月人均收入＜低保标准",
        basis=L18,
    )
    someone = compute(
        "test.covered",
        "有可以保障的成员",
        "below",
        [given("zero", "零", 0, "person"), ref(sections[0].operands[1])],
        "yes",
        formula="保障人口＞0",
    )
    others = [ref(section.operands[0]) for section in sections[2:]]
    met = compute("test", "符合条件", "all", [below, someone, *others], "yes", formula="各项条件均符合", basis=L18)
    return group("tests", "条件审查", [met]), _test_failures(per_capita, standard, below, someone)


def _test_failures(per_capita: Line, standard: Line, below: Line, someone: Line) -> list[Failure]:
    failures = []
    if below.value is False:
        sentence = f"家庭月人均收入{per_capita.shown}，不低于当地低保标准{standard.shown}。"
        failures.append(Failure(below.code, sentence, L18, f"{per_capita.shown}≥{standard.shown}"))
    if someone.value is False:
        failures.append(Failure(someone.code, "家庭成员均已由其他救助项目保障，没有可以保障的成员。", D7))
    return failures


def _approval(case: Case, plain: Reckoning, income: Line) -> Reckoning:
    total, per_capita = income.operands[0], income.operands[1]
    category = categorise(case, total)
    benefit = amount_section(case, total, per_capita, category.code)
    amount = money_of(benefit.operands[0])
    if amount <= 0:
        nothing = Failure("amount", "按规定计算的每月保障金为零。", L18)
        return replace(plain, lines=(*plain.lines, benefit), failures=(nothing,))
    start = first_month(case.figures[START], case.on)
    return replace(
        plain,
        lines=(*plain.lines, benefit, category.section, _start_section(case, start)),
        eligible=True,
        amount_fen=amount,
        category=category.code,
        category_label=category.label,
        recertify_months=category.months,
        start_month=start,
    )


def _start_section(case: Case, start: str) -> Line:
    rule = figure_line(case.figures[START], case.figures[START].shown(), unit="text")
    day = given("start.day", "按此日期作出决定", case.on.isoformat(), "text")
    month = given("start.month", "起发月份", start, "text", basis="民发〔2021〕57号第二十一条")
    return group("start", "起发月份", [rule, day, month])
