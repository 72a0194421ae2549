"""The line of tools over a list: my views, columns, density, and a word where an earlier filter still holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.shapes import Link


@dataclass(frozen=True)
class ColumnChoice:
    """One column in the form that chooses them; ``place`` is its number from left, ``key`` its usual one."""

    text: str
    shown: bool
    place: int
    key: int


@dataclass(frozen=True)
class ListTools:
    """What the template of a list shows besides the table. ``kept`` is the view as it would be saved."""

    listing: str
    back: str
    first: str
    columns: Sequence[ColumnChoice]
    views: Sequence[Link]
    view_ref: str = ""
    view_name: str = ""
    remembered: bool = False
    clear_url: str = ""
    changed: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)


def _choice(asked: Asked, text: str, place: int) -> ColumnChoice:
    return ColumnChoice(text, text in asked.columns, place, asked.listing.columns.index(text))


def tools(asked: Asked) -> ListTools:
    """The tools of a list as it stands."""
    listing, request = asked.listing, asked.request
    path = request.path
    rest = [text for text in listing.columns if text not in asked.columns]
    order = [*asked.columns[1:], *rest]
    query = request.GET.urlencode()
    names = list(listing.filters)
    empty = {name: value for name, value in request.GET.items() if name not in (*names, "view", "page", "cols")}
    cleared = urlencode({**empty, **dict.fromkeys(names, "")})
    return ListTools(
        listing=listing.name,
        back=f"{path}?{query}" if query else path,
        first=listing.columns[0],
        columns=[_choice(asked, text, place) for place, text in enumerate(order, 2)],
        views=[Link(row.name, f"{path}?view={row.ref}", current=row is asked.view) for row in asked.views],
        view_ref=asked.view.ref if asked.view else "",
        view_name=asked.view.name if asked.view else "",
        remembered=not asked.explicit and asked.view is None and any(asked.filters.values()),
        clear_url=f"?{cleared}" if names else "",
        changed=asked.columns != listing.first_shown,
        kept={"listing": listing.name, "path": path, "query": urlencode(asked.whole()), "size": str(asked.size)},
    )
