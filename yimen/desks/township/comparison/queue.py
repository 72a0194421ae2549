"""The queue: everything that changed about the township's households and waits for somebody, and how the sources stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.refs import new_ref
from yimen.casework.monthclose.comparison import queries
from yimen.desks.shared.feeds import feed_table
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Empty, Link, Page, Row, Tile
from yimen.desks.township.comparison.parts import (
    READERS,
    TITLE,
    before_cell,
    item_cell,
    kind_cell,
    now_cell,
    officer_of,
    places_of,
    state_cell,
    url,
    who,
)
from yimen.desks.township.money.parts import places
from yimen.law.calendar import month_of, today
from yimen.law.comparison import HitKind, HitState

_COLUMNS = ("户主", "村（社区）", "对象", "差异", "项目", "原来", "现在", "状态")
_MORE = ("比对月份", "编号")
_SORTS = {"户主": ("award__household__head__pinyin", "id"), "村（社区）": ("award__village_id", "id")}
_STATES = [
    ("", "待处理"),
    *((str(state), state.label) for state in HitState if state is not HitState.OPEN),
    ("all", "全部"),
]


def _listing(name: str, columns: Sequence[str], filters: Sequence[str]) -> Listing:
    return Listing(
        name, TITLE, (*columns, *_MORE), usual=columns, sorts=_SORTS, filters=filters, unit="项", sizes=(50, 100)
    )


TOWNSHIP = _listing("comparison", _COLUMNS, ("state", "kind", "village"))
DISTRICT = _listing("comparison_district", ("户主", "乡街", *_COLUMNS[1:]), ("state", "kind", "township", "village"))


def _found(asked: Asked) -> Any:
    state = asked.get("state")
    rows = queries.hits(
        asked.officer, state="" if state == "all" else state or str(HitState.OPEN), kind=asked.get("kind")
    )
    for name, column in (("township", "award__township_id"), ("village", "award__village_id")):
        if value := asked.filters.get(name, ""):
            rows = rows.filter(**{column: value})
    return rows


def _row(hit: Any, columns: Sequence[str]) -> Row:
    award = hit.award
    cells = {
        "户主": Link(award.household.head.name, url(award)),
        "乡街": award.township.name,
        "村（社区）": award.village.name,
        "对象": who(hit),
        "差异": kind_cell(hit),
        "项目": item_cell(hit),
        "原来": before_cell(hit),
        "现在": now_cell(hit),
        "状态": state_cell(hit),
        "比对月份": hit.run.month,
        "编号": award.number,
    }
    waits = hit.state == HitState.OPEN
    return Row(
        [cells[text] for text in columns],
        tone="different" if waits else "",
        ref=hit.ref if waits else "",
        name=award.household.head.name,
    )


def _tiles(officer: Officer, area: str) -> list[Tile]:
    state = queries.month_state(area, month_of(today()), today())
    counts = queries.counts(officer)
    waiting = sum(counts.values())
    left = f"{reverse('township:comparison_left_out')}"
    tiles = [
        Tile("本月比对", state.words, tone="red" if state.late or not state.asked else ""),
        Tile("待处理", f"{waiting} 项", note="有待处理差异的家庭本月不能办结", tone="amber" if waiting else ""),
    ]
    if counts.get(str(HitKind.DEATH)):
        tiles.append(Tile("死亡待核实", f"{counts[str(HitKind.DEATH)]} 项", note="已暂缓发放", tone="red"))
    if state.run is not None:
        tiles.append(Tile("没有提请", "看名单", note="没有有效授权的人员", url=left))
    return tiles


def _feeds(area: str) -> list[Block]:
    """The sources of this month that lack something; late ones are red lines."""
    state = queries.month_state(area, month_of(today()), today())
    if not state.lacking:
        return []
    note = "还没有反馈的来源：没有反馈不等于没有变化，反馈以后新的差异会列进来。人数是全区的。"
    return [Block("本月还没有反馈的来源", note, table=feed_table(state.lacking, "本月还没有反馈的来源"))]


@route("comparison.hits", "comparison_hit", "place", READERS)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, household by household; several of one kind are settled together where that is safe."""
    officer = officer_of(request)
    mine = places_of(officer)
    asked = Asked(request, TOWNSHIP if mine else DISTRICT)
    found, pager = asked.page(asked.ordered(_found(asked), "award__village_id", "household_id"))
    rows = [_row(hit, asked.listing.columns) for hit in found]
    acts = [
        Link("说明比对差异", reverse("township:comparison_explain")),
        Link("认定差异不属实", reverse("township:comparison_dismiss")),
    ]
    bulk = acts if mine and any(row.ref for row in rows) else []
    pick = {"pick": "ref", "form_id": "bulk"} if bulk else {}
    area = mine[0] if mine else officer.district
    empty = Empty("没有待处理的差异。各来源反馈以后，只有与上次不同的才列在这里。")
    return show(
        request,
        "shared/list.html",
        page=Page(
            TITLE, "只列与上次不同的。点户主逐户核实：属实的登记变动，有原因的说明，不是这回事的认定不属实。",
        ),
        tiles=_tiles(officer, area),
        filters=[
            asked.filter("state", "状态", _STATES), asked.filter("kind", "差异", [("", "全部"), *HitKind.choices()]),
            *places(asked),
        ],
        filter_url=reverse("township:comparison"),
        table=asked.table(rows, empty=empty, **pick),
        pager=pager,
        lister=tools(asked),
        bulk=bulk,
        hidden={"once": new_ref()},
        blocks=_feeds(area),
    )  # fmt: skip
