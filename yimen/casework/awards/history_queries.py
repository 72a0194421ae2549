"""Reading the history of an award: its versions, what was due in each month, and how a month's amount came about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion
from yimen.casework.awards.uplift import basis, sheets
from yimen.casework.awards.uplift.basis import Version
from yimen.casework.awards.uplift.library import Library
from yimen.casework.households.models import Person
from yimen.law.aftercare.additions import KEY, Added, Standing, additions_in, read_additions
from yimen.law.aftercare.history import in_force, known_on
from yimen.law.aftercare.terms import AwardPhase
from yimen.law.again import Found, reckon_again
from yimen.law.calendar import last_day
from yimen.law.terms import Programme

BASES = {
    "decision": "确认决定",
    "ledger_run": "台账",
    "uplift": "提高标准",
    "change": "变更",
    "recertification": "复核",
}


def find(officer: Officer, ref: str) -> Award:
    """An award of any state within scope. Raises Unknown."""
    return gate.fetch(officer, Award.objects.select_related("household__head", "township", "village"), ref)


def versions_of(award: Award) -> list[AwardVersion]:
    """The whole history without what is heavy, the oldest first."""
    rows = AwardVersion.objects.filter(award=award).defer("facts", "reckoning").select_related("by")
    return list(rows.order_by("seq"))


def names_of(versions: Sequence[Any]) -> dict[int, str]:
    """The names of everybody whom these versions cover."""
    wanted = {person for version in versions for person, _ in version.persons}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


@dataclass(frozen=True)
class Explained:
    """How the amount of a month came about. ``sheet`` is the Reckoning as stored then, ``again`` what facts and figures of
    that day give now; ``why`` says why nothing can be reckoned."""

    version: Version
    sheet: dict[str, Any] | None
    again: Found | None
    why: str = ""

    @property
    def holds(self) -> bool:
        """Whether the stored amount follows from its facts and figures."""
        return self.again is not None and not self.again.problem and self.again.amount_fen == self.version.monthly_fen


def explained(award: Award, month: str, known: dt.date | None = None) -> Explained | None:
    """The version in force in a month, as known on a day, with its explanation; None before the award began."""
    [held] = basis.load([award.pk])
    rows = known_on(held.versions, known) if known else held.versions
    version = in_force(rows, month)
    if version is None:
        return None
    source = version
    if not version.paying or basis.in_grace(version):
        return Explained(version, None, None, "")
    library = Library([version.on, basis.known(held, version)])
    question = basis.question(held, source, library)
    if question.asked is None:
        return Explained(version, sheets.stored(award.pk, version), None, question.why)
    again = reckon_again(question.asked, library.books)
    return Explained(version, sheets.stored(award.pk, version), again, again.problem)


# -- additions -------------------------------------------------------------------------------


def additions_of(award: Award, months: Sequence[str]) -> dict[str, tuple[Added, ...]]:
    """What the award is paid on top in each of these months; never twice for a person of its household."""
    histories = _of_household(award)
    refs = dict(AwardPerson.objects.filter(award__in=list(histories)).values_list("person", "person__ref"))
    areas = offices.scopes(award.village_id)
    found = {}
    for month in months:
        figure = figures.book().find(KEY, areas, last_day(month))
        rows = read_additions(figure) if figure else ()
        standing = [_standing(one, rows_, month, refs) for one, rows_ in histories.values()] if rows else []
        added = additions_in(month, [one for one in standing if one is not None], rows) if rows else ()
        found[month] = tuple(each for each in added if each.award == award.ref)
    return found


def _of_household(award: Award) -> dict[int, tuple[Award, list[AwardVersion]]]:
    """Every award of the household with its history: somebody may be on two of them."""
    awards = list(Award.objects.filter(household=award.household_id, voided_on__isnull=True).order_by("pk"))
    histories: dict[int, tuple[Award, list[AwardVersion]]] = {one.pk: (one, []) for one in [*awards, award]}
    rows = AwardVersion.objects.filter(award__in=list(histories)).defer("facts", "reckoning").order_by("award", "seq")
    for row in rows:
        histories[row.award_id][1].append(row)
    return histories


def _standing(award: Award, versions: Sequence[AwardVersion], month: str, refs: dict[int, str]) -> Standing | None:
    version = in_force(versions, month)
    if version is None:
        return None
    persons = tuple(refs.get(person, str(person)) for person, _ in version.persons)
    return Standing(award.ref, str(award.household_id), Programme(award.programme), AwardPhase(version.phase), persons)
