"""Both sides of a difference in words that may stand on a screen: numbers masked, codes by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.offices import queries as offices
from yimen.casework.monthclose.platform.entries import PlatformRow
from yimen.casework.monthclose.platform.ours import Particulars
from yimen.law.identity import mask_account, mask_identity
from yimen.law.ledger import RURAL, URBAN
from yimen.law.money import show as yuan
from yimen.law.platform import FIELD_OF, Side, Standing
from yimen.law.terms import Programme

EMPTY = "（没有）"
_LONGEST = 200
_SECRET = {"identity": mask_identity, "account": mask_account}


def words(kind: str, value: Any, names: dict[str, str]) -> str:
    """A plain value in words; numbers of persons and accounts are masked, nothing is ``（没有）``."""
    if value is None or value == "":
        return EMPTY
    if kind in _SECRET:
        return _SECRET[kind](str(value))
    if kind == "money":
        return yuan(value)
    if kind == "urban":
        return URBAN if value else RURAL
    if kind == "standing":
        return Standing(value).label
    if kind == "programme":
        return Programme(value).label
    return names.get(value, str(value)) if kind == "village" else str(value)


class Shown:
    """The words of both sides for the differences of one file; loads particulars for all of them at once."""

    def __init__(self, pairs: Sequence[tuple[Side, list[str]]], alone: Sequence[Side]) -> None:
        wanted = [side for side, keys in pairs if {"head_identity", "account"} & set(keys)]
        self._clear = Particulars(wanted)
        codes = {side.village for side, _ in pairs} | {side.village for side in alone}
        self._names = offices.names_of(code for code in codes if code)

    def village(self, side: Side) -> str:
        """The village of one of our sides."""
        return self._names.get(side.village, "")[:60]

    def ours(self, side: Side, key: str) -> str:
        """What we have."""
        if key == "head_identity":
            return mask_identity(self._clear.identity(side))
        if key == "account":
            return words("account", self._clear.account(side), {})
        return words(FIELD_OF[key].kind, side.get(key), self._names)[:_LONGEST]

    def theirs(self, row: PlatformRow, key: str) -> str:
        """What the platform has."""
        return told(row, key, self._names)


def told(row: PlatformRow, key: str, names: dict[str, str]) -> str:
    """A field of a platform's row in words; what is no known word stands as it was written, numbers masked all the same."""
    kind = FIELD_OF[key].kind
    if key in row.odd:
        text = row.odd[key]
        return (_SECRET[kind](text) if kind in _SECRET else text)[:_LONGEST]
    value = {"head_name": row.name, "head_identity": row.identity, "programme": row.programme}.get(key)
    value = row.values.get(key) if value is None else value
    if kind == "village" and row.village:
        return row.village[:_LONGEST]
    return words(kind, value, names)[:_LONGEST]
