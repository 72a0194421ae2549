"""The Reckoning of a household on assistance as of today, beside the amount it receives. Shown, never carried out here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards.changes.basis import basis_of, reckon
from yimen.casework.awards.changes.weighing import weigh
from yimen.casework.awards.models import Award
from yimen.law.aftercare.kept import APPLY, Kept
from yimen.law.again import Asked, reckon_again as reckon_by_rules
from yimen.law.ledger import RECOGNISED
from yimen.law.rules import BadFacts, HouseholdFacts, Method, NotEstablished
from yimen.law.standards import BadFigure, Unset
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
    """The incomes that can be other now: those adopted by their amount. None where only an amount was taken over.

    Nor for 特困, whose amount follows from self-care and form of support alone.
    """
    basis = None if award.programme == Programme.TEKUN else basis_of(award, on)
    if basis is None or basis.lacking or basis.implied:
        return []
    names = {person.ref: person.name for person in basis.facts.people}
    return [
        KnownIncome(row.ref, names.get(row.person, ""), row.label, row.amount_fen, Period(row.period).label)
        for row in basis.facts.incomes
        if row.method is Method.STATED
    ]


def reckon_again(award: Award, on: dt.date, incomes: Mapping[str, int] | None = None) -> Again:
    """What is stored, with today's figures and ages, and with the incomes that are other now (fen in their period)."""
    if award.programme == Programme.TEKUN:
        return _tekun(award, on)
    basis, pays = basis_of(award, on), award.programme not in RECOGNISED
    if basis.lacking or basis.implied:
        return Again(award.monthly_fen, problem=NO_FACTS, pays=pays)
    facts = _with(basis.facts, incomes or {})
    try:
        if award.programme == Programme.DIBAO and not award.single:
            return _of(award, Kept(reckon(award, facts, on)))
        beyond = replace(basis.beyond, household=facts) if basis.beyond else None
        return _of(award, weigh(award, beyond or facts, on))
    except (BadFacts, BadFigure, NotEstablished, Refused, Unset) as why:
        return Again(award.monthly_fen, problem=getattr(why, "sentence", "") or str(why), pays=pays)


def _of(award: Award, kept: Kept) -> Again:
    conditions = tuple(failure.sentence.rstrip("。") for failure in kept.failures)
    told = conditions or ((APPLY,) if kept.poorer else ())
    pays = award.programme not in RECOGNISED
    return Again(award.monthly_fen, kept.reckoning.amount_fen, kept.holds, told, pays=pays)


def _tekun(award: Award, on: dt.date) -> Again:
    row = award.persons.filter(active=True).select_related("person").first()
    asked = Asked(
        programme=award.programme,
        facts=None,
        areas=offices.scopes(award.village_id),
        urban=award.household.urban,
        on=on,
        person=row.person.ref if row else "",
        level=award.self_care,
        form=award.support_form,
    )
    found = reckon_by_rules(asked, {asked.book: figures.book()}, explained=False)
    if found.problem:
        return Again(award.monthly_fen, problem=found.problem)
    return Again(award.monthly_fen, found.amount_fen, found.eligible, found.conditions)


def _with(facts: HouseholdFacts, incomes: Mapping[str, int]) -> HouseholdFacts:
    changed = tuple(
        replace(row, amount_fen=incomes[row.ref], declared_fen=None, source="本次复核") if row.ref in incomes else row
        for row in facts.incomes
    )
    return replace(facts, incomes=changed)
