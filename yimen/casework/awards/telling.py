"""Telling many households at once: one notice each, for a whole village or township in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.papers import desk
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award
from yimen.law.terms import MARKS, OfficeKind, Programme

MOST = 500
"""Notices of one act; whoever is left is told by the next one."""
TOWNSHIP = 9
"""Digits of a township's code; a longer one is a village."""


def township_of(walk: Walk, area: str, what: str) -> str:
    """The township of a place, where the officer holds a post of the row: there or in its district."""
    township, roles = area[:TOWNSHIP], set(walk.row.roles)
    here = walk.officer.holds(roles & TOWNSHIP_ROLES, township)
    if not here and not walk.officer.holds(roles & DISTRICT_ROLES, township[:6]):
        raise Refused(f"这里的{what}由当地乡镇（街道）或者本区告知，您的岗位不能办理。", "wrong_role", 403)
    if len(township) < TOWNSHIP:
        raise Refused("请选择乡镇（街道）或者村（社区）。", "area", 422, "area")
    return township


def mark_of(award: Award) -> str:
    """The programme in the numbers of an award's papers."""
    return MARKS[Programme(award.programme)]


def tell(
    walk: Walk, code: str, kind: str, township: str, told: Sequence[tuple[str, int, Award, Mapping[str, Any]]]
) -> list[Paper]:
    """The notices of one kind: reference and number of what each is about, the award, the paper's own data.

    In the name of the township office, whoever of the two bodies issues them. Raises Refused where one cannot be issued.
    """
    office = offices.office_of(township, OfficeKind.TOWNSHIP)
    head = {
        "handler": walk.officer.staff.name, "handler_phone": office.phone, "hotline": offices.hotlines(township),
    }  # fmt: skip
    return walk.issue_about(
        [
            (code, desk.About(kind, ref, number, {**_of_award(award), **head, **data}), mark_of(award))
            for ref, number, award, data in told
        ],
        office,
    )


def _of_award(award: Award) -> dict[str, Any]:
    return {
        "applicant": award.household.head.name,
        "case_number": award.number,
        "programme_name": Programme(award.programme).label,
        "village": award.village.name,
    }
