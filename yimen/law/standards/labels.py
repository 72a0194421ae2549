"""Every key that a figure may have: its Chinese name, who sets it, and what waits while it is unset."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Key:
    """A key of the figures.

    ``unit`` tells the form of the value (UNIT_LABELS of figure.py, or ratio, code, list,
    table, record, text, boolean); ``set_by`` who sets it (rules.md §8.2); ``blocks`` what
    cannot be done while it is unset, empty where nothing waits; ``form`` shows an example.
    """

    key: str
    label: str
    unit: str
    group: str
    set_by: str
    blocks: str
    basis: str = ""
    form: str = ""
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def required(self) -> bool:
        """Whether something waits while the key is unset."""
        return bool(self.blocks)


def _read() -> dict[str, Key]:
    text = (Path(__file__).parent / "keys.jsonl").read_text("utf-8")
    keys = (_key(json.loads(line)) for line in text.splitlines() if line.strip())
    return {key.key: key for key in keys}


def _key(row: dict[str, object]) -> Key:
    codes = row.pop("codes", {})
    pairs = tuple((str(code), str(label)) for code, label in codes.items()) if isinstance(codes, dict) else ()
    return Key(**{name: str(value) for name, value in row.items()}, codes=pairs)


KEYS: dict[str, Key] = _read()
"""All keys in the order in which a page lists them."""


def key_of(key: str) -> Key:
    """The entry of a key; one that nobody described stands for itself."""
    return KEYS.get(key) or Key(key, key, "text", "其他", "区级民政部门", "需要它的办理")
