"""我的走访 (S27): the households of the own village to visit by due day, the notices to hang up or take down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import VILLAGE_ROLES, Officer
from yimen.base.offices import queries as offices
from yimen.casework.applications import queries as applications
from yimen.casework.awards import recertify_queries as recertify, residence_queries as residing
from yimen.casework.decisions import boards
from yimen.casework.investigation import queries as investigation
from yimen.desks.shared.pages import show
from yimen.desks.shared.reviews import due_tag, state_tag
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Empty, Fact, Page, Tag, Visit
from yimen.desks.shared.work import Work, act_url, work_of
from yimen.law import procedure
from yimen.law.calendar import add_months, first_day, today
from yimen.law.recertify import RecertifyState
from yimen.law.terms import OfficeKind, Order, Stage

NOTHING = "没有要走访的家庭，没有到期要复核的家庭，也没有要张贴的公示。乡街受理了本村（社区）的新申请后，会出现在这里。"


def _stages(act: str) -> set[Stage]:
    """Where an act may be done, in whichever order."""
    rows = [procedure.step(order, act) for order in Order]
    return {stage for row in rows if row for stage in row.stages}


def _due(officer: Officer, codes: list[str], on: date) -> list[Work]:
    """Cases of these villages whose current round has no visit yet, the most pressing first."""
    rows = applications.visible(officer).filter(village_id__in=codes, stage__in=_stages("home_visit"))
    return work_of(officer, investigation.without_visit(rows).order_by("id"), on)


def _visit(work: Work) -> Visit:
    item, clock = work.application, work.pressing
    tag = Tag(clock.tone, clock.text) if clock else None
    until = f"，{clock.due_on:%m-%d} 前" if clock and clock.due_on else ""
    return Visit(
        item.applicant.name,
        item.household.group or item.village.name,
        f"入户调查{until}",
        act_url(item.ref, "home_visit"),
        tag,
    )


def _posting(notice: Any, on: date) -> Visit | None:
    """A notice that does not hang everywhere yet, or hangs though its time is over."""
    kind = boards.KIND_WORDS[notice.kind]
    over = on > notice.to_on
    hanging = [row.place for row in notice.postings.all() if row.taken_down_on is None]
    places, word = (hanging, "取下") if over else (boards.missing_places(notice), "张贴")
    if not places:
        return None
    tag = Tag("amber", f"待{word}") if over else Tag("blue", f"至 {notice.to_on:%m-%d}")
    url = act_url(notice.application.ref, "record_posting")
    return Visit(boards.printed_name(notice), kind, f"{word}：{'、'.join(places)}", url, tag)


def _postings(officer: Officer, codes: list[str], on: date) -> list[Visit]:
    made = []
    for kind in boards.KIND_WORDS:
        rows = boards.visible_notices(officer, kind).filter(
            village_id__in=codes, withdrawn_on__isnull=True, application__stage__in=_stages("record_posting")
        )
        made += [visit for notice in rows if (visit := _posting(notice, on))]
    return made


_LOOKED_AT = (RecertifyState.RECORDED, RecertifyState.CHANGING)


def _reviews(officer: Officer, on: date) -> list[Visit]:
    """Households of the village to look at again until the end of the month, the longest overdue first."""
    found = list(recertify.due(officer, add_months(first_day(on), 1)))
    under_way = recertify.open_of(found)
    living = residing.current_of(award.household_id for award in found)
    made = []
    for award in found:
        review = under_way.get(award.pk)
        if review is not None and review.state in _LOOKED_AT:
            continue
        tag = state_tag(review) if review else due_tag(award.recertify_on, on)
        home = award.household
        reason = f"定期复核，{award.recertify_on:%m-%d} 前，同乡街人员一起核查"
        where = home.group or award.village.name
        if award.household_id in living:
            where = f"现住{residing.area_words(living[award.household_id])}"
        made.append(Visit(home.head.name, where, reason, reverse("household", args=[home.ref]), tag))
    return made


def _phone(officer: Officer) -> Fact | None:
    office = offices.find_office(officer.office.area_id[:9], OfficeKind.TOWNSHIP)
    return Fact("乡街电话", office.phone) if office and office.phone else None


@route("visits.read", "application", "place", VILLAGE_ROLES)
def visits(request: HttpRequest) -> HttpResponse:
    """The aide's own village, nothing else (V2)."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    codes, on = officer.areas(VILLAGE_ROLES), today()
    due = [_visit(work) for work in _due(officer, codes, on)]
    hang = _postings(officer, codes, on)
    again = _reviews(officer, on)
    words = (
        f"要走访 {len(due)} 户，要复核 {len(again)} 户，要张贴、取下 {len(hang)} 件。" if due or hang or again else ""
    )
    return show(
        request,
        "village/visits.html",
        page=Page("我的走访", words),
        visits=[*due, *again, *hang],
        empty=Empty(NOTHING),
        call=_phone(officer),
    )
