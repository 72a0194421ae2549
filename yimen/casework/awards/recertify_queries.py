"""Reading periodic reviews: what is due, what is under way, how far the townships are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.papers.models import Paper
from yimen.casework.awards import queries
from yimen.casework.awards.models import Award, Recertification, RecertifyFinding
from yimen.casework.awards.recertify.acts import MOST, latest
from yimen.casework.awards.recertify.expiring import KIND as EXPIRY, letters
from yimen.casework.awards.recertify.papers import CODE, outcome_words, reckoned_words
from yimen.casework.awards.recertify.reckoning import NO_FACTS, Again, KnownIncome, known_incomes, reckon_again
from yimen.casework.households.models import Household
from yimen.law.calendar import add_months, first_day
from yimen.law.recertify import OPEN, RecertifyState

__all__ = [
    "CODE",
    "EXPIRY",
    "MOST",
    "NO_FACTS",
    "Again",
    "KnownIncome",
    "Progress",
    "all_reviews",
    "due",
    "expiring",
    "find",
    "finding_of",
    "known_incomes",
    "last_done",
    "letters",
    "of_household",
    "open_of",
    "outcome_words",
    "progress",
    "reckon_again",
    "reckoned_words",
    "running",
    "sheets",
    "told_awards",
    "unchecked", "with_state",
]  # fmt: skip

KIND = Recertification.KIND
_SHOWN = (
    "award__household__head", "award__village", "award__township", "award__application", "started_by", "recorded_by",
    "confirmed_by",
)  # fmt: skip


@gate.scope(Recertification)
def _scope(officer: Officer) -> Q:
    return gate.by_place(officer, "award__township", "award__village")


def running(officer: Officer) -> QuerySet[Award]:
    """Awards now running within an officer's scope. ``due_day`` is the day of review, or when a recognition expires (R10)."""
    return queries.running(officer).annotate(due_day=Coalesce("recertify_on", "valid_to"))


def due(officer: Officer, until: dt.date) -> QuerySet[Award]:
    """Running awards whose review is due before a day, the longest overdue first."""
    return running(officer).filter(recertify_on__lt=until).order_by("recertify_on", "village_id", "number")


def unchecked(rows: QuerySet[Award]) -> QuerySet[Award]:
    """Without those whose review is over and only waits for the change that it found: they are not overdue."""
    waiting = Recertification.objects.filter(state=str(RecertifyState.CHANGING))
    return rows.exclude(pk__in=waiting.order_by().values("award_id"))


def with_state(rows: QuerySet[Award], state: str) -> QuerySet[Award]:
    """Those with a review in this state; ``none`` means not begun."""
    if state == "none":
        busy = Recertification.objects.filter(state__in=[str(each) for each in OPEN])
        return rows.exclude(pk__in=busy.order_by().values("award_id"))
    return rows.filter(pk__in=Recertification.objects.filter(state=state).order_by().values("award_id"))


def open_of(awards: Iterable[Award]) -> dict[int, Recertification]:
    """The review under way of each of these awards, in one statement."""
    rows = Recertification.objects.filter(
        award__in=[award.pk for award in awards], state__in=[str(each) for each in OPEN]
    )
    return {row.award_id: row for row in rows.order_by("id")}


def last_done(awards: Iterable[Award]) -> dict[int, dt.date]:
    """When each of these awards was last reviewed, in one statement."""
    rows = Recertification.objects.filter(
        award__in=[award.pk for award in awards], state=str(RecertifyState.DONE), checked_on__isnull=False
    ).order_by("checked_on")
    return {award: day for award, day in rows.values_list("award_id", "checked_on") if day}


def all_reviews(officer: Officer) -> QuerySet[Recertification]:
    """Every review within scope, with what its pages show."""
    return gate.within(officer, Recertification.objects.select_related(*_SHOWN)).order_by("-id")


def find(officer: Officer, ref: str) -> Recertification:
    """The review of a reference within scope, else Unknown."""
    return gate.fetch(officer, Recertification.objects.select_related(*_SHOWN), ref)


def of_household(household: Household) -> list[Recertification]:
    """Every review of a household, the newest first."""
    rows = Recertification.objects.filter(award__household=household).select_related(*_SHOWN)
    return list(rows.order_by("-id"))


def finding_of(review: Recertification) -> RecertifyFinding | None:
    """What was found, as it stands; None while nothing is recorded."""
    if review.state == RecertifyState.STARTED:
        return None
    return next((finding for _, finding in latest([review])), None)


def sheets(reviews: Iterable[Recertification]) -> dict[int, Paper]:
    """The newest sheet of each of these reviews, in one statement."""
    wanted = [review.pk for review in reviews]
    rows = Paper.objects.filter(subject_kind=Recertification.KIND, subject_id__in=wanted, code=CODE)
    return {row.subject_id: row for row in rows.order_by("id")}


@dataclass
class Progress:
    """How far a township is: still due this month, done this month, overdue now, under way, waiting for a change.

    ``expired`` are those among the overdue ones that are not reviewed but ran out: one applies anew (R10).
    """

    due: int = 0
    done: int = 0
    late: int = 0
    under_way: int = 0
    changing: int = 0
    expired: int = 0


def progress(officer: Officer, on: dt.date) -> dict[str, Progress]:
    """By township within scope, in two statements. ``done`` counts reviews confirmed in the month of the day."""
    this = first_day(on)
    following = add_months(this, 1)
    found: dict[str, Progress] = {}
    rows = unchecked(gate.within(officer, Award.objects.filter(end_month="").order_by()))
    counted = (
        rows.annotate(due_day=Coalesce("recertify_on", "valid_to"))
        .values_list("township_id")
        .annotate(
            late=Count("id", filter=Q(due_day__lt=on)),
            month=Count("id", filter=Q(due_day__gte=this, due_day__lt=following)),
            expired=Count("id", filter=Q(recertify_on__isnull=True, valid_to__lt=on)),
        )
    )
    for code, late, month, expired in counted:
        found[code] = Progress(late=late, due=month, expired=expired)
    reviews = gate.within(officer, Recertification.objects.filter(award__end_month="").order_by())
    states = reviews.values_list("award__township_id").annotate(
        done=Count("id", filter=Q(state=str(RecertifyState.DONE), confirmed_on__gte=this, confirmed_on__lt=following)),
        busy=Count("id", filter=Q(state__in=[str(RecertifyState.STARTED), str(RecertifyState.RECORDED)])),
        changing=Count("id", filter=Q(state=str(RecertifyState.CHANGING))),
    )
    for code, done, busy, changing in states:
        each = found.setdefault(code, Progress())
        each.done, each.under_way, each.changing = done, busy, changing
    return found


def expiring(rows: QuerySet[Award], until: dt.date) -> QuerySet[Award]:
    """Those of these awards whose recognition ends before a day, or has ended without being written down."""
    return rows.filter(valid_to__lt=until)


def newest_sheets(awards: Sequence[Award]) -> list[Paper]:
    """The newest sheet of each of these awards, of one that is not reviewed its letter, in their order; others are left out."""
    told = letters([award for award in awards if award.recertify_on is None])
    wanted = [award.pk for award in awards]
    reviews = dict(Recertification.objects.filter(award__in=wanted).order_by("id").values_list("pk", "award_id"))
    rows = Paper.objects.filter(subject_kind=Recertification.KIND, subject_id__in=reviews, code=CODE).order_by("id")
    newest = told | {reviews[paper.subject_id]: paper for paper in rows}
    return [newest[pk] for pk in wanted if pk in newest]


def of_papers(officer: Officer, papers: Iterable[Paper]) -> dict[int, Recertification]:
    """The reviews within scope that these papers are about, by their id, in one statement."""
    wanted = {paper.subject_id for paper in papers if paper.subject_kind == Recertification.KIND}
    return {review.pk: review for review in all_reviews(officer).filter(pk__in=wanted)}


def told_awards(officer: Officer, papers: Iterable[Paper]) -> dict[int, Award]:
    """The awards within scope whose letters these papers are, by their number, in one statement."""
    wanted = {paper.subject_id for paper in papers if paper.subject_kind == EXPIRY}
    if not wanted:
        return {}
    rows = gate.within(officer, Award.objects.filter(pk__in=wanted)).select_related("household__head", "village")
    return {award.pk: award for award in rows}
