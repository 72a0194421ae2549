"""What a filed month froze: every household with what became of it, what was due and what the bank paid; filtered, exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.offices import queries as offices
from yimen.casework.awards.belonging import within_reach
from yimen.casework.monthclose.queries import closing as queries
from yimen.casework.reports import behind
from yimen.desks.shared import closing as view
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Cell, Empty, Filter, Link, Page, Row
from yimen.desks.township.closing.pages import READERS, facts_of
from yimen.law.aftercare.movement import Movement, Standing
from yimen.law.closing import Waits
from yimen.law.money import show as yuan
from yimen.law.statistics import STOPPED
from yimen.law.terms import Programme

_COLUMNS = (
    "户主",
    "村（社区）",
    "项目",
    "城乡",
    "类别",
    "人数",
    "上月（元）",
    "应发（元）",
    "银行已发（元）",
    "变动",
    "转入下月",
)
_NUMERIC = frozenset({"人数", "上月（元）", "应发（元）", "银行已发（元）"})
_SORTS = {
    "户主": ("award__household__head__pinyin",), "村（社区）": ("village_id", "award__number"), "应发（元）": ("due_fen",),
    "银行已发（元）": ("paid_fen",), "项目": ("programme", "award__number"), "编号": ("award__number",),
}  # fmt: skip
LISTING = Listing(
    "month_rows", "存档的家庭", (*_COLUMNS, "编号"), usual=_COLUMNS, sorts=_SORTS, numeric=_NUMERIC,
    filters=("village", "programme", "urban", "movement", "standing", "gone", "over", "behind"), unit="户",
)  # fmt: skip
WHOLE = "all"
_PLACES = [("", "本乡街"), (WHOLE, "全区已报备的")]
_OVER = [("", "全部"), ("yes", "转入下月的")]
_URBAN = [("", "全部"), ("1", "城市"), ("0", "农村")]
_GONE = [("", "全部"), ("yes", "本月停发的")]


@route("closing.read", "month_close", "place", READERS)
def rows(request: HttpRequest, ref: str) -> HttpResponse:
    """The frozen households of a month."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    close = queries.close(officer, ref)
    asked = Asked(request, LISTING)
    closes = _closes(asked, officer, close)
    found, pager = asked.page(asked.ordered(_found(asked, officer, closes), "village_id"))
    here = (
        within_reach(officer, [row.award_id for row in found])
        if officer.roles & (TOWNSHIP_ROLES | DISTRICT_ROLES)
        else set()
    )
    cells = [_row(row, asked, row.award_id in here) for row in found]
    villages = [(each.code, each.name) for one in closes for each in offices.villages(one.area_id)]
    home = reverse("township:close_of", args=[close.month, close.area_id])
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"{close.month} 存档的家庭",
            "报备时存下的样子，不再改动；报表从这里数出来。",
            crumbs=[Link(f"月末办结　{close.month}", home), Link("存档的家庭", "", current=True)],
            tags=[view.state_tag(close.state)] if len(closes) == 1 else [],
        ),
        filters=[
            *([Filter("places", "范围", _PLACES, WHOLE if len(closes) > 1 else "")] if _of_district(officer) else []),
            asked.filter("village", "村（社区）", [("", "全部"), *villages]),
            asked.filter("programme", "项目", [("", "全部"), *Programme.choices()]),
            asked.filter("urban", "城乡", _URBAN),
            asked.filter("movement", "变动", [("", "全部"), *Movement.choices()]),
            asked.filter("standing", "当月", [("", "全部"), (str(Standing.DUE), Standing.DUE.label)]),
            asked.filter("gone", "停发", _GONE),
            asked.filter("over", "转入下月", _OVER),
            asked.filter("behind", "报表里的", [("", "全部"), *behind.choices(closes)]),
        ],
        filter_url=reverse("township:close_rows", args=[ref]),
        table=asked.table(cells, empty=Empty("没有这样的家庭。")),
        pager=pager,
        lister=tools(asked),
        blocks=[Block("签字报备", facts=facts_of(close))] if len(closes) == 1 else [],
    )


def _of_district(officer: Officer) -> bool:
    return bool(officer.roles & DISTRICT_ROLES)


def _closes(asked: Asked, officer: Officer, close: Any) -> list[Any]:
    """The close itself; for the district, when it asks for all, every filed one of the month."""
    if not _of_district(officer) or asked.part("places", (WHOLE,), "") != WHOLE:
        return [close]
    return queries.filed_beside(officer, close)


def _behind(officer: Officer, what: str, closes: Sequence[Any]) -> Q:
    """The rows behind a figure: each township's by its own close."""
    rule = Q(pk__in=[])
    for close in closes:
        rule |= Q(pk__in=behind.narrowed(queries.rows(officer, close), what, close).order_by().values("pk"))
    return rule


def _found(asked: Asked, officer: Officer, closes: Sequence[Any]) -> Any:
    found = queries.rows(officer, *closes)
    for name in ("village", "programme", "movement", "standing"):
        if value := asked.filters.get(name, ""):
            found = found.filter(**{"village_id" if name == "village" else name: value})
    if (urban := asked.filters.get("urban", "")) in ("0", "1"):
        found = found.filter(urban=urban == "1")
    if asked.filters.get("gone"):
        found = found.filter(movement__in=[str(movement) for movement in STOPPED])
    if what := asked.filters.get("behind"):
        found = found.filter(_behind(officer, what, closes))
    return found.exclude(waits="") if asked.filters.get("over") else found


def _row(row: Any, asked: Asked, here: bool) -> Row:
    name = row.award.household.head.name
    cells = {
        "户主": Link(name, reverse("township:award_month", args=[row.award.ref, row.close.month])) if here else name,
        "村（社区）": Cell(
            row.village.name, note=row.village.parent.name if asked.parts.get("places") == WHOLE else ""
        ),
        "项目": row.get_programme_display(),
        "城乡": "城市" if row.urban else "农村",
        "类别": row.category or "—",
        "人数": row.persons,
        "上月（元）": yuan(row.before_fen),
        "应发（元）": yuan(row.due_fen),
        "银行已发（元）": yuan(row.paid_fen),
        "变动": Movement(row.movement).label,
        "转入下月": Cell("、".join(Waits(each).label for each in row.waits.split(",") if each) or "—"),
        "编号": row.award.number,
    }
    return Row([cells[text] for text in asked.listing.columns], name=name)
