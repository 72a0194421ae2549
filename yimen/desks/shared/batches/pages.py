"""The pages of a batch: what is about to happen to which cases, then what came of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.jobs import desk as jobs
from yimen.base.papers import library
from yimen.casework.applications import queries as applications
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.batches.kinds import KINDS
from yimen.desks.shared.batches.running import MOST, begin
from yimen.desks.shared.caseacts.page import row_of
from yimen.desks.shared.fields import Pick
from yimen.desks.shared.models import Batch
from yimen.desks.shared.pages import show
from yimen.desks.shared.printing import choosing
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Cell, Empty, Link, Page, Row, Section, Table, Tag, Tile
from yimen.desks.shared.work import case_url
from yimen.law.calendar import as_moment
from yimen.law.terms import Stage

_NOBODY = "请先在名单里勾选案件，再点批量办理。"
_STATES = {"done": Tag("green", "已办"), "refused": Tag("red", "没有办"), "waiting": Tag("blue", "等待")}


def bulk_links(*acts: str) -> list[Link]:
    """Buttons for the ticked rows of a list; printing is always one of them."""
    made = [Link(f"批量{row_of(act).label}", reverse(f"batch-{act}")) for act in acts]
    return [*made, Link("打印文书", reverse("batch-print"))]


def _cases(officer: Officer, refs: Sequence[str]) -> list[Any]:
    """The ticked cases within scope, in the order in which they were ticked."""
    found = {case.ref: case for case in applications.visible(officer).filter(ref__in=list(refs)[:MOST]).order_by("id")}
    return [found[ref] for ref in dict.fromkeys(refs) if ref in found]


def _ticked(request: HttpRequest) -> HttpResponse:
    """From the list: to the page of the batch, whose address holds references only."""
    refs = ",".join(dict.fromkeys(request.POST.getlist("ref")))
    if not refs:
        messages.warning(request, _NOBODY)
        return redirect("home")
    return redirect(f"{request.path}?cases={refs}")


def _kept(text: str) -> list[tuple[str, int | None]]:
    """``ref:version`` pairs as the page carries them."""
    pairs = [part.partition(":") for part in text.split(",") if part]
    return [(ref, int(version) if version.isdigit() else None) for ref, _, version in pairs]


def _table(cases: Sequence[Any]) -> Table:
    rows = [
        Row([Link(case.applicant.name, case_url(case.ref)), case.number, case.village.name, Stage(case.stage).label])
        for case in cases
    ]
    return Table(["申请人", "案号", "村（社区）", "现在的环节"], rows, label="勾选的案件", empty=Empty(_NOBODY))


def _page(title: str, note: str, count: int) -> Page:
    crumbs = [Link("待办", "/"), Link(title, "", current=True)]
    return Page(title, f"{note}共 {count} 件，逐件办理，一件不成不影响别的。", crumbs=crumbs)


def _asked(request: HttpRequest) -> list[tuple[str, int | None]]:
    return _kept(request.POST.get("cases", "") or request.GET.get("cases", ""))


def view_of(act: str) -> Callable[..., HttpResponse]:
    """The declared page of one act on many cases."""
    kind, row = KINDS[act], row_of(act)

    @route(f"application.{act}", "application", "place", frozenset(row.roles) & TOWNSHIP_ROLES, ("GET", "POST"))
    def view(request: HttpRequest) -> HttpResponse:
        officer: Officer = request.officer  # type: ignore[attr-defined]
        if request.method == "POST" and "cases" not in request.POST:
            return _ticked(request)
        pairs = _asked(request)
        cases = _cases(officer, [ref for ref, _ in pairs])
        shown = [(case.ref, case.version) for case in cases]

        def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
            form = kind.form(officer, cases, data)
            own = [Section("fields", "对所有勾选的案件", form=form)] if form.fields else []
            return [*own, Section("cases", "勾选的案件", form=None if own else form, table=_table(cases))]

        def run(sections: Sequence[Section]) -> str:
            form = next(section.form for section in sections if section.form is not None)
            return reverse("batch_run", args=[begin(officer, act, pairs, form.cleaned_data).ref])

        hidden = ",".join(f"{ref}:{version}" for ref, version in shown)
        if request.method == "POST":
            hidden = request.POST["cases"]
        return ActPage(
            _page(f"批量{row.label}", kind.note, len(cases)),
            build,
            run,
            f"办理 {len(cases)} 件",
            cancel=Link("返回待办", reverse("home")),
            hidden={"cases": hidden},
            drafts=False,
            enter_next=False,
        ).answer(request)

    return view


class PrintForm(forms.Form):
    """Which paper of each case."""

    kind = Pick("打印哪一种文书", [], empty="请选择")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = [(code, library.form(code).title) for code in library.codes()]
        self.fields["kind"].choices = [("", "请选择"), *kinds]  # type: ignore[attr-defined]


@route("papers.print", "paper", "place", TOWNSHIP_ROLES | DISTRICT_ROLES, ("GET", "POST"))
def print_them(request: HttpRequest) -> HttpResponse:
    """The newest paper of one kind of every ticked case, as one file."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if request.method == "POST" and "cases" not in request.POST:
        return _ticked(request)
    cases = _cases(officer, [ref for ref, _ in _asked(request)])

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [Section("kind", "文书", form=PrintForm(data)), Section("cases", "勾选的案件", table=_table(cases))]

    def run(sections: Sequence[Section]) -> str:
        code = sections[0].form.cleaned_data["kind"] if sections[0].form else ""
        lines = choosing.lines_of_cases(officer, [case.ref for case in cases], code)
        ref = choosing.start(officer, title=library.form(code).title, lines=lines, duplex=False)
        return reverse("township:print_run", args=[ref])

    hidden = ",".join(f"{case.ref}:{case.version}" for case in cases)
    return ActPage(
        _page("打印文书", "每件打印最近制发的一份；没有制发的会列出来。", len(cases)),
        build,
        run,
        "排成一个文件",
        cancel=Link("返回待办", reverse("home")),
        hidden={"cases": hidden},
        drafts=False,
        enter_next=False,
    ).answer(request)


# -- what came of it ---------------------------------------------------------------------


def _own(officer: Officer, ref: str) -> Batch:
    found = Batch.objects.filter(account=officer.account, ref=ref).first()
    if found is None:
        raise Unknown(ref)
    return found


def _progress(batch: Batch) -> dict[str, Any] | None:
    view = jobs.job_view(batch.job_ref) if batch.job_ref else None
    if view is None or view.over:
        return None
    done = sum(row["state"] != "waiting" for row in batch.rows)
    text = f"已办 {done} 件，共 {len(batch.rows)} 件"
    return {"url": reverse("batch_run", args=[batch.ref]), "done": done, "of": len(batch.rows), "text": text}


def _outcome(officer: Officer, batch: Batch) -> list[Row]:
    cases = {case.ref: case for case in _cases(officer, [row["ref"] for row in batch.rows])}
    made = []
    for row in batch.rows:
        case = cases.get(row["ref"])
        told = row["told"] or ("—" if row["state"] == "done" else "等待办理")
        state = Cell(tag=_STATES[row["state"]])
        if case is None:
            made.append(Row(["—", "—", state, told, "—"], tone="refused"))
            continue
        name = Link(case.applicant.name, case_url(case.ref))
        tone = "refused" if row["state"] == "refused" else ""
        made.append(Row([name, case.number, state, told, Stage(case.stage).label], tone=tone, ref=case.ref))
    # What was refused stands first: it is what somebody has to look at.
    return sorted(made, key=lambda row: row.tone != "refused")


@route("batch.read", "batch", "own", TOWNSHIP_ROLES)
def batch_run(request: HttpRequest, ref: str) -> HttpResponse:
    """Every row: done, or refused with its sentence and the way to the case."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = _own(officer, ref)
    progress = _progress(found)
    if getattr(request, "htmx", False):
        if progress is None:
            return HttpResponse(headers={"HX-Redirect": request.path})
        return render(request, "shared/parts/progress.html", {"progress": progress})
    states = [row["state"] for row in found.rows]
    title = f"批量{row_of(found.act).label}"
    refused = states.count("refused")
    return show(
        request,
        "shared/batch.html",
        page=Page(
            title,
            f"{as_moment(found.asked_at):%Y-%m-%d %H:%M} 提交。已办的已经生效；没有办的写明了原因，改好后可以再办。",
            crumbs=[Link("待办", "/"), Link(title, "", current=True)],
        ),
        tiles=[
            Tile("共", str(len(states)), note="件"),
            Tile("已办", str(states.count("done")), note="件", tone="green"),
            Tile("没有办", str(refused), note="件", tone="red" if refused else ""),
        ],
        table=Table(
            ["申请人", "案号", "结果", "原因", "现在的环节"],
            _outcome(officer, found),
            label="逐件结果",
            empty=Empty(_NOBODY),
        ),
        progress=progress,
    )


urlpatterns: list[URLPattern] = [
    *(path(f"batch/{act}/", view_of(act), name=f"batch-{act}") for act in KINDS),
    path("batch/print/", print_them, name="batch-print"),
    path("batch/run/<str:ref>/", batch_run, name="batch_run"),
]
