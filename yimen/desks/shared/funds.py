"""资金 as the pages of the district and of a township show it: what stands where, how far it reaches, the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.casework.payments.funds import checking, forecast, queries
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.shapes import Block, Cell, Column, Empty, Link, Page, Row, Table, Tag, Tile
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.money import show as yuan
from yimen.law.payments.funds import OF_TOWNSHIP, FundAccount, FundProgramme, Shortage
from yimen.law.terms import Level

TITLE = "资金"
_PLACES = [
    "乡街", "项目", *(Column(text, numeric=True) for text in ("拨入（元）", "支出（元）", "已报送银行（元）", "结余（元）")),
    "能发到哪个月",
]  # fmt: skip
_JOURNAL = ["日期", "月份", "乡街", "项目", "来源", "借", "贷", Column("金额（元）", numeric=True), "摘要", "记账人"]
_NOTHING = Empty("还没有资金记录。区级登记预算、到位和拨付，两人办理后列在这里。")


def tiles(officer: Officer) -> list[Tile]:
    """Budget, arrival, given, spent, left: over all programmes that the officer sees."""
    found = queries.standings(queries.postings(officer))
    own = [each for each in found if each.place]
    there = [each for each in found if not each.place]

    def total(rows: Sequence[queries.Standing], account: FundAccount) -> int:
        return sum(row.of(account) for row in rows)

    spent, left = sum(row.spent for row in own), total(own, FundAccount.TOWNSHIP)
    made = [
        Tile("支出", yuan(spent), note="元"),
        Tile("乡街结余", yuan(left), note="元"),
        Tile("应急储备金", yuan(total(own, FundAccount.RESERVE)), note="元"),
    ]
    if officer.level() is not Level.DISTRICT:
        return [Tile("区级拨入", yuan(sum(row.given for row in own)), note="元"), *made]
    return [
        Tile("预算未到位", yuan(total(there, FundAccount.PROMISED)), note="元"),
        Tile("区级未拨付", yuan(total(there, FundAccount.DISTRICT)), note="元"),
        *made,
    ]


def reach(row: Shortage | None) -> Cell:
    """How far the money goes, in words with a tag."""
    if row is None or not row.needs:
        return Cell("—")
    if row.month:
        here = row.needs[0][0] == row.month
        return Cell(row.month, tag=Tag("red" if here else "amber", "不足"), note=f"差 {yuan(row.lacks)} 元")
    return Cell(row.needs[-1][0], tag=Tag("green", "够发"))


def places_table(officer: Officer) -> Table:
    """Every township and programme with its money."""
    names = queries.places(officer)
    lasts = {(row.township, row.programme): row for row in forecast.shortage(names, month_of(today()))}
    found = {(each.place, each.programme): each for each in queries.standings(queries.postings(officer)) if each.place}
    rows = []
    for key in sorted({*found, *lasts}, key=lambda key: (key[0], [*FundProgramme].index(key[1]))):
        standing = found.get(key) or queries.Standing(*key)
        left = standing.of(FundAccount.TOWNSHIP) + standing.of(FundAccount.RESERVE)
        last = lasts.get(key)
        rows.append(
            Row(
                [
                    names.get(key[0], key[0]),
                    Cell(key[1].label, note="应急储备金" if key[1] is FundProgramme.TEMPORARY else ""),
                    yuan(standing.given),
                    yuan(standing.spent),
                    yuan(standing.of(FundAccount.UNDER_WAY)),
                    yuan(left),
                    reach(last),
                ],
                tone="different" if last and last.month else "",
            )
        )
    return Table(_PLACES, rows, label="乡街资金", empty=_NOTHING)


def warnings(district: str) -> list[Block]:
    """What does not agree with the rolls of the last three months; older ones are looked at by `yimen check`."""
    found = checking.problems(district, since=later_month(month_of(today()), -2))
    if not found:
        return []
    rows = [Row([sentence], tone="refused") for sentence in found]
    return [
        Block(
            "资金账与名册不一致",
            "请先查明原因，再拨付、发放。",
            table=Table(["差异"], rows, label="资金账与名册不一致"),
        )
    ]


def journal_row(row: Any) -> Row:
    """One movement of the journal."""
    owned = FundAccount(row.debit) in OF_TOWNSHIP or FundAccount(row.credit) in OF_TOWNSHIP
    urban = "" if row.urban is None else "城市" if row.urban else "农村"
    return Row(
        [
            f"{row.on}",
            row.month,
            row.township.name if owned and row.township else "区级",
            Cell(row.get_programme_display(), note=urban),
            row.get_source_display(),
            row.get_debit_display(),
            row.get_credit_display(),
            yuan(row.fen),
            row.words,
            row.by.name,
        ]
    )


def journal_table(rows: Sequence[Any]) -> Table:
    """Movements, the newest first."""
    return Table(_JOURNAL, [journal_row(row) for row in rows], label="资金流水", empty=_NOTHING)


def crumbs(*more: Link) -> list[Link]:
    """The way back on the district's pages."""
    return [Link(TITLE, reverse("district:funds")), *more]


def journal_page(request: HttpRequest, back: Link) -> HttpResponse:
    """Every movement within the officer's scope, the newest first."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found, pager = cut(request, queries.postings(officer), "笔")
    return show(
        request,
        "shared/list.html",
        page=Page("资金流水", "每一笔从贷方到借方，只增不改；错了的冲正，另记一笔。", crumbs=[back]),
        table=journal_table(list(found.object_list)),
        pager=pager,
    )
