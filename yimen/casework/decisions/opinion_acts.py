"""The township's opinion: it equals what the Reckoning proposes, and says so with every figure (D19)."""

from __future__ import annotations

from yimen.base.access.acts import act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.prepared import insert
from yimen.casework.applications.models import Application
from yimen.casework.decisions import papers, queries
from yimen.casework.decisions.entries import figure, said, to_decision
from yimen.casework.decisions.facts import WorkedOut, work_out
from yimen.casework.decisions.models import Notice, NoticeObjection, Opinion
from yimen.law.terms import Stage

REPEAT_KEY = "notice.repeat_after_objection"


@act("propose", Application)
def propose(walk: Walk, application: Application, *, approve: bool, reasons: str, objection_result: str = "") -> None:
    """Put the opinion down as a new version with its Reckoning.

    A refusal goes straight to the decider: there is nothing to publish about a refused family. ``objection_result``
    closes the objections to the last notice in words, wherever there are any.
    """
    worked = work_out(application, walk.on)
    _hold_to_reckoning(approve, worked)
    _close_objections(application, objection_result)
    opinion = Opinion(
        application=application,
        version=len(queries.opinions(application)) + 1,
        approve=approve,
        notice_required=approve and _must_hang(walk, application, worked),
        reckoning=worked.reckoning,
        inputs=worked.inputs,
        digest=worked.digest,
        members=worked.members,
        covered=worked.covered,
        amount_fen=worked.amount_fen,
        category=worked.category,
        recertify_months=worked.recertify_months,
        reasons=said(reasons, "reasons", "审核意见和理由"),
        by=walk.officer.staff,
        on=walk.on,
    )
    insert([opinion])
    if opinion.notice_required:
        walk.go(Stage.NOTICE_READY)
    else:
        walk.go(Stage.DECIDING)
        to_decision(walk, application)
    data = {
        "reckoning": papers.reckoning(application, opinion),
        "approval_form": papers.approval_form(application, opinion),
    }
    walk.issue_all(data)
    walk.note(opinion=opinion.version, approve=approve, amount_fen=opinion.amount_fen, digest=opinion.digest)


def _hold_to_reckoning(approve: bool, worked: WorkedOut) -> None:
    if approve and not worked.eligible:
        why = "；".join(worked.conditions)
        raise Refused(f"核算结果不符合条件（{why}），不能提出予以确认的意见。", "not_eligible", 422, "approve")
    if not approve and worked.eligible:
        raise Refused(
            "核算结果符合条件，不能提出不予确认的意见。对收入、财产有不同认定的，请先退回调查或处理差异后重新核算。",
            "eligible",
            422,
            "approve",
        )


def _close_objections(application: Application, result: str) -> None:
    waiting = [row for row in queries.objections(application) if row.answer and not row.result]
    if waiting:
        words = said(result, "objection_result", "公示异议的处理结果")
        NoticeObjection.objects.filter(pk__in=[row.pk for row in waiting]).update(result=words)


def _must_hang(walk: Walk, application: Application, worked: WorkedOut) -> bool:
    """Whether this opinion is put on public notice: always at first; later by the rule of the place, or if it says something new."""
    hung = [row for row in queries.notices_of(application) if row.kind == "notice"]
    if not hung:
        return True
    if any(row.answer for row in queries.objections(application)):
        return figure(REPEAT_KEY, application, walk.on).as_bool()
    return not any(row.withdrawn_on is None and row.to_on < walk.on and _says_the_same(row, worked) for row in hung)


def _says_the_same(notice: Notice, worked: WorkedOut) -> bool:
    return (notice.members, notice.amount_fen, notice.category) == (worked.members, worked.amount_fen, worked.category)
