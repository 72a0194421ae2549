"""Papers as files: each download is logged as a print and as a read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yimen.base.access import gate
from yimen.base.access.officer import PAYING_ROLES, Officer
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.papers import desk as papers
from yimen.base.papers.desk import ChangedPaper
from yimen.base.papers.typeset import MissingGlyph
from yimen.casework.applications import queries as applications
from yimen.casework.applications.consent_papers import blank_pledge
from yimen.casework.applications.letters import township_office
from yimen.casework.awards import (
    additions,
    change_queries as changes,
    history_queries as history,
    recertify_queries as recertify,
)
from yimen.casework.awards.uplift_queries import LINE as UPLIFT
from yimen.casework.monthclose.platform import queries as platform
from yimen.casework.payments import account_queries as accounts, custody_queries as custody, roll_queries as rolls
from yimen.casework.payments.recovery import queries as recovery
from yimen.casework.payments.relief import queries as relief
from yimen.casework.payments.rosters import queries as slips
from yimen.casework.reports import queries as reports
from yimen.desks.shared.reads import note_read
from yimen.desks.shared.routes import CASE_STAFF, route


def note_case_read(officer: Officer, application: Any, purpose: str, channel: str) -> None:
    """One row in the read log of a case (K33)."""
    note_read(officer, "application", application.ref, application.applicant.ref, purpose=purpose, channel=channel)


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF for the browser's own viewer, never cached."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def draw(paper: Any) -> bytes:
    """The PDF of a paper; a page that no longer comes out as issued is refused in words."""
    try:
        return papers.render(paper)
    except (ChangedPaper, MissingGlyph) as wrong:
        raise Refused(str(wrong), "paper", 409) from wrong


@route("paper.read", "paper", "place", CASE_STAFF | PAYING_ROLES)
def paper(request: HttpRequest, ref: str) -> HttpResponse:
    """An issued paper as PDF, within the scope of its case."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = papers.paper(ref)
    if found is None:
        raise Unknown(ref)
    reads = _reads(officer, found)
    content = draw(found)
    papers.note_print(found, officer_id=officer.staff.pk, officer_name=officer.staff.name, purpose="查看打印")
    note_read(officer, *reads, purpose=f"打印{found.title}", channel="pdf")
    return pdf(content, found.ref)


# Papers about a household: how its file is found, within the officer's scope.
_HOMES: dict[str, Callable[[Officer, str], Any]] = {
    recertify.KIND: lambda officer, ref: recertify.find(officer, ref).award.household,
    changes.KIND: lambda officer, ref: changes.find(officer, ref).award.household,
    recovery.KIND: lambda officer, ref: recovery.find(officer, ref).award.household,
    additions.KIND: lambda officer, ref: additions.find_notice(officer, ref).award.household,
    UPLIFT: lambda officer, ref: history.find(officer, ref).household,
    recertify.EXPIRY: lambda officer, ref: history.find(officer, ref).household,
    slips.KIND: lambda officer, ref: slips.line_of(officer, ref).award.household,
    custody.KIND: lambda officer, ref: custody.custody(officer, ref).household,
    accounts.KIND: lambda officer, ref: accounts.letter_of(officer, ref).household,
}


def _reads(officer: Officer, paper: Any) -> tuple[str, str, str]:
    """Whose file the paper opens, within the officer's scope: (kind, reference, person's reference). Else Unknown."""
    if find := _HOMES.get(paper.subject_kind):
        home = find(officer, paper.subject_ref)
        return "household", home.ref, home.head.ref
    if paper.subject_kind == rolls.KIND:
        return rolls.KIND, rolls.roll(officer, paper.subject_ref).ref, ""
    if paper.subject_kind == relief.KIND:
        case = relief.find(officer, paper.subject_ref)
        return relief.KIND, case.ref, case.person.ref
    if paper.subject_kind == platform.SHEET:
        return platform.SHEET, platform.find_sheet(officer, paper.subject_ref).ref, ""
    if paper.subject_kind == reports.KIND:
        return reports.KIND, reports.find(officer, paper.subject_ref).ref, ""
    if paper.subject_kind != "application":
        raise Unknown(paper.ref)
    application = gate.fetch(officer, applications.applications(), paper.subject_ref)
    return "application", application.ref, application.applicant.ref


@route("paper.blank", "application", "place", CASE_STAFF)
def pledge_sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """The pledge and authorisation with everything known, to be signed by hand."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    application = gate.fetch(officer, applications.applications(), ref)
    note_case_read(officer, application, "打印承诺授权书", "pdf")
    content = papers.blank(
        "pledge_and_authorisation",
        blank_pledge(application),
        office_name=township_office(application).name,
        demo=settings.YIMEN_DEMO or settings.YIMEN_TESTING,
    )
    return pdf(content, "pledge")
