"""月度变动 for the district: one row for each township, the same columns, sums (四(四))."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.casework.awards import additions, month_counts
from yimen.desks.shared import months as view
from yimen.desks.shared.deadlines import deadline_tiles
from yimen.desks.shared.lists.places import townships
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Link, Page
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import today

_EMPTY = "这个月没有在保的家庭，也没有变动。"


def _own(code: str, name: str, wanted: view.Wanted) -> Link:
    """A township's own page of the month."""
    return Link(name, f"{reverse('township:month', args=[wanted.month])}?{wanted.query(township=code)}")


@route("months.read", "award", "district", DISTRICT_ROLES)
def month(request: HttpRequest, month: str = "") -> HttpResponse:
    """Every township of the district; its name leads to its own page of the month, a figure to its households."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    wanted = view.Wanted(view.month_asked(month), programme=view.wanted_of(request, month).programme)
    compared = wanted.compared(officer)
    found = month_counts.tallies_of_townships(compared)
    names = dict(townships(officer))
    table = view.counted(
        view.TOWNSHIPS,
        [
            (_own(code, name, wanted), found.get(code, month_counts.Tally()), {"township": code})
            for code, name in names.items()
        ],
        wanted,
        _EMPTY,
        additions.sums(wanted.then(officer), wanted.month, "township_id"),
    )
    words = view.month_words(wanted.month)
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"各乡街月度变动 {words}",
            f"{words}应发多少，与 {view.month_words(later_month(wanted.month, -1))}相比变了什么；点乡街看原因，点数字看家庭。",
            tools=view.steps("district:month", wanted),
        ),
        tiles=[
            *deadline_tiles(wanted.township or officer.office.area_id, wanted.month, today()),
            *view.tiles(month_counts.total(found.values()), wanted.narrowed(officer), wanted),
        ],
        filters=view.filters(officer, wanted, places=False),
        filter_url=reverse("district:month", args=[wanted.month]),
        table=table,
        blocks=[view.why(compared, wanted), view.HOW],
    )
