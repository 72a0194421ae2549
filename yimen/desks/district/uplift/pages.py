"""The list of raises, one raise with its lines, and what it makes of one household."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.base.refs import new_ref
from yimen.casework.awards import uplift_queries as queries
from yimen.casework.awards.uplift import sheets
from yimen.desks.district.doing import may
from yimen.desks.district.uplift import doing
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.panel import explanation_of
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import progress_page
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Fact, Link, Page, Row, Table, Tag, Tile
from yimen.law.aftercare.changing import ChangeState
from yimen.law.aftercare.uplift import UpliftEffect, UpliftOutcome, UpliftState
from yimen.law.money import show as yuan
from yimen.law.reckoning import Reckoning

SHOWN = 50
_LIST = [
    "起始月份", "新标准", "核算", Column("提高（户）", numeric=True), Column("减少（户）", numeric=True),
    Column("无法核算（户）", numeric=True), Column("每月增加（元）", numeric=True), "发布", "状态",
]  # fmt: skip
_LINES = [
    "户主", "乡街", "村（社区）", "项目", Column("现在每月（元）", numeric=True), Column("新标准每月（元）", numeric=True),
    Column("增减（元）", numeric=True), "结果", "说明",
]  # fmt: skip
_PLACES = [
    "乡街", Column("提高（户）", numeric=True), Column("不变（户）", numeric=True), Column("减少（户）", numeric=True),
    Column("无法核算（户）", numeric=True), Column("现在每月（元）", numeric=True), Column("新标准每月（元）", numeric=True),
]  # fmt: skip


def _run_row(run: Any) -> Row:
    counts = run.counts
    numbers = [counts.get(word, "—") for word in ("raised", "falls", "unknown")]
    more = yuan(counts["after_fen"] - counts["before_fen"]) if counts else "—"
    who = f"{run.released_by.name}　{moment(run.released_at)}" if run.released_by else "—"
    words = "；".join(f"{row['label']} {row['shown']}" for row in run.figures)
    return Row(
        [
            Link(run.month, doing.url("uplift", run)),
            words,
            run.proposed_by.name,
            *numbers,
            more,
            who,
            Cell(tag=doing.tag(run)),
        ]
    )


@route("uplift.read", "uplift", "district", doing.READERS)
def uplifts(request: HttpRequest) -> HttpResponse:
    """Every raise of the district."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    rows = [_run_row(run) for run in queries.runs(officer)[:SHOWN]]
    new = Action("核算提高标准", reverse("district:uplift_new"), primary=True)
    tools = [new] if may(officer, "open_uplift") else []
    empty = Empty("还没有提高过标准。先在“政策与标准”里发布新标准，再在这里核算。", new if tools else None)
    return show(
        request,
        "shared/list.html",
        page=Page(
            doing.TITLE,
            "新标准发布后，全区在保家庭一次重新核算：先预览，一人提交、另一人发布，分批执行，逐户有说明。",
            tools=tools,
        ),
        table=Table(_LIST, rows, label="提高标准", empty=empty),
        note=f"只列出最近 {SHOWN} 次。" if len(rows) == SHOWN else "",
    )


def _line_row(run: Any, line: Any) -> Row:
    award, effect, outcome = line.award, UpliftEffect(line.effect), UpliftOutcome(line.outcome)
    counts = effect is not UpliftEffect.UNKNOWN
    more = line.after_fen - line.before_fen
    told = outcome in (UpliftOutcome.DONE, UpliftOutcome.LEFT)
    tag = Tag(doing.OUTCOMES[outcome], outcome.label) if told else Tag(doing.EFFECTS[effect], effect.label)
    note = f"核定类别变为 {line.category_after}，请另行核实。" if line.category_after else ""
    tones = {UpliftEffect.FALLS: "refused", UpliftEffect.UNKNOWN: "different"}
    return Row(
        [
            Link(award.household.head.name, reverse("district:uplift_line", args=[run.ref, award.ref])),
            line.township.name,
            award.village.name,
            award.get_programme_display(),
            yuan(line.before_fen),
            yuan(line.after_fen) if counts else "—",
            (f"{'-' if more < 0 else '+'}{yuan(abs(more))}" if more else "0.00") if counts else "—",
            Cell(tag=tag),
            Cell(line.reason, note=note),
        ],
        tone=tones.get(effect, ""),
    )


def _tabs(run: Any, current: str) -> list[Link]:
    counts, address = run.counts, doing.url("uplift", run)
    found = [(str(effect), effect.label, counts.get(str(effect), 0)) for effect in UpliftEffect]
    found += [("category", "类别变化", counts.get("category", 0)), ("left", "未执行", counts.get("left", 0))]
    always = {str(effect) for effect in UpliftEffect}
    return [
        Link(label, f"{address}?show={code}", current=code == current, count=str(count))
        for code, label, count in found
        if count or code in always
    ]


def _asked(request: HttpRequest, run: Any) -> str:
    asked = request.GET.get("show", "")
    known = {*(str(effect) for effect in UpliftEffect), "category", "left"}
    if asked in known:
        return asked
    return next((str(effect) for effect in UpliftEffect if run.counts.get(str(effect))), str(UpliftEffect.RAISED))


def _tiles(run: Any) -> list[Tile]:
    counts = run.counts
    if not counts:
        return []
    done = f"已执行 {counts['done']} 户" if "done" in counts else ""
    arrears = counts.get("arrears_fen", 0)
    return [
        Tile("提高", f"{counts['raised']} 户", note=done),
        Tile("每月增加", f"{yuan(counts['after_fen'] - counts['before_fen'])} 元",
             note=f"应补发 {yuan(arrears)} 元" if arrears else ""),
        Tile("减少或不再符合", f"{counts['falls']} 户", note="不执行，另行核实", tone="red" if counts["falls"] else ""),
        Tile("无法核算", f"{counts['unknown']} 户", note="不执行，列明原因", tone="amber" if counts["unknown"] else ""),
    ]  # fmt: skip


def actions(officer: Officer, run: Any, view: jobs.JobView | None) -> list[Action]:
    """The one next step first, then the others that this officer may take."""
    if not may(officer, "release_uplift") or (view is not None and not view.over):
        return []
    state, mine = UpliftState(run.state), run.proposed_by_id == officer.staff.pk
    hidden = {"once": new_ref(), "version": str(run.version)}
    found: list[Action] = []
    if state is UpliftState.PREVIEWED and mine and run.counts.get("raised"):
        found.append(Action("提交发布", doing.url("uplift_submit", run), "post", primary=True, hidden=hidden))
    if state is UpliftState.PROPOSED and not mine:
        found.append(Action("发布提高标准", doing.url("uplift_release", run), primary=True))
    if state in (UpliftState.DRAWING, UpliftState.RUNNING):
        found.append(Action("继续", doing.url("uplift_resume", run), "post", primary=True, hidden=hidden))
    if state is UpliftState.PREVIEWED and mine:
        found.append(Action("重新核算", doing.url("uplift_resume", run), "post", hidden=hidden))
    if state in (UpliftState.DRAWING, UpliftState.PREVIEWED, UpliftState.PROPOSED):
        found.append(Action("撤回" if mine else "退回", doing.url("uplift_withdraw", run)))
    return found


def _places(officer: Officer, run: Any) -> Block:
    rows = [
        Row(
            [row["township__name"], row["raised"], row["same"], row["falls"], row["unknown"], yuan(row["before"]),
             yuan(row["after"])]
        )
        for row in queries.by_township(officer, run)
    ]  # fmt: skip
    note = "金额为提高的家庭合计。"
    return Block("各乡街", note, table=Table(_PLACES, rows, label="各乡街", empty=Empty("还没有核算结果。")))


@route("uplift.read", "uplift", "district", doing.READERS)
def uplift(request: HttpRequest, ref: str) -> HttpResponse:
    """The preview, or what became of it, with the households of one kind."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    run = queries.run(officer, ref)
    view = doing.job_of(run)
    shown = _asked(request, run)
    page, pager = cut(request, queries.lines(officer, run, shown), "户")
    rows = [_line_row(run, line) for line in page.object_list]
    failed = [Block("后台任务没有完成", text=view.error)] if view is not None and view.state == "failed" else []
    return show(
        request,
        "shared/batch.html",
        page=Page(
            doing.title(run),
            "点户主看这一户怎么算出来的。",
            crumbs=doing.crumbs(),
            tags=[doing.tag(run)],
            tools=actions(officer, run, view),
        ),
        progress=doing.progress(run, view),
        tiles=_tiles(run),
        tabs=_tabs(run, shown) if run.counts else (),
        table=Table(
            _LINES, rows, label="提高标准的家庭", empty=Empty("这一类没有家庭。" if run.counts else "还没有核算。")
        ),
        pager=pager if rows else None,
        blocks=[*failed, _places(officer, run), Block("办理经过", facts=doing.run_facts(run))],
    )


@route("uplift.read", "uplift", "district", doing.READERS)
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the work is: a card that reads itself again, then the run."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    run = queries.run(officer, ref)
    busy = doing.progress(run, doing.job_of(run))
    return progress_page(request, busy, doing.url("uplift", run))


@route("uplift.read", "uplift", "district", doing.READERS)
def line(request: HttpRequest, ref: str, award: str) -> HttpResponse:
    """One household: before and after, and the whole explanation; the read is logged."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    run = queries.run(officer, ref)
    row = queries.line(officer, run, award)
    home = row.award.household
    note_household_read(officer, home, "核对提高标准")
    effect = UpliftEffect(row.effect)
    facts = [
        Fact("项目", row.award.get_programme_display()),
        Fact("编号", row.award.number),
        Fact("现在每月", f"{yuan(row.before_fen)} 元"),
        Fact("新标准每月", f"{yuan(row.after_fen)} 元" if effect is not UpliftEffect.UNKNOWN else "—"),
        Fact("结果", effect.label, tag=Tag(doing.EFFECTS[effect], UpliftOutcome(row.outcome).label)),
    ]
    if row.reason:
        facts.append(Fact("说明", row.reason))
    blocks = [Block("前后金额", facts=facts)]
    for sheet in sheets.unpack(row.sheets):
        blocks.append(Block(f"{sheet['month']} 起的核算"))
        blocks += explanation_of(Reckoning.from_json(sheet["sheet"]))
    actions = [Action("按月的保障历史", reverse("township:award", args=[row.award.ref]))]
    if row.change is not None:
        actions.insert(
            0, Action(f"变更：{ChangeState(row.change.state).label}", reverse("township:change", args=[row.change.ref]))
        )
    return show(
        request,
        "shared/household.html",
        page=Page(home.head.name, crumbs=[*doing.crumbs(run), Link(home.head.name, "", current=True)]),
        line=f"{row.township.name} · {row.award.village.name} {home.group}",
        blocks=blocks,
        side=[Block("这次提标", facts=doing.figure_facts(run), actions=actions)],
    )
