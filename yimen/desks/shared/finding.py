"""Search (T6) and the household's page (S5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import VILLAGE_ROLES, Officer
from yimen.casework.applications import queries as applications
from yimen.casework.awards import queries as awards, recertify_queries as recertify
from yimen.casework.households import queries as households
from yimen.desks.shared import residences
from yimen.desks.shared.accounts.parts import later
from yimen.desks.shared.additions import of_household as additions_of
from yimen.desks.shared.changes import changed, report_actions
from yimen.desks.shared.listing import listing
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.reviews import due_cell, history, review_state
from yimen.desks.shared.routes import CASE_STAFF, route
from yimen.desks.shared.shapes import Block, Cell, Column, Empty, Fact, Link, Page, Table
from yimen.desks.shared.work import COLUMNS, case_url, row_of, work_of
from yimen.law.calendar import today
from yimen.law.identity import mask_identity
from yimen.law.money import show as yuan
from yimen.law.terms import Relation, Stage

SHOWN = 100
HOMES = 50
HINT = "可以输入姓名、拼音首字母（如 wxl）、完整身份证号、案号、手机号后 4 位或村（社区）名。"


@route("application.search", "application", "place", CASE_STAFF, ("GET", "POST"))
def search(request: HttpRequest) -> HttpResponse:
    """Sent by POST, so that no name or number lands in an address."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    asked = request.POST.get("q", "").strip()[:100]
    found = list(applications.search(officer, asked)[: SHOWN + 1]) if asked else []
    homes = list(households.search(officer, asked)[: HOMES + 1]) if asked else []
    rows = [row_of(work) for work in work_of(officer, found[:SHOWN], today())]
    empty = Empty(f"没有找到与“{asked}”有关的案件。{HINT}" if asked else HINT)
    words = f"找到 {len(rows)} 件案件、{min(len(homes), HOMES)} 户家庭。"
    note = f"只显示前 {SHOWN} 件，请输入更多内容缩小范围。" if len(found) > SHOWN else ""
    return show(
        request,
        "shared/search.html",
        page=Page("搜索结果" if asked else "家庭与案件查询", HINT if asked else ""),
        table=Table([Column(text) for text in COLUMNS], rows, label="搜索结果", empty=empty),
        note=note,
        asked=asked,
        hint=words if asked else HINT,
        blocks=_homes(officer, homes),
    )


def _homes(officer: Officer, homes: Sequence[Any]) -> list[Block]:
    """Households themselves, also those that came with a ledger and never applied here."""
    shown = homes[:HOMES]
    if not shown:
        return []
    sizes, paid = households.sizes(shown), awards.running_of(officer, shown)
    amounts = bool(officer.roles - VILLAGE_ROLES)
    rows = [
        (
            Link(home.head.name, reverse("household", args=[home.ref])),
            home.village.name,
            home.group or "—",
            sizes.get(home.pk, 0),
            (yuan(paid[home.pk].monthly_fen) if amounts else "在保") if home.pk in paid else "—",
        )
        for home in shown
    ]
    more = f"只显示前 {HOMES} 户。" if len(homes) > HOMES else ""
    columns = "户主 村（社区） 组（楼栋） 人口 在保（元/月）" if amounts else "户主 村（社区） 组（楼栋） 人口 在保"
    return [listing("家庭档案", columns, rows, note=more)]


def _member(row: Any) -> tuple[str | Cell, ...]:
    person = row.person
    return (
        Cell(person.name, strong=True),
        Relation(row.relation).label,
        f"{households.age(person.birth_date, today())} 岁",
        mask_identity(person.identity),
        f"{row.from_on:%Y-%m-%d}",
        f"{row.to_on:%Y-%m-%d}" if row.to_on else "在",
    )


def _members(household: Any) -> Block:
    rows = [_member(row) for row in households.members(household, former=True)]
    return listing("成员（现在、以前）", "姓名 与申请人关系 年龄 身份证号 自 至", rows)


def _awards(household: Any, *, linked: bool) -> Block:
    found = awards.of_household(household)
    reviews = recertify.open_of(found)
    rows = [
        (
            award.number,
            awards.kind_words(award),
            yuan(award.monthly_fen) if award.monthly_fen else "—",
            award.start_month,
            awards.state_words(award),
            "—" if award.end_month else due_cell(award.recertify_on, today(), None, award.valid_to),
            "—" if award.end_month or award.recertify_on is None else review_state(reviews.get(award.pk)),
        )
        for award in found
    ]
    return listing("在保", "编号 类别 月保障金（元） 起始月 状态 下次复核 复核", rows, empty="本户没有享受过低保。")


def _cases(household: Any) -> Block:
    rows = [
        (Link(item.number, case_url(item.ref)), f"{item.applied_on:%Y-%m-%d}", Stage(item.stage).label)
        for item in applications.of_household(household)
    ]
    return listing("案件", "案号 申请日期 环节", rows, empty="没有案件。")


def _home(household: Any) -> Block:
    facts = [
        Fact("村（社区）", f"{household.township.name}{household.village.name}{household.group}"),
        Fact("住址", household.address or "—"),
        Fact("承包土地", f"{household.land_mu:f} 亩"),
        *residences.facts(household),
    ]
    return Block("住处", facts=facts)


def _account(household: Any) -> Block:
    account, coming = households.account_now_and_later(household)
    if not (account or coming):
        return Block("领取账户", empty=Empty("还没有登记领取账户。"))
    facts = later(coming)
    if account:
        last = f"尾号 {account.number[-4:]}"
        facts = [Fact("开户人", account.holder), Fact("银行", account.bank), Fact("账号", last), *facts]
    return Block("领取账户", facts=facts)


@route("household.read", "household", "place", CASE_STAFF)
def household(request: HttpRequest, ref: str) -> HttpResponse:
    """A household over the years; the read is logged."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = gate.fetch(officer, households.households(), ref)
    note_household_read(officer, found, "查看家庭档案")
    context = {
        "page": Page(found.head.name, crumbs=[Link("家庭档案", "/search/"), Link(found.head.name, "", current=True)]),
        "line": f"{found.township.name} · {found.village.name} · {'城市' if found.urban else '农村'}",
        "identity": Fact("身份证", mask_identity(found.head.identity)),
        "blocks": [
            _members(found),
            _awards(found, linked=bool(officer.roles - VILLAGE_ROLES)),
            history(found, sheets=bool(officer.roles - VILLAGE_ROLES)),
            *additions_of(awards.of_household(found), linked=bool(officer.roles - VILLAGE_ROLES)),
            *residences.lived(found),
            *changed(found),
            _cases(found),
        ],
        "side": [_home(found), _account(found)],
        "actions": report_actions(officer, awards.of_household(found)),
    }
    return render(request, "shared/household.html", context)
