"""核对报告 (forms.md 14): what every source said about every person of a case, as the agency answered. An internal paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.papers import desk
from yimen.base.papers.models import Paper
from yimen.casework.applications.models import Application
from yimen.casework.verification import batches
from yimen.casework.verification.models import CheckBatch, CheckPerson, CheckRequest, SourceResult
from yimen.law.checks import AnswerState, is_source, source

_STATES = {AnswerState.ANSWERED: "已应答", AnswerState.NOT_AVAILABLE: "无法取得"}


def issue_reports(
    walk: Walk,
    batch: CheckBatch,
    cases: Mapping[CheckRequest, Application],
    persons: Mapping[int, Sequence[CheckPerson]],
    results: Mapping[int, Mapping[str, SourceResult]],
) -> dict[int, Paper]:
    """The reports of all requests that have come back whole, in a constant number of statements; by case.

    ``persons`` by request, ``results`` by person and source with findings and files.
    """
    about = [
        (
            "check_report",
            desk.About(case.KIND, case.ref, case.pk, check_report(case, batch, persons[request.pk], results)),
            case.paper_mark,
        )
        for request, case in cases.items()
    ]
    return {paper.subject_id: paper for paper in walk.issue_about(about)}


def check_report(
    case: Application,
    batch: CheckBatch,
    persons: Sequence[CheckPerson],
    every: Mapping[int, Mapping[str, SourceResult]],
) -> dict[str, Any]:
    """The paper of one case."""
    results = {person.pk: every[person.pk] for person in persons}
    last = max((row.file for rows in results.values() for row in rows.values()), key=lambda file: file.pk)
    return {
        "report_number": last.number,
        "report_date": last.answered_on,
        "agency": last.agency or "省级核对机构",
        "batch_number": batch.number,
        "case_number": case.number,
        "applicant": case.applicant.name,
        "results": list(_rows(persons, results, batch.sources)),
        "summary": list(_hints(persons, results)),
    }


def _rows(
    persons: Sequence[CheckPerson], results: Mapping[int, Mapping[str, SourceResult]], asked: Sequence[str]
) -> Iterator[dict[str, Any]]:
    for person in persons:
        for code in asked:
            result = results[person.pk][code]
            found = list(result.findings.all())
            dates = [row.data_date for row in found if row.data_date]
            answered = result.state == AnswerState.ANSWERED
            yield {
                "person": batches.name_of(person),
                "source": source(code).label if is_source(code) else code,
                "data_date": max(dates) if dates else result.queried_on,
                "state": _STATES[AnswerState(result.state)],
                "content": "；".join(row.text or "" for row in found) or ("未查到" if answered else result.note),
            }


def _hints(persons: Sequence[CheckPerson], results: Mapping[int, Mapping[str, SourceResult]]) -> Iterator[str]:
    for person in persons:
        closed = [
            source(code).label
            for code, result in results[person.pk].items()
            if result.state == AnswerState.NOT_AVAILABLE and is_source(code)
        ]
        if closed:
            yield f"{batches.name_of(person)}：{'、'.join(closed)}本次无法取得，须由调查核实。"
