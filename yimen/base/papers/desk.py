"""The door of the papers: issue, draw, print, serve. The only writer of their rows.

A room hands in a plain dictionary whose keys are those of the form (``yimen/base/papers/forms/<code>.toml``); what
each form wants is listed by ``library.form(code).fields`` and shown by ``examples.example(code)``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, QuerySet

from yimen.base.canonical import digest, digest_bytes
from yimen.base.papers import checking, drawing, library, typeset
from yimen.base.papers.models import Paper, PaperCounter, PaperRendering, PaperService, PrintLog
from yimen.base.papers.shapes import Form, Heading
from yimen.base.prepared import insert, prepared
from yimen.law import calendar

_COUNTER = PaperCounter._meta.db_table
Series = tuple[str, int]
"""What numbers run in: the mark and the year."""
_FEW = 20
REPEATS_FLAGGED = frozenset({"check_report"})


class ChangedPaper(RuntimeError):
    """A stored paper is not what was issued, or no longer comes out as it did; nothing is handed out."""


@dataclass(frozen=True, slots=True)
class PrintView:
    """One printing of a paper: the how-manieth it was, and whether that is to be looked at."""

    at: datetime
    officer_name: str
    purpose: str
    nth: int
    flagged: bool


@dataclass(frozen=True, slots=True)
class Issuing:
    """Who issues papers in whose name, on which day: the same for every paper of one act."""

    area_code: str
    office_name: str
    office_mark: str
    officer_id: int
    officer_name: str
    on: date
    demo: bool
    programme_mark: str = "低保"


@dataclass(frozen=True, slots=True)
class About:
    """The subject of one paper and its data."""

    kind: str
    ref: str
    pk: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToIssue:
    """One paper to be issued: which, about what, by whom, in the place of which earlier one."""

    code: str
    about: About
    by: Issuing
    supersedes: Paper | None = None


def issue(
    code: str,
    *,
    subject_kind: str,
    subject_ref: str,
    subject_id: int,
    area_code: str,
    office_name: str,
    office_mark: str,
    data: Mapping[str, Any],
    officer_id: int,
    officer_name: str,
    on: date,
    demo: bool,
    programme_mark: str = "低保",
    supersedes: Paper | None = None,
) -> Paper:
    """Issue a paper: check its data, give it the next number, keep it for good.

    Raises checking.Forbidden or checking.Incomplete (both ValueError, with a Chinese sentence that names the field)
    and library.UnknownForm. Numbers have no gaps: a transaction that is rolled back gives its number back.
    """
    by = Issuing(area_code, office_name, office_mark, officer_id, officer_name, on, demo, programme_mark)
    about = About(subject_kind, subject_ref, subject_id, data)
    return issue_all([ToIssue(code, about, by, supersedes)])[0]


def issue_all(sheets: Sequence[ToIssue]) -> list[Paper]:
    """Issue several papers in two statements, in their order; all or none. Raises as :func:`issue`."""
    if not sheets:
        return []
    forms = [library.form(sheet.code, on=sheet.by.on) for sheet in sheets]
    checked = [checking.normalise(sheet.about.data) for sheet in sheets]
    for form, plain in zip(forms, checked, strict=True):
        checking.demand(form, plain)
    series = [_series(form, sheet.by) for form, sheet in zip(forms, sheets, strict=True)]
    # No savepoint of its own: an act that issues a paper fails as a whole.
    with transaction.atomic(savepoint=False):
        numbers = _take_numbers(series)
        made = zip(sheets, forms, checked, numbers, strict=True)
        papers = [_written(*each) for each in made]
        return insert(papers) if len(papers) <= _FEW else Paper.objects.bulk_create(papers)


def _written(sheet: ToIssue, form: Form, plain: dict[str, Any], number: str) -> Paper:
    about, by = sheet.about, sheet.by
    paper = Paper(  # type: ignore[misc]  # to the type checker a sealed field holds text only
        number=number, code=form.code, title=form.title, form_version=form.version,
        subject_kind=about.kind, subject_ref=about.ref, subject_id=about.pk, area_code=by.area_code,
        office_name=by.office_name, data=plain, issued_at=calendar.now(), issued_on=by.on, issued_by_id=by.officer_id,
        issued_by_name=by.officer_name, demo=by.demo, supersedes=sheet.supersedes,
    )  # fmt: skip
    paper.title = drawing.title(form, plain, _heading(paper))
    paper.digest = _digest(paper)
    return paper


def render(paper: Paper) -> bytes:
    """The PDF of a paper, drawn anew from its data.

    The digest of the first drawing is kept, per engine (typesetter, page and fonts); a later drawing that differs is
    refused, like data that no longer carries its digest. Raises ChangedPaper or typeset.MissingGlyph.
    """
    hold(paper)
    pdf = drawing.draw(_form(paper), paper.data, _heading(paper))
    drawn, engine = digest_bytes(pdf), typeset.engine()
    kept, _new = PaperRendering.objects.get_or_create(
        paper=paper, engine=engine, defaults={"pdf_digest": drawn, "size": len(pdf), "at": calendar.now()}
    )
    if kept.pdf_digest != drawn:
        raise ChangedPaper(f"文书 {paper.number} 的版面与首次打印时不一致，不能打印。请报告系统管理员。")
    return pdf


def hold(paper: Paper) -> None:
    """Hold the stored data against its digest. Raises ChangedPaper."""
    if _digest(paper) != paper.digest:
        raise ChangedPaper(f"文书 {paper.number} 的内容与制发时不一致，不能打印。请立即报告区级监督和系统管理员。")


def sheet(paper: Paper) -> drawing.Sheet:
    """The paper as it goes to the typesetter among others."""
    return drawing.Sheet(_form(paper), paper.data, _heading(paper))


def blank(
    code: str,
    known_data: Mapping[str, Any] | None = None,
    *,
    office_name: str = "",
    case_ref: str = "",
    on: date | None = None,
    demo: bool,
) -> bytes:
    """A form to be filled by hand in the field, with what is already known printed in (录一次); it has no number.

    The codes on its pages name the form and the case (``case_ref``), so that a scan of it finds its place.

    Letters of the deciding body and papers for the board are never given out blank: they would pass by every check.
    """
    found = blank_sheet(code, known_data, office_name=office_name, case_ref=case_ref, on=on, demo=demo)
    return drawing.draw(found.form, found.data, found.heading)


def blank_sheet(
    code: str,
    known_data: Mapping[str, Any] | None = None,
    *,
    office_name: str = "",
    case_ref: str = "",
    on: date | None = None,
    demo: bool,
) -> drawing.Sheet:
    """What :func:`blank` draws, to be drawn together with others."""
    form = library.form(code, on=on or calendar.today())
    if form.red_head or form.closed:
        raise checking.Forbidden(form.title, [checking.Problem(code, "这份文书只能由系统按数据制发，不能打印空白件。")])
    plain = checking.normalise(known_data or {})
    if problems := checking.forbidden(form, plain):
        raise checking.Forbidden(form.title, problems)
    return drawing.Sheet(form, plain, Heading("", case_ref, office_name, None, demo, blank=True))


def paper(ref: str) -> Paper | None:
    """The paper of that reference."""
    return Paper.objects.filter(ref=ref).first()


def papers_of(subject_kind: str, subject_ref: str) -> QuerySet[Paper]:
    """All papers of a subject, in the order in which they were issued."""
    return Paper.objects.filter(subject_kind=subject_kind, subject_ref=subject_ref).order_by("id")


@prepared
def without_data(subject_kind: str, subject_ref: str) -> QuerySet[Paper]:
    """All papers of a subject as :func:`papers_of`, without opening their sealed data."""
    return papers_of(subject_kind, subject_ref).defer("data")


@prepared
def _numbers(refs: list[str]) -> QuerySet[Paper, tuple[str, str]]:
    return Paper.objects.filter(ref__in=refs).order_by("id").values_list("ref", "number")


def numbers_of(refs: Iterable[str]) -> dict[str, str]:
    """The numbers of papers by their references."""
    return dict(_numbers(list(refs)))


def is_superseded(paper: Paper) -> bool:
    """Whether a later paper took its place."""
    return Paper.objects.filter(supersedes=paper).exists()


def note_print(paper: Paper, *, officer_id: int, officer_name: str, purpose: str = "") -> PrintLog:
    """Record that an officer took the paper off the system; call it wherever :func:`render` is handed out."""
    return PrintLog.objects.create(
        paper=paper, officer_id=officer_id, officer_name=officer_name, purpose=purpose, at=calendar.now()
    )


def note_prints(papers: Sequence[Paper], *, officer_id: int, officer_name: str, purpose: str) -> None:
    """:func:`note_print` for many papers in one statement."""
    now = calendar.now()
    PrintLog.objects.bulk_create(
        PrintLog(paper=paper, officer_id=officer_id, officer_name=officer_name, purpose=purpose, at=now)
        for paper in papers
    )


def print_counts(papers: Iterable[Paper]) -> dict[int, int]:
    """How often each paper was printed, by its id; one query."""
    rows = PrintLog.objects.filter(paper__in=list(papers)).order_by().values_list("paper_id")
    return dict(rows.annotate(n=Count("id")))


def prints(paper: Paper) -> list[PrintView]:
    """All printings of a paper, oldest first; from the second one on those of a check report are flagged."""
    rows = PrintLog.objects.filter(paper=paper).order_by("id")
    watched = paper.code in REPEATS_FLAGGED
    return [
        PrintView(row.at, row.officer_name, row.purpose, nth, watched and nth > 1)
        for nth, row in enumerate(rows, start=1)
    ]


def note_service(
    paper: Paper, *, how: str, on: date, to_whom: str, by: str, receipt: str, file_ref: str = "", note: str = ""
) -> PaperService:
    """Record one service (送达) or attempt at it: ``receipt`` says signed, refused or undeliverable."""
    service = PaperService(
        paper=paper, how=how, served_on=on, to_whom=to_whom, by=by, receipt=receipt, file_ref=file_ref, note=note,
        at=calendar.now(),
    )  # fmt: skip
    return insert([service])[0]


def services(paper: Paper) -> QuerySet[PaperService]:
    """Every service of a paper, oldest first."""
    return PaperService.objects.filter(paper=paper).order_by("id")


def services_of(papers: Iterable[Paper]) -> dict[int, PaperService]:
    """The last service of each paper, by its id; one query."""
    return {row.paper_id: row for row in PaperService.objects.filter(paper__in=list(papers)).order_by("id")}


def served_days(subject_kind: str, subject_ref: str) -> dict[int, date]:
    """The day each paper of a subject was last served, by paper id; one query."""
    rows = PaperService.objects.filter(paper__subject_kind=subject_kind, paper__subject_ref=subject_ref)
    return dict(rows.order_by("id").values_list("paper_id", "served_on"))


def _series(form: Form, by: Issuing) -> Series:
    return f"{by.office_mark}{by.programme_mark}{form.abbreviation}", by.on.year


def _take_numbers(series: Sequence[Series]) -> list[str]:
    """The next numbers of these series, ``安澜青禾低保受〔2026〕12号``; their counters stay locked until the transaction ends."""
    wanted = sorted(Counter(series).items())
    rows = ", ".join(["(%s, %s, %s)"] * len(wanted))
    statement = (
        f"INSERT INTO {_COUNTER} (mark, year, last) VALUES {rows} ON CONFLICT (mark, year) "  # noqa: S608  # a constant
        f"DO UPDATE SET last = {_COUNTER}.last + excluded.last RETURNING mark, year, last"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for (mark, year), many in wanted for value in (mark, year, many)])
        last = {(mark, year): number for mark, year, number in cursor.fetchall()}
    free = {one: count(last[one] - many + 1) for one, many in wanted}
    return [f"{mark}〔{year}〕{next(free[mark, year])}号" for mark, year in series]


def _form(paper: Paper) -> Form:
    return library.form(paper.code, version=paper.form_version)


def _heading(paper: Paper) -> Heading:
    return Heading(paper.number, paper.ref, paper.office_name, paper.issued_on, paper.demo, paper.digest)


def _digest(paper: Paper) -> str:
    """Binds the data to number, form, office and date, so that none of them can be exchanged."""
    facts = {
        "number": paper.number, "code": paper.code, "form_version": paper.form_version, "office": paper.office_name,
        "subject": [paper.subject_kind, paper.subject_ref], "issued_on": paper.issued_on, "data": paper.data,
    }  # fmt: skip
    return digest(facts)
