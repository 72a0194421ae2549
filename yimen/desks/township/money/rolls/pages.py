"""The list of rolls, and one roll: its stages, sums, and every household beside the month before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.base.refs import new_ref
from yimen.casework.payments import queries, roll_reading as reading
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import progress_page
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Link, Page, Row, Table, Tag, Tile
from yimen.desks.township.money.parts import READERS, here, name_cell, officer_of, roles_of
from yimen.desks.township.money.rolls import doing, papers as roll_papers
from yimen.desks.township.money.rolls.totals import money, numbers, totals_table
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.payments.terms import FROZEN, OPEN, Difference, LeftOut, RollState
from yimen.law.terms import Programme

LEFT, WARNED, ALL = "left", "warned", "all"


_LIST: list[Column | str] = [
    "名册",
    "乡街",
    *numbers("户数", "人数", "金额（元）", "未列入（户）"),
    "编制",
    "批准",
    "发布",
    "状态",
]
_LINES: list[Column | str] = [
    "户主", "村（社区）", "项目", *numbers("人数", "本月（元）", "其中补发", "其中扣回", "上月（元）", "增减（元）"), "与上月比", "提示",
]  # fmt: skip


# -- all rolls -------------------------------------------------------------------------------


def _row(roll: Any) -> Row:
    counts = roll.counts
    people = (roll.proposed_by, roll.approved_by, roll.released_by)
    return Row(
        [
            Link(doing.title(roll), doing.url("roll", roll)),
            roll.area.name,
            *(counts.get(word, "—") for word in ("households", "persons")),
            yuan(counts["total_fen"]) if counts else "—",
            counts.get("left_out", "—"),
            *(person.name if person else "—" for person in people),
            Cell(tag=doing.tag(roll)),
        ]
    )


@route("payments.rolls", "roll", "place", READERS)
def rolls(request: HttpRequest) -> HttpResponse:
    """Every roll within reach, the newest month first."""
    officer = officer_of(request)
    page, pager = cut(request, queries.rolls(officer), "份")
    rows = [_row(roll) for roll in page.object_list]
    new = Action("编制名册", reverse("township:roll_new"), primary=True)
    tools = [new] if officer.holds(roles_of("open_roll"), officer.office.area_id) and here(officer) else []
    empty = Empty("还没有编制过名册。每月先办完变更，再编制当月的发放名册。", new if tools else None)
    return show(
        request,
        "shared/list.html",
        page=Page(
            doing.TITLE, "一个乡街一个月一份：编制、批准、发布由三个不同的人办，发布后冻结，不能再改。", tools=tools
        ),
        table=Table(_LIST, rows, label=doing.TITLE, empty=empty),
        pager=pager if rows else None,
    )


# -- one roll --------------------------------------------------------------------------------


def _difference(line: Any) -> tuple[str, Tag]:
    if line.last_fen is None:
        return "—", Tag("blue", Difference.NEW.label)
    more = line.total_fen - line.last_fen
    if not more:
        return "—", Tag("neutral", Difference.SAME.label)
    return f"{'-' if more < 0 else '+'}{yuan(abs(more))}", Tag("amber", Difference.CHANGED.label)


def _line(roll: Any, line: Any) -> Row:
    more, tag = _difference(line)
    words = "；".join(warning.label for warning in reading.warnings_of(line))
    return Row(
        [
            Link(line.award.household.head.name, reverse("township:roll_line", args=[roll.ref, line.award.ref])),
            line.village.name,
            SHORT[Programme(line.programme)],
            line.persons,
            yuan(line.total_fen),
            money(line.arrears_fen),
            money(line.recovery_fen),
            yuan(line.last_fen) if line.last_fen is not None else "—",
            more,
            Cell(tag=tag),
            words or "—",
        ],
        tone="different" if words else "",
    )


def _left(roll: Any, line: Any) -> Row:
    cells = _line(roll, line).cells
    return Row([*cells[:-2], Cell(tag=Tag("amber", "未列入")), LeftOut(line.left_out).label], tone="different")


def _gone(officer: Officer, line: Any) -> Row:
    cells: list[Any] = [
        name_cell(officer, line.award), line.village.name, SHORT[Programme(line.programme)],
        line.persons, "—", "—", "—", yuan(line.total_fen), f"-{yuan(line.total_fen)}", Cell(tag=Tag("red", Difference.ENDED.label)), "—",
    ]  # fmt: skip
    return Row(cells)


def _shown(request: HttpRequest, officer: Officer, roll: Any, which: str) -> tuple[list[Row], Any]:
    """The rows of a tab and its pager."""
    if which == Difference.ENDED:
        page, pager = cut(request, reading.ended(officer, roll), "户")
        return [_gone(officer, line) for line in page.object_list], pager
    if which == LEFT:
        page, pager = cut(request, reading.warned(reading.left_out(officer, roll), roll), "户")
        return [_left(roll, line) for line in page.object_list], pager
    found = reading.lines(officer, roll)
    if which in _COUNTED:
        found = reading.differing(found, Difference(which))
    found = reading.warned(found, roll)
    page, pager = cut(request, reading.any_warning(found) if which == WARNED else found, "户")
    return [_line(roll, line) for line in page.object_list], pager


_COUNTED = {str(kind) for kind in (Difference.NEW, Difference.CHANGED, Difference.SAME)}


def _tabs(officer: Officer, roll: Any, current: str) -> list[Link]:
    counted = reading.differences(officer, roll)
    warned = reading.any_warning(reading.warned(reading.lines(officer, roll), roll)).count()
    found = [(ALL, "全部", roll.counts.get("households", 0))]
    found += [(str(kind), kind.label, count) for kind, count in counted.items()]
    found += [(LEFT, "未列入", roll.counts.get("left_out", 0)), (WARNED, "有提示", warned)]
    address = doing.url("roll", roll)
    return [
        Link(label, f"{address}?show={code}", current=code == current, count=str(count)) for code, label, count in found
    ]


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in {*_COUNTED, str(Difference.ENDED), LEFT, WARNED} else ALL


def _tiles(roll: Any) -> list[Tile]:
    counts = roll.counts
    if not counts:
        return []
    left = counts["left_out"]
    return [
        Tile("发放", f"{counts['households']} 户", note=f"{counts['persons']} 人"),
        Tile("合计", f"{yuan(counts['total_fen'])} 元"),
        Tile("其中补发", f"{yuan(counts['arrears_fen'])} 元"),
        Tile("其中扣回", f"{yuan(counts['recovery_fen'])} 元"),
        Tile("未列入", f"{left} 户", note="暂缓或已在别处", tone="amber" if left else "", url=f"?show={LEFT}"),
    ]


def actions(officer: Officer, roll: Any, view: jobs.JobView | None) -> list[Action]:
    """The one next step first, then the others that this officer may take."""
    if view is not None and not view.over:
        return []
    mine = roll.proposed_by_id == officer.staff.pk
    return [*_next(officer, roll, mine=mine), *_others(officer, roll, mine=mine), *_beside(officer, roll)]


def _post(roll: Any) -> dict[str, Any]:
    return {"method": "post", "hidden": {"once": new_ref(), "version": str(roll.version)}}


def _next(officer: Officer, roll: Any, *, mine: bool) -> list[Action]:
    """The step that is due, for who may take it."""
    state, prepare = RollState(roll.state), mine and doing.may(officer, "submit_roll", roll)
    release = doing.may(officer, "release_roll", roll)
    if state is RollState.PREVIEWED and prepare and roll.counts.get("households"):
        return [Action("提交批准", doing.url("roll_submit", roll), primary=True, **_post(roll))]
    if state is RollState.PROPOSED and not mine and doing.may(officer, "approve_roll", roll):
        return [Action("批准名册", doing.url("roll_approve", roll), primary=True)]
    if state is RollState.APPROVED and not mine and release:
        return [Action("发布名册", doing.url("roll_release", roll), primary=True)]
    if (state is RollState.DRAWING and prepare) or (state is RollState.RUNNING and release):
        return [Action("继续", doing.url("roll_resume", roll), primary=True, **_post(roll))]
    return []


def _others(officer: Officer, roll: Any, *, mine: bool) -> list[Action]:
    """What may be done instead."""
    state, prepare = RollState(roll.state), mine and doing.may(officer, "submit_roll", roll)
    found: list[Action] = []
    if state is RollState.PREVIEWED and prepare:
        found.append(Action("重新编制", doing.url("roll_resume", roll), **_post(roll)))
    if state in (RollState.PROPOSED, RollState.APPROVED) and not mine and doing.may(officer, "return_roll", roll):
        found.append(Action("退回", doing.url("roll_return", roll)))
    if state in OPEN and prepare:
        found.append(Action("撤回", doing.url("roll_withdraw", roll)))
    return found


def _beside(officer: Officer, roll: Any) -> list[Action]:
    """The roster as a table, and the further roll of the month."""
    found = [Action("花名册", doing.url("roll_table", roll))] if roll.counts else []
    left = roll.state == RollState.DONE and roll.counts.get("left_out")
    if left and doing.may(officer, "open_roll", roll):
        found.append(Action("编制补充名册", doing.url("roll_further", roll)))
    return found


def _changed(roll: Any) -> list[Block]:
    """A frozen roll whose lines do not match their digests any more says so in red, above all else (I10)."""
    wrong = queries.tampered(roll) if roll.state in FROZEN else []
    words = f"名册冻结后有 {len(wrong)} 行与冻结时不一致，请立即停止发放并告知系统管理员：{'、'.join(wrong[:5])}"
    return [Block("内容被改动", text=words, tag=Tag("red", "不一致"))] if wrong else []


@route("payments.rolls", "roll", "place", READERS)
def roll(request: HttpRequest, ref: str) -> HttpResponse:
    """The preview or the frozen roll: sums, and the households of one kind beside the month before."""
    officer = officer_of(request)
    found = queries.roll(officer, ref)
    view, which = doing.job_of(found), _asked(request)
    rows, pager = _shown(request, officer, found, which)
    failed = [Block("后台任务没有完成", text=view.error)] if view is not None and view.state == "failed" else []
    drawn = bool(found.counts)
    return show(
        request,
        "shared/batch.html",
        page=Page(
            doing.title(found), f"{found.area.name}。点户主看这一户本月的金额怎么来的。", crumbs=doing.crumbs(),
            tags=[doing.tag(found)], tools=actions(officer, found, view),
        ),
        progress=doing.progress(found, view),
        tiles=_tiles(found),
        tabs=_tabs(officer, found, which) if drawn else (),
        table=Table(_LINES, rows, label="名册", empty=Empty("这一类没有家庭。" if drawn else "还没有编制好。")),
        pager=pager if rows else None,
        blocks=[
            *failed, *_changed(found),
            *([Block("按项目、城乡合计", table=totals_table(officer, found))] if drawn else []),
            *roll_papers.blocks(officer, found),
            Block("办理经过", facts=doing.roll_facts(found)),
        ],
    )  # fmt: skip


@route("payments.rolls", "roll", "place", READERS)
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the work is: a card that reads itself again, then the roll."""
    found = queries.roll(officer_of(request), ref)
    return progress_page(request, doing.progress(found, doing.job_of(found)), doing.url("roll", found))


def left_choices(lines: Sequence[Any]) -> list[tuple[str, str]]:
    """Who was left out, for the choice of a further roll."""
    return [
        (line.award.ref, f"{line.award.household.head.name}　{line.village.name}　{LeftOut(line.left_out).label}")
        for line in lines
    ]
