"""Which row of the platform is which award of ours, and in which fields the two differ. No guess where two would fit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from yimen.law.platform.terms import FIELDS

Values = tuple[Any, ...]
"""What a side says of each of FIELDS in their order, in plain values that can be compared; None where it says nothing."""
_AT = {each.key: at for at, each in enumerate(FIELDS)}


class Spot(NamedTuple):
    """Where a difference lies, whatever its values: kind of line, programme, whose it is, field."""

    kind: str
    programme: str
    whose: str
    field: str


@dataclass(slots=True)
class Side:
    """One household as one side has it. ``identity`` and ``account`` are blind indexes, never numbers.

    ``ref`` is the side's own key: our award's number in the database, the platform's row.
    """

    ref: int
    programme: str
    identity: str
    name: str
    village: str
    values: Values
    extra: Any = None
    others: Collection[str] = field(default=())

    def get(self, key: str) -> Any:
        """What it says of a field; None where it says nothing."""
        return self.values[_AT[key]]


def values_of(**said: Any) -> Values:
    """Values in the order of FIELDS; what is not said is None."""
    return tuple(said.get(each.key) for each in FIELDS)


def differing(ours: Side, theirs: Side) -> list[str]:
    """The keys of the fields in which two sides of one award differ, among those that both tell."""
    if ours.values == theirs.values:
        return []
    return [
        each.key
        for each, mine, other in zip(FIELDS, ours.values, theirs.values, strict=True)
        if mine != other and mine is not None and other is not None and each.applies(ours.programme)
    ]


class Matching:
    """Our awards of a month, against which rows of the platform are held one after the other.

    Rows that agree on programme and identity number are settled at once and let go; only what is left over is kept for
    the looser ways: the same person under another programme, another member as head, the same account, the same name in the
    same village. A looser way counts only where exactly one of ours and one of theirs fit it.
    """

    def __init__(self, ours: Iterable[Side]) -> None:
        self._ours: dict[tuple[str, str], Side] = {(side.programme, side.identity): side for side in ours}
        self._taken: dict[tuple[str, str], int] = {}
        self._theirs: dict[tuple[str, str], Side] = {}
        self.total = len(self._ours)

    def take(self, row: Side) -> Side | None:
        """Our side of a row by programme and number; None where it has to wait. Raises Twice for a row said before."""
        key = (row.programme, row.identity)
        found = self._ours.get(key)
        if key in self._taken or key in self._theirs:
            raise Twice(self._theirs[key].ref if key in self._theirs else self._taken[key])
        if found is None:
            self._theirs[key] = row
            return None
        self._taken[key] = row.ref
        return found

    @property
    def matched(self) -> int:
        """How many were settled by programme and number."""
        return len(self._taken)

    def left(self) -> tuple[list[Side], list[Side]]:
        """What is over on both sides: ours, theirs."""
        return [side for key, side in self._ours.items() if key not in self._taken], list(self._theirs.values())

    def looser(self) -> tuple[list[tuple[Side, Side]], list[Side], list[Side]]:
        """Pairs of the looser ways, then what only we have and what only the platform has."""
        ours, theirs = self.left()
        pairs: list[tuple[Side, Side]] = []
        for key in _WAYS:
            fresh = list(_paired(ours, theirs, key))
            pairs += fresh
            mine, other = {id(pair[0]) for pair in fresh}, {id(pair[1]) for pair in fresh}
            ours = [side for side in ours if id(side) not in mine]
            theirs = [side for side in theirs if id(side) not in other]
        return pairs, ours, theirs


class Twice(ValueError):
    """The platform's file has the same person in the same programme twice; ``first`` is the earlier row."""

    def __init__(self, first: int) -> None:
        super().__init__(first)
        self.first = first


Keys = Callable[[Side], Sequence[Hashable]]


def _paired(ours: Iterable[Side], theirs: Iterable[Side], keys: Keys) -> Iterator[tuple[Side, Side]]:
    mine, other = _single(ours, keys), _single(theirs, keys)
    seen: set[int] = set()
    for key, side in mine.items():
        row = other.get(key)
        if side is None or row is None or {id(side), id(row)} & seen:
            continue
        seen |= {id(side), id(row)}
        yield side, row


def _single(sides: Iterable[Side], keys: Keys) -> dict[Hashable, Side | None]:
    """By key; None where two have it, so that neither is taken."""
    found: dict[Hashable, Side | None] = {}
    for side in sides:
        for key in keys(side):
            found[key] = None if key in found and found[key] is not side else side
    return found


_WAYS: tuple[Keys, ...] = (
    lambda side: [side.identity] if side.identity else [],
    lambda side: [(side.programme, each) for each in {side.identity, *side.others} if each],
    lambda side: [(side.programme, side.get("account"))] if side.get("account") else [],
    lambda side: [(side.programme, side.name, side.village)] if side.name and side.village else [],
)
