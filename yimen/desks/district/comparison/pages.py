"""The months that were compared, one month by source and place, and its request files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.refs import new_ref
from yimen.casework.monthclose.comparison import queries
from yimen.desks.district.comparison.parts import IMPORT_NOTE, TITLE, crumbs, latest_import, url
from yimen.desks.district.doing import may, readers, roles_of
from yimen.desks.district.upload import ResultFileForm
from yimen.desks.shared.feeds import feed_table
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.reads import note_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import progress, progress_page
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Fact, Link, Page, Row, Table, Tag, Tile
from yimen.gateways.provincial import door, monthly
from yimen.law.calendar import month_of, today

_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "json": "application/json"}
_LIST = [
    "月份", "提请", Column("户数", numeric=True), Column("人数", numeric=True), Column("没有提请（人）", numeric=True),
    "要求反馈", "各来源", Column("待处理（项）", numeric=True),
]  # fmt: skip
_PLACES = [
    "乡街",
    Column("待处理（户）", numeric=True),
    Column("待处理（项）", numeric=True),
    Column("全部（项）", numeric=True),
]
_PARTS = ["批次号", "来源", Column("户数", numeric=True), Column("人数", numeric=True), "请求文件", "结果文件"]


def officer_of(request: HttpRequest) -> Officer:
    """Who asks."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def _state(found: queries.MonthState) -> Tag:
    tone = "red" if found.late else "green" if found.answered else "blue"
    return Tag(tone, found.words)


@route("comparison.read", "comparison", "district", readers())
def comparisons(request: HttpRequest) -> HttpResponse:
    """Every month that was compared, the latest first; whether this month was asked."""
    officer, on = officer_of(request), today()
    page, pager = cut(request, queries.runs(officer), "个月")
    waiting = queries.waiting_by_run(officer)
    rows = []
    for run in page.object_list:
        state = queries.month_state(run.district_id, run.month, on)
        left = Link(str(run.counts["left_out"]), f"{reverse('township:comparison_left_out')}?month={run.month}")
        cells = [
            Link(run.month, url(run)), f"{run.asked_on} {run.asked_by.name}", run.counts["households"],
            run.counts["persons"] + run.counts["obligors"], left, f"{run.due_on}", Cell(tag=_state(state)),
            waiting.get(run.pk, 0),
        ]  # fmt: skip
        rows.append(Row(cells, tone="refused" if state.late else ""))
    missing = not queries.runs(officer).filter(month=month_of(on)).exists()
    ask = Action("提请本月比对", reverse("district:comparison_new"), primary=True)
    tools = [ask] if missing and may(officer, "ask_comparison") else []
    return show(
        request,
        "shared/list.html",
        page=Page(
            TITLE, "在保家庭每月与各来源比对一次；只有与上次不同的才列出，由乡街逐户处理。", tools=tools,
            tags=[Tag("amber", "本月还没有提请")] if missing else [],
        ),
        table=Table(_LIST, rows, label=TITLE, empty=Empty("还没有提请过每月比对。", ask if tools else None)),
        pager=pager if rows else None,
        note="没有有效书面授权的人员不提请，点“没有提请”的数字看名单和原因。",
    )  # fmt: skip


def _tiles(officer: Officer, run: Any, state: queries.MonthState) -> list[Tile]:
    left = f"{reverse('township:comparison_left_out')}?month={run.month}"
    waiting = queries.waiting_by_run(officer).get(run.pk, 0)
    lacking = len(state.feeds) - len(state.lacking)
    return [
        Tile("提请", f"{run.counts['households']} 户", note=f"{run.counts['persons']} 人，另有义务人 {run.counts['obligors']} 人"),
        Tile("没有提请", f"{run.counts['left_out']} 人", note="没有有效授权", tone="amber" if run.counts["left_out"] else "", url=left),
        Tile("各来源", f"{lacking} / {len(state.feeds)}", note=state.words, tone="red" if state.late else ""),
        Tile("待处理差异", f"{waiting} 项", tone="amber" if waiting else ""),
    ]  # fmt: skip


def _places_block(officer: Officer, run: Any) -> Block:
    rows = [
        Row([row["name"], row["households"], row["waiting"], row["total"]], tone="different" if row["waiting"] else "")
        for row in queries.hits_by_township(officer, run)
    ]
    table = Table(_PLACES, rows, label="各乡街的差异", empty=Empty("还没有与上次不同的。"))
    return Block(
        "各乡街的差异", "差异由家庭所在乡街处理；有差异待处理的家庭，本月不能办结，别的家庭不受影响。", table=table
    )


def _file_cell(part: Any) -> Cell:
    if begun := queries.begun(part):
        note = f"已导入 {part.position} 户。导入完以前不采用；中断了的，把同一个文件再导入一次即可"
        return Cell(begun.number or "未编号", note=note)
    answer = queries.answer_of(part)
    if answer is None:
        return Cell("—")
    return Cell(
        answer.number or "未编号", note=f"{moment(answer.taken_at)} {answer.taken_by.name}，摘要 {answer.digest[:23]}…"
    )


def _parts_block(officer: Officer, run: Any) -> Block:
    rows = [
        Row([
            part.number, door.source_label(part.feed.source), part.cases, part.persons,
            Link("下载", reverse("district:comparison_part", args=[part.ref])), _file_cell(part),
        ])
        for part in queries.parts_of(officer, run)
    ]  # fmt: skip
    note = "含身份证号，只交给核对机构；每次下载都留痕。人数多的区按户分成几份，一份一个来源。"
    return Block("请求文件和结果文件", note, table=Table(_PARTS, rows, label="请求文件和结果文件"))


@route("comparison.read", "comparison", "district", readers())
def comparison(request: HttpRequest, ref: str) -> HttpResponse:
    """One month: sources with their days, townships with their hits, files."""
    officer = officer_of(request)
    run = queries.run(officer, ref)
    state = queries.month_state(run.district_id, run.month, today())
    importing = may(officer, "import_comparison") and not state.answered
    job = latest_import(officer)
    blocks = [_places_block(officer, run)]
    if may(officer, "ask_comparison"):
        blocks.append(_parts_block(officer, run))
    if job is not None and job.state == "failed":
        blocks.insert(0, Block("上次导入没有完成", job.error, tag=Tag("red", job.state_label)))
    blocks.append(
        Block("提请", facts=[Fact("编号", run.number), Fact("提请人", run.asked_by.name), Fact("名单摘要", run.digest)])
    )
    practice = Action(
        "由练习核对机构答复", reverse("district:comparison_practice", args=[ref]), "post", hidden={"once": new_ref()}
    )
    return show(
        request,
        "district/checks.html",
        page=Page(
            f"{run.month} 每月比对", f"{run.asked_on} 提请，要求各来源 {run.due_on} 以前反馈。", crumbs=crumbs(),
            tags=[_state(state)],
        ),
        tiles=_tiles(officer, run, state),
        table=feed_table(state.feeds),
        blocks=blocks,
        import_form=ResultFileForm() if importing else None,
        import_url=reverse("district:comparison_import", args=[ref]),
        import_hidden={"once": new_ref()},
        import_note=IMPORT_NOTE,
        progress=progress(job, reverse("district:comparison_job", args=[ref])),
        practice=practice if importing and settings.YIMEN_DEMO else None,
    )  # fmt: skip


@route("comparison.import", "comparison", "district", roles_of("import_comparison"))
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the import of a large file is: a card that reads itself again, then the month."""
    officer = officer_of(request)
    home = url(queries.run(officer, ref))
    return progress_page(request, progress(latest_import(officer), request.path), home)


@route("comparison.ask", "comparison", "district", roles_of("ask_comparison"))
def part(request: HttpRequest, ref: str) -> HttpResponse:
    """One request file: what it asks, in both forms."""
    found = queries.part(officer_of(request), ref)
    run, label = found.feed.run, door.source_label(found.feed.source)
    tools = [
        Action(f"下载（{word}）", reverse("district:comparison_file", args=[ref, suffix]), primary=suffix == "xlsx")
        for suffix, word in (("xlsx", "Excel"), ("json", "JSON"))
    ]
    answer = queries.answer_of(found)
    facts = [
        Fact("来源", label), Fact("户数、人数", f"{found.cases} 户，{found.persons} 人"),
        Fact("结果", f"{answer.number}，{answer.rows} 人，{answer.answered_on} 反馈" if answer else "还没有反馈"),
        *([Fact("结果摘要", answer.digest)] if answer else []),
    ]  # fmt: skip
    page = Page(found.number, "请求文件含身份证号，只交给核对机构；下载会留痕。", crumbs=crumbs(run), tools=tools)
    rows = [Row([fact.label, fact.value]) for fact in facts]
    return show(request, "shared/list.html", page=page, table=Table(["项目", "内容"], rows, label="请求文件"))


@route("comparison.ask", "comparison", "district", roles_of("ask_comparison"))
def request_file(request: HttpRequest, ref: str, suffix: str) -> HttpResponse | StreamingHttpResponse:
    """The request file; the download is noted, since identity numbers are in it (K33)."""
    officer = officer_of(request)
    if suffix not in _TYPES:
        raise Http404
    found = queries.part(officer, ref)
    note_read(officer, monthly.KIND, ref, purpose="下载每月比对请求文件", channel=suffix)
    name = monthly.request_name(found, suffix)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    if suffix == "json":
        return StreamingHttpResponse(monthly.request_json(found), content_type=_TYPES[suffix], headers=headers)
    return HttpResponse(monthly.request_excel(found), content_type=_TYPES[suffix], headers=headers)
