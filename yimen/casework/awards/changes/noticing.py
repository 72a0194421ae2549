"""The public notice before 特困 ends, and the objection to it (T26): seven days, then again after an objection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices.queries import working_calendar
from yimen.casework.awards.changes import papers
from yimen.casework.awards.changes.common import (
    check_township,
    finding_or_refuse,
    move,
    past,
    start_clock,
    stop_clocks,
    take,
    text,
    views_of,
)
from yimen.casework.awards.changes.duties import duties, local_grounds
from yimen.casework.awards.changes.stopping import missing_places
from yimen.casework.awards.models import ChangeCase, ChangeFinding, StopNotice, StopPosting
from yimen.law.aftercare.changing import ChangeState
from yimen.law.aftercare.grounds import ground_of
from yimen.law.calendar import age, due
from yimen.law.rules.members import ADULT

DAYS, PLACES, PHONE = "tekun.stop_public_notice_days", "notice.places", "notice.objection_phone"


@office_act("publish_stop_notice")
def publish_stop_notice(walk: Walk, *, ref: str, answer: str = "", version: int | None = None) -> ChangeCase:
    """Show the proposed end in the village or institution; after an objection with the answer to it, and again."""
    change = take(walk, ref, (ChangeState.RECKONED,), version)
    check_township(walk, change)
    finding, asked = finding_or_refuse(change), duties(change, walk.on)
    if asked is None or not asked.public_notice:
        raise Refused("只有特困终止须先公示，本件不需要公示。", "not_needed")
    if asked.hearing and views_of(change, finding) is None:
        raise Refused("公示以前须先听取本人意见（社会救助法第四十八条）。", "not_heard")
    _answer(change, answer, walk.on)
    notice = _hang(change, finding, walk.on)
    paper = papers.issue(walk, change, "termination_public_notice", papers.termination_public_notice(change, notice))
    start_clock(change, "stop_notice", walk.on)
    stop_clocks(change, ["stop_decision"], walk.on)
    move(walk, change, ChangeState.ON_NOTICE)
    walk.note(notice=notice.ref, from_on=notice.from_on, to_on=notice.to_on, paper=paper.number)
    return change


def _answer(change: ChangeCase, answer: str, on: dt.date) -> None:
    open_now = change.notices.filter(objected_on__isnull=False, answered_on__isnull=True).order_by("-id").first()
    if open_now is None:
        return
    said = text(answer, "answer", "对公示异议的复核结论")
    StopNotice.objects.filter(pk=open_now.pk).update(answer=said, answered_on=on)


def _hang(change: ChangeCase, finding: ChangeFinding, on: dt.date) -> StopNotice:
    """The projection: these fields and no others ever reach a board (security.md 3.1)."""
    award, village = change.award, change.award.village_id
    ground = ground_of(change.ground, local_grounds(award, on))
    person = award.persons.order_by("id").select_related("person")[0].person
    return StopNotice.objects.create(
        change=change,
        finding=finding,
        from_on=on,
        to_on=_last_day(village, on, on),
        places=list(figures.figure(PLACES, village, on).as_texts()),
        ground=ground.public[:100],
        township_id=award.township_id,
        village_id=village,
        applicant=person.name,
        applicant_is_minor=age(person.birth_date, on) < ADULT,
        objection_phone=figures.figure(PHONE, village, on).as_text(),
    )


def _last_day(village: str, first: dt.date, on: dt.date) -> dt.date:
    """The day it goes up is not counted; it ends at the close of the last day (rules.md §9)."""
    return due(first, figures.figure(DAYS, village, on).as_int(), "calendar_day", working_calendar()).date


@office_act("post_stop_notice")
def post_stop_notice(
    walk: Walk, *, ref: str, places: Sequence[str], posted_on: dt.date | None, version: int | None = None
) -> ChangeCase:
    """The notice hangs at these places since a day. The days count from when it hangs everywhere: a late posting moves them."""
    change = take(walk, ref, (ChangeState.ON_NOTICE,), version)
    check_township(walk, change)
    notice = change.notices.order_by("-id").first()
    if notice is None:
        raise Refused("本件没有正在进行的公示。", "no_notice")
    wanted, left = list(dict.fromkeys(places)), missing_places(notice)
    if not wanted or set(wanted) - set(left):
        words = f"请选择张贴地点：{'、'.join(left)}。" if left else "各处都已登记张贴，不需要再登记。"
        raise Refused(words, "places", 422, "places")
    day = past(posted_on, walk.on, "posted_on", "张贴日期")
    if day < notice.from_on:
        raise Refused(f"张贴日期不能早于公示开始的 {notice.from_on:%Y-%m-%d}。", "too_early", 422, "posted_on")
    StopPosting.objects.bulk_create(
        [StopPosting(notice=notice, place=place, posted_on=day, posted_by=walk.officer.staff) for place in wanted]
    )
    if day > notice.from_on:
        notice.from_on, notice.to_on = day, _last_day(change.award.village_id, day, walk.on)
        notice.save(update_fields=["from_on", "to_on"])
        stop_clocks(change, ["stop_notice"], walk.on)
        start_clock(change, "stop_notice", day)
    move(walk, change)
    walk.note(notice=notice.ref, places=wanted, posted_on=day, from_on=notice.from_on, to_on=notice.to_on)
    return change


@office_act("object_to_stop")
def object_to_stop(walk: Walk, *, ref: str, content: str, objector: str = "", version: int | None = None) -> ChangeCase:
    """An objection to the notice: it comes down, the matter is looked into within the limit and shown again (T26)."""
    change = take(walk, ref, (ChangeState.ON_NOTICE,), version)
    check_township(walk, change)
    notice = change.notices.order_by("-id").first()
    if notice is None:
        raise Refused("本件没有正在进行的公示。", "no_notice")
    said = text(content, "content", "异议内容")
    who = text(objector, "objector", "异议人", 100, needed=False)
    StopNotice.objects.filter(pk=notice.pk).update(objection=said, objector=who or None, objected_on=walk.on)
    stop_clocks(change, ["stop_notice"], walk.on)
    start_clock(change, "stop_decision", walk.on)
    move(walk, change, ChangeState.RECKONED)
    walk.note(notice=notice.ref, named=bool(who))
    return change
