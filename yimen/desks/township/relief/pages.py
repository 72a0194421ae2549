"""The list of temporary relief and one case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.clocks import desk as clocks
from yimen.casework.payments.funds import queries as funds
from yimen.casework.payments.relief import queries
from yimen.desks.shared.listing import listing
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.reads import note_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Fact, Link, Page, Row, Table, Tag, Tile
from yimen.law.calendar import month_of, today
from yimen.law.identity import mask_identity
from yimen.law.money import show as yuan
from yimen.law.payments.funds import FundAccount, FundProgramme
from yimen.law.payments.relief import ReliefCause, ReliefState, kind_of
from yimen.law.terms import Role

TITLE = "临时救助"
READERS = VILLAGE_ROLES | TOWNSHIP_ROLES | DISTRICT_ROLES
TONES = {
    ReliefState.REGISTERED: "amber",
    ReliefState.GRANTED: "blue",
    ReliefState.PAID: "green",
    ReliefState.REFUSED: "neutral",
    ReliefState.CANCELLED: "neutral",
}
_TABS = (("open", "待办"), ("papers", "待补材料"), ("all", "全部"))
_LIST = [
    "救助对象", "急难发生地", "事由", "发生日期", Column("人次", numeric=True), Column("救助金（元）", numeric=True),
    "发放日期", "材料", "状态",
]  # fmt: skip
_OPEN = (str(ReliefState.REGISTERED), str(ReliefState.GRANTED))


def url(name: str, ref: str) -> str:
    """An address of a case."""
    return reverse(f"township:{name}", args=[ref])


def crumbs(*more: Link) -> list[Link]:
    """The way back."""
    return [Link(TITLE, reverse("township:relief")), *more]


def tag(case: Any) -> Tag:
    """Where a case stands."""
    state = ReliefState(case.state)
    return Tag(TONES[state], state.label)


def _papers(case: Any) -> Cell:
    if case.papers_on:
        return Cell(f"{case.papers_on}", tag=Tag("green", "齐全"))
    if case.papers_due_on is None:
        return Cell("—")
    left = (case.papers_due_on - today()).days
    words = f"逾期 {-left} 天" if left < 0 else f"剩 {left} 天"
    return Cell(f"{case.papers_due_on}", tag=Tag("red" if left <= 1 else "amber" if left <= 7 else "blue", words))


def _row(case: Any) -> Row:
    decision = getattr(case, "decision", None)
    fen = decision.fen if decision and decision.granted else case.wanted_fen
    asked = "申请" if not decision else ""
    return Row(
        [
            Link(case.person.name, url("relief_one", case.ref)),
            Cell(case.village.name, note=case.township.name),
            Cell(ReliefCause(case.cause).label, tag=Tag("red", "紧急") if case.urgent else None),
            f"{case.happened_on}",
            case.persons,
            Cell(yuan(fen), note=asked),
            f"{case.paid_on or '—'}",
            _papers(case),
            Cell(tag=tag(case)),
        ],
        reads=[(queries.KIND, case.ref, case.person.ref)],
    )


def _tiles(officer: Officer) -> list[Tile]:
    places = funds.places(officer)
    if not places:
        return []
    month = month_of(today())
    found = queries.counts(places, month).values()
    held = sum(
        fen
        for (_, programme), fen in funds.balances(places, FundAccount.RESERVE).items()
        if programme == FundProgramme.TEMPORARY
    )
    missing = queries.papers_missing(officer).count()
    return [
        Tile("本月救助", f"{sum(row.persons for row in found)}", note=f"人次，{sum(row.cases for row in found)} 件"),
        Tile("本月支出", yuan(sum(row.fen for row in found)), note="元"),
        Tile("应急储备金", yuan(held), note="元，现有", tone="" if held else "red"),
        Tile("待补材料", f"{missing}", note="件", tone="amber" if missing else "", url="?tab=papers"),
    ]


@route("relief.read", "relief", "place", READERS)
def relief(request: HttpRequest) -> HttpResponse:
    """Cases by what is to be done."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    asked = request.GET.get("tab", "open")
    rows = {"open": queries.cases(officer).filter(state__in=_OPEN), "papers": queries.papers_missing(officer)}.get(
        asked, queries.cases(officer)
    )
    found, pager = cut(request, rows, "件")
    address = reverse("township:relief")
    new = Action("登记临时救助", reverse("township:relief_new"), primary=True)
    tools = [new] if officer.roles & (TOWNSHIP_ROLES | VILLAGE_ROLES) else []
    if not officer.roles & VILLAGE_ROLES:
        tools.append(Action("当月花名册", reverse("township:fund_table")))
    empty = {"open": "没有待办的临时救助。", "papers": "没有待补材料的。"}.get(asked, "还没有登记过临时救助。")
    table = Table(_LIST, [_row(case) for case in found.object_list], label=TITLE, empty=Empty(empty))
    return show(
        request,
        "shared/list.html",
        page=Page(
            TITLE, "急难发生在哪里就在哪里办；情况紧急、金额较小的先行救助，材料后补；钱从应急储备金出。", tools=tools
        ),
        tiles=_tiles(officer),
        tabs=[Link(label, f"{address}?tab={code}", current=code == asked) for code, label in _TABS],
        table=table,
        pager=pager if table.rows else None,
    )


def facts_of(case: Any) -> list[Fact]:
    """A case as it was registered and decided."""
    facts = [
        Fact("身份证", mask_identity(str(case.person.identity))),
        Fact("急难发生地", f"{case.township.name}{case.village.name}"),
        Fact("来源", f"{case.get_source_display()}　{case.reported_by}"),
        Fact(
            "事由", f"{ReliefCause(case.cause).label}（{kind_of(ReliefCause(case.cause)).label}），{case.happened_on}"
        ),
        Fact("困难情况", case.situation),
        Fact("申请", f"{yuan(case.wanted_fen)} 元，救助 {case.persons} 人，{case.get_way_display()}"),
        Fact("办理", "情况紧急，先行救助" if case.urgent else "按一般程序"),
        Fact("登记", f"{case.registered_by.name} {case.registered_on}"),
    ]
    decision = getattr(case, "decision", None)
    if decision:
        words = f"给予 {yuan(decision.fen)} 元" if decision.granted else "不予救助"
        facts += [Fact("决定", f"{words}　{decision.by.name} {decision.on}"), Fact("决定理由", decision.reasons)]
    if case.paid_on and case.paid_by:
        facts.append(Fact("发放", f"{case.paid_on}　领取人 {case.received_by}　经手 {case.paid_by.name}"))
    if case.note:
        facts.append(Fact("撤销理由", case.note))
    return facts


def _completed(case: Any) -> Block:
    row = getattr(case, "papers_row", None)
    if row is not None:
        facts = [Fact("材料", "、".join(row.papers)), Fact("说明", row.words), Fact("登记", f"{row.by.name} {row.on}")]
        return Block("材料", tag=Tag("green", "齐全"), facts=facts)
    shown = clocks.clocks_of(queries.KIND, [case.pk], today()).get(case.pk, [])
    facts = [Fact("期限", f"{clock.due_on}", clock.figure, tag=Tag(clock.tone, clock.text)) for clock in shown]
    return Block(
        "材料", "紧急情况解除后，应当补充说明情况（社会救助法第五十条）。", facts=facts or [Fact("材料", "还没有提交")]
    )


@route("relief.read", "relief", "place", READERS)
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """One case with what comes next; the read is logged."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    case = queries.find(officer, ref)
    note_read(officer, queries.KIND, case.ref, case.person.ref, purpose=TITLE, channel="page")
    before = [
        [Link(f"{row.happened_on}", url("relief_one", row.ref)) if row.township_id == case.township_id else f"{row.happened_on}",
         ReliefCause(row.cause).label, yuan(row.decision.fen)]
        for row in queries.of_person(case.person) if row.pk != case.pk
    ]  # fmt: skip
    links = [
        [Link(f"{each.title} {each.number}", reverse("paper", args=[each.ref]))] for each in queries.papers_of(case)
    ]
    return show(
        request,
        "shared/household.html",
        page=Page(f"{case.person.name} {TITLE}", tags=[tag(case)], crumbs=crumbs()),
        line=f"{case.township.name} · {case.village.name}",
        blocks=[Block(TITLE, facts=facts_of(case)), _completed(case)],
        side=[
            listing("文书", "文书", links, empty="还没有文书。"),
            listing("以前的临时救助", "发生 事由 金额（元）", before, empty="没有。"),
        ],
        actions=_actions(officer, case),
    )


def _actions(officer: Officer, case: Any) -> list[Action]:
    here = officer.holds(TOWNSHIP_ROLES, case.township_id)
    head = officer.holds({Role.HEAD}, case.township_id)
    district = officer.holds({Role.DISTRICT_DECIDER}, case.township_id[:6])
    state, made = ReliefState(case.state), []
    mine = case.registered_by_id == officer.staff.pk
    if state is ReliefState.REGISTERED and (head or district) and not mine:
        made.append(Action("决定", url("relief_decide", case.ref), primary=True))
    if state is ReliefState.GRANTED and here and case.decision.by_id != officer.staff.pk:
        made.append(Action("发放", url("relief_hand_out", case.ref), primary=True))
    if here and case.papers_on is None and state not in (ReliefState.REFUSED, ReliefState.CANCELLED):
        made.append(Action("补齐材料", url("relief_complete", case.ref)))
    if here and state in (ReliefState.REGISTERED, ReliefState.GRANTED):
        made.append(Action("撤销", url("relief_cancel", case.ref)))
    return made
