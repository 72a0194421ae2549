"""The papers of a month on its pages: what was issued with its number, and the buttons that issue it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.papers import library
from yimen.base.refs import new_ref
from yimen.casework.reports import queries
from yimen.desks.shared.moments import moment
from yimen.desks.shared.runs import pressed
from yimen.desks.shared.shapes import Action, Block, Empty, Link, Row, Table
from yimen.law import procedure

_HEADS = ["文书", "编号", "制发"]
_NOTE = "数字没有变的只制发一次；数字变了（重新报备、区级接收、又有发放）可以再制发，以前的保留。"
OWN, RETURN, DISTRICT = "issue_month_paper", "issue_return", "issue_district_paper"


def block(officer: Officer, area: str, month: str, codes: Sequence[str]) -> Block:
    """What was issued of a place and month of these forms, the newest first, and the buttons of who may issue them."""
    rows = [
        Row(
            [
                Link(paper.title, reverse("paper", args=[paper.ref])),
                paper.number,
                f"{row.by.name}　{moment(row.at)}",
            ]
        )
        for row, paper in queries.issued(officer, area, month, codes)
    ]
    empty = Empty("还没有制发。制发后有编号，可以打开、打印、签名。")
    table = Table(_HEADS, rows, label="文书", empty=empty)
    actions = [found for code in codes if (found := _action(officer, area, month, code))]
    return Block("文书", _NOTE, table=table, actions=actions, anchor="papers")


def _action(officer: Officer, area: str, month: str, code: str) -> Action | None:
    district = area == officer.district
    act = DISTRICT if district else RETURN if code == queries.RETURN else OWN
    if not officer.holds(set(procedure.OFFICE_STEPS[act].roles), area):
        return None
    if act == RETURN:
        address = reverse("township:return_issue", args=[month])
    else:
        address = reverse("district:month_paper" if district else "township:month_paper", args=[month, code])
    return Action(f"制发{library.form(code).title}", address, "post", hidden={"once": new_ref()})


def issue(
    request: HttpRequest, month: str, code: str, act: Callable[[Officer], object], desk: str = "township"
) -> HttpResponse:
    """Issue a paper of a month, once whatever is pressed twice, and show the page on which it stands."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def work() -> str:
        act(officer)
        return _home(month, code, desk)

    return pressed(request, work)


def _home(month: str, code: str, desk: str) -> str:
    if code == queries.RETURN:
        return reverse(f"{desk}:return", args=[month]) + "#papers"
    if code == queries.FILING:
        return reverse("township:close", args=[month]) + "#papers"
    return f"{reverse('township:fund_table')}?month={month}#papers"
