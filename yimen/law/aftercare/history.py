"""An award as a sequence of versions: what was due in any month, and what was known of it on any day; money in fen.

Nothing is rewritten. Due in a month is the version with the highest number among those that begin in it or before;
what was known on a day are the versions written until then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from yimen.law.aftercare.months import later_month, months_between
from yimen.law.aftercare.terms import PAYING, AwardCause, AwardPhase


class VersionLike(Protocol):
    """What these functions need of a version; a stored row has it as well as :class:`Version`."""

    @property
    def seq(self) -> int:
        """Its number within the award; higher ones prevail."""

    @property
    def from_month(self) -> str:
        """The month from which it counts, ``"2026-12"``."""

    @property
    def phase(self) -> str:
        """A word of AwardPhase."""

    @property
    def monthly_fen(self) -> int:
        """Fen a month while something is due."""

    @property
    def on(self) -> dt.date:
        """The day on which it was written."""


@dataclass(frozen=True)
class Version:
    """A version by itself, for reckonings and tests."""

    seq: int
    from_month: str
    phase: AwardPhase
    monthly_fen: int
    on: dt.date
    cause: AwardCause = AwardCause.GRANTED


@dataclass(frozen=True)
class Run:
    """Months in a row with the same due; ``to_month`` is the last one, empty while it lasts. ``seqs`` are its versions."""

    from_month: str
    to_month: str
    phase: AwardPhase
    due_fen: int
    seqs: tuple[int, ...]


@dataclass(frozen=True)
class Difference:
    """A month in which two histories say otherwise."""

    month: str
    before_fen: int
    after_fen: int
    before_phase: AwardPhase | None
    after_phase: AwardPhase | None


V = TypeVar("V", bound=VersionLike)


def in_force(versions: Iterable[V], month: str) -> V | None:
    """The version that holds in a month, or None before the first."""
    return max((row for row in versions if row.from_month <= month), key=lambda row: row.seq, default=None)


def due_in(versions: Iterable[VersionLike], month: str) -> int:
    """What is due in a month; 0 while it is held, after it ended, where it was voided, and before it began."""
    return _due(in_force(versions, month))


def phase_in(versions: Iterable[VersionLike], month: str) -> AwardPhase | None:
    """How the award stands in a month; None before it began."""
    found = in_force(versions, month)
    return AwardPhase(found.phase) if found else None


def known_on(versions: Iterable[V], day: dt.date) -> tuple[V, ...]:
    """The history as it was known at the end of a day."""
    return tuple(row for row in versions if row.on <= day)


def dues(versions: Sequence[VersionLike], first: str, last: str) -> dict[str, int]:
    """What is due in each month from one to another, both included, in fen."""
    return {month: due_in(versions, month) for month in months_between(first, last)}


def total(versions: Sequence[VersionLike], first: str, last: str) -> int:
    """What is due over months in a row, in fen."""
    return sum(dues(versions, first, last).values())


def timeline(versions: Sequence[VersionLike], through: str = "") -> tuple[Run, ...]:
    """Runs of months with the same phase and due, the earliest first; the last one stays open unless ``through`` ends it."""
    runs: list[Run] = []
    starts = sorted({row.from_month for row in versions if not through or row.from_month <= through})
    for place, start in enumerate(starts):
        row = in_force(versions, start)
        if row is None:
            continue
        until = later_month(starts[place + 1], -1) if place + 1 < len(starts) else through
        run = Run(start, until, AwardPhase(row.phase), _due(row), (row.seq,))
        if runs and (runs[-1].phase, runs[-1].due_fen) == (run.phase, run.due_fen):
            run = Run(runs[-1].from_month, until, run.phase, run.due_fen, _joined(runs.pop().seqs, row.seq))
        runs.append(run)
    return tuple(runs)


def compare(
    before: Sequence[VersionLike], after: Sequence[VersionLike], first: str, last: str
) -> tuple[Difference, ...]:
    """The months of a stretch in which two histories differ in due or phase, the earliest first."""
    rows = (
        Difference(month, due_in(before, month), due_in(after, month), phase_in(before, month), phase_in(after, month))
        for month in months_between(first, last)
    )
    return tuple(row for row in rows if (row.before_fen, row.before_phase) != (row.after_fen, row.after_phase))


def _due(version: VersionLike | None) -> int:
    return version.monthly_fen if version is not None and AwardPhase(version.phase) in PAYING else 0


def _joined(seqs: tuple[int, ...], seq: int) -> tuple[int, ...]:
    return seqs if seq in seqs else (*seqs, seq)
