"""Reading raised standards, their lines and the checks of the register, within an officer's scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award, ChangeCase, RegisterCheck, UpliftLine, UpliftRun
from yimen.law.aftercare.uplift import UpliftEffect, UpliftOutcome, UpliftState

KIND = UpliftRun.KIND
FALLING = Q(effect=str(UpliftEffect.FALLS), run__state__in=[str(UpliftState.RUNNING), str(UpliftState.DONE)])
"""Lines of released raises by which a household would get less."""
LINE = "uplift_line"
"""What a notice of a raised amount is about."""


def _in_district(officer: Officer) -> Q:
    return Q(area_id__in={code[:6] for code in officer.areas(DISTRICT_ROLES)})


@gate.scope(UpliftRun)
def _runs(officer: Officer) -> Q:
    return _in_district(officer)


@gate.scope(RegisterCheck)
def _checks(officer: Officer) -> Q:
    return _in_district(officer)


@gate.scope(UpliftLine)
def _lines(officer: Officer) -> Q:
    """The district sees all lines, a township those of its own households."""
    return gate.by_place(officer, village="award__village")


def runs(officer: Officer) -> QuerySet[UpliftRun]:
    """The runs of the district, the newest first."""
    return gate.within(officer, UpliftRun.objects.select_related("proposed_by", "released_by", "area"))


def run(officer: Officer, ref: str) -> UpliftRun:
    """One run. Raises Unknown."""
    return gate.fetch(officer, UpliftRun.objects.select_related("proposed_by", "released_by", "area"), ref)


def lines(officer: Officer, found: UpliftRun, effect: str = "") -> QuerySet[UpliftLine]:
    """The lines of a run in order, of one effect or all, without their sheets."""
    rows = gate.within(officer, UpliftLine.objects.filter(run=found)).defer("sheets")
    rows = rows.select_related("award__household__head", "award__village", "township")
    if effect in set(UpliftEffect):
        rows = rows.filter(effect=effect)
    elif effect == "category":
        rows = rows.exclude(category_after="")
    elif effect:
        rows = rows.filter(outcome=effect)
    return rows.order_by("position")


def line(officer: Officer, found: UpliftRun, award: str) -> UpliftLine:
    """The line of an award in a run, by the award's reference. Raises Unknown."""
    rows = UpliftLine.objects.filter(run=found, award__ref=award).select_related("change")
    row = gate.within(officer, rows).first()
    if row is None:
        raise Unknown(award)
    return row


def by_township(officer: Officer, found: UpliftRun) -> list[dict[str, Any]]:
    """Per township: lines of each effect, and fen a month before and after of those raised."""
    rows = gate.within(officer, UpliftLine.objects.filter(run=found)).order_by()
    raised = Q(effect=UpliftEffect.RAISED)
    counted = {str(effect): Count("id", filter=Q(effect=effect)) for effect in UpliftEffect}
    return list(
        rows.values("township_id", "township__name")
        .annotate(
            **counted,
            before=Sum("before_fen", filter=raised, default=0),
            after=Sum("after_fen", filter=raised, default=0),
        )
        .order_by("township_id")
    )


def last_check(officer: Officer) -> RegisterCheck | None:
    """The latest recomputation of the district's register."""
    return gate.within(officer, RegisterCheck.objects.select_related("by")).order_by("-id").first()


def of_papers(officer: Officer, papers: Iterable[Paper]) -> dict[int, UpliftLine]:
    """The lines within scope that these papers are about, by their id, in one statement."""
    wanted = {paper.subject_id for paper in papers if paper.subject_kind == LINE}
    if not wanted:
        return {}
    rows = gate.within(officer, UpliftLine.objects.filter(pk__in=wanted)).defer("sheets")
    return {row.pk: row for row in rows.select_related("award__household__head", "award__village")}


def known_here(officer: Officer, ref: str) -> bool:
    """Whether a run of the district to which the officer's township belongs has this reference."""
    places = {code[:6] for code in officer.areas(TOWNSHIP_ROLES)}
    return UpliftRun.objects.filter(ref=ref, area_id__in=places).exists()


def done_of(officer: Officer) -> list[UpliftRun]:
    """The raises carried out that touch households within scope, the newest first."""
    lines = gate.within(officer, UpliftLine.objects.filter(outcome=UpliftOutcome.DONE)).order_by()
    runs_ = UpliftRun.objects.filter(pk__in=lines.values("run")).select_related("released_by")
    return list(runs_.order_by("-id"))


def raised_by_village(officer: Officer, found: UpliftRun, township: str) -> list[dict[str, Any]]:
    """Per village of a township: households raised, fen a month more, and how many have their notice."""
    rows = gate.within(officer, UpliftLine.objects.filter(run=found, township=township, outcome=UpliftOutcome.DONE))
    told = Paper.objects.filter(subject_kind=LINE).order_by().values("subject_id")
    return list(
        rows.order_by()
        .values("award__village_id", "award__village__name")
        .annotate(
            households=Count("id"),
            more=Sum(F("after_fen") - F("before_fen")),
            told=Count("id", filter=Q(pk__in=told)),
        )
        .order_by("award__village_id")
    )


def papers_of(officer: Officer, found: UpliftRun, area: str) -> list[Paper]:
    """The notices of a run for a township or village, in the order in which they are carried out."""
    rows = gate.within(officer, UpliftLine.objects.filter(run=found, award__village__code__startswith=area)).order_by()
    papers = Paper.objects.filter(subject_kind=LINE, subject_id__in=rows.values("pk")).defer("data")
    place = {row.pk: (row.award.village_id, row.award.number) for row in of_papers(officer, papers).values()}
    return sorted(papers, key=lambda paper: place.get(paper.subject_id, ("", "")))


def untold(officer: Officer, found: UpliftRun, area: str) -> int:
    """How many households of a township or village that were raised have no notice yet."""
    rows = gate.within(officer, UpliftLine.objects.filter(run=found, award__village__code__startswith=area))
    told = Paper.objects.filter(subject_kind=LINE).order_by().values("subject_id")
    return rows.filter(outcome=UpliftOutcome.DONE).exclude(pk__in=told).count()


# -- households that would get less ---------------------------------------------------------


def falls(officer: Officer) -> QuerySet[UpliftLine]:
    """What released raises found to be too much: what waits for its change, the newest raise first."""
    rows = gate.within(officer, UpliftLine.objects.filter(FALLING, change__isnull=True)).defer("sheets")
    # An award that has moved on since, or has ended, is no longer what was reckoned.
    rows = rows.annotate(last=Max("award__versions__seq")).filter(last=F("seq"), award__end_month="")
    return rows.select_related("run", "award__household__head", "award__village").order_by("-run", "position")


def fallen(officer: Officer) -> QuerySet[UpliftLine]:
    """Those that became a change, the newest first."""
    rows = gate.within(officer, UpliftLine.objects.filter(FALLING, change__isnull=False)).defer("sheets")
    return rows.select_related("run", "change", "award__household__head", "award__village").order_by("-change", "-id")


def of_change(officer: Officer, change: ChangeCase) -> list[UpliftLine]:
    """The lines of raises within scope that became this change."""
    rows = gate.within(officer, UpliftLine.objects.filter(change=change)).defer("sheets")
    return list(rows.select_related("run", "award").order_by("id"))


def falling(officer: Officer) -> QuerySet[Award]:
    """The awards with such a line, whether it has become a change or not."""
    rows = gate.within(officer, Award.objects.filter(pk__in=UpliftLine.objects.filter(FALLING).values("award")))
    return rows.select_related("household__head", "village")


def with_falls(awards: Sequence[Award]) -> Sequence[Award]:
    """Each award with the newest of its lines as ``fall``, in one statement."""
    rows = UpliftLine.objects.filter(FALLING, award__in=awards).defer("sheets").select_related("change", "run")
    newest = {row.award_id: row for row in rows.order_by("id")}
    for award in awards:
        award.fall = newest.get(award.pk)  # type: ignore[attr-defined]
    return awards
