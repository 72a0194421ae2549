"""Looking figures up: nearest area first, the latest version in force, never an unconfirmed one by default."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from yimen.law.standards.figure import Figure
from yimen.law.standards.labels import key_of
from yimen.law.standards.places import place_name


class Unset(LookupError):
    """A figure that is needed is not set. ``sentence`` says which, who sets it and why none was found."""

    def __init__(self, key: str, label: str, sentence: str = "") -> None:
        self.key = key
        self.label = label
        self.sentence = sentence or f"“{label}”未设置，请设置后再办理。"
        super().__init__(self.sentence)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are missing."""
        return (self.key,)


class Unconfirmed(Unset):
    """The only figure known is unconfirmed; a person must confirm and release it first."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        label = key_of(figure.key).label
        super().__init__(
            figure.key,
            label,
            f"“{label}”只有未经确认的值 {figure.shown()}（{figure.source}），"
            f"不能据以办理，请由{key_of(figure.key).set_by}核对原件并发布后再办理。",
        )


class Missing(Unset):
    """Several needed figures at once, so that the officer hears of all of them together."""

    def __init__(self, found: Sequence[Unset]) -> None:
        self.items = tuple(found)
        first = found[0]
        names = "".join(f"\n· {item.sentence}" for item in found)
        super().__init__(first.key, first.label, f"有{len(found)}项参数还不能使用，不能计算：{names}")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are missing, in the order in which they are needed."""
        return tuple(item.key for item in self.items)


# Households of one place and day ask for the same few sets of figures, a hundred thousand times in a run.
REMEMBERED = 1024
_Asked: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], dt.date]


class Book:
    """All figures known, looked up by key, place and date; never changed after it was made."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._by_key: dict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            self._by_key[figure.key].append(figure)
        self._asked: dict[_Asked, tuple[dict[str, Figure], list[Unset]]] = {}

    def __getstate__(self) -> dict[str, object]:
        """What another process is handed: the figures, without what has been looked up so far."""
        return {"_by_key": self._by_key, "_asked": {}}

    def figure(self, key: str, areas: Sequence[str], on: dt.date, *, confirmed_only: bool = True) -> Figure:
        """The figure of the nearest of ``areas`` (near to far) that is in force on a date.

        Within one area the latest start wins; of equal starts one that the place has
        released or the caller has given, then a confirmed one, then the one added last.
        Raises Unset, or Unconfirmed when the figure found may not decide.
        """
        for area in areas:
            found = self._latest(key, area, on)
            if found is None:
                continue
            if confirmed_only and not found.confirmed:
                raise Unconfirmed(found)
            return found
        raise Unset(key, key_of(key).label, self._why(key, areas, on))

    def find(self, key: str, areas: Sequence[str], on: dt.date) -> Figure | None:
        """Like ``figure``, for a figure that may stay unset: None instead of Unset.

        An unconfirmed figure still raises Unconfirmed: it must not be passed over silently.
        """
        try:
            return self.figure(key, areas, on)
        except Unconfirmed:
            raise
        except Unset:
            return None

    def versions(self, key: str, areas: Sequence[str] | None = None) -> tuple[Figure, ...]:
        """Every version of a key, in force or not, of some areas or of all."""
        return tuple(figure for figure in self._by_key.get(key, ()) if areas is None or figure.area in areas)

    def gather(self, keys: Iterable[str], areas: Sequence[str], on: dt.date) -> dict[str, Figure]:
        """Several figures at once. Raises Missing with every one that cannot be used."""
        found, missing = self.attempt(keys, areas, on)
        if missing:
            raise Missing(missing)
        return found

    def attempt(self, keys: Iterable[str], areas: Sequence[str], on: dt.date) -> tuple[dict[str, Figure], list[Unset]]:
        """The figures found, and an Unset for each that was not."""
        asked = (tuple(keys), tuple(areas), on)
        known = self._asked.get(asked)
        if known is None:
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            known = self._asked[asked] = self._attempt(*asked)
        return dict(known[0]), list(known[1])

    def _attempt(self, keys: Sequence[str], areas: Sequence[str], on: dt.date) -> tuple[dict[str, Figure], list[Unset]]:
        found: dict[str, Figure] = {}
        missing: list[Unset] = []
        for key in dict.fromkeys(keys):
            try:
                found[key] = self.figure(key, areas, on)
            except Unset as unset:
                missing.append(unset)
        return found, missing

    def with_figures(self, figures: Iterable[Figure]) -> Book:
        """A book with more figures; where start and area are equal, the new ones win."""
        ours = [figure for versions in self._by_key.values() for figure in versions]
        return Book([*ours, *figures])

    def _latest(self, key: str, area: str, on: dt.date) -> Figure | None:
        best: Figure | None = None
        for figure in self._by_key.get(key, ()):
            if figure.area != area or not figure.in_force(on):
                continue
            if best is None or _rank(figure) >= _rank(best):
                best = figure
        return best

    def _why(self, key: str, areas: Sequence[str], on: dt.date) -> str:
        entry = key_of(key)
        known = [figure for figure in self._by_key.get(key, ()) if figure.area in areas]
        reasons = "".join(f"；{place_name(f.area)}的 {f.shown()}（{f.document}）{f.why_not(on)}" for f in known)
        return f"“{entry.label}”在{on}未设置{reasons}。请由{entry.set_by}设置并注明文号后再办理。"


def _rank(figure: Figure) -> tuple[dt.date, bool, bool]:
    return (figure.valid_from or dt.date.min, figure.confidence in {"released", "given"}, figure.confirmed)
