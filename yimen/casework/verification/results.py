"""Taking in a result file: set-based, all or nothing, and once (K5, K6, K10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from yimen.base.access import gate
from yimen.base.access.acts import mass_act, state
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.canonical import digest
from yimen.base.clocks import desk as clocks
from yimen.base.papers.models import Paper
from yimen.base.prepared import prepared
from yimen.base.record import desk as record
from yimen.casework.applications.models import Application
from yimen.casework.verification import comparisons
from yimen.casework.verification.incoming import Answer, Content, bad
from yimen.casework.verification.models import (
    CheckBatch,
    CheckPerson,
    CheckRequest,
    Finding,
    ResultFile,
    SourceResult,
)
from yimen.casework.verification.report import issue_reports
from yimen.law import procedure
from yimen.law.calendar import as_moment, now
from yimen.law.checks import AnswerState, source
from yimen.law.terms import Order, Stage


@dataclass
class Taken:
    """What a file brought, counted: every row is classified, none is dropped silently (K5)."""

    new: list[Answer] = field(default_factory=list)
    same: int = 0
    late: list[Answer] = field(default_factory=list)
    completed: list[CheckRequest] = field(default_factory=list)
    incomplete: int = 0


def find_batch(walk: Walk, content: Content) -> CheckBatch:
    """The batch a file answers, locked; refuses a file of another place and one taken in before."""
    old = ResultFile.objects.filter(digest=content.digest).select_related("taken_by", "batch").first()
    rows = gate.within(walk.officer, CheckBatch.objects.select_for_update(of=("self",)))
    batch = rows.filter(number=content.batch_number).first()
    if batch is None:
        raise Refused(
            f"批次号“{content.batch_number}”不是本区发出的核对批次，文件没有采用任何内容。请核对是否拿错了文件。",
            "unknown_batch",
            422,
            "file",
        )
    if old is not None:
        raise Refused(
            f"这个结果文件（{old.number or '未编号'}）已由{old.taken_by.name}于 {as_moment(old.taken_at):%Y-%m-%d %H:%M} 导入批次 "
            f"{old.batch.number}，这次没有改动任何内容。",
            "replayed",
            409,
            "file",
        )
    return batch


@prepared
def _persons(batch: int) -> QuerySet[CheckPerson]:
    rows = CheckPerson.objects.filter(request__batch_id=batch)
    return rows.select_related("person", "obligor", "request__application").order_by("id")


def take_in(walk: Walk, batch: CheckBatch, content: Content) -> ResultFile:
    """Store the answers, complete the requests, compare, and move the cases whose check is whole."""
    persons = {row.ref: row for row in _persons(batch.pk)}
    results = comparisons.results_of(persons.values(), whole=True)
    taken = _sort(batch, content, persons, results)
    applications = _lock(taken.new, persons)
    file = _keep(walk, batch, content, taken)
    _store(file, taken.new, persons, results)
    _complete(walk, batch, taken, applications)
    return file


@prepared
def _locked(applications: list[int]) -> QuerySet[Application]:
    rows = Application.objects.select_related("applicant").select_for_update(of=("self",))
    return rows.filter(pk__in=applications).order_by("id")


def _lock(answers: Sequence[Answer], persons: Mapping[str, CheckPerson]) -> dict[int, Application]:
    ids = {persons[answer.person_ref].request.application_id for answer in answers}
    return {row.pk: row for row in _locked(sorted(ids))}


def _sort(
    batch: CheckBatch,
    content: Content,
    persons: Mapping[str, CheckPerson],
    results: Mapping[int, Mapping[str, SourceResult]],
) -> Taken:
    taken = Taken()
    for answer in content.answers:
        person = persons.get(answer.person_ref)
        if person is None or person.request.ref != answer.request_ref:
            raise bad(
                answer.place,
                f"请求编号“{answer.request_ref}”、人员编号“{answer.person_ref}”不在批次 {batch.number} 中。",
            )
        if answer.source not in batch.sources:
            raise bad(answer.place, f"本批次没有向“{source(answer.source).label}”提请核对。")
        old = results.get(person.pk, {}).get(answer.source)
        if _repeats(old, answer):
            taken.same += 1
        elif not _waits(person.request):
            taken.late.append(answer)
        elif old is not None and old.state == AnswerState.ANSWERED:
            raise bad(
                answer.place,
                f"{_name(person)}的“{source(answer.source).label}”已有反馈（{old.file.number}），内容与这次不同。",
            )
        else:
            taken.new.append(answer)
    if not taken.new:
        raise Refused(
            f"批次 {batch.number} 的这些结果都已导入，或者所属核对已经完成（重复 {taken.same} 行，迟到 {len(taken.late)} 行），"
            "没有改动任何内容。需要采用新的结果，请由乡街重新提请核对。",
            "nothing_new",
            409,
            "file",
        )
    return taken


def _name(person: CheckPerson) -> str:
    return person.person.name if person.person else person.obligor.name if person.obligor else ""


def _waits(request: CheckRequest) -> bool:
    return not request.complete and request.application.stage in _row(request.application).stages


def _row(application: Application) -> procedure.Step:
    row = procedure.step(Order(application.order), "take_results")
    if row is None:
        raise ValueError("this order takes no results")
    return row


def _repeats(old: SourceResult | None, answer: Answer) -> bool:
    if old is None or old.state != answer.state or old.queried_on != answer.queried_on:
        return False
    kept = {(row.item, row.text, row.amount_fen, row.count, row.period, row.data_date) for row in old.findings.all()}
    return kept == {(hit.item, hit.text, hit.fen, hit.count, hit.period, hit.data_date) for hit in answer.hits}


def _keep(walk: Walk, batch: CheckBatch, content: Content, taken: Taken) -> ResultFile:
    return ResultFile.objects.create(
        batch=batch,
        number=content.result_number,
        agency=content.agency,
        answered_on=content.answered_on,
        partial=content.partial,
        digest=content.digest,
        taken_at=now(),
        taken_by=walk.officer.staff,
        rows=len(content.answers),
        summary={
            "new": len(taken.new),
            "same": taken.same,
            "late": [[answer.place, answer.request_ref, answer.source] for answer in taken.late[:200]],
            "late_rows": len(taken.late),
        },
    )


def _store(
    file: ResultFile,
    answers: Sequence[Answer],
    persons: Mapping[str, CheckPerson],
    results: Mapping[int, Mapping[str, SourceResult]],
) -> None:
    replaced = [
        results[persons[one.person_ref].pk][one.source].pk
        for one in answers
        if one.source in results.get(persons[one.person_ref].pk, {})
    ]
    if replaced:
        SourceResult.objects.filter(pk__in=replaced).update(superseded=True)
    rows = SourceResult.objects.bulk_create(
        (
            SourceResult(
                person=persons[one.person_ref],
                file=file,
                source=one.source,
                state=one.state,
                queried_on=one.queried_on,
                note=one.note,
            )
            for one in answers
        ),
        batch_size=500,
    )
    Finding.objects.bulk_create(
        (
            Finding(
                result=row,
                item=hit.item,
                text=hit.text,
                amount_fen=hit.fen,
                count=hit.count,
                period=hit.period,
                data_date=hit.data_date,
            )
            for row, one in zip(rows, answers, strict=True)
            for hit in one.hits
        ),
        batch_size=500,
    )


@prepared
def _waiting(batch: int, applications: list[int]) -> QuerySet[CheckRequest]:
    return CheckRequest.objects.filter(batch_id=batch, complete=False, application_id__in=applications).order_by("id")


def _complete(walk: Walk, batch: CheckBatch, taken: Taken, applications: Mapping[int, Application]) -> None:
    waiting = _waiting(batch.pk, list(applications))
    persons = comparisons.persons_of(row.pk for row in waiting)
    results = comparisons.results_of([row for rows in persons.values() for row in rows], whole=True)
    taken.completed = [row for row in waiting if not comparisons.missing(persons[row.pk], results, batch.sources)]
    taken.incomplete = len(waiting) - len(taken.completed)
    if taken.completed:
        comparisons.write(taken.completed, frozenset(batch.sources), persons, results)
        CheckRequest.objects.filter(pk__in=[row.pk for row in taken.completed]).update(
            complete=True, returned_on=walk.on
        )
        cases = {row: applications[row.application_id] for row in taken.completed}
        take_results(walk, batch, cases, persons, results)
    if not CheckRequest.objects.filter(batch=batch, complete=False).exists():
        CheckBatch.objects.filter(pk=batch.pk).update(returned_on=walk.on)


@mass_act("take_results")
def take_results(
    walk: Walk,
    batch: CheckBatch,
    cases: Mapping[CheckRequest, Application],
    persons: Mapping[int, Sequence[CheckPerson]],
    results: Mapping[int, Mapping[str, SourceResult]],
) -> None:
    """Move all completed cases along their own row in one statement per target stage, each with report and record entry."""
    groups: dict[Stage, list[tuple[CheckRequest, Application]]] = defaultdict(list)
    for request, case in cases.items():
        row = _row(case)
        if Stage(case.stage) not in row.stages:
            raise Refused(f"{case.number}现为“{Stage(case.stage).label}”，不在等待核对结果。请重新导入。", "overtaken")
        groups[next(stage for stage in row.to if stage != Stage.CHECKING)].append((request, case))
    for stage, group in groups.items():
        moved = Application.objects.filter(pk__in=[case.pk for _, case in group], stage=Stage.CHECKING).update(
            stage=stage, version=F("version") + 1, check_returned_on=walk.on
        )
        if moved != len(group):
            raise Refused("有案件刚刚被别人办理，文件没有采用任何内容。请重新导入。", "overtaken")
        papers = issue_reports(walk, batch, dict(group), persons, results)
        for _, case in group:
            _enter(walk, batch, papers[case.pk], case, stage)


def _enter(walk: Walk, batch: CheckBatch, paper: Paper, case: Application, stage: Stage) -> None:
    before, row = digest(state(case)), _row(case)
    case.stage, case.version, case.check_returned_on = stage, case.version + 1, walk.on
    if case.accepted_on:
        clocks.keep_pace(case.KIND, case.pk, stage, case.village_id, walk.on)
    facts: dict[str, Any] = {"batch": batch.number, "stage": str(stage), "papers": [paper.number]}
    record.write(
        act=row.act,
        act_label=row.label,
        subject_kind=case.KIND,
        subject_ref=case.ref,
        staff_id=walk.officer.staff.pk,
        staff_name=walk.officer.staff.name,
        account_id=walk.officer.account.pk,
        office_code=walk.officer.office.area_id,
        area_code=case.township_id,
        before=before,
        after=digest(state(case)),
        facts=facts,
        request_id=walk.officer.request_id,
    )
