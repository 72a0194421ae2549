"""What the offices did in a filed month: the comparison of everybody, appraisals and case conferences (statistics.md §2).

A comparison counts what lies behind the frozen rows of the month, as it stood when the month was filed: what a source
answers or an officer settles afterwards does not change a filed return. A household that went over to another township
in the month is counted there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from yimen.casework.decisions.models import CaseConference
from yimen.casework.investigation.models import Appraisal
from yimen.casework.monthclose.models import ComparisonFeed, ComparisonHit, ComparisonSubject, FiledRow, MonthClose
from yimen.law.aftercare.movement import Movement
from yimen.law.calendar import first_day, last_day
from yimen.law.comparison import HitState

Rows = QuerySet[FiledRow]


@dataclass(frozen=True)
class Worked:
    """``asked`` are persons about whom the sources were asked, ``sources`` how many of these, ``answered`` in whole.

    ``hits`` are differences of the month's comparison, ``settled`` those of them that were settled when the month was filed.
    """

    asked: int = 0
    sources: int = 0
    answered: int = 0
    hits: int = 0
    settled: int = 0
    appraisals: int = 0
    conferences: int = 0


def worked(closes: Sequence[MonthClose]) -> Worked:
    """The work of one filed month of one township or several of one district; a constant number of statements."""
    month, places = closes[0].month, [close.area_id for close in closes]
    rows = FiledRow.objects.filter(close__in=[close.pk for close in closes]).order_by()
    feeds = ComparisonFeed.objects.filter(_run(closes)).order_by()
    found = hits(rows, closes)
    return Worked(
        asked=asked(rows, closes).count(),
        sources=feeds.count(),
        answered=feeds.annotate(left=Count("parts", filter=_unanswered(closes))).filter(left=0).count(),
        hits=found.count(),
        settled=settled(found).count(),
        appraisals=Appraisal.objects.filter(_held(month, places)).count(),
        conferences=CaseConference.objects.filter(_held(month, places)).count(),
    )


def _run(closes: Sequence[MonthClose]) -> Q:
    return Q(run__district__in={close.area_id[:6] for close in closes}, run__month=closes[0].month)


def _unanswered(closes: Sequence[MonthClose]) -> Q:
    """Parts that had no answer when the last of these was filed."""
    ends = [close.finished_at for close in closes if close.finished_at]
    lacking = Q(parts__whole_at=None)
    return lacking | Q(parts__whole_at__gt=max(ends)) if ends else lacking


def asked(rows: Rows, closes: Sequence[MonthClose]) -> QuerySet[ComparisonSubject]:
    """Who was asked about in the month, of the households of these frozen rows."""
    return ComparisonSubject.objects.filter(_run(closes), award__in=_here(rows).values("award")).order_by()


def hits(rows: Rows, closes: Sequence[MonthClose]) -> QuerySet[ComparisonHit]:
    """Differences of the month's comparison that were found by the day of filing, each with that day as ``filed``."""
    own = _here(rows).filter(award=OuterRef("award")).order_by("close")
    found = ComparisonHit.objects.filter(_run(closes)).annotate(filed=Subquery(own.values("close__filed_on")[:1]))
    return found.filter(found_on__lte=F("filed")).order_by()


def settled(found: QuerySet[ComparisonHit]) -> QuerySet[ComparisonHit]:
    """Those of :func:`hits` that were settled by the day of filing."""
    return found.exclude(state=str(HitState.OPEN)).filter(settled_on__lte=F("filed"))


def with_asked(rows: Rows, close: MonthClose) -> Rows:
    """Households with somebody about whom the sources were asked."""
    return _here(rows).filter(award__in=asked(rows, [close]).values("award"))


def with_hits(rows: Rows, close: MonthClose) -> Rows:
    """Households with a difference."""
    return _here(rows).filter(award__in=hits(rows, [close]).values("award"))


def with_settled(rows: Rows, close: MonthClose) -> Rows:
    """Households with a difference that was settled."""
    return _here(rows).filter(award__in=settled(hits(rows, [close])).values("award"))


def _here(rows: Rows) -> Rows:
    return rows.exclude(movement=str(Movement.MOVED_OUT))


def _held(month: str, places: Sequence[str]) -> Q:
    return Q(application__township__in=places, held_on__gte=first_day(month), held_on__lte=last_day(month))
