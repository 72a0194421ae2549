"""What is taken back from the lines of a roll: only what is ordered, and never more than a line holds."""

from __future__ import annotations

from yimen.casework.payments.models import Roll


def gather(roll: Roll) -> None:
    """The ordered recoveries of the month as parts."""
