"""Writing the history of awards: the one place where a version is added and the award's present columns follow it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yimen.base.prepared import insert
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.awards.version_models import AwardVersion
from yimen.law.aftercare.terms import AwardCause, AwardPhase

_PORTION = 500
Covered = Sequence[tuple[int, int]]
"""Pairs of a covered person's number and his supplement in fen a month."""


@dataclass(frozen=True)
class Basis:
    """What a version rests on: its kind and reference, the day, and who decided (a staff number; None for a migration)."""

    kind: str
    ref: str
    on: dt.date
    by: int | None = None


def first(award: Award, covered: Covered, urban: bool, cause: AwardCause, basis: Basis) -> AwardVersion:
    """The first version of an award as it stands in its columns."""
    return AwardVersion(
        award=award,
        seq=1,
        from_month=award.start_month,
        cause=cause,
        phase=AwardPhase.RUNNING,
        monthly_fen=award.monthly_fen,
        category=award.category,
        urban=urban,
        persons=[list(pair) for pair in covered],
        basis_kind=basis.kind,
        basis_ref=basis.ref,
        on=basis.on,
        by_id=basis.by,
    )


def open_history(awards: Sequence[tuple[Award, Covered, bool]], cause: AwardCause, basis: Basis) -> None:
    """The first versions of new awards with whom they cover and whether the urban standard applies, in one statement."""
    rows = [first(award, covered, urban, cause, basis) for award, covered, urban in awards]
    if len(rows) == 1:
        insert(rows)
    else:
        AwardVersion.objects.bulk_create(rows, batch_size=_PORTION)


def standing_cover(awards: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Who is covered by each of these awards now, by award."""
    found: dict[int, list[tuple[int, int]]] = {}
    rows = AwardPerson.objects.filter(award__in=list(awards), active=True).order_by("id")
    for award, person, fen in rows.values_list("award", "person", "supplement_fen"):
        found.setdefault(award, []).append((person, fen))
    return found


def restate(awards: Iterable[int], cause: AwardCause, basis: Basis, *, from_month: str = "") -> None:
    """A further version of each award from its columns as they stand now; of one voided or ended, that nothing is due.

    It counts from ``from_month``, or from the month in which the last version began, or from the award's own start.
    """
    numbers = list(awards)
    covers, last = standing_cover(numbers), _last(numbers)
    rows = []
    for award in Award.objects.select_related("household").filter(pk__in=numbers).order_by("id"):
        version = first(award, covers.get(award.pk, []), award.household.urban, cause, basis)
        seq, since = last.get(award.pk, (0, award.start_month))
        version.seq, version.from_month = seq + 1, from_month or since
        if award.voided_on or award.end_month:
            version.phase = AwardPhase.VOIDED if award.voided_on else AwardPhase.ENDED
            version.monthly_fen = 0
        rows.append(version)
    AwardVersion.objects.bulk_create(rows, batch_size=_PORTION)


def add(award: Award, from_month: str, cause: AwardCause, basis: Basis, **said: Any) -> AwardVersion:
    """One further version: ``said`` are its columns (phase, monthly_fen, category, persons, facts, reckoning); what is not said stays."""
    before = AwardVersion.objects.filter(award=award).order_by("-seq").first()
    kept = (
        {name: getattr(before, name) for name in ("phase", "monthly_fen", "category", "urban", "persons")}
        if before
        else {}
    )
    row = AwardVersion(
        award=award,
        seq=(before.seq if before else 0) + 1,
        from_month=from_month,
        cause=cause,
        basis_kind=basis.kind,
        basis_ref=basis.ref,
        on=basis.on,
        by_id=basis.by,
        **{**kept, **said},
    )
    return insert([row])[0]


def add_many(said: Sequence[tuple[int, int, Mapping[str, Any]]], cause: AwardCause, basis: Basis) -> None:
    """Further versions of many awards: award, number of its last version before, columns of the one to be added.

    Several of one award are numbered in the order in which they come.
    """
    seqs: dict[int, int] = {}
    rows = []
    for award, last, columns in said:
        seqs[award] = seqs.get(award, last) + 1
        made = AwardVersion(award_id=award, seq=seqs[award], cause=cause, **columns)
        made.basis_kind, made.basis_ref, made.on, made.by_id = basis.kind, basis.ref, basis.on, basis.by
        rows.append(made)
    AwardVersion.objects.bulk_create(rows, batch_size=_PORTION)


def last_of(awards: Iterable[int]) -> dict[int, int]:
    """The number of the last version of each award."""
    return {award: seq for award, (seq, _) in _last(list(awards)).items()}


def _last(awards: list[int]) -> dict[int, tuple[int, str]]:
    """The last version of each award: its number and the month it counts from."""
    rows = AwardVersion.objects.filter(award__in=awards).order_by("award", "seq")
    return {award: (seq, month) for award, seq, month in rows.values_list("award", "seq", "from_month")}


def last_basis(awards: Iterable[int]) -> dict[int, str]:
    """What the last version of each award rests on, by its reference."""
    rows = AwardVersion.objects.filter(award__in=list(awards)).order_by("award", "seq")
    return dict(rows.values_list("award", "basis_ref"))
