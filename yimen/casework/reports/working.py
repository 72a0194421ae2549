"""What the offices did in a filed month: the comparison of everybody, appraisals and case conferences (statistics.md §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from yimen.casework.decisions.models import CaseConference
from yimen.casework.investigation.models import Appraisal
from yimen.casework.monthclose.models import ComparisonFeed, ComparisonHit, ComparisonSubject, MonthClose
from yimen.law.calendar import first_day, last_day
from yimen.law.comparison import HitState


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
    districts = {place[:6] for place in places}
    ours = {"run__district__in": districts, "run__month": month, "award__township__in": places}
    feeds = ComparisonFeed.objects.filter(run__district__in=districts, run__month=month).order_by()
    lacking = feeds.annotate(left=Count("parts", filter=Q(parts__answer=None)))
    hits = ComparisonHit.objects.filter(**ours).order_by()
    return Worked(
        asked=ComparisonSubject.objects.filter(**ours).count(),
        sources=feeds.count(),
        answered=lacking.filter(left=0).count(),
        hits=hits.count(),
        settled=_settled(hits, closes),
        appraisals=Appraisal.objects.filter(_held(month, places)).count(),
        conferences=CaseConference.objects.filter(_held(month, places)).count(),
    )


def _settled(hits: QuerySet[ComparisonHit], closes: Sequence[MonthClose]) -> int:
    filed = MonthClose.objects.filter(pk__in=[close.pk for close in closes], area=OuterRef("award__township"))
    done = hits.exclude(state=str(HitState.OPEN)).filter(settled_on__lte=Subquery(filed.values("filed_on")[:1]))
    return done.count()


def _held(month: str, places: Sequence[str]) -> Q:
    return Q(application__township__in=places, held_on__gte=first_day(month), held_on__lte=last_day(month))
