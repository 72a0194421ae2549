"""One import: its preview, its progress, its outcome; and the file of what was not taken."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.jobs import desk as jobs
from yimen.base.refs import new_ref
from yimen.casework.awards import ledger_queries as queries
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import progress_page
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Fact, Link, Page, Pager, Row, Table, Tag, Tile
from yimen.desks.township.ledgers import doing
from yimen.desks.township.ledgers.center import xlsx
from yimen.gateways.ledgers import writing
from yimen.law.ledger import LineOutcome, LineState, RunState
from yimen.law.money import show as yuan
from yimen.law.terms import SelfCare, SupportForm

PAGE_SIZE = 50
_TONES = {LineState.NEW: "green", LineState.CHANGED: "amber", LineState.SAME: "neutral", LineState.ERROR: "red"}
_OUTCOMES = {
    LineOutcome.TAKEN: "green",
    LineOutcome.LEFT: "red",
    LineOutcome.REVERSED: "neutral",
    LineOutcome.KEPT: "red",
}
_SHOWN_STATES = (LineState.ERROR, LineState.CHANGED, LineState.NEW, LineState.SAME)
_OVER = (RunState.DONE, RunState.UNDOING, RunState.UNDONE)


# -- what the page says --------------------------------------------------------------------


def outcome(run: Any, view: jobs.JobView | None) -> Tag:
    """One sentence on where the import stands and what comes next."""
    counts, state = run.counts, RunState(run.state)
    if view and view.state == "failed":
        return Tag("amber", view.error)
    taking = counts.get("new", 0) + counts.get("changed", 0)
    out = f"，{counts['error']} 户有错误，不会导入" if counts.get("error") else ""
    kept = f"，{counts.get('kept', 0)} 户之后已有变动，没有撤销" if counts.get("kept") else ""
    left = f"，{counts.get('left', 0)} 户在预览后情况有变，没有导入" if counts.get("left") else ""
    head = run.released_by.name if run.released_by else ""
    words = {
        RunState.READING: "还没有读取。请核对列名后预览；现在没有改动任何家庭。",
        RunState.PREVIEWED: f"预览完成：{taking} 户可以导入{out}。现在没有改动任何家庭，核对后请提交负责人确认。",
        RunState.SUBMITTED: f"已由{run.proposed_by.name}提交，等待负责人确认：{taking} 户将导入{out}。",
        RunState.RUNNING: f"已由{head}确认，正在写入。",
        RunState.DONE: f"已由{head}确认，导入完成：{counts.get('taken', 0)} 户{left}{out.replace('不会导入', '没有导入')}。",
        RunState.UNDOING: "正在撤销。",
        RunState.UNDONE: f"已撤销 {counts.get('reversed', 0)} 户{kept}。原因：{run.undo_reason}",
        RunState.WITHDRAWN: f"已撤回，没有改动任何家庭。{run.note}",
    }
    return Tag("amber" if counts.get("error") or state is RunState.READING else "green", words[state])


def _tiles(run: Any) -> list[Tile]:
    counts = run.counts
    if not counts:
        return []
    money = f"{counts['persons']} 人，每月 {yuan(counts['monthly_fen'])} 元" if counts["new"] else ""
    return [
        Tile("读到", f"{counts['rows']} 户", note=f"另跳过 {counts['skipped']} 行" if counts["skipped"] else ""),
        Tile("新增", str(counts["new"]), note=money),
        Tile("变更", str(counts["changed"]), tone="amber" if counts["changed"] else ""),
        Tile("无变化", str(counts["same"])),
        Tile("错误", str(counts["error"]), tone="red" if counts["error"] else ""),
    ]


def _tabs(run: Any, current: str) -> list[Link]:
    counts, address = run.counts, doing.url("ledger", run)
    found = [(str(state), state.label, counts.get(str(state), 0)) for state in _SHOWN_STATES]
    found.append(("remarked", "有提示", counts.get("remarked", 0)))
    found += [(word, label, counts.get(word, 0)) for word, label in (("left", "未导入"), ("kept", "未撤销"))]
    always = {str(state) for state in _SHOWN_STATES}
    return [
        Link(label, f"{address}?show={code}", current=code == current, count=str(count))
        for code, label, count in found
        if count or code in always
    ]


def _asked(request: HttpRequest, run: Any) -> str:
    known = {*(str(state) for state in LineState), "remarked", "left", "kept"}
    asked = request.GET.get("show", "")
    if asked in known:
        return asked
    return next((str(state) for state in _SHOWN_STATES if run.counts.get(str(state))), str(LineState.NEW))


def _result(line: Any) -> Tag:
    done = LineOutcome(line.outcome)
    if done in _OUTCOMES:
        return Tag(_OUTCOMES[done], done.label)
    state = LineState(line.state)
    return Tag(_TONES[state], state.label)


def _told(line: Any) -> Cell:
    """What is wrong, or what would change, or what comes in; remarks beside it."""
    note = " ".join(line.remarks)
    if line.reason:
        return Cell(line.reason, note=note)
    if line.problems:
        return Cell(
            "；".join(f"{column}：{sentence.rstrip('。')}" for column, sentence in line.problems) + "。", note=note
        )
    if line.state == LineState.NEW:
        return Cell(_summary(line.entry), note=note)
    return Cell("；".join(f"{label}：{old} → {new}" for label, old, new in line.changes), note=note)


def _summary(entry: dict[str, Any]) -> str:
    covered = sum(person["covered"] for person in entry["people"])
    account = f"，账号尾号 {entry['account'][-4:]}" if entry["account"] else ""
    since, paid = f"自 {entry['start_month']}", f"每月 {yuan(entry['monthly_fen'])} 元"
    if entry.get("self_care"):
        care = f"{SupportForm(entry['support_form']).label}，{SelfCare(entry['self_care']).label}"
        return f"{care}，{paid}，{since}{account}"
    if entry.get("recognised_on"):
        until = f"，有效期至 {entry['valid_to']}" if entry.get("valid_to") else ""
        return f"{len(entry['people'])} 人，认定 {covered} 人，{entry['recognised_on']} 认定{until}"
    return f"{len(entry['people'])} 人，保障 {covered} 人，{entry['category']}类，{paid}，{since}{account}"


def _row(line: Any) -> Row:
    tone = {LineState.ERROR: "refused", LineState.CHANGED: "different"}.get(LineState(line.state), "")
    return Row(
        [
            Cell(line.head_name or "（没有姓名）", strong=True),
            line.place,
            line.village_name,
            Cell(tag=_result(line)),
            _told(line),
        ],
        tone=tone if line.outcome == LineOutcome.WAITING else "",
    )


def _cut(request: HttpRequest, rows: Any, shown: str) -> tuple[Any, Pager]:
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", 1))
    address = f"?show={shown}&page="
    return page, Pager(
        page.paginator.count,
        page.start_index(),
        page.end_index(),
        "户",
        f"{address}{page.previous_page_number()}" if page.has_previous() else "",
        f"{address}{page.next_page_number()}" if page.has_next() else "",
    )


# -- what can be done ------------------------------------------------------------------------


def actions(officer: Officer, run: Any, view: jobs.JobView | None) -> list[Action]:
    """The one next step first, then the others that this officer may take."""
    state, mine = RunState(run.state), run.proposed_by_id == officer.staff.pk
    busy = view is not None and not view.over
    found: list[Action] = []
    if state in (RunState.READING, RunState.PREVIEWED) and not busy:
        takes = run.counts.get("new", 0) + run.counts.get("changed", 0)
        if state is RunState.PREVIEWED and mine and takes:
            hidden = {"once": new_ref(), "version": str(run.version)}
            found.append(Action("提交负责人确认", doing.url("ledger_submit", run), "post", primary=True, hidden=hidden))
        if run.file_ref:
            columns = doing.url("ledger_columns", run)
            found.append(Action("核对列名", columns, primary=state is RunState.READING))
    if state is RunState.SUBMITTED and doing.is_head(officer, run) and not mine:
        found.append(Action("确认导入", doing.url("ledger_confirm", run), primary=True))
    if state in (RunState.READING, RunState.PREVIEWED, RunState.SUBMITTED) and not busy:
        found.append(Action("撤回" if mine else "退回", doing.url("ledger_withdraw", run)))
    if state in doing.AT_WORK and not busy and doing.is_head(officer, run):
        found.append(Action("继续", doing.url("ledger_resume", run), "post", primary=True, hidden={"once": new_ref()}))
    if doing.may_undo(officer, run):
        found.append(Action("撤销这次导入", doing.url("ledger_undo", run)))
    if mine and run.file_ref and (run.counts.get("error") or run.counts.get("left")):
        found.append(Action("下载错误行", doing.url("ledger_errors", run)))
    return found


def _facts(run: Any) -> Block:
    facts = [
        Fact("台账文件", run.file_name, note=f"摘要 {run.file_sha256[:16]}"),
        Fact("上传", f"{run.proposed_by.name}　{moment(run.proposed_at)}"),
        Fact("提交", moment(run.submitted_at)),
        Fact("确认", f"{run.released_by.name}　{moment(run.released_at)}" if run.released_by else "—"),
    ]
    if run.undo_until:
        facts.append(Fact("可以撤销至", moment(run.undo_until)))
    if run.undone_by:
        facts.append(Fact("撤销", f"{run.undone_by.name}　{moment(run.undone_at)}"))
    return Block("办理经过", facts=facts)


def _blocks(run: Any) -> list[Block]:
    blocks = [_facts(run)]
    if run.columns:
        blocks.append(Block("列名的对应", facts=[Fact(text, field) for text, field in run.columns.items()]))
    if run.skipped:
        rows = [Row([f"{one['sheet']} 第{one['row']}行", one["why"]]) for one in run.skipped[:200]]
        more = "只列出前 200 行。" if len(run.skipped) > len(rows) else ""
        blocks.append(Block("跳过的行", more, table=Table(["位置", "原因"], rows, label="跳过的行")))
    return blocks


@route("ledger.read", "ledger_run", "place", doing.ROLES)
def ledger(request: HttpRequest, ref: str) -> HttpResponse:
    """The preview or what became of it; the read is noted."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    run = queries.run(officer, ref)
    view = doing.job_view(run)
    shown = _asked(request, run)
    page, pager = _cut(request, queries.lines(run, shown), shown)
    rows = [_row(line) for line in page.object_list]
    note_read(officer, "ledger_run", run.ref, purpose="核对台账导入", channel="page")
    busy = doing.progress(run, view)
    empty = Empty("这一类没有。" if run.counts else "还没有预览。")
    return show(
        request,
        "township/ledger.html",
        page=Page(run.file_name, crumbs=doing.crumbs(), tags=[doing.tag(run)]),
        steps=doing.steps(run),
        outcome=None if busy else outcome(run, view),
        progress=busy,
        actions=actions(officer, run, view),
        tiles=_tiles(run),
        tabs=_tabs(run, shown) if run.counts else (),
        table=Table(["户主", "位置", "村（社区）", "结果", "内容"], rows, label="台账预览", empty=empty),
        pager=pager if rows else None,
        blocks=_blocks(run),
    )


@route("ledger.read", "ledger_run", "place", doing.ROLES)
def errors(request: HttpRequest, ref: str) -> HttpResponse:
    """The rows not taken, as they stood in the file, for the person who brought them and nobody else."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    run = queries.run(officer, ref)
    if run.proposed_by_id != officer.staff.pk:
        raise Refused(f"错误行里有完整号码，只有上传人{run.proposed_by.name}可以下载。", "not_yours", 403)
    if not run.file_ref or not queries.refused_lines(run).exists():
        raise Refused("这次导入没有错误行。", "no_errors", 409)
    note_read(officer, "ledger_run", run.ref, purpose="下载台账错误行", channel="export")
    return xlsx(writing.errors_file(run), f"{run.file_name.removesuffix('.xlsx')}-错误行.xlsx")


@route("ledger.read", "ledger_run", "place", doing.ROLES)
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the work is: a card that reads itself again, then the run."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    run = queries.run(officer, ref)
    busy = doing.progress(run, doing.job_view(run))
    return progress_page(request, busy, doing.url("ledger", run))
