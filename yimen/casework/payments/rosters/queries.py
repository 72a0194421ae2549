"""Whose slip a paper is, within an officer's scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.papers.models import Paper
from yimen.casework.payments.models import PayLine
from yimen.casework.payments.rosters.acts import LINE_KIND

KIND = LINE_KIND


def line_of(officer: Officer, ref: str) -> PayLine:
    """The frozen line that a slip is about. Raises Unknown."""
    return gate.fetch(officer, PayLine.objects.select_related("award__household__head"), ref)


def of_papers(officer: Officer, papers: Iterable[Paper]) -> dict[int, Any]:
    """The lines of those papers that are slips, by their number, in one statement."""
    wanted = [paper.subject_id for paper in papers if paper.subject_kind == LINE_KIND]
    if not wanted:
        return {}
    rows = gate.within(officer, PayLine.objects.filter(pk__in=wanted).order_by("pk"))
    return {row.pk: row for row in rows.select_related("award__household__head", "award__village", "roll")}
