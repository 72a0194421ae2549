"""Reading notices of a proposed end of 特困: where they hang, and what each channel may show of them (K22; T26)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from yimen.casework.awards.models import StopNotice
from yimen.casework.decisions.boards import by_place
from yimen.law import identity
from yimen.law.calendar import today
from yimen.law.terms import Programme


def missing_places(notice: StopNotice) -> list[str]:
    """Places where it should hang and nobody has recorded that it does."""
    hung = set(notice.postings.values_list("place", flat=True))
    return [place for place in notice.places if place not in hung]


@dataclass(frozen=True)
class StopRow:
    """All that a board says of a proposed end, the ground in neutral words. ``name`` is fit for its channel."""

    ref: str
    name: str
    village: str
    township: str
    programme: str
    ground: str
    from_on: dt.date
    to_on: dt.date
    objection_phone: str


def showing(on: dt.date | None = None) -> QuerySet[StopNotice]:
    """Notices that may hang on a day: begun, not over, not taken down by an objection."""
    day = on or today()
    rows = StopNotice.objects.filter(from_on__lte=day, to_on__gte=day, objected_on__isnull=True)
    return rows.select_related("village", "township").order_by("village_id", "id")


def _row(notice: StopNotice, name: str) -> StopRow:
    return StopRow(
        notice.ref, name, notice.village.name, notice.township.name, Programme.TEKUN.label, notice.ground,
        notice.from_on, notice.to_on, notice.objection_phone,
    )  # fmt: skip


def printed_name(notice: StopNotice) -> str:
    """In full on the boards of the place, by surname for a minor."""
    return identity.board_name(notice.applicant, notice.applicant_is_minor)


def board(*, township: str = "", village: str = "", on: dt.date | None = None) -> list[StopRow]:
    """What hangs on the board or screen of a township or a village: names in full."""
    rows = showing(on).filter(village_id=village) if village else showing(on).filter(township_id=township)
    return [_row(notice, printed_name(notice)) for notice in rows]


def web_row(notice: StopNotice) -> StopRow:
    """As the public web shows it, from the row of the notice alone."""
    return _row(notice, identity.web_name(notice.applicant, notice.applicant_is_minor))


def web_rows(village: str, on: dt.date | None = None) -> list[StopRow]:
    """What the public web shows for a village."""
    return [web_row(notice) for notice in showing(on).filter(village_id=village)]


def counted(district: str, on: dt.date | None = None) -> dict[str, dict[str, int]]:
    """Per township code the villages with something to show and how many, for browsing by place."""
    return by_place(showing(on).filter(township__code__startswith=district))
