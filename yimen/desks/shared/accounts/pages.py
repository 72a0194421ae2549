"""The lists of changes of account, for the township and for the district, and one change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.papers import desk as papers
from yimen.base.refs import new_ref
from yimen.casework.payments import queries
from yimen.desks.shared.accounts.parts import READERS, officer_of, places, tail
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Fact, Filter, Link, Page, Row, Tag
from yimen.law import procedure
from yimen.law.payments.accounts import AccountState, AccountWarning
from yimen.law.terms import Relation, Role

_COLUMNS = ("户主", "村（社区）", "新户名", "新账户", "提示", "提出", "复核", "启用", "状态", "告知书")
_MORE = ("原因", "原账户", "复核意见")
_FILTERS = ("state", "village", "warning", "told")
_SORTS = {"户主": ("household__head__pinyin",), "提出": ("proposed_on",), "启用": ("first_used",)}
_TONES = {
    AccountState.PROPOSED: "amber", AccountState.CONFIRMED: "green", AccountState.REFUSED: "red",
    AccountState.WITHDRAWN: "neutral",
}  # fmt: skip


def _made(name: str, columns: Sequence[str], filters: Sequence[str]) -> Listing:
    return Listing(name, "发放账户变更", (*columns, *_MORE), usual=columns, sorts=_SORTS, filters=filters)


TOWNSHIP = _made("accounts", _COLUMNS, _FILTERS)
DISTRICT = _made("accounts_district", ("户主", "乡街", *_COLUMNS[1:]), ("township", *_FILTERS))


def url(change: Any) -> str:
    """The page of a change."""
    return reverse("township:account", args=[change.ref])


def warnings(change: Any) -> str:
    """What is to be looked at, in words."""
    return "；".join(AccountWarning(code).label for code in change.warnings)


def state_tag(change: Any) -> Tag:
    """Where a change stands."""
    state = AccountState(change.state)
    return Tag(_TONES[state], state.label)


def told_words(change: Any) -> str:
    """Whether the household was told."""
    if change.state != AccountState.CONFIRMED:
        return "—"
    return f"{change.told_on} 寄出" if change.told_on else "待区级寄送"


def _row(change: Any, columns: Sequence[str], *, pick: bool) -> Row:
    home = change.household
    cells = {
        "户主": Link(home.head.name, url(change)),
        "乡街": change.township.name,
        "村（社区）": home.village.name,
        "新户名": change.holder,
        "新账户": tail(change),
        "提示": warnings(change) or "—",
        "提出": Cell(f"{change.proposed_on}", note=change.proposed_by.name),
        "复核": Cell(f"{change.decided_on}", note=change.decided_by.name) if change.decided_by else "—",
        "启用": f"{change.first_used}" if change.first_used else "—",
        "状态": Cell(tag=state_tag(change)),
        "告知书": told_words(change),
        "原因": change.reason,
        "原账户": tail(change.before),
        "复核意见": change.decided_words or "—",
    }
    waits = pick and change.state == AccountState.CONFIRMED and change.told_on is None
    return Row(
        [cells[text] for text in columns], tone="different" if change.warnings else "",
        ref=change.ref if waits else "", name=home.head.name,
    )  # fmt: skip


def _found(asked: Asked) -> Any:
    rows = queries.account_changes(asked.officer)
    for name, column in (("township", "township_id"), ("village", "household__village_id"), ("state", "state")):
        if value := asked.filters.get(name, ""):
            rows = rows.filter(**{column: value})
    if asked.get("told"):
        rows = rows.filter(state=AccountState.CONFIRMED, told_on__isnull=asked.get("told") == "no")
    if asked.get("warning") == "any":
        rows = rows.exclude(warnings=[])
    return rows


def _filters(asked: Asked) -> list[Filter]:
    return [
        asked.filter("state", "状态", [("", "全部"), *AccountState.choices()]),
        *places(asked),
        asked.filter("warning", "提示", [("", "全部"), ("any", "有提示")]),
        asked.filter("told", "告知书", [("", "全部"), ("no", "待寄送"), ("yes", "已寄出")]),
    ]


def _list(request: HttpRequest, listing: Listing, address: str, purpose: str, *, pick: bool) -> HttpResponse:
    asked = Asked(request, listing)
    found, pager = asked.page(asked.ordered(_found(asked), "-id"))
    rows = [_row(change, listing.columns, pick=pick) for change in found]
    sending = Link("登记寄出告知书", reverse("district:account_letters"))
    picking = {"pick": "ref", "form_id": "bulk"} if pick and any(row.ref for row in rows) else {}
    empty = Empty("没有符合条件的账户变更。要变更的，从在保名册点户主，再点“变更发放账户”。")
    return show(
        request,
        "shared/list.html",
        page=Page("发放账户变更", purpose),
        filters=_filters(asked),
        filter_url=address,
        table=asked.table(rows, empty=empty, **picking),
        pager=pager,
        lister=tools(asked),
        bulk=[sending] if picking else (),
        hidden={"once": new_ref()},
    )


@route("payments.accounts", "account_change", "place", TOWNSHIP_ROLES | PAYING_ROLES)
def township(request: HttpRequest) -> HttpResponse:
    """The changes of one's own township."""
    purpose = "从在保名册点户主提出，另一人复核；临近办结截止日的从下个月起用新账户；复核后由区级寄信告知本户。"
    return _list(request, TOWNSHIP, reverse("township:accounts"), purpose, pick=False)


@route("payments.accounts", "account_change", "district", DISTRICT_ROLES)
def district(request: HttpRequest) -> HttpResponse:
    """Every change of the district; whoever may sends the letters."""
    officer = officer_of(request)
    pick = bool(officer.roles & frozenset(procedure.OFFICE_STEPS["send_account_letters"].roles))
    purpose = "全区的账户变更，先看有提示的。告知书由区级打印、按登记的地址寄送，不交给办理变更的人。"
    return _list(request, DISTRICT, reverse("district:accounts"), purpose, pick=pick)


# -- one -------------------------------------------------------------------------------------


def account_facts(change: Any, *, full: bool = False) -> list[Fact]:
    """The two accounts, whose they are, and why."""
    number = str(change.number)
    shown = " ".join(number[start : start + 4] for start in range(0, len(number), 4)) if full else f"尾号 {number[-4:]}"
    facts = [
        Fact("户主", change.household.head.name, note=f"{change.township.name}{change.household.village.name}"),
        Fact("原账户", f"{change.before.holder}　{tail(change.before)}" if change.before else "没有登记"),
        Fact("新户名", f"{change.holder}（{Relation(change.relation).label}）", note=change.authority),
        Fact("新账户", f"{change.bank}　{shown}"),
        Fact("原因", change.reason),
        Fact("提出", f"{change.proposed_by.name}　{change.proposed_on}"),
    ]
    return facts + [Fact("提示", AccountWarning(code).label, tag=Tag("amber", "请核实")) for code in change.warnings]


def _ends(change: Any) -> list[Fact]:
    facts = []
    if change.decided_by:
        facts.append(
            Fact(
                AccountState(change.state).label,
                f"{change.decided_by.name}　{change.decided_on}",
                note=change.decided_words,
            )
        )
    if change.first_used:
        facts.append(Fact("启用", f"{change.first_used}", note="这一天以后冻结的名册用新账户"))
        facts.append(Fact("告知书", told_words(change), note=change.told_by.name if change.told_by else ""))
    return facts


def actions(officer: Officer, change: Any) -> list[Action]:
    """What this officer may do with a proposal, the next step first."""
    if change.state != AccountState.PROPOSED or not officer.holds(TOWNSHIP_ROLES, change.township_id):
        return []
    if change.proposed_by_id == officer.staff.pk:
        return [Action("撤回", reverse("township:account_withdraw", args=[change.ref]))]
    if not officer.holds({Role.HEAD}, change.township_id):
        return []
    return [
        Action("复核账户变更", reverse("township:account_confirm", args=[change.ref]), primary=True),
        Action("不通过", reverse("township:account_refuse", args=[change.ref])),
    ]


@route("payments.accounts", "account_change", "place", READERS)
def account(request: HttpRequest, ref: str) -> HttpResponse:
    """One change with all that became of it; the read is logged."""
    officer = officer_of(request)
    change = queries.account_change(officer, ref)
    home = change.household
    note_household_read(officer, home, "查看发放账户变更")
    back = "district:accounts" if officer.roles & DISTRICT_ROLES else "township:accounts"
    letters = papers.papers_of("account_change", change.ref)
    seen = [
        Block("文书", facts=[Fact("告知书", paper.number) for paper in letters],
              actions=[Action("打开告知书", reverse("paper", args=[paper.ref])) for paper in letters])
    ] if letters and officer.roles & DISTRICT_ROLES else []  # fmt: skip
    return show(
        request,
        "shared/household.html",
        page=Page(
            "发放账户变更", home.head.name, crumbs=[Link("发放账户变更", reverse(back)), Link(home.head.name, "", current=True)],
            tags=[state_tag(change)],
        ),
        blocks=[Block("账户", facts=account_facts(change)), Block("办理", facts=_ends(change))] if _ends(change)
        else [Block("账户", facts=account_facts(change))],
        side=seen,
        actions=actions(officer, change),
    )  # fmt: skip


def award_tools(officer: Officer, award: Any) -> list[Action]:
    """The button beside the history of a running award that is paid."""
    may = officer.holds(TOWNSHIP_ROLES, award.township_id) and award.monthly_fen and not award.end_month
    return [Action("变更发放账户", reverse("township:account_new", args=[award.ref]))] if may else []
