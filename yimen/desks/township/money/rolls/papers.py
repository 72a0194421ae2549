"""The papers of a frozen roll: roster and summary, slips by village, and the roster as a table to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from yimen.base.access.officer import Officer
from yimen.base.access.once import once
from yimen.base.exports.desk import IN_FULL
from yimen.base.papers import desk as papers
from yimen.base.refs import new_ref
from yimen.casework.payments import acts, queries, roll_reading as reading
from yimen.casework.payments.rosters import rows as roster
from yimen.desks.shared.listing import listing
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.printing import choosing
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Empty, Link, Page, Row
from yimen.desks.township.money.parts import READERS, officer_of, roles_of
from yimen.desks.township.money.rolls import doing
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.payments.terms import RollState
from yimen.law.terms import Programme

_COLUMNS = (
    "户主", "村（社区）", "项目", "编号", "领取人（关系）", "人数", "保障金（元）", "分类施保（元）", "加发补发扣回", "实发（元）",
    "开户银行", "账号", "备注",
)  # fmt: skip
_MORE = ("身份证号", "电话", "组（楼栋）", "发放项目代码")
_NUMERIC = frozenset({"人数", "保障金（元）", "分类施保（元）", "实发（元）"})
ROSTER = Listing(
    "roster", "发放花名册", (*_COLUMNS, *_MORE), usual=_COLUMNS, numeric=_NUMERIC, unit="户",
    sorts={"户主": ("award__household__head__pinyin",), "村（社区）": ("village_id", "position")},
)  # fmt: skip


def _cells(line: Any, codes: roster.ItemCodes, *, full: bool) -> dict[str, Any]:
    head, account = line.award.household.head, line.account
    number, identity = str(account.number) if account else "", str(head.identity)
    return {
        "户主": head.name,
        "村（社区）": line.village.name,
        "项目": SHORT[Programme(line.programme)],
        "编号": line.award.number,
        "领取人（关系）": roster.payee(line),
        "人数": line.persons,
        "保障金（元）": yuan(line.base_fen),
        "分类施保（元）": yuan(line.supplement_fen),
        "加发补发扣回": roster.other_words(line) or "—",
        "实发（元）": yuan(line.total_fen),
        "开户银行": account.bank if account else "没有登记",
        "账号": number if full else (f"尾号 {number[-4:]}" if number else "—"),
        "备注": roster.remark(line) or "—",
        "身份证号": identity if full else f"{identity[:3]}****{identity[-4:]}",
        "电话": (head.phone or "—") if full else "—",
        "组（楼栋）": line.household.group or "—",
        "发放项目代码": codes.of(line) or "—",
    }


@route("payments.rolls", "roll", "place", READERS)
def table(request: HttpRequest, ref: str) -> HttpResponse:
    """The roster on the screen, accounts by their last digits; in full it is exported by the one export writer (K23, K24)."""
    officer = officer_of(request)
    roll = queries.roll(officer, ref)
    asked = Asked(request, ROSTER)
    if asked.full:  # a roster taken along in full has all its columns
        asked.columns = list(ROSTER.columns)
    codes = roster.ItemCodes(roll)
    found, pager = asked.page(asked.ordered(roster.warned(reading.lines(officer, roll), roll), "position"))
    rows = [
        Row(
            [cells[text] for text in ROSTER.columns],
            name=line.award.household.head.name,
            reads=[("household", line.award.household.ref, line.award.household.head.ref)],
        )
        for line, cells in ((line, _cells(line, codes, full=asked.full)) for line in found)
    ]
    query = urlencode({"path": request.path, "query": urlencode(asked.whole())})
    full = [Action("导出花名册（完整号码）", f"{reverse('export_full')}?{query}")] if officer.roles & IN_FULL else []
    return show(
        request,
        "shared/list.html",
        page=Page("发放花名册", doing.title(roll), crumbs=[*doing.crumbs(roll), Link("花名册", "", current=True)], tools=full),
        table=asked.table(rows, empty=Empty("名册里没有要发放的家庭。")),
        pager=pager,
        lister=tools(asked),
    )  # fmt: skip


# -- papers ----------------------------------------------------------------------------------


@route("payments.issue_roster", "roll", "place", roles_of("issue_roster"), ("POST",))
def issue(request: HttpRequest, ref: str) -> HttpResponse:
    """Issue the roster and its summary, once."""
    officer = officer_of(request)
    roll = queries.roll(officer, ref)

    def work() -> str:
        acts.issue_roster(officer, ref=ref)
        return doing.url("roll", roll) + "#papers"

    return HttpResponseRedirect(str(once(request.user, request.POST.get("once", ""), {"path": request.path}, work)))  # type: ignore[arg-type]


@route("payments.issue_slips", "roll", "place", roles_of("issue_slips"), ("POST",))
def slips(request: HttpRequest, ref: str) -> HttpResponse:
    """Issue and print the slips of a village, or of one household."""
    officer = officer_of(request)
    queries.roll(officer, ref)
    village, award = request.POST.get("village", ""), request.POST.get("award", "")

    def work() -> str:
        made = acts.issue_slips(officer, ref=ref, village=village, award=award)
        lines = [{"paper": paper.ref} for paper in made]
        return choosing.start(officer, title="救助金发放告知单", lines=lines, duplex=False)

    body = {"path": request.path, "village": village, "award": award}
    run = once(request.user, request.POST.get("once", ""), body, work)  # type: ignore[arg-type]
    return HttpResponseRedirect(reverse("township:print_run", args=[run]))


def slip_action(officer: Officer, roll: Any, **which: str) -> list[Action]:
    """The button that prints slips of a frozen roll."""
    if roll.state != RollState.DONE or not doing.may(officer, "issue_slips", roll):
        return []
    return [Action("打印发放告知单", doing.url("roll_slips", roll), "post", hidden={**which, "once": new_ref()})]


def blocks(officer: Officer, roll: Any) -> list[Block]:
    """The papers of a frozen roll, and the slips by village."""
    if roll.state != RollState.DONE:
        return []
    made = list(papers.papers_of("roll", roll.ref).defer("data"))
    rows = [
        (Link(paper.title, reverse("paper", args=[paper.ref])), paper.number, f"{paper.issued_on}") for paper in made
    ]
    may = doing.may(officer, "issue_roster", roll) and not made
    once_more = {"once": new_ref()}
    issuing = [Action("制发花名册和汇总表", doing.url("roll_issue", roll), "post", hidden=once_more)] if may else []
    empty = "还没有制发。制发后有编号，随时可以打开、打印。"
    found = [
        Block(
            "花名册和汇总表",
            table=listing("文书", "文书 编号 日期", rows, empty=empty).table,
            actions=issuing,
            anchor="papers",
        )
    ]
    if doing.may(officer, "issue_slips", roll):
        villages = [
            (name, count, *slip_action(officer, roll, village=code))
            for code, name, count in reading.villages(officer, roll)
        ]
        note = "写明本月金额、由哪几项组成、为什么与上月不同、发到哪个账户（只写尾号）。"
        found.append(listing("发放告知单", "村（社区） 户数 打印", villages, note=note))
    return found
