"""Reading imports of ledgers."""

from __future__ import annotations

from django.db.models import QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.models import LedgerHeads, LedgerLine, LedgerRun
from yimen.law.ledger import LineOutcome, LineState


def runs(officer: Officer) -> QuerySet[LedgerRun]:
    """Imports of the officer's townships, newest first."""
    rows = LedgerRun.objects.select_related("township", "office", "proposed_by", "released_by", "undone_by")
    return gate.within(officer, rows).order_by("-id")


def run(officer: Officer, ref: str) -> LedgerRun:
    """The import of a reference within the officer's scope, else Unknown."""
    rows = LedgerRun.objects.select_related("township", "office", "proposed_by", "released_by", "undone_by")
    return gate.fetch(officer, rows, ref)


def lines(found: LedgerRun, show: str = "") -> QuerySet[LedgerLine]:
    """Lines of an import: of a state, ``remarked``, ``left`` (not taken in after all), ``kept`` (not reversed), or all."""
    rows = LedgerLine.objects.filter(run=found).order_by("position")
    if show == "remarked":
        return rows.filter(remarked=True)
    if show in {str(LineOutcome.LEFT), str(LineOutcome.KEPT)}:
        return rows.filter(outcome=show)
    return rows.filter(state=show) if show in {str(state) for state in LineState} else rows


def refused_lines(found: LedgerRun) -> QuerySet[LedgerLine]:
    """Lines that were not taken in: errors of the preview and rows overtaken since."""
    rows = LedgerLine.objects.filter(run=found)
    return (rows.filter(state=LineState.ERROR) | rows.filter(outcome=LineOutcome.LEFT)).order_by("position")


def heads_of(office_id: int) -> dict[str, list[str]]:
    """What an office has said its headings mean, by signature."""
    rows = LedgerHeads.objects.filter(office=office_id).order_by("id").values_list("signature", "columns")
    return {signature: list(columns.get("fields", [])) for signature, columns in rows}
