"""A print run on the screen: progress, the file, and one line for every paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Unknown
from yimen.base.jobs import desk as jobs
from yimen.base.papers import runs
from yimen.base.papers.models import PrintRun
from yimen.base.record import desk as record
from yimen.casework.applications import queries as applications
from yimen.desks.shared.pages import show
from yimen.desks.shared.paperviews import pdf
from yimen.desks.shared.printing.owners import owner_of_case, owners_of
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Link, Page, Row, Table, Tag
from yimen.law.calendar import as_moment

TONES = {"waiting": "blue", "ready": "green", "failed": "red", "gone": "neutral"}
_SHOWN = 5


def own(officer: Officer, ref: str) -> PrintRun:
    """The officer's own run of that reference, else Unknown."""
    found = runs.own(officer.account.pk).filter(ref=ref).first()
    if found is None:
        raise Unknown(ref)
    return found


def _at(moment: Any) -> str:
    return f"{as_moment(moment):%m-%d %H:%M}" if moment else "—"


def _sides(run: PrintRun) -> str:
    return "双面" if run.duplex else "单面"


def recent(officer: Officer) -> list[Block]:
    """The latest runs of the account, under the list."""
    found = list(runs.own(officer.account.pk)[:_SHOWN])
    if not found:
        return []
    rows = [
        Row(
            [
                Link(f"{run.title} {sum('paper' in line for line in run.lines)} 份", _url(run)),
                _at(run.asked_at),
                _sides(run),
                Cell(tag=Tag(TONES[run.state], run.state_label), note=run.why),
                _at(run.expires_at),
            ]
        )
        for run in found
    ]
    return [Block("最近的打印", table=Table(["打印", "发起", "单双面", "状态", "清除时间"], rows, label="最近的打印"))]


def _url(run: PrintRun) -> str:
    return reverse("township:print_run", args=[run.ref])


def page(request: HttpRequest, officer: Officer, run: PrintRun) -> HttpResponse:
    """The page of a run; while it is made the card reads itself again."""
    progress = _progress(run)
    if bool(request.htmx):  # type: ignore[attr-defined]
        if progress is None:
            return HttpResponse(headers={"HX-Redirect": _url(run)})
        return render(request, "shared/parts/progress.html", {"progress": progress})
    rows, missing = _rows(officer, run)
    made = f"{run.papers} 份，{_sides(run)}，{run.size / 1024 / 1024:.1f} MB。" if run.state == "ready" else run.why
    fetch = Action("打开 PDF", reverse("township:print_file", args=[run.ref]), primary=True)
    return show(
        request,
        "shared/exports.html",
        page=Page(
            f"打印{run.title}",
            f"{made}文件保留到 {_at(run.expires_at)}，每打开一次记一次打印。" if run.state == "ready" else made,
            crumbs=[Link("文书打印", reverse("township:papers")), Link("打印结果", "", current=True)],
            tools=[fetch] if run.state == "ready" else [],
            tags=[Tag(TONES[run.state], run.state_label)],
        ),
        table=Table(
            ["申请人", "村（社区）", "文书", "编号", "结果"], rows, label="每份文书的结果", empty=Empty("没有文书。")
        ),
        note=f"有 {missing} 份没有打印，原因见各行；补齐后可以只打印这几份。" if missing else "",
        progress=progress,
    )


def _progress(run: PrintRun) -> dict[str, Any] | None:
    if run.state != "waiting":
        return None
    job = jobs.job_view(run.job_ref)
    words = (job.note if job else "") or "正在排队，很快开始排印"
    return {"url": _url(run), "done": 0, "of": 1, "text": words}


def _rows(officer: Officer, run: PrintRun) -> tuple[list[Row], int]:
    lines = runs.lines_of(run)
    by_paper = owners_of(officer, [line["paper"] for line in lines if line["paper"]])
    refs = [line["case"] for line in lines if line["case"]]
    by_ref = {case.ref: owner_of_case(case) for case in applications.visible(officer).filter(ref__in=refs)}
    rows, missing = [], 0
    for line in lines:
        paper = line["paper"]
        owner = by_paper.get(paper.pk) if paper else by_ref.get(line["case"])
        if owner is None:
            continue
        missing += bool(line["why"])
        result = (
            Tag("amber", line["why"]) if line["why"] else Tag("green" if run.state != "waiting" else "blue", _word(run))
        )
        number = Cell(paper.number, reverse("paper", args=[paper.ref])) if paper else "—"
        title = paper.title if paper else run.title
        rows.append(
            Row(
                [Link(owner.name, owner.url), owner.village, title, number, result],
                tone="different" if line["why"] else "",
                name=owner.name,
            )
        )
    return rows, missing


def _word(run: PrintRun) -> str:
    return {"waiting": "排队中", "ready": "已排入", "failed": "没有打印", "gone": "已排入"}[run.state]


def file(officer: Officer, run: PrintRun) -> HttpResponse:
    """The PDF for the browser's viewer. Raises runs.Gone."""
    content, printed = runs.hand_out(run, officer_id=officer.staff.pk, officer_name=officer.staff.name)
    owners = owners_of(officer, printed).values()
    record.note_reads(
        dict.fromkeys(owner.read for owner in owners),
        staff_id=officer.staff.pk,
        staff_name=officer.staff.name,
        account_id=officer.account.pk,
        office_code=officer.office.area_id,
        purpose=f"批量打印{run.title}"[:200],
        channel="pdf",
        request_id=officer.request_id,
    )
    return pdf(content, f"print-{run.ref}")
