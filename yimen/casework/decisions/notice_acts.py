"""The public notice: begun, hung, objected to, ended; and the announcement after the decision (D19, D24)."""

from __future__ import annotations

from datetime import date

from yimen.base.access.acts import act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.base.offices.queries import working_calendar
from yimen.base.prepared import insert, update
from yimen.casework.applications.letters import township_office
from yimen.casework.applications.models import Application
from yimen.casework.decisions import papers, queries
from yimen.casework.decisions.boards import ANNOUNCEMENT, NOTICE
from yimen.casework.decisions.clocking import period, run_new_opinion, to_decision
from yimen.casework.decisions.entries import (
    figure,
    office_of_record,
    opinion_or_refuse,
    past_day,
    power_of,
    said,
    short,
)
from yimen.casework.decisions.grants import grants_of, words_of
from yimen.casework.decisions.models import Notice, NoticeObjection, Opinion, Posting
from yimen.casework.verification.evidence import bind_files
from yimen.law.calendar import age, due
from yimen.law.rules.members import ADULT
from yimen.law.terms import Stage

SHOWN_KEY = "announcement.days"
PLACES_KEY, PHONE_KEY = "notice.places", "notice.objection_phone"
WAYS = {"reinvestigation": Stage.INVESTIGATING, "appraisal": Stage.APPRAISING}


def _hang(walk: Walk, application: Application, kind: str, opinion: Opinion, days: int) -> Notice:
    """The projection: these fields and no others ever reach a board (security.md 3.1)."""
    applicant = application.applicant
    notice = Notice(
        application=application,
        opinion=opinion,
        kind=kind,
        township_id=application.township_id,
        village_id=application.village_id,
        from_on=walk.on,
        to_on=_last_day(walk.on, days),
        applicant=applicant.name,
        applicant_is_minor=age(applicant.birth_date, walk.on) < ADULT,
        members=opinion.members,
        programme=words_of(grants_of(opinion)),
        amount_fen=opinion.amount_fen,
        category=opinion.category,
        objection_phone=figure(PHONE_KEY, application, walk.on).as_text(),
        places=list(figure(PLACES_KEY, application, walk.on).as_texts()),
    )
    return insert([notice])[0]


def _last_day(first: date, days: int) -> date:
    """The day it goes up is not counted; it ends at the close of the last day (rules.md §9)."""
    return due(first, days, "calendar_day", working_calendar()).date


@act("publish_notice", Application)
def publish_notice(walk: Walk, application: Application) -> None:
    """Put the opinion on public notice from today."""
    opinion = opinion_or_refuse(queries.current_opinion(application))
    length = period(application, application.programmes, walk.on)
    notice = _hang(walk, application, NOTICE, opinion, length.as_int())
    walk.clock_keys["public_notice"] = length.key
    paper = walk.issue("public_notice", papers.public_notice(application, notice), township_office(application))
    update(notice, {"paper_ref": paper.ref, "paper_number": paper.number})
    walk.note(notice=notice.ref, from_on=notice.from_on, to_on=notice.to_on)


@act("record_posting", Application)
def record_posting(
    walk: Walk,
    application: Application,
    *,
    notice_ref: str,
    place: str,
    posted_on: date | None = None,
    photo_ref: str = "",
    taken_down_on: date | None = None,
    taken_down_photo_ref: str = "",
) -> None:
    """Record that a notice hangs at a place, or that it was taken down there.

    The period counts from the day it hangs everywhere: a late posting moves it.
    """
    notice = next((row for row in queries.notices_of(application) if row.ref == notice_ref), None)
    if notice is None or notice.withdrawn_on:
        raise Refused("这份公示（公布）不属于本件或已撤下，请从案件页重新打开。", "no_notice", 422, "notice_ref")
    if place not in notice.places:
        words = "、".join(notice.places)
        raise Refused(f"请选择张贴地点：{words}。", "no_such_place", 422, "place")
    hung = next((row for row in queries.postings(notice) if row.place == place), None)
    if hung is None:
        _post(walk, application, notice, place, posted_on, photo_ref)
    else:
        bind_files(walk, application, [taken_down_photo_ref] if taken_down_photo_ref else [], "taken_down_photo_ref")
        _take_down(walk, hung, notice, taken_down_on, taken_down_photo_ref)


def _post(
    walk: Walk, application: Application, notice: Notice, place: str, posted_on: date | None, photo_ref: str
) -> None:
    day = past_day(posted_on, walk.on, "posted_on", "张贴日期", not_before=notice.from_on)
    # A photo proves the posting but is never compulsory (screens.md, fixed points).
    bind_files(walk, application, [photo_ref] if photo_ref else [], "photo_ref")
    insert([Posting(notice=notice, place=place, posted_on=day, posted_by=walk.officer.staff, photo_ref=photo_ref)])
    if day > notice.from_on and notice.kind == NOTICE and application.stage == Stage.ON_NOTICE:
        _move_period(walk, application, notice, day)
    walk.note(notice=notice.ref, place=place, posted_on=day, from_on=notice.from_on, to_on=notice.to_on)


def _move_period(walk: Walk, application: Application, notice: Notice, first: date) -> None:
    days = (notice.to_on - notice.from_on).days
    notice.from_on, notice.to_on = first, _last_day(first, days)
    notice.save(update_fields=["from_on", "to_on"])
    clocks.stop(application.KIND, [application.pk], ["public_notice"], walk.on)
    key = period(application, application.programmes, walk.on).key
    clocks.start(application.KIND, application.pk, "public_notice", first, application.village_id, key=key)


def _take_down(walk: Walk, hung: Posting, notice: Notice, day: date | None, photo_ref: str) -> None:
    if hung.taken_down_on:
        raise Refused(f"“{hung.place}”已登记张贴和取下，不需要再登记。", "done", 409)
    if day is None:
        raise Refused(
            f"“{hung.place}”已登记于 {hung.posted_on:%Y-%m-%d} 张贴；登记取下请填写取下日期。",
            "missing",
            422,
            "taken_down_on",
        )
    taken = past_day(day, walk.on, "taken_down_on", "取下日期", not_before=hung.posted_on)
    if notice.kind == NOTICE and taken <= notice.to_on:
        raise Refused(
            f"公示到 {notice.to_on:%Y-%m-%d} 结束时才满，次日起方可取下，请按实际日期登记。",
            "too_early",
            422,
            "taken_down_on",
        )
    hung.taken_down_on, hung.taken_down_photo_ref = taken, photo_ref
    update(hung, {"taken_down_on": taken, "taken_down_photo_ref": photo_ref})
    walk.note(notice=notice.ref, place=hung.place, taken_down_on=taken)


@act("object_to_notice", Application)
def object_to_notice(
    walk: Walk,
    application: Application,
    *,
    content: str,
    objector: str = "",
    evidence: str = "",
    file_refs: list[str] | None = None,
) -> None:
    """Register an objection to the notice that runs. The objector is protected, and may stay unnamed."""
    notice = queries.current_notice(application)
    if notice is None:
        raise Refused("本件没有正在进行的公示，不能登记公示异议。", "no_notice")
    name = short(objector, "objector", "异议人", longest=100)
    objection = NoticeObjection.objects.create(
        notice=notice,
        application=application,
        named=bool(name),
        objector=name or None,
        content=said(content, "content", "异议内容"),
        evidence=short(evidence, "evidence", "证据或线索"),
        file_refs=bind_files(walk, application, file_refs or [], "file_refs"),
        raised_on=walk.on,
    )
    walk.issue("notice_objection", papers.notice_objection(application, objection))
    walk.note(notice=notice.ref, objection=objection.ref, named=objection.named)


@act("answer_objection", Application)
def answer_objection(walk: Walk, application: Application, *, way: str, reason: str) -> None:
    """Choose re-investigation or appraisal (D19). The notice comes down: a new opinion will say what holds."""
    objection = queries.open_objection(application)
    if objection is None:
        raise Refused("本件没有待处理的公示异议。", "no_objection")
    if way not in WAYS:
        raise Refused("请选择处理方式：重新调查或民主评议。", "missing", 422, "way")
    words = said(reason, "reason", "选定理由")
    objection.answer, objection.answer_reason, objection.answered_on = way, words, walk.on
    objection.save(update_fields=["answer", "answer_reason", "answered_on"])
    Notice.objects.filter(pk=objection.notice_id).update(withdrawn_on=walk.on)
    run_new_opinion(application, walk.on)
    walk.go(WAYS[way])
    walk.issue("notice_objection", papers.notice_objection(application, objection))
    walk.note(objection=objection.ref, way=way, reason=words)


@act("close_notice", Application)
def close_notice(walk: Walk, application: Application) -> None:
    """The period is over without open objection: hand the case to the deciding body."""
    notice = queries.current_notice(application)
    to_decision(walk, application)
    walk.note(notice=notice.ref if notice else "", to_on=notice.to_on if notice else None)


@act("announce", Application)
def announce(walk: Walk, application: Application) -> None:
    """Announce the decision (公布): name, number of members, amount, and nothing unrelated (D24)."""
    decision = queries.decision_of(application)
    if decision is None or not decision.approve:
        raise Refused("本件没有予以确认的决定，不能公布。", "no_decision")
    notice = _hang(walk, application, ANNOUNCEMENT, decision.opinion, figure(SHOWN_KEY, application, walk.on).as_int())
    paper = walk.issue(
        "announcement", papers.announcement(application, notice, decision), office_of_record(power_of(application))
    )
    update(notice, {"paper_ref": paper.ref, "paper_number": paper.number})
    walk.note(notice=notice.ref, from_on=notice.from_on, to_on=notice.to_on)
