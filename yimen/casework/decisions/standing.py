"""Who is on which programme now: asked here, answered by the room that keeps the awards, which comes after this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from yimen.law.terms import Programme

Lookup = Callable[[Iterable[str]], Mapping[str, tuple[Programme, ...]]]
_LOOKUPS: list[Lookup] = []


def supplies_standing(lookup: Lookup) -> Lookup:
    """Register the one answer: from indexes of identity numbers to the programmes that each person is on now."""
    if _LOOKUPS and [lookup] != _LOOKUPS:
        raise ValueError("who is on which programme has two homes")
    _LOOKUPS[:] = [lookup]
    return lookup


def standing_of(identity_indexes: Iterable[str]) -> Mapping[str, tuple[Programme, ...]]:
    """The programmes that these persons are on now, by index; whoever is on none is left out."""
    if not _LOOKUPS:
        raise RuntimeError("nobody says who is on assistance")
    return _LOOKUPS[0](identity_indexes)
