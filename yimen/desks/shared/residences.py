"""人户分离 as several desks show it: the mark, where the household lives now, where it lived."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yimen.casework.awards import residence_queries as residences
from yimen.desks.shared.listing import listing
from yimen.desks.shared.shapes import Block, Cell, Fact, Link, Tag

LABEL = "人户分离"
HERE = "户籍地"
CHOICES = [("", "全部"), (residences.APART, "人户分离"), (residences.AT_HOME, "住在户籍地")]
NOTE = "户籍地乡街继续负责这一户，经常居住地的乡街、村（社区）配合调查和动态管理（民发〔2021〕57号第十五条）；保障金不因此改变。"


def cell(row: Any) -> Cell:
    """Where a household of a list lives: marked where that is elsewhere."""
    return Cell(residences.area_words(row), tag=Tag("amber", LABEL)) if row is not None else Cell(HERE)


def facts(household: Any) -> list[Fact]:
    """Where the household lives now and who helps there; nothing of one that lives at its hukou place."""
    row = residences.current_of([household.pk]).get(household.pk)
    if row is None:
        return []
    made = [Fact("现居住地", residences.whole_words(row), note=f"自 {row.from_on:%Y-%m-%d}", tag=Tag("amber", LABEL))]
    if row.contact or row.phone:
        made.append(Fact("居住地联系人", "　".join(each for each in (row.contact, row.phone) if each)))
    helper = "　".join(each for each in (row.helper, row.helper_phone) if each)
    return [*made, Fact("居住地协助单位", helper or "还没有委托")]


def lived(household: Any) -> list[Block]:
    """Every residence away from the hukou place, the newest first; nothing where there was none."""
    rows = [
        (
            Link(f"{row.from_on:%Y-%m-%d}", reverse("township:change", args=[row.change.ref])),
            f"{row.to_on:%Y-%m-%d}" if row.to_on else "至今",
            residences.whole_words(row),
            row.contact or "—",
            row.helper or "—",
        )
        for row in residences.of_household(household.pk)
    ]  # fmt: skip
    return [listing(LABEL, "自 至 居住地 联系人 协助单位", rows, note=NOTE)] if rows else []
