"""Extension, decision, return: by the body that holds the power that day, never by who investigated or proposed (D20-D22)."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.base.access.acts import act
from yimen.base.access.memory import teach
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.canonical import digest
from yimen.base.clocks import desk as clocks
from yimen.base.files import desk as files
from yimen.base.papers import desk as paper_desk
from yimen.base.prepared import insert
from yimen.casework.applications.models import Application
from yimen.casework.decisions import grant_papers, papers, queries
from yimen.casework.decisions.clocking import asked, extended_key, refusal_key
from yimen.casework.decisions.entries import (
    figure,
    office_of_record,
    opinion_or_refuse,
    power_of,
    said,
    short,
    stage_of,
)
from yimen.casework.decisions.grants import Grant, grants_of
from yimen.casework.decisions.models import Decision, Extension, Opinion, SentBack
from yimen.law.calendar import add_months, month_of, now
from yimen.law.rules import first_month
from yimen.law.sources import in_force
from yimen.law.terms import Programme, Stage

GROUNDS_KEY, START_KEY, SEAL_KEY = (
    "dibao.extension_grounds",
    "dibao.payment_start",
    "seal",
)
STARTS = {Programme.DIBAO: START_KEY, Programme.TEKUN: "tekun.payment_start"}
OTHER_GROUND = "其他特殊情况"
_LAW = ("社会救助法第四十四条", "社会救助法第四十五条")
APPROVED: dict[Programme, tuple[str, ...]] = {
    Programme.DIBAO: (*_LAW, "民发〔2021〕57号第二十条", "民发〔2021〕57号第二十一条"),
    Programme.TEKUN: (*_LAW, "民发〔2021〕43号第十六条", "民发〔2021〕43号第十七条"),
    Programme.EDGE: ("社会救助法第二十一条", *_LAW, "民发〔2021〕57号第八条", "民发〔2022〕83号一（四）"),
    Programme.RIGID_EXPENDITURE: ("社会救助法第二十二条", *_LAW, "民发〔2024〕57号第七条", "民发〔2024〕57号第十条"),
}
REFUSED = ("社会救助法第四十五条", "民发〔2021〕57号第二十一条")
REFUSED_TOO = {Programme.TEKUN: "民发〔2021〕43号第十八条", Programme.RIGID_EXPENDITURE: "民发〔2024〕57号第七条"}


@act("extend", Application)
def extend(walk: Walk, application: Application, *, ground: str, facts: str) -> None:
    """Lengthen the total limit once, before it runs out, on a recorded ground, by somebody else than the handler."""
    clock = clocks.running(application.KIND, application.pk, "total")
    if clock is None or clock.due_on is None:
        raise Refused("本件的总时限没有在计时，不需要延期。", "no_clock")
    if clock.due_on < walk.on:
        raise Refused(f"总时限已于 {clock.due_on:%Y-%m-%d} 届满，届满后不能再延期。", "too_late")
    if walk.officer.staff.pk == application.handler_id:
        raise Refused("您是本件的经办人，延期须由经办人以外的人批准。请由另一位负责人办理。", "second_person", 403)
    if queries.extensions(application):
        raise Refused("本件已经延期一次，不能再次延期。", "extended")
    allowed = [*figure(GROUNDS_KEY, application, walk.on).as_texts(), OTHER_GROUND]
    if ground not in allowed:
        raise Refused(f"请选择延期事由：{'、'.join(allowed)}。", "missing", 422, "ground")
    words = said(facts, "facts", "具体情况")
    length = figure(extended_key(application), application, walk.on)
    before = clock.due_on
    clocks.extend(clock, length.as_int(), length.document)
    if clock.due_on <= before:
        raise Refused(f"延长后的时限（{length.shown()}）不晚于现有期限 {before:%Y-%m-%d}，不需要延期。", "not_longer")
    row = Extension.objects.create(
        application=application,
        ground=ground,
        facts=words,
        old_due=before,
        new_due=clock.due_on,
        by=walk.officer.staff,
        on=walk.on,
    )
    walk.issue("extension", papers.extension(application, row, length))
    walk.note(ground=ground, old_due=before, new_due=clock.due_on)


@act("approve", Application)
def approve(walk: Walk, application: Application, *, reasons: str = "") -> None:
    """Approve what was proposed, to the fen. The award follows as the consequence of this act."""
    opinion = opinion_or_refuse(queries.current_opinion(application))
    grants = grants_of(opinion)
    if not grants or any(grant.months <= 0 or (grant.amount_fen <= 0) != grant.recognition for grant in grants):
        raise Refused("审核意见没有保障金或复核期限，不能予以确认；请退回重新核算。", "no_amount")
    terms = {grant.key: terms_of(application, grant, walk.on) for grant in grants}
    head = next((grant for grant in grants if not grant.recognition), grants[0])
    decision = _decide(
        walk,
        application,
        opinion,
        articles=in_force([article for grant in grants for article in APPROVED[grant.programme]], walk.on),
        reasons=short(reasons, "reasons", "确认意见") or "同意审核意见。",
        start_month=terms[head.key]["start_month"],
        recertify_on=_day(terms[head.key]["recertify_on"]),
        terms=terms,
    )
    sheets = [sheet for grant in grants for sheet in grant_papers.letters(application, decision, grant)]
    sheets.append(("approval_form", papers.approval_form(application, opinion, decision), application.paper_mark))
    walk.issue_each(sheets, office_of_record(power_of(application)))


def terms_of(application: Application, grant: Grant, on: date) -> dict[str, str]:
    """The dates of a grant decided on a day: first month, next review, last day of a recognition that expires; empty where none.

    Raises law.standards.Unset where the place has not said from which month a benefit is paid.
    """
    start = STARTS.get(grant.programme)
    later = add_months(on, grant.months).isoformat()
    expires = grant.programme is Programme.RIGID_EXPENDITURE
    return {
        "start_month": first_month(figure(start, application, on), on) if start else month_of(on),
        "recertify_on": "" if expires else later,
        "valid_to": later if expires else "",
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@act("refuse", Application)
def refuse(walk: Walk, application: Application, *, reasons: str, other_programmes: str = "") -> None:
    """Refuse with every condition not met, its figures, its article and the remedies (L45; D21)."""
    opinion = opinion_or_refuse(queries.current_opinion(application))
    if opinion.approve:
        raise Refused(
            "审核意见是予以确认，不能直接不予确认：理由、数据须由乡街重新核实。如有不同意见，请退回并写明理由。",
            "not_proposed",
        )
    more = [REFUSED_TOO[programme] for programme in asked(application)]
    decision = _decide(
        walk,
        application,
        opinion,
        articles=in_force([*papers.failed_articles(opinion), *REFUSED, *more], walk.on),
        reasons=said(reasons, "reasons", "不予确认的理由"),
        conditions=papers.failed_conditions(opinion),
    )
    walk.clock_keys["refusal_notice"] = refusal_key(application, walk.on)
    office = office_of_record(power_of(application))
    others = short(other_programmes, "other_programmes", "其他救助项目的审核")
    data = {
        "refusal_notice": papers.refusal_notice(application, decision, others),
        "reckoning": papers.reckoning(application, opinion),
        "approval_form": papers.approval_form(application, opinion, decision),
    }
    walk.issue_all(data, office)


def _decide(
    walk: Walk, application: Application, opinion: Opinion, *, articles: Any, reasons: str, **more: Any
) -> Decision:
    """The immutable row: who decided in whose name on what basis, bound to all it rests on (K8)."""
    power = power_of(application)
    seal = figure(SEAL_KEY, application, walk.on)
    bound = _bound(application, opinion)
    decision = Decision(
        application=application,
        opinion=opinion,
        approve=opinion.approve,
        body=power.decider_of_record,
        delegated=power.delegated,
        basis=papers.basis_of(power),
        reasons=reasons,
        articles=list(dict.fromkeys(articles)),
        amount_fen=opinion.amount_fen,
        covered=opinion.covered if opinion.approve else 0,
        members=opinion.members,
        category=opinion.category,
        bound=bound,
        digest=digest({"bound": bound, "reasons": reasons, "seal": seal.as_text()}),
        by=walk.officer.staff,
        on=walk.on,
        at=now(),
        **more,
    )
    insert([decision])
    teach(queries.decision_of, application, answer=decision, of=Decision)
    walk.change(decided_on=walk.on)
    walk.note(
        decision=decision.ref,
        approve=decision.approve,
        body=decision.body,
        delegated=decision.delegated,
        opinion=opinion.version,
        amount_fen=decision.amount_fen,
        digest=decision.digest,
    )
    return decision


def _bound(application: Application, opinion: Opinion) -> dict[str, Any]:
    """What the decision rests on, by digests: opinion, Reckoning, notice, every paper issued and every file taken in."""
    notice = queries.current_notice(application) if opinion.notice_required else None
    return {
        "opinion": {"version": opinion.version, "digest": opinion.digest},
        "reckoning": digest(opinion.reckoning),
        "notice": {"ref": notice.ref, "from": notice.from_on.isoformat(), "to": notice.to_on.isoformat()}
        if notice
        else None,
        "papers": [
            {"code": paper.code, "number": paper.number, "digest": paper.digest}
            for paper in paper_desk.without_data(application.KIND, application.ref)
        ],
        "files": files.digests_of(application.KIND, application.ref),
    }


@act("send_back", Application)
def send_back(walk: Walk, application: Application, *, to: str, reason: str) -> None:
    """Return the case to the township with a reason: to reckon anew, or to investigate anew."""
    opinion = opinion_or_refuse(queries.current_opinion(application))
    stage = stage_of(to, (Stage.EXAMINING, Stage.INVESTIGATING), "to", "退回到")
    words = said(reason, "reason", "退回理由")
    SentBack.objects.create(
        application=application, opinion=opinion, to=stage, reason=words, by=walk.officer.staff, on=walk.on
    )
    walk.go(stage)
    walk.note(to=stage, reason=words, opinion=opinion.version)
