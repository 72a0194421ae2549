"""What an officer hands in about temporary relief. Money in fen; a person who is known is found by the number alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ReliefEntry:
    """Who, what has happened and where, what is asked. ``papers`` are those at hand; none where it is urgent and they wait."""

    identity: str
    village: str
    cause: str
    happened_on: dt.date | None
    situation: str
    wanted_fen: int
    source: str = "self"
    reported_by: str = ""
    name: str = ""
    phone: str = ""
    persons: int = 1
    way: str = "cash"
    urgent: bool = False
    papers: Sequence[str] = ()
