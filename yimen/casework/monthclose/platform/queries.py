"""What others may ask of the reconciliation with the provincial platform."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.base.papers.models import Paper
from yimen.casework.awards import change_queries as changes
from yimen.casework.awards.models import ChangeCase
from yimen.casework.monthclose.platform import sheet as sheets
from yimen.casework.monthclose.platform.handling import proposed
from yimen.casework.monthclose.platform.standing import (
    Reconciled,
    in_force,
    lacking_names,
    lines_in_force,
    reconciled,
)
from yimen.casework.monthclose.platform_models import PlatformHeads, PlatformLine, PlatformRun, PlatformSheet
from yimen.law.platform import Handling

__all__ = [
    "RUN", "SHEET", "Reconciled", "by_kind", "find_line", "find_sheet", "heads_of", "in_force", "lacking_names", "line_rows",
    "lines_in_force", "open_change", "paper_of", "proposed", "reconciled", "run", "runs", "sheets_of", "to_fix",
]  # fmt: skip
RUN, SHEET = PlatformRun.KIND, PlatformSheet.KIND
_SHOWN = ("township", "office", "proposed_by")


@gate.scope(PlatformRun)
def _run_scope(officer: Officer) -> Q:
    return gate.by_place(officer, "township", "township")


@gate.scope(PlatformLine)
def _line_scope(officer: Officer) -> Q:
    return gate.by_place(officer, "run__township", "run__township")


@gate.scope(PlatformSheet)
def _sheet_scope(officer: Officer) -> Q:
    return gate.by_place(officer, "township", "township")


def runs(officer: Officer) -> QuerySet[PlatformRun]:
    """Files of the platform of the officer's townships, newest first."""
    return gate.within(officer, PlatformRun.objects.select_related(*_SHOWN)).order_by("-id")


def run(officer: Officer, ref: str) -> PlatformRun:
    """The file of a reference within the officer's scope, else Unknown."""
    return gate.fetch(officer, PlatformRun.objects.select_related(*_SHOWN), ref)


def line_rows(found: PlatformRun) -> QuerySet[PlatformLine]:
    """The lines of a file with what a page shows of them."""
    rows = PlatformLine.objects.filter(run=found).select_related(
        "run", "award__household__head", "handled_by", "change"
    )
    return rows.order_by("position")


def by_kind(found: PlatformRun) -> dict[tuple[str, str], int]:
    """How many lines of a file there are of each kind and handling."""
    rows = PlatformLine.objects.filter(run=found).order_by().values_list("kind", "handling")
    return {(kind, handling): many for kind, handling, many in rows.annotate(many=Count("pk"))}


def find_line(officer: Officer, ref: str) -> PlatformLine:
    """The difference of a reference within the officer's scope, else Unknown."""
    rows = PlatformLine.objects.select_related("run__township", "award__household__head", "change")
    return gate.fetch(officer, rows, ref)


def to_fix(township: str, month: str) -> QuerySet[PlatformLine]:
    """What is to be mended on the platform, ticked or not: households in the order of its own file."""
    wanted = [str(Handling.FIX), str(Handling.FIXED)]
    rows = lines_in_force(township, month).filter(handling__in=wanted)
    return rows.select_related("run", "award__household__head", "handled_by").order_by("run_id", "row", "position")


def open_change(line: PlatformLine) -> ChangeCase | None:
    """The change of the line's award that is under way, if any."""
    return changes.open_of([line.award]).get(line.award.pk) if line.award is not None else None


def heads_of(township: str) -> dict[str, list[str]]:
    """What the township's district has said the platform's headings mean, by signature."""
    rows = PlatformHeads.objects.filter(district=offices.district_of(township)).order_by("id")
    return {signature: list(fields) for signature, fields in rows.values_list("signature", "fields")}


def sheets_of(township: str, month: str) -> list[tuple[PlatformSheet, Paper | None]]:
    """The sheets of a month with their papers, newest first."""
    rows = PlatformSheet.objects.filter(township=township, month=month).select_related("by").order_by("-id")
    return [(row, sheets.paper_of(row)) for row in rows]


def paper_of(row: PlatformSheet) -> Paper | None:
    """The paper of a sheet."""
    return sheets.paper_of(row)


def find_sheet(officer: Officer, ref: str) -> PlatformSheet:
    """The sheet of a reference within the officer's scope, else Unknown."""
    return gate.fetch(officer, PlatformSheet.objects.select_related("township"), ref)
