"""What an officer hands in when a review is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yimen.law.recertify import DataCheck


@dataclass(frozen=True)
class CheckEntry:
    """Who looked on which day; the same for every household of a round. ``investigators`` are references of staff."""

    checked_on: dt.date
    investigators: Sequence[str]
    data_check: str = DataCheck.NONE
    note: str = ""


@dataclass(frozen=True)
class ChangeEntry:
    """What has changed in one household: codes of ChangeKind, since when if known, and amounts that are now others.

    ``incomes`` are fen in the period in which the line was adopted, by the reference of the line.
    """

    changes: Sequence[str]
    since: dt.date | None = None
    incomes: Mapping[str, int] = field(default_factory=dict)
