"""What letters of a case share: whom to call, remedies, places. Later rooms use it for their own papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office, Staff
from yimen.base.papers import library
from yimen.casework.applications.models import Application
from yimen.casework.applications.queries import programme_words
from yimen.law.standards import Unset
from yimen.law.terms import OfficeKind


def township_office(application: Application) -> Office:
    """The township or street office of the case."""
    return offices.office_of(application.township_id, OfficeKind.TOWNSHIP)


def hotlines(application: Application) -> str:
    """Complaint and information numbers of the township and the district (D36; L60)."""
    return offices.hotlines(str(application.township_id))


def head(application: Application, handler: Staff | None = None) -> dict[str, Any]:
    """Keys that nearly every letter carries."""
    person = handler or application.handler
    office = township_office(application)
    return {
        "case_number": application.number,
        "applicant": application.applicant.name,
        "programme_name": programme_words(application),
        "programme": programme_words(application),
        "applied_on": application.applied_on,
        "township": office.name,
        "village": application.village.name,
        "handler": person.name if person else "",
        "handler_phone": office.phone,
        "hotline": hotlines(application),
    }


def home_of(application: Application) -> str:
    """Where the household lives, from the village down; what the address says itself is not said twice."""
    household, village = application.household, application.village.name
    own = household.address or ""
    parts = [part for part in (village, household.group) if part and part not in own]
    return "".join([*parts, own])


def fitting(code: str, application: Application, handler: Staff | None = None) -> dict[str, Any]:
    """The part of :func:`head` that a paper has fields for."""
    form = library.form(code)
    return {key: value for key, value in head(application, handler).items() if form.field(key)}


def remedies(application: Application, on: date) -> list[str]:
    """Reconsideration and lawsuit in the district's own wording (D38; L76). Unset blocks every adverse paper."""
    value = figures.figure("remedy.text", application.village_id, on).value
    return [value] if isinstance(value, str) else [str(line) for line in value]


def setting(key: str, application: Application, on: date, default: Any) -> Any:
    """A figure that nothing waits for: the district's value, or the default where it is unset."""
    try:
        return figures.figure(key, application.village_id, on).value
    except Unset:
        return default
