"""The township's opinion: it equals what the Reckoning proposes, and says so with every figure (D19)."""

from __future__ import annotations

from collections.abc import Sequence

from yimen.base.access.acts import act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.prepared import insert
from yimen.casework.applications.models import Application
from yimen.casework.decisions import papers, queries
from yimen.casework.decisions.clocking import tighten, to_decision
from yimen.casework.decisions.entries import figure, said, short
from yimen.casework.decisions.facts import plain
from yimen.casework.decisions.grants import Choice, principal, stored_grants, words_of
from yimen.casework.decisions.models import Notice, NoticeObjection, Opinion
from yimen.casework.decisions.working import WorkedOut, work_out
from yimen.law.terms import Programme, Stage

REPEAT_KEY = "notice.repeat_after_objection"


@act("propose", Application)
def propose(
    walk: Walk,
    application: Application,
    *,
    approve: bool,
    reasons: str,
    objection_result: str = "",
    grants: Sequence[str] | None = None,
    departure: str = "",
    single_reason: str = "",
) -> None:
    """Put the opinion down as a new version with its assessment of every programme.

    A refusal goes straight to the decider: there is nothing to publish about a refused family. ``objection_result``
    closes the objections to the last notice in words, wherever there are any. ``grants`` are the keys of what is granted
    (None: as the rules propose); less than they propose needs ``departure``, a written reason. ``single_reason`` is why
    a severe member of an edge family applies alone (D8; N 一(四)).
    """
    choice = Choice(_keys(approve, grants), short(single_reason, "single_reason", "单独申请的理由", longest=200))
    worked = work_out(application, walk.on, choice)
    _hold_to_reckoning(approve, worked)
    why = _departure(worked, departure)
    _close_objections(application, objection_result)
    opinion = Opinion(
        application=application,
        version=len(queries.opinions(application)) + 1,
        approve=approve,
        notice_required=approve and _must_hang(walk, application, worked),
        reckoning=worked.reckoning,
        inputs=worked.inputs,
        assessment=plain(worked.assessment.to_json()),
        grants=stored_grants(worked.grants, choice),
        departure=why,
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
    walk.change(proposed=_about(worked))
    if application.proposed:
        tighten(application, application.programmes, walk.on)
    if opinion.notice_required:
        walk.go(Stage.NOTICE_READY)
    else:
        walk.go(Stage.DECIDING)
        to_decision(walk, application)
    mark = application.paper_mark
    sheets = [("reckoning", papers.reckoning(application, opinion), mark)]
    speaks = principal(worked.grants)
    sheets += [
        ("reckoning", papers.reckoning(application, opinion, each), mark)
        for each in worked.grants
        if each is not speaks
    ]
    walk.issue_each([*sheets, ("approval_form", papers.approval_form(application, opinion), mark)])
    granted = [{"programme": grant.programme, "amount_fen": grant.amount_fen} for grant in worked.grants]
    walk.note(
        opinion=opinion.version,
        approve=approve,
        amount_fen=opinion.amount_fen,
        digest=opinion.digest,
        granted=granted,
        departed=bool(why),
    )


def _keys(approve: bool, grants: Sequence[str] | None) -> tuple[str, ...] | None:
    if not approve:
        return ()
    if grants is None:
        return None
    if not grants:
        raise Refused("请选择予以确认（认定）的救助项目。", "missing", 422, "grants")
    return tuple(dict.fromkeys(grants))


def _about(worked: WorkedOut) -> str:
    """The programmes that the case is about from now on; none where all are refused."""
    return ",".join(dict.fromkeys(grant.programme.value for grant in worked.grants))


def _hold_to_reckoning(approve: bool, worked: WorkedOut) -> None:
    if approve and not worked.grants:
        why = "；".join(worked.conditions)
        raise Refused(f"核算结果不符合条件（{why}），不能提出予以确认的意见。", "not_eligible", 422, "approve")
    if not approve and worked.assistance:
        raise Refused(
            "核算结果符合条件，不能提出不予确认的意见。对收入、财产有不同认定的，请先退回调查或处理差异后重新核算。",
            "eligible",
            422,
            "approve",
        )


def _departure(worked: WorkedOut, text: str) -> str:
    """Why the opinion grants something else than the best lawful result; empty where it grants that."""
    if {grant.key for grant in worked.grants} == set(worked.best):
        return ""
    return said(text, "departure", "没有按建议提出意见的理由")


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
        if any(grant.programme is Programme.TEKUN for grant in worked.grants):
            return True  # T15: published again, whatever the place does for dibao
        return figure(REPEAT_KEY, application, walk.on).as_bool()
    return not any(row.withdrawn_on is None and row.to_on < walk.on and _says_the_same(row, worked) for row in hung)


def _says_the_same(notice: Notice, worked: WorkedOut) -> bool:
    said_then = (notice.programme, notice.members, notice.amount_fen, notice.category)
    return said_then == (words_of(worked.grants), worked.members, worked.amount_fen, worked.category)
