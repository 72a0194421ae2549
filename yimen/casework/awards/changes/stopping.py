"""Reading notices of a proposed end of 特困: where they hang, and what the web may show of them (K22; T26)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from yimen.casework.awards.models import StopNotice
from yimen.law.calendar import today
from yimen.law.identity import mask_name, surname_only
from yimen.law.terms import Programme

KIND = "stop"
"""In addresses, beside those of notices and announcements."""


def missing_places(notice: StopNotice) -> list[str]:
    """Places where it should hang and nobody has recorded that it does."""
    hung = set(notice.postings.values_list("place", flat=True))
    return [place for place in notice.places if place not in hung]


@dataclass(frozen=True)
class StopRow:
    """All that the web says of a proposed end: the name masked, the ground in neutral words."""

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


def web_row(notice: StopNotice) -> StopRow:
    """As the public web shows it, from the row of the notice alone."""
    name = surname_only(notice.applicant) if notice.applicant_is_minor else mask_name(notice.applicant)
    return StopRow(
        notice.ref, name, notice.village.name, notice.township.name, Programme.TEKUN.label, notice.ground,
        notice.from_on, notice.to_on, notice.objection_phone,
    )  # fmt: skip


def web_rows(village: str, on: dt.date | None = None) -> list[StopRow]:
    """What the public web shows for a village."""
    return [web_row(notice) for notice in showing(on).filter(village_id=village)]


def counted(district: str, on: dt.date | None = None) -> dict[str, dict[str, int]]:
    """Per township code the villages with something to show and how many, for browsing by place."""
    rows = showing(on).filter(township__code__startswith=district).order_by("township_id", "village_id")
    found: dict[str, dict[str, int]] = {}
    for township, village in rows.values_list("township_id", "village_id"):
        counts = found.setdefault(township, {})
        counts[village] = counts.get(village, 0) + 1
    return found
