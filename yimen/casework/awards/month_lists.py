"""What the month view lists besides the movements: reviews and last days of a month, and what a version rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.models import Award, ChangeCase, LedgerRun, Recertification
from yimen.casework.decisions.models import Decision
from yimen.law.calendar import add_months, as_moment, first_day
from yimen.law.recertify import RecertifyState

_REVIEWED = [str(RecertifyState.DONE), str(RecertifyState.CHANGED)]


# -- reviews and last days ---------------------------------------------------------------


def shown() -> QuerySet[Award]:
    """Awards with what a line of a list shows, for those who narrow them by where they belonged (Places)."""
    return Award.objects.select_related("household__head", "village", "township")


def in_scope(officer: Officer) -> QuerySet[Award]:
    """Every award that lies within an officer's scope today."""
    return gate.within(officer, shown())


def _within(month: str, name: str) -> Q:
    start = first_day(month)
    return Q(**{f"{name}__gte": start, f"{name}__lt": add_months(start, 1)})


def reviews_due(rows: QuerySet[Award], month: str) -> QuerySet[Award]:
    """Awards to be reviewed in a month: still due then, or due then and looked at since."""
    begun = Recertification.objects.filter(_within(month, "due_on"))
    return rows.filter(
        (_within(month, "recertify_on") & Q(end_month="")) | Q(pk__in=begun.order_by().values("award_id"))
    )


def reviews_of(awards: Sequence[Award], month: str) -> dict[int, Recertification]:
    """The review of each of these awards that was due in the month, in one statement."""
    rows = Recertification.objects.filter(_within(month, "due_on"), award__in=[award.pk for award in awards])
    return {row.award_id: row for row in rows.order_by("id")}


def review_counts(rows: QuerySet[Award], month: str) -> tuple[int, int]:
    """How many reviews a month has, and how many of them are over, in two statements."""
    asked = reviews_due(rows.order_by(), month)
    done = Recertification.objects.filter(_within(month, "due_on"), state__in=_REVIEWED)
    return asked.count(), asked.filter(pk__in=done.order_by().values("award_id")).count()


def expiring(rows: QuerySet[Award], month: str) -> QuerySet[Award]:
    """Recognitions whose last day lies in the month and that still stand then."""
    return rows.filter(_within(month, "valid_to")).filter(Q(end_month="") | Q(end_month__gt=month))


# -- what a version rests on -------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """The decision, ledger, change or run behind a version: its words, and the reference of the page that shows it."""

    kind: str
    text: str
    ref: str = ""


_WORDS = {"uplift": "提高标准"}


def sources_of(rows: Iterable[Award]) -> dict[tuple[str, str], Source]:
    """What these compared awards rest on, by kind and reference, in three statements at the most."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.basis_kind, set()).add(row.basis_ref)  # type: ignore[attr-defined]
    found = {(kind, ref): Source(kind, _WORDS.get(kind, "—"), ref) for kind, refs in wanted.items() for ref in refs}
    for source, ref in (*_decided(wanted), *_taken_over(wanted), *_changed(wanted)):
        found[source.kind, ref] = source
    return found


def _decided(wanted: dict[str, set[str]]) -> list[tuple[Source, str]]:
    """The page of a decision is that of its case."""
    rows = Decision.objects.filter(ref__in=wanted.get("decision", ())).values_list("ref", "on", "application__ref")
    return [(Source("decision", f"确认决定 {on:%Y-%m-%d}", case), ref) for ref, on, case in rows]


def _taken_over(wanted: dict[str, set[str]]) -> list[tuple[Source, str]]:
    rows = LedgerRun.objects.filter(ref__in=wanted.get(LedgerRun.KIND, ())).values_list("ref", "proposed_at")
    return [(Source(LedgerRun.KIND, f"台账 {as_moment(at):%Y-%m-%d}", ref), ref) for ref, at in rows]


def _changed(wanted: dict[str, set[str]]) -> list[tuple[Source, str]]:
    rows = ChangeCase.objects.filter(ref__in=wanted.get(ChangeCase.KIND, ()))
    return [
        (Source(ChangeCase.KIND, f"变更决定 {on:%Y-%m-%d}" if on else f"变动报告 {told:%Y-%m-%d}", ref), ref)
        for ref, on, told in rows.values_list("ref", "decided_on", "reported_on")
    ]
