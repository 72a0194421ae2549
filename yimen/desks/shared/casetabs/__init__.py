"""The middle column of the case page: current work, or one of the tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from yimen.base.access.officer import Officer
from yimen.casework.applications import queries as applications
from yimen.desks.shared.casetabs.family import family
from yimen.desks.shared.casetabs.findings import check, visit
from yimen.desks.shared.casetabs.paperwork import materials, papers_tab, record_tab
from yimen.desks.shared.casetabs.work import work
from yimen.desks.shared.shapes import Block, Fact
from yimen.law.terms import Stage

_TABS: dict[str, Callable[[Officer, Any], Sequence[Block]]] = {
    "": work,
    "family": family,
    "check": check,
    "visit": visit,
    "materials": materials,
    "papers": papers_tab,
    "record": record_tab,
}


def blocks(tab: str, officer: Officer, application: Any) -> Sequence[Block]:
    """The blocks of a tab."""
    return _TABS[tab](officer, application)


def side(application: Any) -> list[Block]:
    """Cards under the figures: the household's other cases."""
    others = [row for row in applications.of_household(application.household) if row.pk != application.pk][:5]
    if not others:
        return []
    return [Block("本户其他申请", facts=[Fact(row.number, Stage(row.stage).label) for row in others])]
