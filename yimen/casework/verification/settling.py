"""Treating one line of the comparison: what is adopted, and on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yimen.base.access.refusal import Refused
from yimen.base.offices.models import Staff
from yimen.base.prepared import prepared, update
from yimen.casework.applications.models import Application
from yimen.casework.verification.models import Comparison
from yimen.law.checks import is_item, item
from yimen.law.terms import Match, Stage, Treatment

_TREATED = (
    "adopted_fen",
    "adopted_count",
    "adopted_period",
    "treatment",
    "treatment_note",
    "treated_by",
    "treated_on",
)
_VISITED = ("visited_on", "visit_holds", "visit_fen", "visit_note")
_FEW = 3
_UNADOPTED = (Match.DIFFERENT, Match.NO_SOURCE)


@prepared
def _lines(application: int, refs: list[str]) -> QuerySet[Comparison]:
    rows = Comparison.objects.select_for_update().filter(application_id=application, current=True, ref__in=refs)
    return rows.order_by("id")


def line_of(application: Application, ref: str) -> Comparison:
    """A line of the round that counts; Refused 422 for any other."""
    row = next(iter(_lines(application.pk, [ref])), None)
    if row is None:
        raise Refused("没有找到这一行比对结果，可能已经重新核对。请刷新页面。", "no_line", 422, "comparison_ref")
    return row


def settle(
    row: Comparison,
    application: Application,
    treatment: str,
    note: str,
    fen: int | None,
    count: int | None,
    by: Staff,
    on: date,
) -> None:
    """Adopt a value with its reason."""
    if row.match not in _UNADOPTED:
        raise Refused("这一项申报与核对一致，不需要处理。", "nothing_to_settle", 422, "comparison_ref")
    if treatment not in {str(term) for term in Treatment}:
        raise Refused("请选择处理方式。", "treatment", 422, "treatment")
    if not note.strip():
        raise Refused("请写明处理理由和所依据的材料，没有说明不能处理。", "note", 422, "treatment_note")
    if any(value is not None and value < 0 for value in (fen, count)):
        raise Refused("认定的金额或数量不能小于零。", "negative", 422, "adopted_fen")
    row.adopted_fen, row.adopted_count, row.adopted_period = _ADOPT[Treatment(treatment)](row, application, fen, count)
    row.treatment, row.treatment_note, row.treated_by, row.treated_on = treatment, note.strip()[:300], by, on
    update(row, {name: getattr(row, name) for name in _TREATED})


Adopted = tuple[int | None, int | None, str]


def _verified(row: Comparison, application: Application, fen: int | None, count: int | None) -> Adopted:
    if not row.source or (_is_money(row) and row.verified_fen is None):
        raise Refused("这一项没有可以采用的核对结果，请选择其他处理方式。", "nothing_verified", 422, "treatment")
    return row.verified_fen, row.verified_count, row.verified_period


def _declared(row: Comparison, application: Application, fen: int | None, count: int | None) -> Adopted:
    return row.declared_fen or (0 if _is_money(row) else None), row.declared_count, row.period


def _adjusted(row: Comparison, application: Application, fen: int | None, count: int | None) -> Adopted:
    if application.stage != Stage.CHECKED and row.visited_on is None:
        raise Refused(
            "“调查后另行认定”须有入户调查对这一项的回答。请先办理入户调查，并在调查表中回答这一项。",
            "no_visit",
            422,
            "treatment",
        )
    if _is_money(row) and fen is None:
        raise Refused("另行认定须填写认定金额。", "adopted_fen", 422, "adopted_fen")
    if _is_count(row) and count is None:
        raise Refused("另行认定须填写认定数量。", "adopted_count", 422, "adopted_count")
    return fen, count, row.period or row.verified_period


def _not_counted(row: Comparison, application: Application, fen: int | None, count: int | None) -> Adopted:
    return 0, (0 if _is_count(row) else None), row.period or row.verified_period


_ADOPT = {
    Treatment.ACCEPT_VERIFIED: _verified,
    Treatment.ACCEPT_DECLARED: _declared,
    Treatment.ADJUSTED: _adjusted,
    Treatment.NOT_COUNTED: _not_counted,
}


def _is_money(row: Comparison) -> bool:
    return (
        row.declared_fen is not None or row.verified_fen is not None or (is_item(row.item) and item(row.item).is_money)
    )


def _is_count(row: Comparison) -> bool:
    return is_item(row.item) and item(row.item).is_count


def answer_by_visit(application: Application, answers: Iterable[Mapping[str, Any]], on: date) -> list[Comparison]:
    """Keep what a home visit found for open lines: ``{comparison_ref, holds, actual_fen, note}`` each.

    A line without source whose declaration holds is thereby settled; a difference still needs the township's treatment.
    """
    given = {str(answer.get("comparison_ref")): answer for answer in answers}
    rows = _lines(application.pk, list(given))
    if len(rows) != len(given):
        raise Refused(
            "调查表里有一项不在本件待核实的项目之中，可能已经重新核对。请刷新页面。", "no_line", 422, "answers"
        )
    for row in rows:
        answer = given[row.ref]
        holds, fen = answer.get("holds"), answer.get("actual_fen")
        if not isinstance(holds, bool):
            raise Refused(f"“{row.declared_text or row.item}”请回答属实或不属实。", "answers", 422, "answers")
        if not holds and not str(answer.get("note") or "").strip():
            raise Refused(f"“{row.declared_text or row.item}”不属实的，请写明实际情况。", "answers", 422, "answers")
        if fen is not None and (isinstance(fen, bool) or not isinstance(fen, int) or fen < 0):
            raise Refused(f"“{row.declared_text or row.item}”的实际金额不对。", "answers", 422, "answers")
        row.visited_on, row.visit_holds, row.visit_fen = on, holds, fen
        row.visit_note = str(answer.get("note") or "").strip()[:300]
    if len(rows) > _FEW:
        Comparison.objects.bulk_update(rows, _VISITED)
        return rows
    for row in rows:
        update(row, {name: getattr(row, name) for name in _VISITED})
    return rows
