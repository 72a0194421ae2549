"""Reading public notices: what a board may say, per channel, and nothing else (K22; screens.md §9).

Everything a board shows comes from the row of the notice, never from the case. What is over vanishes by its dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.memory import remembered
from yimen.base.access.officer import Officer
from yimen.base.prepared import prepared
from yimen.casework.applications.models import Application
from yimen.casework.decisions.models import Notice, NoticeObjection, Posting
from yimen.law import identity
from yimen.law.calendar import today

NOTICE, ANNOUNCEMENT = "notice", "announcement"
KIND_WORDS = {NOTICE: "公示", ANNOUNCEMENT: "公布"}


@gate.scope(Notice)
def _notice_scope(officer: Officer) -> Q:
    return gate.by_place(officer)


@dataclass(frozen=True)
class BoardRow:
    """All that a board says of one household. ``name`` is fit for its channel."""

    ref: str
    kind: str
    kind_words: str
    name: str
    village: str
    township: str
    members: int
    programme: str
    amount_fen: int
    category: str
    from_on: date
    to_on: date
    objection_phone: str

    @property
    def days_left(self) -> int:
        """Days until the last day, 0 on it."""
        return (self.to_on - today()).days


@dataclass(frozen=True)
class NoticeView:
    """A notice for its own staff: the projection with where it hangs and what was said against it."""

    notice: Notice
    row: BoardRow
    postings: list[Posting]
    missing_places: list[str]
    objections: list[NoticeObjection]
    running: bool


def _rows(kind: str) -> QuerySet[Notice]:
    return Notice.objects.filter(kind=kind).select_related("village", "township").order_by("village_id", "id")


def notices(kind: str, on: date | None = None) -> QuerySet[Notice]:
    """Notices of a kind that may hang on a day: begun, not over, not withdrawn."""
    day = on or today()
    return _rows(kind).filter(from_on__lte=day, to_on__gte=day, withdrawn_on__isnull=True)


def printed_name(notice: Notice) -> str:
    """In full on the boards of place, by surname for a minor."""
    return identity.board_name(notice.applicant, notice.applicant_is_minor)


def web_name(notice: Notice) -> str:
    """Masked on the public web, by surname for a minor."""
    return identity.web_name(notice.applicant, notice.applicant_is_minor)


def _row(notice: Notice, name: str) -> BoardRow:
    return BoardRow(
        ref=notice.ref,
        kind=notice.kind,
        kind_words=KIND_WORDS[notice.kind],
        name=name,
        village=notice.village.name,
        township=notice.township.name,
        members=notice.members,
        programme=notice.programme,
        amount_fen=notice.amount_fen,
        category=notice.category,
        from_on=notice.from_on,
        to_on=notice.to_on,
        objection_phone=notice.objection_phone,
    )


def board(kind: str, *, township: str = "", village: str = "", on: date | None = None) -> list[BoardRow]:
    """What hangs on the board or screen of a township or a village: names in full."""
    rows = notices(kind, on)
    rows = rows.filter(village_id=village) if village else rows.filter(township_id=township)
    return [_row(notice, printed_name(notice)) for notice in rows]


def public_board(kind: str, village: str, on: date | None = None) -> list[BoardRow]:
    """What the public web shows for a village: names masked, and no other way to find anybody."""
    return [_row(notice, web_name(notice)) for notice in notices(kind, on).filter(village_id=village)]


def public_places(kind: str, district: str, on: date | None = None) -> dict[str, dict[str, int]]:
    """Per township code the villages with something to show of a kind and how many rows, for browsing by place."""
    return by_place(notices(kind, on).filter(township__code__startswith=district))


def by_place(rows: QuerySet[Any]) -> dict[str, dict[str, int]]:
    """How many notices hang, per township and village; ``rows`` have ``township`` and ``village``."""
    found: dict[str, dict[str, int]] = {}
    for township, village in rows.order_by("township_id", "village_id").values_list("township_id", "village_id"):
        counts = found.setdefault(township, {})
        counts[village] = counts.get(village, 0) + 1
    return found


def board_rows_of(notice: Notice) -> dict[str, BoardRow]:
    """The same notice per channel: ``print`` and ``web``, for the preview before it goes up."""
    return {"print": _row(notice, printed_name(notice)), "web": _row(notice, web_name(notice))}


@prepared
def _notices_of(case: int) -> QuerySet[Notice]:
    return Notice.objects.filter(application_id=case).select_related("village", "township").order_by("-id")


@remembered
def notices_of(application: Application) -> list[Notice]:
    """Every notice and announcement of a case, the newest first."""
    return _notices_of(application.pk)


def current_notice(application: Application) -> Notice | None:
    """The public notice that runs or ran last and was not withdrawn."""
    return next((row for row in notices_of(application) if row.kind == NOTICE and row.withdrawn_on is None), None)


def announcement_of(application: Application) -> Notice | None:
    """The announcement of the decision."""
    return next((row for row in notices_of(application) if row.kind == ANNOUNCEMENT), None)


def visible_notices(officer: Officer, kind: str) -> QuerySet[Notice]:
    """Notices of a kind within an officer's scope, over or not, the newest first."""
    rows = gate.within(officer, Notice.objects.filter(kind=kind))
    return rows.select_related("village", "township", "application").prefetch_related("postings").order_by("-id")


def unposted(application_ids: Iterable[int]) -> set[int]:
    """Which of these cases have a notice that does not yet hang everywhere, in one statement."""
    rows = Notice.objects.filter(application_id__in=list(application_ids), kind=NOTICE, withdrawn_on__isnull=True)
    hung = rows.annotate(hung=Count("postings")).order_by().values_list("application_id", "places", "hung")
    return {pk for pk, places, count in hung if count < len(places)}


@prepared
def _postings(notice: int) -> QuerySet[Posting]:
    return Posting.objects.filter(notice_id=notice).select_related("posted_by").order_by("id")


@remembered
def postings(notice: Notice) -> list[Posting]:
    """Where and by whom a notice was hung, the first first."""
    return _postings(notice.pk)


def missing_places(notice: Notice) -> list[str]:
    """Places where it should hang and nobody has recorded that it does."""
    fetched = "postings" in getattr(notice, "_prefetched_objects_cache", {})
    hung = {posting.place for posting in (notice.postings.all() if fetched else postings(notice))}
    return [place for place in notice.places if place not in hung]


def places_to_post(cases: Iterable[Application]) -> list[str]:
    """Where the live notices of these cases still have to hang, each place once."""
    rows = Notice.objects.filter(application__in=[case.pk for case in cases], withdrawn_on__isnull=True)
    found = [place for notice in rows.prefetch_related("postings").order_by("id") for place in missing_places(notice)]
    return list(dict.fromkeys(found))


@prepared
def _objections(case: int) -> QuerySet[NoticeObjection]:
    return NoticeObjection.objects.filter(application_id=case).select_related("notice").order_by("id")


@remembered
def objections(application: Application) -> list[NoticeObjection]:
    """Objections to the notices of a case, the oldest first."""
    return _objections(application.pk)


def open_objection(application: Application) -> NoticeObjection | None:
    """The objection for which no way of answering has been chosen yet."""
    return next((row for row in objections(application) if not row.answer), None)


def notice_view(officer: Officer, ref: str) -> NoticeView:
    """A notice within the officer's scope; Unknown otherwise."""
    notice = gate.fetch(officer, Notice.objects.select_related("village", "township", "application"), ref)
    return NoticeView(
        notice,
        _row(notice, printed_name(notice)),
        list(notice.postings.select_related("posted_by").order_by("id")),
        missing_places(notice),
        list(notice.objections.order_by("id")),
        notice.withdrawn_on is None and notice.from_on <= today() <= notice.to_on,
    )
