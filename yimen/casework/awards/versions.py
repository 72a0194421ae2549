"""Writing the history of awards: the one place where a version is added and the award's present columns follow it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yimen.base.prepared import insert
from yimen.base.setwise import insert_rows
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.awards.version_models import AwardVersion
from yimen.law.aftercare.history import in_force
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
        township_id=award.township_id,
        village_id=award.village_id,
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
    """One further version: ``said`` are its columns (phase, monthly_fen, category, persons, facts, reckoning); what is not said stays.

    Its place is that of the award's columns. Where it reaches back behind a transfer, the months before keep their place: then
    there are several versions, and the last of them comes back.
    """
    history = list(AwardVersion.objects.filter(award=award).defer("facts", "reckoning").order_by("seq"))
    now = _Place(award.township_id, award.village_id, bool(said.pop("urban", history[-1].urban if history else False)))
    columns = (
        {name: getattr(history[-1], name) for name in ("phase", "monthly_fen", "category", "persons")}
        if history
        else {}
    ) | said
    seq = history[-1].seq if history else 0
    rows = [
        AwardVersion(award=award, seq=seq + number, from_month=month, cause=cause, **vars(place), **columns)
        for number, (month, place) in enumerate(_stretches(history, from_month, now), 1)
    ]
    for row in rows:
        row.basis_kind, row.basis_ref, row.on, row.by_id = basis.kind, basis.ref, basis.on, basis.by
    return insert(rows)[-1]


def add_many(said: Sequence[tuple[int, int, Mapping[str, Any]]], cause: AwardCause, basis: Basis) -> None:
    """Further versions of many awards: award, number of its last version before, columns of the one to be added.

    Several of one award are numbered in the order in which they come, which is that of their months. Each has the place of
    its months, as :func:`add`.
    """
    histories = _histories({award for award, _, _ in said})
    seqs: dict[int, int] = {}
    rows = []
    for at, (award, last, columns) in enumerate(said):
        until = said[at + 1][2]["from_month"] if at + 1 < len(said) and said[at + 1][0] == award else ""
        for month, place in _stretches(histories[award], columns["from_month"], until=until):
            seqs[award] = seqs.get(award, last) + 1
            told = {**_UNSAID, **vars(place), **columns, "from_month": month}
            head = (award, seqs[award], str(cause), basis.kind, basis.ref, basis.on, basis.by)
            rows.append((*head, *(told[name] for name in _TOLD)))
    insert_rows(AwardVersion, ("award", "seq", "cause", "basis_kind", "basis_ref", "on", "by", *_TOLD), rows)


_TOLD = (
    "township_id", "village_id", "urban", "from_month", "phase", "monthly_fen", "category", "persons", "facts", "reckoning",
)  # fmt: skip
_UNSAID: Mapping[str, Any] = {"category": "", "persons": [], "facts": None, "reckoning": None}


@dataclass(frozen=True)
class _Place:
    """Where a household belongs, and by which kind of standard."""

    township_id: str
    village_id: str
    urban: bool


def _stretches(
    history: Sequence[Any], from_month: str, now: _Place | None = None, until: str = ""
) -> list[tuple[str, _Place]]:
    """From which months on (``from_month`` and later ones before ``until``) a household belongs where.

    ``now`` is its present place: where that is not the last one of the history, it moves in ``from_month``.
    """
    if now is not None and (not history or now != _place_in(history, max(row.from_month for row in history))):
        return [(from_month, now)]
    later = {row.from_month for row in history if from_month < row.from_month and (not until or row.from_month < until)}
    found: list[tuple[str, _Place]] = []
    for month in sorted({from_month, *later}):
        place = _place_in(history, month)
        if not found or found[-1][1] != place:
            found.append((month, place))
    return found


def _place_in(history: Sequence[Any], month: str) -> _Place:
    row = in_force(history, month) or history[0]
    return _Place(row.township_id, row.village_id, row.urban)


def _histories(awards: Iterable[int]) -> dict[int, list[Any]]:
    """Months and places of the versions of many awards, in one statement."""
    found: dict[int, list[Any]] = {}
    rows = AwardVersion.objects.filter(award__in=list(awards)).order_by("award", "seq")
    for row in rows.values_list("award_id", "seq", "from_month", "township_id", "village_id", "urban", named=True):
        found.setdefault(row.award_id, []).append(row)
    return found


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
