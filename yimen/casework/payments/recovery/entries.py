"""What an officer hands in about a recovery. Money in fen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class RecoveryEntry:
    """On what ground, why, and how it is to be paid back. ``return_by`` or a monthly part from a month on."""

    basis: str
    reasons: str
    way: str
    monthly_fen: int | None = None
    from_month: str = ""
    return_by: dt.date | None = None
    fine_fen: int = 0
