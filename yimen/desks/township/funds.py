"""资金 at a township: what it was given, has spent and has left, the reserve, and its journal (S13)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from yimen.base.access.officer import PAYING_ROLES, TOWNSHIP_ROLES, Officer
from yimen.casework.payments.funds import queries
from yimen.desks.shared import funds
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Page


@route("funds.read", "funds", "place", TOWNSHIP_ROLES | PAYING_ROLES)
def township_funds(request: HttpRequest) -> HttpResponse:
    """The own money, and every movement of it."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found, pager = cut(request, queries.postings(officer), "笔")
    return show(
        request,
        "shared/list.html",
        page=Page(funds.TITLE, "本乡街的救助资金：由区级拨付，按银行回盘记支出；应急储备金用于临时救助。"),
        tiles=funds.tiles(officer),
        table=funds.places_table(officer),
        note="“能发到哪个月”按现在的保障名册推算三个月，含已决定的增减、停发、到期和临时加发。",
        blocks=[Block("资金流水", table=funds.journal_table(list(found.object_list)))],
        pager=pager,
    )
