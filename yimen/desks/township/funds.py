"""资金 at a township: what it was given, has spent and has left, the reserve, and its journal (S13)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, Officer
from yimen.casework.payments.funds import queries
from yimen.casework.payments.funds.table import paid_in
from yimen.casework.reports.queries import FUNDS, RELIEF
from yimen.desks.shared import funds
from yimen.desks.shared.monthpapers import block
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Filter, Link, Page, Row, Table
from yimen.desks.township.fundlines import households_of
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.money import show as yuan
from yimen.law.statistics import Counted, total
from yimen.law.terms import Level

_LAST = 20


@route("funds.read", "funds", "place", TOWNSHIP_ROLES | PAYING_ROLES)
def township_funds(request: HttpRequest) -> HttpResponse:
    """The own money, and every movement of it."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    tools = [
        Action("发放情况表", reverse("township:fund_table")),
        Action("资金流水", reverse("township:fund_journal")),
    ]
    last = list(queries.postings(officer)[:_LAST])
    return show(
        request,
        "shared/list.html",
        page=Page(funds.TITLE, "本乡街的救助资金：由区级拨付，按银行回盘记支出；应急储备金用于临时救助。", tools=tools),
        tiles=funds.tiles(officer),
        table=funds.places_table(officer),
        note="“能发到哪个月”按现在的保障名册推算三个月，含已决定的增减、停发、到期和临时加发。",
        blocks=[
            Block(
                "最近的资金流水",
                f"只列最近 {_LAST} 笔。" if len(last) == _LAST else "",
                table=funds.journal_table(last),
            )
        ],
    )


@route("funds.journal", "funds", "place", TOWNSHIP_ROLES | PAYING_ROLES)
def fund_journal(request: HttpRequest) -> HttpResponse:
    """Every movement of the own money."""
    return funds.journal_page(request, Link(funds.TITLE, reverse("township:funds")))


_TABLE = [
    "乡街", "项目", "城乡", Column("户（件）", numeric=True), Column("人（人次）", numeric=True),
    Column("补助水平（元）", numeric=True), Column("整体支出（万元）", numeric=True), Column("支出（元）", numeric=True),
]  # fmt: skip


def _cells(counted: Counted, url: str) -> list[Any]:
    average = "—" if counted.average is None else f"{counted.average:,}"
    opened = Cell(f"{counted.households:,}", url=url if counted.households else "")
    return [opened, f"{counted.persons:,}", average, counted.spend, yuan(counted.fen)]


@route("funds.read", "funds", "place", TOWNSHIP_ROLES | PAYING_ROLES | DISTRICT_ROLES)
def fund_table(request: HttpRequest) -> HttpResponse:
    """What was paid for a month: households, persons, average, spend, in the columns of the official table."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    last = month_of(today())
    months = [later_month(last, -back) for back in range(12)]
    asked = request.GET.get("month", "")
    month = asked if asked in months else last
    names = queries.places(officer)
    found = paid_in(names, month)
    rows = [
        Row(
            [
                names[code],
                programme.label,
                "城市" if urban else "农村",
                *_cells(counted, households_of(officer, month, code, programme, urban)),
            ]
        )
        for (code, programme, urban), counted in found.items()
    ]
    address = reverse("township:fund_table")
    empty = Empty("这个月还没有发放。银行回盘记账、临时救助决定以后列在这里。")
    return show(
        request,
        "shared/list.html",
        page=Page(
            "资金发放情况表",
            "户数、人数按银行已发放的名册，支出按资金账；临时救助按人次。点户数看是哪些家庭。发放情况表、临时救助花名册在下面制发。",
            crumbs=[_back(officer)],
        ),
        filters=[Filter("month", "月份", [(each, each) for each in months], month)],
        filter_url=address,
        table=Table(_TABLE, rows, label="资金发放情况表", empty=empty, foot=_foot(found.values()) if rows else None),
        blocks=[block(officer, _place(officer, names), month, [FUNDS, RELIEF])],
    )


def _place(officer: Officer, names: Iterable[str]) -> str:
    """Of which place the papers are issued: the district, or the own township."""
    return officer.district if officer.level() is Level.DISTRICT else next(iter(names), "")


def _foot(counted: Iterable[Counted]) -> Row:
    """Persons and person-times have no average in common."""
    whole = total(counted)
    return Row(["合计", "", "", f"{whole.households:,}", f"{whole.persons:,}", "—", whole.spend, yuan(whole.fen)])


def _back(officer: Officer) -> Link:
    district = officer.level() is Level.DISTRICT
    return Link(funds.TITLE, reverse("district:funds" if district else "township:funds"))
