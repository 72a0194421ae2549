"""What 边缘家庭 and 刚性支出困难家庭 share: the household of D7, its income, its property, and a recognition without an amount."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from yimen.law.reckoning import Failure, Line, Reckoning, compute, given, ref
from yimen.law.rules.context import D7, Case, Terms, standard_key
from yimen.law.rules.dibao import members_section
from yimen.law.rules.exclusions import LOCAL as LOCAL_EXCLUSIONS
from yimen.law.rules.facts import HouseholdFacts
from yimen.law.rules.income import income_keys, income_section, warnings
from yimen.law.rules.members import LOCAL_KEYS, STATUS_KEYS, memberships
from yimen.law.rules.property import property_keys, property_section
from yimen.law.rules.refusal import refusal
from yimen.law.standards import Book, Figure, Missing, Unconfirmed, Unset
from yimen.law.terms import Programme

OPTIONAL = (*LOCAL_KEYS, LOCAL_EXCLUSIONS)
Condition: TypeAlias = tuple[Line, Sequence[Failure]]


@dataclass(frozen=True)
class Place:
    """Where and when, and the figures known there; ``urban`` chooses the standard."""

    book: Book
    areas: tuple[str, ...]
    on: dt.date
    urban: bool


@dataclass(frozen=True)
class Weighed:
    """A household's case with its sections of people, income and property, and the figures an approval lacks."""

    case: Case
    income: Line
    sections: tuple[Line, ...]
    failures: tuple[Failure, ...]
    waiting: tuple[Unset, ...]

    @property
    def per_capita(self) -> Line:
        """Income per member a month."""
        return self.income.operands[1]


def weigh(
    household: HouseholdFacts,
    place: Place,
    terms: Terms,
    needed: Iterable[str],
    optional: Iterable[str],
    later: Iterable[str],
) -> Weighed:
    """The household under a programme's terms. ``later`` are figures that only an approval needs.

    Raises Missing with every figure that the conditions lack, and those of ``later`` with them.
    """
    facts = replace(household, single_ground="", single_reason="")
    keys = [*STATUS_KEYS, *income_keys(facts, terms), *property_keys(facts, terms), standard_key(place.urban), *needed]
    local, absent = place.book.attempt((*OPTIONAL, *optional), place.areas, place.on)
    found, missing = place.book.attempt(keys, place.areas, place.on)
    decisive, waiting = place.book.attempt(later, place.areas, place.on)
    missing += [unset for unset in absent if isinstance(unset, Unconfirmed)]
    if missing:
        raise Missing([*missing, *waiting])
    figures: dict[str, Figure] = local | found | decisive
    case = Case(facts, figures, place.on, place.urban, memberships(facts, figures, place.on), terms)
    income = income_section(case)
    owned, failures = property_section(case)
    return Weighed(case, income, (members_section(case), income, owned), tuple(failures), tuple(waiting))


def all_missing(*found: Iterable[Unset]) -> Missing:
    """Several lists of missing figures as one, each figure once."""
    return Missing(list({unset.key: unset for unsets in found for unset in unsets}.values()))


def someone_left(weighed: Weighed) -> Condition:
    """At least one member whom no other programme covers."""
    covered = weighed.sections[0].operands[1]
    line = compute(
        "test.covered",
        "有未由其他救助项目保障的成员",
        "below",
        [given("zero", "零", 0, "person"), ref(covered)],
        "yes",
        formula="保障人口＞0",
    )
    if line.value:
        return line, ()
    return line, (Failure(line.code, "家庭成员均已由其他救助项目保障。", D7),)


def recognised(
    weighed: Weighed,
    place: Place,
    programme: Programme,
    tests: Line,
    failures: Sequence[Failure],
    sections: Sequence[Line] = (),
    notes: Sequence[str] = (),
) -> Reckoning:
    """The result before its validity: a refusal, or conditions all met and not yet an approval."""
    lines = (*weighed.sections, *sections, tests)
    income = (weighed.income.operands[0], weighed.per_capita)
    notes = (*warnings(weighed.case), *notes)
    return refusal(weighed.case, programme, place.areas, lines, failures, notes, income)
