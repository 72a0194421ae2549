"""The register, the lists of recoveries, and one recovery."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.casework.payments.recovery import papers, queries
from yimen.desks.shared.listing import listing
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Fact, Link, Page, Row, Table, Tag
from yimen.law.aftercare.changing import Hearing, View
from yimen.law.money import show as yuan
from yimen.law.payments.recovery import RecoveryBasis, RecoveryState
from yimen.law.terms import Programme, Role

TITLE = "多发和退回"
READERS = TOWNSHIP_ROLES | DISTRICT_ROLES
TONES = {
    RecoveryState.PROPOSED: "amber",
    RecoveryState.RETURNED: "red",
    RecoveryState.ORDERED: "blue",
    RecoveryState.SETTLED: "green",
    RecoveryState.WITHDRAWN: "neutral",
}
_TABS = (
    ("open", "待处理的多发"),
    ("proposed", "待区级决定"),
    ("ordered", "正在退回"),
    ("settled", "已退清、已撤回"),
)
_STANDS = {
    "proposed": Q(state__in=[str(RecoveryState.PROPOSED), str(RecoveryState.RETURNED)]),
    "ordered": Q(state=str(RecoveryState.ORDERED)),
    "settled": Q(state__in=[str(RecoveryState.SETTLED), str(RecoveryState.WITHDRAWN)]),
}
_REGISTER = ["户主", "乡街", "项目", "月份", Column("多发（元）", numeric=True), "原因", "办理"]
_LIST = [
    "户主", "乡街", "事由", Column("应退回（元）", numeric=True), Column("已退回（元）", numeric=True),
    Column("尚未退回（元）", numeric=True), "怎样退回", "状态",
]  # fmt: skip


def url(name: str, ref: str) -> str:
    """An address of a recovery."""
    return reverse(f"township:{name}", args=[ref])


def crumbs(*more: Link) -> list[Link]:
    """The way back."""
    return [Link(TITLE, reverse("township:recoveries")), *more]


def tag(recovery: Any) -> Tag:
    """Where a recovery stands."""
    state = RecoveryState(recovery.state)
    return Tag(TONES[state], state.label)


def _months(months: Sequence[str]) -> str:
    return months[0] if len(months) == 1 else f"{months[0]} 至 {months[-1]}（{len(months)} 个月）"


def _register_row(officer: Officer, row: queries.Overpaid) -> Row:
    award = row.award
    if row.recovery is not None:
        todo: Any = Link(RecoveryState(row.recovery.state).label, url("recovery", row.recovery.ref))
    elif officer.holds(TOWNSHIP_ROLES, award.township_id):
        todo = Link("提出退回", url("recovery_new", award.ref))
    else:
        todo = "待乡街提出"
    return Row(
        [
            Link(award.household.head.name, url("award", award.ref)),
            Cell(award.township.name, note=award.village.name),
            Programme(award.programme).label,
            _months(row.months),
            yuan(row.fen),
            row.causes,
            todo,
        ]
    )


def _row(recovery: Any, back: int) -> Row:
    award = recovery.award
    left = recovery.total_fen - back
    return Row(
        [
            Link(award.household.head.name, url("recovery", recovery.ref)),
            Cell(award.township.name, note=award.village.name),
            RecoveryBasis(recovery.basis).label,
            yuan(recovery.total_fen),
            yuan(back),
            yuan(left),
            papers.how_words(recovery),
            Cell(tag=tag(recovery)),
        ]
    )


def _counts(officer: Officer) -> dict[str, int]:
    """How many stand where."""
    each = {code: Count("pk", filter=rule) for code, rule in _STANDS.items()}
    return {"open": queries.register(officer).count(), **queries.recoveries(officer).order_by().aggregate(**each)}


@route("recovery.read", "recovery", "place", READERS)
def recoveries(request: HttpRequest) -> HttpResponse:
    """What was paid too much and has no order yet; and every recovery by where it stands."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    asked = request.GET.get("tab", "open")
    address = reverse("township:recoveries")
    count = _counts(officer)
    tabs = [Link(text, f"{address}?tab={code}", current=code == asked, count=str(count[code])) for code, text in _TABS]
    empty = {
        "open": "没有待处理的多发。变更决定以后，已经发出去的月份多发的自动列在这里。",
        "proposed": "没有待区级决定的。",
        "ordered": "没有正在退回的。",
        "settled": "还没有退清的。",
    }.get(asked, "没有记录。")
    if asked == "open":
        found, pager = cut(request, queries.register(officer), "户")
        rows = [_register_row(officer, row) for row in queries.overpaid(found.object_list)]
        table = Table(_REGISTER, rows, label="待处理的多发", empty=Empty(empty))
    else:
        wanted = _STANDS.get(asked, _STANDS["settled"])
        found, pager = cut(request, queries.with_left(queries.recoveries(officer)).filter(wanted), "件")
        rows = [_row(recovery, recovery.total_fen - recovery.left) for recovery in found.object_list]
        table = Table(_LIST, rows, label=TITLE, empty=Empty(empty))
    purpose = "多发的由乡街听取意见后提出，区级民政部门责令退回；没有决定的，不从保障金里扣。"
    return show(
        request, "shared/list.html", page=Page(TITLE, purpose), tabs=tabs, table=table, pager=pager if rows else None
    )


def heard_facts(heard: dict[str, Any]) -> list[Fact]:
    """How the household was heard."""
    if heard["how"] == Hearing.NOT_POSSIBLE:
        return [Fact("听取意见", f"无法听取：{heard['not_possible']}")]
    facts = [
        Fact("听取意见", f"{heard['heard_on']}　{Hearing(heard['how']).label}　{heard['who']}"),
        Fact("对退回", View(heard["view"]).label),
        Fact("本人陈述", heard["said"]),
    ]
    facts += [Fact(label, heard[key]) for key, label in (("evidence", "提出的证据"), ("answer", "答复")) if heard[key]]
    return [*facts, Fact("听取人员", "、".join(name for _, name in heard["officers"]))]


def facts_of(recovery: Any) -> list[Fact]:
    """A recovery as it was proposed and ordered."""
    facts = [
        Fact("保障编号", recovery.award.number),
        Fact("项目", Programme(recovery.award.programme).label),
        Fact("事由", RecoveryBasis(recovery.basis).label),
        Fact("应退回", f"{yuan(recovery.total_fen)} 元"),
        Fact("怎样退回", papers.how_words(recovery)),
        Fact("理由", recovery.reasons),
    ]
    if recovery.fine_fen:
        facts.append(Fact("罚款", f"{yuan(recovery.fine_fen)} 元，另行缴纳，不从保障金里扣"))
    facts += [*heard_facts(recovery.heard), Fact("提出", f"{recovery.proposed_by.name} {recovery.proposed_on}")]
    if recovery.ordered_by:
        facts.append(Fact("区级决定", f"{recovery.ordered_by.name} {recovery.ordered_on}"))
    if recovery.note:
        facts.append(Fact("退回、撤回的理由", recovery.note))
    return facts


def months_block(recovery: Any) -> Block:
    """What was paid too much, month by month."""
    rows = [[row.month, yuan(row.fen), row.cause] for row in queries.balances_of(recovery)]
    return listing("逐月多发", "月份 多发（元） 原因", rows)


def _deducted(unpaid: bool) -> Cell:
    if unpaid:
        return Cell(tag=Tag("amber", "这一笔没有发成"), note="补发成功以后才算退清")
    return Cell(tag=Tag("green", "已扣回"))


def _back(officer: Officer, recovery: Any) -> Block:
    """What has come back: deductions of frozen rolls, refunds with the second person's word."""
    rows: list[Row] = [
        Row([part.line.month, "从保障金中扣回", yuan(part.fen), "名册", _deducted(part.unpaid)])
        for part in queries.deductions_of(recovery)
    ]
    for refund in queries.refunds_of(recovery):
        checked = getattr(refund, "check_row", None)
        if checked is None:
            mine = refund.by_id == officer.staff.pk
            may = officer.holds(TOWNSHIP_ROLES, recovery.award.township_id) and not mine
            state: Any = Link("核对退款", url("refund_check", refund.ref)) if may else Tag("amber", "待另一人核对")
        else:
            kind, word = ("green", "已收到") if checked.accepted else ("red", "没有收到")
            state = Cell(tag=Tag(kind, word), note=f"{checked.by.name}　{checked.words}".strip())
        rows.append(Row([f"{refund.on}", f"收据 {refund.receipt}", yuan(refund.fen), refund.by.name, state]))
    heads = ["月份、日期", "方式", Column("金额（元）", numeric=True), "登记", "核对"]
    return Block("已经退回", table=Table(heads, rows, label="已经退回", empty=Empty("还没有退回。")))


@route("recovery.read", "recovery", "place", READERS)
def recovery(request: HttpRequest, ref: str) -> HttpResponse:
    """One recovery with its months, what came back, its papers; the read is logged."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = queries.find(officer, ref)
    award = found.award
    note_household_read(officer, award.household, TITLE)
    left = queries.remaining(found)
    blocks = [Block("退回", facts=facts_of(found)), months_block(found)]
    if found.ordered_by:
        blocks.append(_back(officer, found))
    links = [
        [Link(f"{paper.title} {paper.number}", reverse("paper", args=[paper.ref])), f"{paper.issued_on}"]
        for paper in queries.papers_of(found)
    ]
    return show(
        request,
        "shared/household.html",
        page=Page(f"{award.household.head.name} 多发和退回", tags=[tag(found)], crumbs=crumbs()),
        line=f"{award.township.name} · {award.village.name} {award.household.group}",
        blocks=blocks,
        side=[
            Block("尚未退回", text=f"{yuan(left)} 元"),
            listing("文书", "文书 日期", links, empty="还没有文书。"),
            Block("保障历史", actions=[Action("查看保障历史", url("award", award.ref))]),
        ],
        actions=_actions(officer, found),
    )


def _actions(officer: Officer, found: Any) -> list[Action]:
    here = officer.holds(TOWNSHIP_ROLES, found.award.township_id)
    district = officer.holds({Role.DISTRICT_DECIDER}, found.award.township_id[:6])
    state = RecoveryState(found.state)
    made: list[Action] = []
    if state is RecoveryState.PROPOSED and district:
        made += [
            Action("责令退回", url("recovery_order", found.ref), primary=True),
            Action("退回乡街", url("recovery_return", found.ref)),
        ]
    if state is RecoveryState.RETURNED and here:
        made.append(Action("重新提出", url("recovery_new", found.award.ref), primary=True))
    if state in (RecoveryState.PROPOSED, RecoveryState.RETURNED) and here:
        made.append(Action("撤回", url("recovery_withdraw", found.ref)))
    if state is RecoveryState.ORDERED and here:
        made.append(Action("登记退款", url("recovery_refund", found.ref), primary=True))
    return made
