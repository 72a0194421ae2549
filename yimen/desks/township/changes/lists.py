"""变更: what is open by state and limit, the nearest first; the grace that runs out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.casework.awards import change_queries as changes
from yimen.desks.shared.changes import told_elsewhere
from yimen.desks.shared.listing import listing
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.places import township_filter, village_filter
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Filter, Link, Page, Row, Tile
from yimen.desks.township.changes.parts import due_cell, effect_words, officer_of, state_tag, url
from yimen.law.aftercare.changing import ChangeState
from yimen.law.aftercare.terms import ChangeEvent, ChangeSource
from yimen.law.calendar import next_month, today
from yimen.law.terms import Programme

_ROLES = TOWNSHIP_ROLES | DISTRICT_ROLES
_COLUMNS = ("户主", "村（社区）", "变化", "项目", "处理", "登记", "期限", "状态")
_MORE = ("来源", "经办", "编号")
SORTS = {
    "户主": ("award__household__head__pinyin",),
    "村（社区）": ("award__village_id",),
    "乡街": ("award__township_id", "award__village_id"),
    "登记": ("reported_on",),
    "期限": ("due_on", "id"),
}
_FILTERS = ("state", "village", "event")
STATES = [("", "没有办结的"), ("late", "已超期"), *ChangeState.choices()]


def _made(name: str, columns: Sequence[str], filters: Sequence[str]) -> Listing:
    return Listing(
        name, "变更", (*columns, *_MORE), usual=columns,
        sorts={text: fields for text, fields in SORTS.items() if text in columns}, filters=filters,
    )  # fmt: skip


TOWNSHIP = _made("changes", _COLUMNS, _FILTERS)
DISTRICT = _made("changes_district", ("户主", "乡街", *_COLUMNS[1:]), ("township", *_FILTERS))


def _found(asked: Asked, on: date) -> Any:
    rows = changes.all_changes(asked.officer)
    for name, column in (("township", "award__township_id"), ("village", "award__village_id"), ("event", "event")):
        if value := asked.filters.get(name, ""):
            rows = rows.filter(**{column: value})
    state = asked.get("state")
    if state in dict(ChangeState.choices()):
        return rows.filter(state=state)
    rows = rows.exclude(state=str(ChangeState.CLOSED))
    return rows.filter(due_on__lt=on) if state == "late" else rows


def _filters(asked: Asked) -> list[Filter]:
    made = [
        asked.filter("state", "状态", STATES),
        village_filter(asked),
        asked.filter("event", "变化", [("", "全部"), *ChangeEvent.choices()]),
    ]
    if asked.listing is DISTRICT:
        made.insert(0, township_filter(asked))
    return made


def _row(change: Any, columns: Sequence[str], on: date) -> Row:
    award = change.award
    late = change.due_on is not None and change.due_on < on and change.state != ChangeState.CLOSED
    cells = {
        "户主": Link(award.household.head.name, url(change)),
        "乡街": award.township.name,
        "村（社区）": award.village.name,
        "变化": ChangeEvent(change.event).label,
        "项目": Programme(award.programme).label,
        "处理": effect_words(change),
        "登记": f"{change.reported_on:%Y-%m-%d}",
        "期限": due_cell(change, on),
        "状态": Cell(tag=state_tag(change)),
        "来源": ChangeSource(change.source).label,
        "经办": change.handler.name if change.handler else "—",
        "编号": award.number,
    }
    return Row(
        [cells[text] for text in columns],
        tone="refused" if late else "",
        ref=change.ref,
        name=award.household.head.name,
    )


def _tiles(officer: Officer, on: date) -> list[Tile]:
    counted, here = changes.counts(officer, on), reverse("township:changes")
    late = counted["late"]
    return [
        Tile("没有办结", str(counted["open"]), note="件", url=here),
        Tile("已超期", str(late), note="件", tone="red" if late else "", url=f"{here}?state=late"),
        Tile("待受理", str(counted["reported"]), note="件", url=f"{here}?state=reported"),
        Tile("待负责人决定", str(counted["deciding"]), note="件", url=f"{here}?state=deciding"),
        Tile("待送达", str(counted["decided"]), note="件", url=f"{here}?state=decided"),
    ]


def _grace(officer: Officer, on: date) -> list[Block]:
    """渐退期 that runs out this month or next: the household is checked and heard before it ends."""
    rows = [
        (
            Link(award.household.head.name, reverse("township:change_report", args=[award.ref])),
            award.village.name,
            month,
        )
        for award, month in changes.grace_ends(officer)
        if month <= next_month(on)
    ]
    note = "期满以前核查并听取意见，不再符合条件的按程序终止。点户主登记变动。"
    return [listing("渐退期将满", "户主 村（社区） 渐退期止", rows, note=note)] if rows else []


@route("changes.read", "change", "place", _ROLES)
def changes_list(request: HttpRequest) -> HttpResponse:
    """Open changes by limit, the nearest first; overdue ones red."""
    officer, on = officer_of(request), today()
    district = bool(officer.roles & DISTRICT_ROLES)
    asked = Asked(request, DISTRICT if district else TOWNSHIP)
    found, pager = asked.page(asked.ordered(_found(asked, on), "due_on", "id"))
    rows = [_row(change, asked.listing.columns, on) for change in found]
    empty = Empty("没有符合条件的变更。在家庭档案、在保名册、复核里点“登记变动”，村（社区）也可以在手机上登记。")
    return show(
        request,
        "shared/list.html",
        page=Page(
            "变更", "家庭情况变化从登记到告知的办理：减发、暂停、停发以前要听取意见。",
            tools=[Action("月度变动", reverse("township:months"))],
        ),
        tiles=_tiles(officer, on),
        filters=_filters(asked),
        filter_url=reverse("township:changes"),
        table=asked.table(rows, empty=empty),
        pager=pager,
        lister=tools(asked),
        blocks=[*told_elsewhere(officer), *_grace(officer, on)],
    )  # fmt: skip
