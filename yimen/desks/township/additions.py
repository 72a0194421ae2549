"""临时加发 (L32): every addition with its document, what a month of it comes to by place, the households that get it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.refs import new_ref
from yimen.casework.awards import additions as queries
from yimen.desks.shared import months as view
from yimen.desks.shared.additions import months_words, notice_cell, programmes_words
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.places import township_filter, townships, village_filter, villages
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.months import month_asked, month_words
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Cell, Column, Empty, Filter, Link, Page, Row, Table, Tag, Tile
from yimen.law.aftercare.additions import rate_words
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.terms import Programme

READERS = TOWNSHIP_ROLES | DISTRICT_ROLES
AMOUNT = "加发（元）"
_AT_ONCE = 30_000
_NOTE = "由区里在“政策与标准”里拟定、另一人发布后生效；按当月有效的保障人员计算，一人不重复，暂停、终止的不发。不计入月保障金。"
_EMPTY = "这个月没有临时加发。有加发的月份见“临时加发”。"


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def district_reader(officer: Officer) -> bool:
    """Whether the reader sees all townships."""
    return bool(officer.roles & DISTRICT_ROLES)


# -- every addition ----------------------------------------------------------------------


def _places(officer: Officer) -> list[str]:
    if district_reader(officer):
        return [code for code, _ in townships(officer)]
    return officer.areas(TOWNSHIP_ROLES)


def _state(addition: Any) -> Tag:
    this = month_of(today())
    if addition.to_month < this:
        return Tag("neutral", "已结束")
    return Tag("green", "正在发放") if addition.from_month <= this else Tag("blue", "尚未开始")


@route("additions.read", "award", "place", READERS)
def additions(request: HttpRequest) -> HttpResponse:
    """Every addition that ever counted here, the latest first; each leads to its months."""
    officer = _officer(request)
    rows = []
    for addition in queries.every_addition(_places(officer)):
        month = min(addition.to_month, max(addition.from_month, month_of(today())))
        cells: Sequence[Any] = [
            Cell(addition.label, reverse("township:additions_month", args=[month]), strong=True),
            months_words(addition),
            rate_words(addition),
            programmes_words(addition),
            addition.document,
            Cell(tag=_state(addition)),
        ]
        rows.append(Row(cells))
    district = district_reader(officer)
    figure = [Action("加发的参数", reverse("district:figure", args=[queries.KEY]))] if district else []
    return show(
        request,
        "shared/list.html",
        page=Page(
            "临时加发",
            "价格临时补贴等全区统一的临时加发：文号、月份、标准；点名称看各地户数、人数、金额。",
            tools=figure,
        ),
        table=Table(
            ["名称", "发放月份", "标准", "适用项目", "文号", "状态"],
            rows,
            label="临时加发",
            empty=Empty("还没有临时加发。区里在“政策与标准”的“临时加发”里拟定，另一人发布后列在这里。"),
        ),
        note=_NOTE,
    )


# -- a month by place --------------------------------------------------------------------


def _counts_table(month: str, found: Sequence[queries.Count], names: dict[str, str], first: str) -> Table:
    made = []
    for row in found:
        url = households_url(month, row.place, row.addition.code)
        left = row.households - row.told
        announce = f"{reverse('township:additions_announce', args=[month, row.place])}?code={row.addition.code}"
        made.append(
            Row(
                [
                    names.get(row.place, row.place),
                    Cell(row.addition.label, note=row.addition.document),
                    rate_words(row.addition),
                    Cell(str(row.households), url),
                    row.persons,
                    yuan(row.fen),
                    row.told,
                    Link(f"告知 {left} 户", announce) if left else Cell(tag=Tag("green", "都已告知")),
                ]
            )
        )
    homes, persons = sum(row.households for row in found), sum(row.persons for row in found)
    told = sum(row.told for row in found)
    foot = Row(["合计", Cell(), Cell(), homes, persons, yuan(sum(row.fen for row in found)), told, Cell()])
    columns = [
        first,
        "加发",
        "标准",
        *(Column(text, numeric=True) for text in ("户数", "人数", AMOUNT, "已告知（户）")),
        "告知书",
    ]
    return Table(columns, made, label=f"按{first}", foot=foot if made else None, empty=Empty(_EMPTY))


def households_url(month: str, place: str, code: str) -> str:
    """The households of a village or township that get an addition; every other filter is cleared."""
    township, village = (place[:9], place) if len(place) > len("990101001") else (place, "")
    return f"{reverse('township:additions_households', args=[month])}?township={township}&village={village}&code={code}&told="


@route("additions.read", "award", "place", READERS)
def month(request: HttpRequest, month: str) -> HttpResponse:
    """A month of every addition by village, for the district by township."""
    officer, wanted = _officer(request), view.wanted_of(request, month)
    district = district_reader(officer) and not wanted.township
    found = queries.counts(wanted.then(officer), wanted.month, "township_id" if district else "village_id")
    names = dict(townships(officer) if district else villages(officer, wanted.township))
    homes, persons, told = (sum(getattr(row, name) for row in found) for name in ("households", "persons", "told"))
    words = month_words(wanted.month)
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"临时加发 {words}",
            f"{words}各项加发的户数、人数、金额，告知书制发了多少；点户数看是哪些家庭。",
            crumbs=[Link("临时加发", reverse("township:additions"))],
            tools=_steps(wanted),
        ),
        tiles=[
            Tile("加发", yuan(sum(row.fen for row in found)), note="元"),
            Tile("户数", f"{homes:,}", note=f"户 {persons:,} 人"),
            Tile("还没告知", f"{homes - told:,}", note="户", tone="amber" if homes > told else ""),
        ],
        filters=[each for each in view.filters(officer, wanted) if each.name != "village"],
        filter_url=reverse("township:additions_month", args=[wanted.month]),
        table=_counts_table(wanted.month, found, names, "乡街" if district else "村（社区）"),
        note=_NOTE,
    )


def _steps(wanted: view.Wanted) -> list[Action]:
    made = []
    for step, text in ((-1, "上一月"), (1, "下一月")):
        near = later_month(wanted.month, step)
        if view.FIRST <= near <= later_month(month_of(today()), view.AHEAD):
            url = f"{reverse('township:additions_month', args=[near])}?{wanted.query()}"
            made.append(Action(text, url))
    return made


# -- the households ----------------------------------------------------------------------

_FILTERS = ("township", "village", "programme", "code", "told")
_COLUMNS = ("户主", "村（社区）", "项目", "加发", "标准", "人数", AMOUNT, "告知书")


def _listing(name: str, columns: Sequence[str], filters: Sequence[str]) -> Listing:
    return Listing(
        name,
        "临时加发",
        (*columns, "编号"),
        usual=columns,
        filters=filters,
        numeric=frozenset({"人数", AMOUNT}),
        unit="户",
    )


TOWNSHIP = _listing("additions", _COLUMNS, _FILTERS[1:])
DISTRICT = _listing("additions_district", ("户主", "乡街", *_COLUMNS[1:]), _FILTERS)


def _kept(added: Any, told: bool, asked: Asked) -> bool:
    state = "yes" if told else "no"
    return asked.get("code") in ("", added.addition.code) and asked.get("told") in ("", state)


def _found(asked: Asked, month: str) -> tuple[Any, dict[int, Any], dict[tuple[int, str, str], Any]]:
    """The awards in their order, what each gets, and the notices by award, code and first month."""
    place = {name: asked.filters.get(name, "") for name in _FILTERS[:3]}
    rows = view.Wanted(month, **place).then(asked.officer)
    due = queries.additions_due(rows, month)
    if len(due) > _AT_ONCE:
        raise Refused(f"这个月有 {len(due):,} 户，请先选择乡街。", "too_many")
    notices = queries.notices_in(rows)
    kept = {
        number: [each for each in several if _kept(each, _key(number, each) in notices, asked)]
        for number, several in due.items()
    }
    numbers = [number for number, several in kept.items() if several]
    return rows.filter(pk__in=numbers).order_by("at", "number"), kept, notices


def _key(number: int, added: Any) -> tuple[int, str, str]:
    return number, added.addition.code, added.addition.from_month


def _cells(then: view.Then, several: Sequence[Any], notices: dict[Any, Any], papers: dict[int, Any]) -> dict[str, Any]:
    award, [first, *_] = then.award, several
    notice = notices.get(_key(award.pk, first))
    return {
        "户主": then.head,
        "乡街": then.township,
        "村（社区）": then.village,
        "项目": SHORT[Programme(award.programme)],
        "加发": "、".join(each.addition.label for each in several),
        "标准": "；".join(rate_words(each.addition) for each in several),
        "人数": max(len(each.persons) for each in several),
        AMOUNT: yuan(sum(each.fen for each in several)),
        "告知书": notice_cell(notice, papers.get(notice.pk) if notice else None),
        "编号": award.number,
    }


def _choices(asked: Asked, month: str) -> list[Filter]:
    officer, district = asked.officer, asked.listing is DISTRICT
    names = {
        row.code: row.label
        for row in queries.every_addition(_places(officer))
        if row.from_month <= month <= row.to_month
    }
    made = [
        village_filter(asked),
        asked.filter("programme", "项目", [("", "全部"), *((str(each), SHORT[each]) for each in Programme)]),
        asked.filter("code", "加发", [("", "全部"), *names.items()]),
        asked.filter("told", "告知书", [("", "全部"), ("no", "未告知"), ("yes", "已告知")]),
    ]
    if district:
        made.insert(0, township_filter(asked))
    return made


@route("additions.read", "award", "place", READERS)
def households(request: HttpRequest, month: str) -> HttpResponse:
    """The households that get an addition in a month: persons, amount, the notice; ticked ones have theirs printed."""
    officer, month = _officer(request), month_asked(month)
    asked = Asked(request, DISTRICT if district_reader(officer) else TOWNSHIP)
    ordered, kept, notices = _found(asked, month)
    found, pager = asked.page(ordered)
    papers = queries.papers_of(
        [notices[key] for award in found for each in kept[award.pk] if (key := _key(award.pk, each)) in notices]
    )
    rows = []
    for then in view.belonged(officer, found):
        award = then.award
        cells = _cells(then, kept[award.pk], notices, papers)
        rows.append(Row([cells[text] for text in asked.listing.columns], ref=award.ref, name=award.household.head.name))
    words = month_words(month)
    crumbs = [
        Link("临时加发", reverse("township:additions")),
        Link(words, reverse("township:additions_month", args=[month])),
    ]
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"{words}临时加发的家庭", "这个月享受加发的家庭：人数、金额、告知书；勾选后打印告知书。", crumbs=crumbs
        ),
        filters=_choices(asked, month),
        filter_url=reverse("township:additions_households", args=[month]),
        table=asked.table(
            rows, label="临时加发的家庭", empty=Empty("没有符合条件的家庭。"), pick="ref", form_id="bulk"
        ),
        pager=pager,
        lister=tools(asked),
        bulk=[Link("打印告知书", reverse("township:additions_print", args=[month]))] if found else (),
        hidden={"once": new_ref()},
        note=_NOTE,
    )
