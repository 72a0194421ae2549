"""The Reckoning of a household on assistance as of today, beside the amount it receives. Shown, never carried out here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards.models import Award
from yimen.casework.decisions.application_facts import application_facts
from yimen.casework.decisions.gathering import household_facts
from yimen.law.again import Asked, Plain, reckon_again as reckon
from yimen.law.ledger import RECOGNISED
from yimen.law.rules import BadFacts, HouseholdFacts, Method, reckon_dibao
from yimen.law.rules.facts_form import to_plain
from yimen.law.standards import Unset
from yimen.law.terms import Period, Programme

NO_FACTS = "本户由台账接续，系统里还没有收入、财产的核定资料，不能在这里重新核算；办理变更时采集后核算。"


@dataclass(frozen=True)
class KnownIncome:
    """An income as it was adopted: what it is, whose, how much in its period in fen."""

    ref: str
    who: str
    label: str
    amount_fen: int
    period: str


@dataclass(frozen=True)
class Again:
    """The same household today. ``after`` is None where it could not be reckoned: ``problem`` says why; fen a month."""

    before: int
    after: int | None = None
    eligible: bool = False
    conditions: tuple[str, ...] = ()
    problem: str = ""
    pays: bool = True

    def plain(self, incomes: Mapping[str, int]) -> dict[str, Any]:
        """As the finding keeps it."""
        return {**vars(self), "conditions": list(self.conditions), "incomes": dict(incomes)}


def known_incomes(award: Award, on: dt.date) -> list[KnownIncome]:
    """The incomes that can be other now: those adopted by their amount. None for an award taken over from a ledger.

    Nor for 特困, whose amount follows from self-care and form of support alone.
    """
    if award.application is None or award.programme == Programme.TEKUN:
        return []
    facts = household_facts(award.application, on)
    names = {person.ref: person.name for person in facts.people}
    return [
        KnownIncome(row.ref, names.get(row.person, ""), row.label, row.amount_fen, Period(row.period).label)
        for row in facts.incomes
        if row.method is Method.STATED
    ]


def reckon_again(award: Award, on: dt.date, incomes: Mapping[str, int] | None = None) -> Again:
    """What is stored, with today's figures and ages, and with the incomes that are other now (fen in their period)."""
    if award.programme == Programme.TEKUN:
        return _found(award, _asked(award, on, None))
    if award.application is None:
        return Again(award.monthly_fen, problem=NO_FACTS, pays=award.programme not in RECOGNISED)
    if award.programme != Programme.DIBAO or award.single:
        known = application_facts(award.application, on)
        # What the household has now is what is reviewed: it does not stand against itself.
        known = replace(known, household=_with(known.household, incomes or {}), standing=())
        return _found(award, _asked(award, on, to_plain(known)))
    facts = _with(household_facts(award.application, on), incomes or {})
    areas = offices.scopes(award.village_id)
    try:
        found = reckon_dibao(facts, figures.book(), areas, on, award.household.urban)
    except Unset as unset:
        return Again(award.monthly_fen, problem=str(unset))
    except BadFacts as bad:
        return Again(award.monthly_fen, problem=bad.sentence)
    conditions = tuple(failure.sentence.rstrip("。") for failure in found.failures)
    return Again(award.monthly_fen, found.amount_fen, found.eligible, conditions)


def _asked(award: Award, on: dt.date, facts: Plain | None) -> Asked:
    alone = award.single or award.programme == Programme.TEKUN
    row = award.persons.filter(active=True).select_related("person").first() if alone else None
    return Asked(
        programme=award.programme,
        facts=facts,
        areas=offices.scopes(award.village_id),
        urban=award.household.urban,
        on=on,
        single=award.single,
        person=row.person.ref if row else "",
        level=award.self_care,
        form=award.support_form,
    )


def _found(award: Award, asked: Asked) -> Again:
    pays = award.programme not in RECOGNISED
    found = reckon(asked, {asked.book: figures.book()}, explained=False)
    if found.problem:
        return Again(award.monthly_fen, problem=found.problem, pays=pays)
    return Again(award.monthly_fen, found.amount_fen, found.eligible, found.conditions, pays=pays)


def _with(facts: HouseholdFacts, incomes: Mapping[str, int]) -> HouseholdFacts:
    changed = tuple(
        replace(row, amount_fen=incomes[row.ref], declared_fen=None, source="本次复核") if row.ref in incomes else row
        for row in facts.incomes
    )
    return replace(facts, incomes=changed)
