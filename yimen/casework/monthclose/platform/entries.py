"""What the gateway hands in of a platform's file: rows as read, faults named, numbers in clear only until they are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PlatformSource:
    """A file as it was kept."""

    file_ref: str
    file_name: str
    file_sha256: str


@dataclass(slots=True)
class PlatformRow:
    """One row. ``number`` as Excel counts. ``values`` by the keys of law.platform.FIELDS: text, fen, a whole number, a truth.

    ``odd`` are cells that tell nothing we know, by key, as written: they differ from whatever we have. ``problem`` is why the
    row could not be read at all. ``village`` is the name as written, ``their_number`` the platform's own number of the household.
    """

    number: int
    name: str
    identity: str
    programme: str
    values: dict[str, Any]
    odd: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    village: str = ""
    their_number: str = ""
