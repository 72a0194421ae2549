"""How many rows one person may take alone (K24).

法释〔2017〕10号第五条 makes it a crime to provide illegally 50 records of property, 500 of health or transactions, 5,000 of
other kinds, and halves the number for data obtained on duty. A file of that size is therefore never one person's matter.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from yimen.base.exports.models import Export
from yimen.base.offices.models import Staff

ALONE = {"bank": 25, "health": 250, "other": 2_500}
_GRADES = ("bank", "health", "other")
_NOT_TAKEN = ("declined", "failed")


def why_second(staff: Staff, day: date, kind: str, rows: int, *, apart_from: Export | None = None) -> str:
    """Why a second person must release these rows, in a sentence; "" where nobody needs to.

    What the person has taken on the same day counts too: whatever is at least as sensitive as the figure is for.
    """
    taken = _taken(staff, day, apart_from)
    taken[kind] += rows
    for place, grade in enumerate(_GRADES):
        if place < _GRADES.index(kind):
            continue
        total = sum(taken[each] for each in _GRADES[: place + 1])
        if total >= ALONE[grade]:
            today = f"，当天共 {total} 行" if total > rows else ""
            return f"本次 {rows} 行{today}，达到 {ALONE[grade]} 行，须由另一位负责人放行（法释〔2017〕10号第五条）。"
    return ""


def _taken(staff: Staff, day: date, apart_from: Export | None) -> dict[str, int]:
    rows = Export.objects.filter(staff=staff, day=day).exclude(state__in=_NOT_TAKEN)
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from.pk)
    found = rows.order_by().values_list("kind").annotate(total=Sum("rows"))
    return dict.fromkeys(_GRADES, 0) | {kind: int(total or 0) for kind, total in found}
