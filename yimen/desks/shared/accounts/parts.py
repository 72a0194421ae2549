"""What the pages of payment share, at the township's desk and at the district's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.offices import queries as offices
from yimen.casework.households import queries as households
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.shapes import Fact, Filter, Link, Section
from yimen.law import procedure
from yimen.law.terms import Role

READERS = TOWNSHIP_ROLES | PAYING_ROLES | DISTRICT_ROLES
BOTH = ("GET", "POST")


def officer_of(request: HttpRequest) -> Officer:
    """Who asks."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def given(sections: Sequence[Section], number: int = 0) -> dict[str, Any]:
    """The cleaned entries of a section's form."""
    return dict(sections[number].form.cleaned_data)  # type: ignore[union-attr]


def here(officer: Officer) -> list[str]:
    """The townships whose money the officer works on."""
    return officer.areas(TOWNSHIP_ROLES | PAYING_ROLES)


def roles_of(act: str) -> frozenset[Role]:
    """The roles of an act by the procedure."""
    return frozenset(procedure.OFFICE_STEPS[act].roles)


def of_district(officer: Officer) -> bool:
    """Whether the officer looks from the district."""
    return bool(officer.roles & DISTRICT_ROLES)


def places(asked: Asked) -> list[Filter]:
    """The drop-downs of the place: the township for the district, and the village where one township is meant."""
    officer, made = asked.officer, []
    codes = here(officer)
    if "township" in asked.listing.filters:
        rows = [(row.code, row.name) for row in offices.townships(officer.district)]
        made.append(asked.filter("township", "乡街", [("", "全部"), *rows]))
        codes = [asked.get("township")] if asked.get("township") else []
    villages = [(row.code, row.name) for code in codes for row in offices.villages(code)]
    return [*made, asked.filter("village", "村（社区）", [("", "全部"), *villages])]


def tail(account: Any) -> str:
    """An account as lists show it: bank and last four digits (K25)."""
    return f"{account.bank} 尾号 {str(account.number)[-4:]}" if account else "—"


def accounts(household: Any, label: str = "现在的账户") -> list[Fact]:
    """The account in use, and the one that is confirmed and begins on a later day."""
    now, coming = households.account_now_and_later(household)
    return [Fact(label, f"{now.holder}　{tail(now)}" if now else "没有登记"), *later(coming)]


def later(coming: Any) -> list[Fact]:
    """The account that begins on a later day; nothing where there is none."""
    return [Fact("以后的账户", f"{coming.holder}　{tail(coming)}", note=f"{coming.from_on} 起用")] if coming else []


def name_cell(officer: Officer, award: Any) -> Link | str:
    """The head of the household; a link where the officer may open the history of the award."""
    name = str(award.household.head.name)
    if officer.roles & (TOWNSHIP_ROLES | DISTRICT_ROLES):
        return Link(name, reverse("township:award", args=[award.ref]))
    return name
