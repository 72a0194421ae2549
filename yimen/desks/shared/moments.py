"""A stored moment as people read it."""

from __future__ import annotations

from datetime import datetime

from yimen.law.calendar import as_moment


def moment(at: datetime | None) -> str:
    """A stored moment as the clock on the wall showed it (K9); a dash for one that has not come."""
    return f"{as_moment(at):%Y-%m-%d %H:%M}" if at else "—"
