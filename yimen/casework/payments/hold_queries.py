"""Which awards wait with their payment, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.models import ChangeCase
from yimen.casework.payments.models import Hold
from yimen.casework.payments.places import by_township
from yimen.law.aftercare.changing import OPEN, ChangeState
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.payments.holds import HoldKind

_UNDECIDED = [str(state) for state in OPEN if state not in {ChangeState.DECIDED, ChangeState.MOVING}]
_REPORTED_DEAD = Q(event=str(ChangeEvent.DEATH), state__in=_UNDECIDED)


@gate.scope(Hold)
def _scope(officer: Officer) -> Q:
    return by_township(officer, "award__township")


@dataclass(frozen=True)
class Why:
    """One reason why an award waits: ``ref`` is that of the hold, empty for a reported death whose change is ``basis``."""

    kind: HoldKind
    basis: str
    ref: str = ""


def holds(officer: Officer) -> QuerySet[Hold]:
    """Holds within an officer's scope with what a list shows, the newest first."""
    rows = gate.within(officer, Hold.objects.order_by("-id"))
    return rows.select_related("award__household__head", "award__village", "award__township", "placed_by", "freed_by")


def of_award(officer: Officer, award: int) -> list[Hold]:
    """Every hold of an award, the newest first."""
    return list(holds(officer).filter(award_id=award))


def open_holds(township: str) -> QuerySet[Hold]:
    """Holds that stand in a township, by award."""
    return Hold.objects.filter(award__township_id=township, freed_at__isnull=True).order_by("award_id", "id")


def deaths(township: str) -> QuerySet[ChangeCase]:
    """Reports of a death in a township that nobody has decided yet: each holds its award by being open (security.md I5)."""
    return ChangeCase.objects.filter(_REPORTED_DEAD, award__township_id=township).order_by("award_id", "id")


def held(township: str) -> dict[int, list[Why]]:
    """Awards of a township that are not to be paid now, with every reason; in two statements."""
    found: dict[int, list[Why]] = {}
    for award, kind, basis, ref in open_holds(township).values_list("award_id", "kind", "basis_ref", "ref"):
        found.setdefault(award, []).append(Why(HoldKind(kind), basis, ref))
    for award, ref in deaths(township).values_list("award_id", "ref"):
        found.setdefault(award, []).append(Why(HoldKind.DEATH, ref))
    return found


def held_among(awards: Iterable[int]) -> set[int]:
    """Which of these awards wait, in two statements; for a few lines or a portion of a file."""
    ids = list(awards)
    by_hold = Hold.objects.filter(award_id__in=ids, freed_at__isnull=True).order_by()
    dead = ChangeCase.objects.filter(_REPORTED_DEAD, award_id__in=ids).order_by()
    return {*by_hold.values_list("award_id", flat=True), *dead.values_list("award_id", flat=True)}


def waits(award: str = "award") -> Q:
    """Asked of rows that have an award (or are one, ``"pk"``): whether it is not to be paid now; for work over a register."""
    by_hold = Hold.objects.filter(award=OuterRef(award), freed_at__isnull=True)
    dead = ChangeCase.objects.filter(_REPORTED_DEAD, award=OuterRef(award))
    return Q(Exists(by_hold)) | Q(Exists(dead))
