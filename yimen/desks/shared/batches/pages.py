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
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.batches.kinds import KINDS
from yimen.desks.shared.batches.running import MOST, begin
from yimen.desks.shared.batches.subjects import CASES, Subjects
from yimen.desks.shared.caseacts.page import row_of
from yimen.desks.shared.fields import Pick
from yimen.desks.shared.models import Batch
from yimen.desks.shared.pages import show
from yimen.desks.shared.printing import choosing
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Cell, Empty, Link, Page, Row, Section, Table, Tag, Tile
from yimen.desks.shared.typed import whole
from yimen.law.calendar import as_moment
from yimen.law.procedure import OFFICE_STEPS, Step

_STATES = {"done": Tag("green", "已办"), "refused": Tag("red", "没有办"), "waiting": Tag("blue", "等待")}


def _act_row(act: str) -> Step:
    """The row of an act, of a case or of the office."""
    return OFFICE_STEPS.get(act) or row_of(act)


def act_links(*acts: str) -> list[Link]:
    """Buttons for the ticked rows of a list, one for each act."""
    return [Link(f"批量{_act_row(act).label}", reverse(f"batch-{act}")) for act in acts]


def bulk_links(*acts: str) -> list[Link]:
    """Buttons for the ticked rows of a list of cases; printing is always one of them."""
    return [*act_links(*acts), Link("打印文书", reverse("batch-print"))]


def _nobody(over: Subjects) -> str:
    return f"请先在名单里勾选{over.what}，再点批量办理。"


def _ticked(request: HttpRequest, over: Subjects = CASES) -> HttpResponse:
    """From the list: to the page of the batch, whose address holds references only."""
    refs = ",".join(dict.fromkeys(request.POST.getlist("ref")))
    if not refs:
        messages.warning(request, _nobody(over))
        return redirect(over.back.url)
    return redirect(f"{request.path}?cases={refs}")


def _kept(text: str) -> list[tuple[str, int | None]]:
    """``ref:version`` pairs as the page carries them."""
    pairs = [part.partition(":") for part in text.split(",") if part]
    return [(ref, whole(version)) for ref, _, version in pairs]


def _table(over: Subjects, cases: Sequence[Any]) -> Table:
    rows = [Row([over.name(case), over.number(case), over.place(case), over.state(case)]) for case in cases]
    return Table(list(over.heads), rows, label=f"勾选的{over.what}", empty=Empty(_nobody(over)))


def _crumbs(over: Subjects, title: str) -> list[Link]:
    return [Link(over.back.text, reverse(over.back.url)), Link(title, "", current=True)]


def _page(over: Subjects, title: str, note: str, count: int) -> Page:
    words = f"{note}共 {count} {over.unit}，逐{over.unit}办理，一{over.unit}不成不影响别的。"
    return Page(title, words, crumbs=_crumbs(over, title))


def _asked(request: HttpRequest) -> list[tuple[str, int | None]]:
    return _kept(request.POST.get("cases", "") or request.GET.get("cases", ""))


def view_of(act: str) -> Callable[..., HttpResponse]:
    """The declared page of one act on many cases."""
    kind, row = KINDS[act], _act_row(act)
    over = kind.over

    @route(f"{over.object}.{act}", over.object, "place", frozenset(row.roles) & TOWNSHIP_ROLES, ("GET", "POST"))
    def view(request: HttpRequest) -> HttpResponse:
        officer: Officer = request.officer  # type: ignore[attr-defined]
        if request.method == "POST" and "cases" not in request.POST:
            return _ticked(request, over)
        pairs = _asked(request)
        cases = over.find(officer, [ref for ref, _ in pairs][:MOST])
        shown = [(case.ref, over.version(case)) for case in cases]

        def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
            form = kind.form(officer, cases, data)
            own = [Section("fields", f"对所有勾选的{over.what}", form=form)] if form.fields else []
            picked = Section("cases", f"勾选的{over.what}", form=None if own else form, table=_table(over, cases))
            return [*own, picked]

        def run(sections: Sequence[Section]) -> str:
            form = next(section.form for section in sections if section.form is not None)
            return reverse("batch_run", args=[begin(officer, act, pairs, form.cleaned_data).ref])

        hidden = ",".join(f"{ref}:{'' if version is None else version}" for ref, version in shown)
        if request.method == "POST":
            hidden = request.POST["cases"]
        return ActPage(
            _page(over, f"批量{row.label}", kind.note, len(cases)),
            build,
            run,
            f"办理 {len(cases)} {over.unit}",
            cancel=Link(f"返回{over.back.text}", reverse(over.back.url)),
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
    cases = CASES.find(officer, [ref for ref, _ in _asked(request)][:MOST])

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [
            Section("kind", "文书", form=PrintForm(data)),
            Section("cases", "勾选的案件", table=_table(CASES, cases)),
        ]

    def run(sections: Sequence[Section]) -> str:
        code = sections[0].form.cleaned_data["kind"] if sections[0].form else ""
        lines = choosing.lines_of_cases(officer, [case.ref for case in cases], code)
        ref = choosing.start(officer, title=library.form(code).title, lines=lines, duplex=False)
        return reverse("township:print_run", args=[ref])

    hidden = ",".join(f"{case.ref}:{case.version}" for case in cases)
    return ActPage(
        _page(CASES, "打印文书", "每件打印最近制发的一份；没有制发的会列出来。", len(cases)),
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
    unit = KINDS[batch.act].over.unit
    text = f"已办 {done} {unit}，共 {len(batch.rows)} {unit}"
    return {"url": reverse("batch_run", args=[batch.ref]), "done": done, "of": len(batch.rows), "text": text}


def _outcome(officer: Officer, batch: Batch) -> list[Row]:
    over = KINDS[batch.act].over
    cases = {case.ref: case for case in over.find(officer, [row["ref"] for row in batch.rows])}
    made = []
    for row in batch.rows:
        case = cases.get(row["ref"])
        told = row["told"] or ("—" if row["state"] == "done" else "等待办理")
        state = Cell(tag=_STATES[row["state"]])
        if case is None:
            made.append(Row(["—", "—", state, told, "—"], tone="refused"))
            continue
        tone = "refused" if row["state"] == "refused" else ""
        made.append(Row([over.name(case), over.number(case), state, told, over.state(case)], tone=tone, ref=case.ref))
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
    over = KINDS[found.act].over
    title = f"批量{_act_row(found.act).label}"
    refused = states.count("refused")
    return show(
        request,
        "shared/batch.html",
        page=Page(
            title,
            f"{as_moment(found.asked_at):%Y-%m-%d %H:%M} 提交。已办的已经生效；没有办的写明了原因，改好后可以再办。",
            crumbs=_crumbs(over, title),
        ),
        tiles=[
            Tile("共", str(len(states)), note=over.unit),
            Tile("已办", str(states.count("done")), note=over.unit, tone="green"),
            Tile("没有办", str(refused), note=over.unit, tone="red" if refused else ""),
        ],
        table=Table(
            [*over.heads[:2], "结果", "原因", over.heads[-1]],
            _outcome(officer, found),
            label=f"逐{over.unit}结果",
            empty=Empty(_nobody(over)),
        ),
        progress=progress,
    )


urlpatterns: list[URLPattern] = [
    *(path(f"batch/{act}/", view_of(act), name=f"batch-{act}") for act in KINDS),
    path("batch/print/", print_them, name="batch-print"),
    path("batch/run/<str:ref>/", batch_run, name="batch_run"),
]
