"""Reading the history of an award: its versions, what was due in each month, and how a month's amount came about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.additions import additions_of
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.awards.uplift import basis, sheets
from yimen.casework.awards.uplift.basis import Version
from yimen.casework.awards.uplift.library import Library
from yimen.casework.households.models import Person
from yimen.law.aftercare.history import in_force, known_on
from yimen.law.again import Found, reckon_again

__all__ = ["BASES", "Explained", "additions_of", "explained", "find", "names_of", "versions_of"]

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
