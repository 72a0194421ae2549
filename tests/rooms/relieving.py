"""Somebody in distress, for the tests that walk the pages."""

from __future__ import annotations

from typing import Any

from yimen.casework.payments import acts
from yimen.casework.payments.models import ReliefCase
from yimen.casework.payments.relief.entries import ReliefEntry
from yimen.law.calendar import today


def distressed(officer: Any, somebody: Any, village: str) -> ReliefCase:
    """A fire in the kitchen, registered as urgent and not decided yet."""
    entry = ReliefEntry(
        identity=somebody.identity, name=somebody.name, village=village, cause="fire", happened_on=today(),
        situation="厨房起火，粮食被褥烧毁。", wanted_fen=100_000, persons=2, urgent=True,
    )  # fmt: skip
    return acts.register_relief(officer, entry=entry)
