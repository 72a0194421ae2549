"""One file of the platform: what agrees, what differs, what could not be read; each difference with its handling."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.jobs import desk as jobs
from yimen.base.refs import new_ref
from yimen.casework.monthclose.platform import queries
from yimen.desks.shared.lists.collecting import collecting
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed, progress_page
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Fact, Link, Page, Pager, Row, Table, Tag
from yimen.desks.township.platform import doing
from yimen.desks.township.platform.home import compare
from yimen.gateways.ledgers.wordings import NOT_TAKEN
from yimen.gateways.platform import door
from yimen.gateways.platform.words import LABELS
from yimen.law.platform import FIELD_OF, UNRESOLVED, Handling, LineKind, PlatformState
from yimen.law.terms import Programme

PAGE_SIZE = 50
COLUMNS = ("户主", "村（社区）", "项目", "差异", "我方", "平台", "处理", "我方有误的")
_DONE = "done"


# -- lines ---------------------------------------------------------------------------------


def what(line: Any) -> str:
    """The field that differs, or what kind of line it is."""
    return FIELD_OF[line.field].label if line.field else LineKind(line.kind).label


def line_row(officer: Officer, line: Any) -> Row:
    """One difference as a row to be ticked."""
    home = line.award.household if line.award_id else None
    head = Link(line.head_name or "（没有姓名）", reverse("household", args=[home.ref])) if home else line.head_name
    adopt = Link("采纳平台", reverse("township:platform_adopt", args=[line.ref]))
    may = adoptable(line) and officer.holds(doing.ROLES, line.run.township_id)
    said = Cell(tag=doing.handling_tag(line), note=_note(line))
    open_change = Handling(line.handling) is Handling.ADOPTING and line.change_id
    return Row(
        [
            head or "（没有姓名）",
            line.village_name or "—",
            Programme(line.programme).label if line.programme else "—",
            Cell(what(line), note=f"平台第{line.row}行" if line.row else ""),
            line.ours or "—",
            Cell(line.theirs or "—", note=line.remark),
            Link("我方更正中", reverse("township:change", args=[line.change.ref])) if open_change else said,
            adopt if may else "—",
        ],
        tone="refused" if line.kind == LineKind.REFUSED else "different" if line.handling == Handling.OPEN else "",
        ref=line.ref,
        name=f"{line.head_name}{what(line)}",
    )


def _note(line: Any) -> str:
    parts = [line.reason]
    if line.handled_by_id and line.handling != Handling.OPEN:
        parts.append(f"{line.handled_by.name} {moment(line.handled_at)}")
    return "　".join(part for part in parts if part)


def adoptable(line: Any) -> bool:
    """Whether ours may be corrected after it."""
    open_now = line.handling in UNRESOLVED and line.handling != Handling.ADOPTING
    return bool(line.award_id) and open_now and line.run.state == PlatformState.COMPARED


# -- the page ------------------------------------------------------------------------------


def _outcome(run: Any, view: jobs.JobView | None, waiting: int) -> Tag:
    counts = run.counts
    if view and view.state == "failed":
        return Tag("amber", view.error)
    if run.state == PlatformState.READING:
        return Tag("amber", "还没有比对。请核对列名；现在没有留下任何结果。")
    if run.state == PlatformState.REPLACED:
        return Tag("amber", "同一个月后来又上传了文件，这份留着备查，不再处理。")
    before = []
    if counts.get("settled"):
        before.append(f"上次的差异有 {counts['settled']} 条已由这份文件确认一致")
    if counts.get("carried"):
        before.append(f"{counts['carried']} 条沿用上次的处理")
    told = f"（{'，'.join(before)}）" if before else ""
    if not waiting:
        return Tag("green", f"没有待办的差异{told}。")
    return Tag("amber", f"还有 {waiting} 条差异没有办结{told}。")


def _tabs(run: Any, current: str, many: dict[tuple[str, str], int]) -> list[Link]:
    address = doing.url("platform_run", run)
    made = []
    for kind in doing.KINDS:
        count = sum(n for (each, handling), n in many.items() if each == kind and handling != Handling.SETTLED)
        if count or kind != LineKind.REFUSED:
            made.append(Link(kind.label, f"{address}?show={kind}", current=current == kind, count=str(count)))
    done = sum(n for (_, handling), n in many.items() if handling == Handling.SETTLED)
    if done:
        made.append(Link("已确认一致", f"{address}?show={_DONE}", current=current == _DONE, count=str(done)))
    return made


def _shown(request: HttpRequest, many: dict[tuple[str, str], int]) -> str:
    asked = request.GET.get("show", "")
    if asked in {*map(str, doing.KINDS), _DONE}:
        return asked
    with_lines = {kind for kind, handling in many if handling != Handling.SETTLED}
    return next((str(kind) for kind in doing.KINDS if kind in with_lines), str(LineKind.DIFFERS))


def _cut(request: HttpRequest, rows: Any, shown: str) -> tuple[list[Any], Pager | None]:
    if (wanted := collecting(request)) is not None:
        return wanted.cut(rows), None
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", 1))
    address = f"?show={shown}&page="
    return list(page.object_list), Pager(
        page.paginator.count,
        page.start_index(),
        page.end_index(),
        "条",
        f"{address}{page.previous_page_number()}" if page.has_previous() else "",
        f"{address}{page.next_page_number()}" if page.has_next() else "",
    )


def _actions(run: Any, view: jobs.JobView | None, officer: Officer) -> list[Action]:
    busy = view is not None and not view.over
    if busy or run.state == PlatformState.REPLACED or not officer.holds(doing.ROLES, run.township_id):
        return []
    month = doing.month_url("platform_month", run.month)
    if run.state == PlatformState.READING:
        return [Action("核对列名", doing.url("platform_columns", run), primary=True)]
    return [
        Action("本月对账情况", month, primary=True),
        Action("平台修改清单", doing.month_url("platform_fixes", run.month)),
        Action(
            "重新比对",
            doing.url("platform_again", run),
            "post",
            hidden={"once": new_ref(), "version": str(run.version)},
        ),
        Action("核对列名", doing.url("platform_columns", run)),
    ]


def _blocks(run: Any) -> list[Block]:
    facts = [
        Fact("平台文件", run.file_name, note=f"摘要 {run.file_sha256[:16]}"),
        Fact("上传", f"{run.proposed_by.name}　{moment(run.proposed_at)}"),
        Fact("比对", moment(run.finished_at)),
        Fact("救助项目", "、".join(Programme(each).label for each in run.programmes) or "—"),
    ]
    if run.counts:
        facts.append(
            Fact(
                "读到", f"{run.counts['rows']} 行，跳过 {run.counts['skipped']} 行，平台已停保 {run.counts['ended']} 行"
            )
        )
    blocks = [Block("办理经过", facts=facts)]
    if run.columns:
        told = {NOT_TAKEN: "不比对", "": "没有用到"}
        pairs = zip(run.columns, run.fields, strict=False)
        known = [Fact(text, told.get(field) or LABELS.get(field, field)) for text, field in pairs if text]
        blocks.append(Block("列名的对应", facts=known))
    if run.skipped:
        rows = [Row([f"第{one['row']}行" if one["row"] else "—", one["why"]]) for one in run.skipped[:200]]
        blocks.append(Block("跳过的行", "", table=Table(["位置", "原因"], rows, label="跳过的行")))
    return blocks


@route("platform.read", "platform_run", "place", doing.READERS)
def run(request: HttpRequest, ref: str) -> HttpResponse:
    """What came of a file; the read is noted."""
    officer = doing.officer_of(request)
    found = queries.run(officer, ref)
    view = doing.job_view(found)
    many = queries.by_kind(found)
    shown = _shown(request, many)
    rows = queries.line_rows(found)
    settled = str(Handling.SETTLED)
    rows = rows.filter(handling=settled) if shown == _DONE else rows.filter(kind=shown).exclude(handling=settled)
    lines, pager = _cut(request, rows, shown)
    note_read(officer, queries.RUN, found.ref, purpose="平台对账", channel="page")
    busy = doing.progress(found, view)
    waiting = sum(n for (_, handling), n in many.items() if handling in UNRESOLVED)
    at_work = found.state == PlatformState.COMPARED and officer.holds(doing.ROLES, found.township_id)
    pick = bool(at_work and lines and shown not in (_DONE, LineKind.REFUSED))
    return show(
        request,
        "township/ledger.html",
        page=Page(
            found.file_name,
            crumbs=doing.crumbs(officer, month=found.month, township=found.township_id),
            tags=[doing.run_tag(found)],
        ),
        steps=doing.steps(found),
        outcome=None if busy else _outcome(found, view, waiting),
        progress=busy,
        actions=_actions(found, view, officer),
        tiles=doing.tiles(found.counts, doing.url("platform_run", found)),
        tabs=_tabs(found, shown, many) if found.counts else (),
        table=Table(
            list(COLUMNS), [line_row(officer, line) for line in lines], label=_label(shown), empty=_empty(found),
            pick="ref" if pick else "", form_id="bulk" if pick else "",
        ),
        pager=pager if lines else None,
        bulk=[Link("处理勾选的差异", reverse("township:platform_handle"))] if pick else (),
        blocks=_blocks(found),
    )  # fmt: skip


def _label(shown: str) -> str:
    return "已确认一致" if shown == _DONE else LineKind(shown).label


def _empty(found: Any) -> Empty:
    if not found.counts:
        return Empty("还没有比对。")
    if not any(found.counts.get(word) for word in ("fields", "ours", "theirs", "refused")):
        return Empty("完全一致，可打印对账表。", Action("本月对账情况", doing.month_url("platform_month", found.month)))
    return Empty("这一类没有差异。")


@route("platform.bring", "platform_run", "place", doing.ROLES, ("POST",))
def again(request: HttpRequest, ref: str) -> HttpResponse:
    """Hold the same file against ours once more, after ours was corrected."""
    officer = doing.officer_of(request)
    found = queries.run(officer, ref)

    def work() -> str:
        if found.state != PlatformState.COMPARED:
            raise Refused("只有比对过、还在使用的文件可以重新比对。", "wrong_state")
        return compare(officer, found, "", (), _height(found))

    return pressed(request, work)


def _height(found: Any) -> int:
    return int(found.counts.get("rows", door.LARGE + 1))


@route("platform.read", "platform_run", "place", doing.READERS)
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the comparison is: a card that reads itself again, then the file."""
    found = queries.run(doing.officer_of(request), ref)
    return progress_page(request, doing.progress(found, doing.job_view(found)), doing.url("platform_run", found))
