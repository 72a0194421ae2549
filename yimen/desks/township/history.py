"""The award as a history by month: what was due, under which decision, for whom; and how any month's amount came about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.casework.awards import history_queries as queries
from yimen.desks.shared import residences
from yimen.desks.shared.accounts import pages as account_pages
from yimen.desks.shared.pages import show
from yimen.desks.shared.panel import explanation_of
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Cell, Column, Empty, Fact, Filter, Link, Page, Row, Table, Tag, Tile
from yimen.desks.township.money import custody, holds
from yimen.law.aftercare.history import due_in, dues, in_force, known_on, phase_in, timeline, total
from yimen.law.aftercare.months import months_between
from yimen.law.aftercare.terms import AwardCause, AwardPhase
from yimen.law.calendar import first_day, month_of, today
from yimen.law.money import show as yuan
from yimen.law.reckoning import Reckoning
from yimen.law.terms import Programme

READERS = TOWNSHIP_ROLES | DISTRICT_ROLES
MONTHS = 12
_MONTHS = [
    "月份", "状态", Column("保障金（元）", numeric=True), Column("加发（元）", numeric=True), Column("合计（元）", numeric=True), "依据",
]  # fmt: skip
_RUNS = ["起", "止", "状态", Column("每月（元）", numeric=True)]
_VERSIONS = [
    "次",
    "记录日期",
    "起始月",
    "原因",
    "状态",
    Column("每月（元）", numeric=True),
    "类别",
    "保障人员",
    "依据",
    "经办",
]
TONES = {
    AwardPhase.RUNNING: "green",
    AwardPhase.HELD: "amber",
    AwardPhase.GRACE: "blue",
    AwardPhase.ENDED: "neutral",
    AwardPhase.VOIDED: "neutral",
}


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def _tag(phase: AwardPhase | None) -> Tag:
    return Tag(TONES[phase], phase.label) if phase else Tag("neutral", "尚未享受")


def _basis(version: Any) -> str:
    return f"{AwardCause(version.cause).label}（{version.on}）"


# -- which months ----------------------------------------------------------------------------


def _years(award: Any) -> list[str]:
    """The years of the history, the latest first; months to come count with a raise that was decided ahead."""
    last = today().year + (today().month == MONTHS)
    return [str(year) for year in range(last, int(award.start_month[:4]) - 1, -1)]


def _year(request: HttpRequest, years: Sequence[str]) -> str:
    asked = request.GET.get("year", "")
    now = str(today().year)
    return asked if asked in years else now if now in years else years[0]


def _known(request: HttpRequest, days: Sequence[str]) -> str:
    asked = request.GET.get("known", "")
    return asked if asked in days else ""


def _month_rows(award: Any, versions: Sequence[Any], months: Sequence[str], known: str) -> tuple[list[Row], Row]:
    added = queries.additions_of(award, months)
    rows, base_sum, more_sum = [], 0, 0
    for month in months:
        version = in_force(versions, month)
        base = due_in(versions, month)
        more = sum(each.fen for each in added[month]) if version is not None else 0
        words = "；".join(f"{each.addition.label} {yuan(each.fen)} 元" for each in added[month])
        address = reverse("township:award_month", args=[award.ref, month]) + (f"?known={known}" if known else "")
        rows.append(
            Row(
                [
                    Link(month, address) if version is not None else month,
                    Cell(tag=_tag(phase_in(versions, month))),
                    yuan(base),
                    Cell(yuan(more), note=words) if more else "—",
                    yuan(base + more),
                    _basis(version) if version is not None else "—",
                ]
            )
        )
        base_sum, more_sum = base_sum + base, more_sum + more
    foot = Row(["合计", "", yuan(base_sum), yuan(more_sum), yuan(base_sum + more_sum), ""])
    return rows, foot


def _run_block(versions: Sequence[Any]) -> Block:
    rows = [
        Row([run.from_month, run.to_month or "至今", Cell(tag=_tag(run.phase)), yuan(run.due_fen)])
        for run in reversed(timeline(versions))
    ]
    return Block("金额的变化", table=Table(_RUNS, rows, label="金额的变化", empty=Empty("没有记录。")))


def _version_block(versions: Sequence[Any]) -> Block:
    names = queries.names_of(versions)
    rows = [
        Row(
            [
                row.seq,
                f"{row.on}",
                row.from_month,
                AwardCause(row.cause).label,
                Cell(tag=_tag(AwardPhase(row.phase))),
                yuan(row.monthly_fen),
                row.category or "—",
                "、".join(names.get(person, "") for person, _ in row.persons) or "—",
                queries.BASES.get(row.basis_kind, row.basis_kind),
                row.by.name if row.by else "—",
            ]
        )
        for row in reversed(versions)
    ]
    note = "每一次决定都另记一次，从不改写；同一个月以最后一次为准。"
    return Block("每一次记录", note, table=Table(_VERSIONS, rows, label="每一次记录"))


@route("awards.history", "award", "place", READERS)
def award(request: HttpRequest, ref: str) -> HttpResponse:
    """What was due in every month of a year, as it is known now or was known on a day; the read is logged."""
    officer = _officer(request)
    found = queries.find(officer, ref)
    home = found.household
    note_household_read(officer, home, "查看保障历史")
    whole = queries.versions_of(found)
    days = sorted({f"{row.on}" for row in whole}, reverse=True)
    known, years = _known(request, days), _years(found)
    versions = known_on(whole, dt.date.fromisoformat(known)) if known else whole
    year = _year(request, years)
    months = months_between(max(f"{year}-01", found.start_month), f"{year}-12")
    rows, foot = _month_rows(found, versions, months, known)
    this = month_of(today())
    paid = total(versions, found.start_month, this)
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"{home.head.name}　保障历史",
            f"{Programme(found.programme).label}　{found.number}　{found.township.name}{found.village.name}",
            crumbs=[Link("家庭档案", reverse("household", args=[home.ref])), Link("保障历史", "", current=True)],
            tags=[_tag(phase_in(versions, this))],
            tools=[
                *holds.award_tools(officer, found),
                *account_pages.award_tools(officer, found),
                *custody.award_tools(officer, found),
            ],
        ),
        tiles=[
            Tile("本月应发", f"{yuan(due_in(versions, this))} 元", note="不含加发"),
            Tile("起始月份", found.start_month),
            Tile(
                "截至本月累计",
                f"{yuan(paid)} 元",
                note=f"{len(dues(versions, found.start_month, this))} 个月，不含加发",
            ),
        ],
        filters=[
            Filter("year", "年份", [(each, each) for each in years], year),
            Filter("known", "截至哪天所知", [("", "现在"), *((day, day) for day in days)], known),
        ],
        filter_url=reverse("township:award", args=[ref]),
        table=Table(
            _MONTHS, rows, label=f"{year} 年各月", empty=Empty("这一年没有享受。"), foot=foot if rows else None
        ),
        note="点月份看这个月的金额是怎么算出来的。加发（价格临时补贴等）按月另列，一人不重复。",
        blocks=[
            *holds.award_blocks(officer, found),
            _run_block(versions),
            _version_block(versions),
            *residences.lived(home),
        ],
    )


# -- one month -------------------------------------------------------------------------------


def _told(found: queries.Explained) -> Fact:
    if found.why:
        return Fact("重新核算", found.why, tag=Tag("amber", "无法核算"))
    if found.again is None:
        return Fact("重新核算", "这个月没有发放，或者在渐退期内，不需要核算。")
    if found.holds:
        return Fact("重新核算", "按当时的资料和标准重新核算，金额一致。", tag=Tag("green", "一致"))
    words = f"按当时的资料和标准重新核算为每月 {yuan(found.again.amount_fen)} 元。"
    return Fact("重新核算", words, tag=Tag("red", "不一致"))


def _day(request: HttpRequest) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.GET.get("known", ""))
    except ValueError:
        return None


@route("awards.history", "award", "place", READERS)
def award_month(request: HttpRequest, ref: str, month: str) -> HttpResponse:
    """How the amount of a month came about: the sheet of then, and the same reckoned anew; the read is logged."""
    officer = _officer(request)
    found = queries.find(officer, ref)
    try:
        first_day(month)
    except ValueError:
        raise Unknown(month) from None
    explained = queries.explained(found, month, _day(request))
    if explained is None:
        raise Unknown(month)
    home, version = found.household, explained.version
    note_household_read(officer, home, "查看保障历史")
    names = queries.names_of([version])
    cover = "；".join(
        names.get(person, "") + (f"（分类施保 {yuan(fen)} 元）" if fen else "") for person, fen in version.persons
    )
    added = queries.additions_of(found, [month])[month]
    facts = [
        Fact("应发", f"{yuan(version.monthly_fen if version.paying else 0)} 元", tag=_tag(AwardPhase(version.phase))),
        *(Fact(each.addition.label, f"{yuan(each.fen)} 元", note=each.addition.document) for each in added),
        Fact("类别", version.category or "—"),
        Fact("保障人员", cover or "—"),
        Fact("依据", _basis(version)),
        Fact("按什么标准", "城市" if version.urban else "农村"),
        _told(explained),
    ]
    sheet = explained.sheet or (explained.again.sheet if explained.again else None)
    blocks = [Block(f"{month} 应发", facts=facts)]
    if sheet is not None:
        blocks += explanation_of(Reckoning.from_json(sheet))
    back = reverse("township:award", args=[ref])
    return show(
        request,
        "shared/household.html",
        page=Page(
            home.head.name,
            crumbs=[Link("保障历史", f"{back}?year={month[:4]}"), Link(month, "", current=True)],
        ),
        line=f"{found.township.name} · {found.village.name} {home.group} · {found.number}",
        blocks=blocks,
    )
