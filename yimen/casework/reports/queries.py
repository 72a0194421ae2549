"""Which papers of a month were issued, within an officer's scope."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.papers.models import Paper
from yimen.casework.monthclose.models import MonthPaper
from yimen.casework.payments.places import by_township

KIND = MonthPaper.KIND
RETURN, FILING, FUNDS, RELIEF = "monthly_return", "month_filing", "fund_table", "relief_list"


@gate.scope(MonthPaper)
def _scope(officer: Officer) -> Q:
    return by_township(officer, "area")


def find(officer: Officer, ref: str) -> MonthPaper:
    """One issue of a paper of a month. Raises Unknown out of scope."""
    return gate.fetch(officer, MonthPaper.objects.select_related("area"), ref)


def issued(officer: Officer, area: str, month: str, codes: Sequence[str]) -> list[tuple[MonthPaper, Paper]]:
    """What was issued of a place and month, the newest first, with the papers; in two statements."""
    rows = gate.within(officer, MonthPaper.objects.filter(area=area, month=month, code__in=list(codes)))
    found = list(rows.select_related("by").order_by("-id"))
    made = Paper.objects.filter(subject_kind=KIND, subject_ref__in=[row.ref for row in found]).defer("data")
    papers = {paper.subject_ref: paper for paper in made.order_by("id")}
    return [(row, papers[row.ref]) for row in found]


def paper_of(row: MonthPaper) -> Paper:
    """The paper of an issue."""
    return Paper.objects.filter(subject_kind=KIND, subject_ref=row.ref).order_by("id")[0]
