"""在保名册: every household now on assistance, with sums over the whole filter; in full numbers as a ledger (T24; S31)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.exports.desk import IN_FULL
from yimen.casework.awards import queries, recertify_queries as recertify, residence_queries as residing
from yimen.casework.awards.ledger_export import ledger_rows
from yimen.casework.households import queries as households
from yimen.desks.shared import residences
from yimen.desks.shared.changes import report_url
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.places import township_filter, village_filter
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.reviews import due_cell
from yimen.desks.shared.routes import CASE_STAFF, route
from yimen.desks.shared.shapes import Action, Cell, Column, Empty, Filter, Link, Page, Row, Table
from yimen.law.calendar import first_day, today
from yimen.law.ledger import COLUMNS, LEDGER_NAMES, SHORT, AwardOrigin, AwardState, LedgerColumn
from yimen.law.money import show as yuan
from yimen.law.terms import Programme

AMOUNT = "月保障金（元）"
NUMERIC = frozenset({"保障人数", AMOUNT})
_PLACE = ("户主", "村（社区）")
_REST = ("类别", "保障人数", AMOUNT, "起始月", "下次复核", "账号尾号", "来源", "状态")
_MORE = ("编号", "组（楼栋）", "居住地", "变动")
SORTS = {
    "户主": ("household__head__pinyin",),
    "乡街": ("township_id", "village_id"),
    "村（社区）": ("village_id", "number"),
    "类别": ("category", "number"),
    AMOUNT: ("monthly_fen",),
    "起始月": ("start_month",),
    "下次复核": ("recertify_on", "valid_to"),
    "编号": ("number",),
}
# What a village helper sees of the own village: no amount, no account.
_VILLAGE = ("户主", "村（社区）", "组（楼栋）", "保障人数", "起始月", "下次复核")
# Yuan a month, from and below; for the drop-down.
_STEPS = (
    ("0-300", 0, 300),
    ("300-600", 300, 600),
    ("600-1000", 600, 1_000),
    ("1000-2000", 1_000, 2_000),
    ("2000-", 2_000, 0),
)
_STATES = [("", AwardState.RUNNING.label), *(each for each in AwardState.choices() if each[0] != AwardState.RUNNING)]
_PURPOSES = {
    AwardState.RUNNING: "现在享受救助、认定有效的家庭，合计按全部筛选结果计算。点户主查看家庭档案。",
    AwardState.ENDED: "已经停止的家庭，状态里是停止的月份。",
    AwardState.VOIDED: "台账导入撤销以后不作数的保障，编号留着备查。",
}
_REVIEWS = [("", "全部"), ("month", "本月到期"), ("next", "下月到期"), ("late", "已过复核日")]


def _listing(name: str, columns: Sequence[str], filters: Sequence[str], more: Sequence[str] = ()) -> Listing:
    shown = [*columns, *more]
    return Listing(
        name,
        "在保名册",
        shown,
        usual=columns,
        sorts={text: fields for text, fields in SORTS.items() if text in shown},
        filters=filters,
        numeric=NUMERIC & set(shown),
        unit="户",
    )


_FILTERS = ("programme", "village", "category", "amount", "review", "origin", "residence", "state")
TOWNSHIP = _listing("awards", (*_PLACE, *_REST), _FILTERS, _MORE)
DISTRICT = _listing("awards_district", ("户主", "乡街", *_PLACE[1:], *_REST), ("township", *_FILTERS), _MORE)
VILLAGE = _listing("awards_village", _VILLAGE, ())


def _listing_of(officer: Officer) -> Listing:
    if officer.roles & DISTRICT_ROLES:
        return DISTRICT
    return TOWNSHIP if officer.roles & TOWNSHIP_ROLES else VILLAGE


# -- which rows --------------------------------------------------------------------------


def _review_span(word: str, on: date) -> tuple[date | None, date]:
    """First day (None: ever) and the day after the last, of the review days meant."""
    this = first_day(on)
    following = first_day(this + timedelta(days=31))
    if word == "next":
        return following, first_day(following + timedelta(days=31))
    return (None, on) if word == "late" else (this, following)


def _state(asked: Asked) -> AwardState:
    """Which awards the roll shows: those now running, unless ended or voided ones are asked for."""
    given = "" if asked.listing is VILLAGE else asked.filters["state"]
    return AwardState(given) if given in dict(AwardState.choices()) else AwardState.RUNNING


def _found(asked: Asked, on: date) -> QuerySet[Any]:
    rows = queries.in_state(asked.officer, _state(asked))
    if asked.listing is VILLAGE:
        return rows
    wanted = {name: value for name, value in asked.filters.items() if value}
    for name, column in (
        ("township", "township_id"),
        ("programme", "programme"),
        ("village", "village_id"),
        ("category", "category"),
        ("origin", "origin"),
    ):
        if name in wanted:
            rows = rows.filter(**{column: wanted[name]})
    if "review" in wanted:
        since, until = _review_span(wanted["review"], on)
        rows = rows.filter(recertify_on__lt=until)
        rows = rows.filter(recertify_on__gte=since) if since else rows
    rows = residing.chosen(rows, wanted.get("residence", ""))
    for word, least, below in _STEPS:
        if wanted.get("amount") == word:
            rows = rows.filter(monthly_fen__gte=least * 100)
            rows = rows.filter(monthly_fen__lt=below * 100) if below else rows
    return rows


def _filters(asked: Asked) -> list[Filter]:
    if asked.listing is VILLAGE:
        return []
    officer = asked.officer
    steps = [(word, f"{least} 至 {below} 元" if below else f"{least} 元以上") for word, least, below in _STEPS]
    made = [
        asked.filter("programme", "救助类别", [("", "全部"), *((str(kind), SHORT[kind]) for kind in Programme)]),
        village_filter(asked),
        asked.filter("category", "类别", [("", "全部"), *((word, word) for word in queries.categories(officer))]),
        asked.filter("amount", "每月金额", [("", "全部"), *steps]),
        asked.filter("review", "复核", _REVIEWS),
        asked.filter("origin", "来源", [("", "全部"), *AwardOrigin.choices()]),
        asked.filter("residence", "居住地", residences.CHOICES),
        asked.filter("state", "状态", _STATES),
    ]
    if asked.listing is DISTRICT:
        made.insert(0, township_filter(asked))
    return made


# -- what they show ----------------------------------------------------------------------


def _cells(award: Any, covered: int, account: Any, review: Any, on: date, living: Any) -> dict[str, Any]:
    home = award.household
    return {
        "户主": Link(home.head.name, reverse("household", args=[home.ref])),
        "乡街": award.township.name,
        "村（社区）": award.village.name,
        "类别": queries.kind_words(award),
        "保障人数": "—" if award.end_month else covered,
        AMOUNT: yuan(award.monthly_fen) if award.monthly_fen else "—",
        "起始月": award.start_month,
        "下次复核": "—" if award.end_month else due_cell(award.recertify_on, on, review, award.valid_to),
        "账号尾号": account.number[-4:] if account else "—",
        "来源": AwardOrigin(award.origin).label,
        "状态": queries.state_words(award),
        "编号": award.number,
        "变动": "—" if award.end_month else Link("登记变动", report_url(award)),
        "组（楼栋）": home.group or "—",
        "居住地": residences.cell(living),
    }


def _rows(awards: Sequence[Any], columns: Sequence[str], on: date) -> list[Row]:
    covered = queries.covered_counts(awards)
    paid = "账号尾号" in columns
    accounts = households.accounts_of(award.household_id for award in awards) if paid else {}
    reviews = recertify.open_of(awards)
    living = residing.current_of(award.household_id for award in awards)
    made = []
    for award in awards:
        account = accounts.get(award.household_id)
        where = living.get(award.household_id)
        cells = _cells(award, covered.get(award.pk, 0), account, reviews.get(award.pk), on, where)
        made.append(Row([cells[text] for text in columns], ref=award.household.ref, name=award.household.head.name))
    return made


def _foot(sums: tuple[int, int, int], columns: Sequence[str]) -> Row:
    count, persons, fen = sums
    told: dict[str, str | int | Cell] = {columns[0]: f"合计 {count} 户", "保障人数": persons, AMOUNT: yuan(fen)}
    return Row([told.get(text, Cell()) for text in columns])


# -- in full, as a ledger ----------------------------------------------------------------


def _told(column: LedgerColumn, value: Any) -> str:
    if column.kind == "money":
        return f"{value // 100}.{value % 100:02d}" if value is not None else ""
    return str(value)


def _kind(asked: Asked) -> Programme:
    """The programme whose ledger is meant; each has columns of its own."""
    given = asked.filters.get("programme", "")
    return Programme(given) if given in {str(kind) for kind in Programme} else Programme.DIBAO


def _ledger(awards: Sequence[Any], kind: Programme) -> Table:
    """The columns of the programme's ledger with whole numbers: exported so and imported again nothing changes."""
    made, shown = [], COLUMNS[kind]
    for award, values in zip(awards, ledger_rows(awards), strict=True):
        home = award.household
        cells = [_told(column, values[column.key]) for column in shown]
        made.append(Row(cells, ref=award.ref, name=values["head_name"], reads=[("household", home.ref, home.head.ref)]))
    columns = [Column(column.head, numeric=column.kind in ("money", "count")) for column in shown]
    return Table(columns, made, label=LEDGER_NAMES[kind], empty=Empty("没有在保家庭。"))


def _tools(asked: Asked) -> list[Action]:
    """One ledger for each programme that there is, or for the one chosen."""
    if asked.listing is VILLAGE or not asked.officer.roles & IN_FULL:
        return []
    chosen = [_kind(asked)] if asked.filters.get("programme") else queries.programmes(asked.officer)
    made = []
    for kind in chosen or [Programme.DIBAO]:
        query = urlencode({"path": asked.request.path, "query": urlencode({**asked.whole(), "programme": str(kind)})})
        what = LEDGER_NAMES[kind] if len(chosen) > 1 else "台账"
        made.append(Action(f"导出{what}（完整号码）", f"{reverse('export_full')}?{query}"))
    return made


@route("awards.read", "award", "place", CASE_STAFF)
def awards(request: HttpRequest) -> HttpResponse:
    """The own township's roll; the district reads all of them, a village helper the own village without amounts."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()
    asked = Asked(request, _listing_of(officer))
    rows = _found(asked, on)
    usual = ("township_id", "village_id", "number") if asked.listing is DISTRICT else ("village_id", "number")
    state = _state(asked)
    paid = state == AwardState.RUNNING
    if asked.full:  # a ledger holds who is on assistance, of one programme
        rows = rows.filter(programme=_kind(asked)) if paid else rows.none()
    sums = queries.sums(rows)
    found, pager = asked.page(asked.ordered(rows, *usual), sums[0])
    empty = Empty(
        "没有符合条件的在保家庭。确认并公布后的家庭、从台账接续的家庭都列在这里。" if paid
        else f"没有{state.label}的保障。在“状态”里选“{AwardState.RUNNING.label}”看现在享受的家庭。"
    )  # fmt: skip
    if asked.full:
        table = _ledger(found, _kind(asked))
    else:
        columns = asked.listing.columns
        table = asked.table(
            _rows(found, columns, on), empty=empty, foot=_foot(sums, columns) if found and paid else None
        )
    return show(
        request,
        "township/awards.html",
        page=Page("在保名册", _PURPOSES[state], tools=_tools(asked) if paid else []),
        filters=_filters(asked),
        filter_url=reverse("township:awards"),
        table=table,
        pager=pager,
        lister=None if officer.roles <= VILLAGE_ROLES else tools(asked),
    )
