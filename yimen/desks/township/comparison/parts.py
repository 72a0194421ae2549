"""What the township's pages of the monthly comparison share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.casework.monthclose.comparison import queries, settling
from yimen.desks.shared.shapes import Cell, Link, Tag
from yimen.law.checks import is_source, source
from yimen.law.comparison import HitKind, HitState

TITLE = "每月比对"
READERS = TOWNSHIP_ROLES | DISTRICT_ROLES
_STATES = {
    HitState.OPEN: "amber",
    HitState.CONFIRMED: "blue",
    HitState.EXPLAINED: "green",
    HitState.DISMISSED: "neutral",
}
_URGENT = (HitKind.DEATH, HitKind.DUPLICATE)


def officer_of(request: HttpRequest) -> Officer:
    """Who asks."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def places_of(officer: Officer) -> list[str]:
    """The townships that the officer settles hits of; none for the district."""
    return sorted(officer.areas(TOWNSHIP_ROLES))


def crumbs(hit: Any = None) -> list[Link]:
    """The way back to the queue, and to the household."""
    home = [Link(TITLE, reverse("township:comparison"))]
    return [*home, Link(hit.award.household.head.name, url(hit.award))] if hit is not None else home


def url(award: Any) -> str:
    """The page of a household's hits."""
    return reverse("township:comparison_household", args=[award.ref])


def kind_cell(hit: Any) -> Cell:
    """What it is about; where pay is held, it says so."""
    kind = HitKind(hit.kind)
    return Cell(tag=Tag("red" if kind in _URGENT else "blue", kind.label), note="已暂缓发放" if hit.held else "")


def before_cell(hit: Any) -> Cell:
    """What was known before, and where it stands."""
    return Cell(hit.before_text or "没有记载", note=hit.before_from)


def now_cell(hit: Any) -> Cell:
    """What was found, by whom and when."""
    label = source(hit.source).label if is_source(hit.source) else hit.source
    return Cell(hit.now_text or "", note=f"{label}，{hit.queried_on}")


def state_cell(hit: Any) -> Cell:
    """How it was settled, by whom and why."""
    state = HitState(hit.state)
    if state is HitState.CONFIRMED and hit.change is not None:
        return Cell("已登记变动", reverse("township:change", args=[hit.change.ref]))
    note = f"{hit.settled_on} {hit.settled_by.name}：{hit.reason}" if hit.settled_by else ""
    return Cell(tag=Tag(_STATES[state], state.label), note=note)


def who(hit: Any) -> str:
    """Whom it is about."""
    return settling.name_of(hit)


def item_cell(hit: Any) -> str:
    """The item in words."""
    return queries.item_label(hit)
