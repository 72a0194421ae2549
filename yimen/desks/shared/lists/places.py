"""The drop-downs of the place that lists share: the townships of the district, the villages of a township."""

from __future__ import annotations

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.offices import queries as offices
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.shapes import Filter


def villages(officer: Officer, township: str = "") -> list[tuple[str, str]]:
    """The villages of the township chosen, else of the own ones."""
    codes = [township] if township else officer.areas(TOWNSHIP_ROLES)
    return [(row.code, row.name) for code in codes for row in offices.villages(code)]


def townships(officer: Officer) -> list[tuple[str, str]]:
    """The townships of the officer's district."""
    return [(row.code, row.name) for row in offices.townships(officer.district)]


def village_filter(asked: Asked) -> Filter:
    """The villages of the township that the list is narrowed to, else of the own ones."""
    rows = villages(asked.officer, asked.filters.get("township", ""))
    return asked.filter("village", "村（社区）", [("", "全部"), *rows])


def township_filter(asked: Asked) -> Filter:
    """The townships of the officer's district."""
    return asked.filter("township", "乡街", [("", "全部"), *townships(asked.officer)])
