"""The standing check of the register: the last result, and the button that has everything recomputed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.casework.awards import uplift_queries as queries
from yimen.desks.district.doing import may
from yimen.desks.district.uplift import doing, working
from yimen.desks.shared import runs
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed, progress_page
from yimen.desks.shared.shapes import Action, Block, Column, Empty, Link, Page, Row, Table, Tile
from yimen.law.money import show as yuan

TITLE = "在保金额核对"
_ROWS = [
    "户主",
    "编号",
    "乡街",
    Column("登记（元/月）", numeric=True),
    Column("按规则（元/月）", numeric=True),
    "哪里不同",
    "说明",
]
_WHY = [Column("户数", numeric=True), "原因"]


def summary(officer: Officer) -> tuple[str, int]:
    """The last check in a few words, and how many amounts differ; for the district's overview."""
    found = queries.last_check(officer)
    return ("还没有核对过", 0) if found is None else (f"{moment(found.at)} 核对 {found.awards} 项", found.differing)


def _tiles(found: Any) -> list[Tile]:
    return [
        Tile("核对", f"{found.awards} 项", note=f"{moment(found.at)}　{found.by.name if found.by else '命令行'}"),
        Tile("与规则不同", f"{found.differing} 项", tone="red" if found.differing else "green"),
        Tile("没有依据可以核算", f"{found.unfounded} 项", note="单列，不算不同"),
    ]


def _row(row: dict[str, Any], names: dict[str, str]) -> Row:
    rule = "—" if row["rule_fen"] is None else yuan(row["rule_fen"])
    link = Link(row["head"], reverse("township:award", args=[row["award"]]))
    place = names.get(row["township"], row["township"])
    return Row([link, row["number"], place, yuan(row["stored_fen"]), rule, row["line"], row["why"]], tone="refused")


def _unfounded(found: Any) -> list[Block]:
    reasons = found.found.get("unfounded", {}) if found is not None else {}
    if not reasons:
        return []
    rows = [Row([count, why]) for why, count in sorted(reasons.items(), key=lambda pair: -pair[1])]
    note = "由台账接续、按原金额推不出收入的家庭，没有规则可以对照；核定收入、办理变更后即可核对。"
    return [Block("没有依据可以核算的", note, table=Table(_WHY, rows, label="没有依据可以核算的"))]


def _progress(view: jobs.JobView | None) -> dict[str, Any] | None:
    return runs.progress(view, reverse("district:register_job"))


@route("register.read", "register", "district", doing.READERS)
def register(request: HttpRequest) -> HttpResponse:
    """What the last check found."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found, view = queries.last_check(officer), working.latest_check(officer)
    busy = _progress(view)
    names = {row.code: row.name for row in offices.townships(officer.district)}
    rows = [_row(row, names) for row in found.found["differing"]] if found is not None else []
    ask = Action("重新核对", reverse("district:register_check"), "post", primary=True, hidden={"once": new_ref()})
    tools = [ask] if may(officer, "open_uplift") and busy is None else []
    failed = [Block("后台任务没有完成", text=view.error)] if view is not None and view.state == "failed" else []
    words = "每一户的金额都与规则一致。" if found is not None else "还没有核对过。点“重新核对”，在后台核对全区。"
    return show(
        request,
        "shared/batch.html",
        page=Page(TITLE, "按每一户的核定资料和当时的标准重新核算，列出与规则不同的金额。只核对，不改动。", tools=tools),
        progress=busy,
        tiles=_tiles(found) if found is not None else (),
        table=Table(_ROWS, rows, label="与规则不同的金额", empty=Empty(words)),
        blocks=[*failed, *_unfounded(found)],
    )


@route("register.check", "register", "district", doing.READERS, ("POST",))
def check(request: HttpRequest) -> HttpResponse:
    """Have the register of the district checked in the background."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def work() -> str:
        working.start_check(officer)
        return reverse("district:register")

    return pressed(request, work)


@route("register.read", "register", "district", doing.READERS)
def job(request: HttpRequest) -> HttpResponse:
    """How far the check is: a card that reads itself again, then its result."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    busy = _progress(working.latest_check(officer))
    return progress_page(request, busy, reverse("district:register"))
