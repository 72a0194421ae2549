"""The district's page of its money, the journal, and one order."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.casework.payments.funds import queries
from yimen.desks.district.doing import may
from yimen.desks.shared import funds
from yimen.desks.shared.listing import listing
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Fact, Link, Page, Row, Table, Tag
from yimen.law.money import show as yuan
from yimen.law.payments.funds import FundOrderState
from yimen.law.terms import Role

TONES = {FundOrderState.PROPOSED: "amber", FundOrderState.RELEASED: "green", FundOrderState.WITHDRAWN: "neutral"}
_SHOWN = 12
_ORDERS = ["资金变动", "项目", "来源", Column("金额（元）", numeric=True), "依据", "登记", "复核", "状态"]
_SOURCES = ["项目", "来源", *(Column(text, numeric=True) for text in ("预算（元）", "到位（元）", "区级未拨付（元）"))]


def url(name: str, order: Any) -> str:
    """An address of an order."""
    return reverse(f"district:{name}", args=[order.ref])


def tag(order: Any) -> Tag:
    """Where an order stands."""
    state = FundOrderState(order.state)
    return Tag(TONES[state], state.label)


def _order_row(order: Any) -> Row:
    released = f"{order.released_by.name} {order.released_on}" if order.released_by else "—"
    return Row(
        [
            Link(order.get_move_display(), url("fund_order", order)),
            order.get_programme_display(),
            order.get_source_display(),
            yuan(order.fen),
            order.document,
            f"{order.proposed_by.name} {order.proposed_on}",
            released,
            Cell(tag=tag(order)),
        ]
    )


def _orders(officer: Officer) -> Block:
    rows = [_order_row(order) for order in queries.orders(officer)[:_SHOWN]]
    empty = Empty("还没有登记过资金。")
    note = f"待复核的在前，只列最近 {_SHOWN} 笔，全部见资金流水。" if len(rows) == _SHOWN else "待复核的在前。"
    return Block("资金单", note, table=Table(_ORDERS, rows, label="资金单", empty=empty))


def _sources(officer: Officer) -> Block:
    rows = [
        Row([programme.label, source.label, yuan(promised), yuan(arrived), yuan(left)])
        for programme, source, promised, arrived, left in queries.sources(queries.postings(officer))
    ]
    table = Table(_SOURCES, rows, label="预算和到位", empty=Empty("还没有下达预算。"))
    return Block("预算和到位", "按项目、来源；拨付乡街以后统筹使用，不再分来源。", table=table)


@route("funds.read", "funds", "district", DISTRICT_ROLES)
def overview(request: HttpRequest) -> HttpResponse:
    """What stands where, how long it lasts, what waits for the second person."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    tools = [
        Action("发放情况表", reverse("township:fund_table")),
        Action("资金流水", reverse("district:fund_journal")),
        Action("计划与支出图", reverse("district:fund_charts")),
    ]
    if may(officer, "propose_funds"):
        tools = [
            Action("登记拨付乡街", reverse("district:fund_go"), primary=True),
            Action("登记预算、到位", reverse("district:fund_come")),
            *tools,
        ]
    return show(
        request,
        "shared/list.html",
        page=Page(
            funds.TITLE,
            "预算、到位、拨付、支出、结余，一人登记、另一人复核记账；支出只按银行回盘记账，与名册一致。",
            tools=tools,
        ),
        tiles=funds.tiles(officer),
        table=funds.places_table(officer),
        note="“能发到哪个月”按现在的保障名册推算三个月，含已决定的增减、停发、到期和临时加发；预算未到位的不算。",
        blocks=[*funds.warnings(officer.district), _orders(officer), _sources(officer)],
    )


@route("funds.journal", "funds", "district", DISTRICT_ROLES)
def journal(request: HttpRequest) -> HttpResponse:
    """Every movement, the newest first."""
    return funds.journal_page(request, Link(funds.TITLE, reverse("district:funds")))


def facts_of(order: Any) -> list[Fact]:
    """An order whole."""
    facts = [
        Fact("资金变动", order.get_move_display(), tag=tag(order)),
        Fact("项目", order.get_programme_display()),
        Fact("资金来源", order.get_source_display()),
        Fact("合计", f"{yuan(order.fen)} 元"),
        Fact("月份", order.month),
        Fact("依据", order.document),
        Fact("登记", f"{order.proposed_by.name} {order.proposed_on}"),
    ]
    if order.reverses:
        facts.append(Fact("冲正的是", f"{order.reverses.get_move_display()} {order.reverses.document}"))
    if order.words:
        facts.append(Fact("备注", order.words))
    if order.released_by:
        facts.append(Fact("复核记账", f"{order.released_by.name} {order.released_on}"))
    if order.note:
        facts.append(Fact("撤回原因", order.note))
    return facts


def rows_of(officer: Officer, order: Any) -> Block:
    """The amounts by township."""
    names = queries.places(officer)
    rows = [[names.get(code, "区级"), yuan(fen)] for code, fen in order.rows]
    return listing("金额", "乡街 金额（元）", rows)


@route("funds.read", "funds", "place", DISTRICT_ROLES)
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """One order with what can be done next."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    order = queries.find(officer, ref)
    return show(
        request,
        "shared/household.html",
        page=Page(f"{order.get_move_display()}（{order.document}）", tags=[tag(order)], crumbs=funds.crumbs()),
        blocks=[Block("资金单", facts=facts_of(order)), rows_of(officer, order)],
        actions=_actions(officer, order),
    )


def _actions(officer: Officer, order: Any) -> list[Action]:
    mine = order.proposed_by_id == officer.staff.pk
    if order.state == FundOrderState.PROPOSED:
        made = [Action("复核记账", url("fund_release", order), primary=True)]
        made = made if may(officer, "release_funds") and not mine else []
        return [*made, Action("撤回" if mine else "退回", url("fund_withdraw", order))] if _proposes(officer) else made
    if order.state == FundOrderState.RELEASED and order.reverses is None and _proposes(officer):
        return [Action("登记冲正", url("fund_reverse", order))]
    return []


def _proposes(officer: Officer) -> bool:
    return may(officer, "propose_funds") and Role.CHECKER not in officer.roles
