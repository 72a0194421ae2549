"""Compared months counted: households, persons and fen by programme or township, and why households moved; money in fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, Sum

from yimen.casework.awards.months import CAUSELESS, Awards, movement_of
from yimen.law.aftercare.movement import Movement, Standing, movement


@dataclass
class Tally:
    """Households, persons and fen of a month and of the one before, and households by what became of them."""

    before: int = 0
    before_persons: int = 0
    before_fen: int = 0
    after: int = 0
    after_persons: int = 0
    after_fen: int = 0
    moved: dict[Movement, int] = field(default_factory=dict)

    @property
    def difference_fen(self) -> int:
        """What is due more than the month before, in fen; less than nothing where it is less."""
        return self.after_fen - self.before_fen

    def count(self, wanted: Movement) -> int:
        """How many households this has happened to."""
        return self.moved.get(wanted, 0)

    def add(self, other: Tally) -> None:
        """Take another one in."""
        for name in ("before", "before_persons", "before_fen", "after", "after_persons", "after_fen"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for what, count in other.moved.items():
            self.moved[what] = self.moved.get(what, 0) + count


@dataclass(frozen=True)
class Reason:
    """Households that moved in one way for one reason. ``ground`` and its label are empty without a decision on a change."""

    movement: Movement
    cause: str
    ground: str
    ground_label: str
    households: int
    difference_fen: int


def tallies(rows: Awards, by: str) -> dict[str, Tally]:
    """Compared awards counted by a column (``programme``), in one statement."""
    found: dict[str, Tally] = {}
    for group in _groups(rows, by):
        _count(found, group[by], group, Standing(group["before"]), Standing(group["after"]))
    return found


def tallies_of_townships(rows: Awards) -> dict[str, Tally]:
    """Compared awards by township, in one statement; one that went from one to the other is counted in both of them."""
    found: dict[str, Tally] = {}
    for group in _groups(rows, "was_at", "now_at"):
        before, after = Standing(group["before"]), Standing(group["after"])
        was, now = group["was_at"], group["now_at"]
        if was in (None, now):
            _count(found, now, group, before, after)
            continue
        _count(found, was, group | _NOTHING_AFTER, before, Standing.ELSEWHERE)
        _count(found, now, group | _NOTHING_BEFORE, Standing.ELSEWHERE, after)
    return found


_NOTHING_AFTER = {"fen": 0, "persons": 0}
_NOTHING_BEFORE = {"fen_before": 0, "persons_before": 0}


def _groups(rows: Awards, *by: str) -> Any:
    grouped = rows.order_by().values(*by, "before", "after", "sign", "restated")
    return grouped.annotate(
        households=Count("pk"), fen=Sum("after_fen"), fen_before=Sum("before_fen"), persons=Sum("after_persons"),
        persons_before=Sum("before_persons"),
    )  # fmt: skip


def _count(found: dict[str, Tally], key: str, group: Mapping[str, Any], before: Standing, after: Standing) -> None:
    what, many = movement(before, after, group["sign"], restated=bool(group["restated"])), group["households"]
    if what is None:
        return
    tally = Tally(
        before=many if before is Standing.DUE else 0,
        before_persons=group["persons_before"],
        before_fen=group["fen_before"],
        after=many if after is Standing.DUE else 0,
        after_persons=group["persons"],
        after_fen=group["fen"],
        moved={what: many},
    )
    found.setdefault(key, Tally()).add(tally)


def total(parts: Iterable[Tally]) -> Tally:
    """All of them together."""
    whole = Tally()
    for part in parts:
        whole.add(part)
    return whole


_QUIET = (Movement.UNCHANGED, Movement.HELD)


def reasons(rows: Awards) -> list[Reason]:
    """Why households moved, in the order of the movements, the most frequent first; in one statement."""
    moving = rows.filter(Q(restated=True) | ~Q(before=F("after")))
    grouped = moving.order_by().values("before", "after", "sign", "restated", "cause", "ground", "ground_label")
    found: dict[tuple[Movement, str, str, str], tuple[int, int]] = {}
    for group in grouped.annotate(households=Count("pk"), fen=Sum("after_fen"), fen_before=Sum("before_fen")):
        what = movement_of(group)
        if what is None or what in _QUIET:
            continue
        # What runs out by its own last day has no cause of its own, and that of what went away is another place's.
        said = (
            ("", "", "") if what in CAUSELESS else (group["cause"], group["ground"] or "", group["ground_label"] or "")
        )
        many, fen = found.get((what, *said), (0, 0))
        found[(what, *said)] = (many + group["households"], fen + group["fen"] - group["fen_before"])
    order = list(Movement)
    made = [Reason(*key, *counted) for key, counted in found.items()]
    return sorted(made, key=lambda row: (order.index(row.movement), -row.households, row.cause, row.ground))
