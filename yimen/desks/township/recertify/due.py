"""The list of reviews: overdue first, by month and village, with bulk acts; for the district by township (S10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.once import once
from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.casework.awards import queries as awards, recertify_queries as queries, residence_queries as residing
from yimen.desks.shared import residences
from yimen.desks.shared.batches.pages import act_links
from yimen.desks.shared.batches.subjects import review_url
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.places import township_filter, village_filter
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.printing import choosing
from yimen.desks.shared.reviews import NOT_BEGUN, due_cell, review_state, told_cell
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Cell, Column, Empty, Filter, Link, Page, Row, Table, Tile
from yimen.law.calendar import add_months, first_day, today
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.recertify import OPEN, RecertifyState
from yimen.law.terms import Programme, Role

AMOUNT = "月保障金（元）"
_PURPOSE = (
    "低保按保障类别、特困和边缘家庭按各自的间隔定期核查：没有明显变化的续保，金额不变；有变化的登记下来，另办变更。"
    "刚性支出困难家庭不复核：期满以前告知，期满终止，仍有困难的重新申请。"
)
_COLUMNS = ("户主", "村（社区）", "居住地", "类别", AMOUNT, "应复核", "上次核查", "复核")
SORTS = {
    "户主": ("household__head__pinyin",),
    "乡街": ("township_id", "village_id"),
    "村（社区）": ("village_id", "due_day"),
    "类别": ("programme", "category", "due_day"),
    AMOUNT: ("monthly_fen",),
    "应复核": ("due_day", "village_id"),
}
_FILTERS = ("due", "programme", "village", "category", "state", "residence")
DUE = [
    ("", "本月底前到期"),
    ("late", "已过期"),
    ("month", "本月到期"),
    ("next", "下月到期"),
    ("quarter", "三个月内到期"),
    ("expiring", "认定三个月内期满"),
    ("all", "全部在保"),
]
STATES = [("", "全部"), ("none", NOT_BEGUN), *((str(state), state.label) for state in OPEN)]


def _listing(name: str, columns: Sequence[str], filters: Sequence[str]) -> Listing:
    sorts = {text: fields for text, fields in SORTS.items() if text in columns}
    return Listing(
        name,
        "复核",
        (*columns, "编号"),
        usual=columns,
        sorts=sorts,
        filters=filters,
        numeric=frozenset({AMOUNT}),
        unit="户",
    )


TOWNSHIP = _listing("recertify", _COLUMNS, _FILTERS)
DISTRICT = _listing("recertify_district", ("户主", "乡街", *_COLUMNS[1:]), ("township", *_FILTERS))


# -- which rows --------------------------------------------------------------------------


def _by_due(rows: QuerySet[Any], word: str, on: date) -> QuerySet[Any]:
    this = first_day(on)
    if word == "expiring":
        return queries.expiring(rows, add_months(this, 3))
    spans = {
        "": (None, add_months(this, 1)),
        "late": (None, on),
        "month": (this, add_months(this, 1)),
        "next": (add_months(this, 1), add_months(this, 2)),
        "quarter": (None, add_months(this, 3)),
    }
    if word not in spans:
        return rows
    since, until = spans[word]
    rows = (queries.unchecked(rows) if word else rows).filter(due_day__lt=until)
    return rows.filter(due_day__gte=since) if since else rows


def _found(asked: Asked, on: date) -> QuerySet[Any]:
    rows = queries.running(asked.officer)
    columns = {
        "township": "township_id",
        "programme": "programme",
        "village": "village_id",
        "category": "category",
    }
    for name, column in columns.items():
        if value := asked.filters.get(name, ""):
            rows = rows.filter(**{column: value})
    rows = residing.chosen(rows, asked.get("residence"))
    state, due = asked.get("state"), asked.get("due")
    if state in dict(STATES) and state:
        rows = queries.with_state(rows, state)
        # A review under way shows whenever it is due; only a chosen span narrows it.
        due = due or ("all" if state != "none" else "")
    return _by_due(rows, due, on)


def _filters(asked: Asked) -> list[Filter]:
    officer = asked.officer
    made = [
        asked.filter("due", "到期", DUE),
        asked.filter("programme", "救助类别", [("", "全部"), *((str(kind), SHORT[kind]) for kind in Programme)]),
        village_filter(asked),
        asked.filter("category", "类别", [("", "全部"), *((word, word) for word in awards.categories(officer))]),
        asked.filter("state", "复核", STATES),
        asked.filter("residence", "居住地", residences.CHOICES),
    ]
    if asked.listing is DISTRICT:
        made.insert(0, township_filter(asked))
    return made


# -- what they show ----------------------------------------------------------------------


def _rows(found: Sequence[Any], columns: Sequence[str], on: date) -> list[Row]:
    reviews, last, letters = queries.open_of(found), queries.last_done(found), queries.letters(found)
    living = residing.current_of(award.household_id for award in found)
    made = []
    for award in found:
        before, review = last.get(award.pk), reviews.get(award.pk)
        changing = review is not None and review.state == RecertifyState.CHANGING
        cells = {
            "户主": Link(award.household.head.name, review_url(award)),
            "乡街": award.township.name,
            "村（社区）": award.village.name,
            "居住地": residences.cell(living.get(award.household_id)),
            "类别": awards.kind_words(award),
            AMOUNT: yuan(award.monthly_fen) if award.monthly_fen else "—",
            "应复核": Cell(f"{award.recertify_on:%Y-%m-%d}")
            if changing
            else due_cell(award.recertify_on, on, None, award.valid_to),
            "上次核查": f"{before:%Y-%m-%d}" if before else "—",
            "复核": review_state(review) if award.recertify_on else told_cell(letters.get(award.pk)),
            "编号": award.number,
        }
        made.append(Row([cells[text] for text in columns], ref=award.ref, name=award.household.head.name))
    return made


def _tiles(counted: Sequence[queries.Progress]) -> list[Tile]:
    url = reverse("township:recertify")

    def total(name: str) -> int:
        return sum(getattr(one, name) for one in counted)

    late, changing, expired = total("late"), total("changing"), total("expired")
    return [
        Tile(
            "已过期",
            str(late),
            note=f"户，其中认定期满 {expired} 户" if expired else "户",
            tone="red" if late else "",
            url=f"{url}?due=late",
        ),
        Tile("本月到期", str(total("due")), note="户未完成", url=f"{url}?due=month"),
        Tile("正在复核", str(total("under_way")), note="户", url=f"{url}?state=started"),
        Tile("待办变更", str(changing), note="户", tone="amber" if changing else "", url=f"{url}?state=changing"),
        Tile("本月已复核", str(total("done")), note="户", tone="green"),
    ]


def _by_township(officer: Officer, counted: dict[str, queries.Progress]) -> Block:
    """How far each township is, for the district."""
    url, rows = reverse("township:recertify"), []
    for place in offices.townships(officer.district):
        one = counted.get(place.code, queries.Progress())
        numbers = [one.late, one.due, one.under_way, one.changing, one.done]
        rows.append(Row([Link(place.name, f"{url}?township={place.code}&due=all"), *numbers]))
    heads = ("已过期", "本月到期未完成", "正在复核", "待办变更", "本月已复核")
    columns = [Column("乡街"), *(Column(text, numeric=True) for text in heads)]
    return Block("各乡街复核情况（户）", table=Table(columns, rows, label="各乡街复核情况"))


def _bulk(officer: Officer) -> list[Link]:
    acts = ["start_recertification", "renew", "invite_again", "end_expired"]
    if Role.HEAD in officer.roles:
        acts.insert(2, "confirm_recertification")
    return [*act_links(*acts), Link("打印复核表、期满告知书", reverse("township:recertify_print"))]


@route("recertify.read", "award", "place", TOWNSHIP_ROLES | DISTRICT_ROLES)
def recertify(request: HttpRequest) -> HttpResponse:
    """What is due until the end of the month, the longest overdue first; the district reads all townships."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on, district = today(), bool(officer.roles & DISTRICT_ROLES)
    asked = Asked(request, DISTRICT if district else TOWNSHIP)
    found, pager = asked.page(asked.ordered(_found(asked, on), "due_day", "village_id", "number"))
    counted = queries.progress(officer, on)
    empty = Empty("没有符合条件的家庭。到期的家庭按“应复核”日期自动列在这里。")
    rows = _rows(found, asked.listing.columns, on)
    table = asked.table(rows, empty=empty, pick="" if district else "ref", form_id="" if district else "bulk")
    return show(
        request,
        "shared/list.html",
        page=Page("复核", _PURPOSE),
        tiles=_tiles(list(counted.values())),
        filters=_filters(asked),
        filter_url=reverse("township:recertify"),
        table=table,
        pager=pager,
        lister=tools(asked),
        bulk=_bulk(officer) if found and not district else (),
        hidden={"once": new_ref()},
        blocks=[_by_township(officer, counted)] if district else (),
    )


@route("papers.print", "award", "place", TOWNSHIP_ROLES, ("POST",))
def print_sheets(request: HttpRequest) -> HttpResponse:
    """The newest sheets of the ticked households as one file, to be signed; of those that expire their letters."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    refs = request.POST.getlist("ref")

    def work() -> str:
        found = queries.running(officer).filter(ref__in=refs[: queries.MOST]).order_by("village_id", "number")
        sheets = queries.newest_sheets(list(found))
        if not sheets:
            words = "勾选的家庭还没有复核表，也没有期满告知书。请先勾选家庭，办理续保登记或者告知认定期满后再打印。"
            raise Refused(words, "nothing", 422)
        lines = [{"paper": paper.ref} for paper in sheets]
        return choosing.start(officer, title="定期复核表、期满告知书", lines=lines, duplex=False)

    body = {"ref": refs, "path": request.path}
    ref = once(request.user, request.POST.get("once", ""), body, work)  # type: ignore[arg-type]
    return redirect("township:print_run", ref)
