"""One line of a roll: what the household is paid for the month, of what it is made, to which account, and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.casework.payments import queries, roll_reading as reading
from yimen.desks.shared.listing import listing
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Fact, Link, Page, Row, Table, Tag
from yimen.desks.township.money.parts import READERS, officer_of, roles_of
from yimen.desks.township.money.rolls import doing
from yimen.desks.township.money.rolls.papers import slip_action
from yimen.law.money import show as yuan
from yimen.law.payments.terms import Difference, FailCause, LeftOut, LineEventKind, PartKind
from yimen.law.terms import Programme

_TONES = {
    LineEventKind.SENT: "blue",
    LineEventKind.PAID: "green",
    LineEventKind.FAILED: "red",
    LineEventKind.UNKNOWN: "amber",
    LineEventKind.RETURNED: "red",
    LineEventKind.HELD: "amber",
}
_SHARES = (
    ("保障金", "base_fen"), ("分类施保", "supplement_fen"), ("加发", "addition_fen"), ("补发", "arrears_fen"),
)  # fmt: skip


def masked(account: Any) -> str:
    """An account as a page shows it: the last four digits (K25)."""
    return f"{account.holder}　{account.bank}　尾号 {str(account.number)[-4:]}" if account else "没有登记账户"


def _amount(line: Any) -> Block:
    facts = [Fact(label, f"{yuan(fen)} 元") for label, name in _SHARES if (fen := getattr(line, name))]
    if line.recovery_fen:
        facts.append(Fact("扣回", f"-{yuan(line.recovery_fen)} 元"))
    facts.append(Fact("本月发放", f"{yuan(line.total_fen)} 元"))
    if getattr(line, "left_out", ""):
        facts.append(Fact("没有列入", LeftOut(line.left_out).label, tag=Tag("amber", "未列入")))
    return Block("金额", facts=facts)


def _why(line: Any, parts: list[Any]) -> list[Fact]:
    """Why it is another sum than the month before, in words."""
    if line.last_fen is None:
        return [Fact("与上月比", Difference.NEW.label, note="上月没有发放。")]
    more = line.total_fen - line.last_fen
    if not more:
        return [Fact("与上月比", Difference.SAME.label)]
    words = "；".join(dict.fromkeys(part.words for part in parts if part.words))
    words = words or "保障金额变动，决定和事由见按月的保障历史。"
    sign = "增加" if more > 0 else "减少"
    return [Fact("与上月比", f"{sign} {yuan(abs(more))} 元（上月 {yuan(line.last_fen)} 元）", note=words)]


def _parts(parts: list[Any]) -> list[Block]:
    rows = [
        (
            PartKind(part.kind).label,
            part.month,
            f"{'-' if part.kind == PartKind.RECOVERY else ''}{yuan(part.fen)}",
            part.words or "—",
        )
        for part in parts
    ]
    return [listing("加发、补发、扣回逐项", "种类 月份 金额（元） 说明", rows)] if rows else []


def _became(officer: Officer, found: Any, events: list[Any]) -> list[Block]:
    """What became of a frozen line, and the household's payments of the months before and since."""
    rows = [Row([moment(row.at), Cell(tag=status_tag(row.kind)), _words(row), row.by.name]) for row in events]
    told = [
        Row([Link(row.month, reverse("township:roll_line", args=[row.roll.ref, row.award.ref])),
             Programme(row.programme).label, yuan(row.total_fen),
             Cell(tag=status_tag(row.status), note=_cause(row.cause)) if row.status else "已冻结"])
        for row in reading.of_household(officer, found)
    ]  # fmt: skip
    made = [listing("发放经过", "时间 情况 说明 办理", rows)] if rows else []
    heads = ["月份", "项目", Column("金额（元）", numeric=True), "结果"]
    return [*made, Block("这一户各月的发放", table=Table(heads, told, label="这一户各月的发放"))] if told else made


def _cause(cause: str) -> str:
    return FailCause(cause).label if cause else ""


def _words(row: Any) -> str:
    tried = f"第 {row.attempt} 次报送" if row.attempt > 1 else ""
    return "；".join(word for word in (tried, _cause(row.cause), row.words) if word) or "—"


def status_tag(kind: str) -> Tag:
    """What happened to a line, in its colour."""
    found = LineEventKind(kind)
    return Tag(_TONES.get(found, "neutral"), found.label)


def _letter(officer: Officer, found: Any, events: list[Any]) -> list[Action]:
    """Where the bank has paid, and tells by a paper that the money came back."""
    if not events or events[-1].kind != LineEventKind.PAID:
        return []
    if not officer.holds(roles_of("take_bank_letter"), found.township_id):
        return []
    return [Action("登记退汇通知", reverse("township:bank_letter", args=[found.ref]))]


@route("payments.rolls", "roll", "place", READERS)
def line(request: HttpRequest, ref: str, award: str) -> HttpResponse:
    """Of what the payment of a household consists; the read is logged."""
    officer = officer_of(request)
    roll = queries.roll(officer, ref)
    found = reading.line(officer, roll, award)
    if found is None:
        raise Unknown(award)
    home = found.award.household
    note_household_read(officer, home, "核对发放名册")
    parts, warnings, events = reading.parts(found), reading.warnings_of(found), reading.events(found)
    covered = "；".join(
        name + (f"（分类施保 {yuan(fen)} 元）" if fen else "") for name, fen in reading.names(found.covered)
    )
    facts = [
        Fact("项目", Programme(found.programme).label, note=found.award.number),
        Fact("保障人员", covered or "—"),
        *_why(found, parts),
        Fact("账户", masked(found.account)),
        *(Fact("提示", warning.label, tag=Tag("amber", "请核对")) for warning in warnings),
    ]
    seeing = officer.roles & (TOWNSHIP_ROLES | DISTRICT_ROLES)
    more = [Action("按月的保障历史", reverse("township:award", args=[award]))] if seeing else []
    return show(
        request,
        "shared/household.html",
        page=Page(home.head.name, crumbs=[*doing.crumbs(roll), Link(home.head.name, "", current=True)]),
        line=f"{found.village.name} · {found.award.number} · {roll.month}",
        blocks=[_amount(found), *_parts(parts), *_became(officer, found, events)],
        side=[Block("这一户", facts=facts, actions=more)],
        actions=[*slip_action(officer, roll, award=award), *_letter(officer, found, events)],
    )
