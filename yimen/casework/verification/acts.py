"""四(二): asking, sending, taking in, settling, telling, accepting or declining. Never approves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yimen.base.access.acts import act, office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.canonical import digest
from yimen.base.clocks import desk as clocks
from yimen.base.offices import queries as offices
from yimen.base.prepared import insert
from yimen.casework.applications import queries as applications, relatives
from yimen.casework.applications.models import Application
from yimen.casework.verification import batches, incoming, papers, queries, results, settling
from yimen.casework.verification.evidence import bind_files
from yimen.casework.verification.models import (
    OUTCOMES,
    CheckBatch,
    CheckObjection,
    CheckPerson,
    CheckRequest,
    CheckTold,
    ResultFile,
)
from yimen.law.checks import all_source_codes, is_source

_WAYS = ("重新核对", "信函索证", "入户调查", "其他")


def _said(text: str, field: str, sentence: str) -> str:
    if not text.strip():
        raise Refused(sentence, field, 422, field)
    return text.strip()


def _lines(rows: Sequence[str], field: str, sentence: str) -> list[str]:
    kept = [row.strip() for row in rows if row.strip()]
    if not kept:
        raise Refused(sentence, field, 422, field)
    return kept


@act("request_check", Application)
def request_check(walk: Walk, application: Application, *, reason: str = "") -> None:
    """Ask for the check of every member, and of every obligor who has consented; the others are not asked."""
    last = queries.latest_request(application)
    if last is not None and not reason.strip():
        raise Refused("再次提请核对须写明理由（如：异议补证、授权人员变化）。", "reason", 422, "reason")
    request = CheckRequest(
        application=application,
        round=last.round + 1 if last else 1,
        requested_on=walk.on,
        requested_by=walk.officer.staff,
        reason=reason.strip()[:200],
    )
    insert([request])
    given = batches.consents_in_force([application.pk], walk.on)
    asked = [CheckPerson(request=request, person=row.person) for row in applications.participants(application)]
    asked += [CheckPerson(request=request, obligor=row) for row in applications.obligors(application)]
    persons = []
    for person in asked:
        consent = given.get(batches.consent_key(application.pk, person))
        if consent is not None:
            person.consent_id = consent.pk
            persons.append(person)
    insert(persons)
    walk.issue("check_request", papers.check_request(walk, application, request, persons, reason.strip()))
    walk.change(check_requested_on=application.check_requested_on or walk.on)
    walk.note(round=request.round, persons=len(persons), not_asked=len(asked) - len(persons))


@office_act("send_checks")
def send_checks(walk: Walk, *, sources: Sequence[str] = ()) -> CheckBatch:
    """All waiting requests of the district leave as one batch; a request with a lapsed consent stays and is named."""
    asked = list(sources) or list(all_source_codes())
    if unknown := [code for code in asked if not is_source(code)]:
        raise Refused(f"来源代码“{'、'.join(unknown)}”不认识。", "sources", 422, "sources")
    district = offices.area(walk.officer.district)
    number = batches.next_number(district, walk.on)
    waiting = list(queries.waiting(district.code).select_for_update(of=("self",)))
    lapsed = batches.lapsed(waiting, walk.on)
    leaving = [row for row in waiting if row.pk not in lapsed]
    if not leaving:
        names = "、".join(name for found in lapsed.values() for name in found)
        raise Refused(
            f"等待发出的请求中，{names}的授权已失效，请乡街重新取得授权后再发出。"
            if names
            else "没有等待发出的核对请求。",
            "nothing_waiting",
        )
    batch = CheckBatch.objects.create(
        number=number,
        district=district,
        prepared_on=walk.on,
        sent_by=walk.officer.staff,
        digest="",
        sources=asked,
        cases=len(leaving),
        persons=CheckPerson.objects.filter(request__in=leaving).count(),
    )
    CheckRequest.objects.filter(pk__in=[row.pk for row in leaving]).update(batch=batch, started_on=walk.on)
    _renew_consents(leaving, walk.on)
    batch.digest = digest(batches.content(batch))
    batch.save(update_fields=["digest"])
    clocks.stop(Application.KIND, [row.application_id for row in leaving], walk.row.stops, walk.on)
    walk.note(
        subject=("check_batch", batch.ref),
        batch=number,
        cases=batch.cases,
        persons=batch.persons,
        digest=batch.digest,
        held_back=len(lapsed),
    )
    return batch


def _renew_consents(requests: Sequence[CheckRequest], on: date) -> None:
    """A consent given anew since the request takes the place of the older one."""
    valid = batches.consents_in_force([row.application_id for row in requests], on)
    case_of = {row.pk: row.application_id for row in requests}
    changed = []
    for person in batches.asked_of(list(case_of)):
        consent = valid[batches.consent_key(case_of[person.request_id], person)]
        if person.consent_id != consent.pk:
            person.consent_id = consent.pk
            changed.append(person)
    if changed:
        CheckPerson.objects.bulk_update(changed, ["consent_id"])


@office_act("import_results")
def import_results(walk: Walk, *, content: Mapping[str, Any]) -> ResultFile:
    """Take in the content of a result file as the gateway read it: all of it or nothing, and only once."""
    said = incoming.read(content)
    batch = results.find_batch(walk, said)
    file = results.take_in(walk, batch, said)
    walk.note(
        subject=("check_batch", batch.ref),
        batch=batch.number,
        file=file.number,
        digest=file.digest,
        rows=file.rows,
        new=file.summary["new"],
        same=file.summary["same"],
        late=file.summary["late_rows"],
    )
    return file


@act("settle_difference", Application)
def settle_difference(
    walk: Walk,
    application: Application,
    *,
    comparison_ref: str,
    treatment: str,
    note: str,
    adopted_fen: int | None = None,
    adopted_count: int | None = None,
) -> None:
    """Adopt a value for one line that differs or has no source, with the reason."""
    row = settling.line_of(application, comparison_ref)
    settling.settle(row, application, treatment, note, adopted_fen, adopted_count, walk.officer.staff, walk.on)
    walk.note(
        comparison=row.ref,
        item=row.item,
        treatment=treatment,
        adopted_fen=row.adopted_fen,
        adopted_count=row.adopted_count,
    )


@act("tell_check_result", Application)
def tell_check_result(
    walk: Walk,
    application: Application,
    *,
    condition: str,
    reasons: Sequence[str],
    evidence_wanted: Sequence[str],
    comparison_refs: Sequence[str] = (),
    objection_until: date | None = None,
) -> None:
    """Tell the applicant which condition the check shows not to be met, by which figures, and how to object (D18)."""
    request = queries.latest_request(application)
    if request is None or not request.complete or request.returned_on is None:
        raise Refused("核对结果还没有返回（待核对），不能告知。", "not_returned")
    told = _said(condition, "condition", "请写明不符合哪一项条件。")
    why = _lines(reasons, "reasons", "请写明理由：按核对结果怎样算出不符合。")
    wanted = _lines(evidence_wanted, "evidence_wanted", "请写明申请人可以提供哪些佐证材料。")
    rows = [settling.line_of(application, ref) for ref in comparison_refs] or queries.differing(application)
    if not rows:
        raise Refused("本次核对没有不一致的项目，没有需要告知的内容。", "nothing_to_tell")
    until = _objection_until(application, walk.on, objection_until)
    clocks.stop(application.KIND, [application.pk], ("check_objection",), walk.on)  # told anew, the time runs anew
    paper = walk.issue(
        "check_result_notice",
        papers.check_result_notice(walk, application, told, why, wanted, until, rows, request.returned_on),
    )
    CheckTold.objects.create(
        application=application,
        round=request.round,
        condition=told,
        figures="\n".join(why),
        told_on=walk.on,
        paper_ref=paper.ref,
    )
    walk.note(round=request.round, objection_until=until, lines=len(rows))


def _objection_until(application: Application, on: date, given: date | None) -> date:
    """The place's own limit; where it has set none, the day that the officer names."""
    limit = papers.limit(application, "check_objection", on)
    if limit is None and given is not None and given > on:
        return given
    if limit is None:
        raise Refused(
            "本地没有设置核对异议的期限，请填写申请人可以提出异议的截止日期。",
            "objection_until",
            422,
            "objection_until",
        )
    return limit.due_on


@act("object_to_check", Application)
def object_to_check(
    walk: Walk,
    application: Application,
    *,
    item_text: str,
    statement: str,
    comparison_ref: str = "",
    evidence: str = "",
    file_refs: Sequence[str] = (),
) -> None:
    """The applicant disputes a result and may hand in evidence; its own clock runs."""
    if (still := queries.open_objection(application)) is not None:
        raise Refused(
            f"本件 {still.raised_on:%m-%d} 登记的异议（{still.item_text}）正在复查，请先作出复查结论；"
            "新的佐证可登记为材料一并复查。",
            "objection_open",
        )
    line = settling.line_of(application, comparison_ref) if comparison_ref else None
    objection = CheckObjection.objects.create(
        application=application,
        comparison=line,
        statement=_said(statement, "statement", "请写明申请人的说法。"),
        item_text=_said(item_text, "item_text", "请写明对哪一项核对结果有异议。")[:120],
        evidence=evidence.strip(),
        file_refs=bind_files(walk, application, file_refs, "file_refs"),
        raised_on=walk.on,
        round=queries.round_of(application),
    )
    walk.note(objection=objection.ref, comparison=comparison_ref)


@act("conclude_recheck", Application)
def conclude_recheck(
    walk: Walk,
    application: Application,
    *,
    objection_ref: str,
    result: str,
    outcome: str,
    ways: Sequence[str] = (),
    told_how: str = "当面告知",
    treatment: str = "",
    note: str = "",
    adopted_fen: int | None = None,
    adopted_count: int | None = None,
) -> None:
    """Conclude the re-check and tell the applicant; the disputed line may be treated in the same act."""
    objection = (
        CheckObjection.objects.select_for_update()
        .filter(application=application, ref=objection_ref, concluded_on__isnull=True)
        .first()
    )
    if objection is None:
        raise Refused("没有找到这项待复查的异议，可能已经作出结论。请刷新页面。", "no_objection", 422, "objection_ref")
    if outcome not in OUTCOMES:
        raise Refused("请选择异议成立、部分成立或不成立。", "outcome", 422, "outcome")
    if strange := [way for way in ways if way not in _WAYS]:
        raise Refused(f"复查方式“{'、'.join(strange)}”不在可选范围内。", "ways", 422, "ways")
    words = _said(result, "result", "请写明复查情况和结论。")
    clock = clocks.running(application.KIND, application.pk, "recheck")
    paper = papers.objection_recheck(
        walk,
        application,
        objection,
        result=words,
        outcome=outcome,
        ways=ways,
        due_on=clock.due_on if clock else None,
        told_how=told_how,
    )
    walk.issue("objection_recheck", paper)
    objection.result, objection.outcome, objection.concluded_on, objection.told_on = words, outcome, walk.on, walk.on
    objection.save(update_fields=["result", "outcome", "concluded_on", "told_on"])
    if treatment:
        if objection.comparison is None:
            raise Refused("这项异议没有对应的比对项目，请在比对页面处理差异。", "no_line", 422, "treatment")
        row = settling.line_of(application, objection.comparison.ref)
        settling.settle(
            row, application, treatment, note or words, adopted_fen, adopted_count, walk.officer.staff, walk.on
        )
    walk.note(objection=objection.ref, outcome=outcome, treatment=treatment)


@act("accept", Application)
def accept(walk: Walk, application: Application) -> None:
    """Accept: the clocks of the law begin; close relatives are matched by number (D10, D11)."""
    relatives.match(application, walk.on)
    walk.change(accepted_on=walk.on, handler=walk.officer.staff)
    walk.issue("acceptance_notice", papers.acceptance_notice(walk, application))
    walk.note(delegated=application.delegated(walk.on))


@act("decline", Application)
def decline(
    walk: Walk,
    application: Application,
    *,
    reasons: Sequence[str],
    articles: Sequence[str] = (),
    comparison_refs: Sequence[str] = (),
) -> None:
    """Not to accept, in the plan's order alone: in writing, on a check result, with reason, article and remedy."""
    why = _lines(reasons, "reasons", "请写明不予受理的理由：依据哪项核对结果，明显不符合哪项条件。")
    grounds = [row for row in articles if row.strip()] or [
        "实施方案四（二）",
        "《最低生活保障审核确认办法》（民发〔2021〕57号）第十八条",
    ]
    rows = [settling.line_of(application, ref) for ref in comparison_refs] or queries.differing(application)
    walk.issue(
        "decline_notice", papers.decline_notice(walk, application, why, grounds, rows, queries.latest_file(application))
    )
    walk.change(ended_on=walk.on, ended_reason="；".join(why)[:300])
    walk.note(lines=[row.ref for row in rows])


__all__ = [
    "accept",
    "conclude_recheck",
    "decline",
    "import_results",
    "object_to_check",
    "request_check",
    "send_checks",
    "settle_difference",
    "tell_check_result",
]
