"""文书打印: choose papers by kind, place, day and whether they were printed; print hundreds as one file (T9, T16).

A township prints the papers of its cases. The district prints its own - reports, visits, decisions, and the requests for
a check that came to it - and, when it asks for them, those of its townships.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.once import once
from yimen.base.access.refusal import Refused
from yimen.base.papers import desk as papers, library, runs
from yimen.base.papers.models import Paper
from yimen.base.refs import new_ref
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import SIZES, Listing
from yimen.desks.shared.lists.places import township_filter, village_filter
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.printing import choosing, shown
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Cell, Empty, Filter, Link, Page, Row, Tag
from yimen.desks.shared.typed import whole
from yimen.desks.shared.work import case_url
from yimen.law.calendar import today

_OLDEST = 36_500
"""How many days back a list of papers may be asked for."""
_SORTS = {"制发日期": ("issued_on",), "编号": ("number",), "文书": ("code",)}
LIST = Listing(
    "papers",
    "文书打印",
    ("申请人", "文书", "编号", "村（社区）", "制发日期", "打印", "送达"),
    sorts=_SORTS,
    filters=("kind", "village", "days", "printed"),
    unit="份",
    sizes=SIZES[:2],
)
DISTRICT = Listing(
    "papers_district",
    "文书打印",
    ("申请人", "文书", "编号", "乡街", "制发", "制发日期", "打印", "送达"),
    usual=("申请人", "文书", "编号", "乡街", "制发日期", "打印", "送达"),
    sorts=_SORTS,
    filters=("whose", "kind", "township", "days", "printed"),
    unit="份",
    sizes=SIZES[:2],
)
PRINTERS = TOWNSHIP_ROLES | DISTRICT_ROLES
WHOSE = (("", "区级制发的和核对委托书"), ("all", "全区所有文书"))
# Addressed to the district's centre, which sends the check: a paper of its own desk, though a township made it.
_RECEIVED = frozenset({"check_request"})
DAYS = (("", "全部"), ("0", "今天"), ("7", "近 7 天"), ("30", "近 30 天"), ("90", "近 90 天"))
PRINTED = (("", "全部"), ("no", "没有打印过"), ("yes", "打印过"))
# What nobody prints by the hundred: papers to be filled by hand, and the list in front of a case.
_NOT_ISSUED = frozenset({"signing_sheet", "case_papers"})


def _kinds() -> list[tuple[str, str]]:
    return [(code, library.form(code).title) for code in library.codes() if code not in _NOT_ISSUED]


def _listing(officer: Officer) -> Listing:
    return DISTRICT if officer.roles & DISTRICT_ROLES else LIST


def _narrowed(officer: Officer, given: Mapping[str, str]) -> QuerySet[Paper]:
    """The papers that the filters leave."""
    rows = choosing.visible(officer)
    if _listing(officer) is DISTRICT and not given.get("whose"):
        rows = rows.filter(Q(area_code=officer.district) | Q(code__in=_RECEIVED))
    if kind := given.get("kind"):
        rows = rows.filter(code=kind)
    for name in ("village", "township"):
        if place := given.get(name):
            own = choosing.applications.visible(officer).filter(**{f"{name}_id": place})
            rows = rows.filter(subject_id__in=own.order_by().values("pk"))
    days, printed = whole(given.get("days", ""), _OLDEST), given.get("printed")
    if days is not None:
        rows = rows.filter(issued_on__gte=today() - timedelta(days=days))
    if printed:
        fresh = choosing.unprinted(rows)
        rows = fresh if printed == "no" else rows.exclude(pk__in=fresh.order_by().values("pk"))
    return rows


def _rows(officer: Officer, found: Sequence[Paper]) -> list[Row]:
    cases = choosing.cases_of(officer, found)
    printed, served = papers.print_counts(found), papers.services_of(found)
    wide = _listing(officer) is DISTRICT
    made = []
    for paper in found:
        case = cases[paper.subject_id]
        place = [case.township.name, paper.office_name] if wide else [case.village.name]
        made.append(_row(paper, case, place, printed.get(paper.pk, 0), served.get(paper.pk)))
    return made


def _row(paper: Paper, case: Any, place: Sequence[str], printed: int, service: Any) -> Row:
    times = Cell(f"{printed} 次") if printed else Cell(tag=Tag("amber", "未打印"))
    return Row(
        [
            Link(case.applicant.name, case_url(case.ref, "papers")),
            paper.title,
            Cell(paper.number, reverse("paper", args=[paper.ref])),
            *place,
            f"{paper.issued_on:%Y-%m-%d}",
            times,
            f"{service.served_on:%Y-%m-%d} {service.receipt}" if service else "—",
        ],
        ref=paper.ref,
        name=f"{case.applicant.name} {paper.title}",
    )


def _filters(asked: Asked) -> list[Filter]:
    where = township_filter(asked) if asked.listing is DISTRICT else village_filter(asked)
    made = [
        asked.filter("kind", "文书", [("", "全部"), *_kinds()]),
        where,
        asked.filter("days", "制发", DAYS),
        asked.filter("printed", "打印", PRINTED),
    ]
    return [asked.filter("whose", "范围", WHOSE), *made] if asked.listing is DISTRICT else made


def _all(asked: Asked, total: int) -> list[Action]:
    """Everything that the filters leave, one-sided or on both sides of the sheet."""
    if not total:
        return []
    url = reverse("township:print")
    return [
        Action(words, url, "post", hidden={**asked.filters, "all": "1", "duplex": duplex, "once": new_ref()})
        for words, duplex in ((f"打印全部 {total} 份", ""), ("全部双面打印", "1"))
    ]


@route("papers.list", "paper", "place", PRINTERS)
def list_papers(request: HttpRequest) -> HttpResponse:
    """The papers of the own township, or of the district, the newest first."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    asked = Asked(request, _listing(officer))
    found, pager = asked.page(asked.ordered(_narrowed(officer, asked.filters)))
    url = reverse("township:print")
    return show(
        request,
        "shared/papers.html",
        page=Page(
            "文书打印",
            "选好文书后一次排成一个 PDF，按村（社区）、姓名排好顺序；每打印一份都有记录。",
            tools=_all(asked, pager.total),
        ),
        filters=_filters(asked),
        filter_url=reverse("township:papers"),
        table=asked.table(
            _rows(officer, found), empty=Empty("没有符合条件的文书。请放宽筛选条件。"), pick="ref", form_id="bulk"
        ),
        pager=pager,
        bulk=[Link("打印勾选的", url), Link("双面打印勾选的", f"{url}?duplex=1")],
        hidden={"once": new_ref()},
        lister=tools(asked),
        blocks=shown.recent(officer),
        note="区级核对报告、入户核查表、决定文书和收到的核对委托书都在这里；乡街的文书在“范围”里选。生成的文件保留 24 小时。"
        if asked.listing is DISTRICT
        else "入户用的空白表、签字页在案件页的“材料”和“文书”里打印。生成的文件保留 24 小时。",
    )


def _lines(officer: Officer, request: HttpRequest) -> list[dict[str, str]]:
    """What a POST means: all that a filter leaves, ticked cases with a kind, or ticked papers."""
    given = request.POST
    refs = given.getlist("ref") or given.getlist("refs")
    if given.get("all"):
        rows = _narrowed(officer, given.dict())  # type: ignore[arg-type]  # one value for each filter
        choosing.check_number(rows.count())
        return [{"paper": paper.ref} for paper in choosing.in_order(officer, rows)]
    if given.get("kind"):
        return choosing.lines_of_cases(officer, refs, given["kind"])
    return choosing.lines_of_papers(officer, refs)


def _title(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    return library.form(kind).title if kind in library.codes() else "文书"


@route("papers.print", "paper", "place", PRINTERS, ("POST",))
def print_papers(request: HttpRequest) -> HttpResponse:
    """Begin a print run. Takes ``ref`` (papers), or ``ref`` with ``kind`` (cases and a kind of paper), or ``all`` with the filters."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    duplex = bool(request.POST.get("duplex") or request.GET.get("duplex"))
    body = {name: request.POST.getlist(name) for name in sorted(request.POST) if name != "csrfmiddlewaretoken"}

    def work() -> str:
        return choosing.start(officer, title=_title(request), lines=_lines(officer, request), duplex=duplex)

    ref = once(request.user, request.POST.get("once", ""), {**body, "duplex": duplex}, work)  # type: ignore[arg-type]
    return redirect("township:print_run", ref)


@route("papers.print", "print_run", "own", PRINTERS)
def print_run(request: HttpRequest, ref: str) -> HttpResponse:
    """How far a run is, then its file and what became of every paper."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return shown.page(request, officer, shown.own(officer, ref))


@route("papers.print", "print_run", "own", PRINTERS)
def print_file(request: HttpRequest, ref: str) -> HttpResponse:
    """The PDF; every paper in it is noted as printed and every file as read."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    try:
        return shown.file(officer, shown.own(officer, ref))
    except runs.Gone as gone:
        raise Refused(str(gone), "gone", 410) from gone
