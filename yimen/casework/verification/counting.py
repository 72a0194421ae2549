"""Counting what the check finds, for the district's pages; queries only."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.verification import comparing
from yimen.casework.verification.models import Comparison
from yimen.law.terms import Match


def differences_since(officer: Officer, since: date) -> list[tuple[str, int]]:
    """How often each item differed between what was declared and what was verified, the most frequent first."""
    rows = gate.within(officer, Comparison.objects.filter(current=True, match=Match.DIFFERENT, queried_on__gte=since))
    counted = rows.order_by().values_list("item").annotate(count=Count("id"))
    found: dict[str, int] = {}
    for code, count in counted:
        label = comparing.item_label(code)
        found[label] = found.get(label, 0) + count
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
