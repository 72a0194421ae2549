"""What an officer hands in about the bank's papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class LetterEntry:
    """What the bank's paper says: its number and day, why the money came back, in a word and in the bank's own."""

    letter: str
    on: dt.date | None
    cause: str
    words: str
