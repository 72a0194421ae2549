"""A stored moment as people read it."""

from __future__ import annotations

from datetime import datetime

from yimen.law.calendar import as_moment


def moment(at: datetime) -> str:
    """A stored moment as the clock on the wall showed it (K9)."""
    return f"{as_moment(at):%Y-%m-%d %H:%M}"
