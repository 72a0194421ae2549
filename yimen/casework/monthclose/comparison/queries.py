"""Reading the monthly comparison: runs and their feeds, who was left out, the hits that wait and the households they keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.casework.applications.models import Consent
from yimen.casework.awards.models import Award, ChangeCase
from yimen.casework.monthclose.comparison import known, subjects
from yimen.casework.monthclose.comparison.month import (
    SHOWN,
    FeedState,
    MonthState,
    feeds,
    households_waiting,
    month_state,
    open_hits,
    run_of,
    waiting_among,
    waiting_households,
)
from yimen.casework.monthclose.models import (
    ComparisonAnswer,
    ComparisonHit,
    ComparisonLeftOut,
    ComparisonPart,
    ComparisonRun,
)
from yimen.law.calendar import today
from yimen.law.checks import item
from yimen.law.comparison import HitState

_OPEN = str(HitState.OPEN)


def _districts(officer: Officer) -> set[str]:
    return {code[:6] for code in officer.areas(DISTRICT_ROLES)}


@gate.scope(ComparisonRun)
def _run_scope(officer: Officer) -> Q:
    return Q(district_id__in=_districts(officer))


@gate.scope(ComparisonPart)
def _part_scope(officer: Officer) -> Q:
    return Q(feed__run__district_id__in=_districts(officer))


def _of_own_place(officer: Officer) -> Q:
    """The township of the household's own award, wherever the person was found; never the village."""
    seen = Q(award__township_id__in=officer.areas(TOWNSHIP_ROLES))
    for district in _districts(officer):
        seen |= Q(award__township__code__startswith=district)
    return seen


gate.scope(ComparisonHit)(_of_own_place)
gate.scope(ComparisonLeftOut)(_of_own_place)

__all__ = [
    "FeedState",
    "MonthState",
    "feeds",
    "households_waiting",
    "month_state",
    "open_hits",
    "run_of",
    "waiting_among",
    "waiting_households",
]


# -- runs and feeds ------------------------------------------------------------------------------


def runs(officer: Officer) -> QuerySet[ComparisonRun]:
    """The months compared in the officer's district, newest first."""
    return gate.within(officer, ComparisonRun.objects.select_related("asked_by", "district")).order_by("-month")


def run(officer: Officer, ref: str) -> ComparisonRun:
    """One month's comparison within scope."""
    return gate.fetch(officer, ComparisonRun.objects.select_related("asked_by", "district"), ref)


def latest(area: str) -> ComparisonRun | None:
    """The latest comparison of a township's district."""
    return ComparisonRun.objects.filter(district_id=area[:6]).order_by("-month").first()


def parts_of(officer: Officer, found: ComparisonRun) -> QuerySet[ComparisonPart]:
    """Every request file of a run with its answer, in order."""
    rows = gate.within(officer, ComparisonPart.objects.filter(feed__run=found))
    return rows.select_related("feed", "answer__taken_by").order_by("feed__position", "part")


def part(officer: Officer, ref: str) -> ComparisonPart:
    """One request file within scope."""
    return gate.fetch(officer, ComparisonPart.objects.select_related("feed__run__district", "answer__taken_by"), ref)


def part_numbered(officer: Officer, number: str) -> ComparisonPart | None:
    """The request file of a batch number within scope."""
    rows = gate.within(officer, ComparisonPart.objects.select_related("feed__run__district"))
    return rows.filter(number=number).first()


def request_head(found: ComparisonPart) -> dict[str, Any]:
    """What the request file of a part says of itself."""
    return subjects.head_of(found)


def request_cases(found: ComparisonPart) -> Iterator[dict[str, Any]]:
    """The households of a request file, a portion at a time. Identity numbers in clear: the caller notes the reading (K33)."""
    return subjects.cases_of(found)


def request_tails(found: ComparisonPart) -> Iterator[tuple[str, str, str]]:
    """Who is asked about in a part, as a result file is held against it. Identity numbers in clear; nothing is shown."""
    return subjects.tails_of(found)


def known_of(found: ComparisonPart) -> known.Truth:
    """What a source with nothing new would answer: for the practice province."""
    return known.known_of(found)


def left_out(officer: Officer, found: ComparisonRun, *, obligors: bool = False) -> QuerySet[ComparisonLeftOut]:
    """Covered persons whom a run did not ask about, or people with a support duty, by township and village.

    Each with ``signed``: whether a consent in force has been recorded since.
    """
    rows = gate.within(officer, ComparisonLeftOut.objects.filter(run=found, obligor__isnull=not obligors))
    who = "obligor" if obligors else "person"
    words = Consent.objects.filter(**{who: OuterRef(who)}).order_by("-pk")
    valid = Consent.objects.filter(pk=OuterRef("word"), given=True, valid_to__gte=today())
    rows = rows.annotate(word=Subquery(words.values("pk")[:1])).annotate(signed=Exists(valid))
    rows = rows.select_related("award__household__head", "award__township", "award__village", "person", "obligor")
    return rows.order_by("award__township_id", "award__village_id", "award__number", "id")


# -- hits ----------------------------------------------------------------------------------------


def hits(officer: Officer, *, state: str = "", kind: str = "") -> QuerySet[ComparisonHit]:
    """Hits within scope with what a list shows, those of a death first, household by household."""
    rows = gate.within(officer, ComparisonHit.objects.select_related(*SHOWN))
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    return rows.order_by("award__village_id", "household_id", "id")


def of_award(officer: Officer, award: Award) -> list[ComparisonHit]:
    """Every hit of a household's award within scope, what waits first."""
    rows = list(gate.within(officer, ComparisonHit.objects.select_related(*SHOWN)).filter(award=award).order_by("-id"))
    return sorted(rows, key=lambda hit: hit.state != _OPEN)


def counts(officer: Officer) -> dict[str, int]:
    """How many hits wait within scope, by kind."""
    rows = gate.within(officer, ComparisonHit.objects.filter(state=_OPEN)).order_by()
    return dict(rows.values_list("kind").annotate(n=Count("pk")))


def became(officer: Officer, change: ChangeCase) -> list[ComparisonHit]:
    """The hits of the monthly comparison that a change came from, within scope."""
    rows = gate.within(officer, ComparisonHit.objects.select_related(*SHOWN)).filter(change=change)
    return list(rows.order_by("id"))


def waiting_by_run(officer: Officer) -> dict[int, int]:
    """How many hits wait within scope, by run."""
    rows = gate.within(officer, ComparisonHit.objects.filter(state=_OPEN)).order_by()
    return dict(rows.values_list("run_id").annotate(n=Count("pk")))


def hits_by_township(officer: Officer, found: ComparisonRun) -> list[dict[str, Any]]:
    """For each township with hits of a run: its name, households and hits that wait, hits in all."""
    waits = Q(state=_OPEN)
    rows = gate.within(officer, ComparisonHit.objects.filter(run=found)).order_by()
    rows = rows.values(code=F("award__township_id"), name=F("award__township__name")).annotate(
        households=Count("household", filter=waits, distinct=True), waiting=Count("pk", filter=waits), total=Count("pk")
    )
    return list(rows.order_by("code"))


def answer_of(found: ComparisonPart) -> ComparisonAnswer | None:
    """The result file of a part; None while it lacks or is not taken in whole."""
    return getattr(found, "answer", None) if found.whole_at else None


def begun(found: ComparisonPart) -> ComparisonAnswer | None:
    """The result file of which only some households are taken in yet, ``position`` of the part; None of others."""
    return None if found.whole_at else getattr(found, "answer", None)


def hits_of(answer: ComparisonAnswer) -> int:
    """How many hits an answer brought."""
    return ComparisonHit.objects.filter(answer=answer).count()


def item_label(hit: ComparisonHit) -> str:
    """What a hit is about: its item in words."""
    return item(hit.item).label
