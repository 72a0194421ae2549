"""Whose a household was in a month: an officer's scope, asked of the versions of awards and not of where they lie today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.models import Award, AwardVersion


class Belonging:
    """Where a household has to belong to be counted."""

    def of(self, version: str = "") -> Q:
        """Asked of a version that is joined under this name, or of versions themselves."""
        raise NotImplementedError

    def ever(self, rows: QuerySet[Award]) -> QuerySet[Award]:
        """Those of these awards that ever belonged here."""
        return rows.filter(pk__in=AwardVersion.objects.filter(self.of()).order_by().values("award"))

    def in_month(self, rows: QuerySet[Award], month: str) -> QuerySet[Award]:
        """Those of these awards that belong here in a month, with their village then as ``at``."""
        then = rows.annotate(now=FilteredRelation("versions", condition=Q(versions__from_month__lte=month)))
        return then.filter(highest("now", month), self.of("now"), now__isnull=False).annotate(at=F("now__village"))


@dataclass(frozen=True)
class InTownship(Belonging):
    """In one township, whoever asks: for work on behalf of the township itself."""

    township: str

    def of(self, version: str = "") -> Q:
        """As for any place."""
        return Q(**{f"{version}__township_id" if version else "township_id": self.township})


@dataclass(frozen=True)
class Places(Belonging):
    """Where a household has to belong to be counted: within an officer's scope, in what he chose of it (empty for all)."""

    officer: Officer
    township: str = ""
    village: str = ""

    def of(self, version: str = "") -> Q:
        """As for any place, within what the officer may see."""
        prefix = f"{version}__" if version else ""
        chosen = {"township_id": self.township, "village_id": self.village}
        within = gate.by_place(self.officer, f"{prefix}township", f"{prefix}village")
        return within & Q(**{f"{prefix}{name}": code for name, code in chosen.items() if code})


def highest(name: str, month: str) -> Q:
    """Of the joined versions the one in force: none that begins by the month has a higher number.

    Where none is joined at all the comparison finds none either.
    """
    later = AwardVersion.objects.filter(award=OuterRef("pk"), from_month__lte=month, seq__gt=OuterRef(f"{name}__seq"))
    return Q(~Exists(later))


def within_reach(officer: Officer, awards: Iterable[int]) -> set[int]:
    """Which of these awards the officer may open today: those that have moved away he only counts, in one statement."""
    rows = gate.within(officer, Award.objects.filter(pk__in=list(awards)))
    return set(rows.order_by().values_list("pk", flat=True))
