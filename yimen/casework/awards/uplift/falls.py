"""Households whose amount would fall by a raised standard: each becomes a change of its own, with its hearing (L48).

A raise only lifts. What it finds to be too much is reported as any other change is, in the office's name, with the
sentence of the reckoning as its statement; from there on nothing of the change's own course is skipped.
"""

from __future__ import annotations

from django.db import transaction

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.casework.awards import versions
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.changes.reporting import report_change
from yimen.casework.awards.models import ChangeCase, UpliftLine
from yimen.casework.awards.uplift_queries import FALLING
from yimen.law.aftercare.terms import ChangeEvent, ChangeSource
from yimen.law.calendar import first_day, today

_LONGEST = 1000


def report_fall(officer: Officer, *, award_ref: str) -> ChangeCase:
    """Register the change that the newest raise found a household to need; the line keeps which change it became.

    Raises Refused where no fall waits or the award has moved on since, and whatever ``report_change`` refuses.
    """
    with transaction.atomic():
        rows = gate.within(officer, UpliftLine.objects.filter(FALLING, award__ref=award_ref))
        line = rows.select_for_update(of=("self",)).select_related("run__released_by", "award").order_by("-id").first()
        if line is None or line.change_id is not None:
            raise Refused("这一户没有待登记的减少：已经登记变更，或者提高标准还没有执行。请刷新页面。", "nothing")
        if versions.last_of([line.award_id]).get(line.award_id) != line.seq:
            raise Refused("核算之后本户又有变动，这次核算已不适用。请按现在的情况核实。", "moved_on")
        change = report_change(officer, award_ref=award_ref, report=_entry(line))
        UpliftLine.objects.filter(pk=line.pk).update(change=change)
    return change


def _entry(line: UpliftLine) -> ReportEntry:
    run = line.run
    figures = "；".join(f"{row['label']} {row['shown']}（{row['document']}）" for row in run.figures)
    return ReportEntry(
        event=str(ChangeEvent.INCOME),
        since=min(first_day(run.month), today()),
        source=str(ChangeSource.OFFICE),
        reported_by=f"{run.released_by.name if run.released_by else run.proposed_by.name}（提高标准核算）",
        statement=f"{run.month} 起提高标准（{figures}）时核算：{line.reason}"[:_LONGEST],
    )
