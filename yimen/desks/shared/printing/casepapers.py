"""Papers of one case: all in one PDF behind their list, everything to be signed, and single ones for the way."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.papers import bundle, desk as papers
from yimen.base.papers.bundle import Cover, NothingToPrint
from yimen.base.papers.checking import Refused as Incomplete
from yimen.base.papers.typeset import MissingGlyph
from yimen.casework.applications import queries as applications
from yimen.casework.applications.letters import fitting, township_office
from yimen.casework.investigation import field_papers
from yimen.desks.shared.paperviews import note_case_read, pdf
from yimen.desks.shared.routes import CASE_STAFF, route
from yimen.desks.shared.shapes import Action
from yimen.law.calendar import today
from yimen.law.terms import Stage

_NOTHING_TO_SIGN = "本件没有还要签字的地方：材料、承诺授权、入户调查都已登记签署。"


def _case(request: HttpRequest, ref: str) -> tuple[Officer, Any]:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer, gate.fetch(officer, applications.applications(), ref)


def _demo() -> bool:
    return bool(settings.YIMEN_DEMO or settings.YIMEN_TESTING)


def actions(application: Any) -> list[Action]:
    """The buttons over the papers of a case."""
    ref = [application.ref]
    return [
        Action("全部文书（一个 PDF）", reverse("case-papers", args=ref)),
        Action("全部文书（双面打印）", f"{reverse('case-papers', args=ref)}?duplex=1"),
        Action("签字页（一次签完）", reverse("case-signing", args=ref)),
    ]


def to_take_along(application: Any) -> list[Action]:
    """One button for each paper that may be filled by hand."""
    return [
        Action(title, reverse("case-sheet", args=[application.ref, code]))
        for code, title in field_papers.titles().items()
        if code != "signing_sheet"
    ]


@route("paper.read", "application", "place", CASE_STAFF)
def case_papers(request: HttpRequest, ref: str) -> HttpResponse:
    """Every paper of the case as one PDF with a list of them in front; each is noted as printed."""
    officer, case = _case(request, ref)
    found = list(papers.papers_of("application", case.ref))
    office = township_office(case).name
    data = {**fitting(bundle.COVER, case), "stage": Stage(case.stage).label, "printed_by": officer.staff.name,
            "printed_on": today()}  # fmt: skip
    try:
        made = bundle.bundle(
            found, title=f"{case.number}文书", duplex=request.GET.get("duplex") == "1",
            cover=Cover(data, office, today(), _demo()),
        )  # fmt: skip
    except NothingToPrint as nothing:
        raise Refused(str(nothing), "paper", 409) from nothing
    if made.left_out:
        raise Refused(made.left_out[0].why, "paper", 409)
    papers.note_prints(made.papers, officer_id=officer.staff.pk, officer_name=officer.staff.name, purpose="全部文书")
    note_case_read(officer, case, "打印全部文书", "pdf")
    return pdf(made.pdf, f"papers-{case.ref}")


@route("paper.blank", "application", "place", CASE_STAFF)
def signing(request: HttpRequest, ref: str) -> HttpResponse:
    """The signing sheet, behind it the text of the pledge and each obligor's own paper, where they still wait."""
    officer, case = _case(request, ref)
    rows = list(field_papers.signatures(case))
    obligors = [data for data in field_papers.sheets("obligor_consent", case) if data.get("obligor")]
    if not rows and not obligors:
        raise Refused(_NOTHING_TO_SIGN, "signed", 409)
    sheets = [("signing_sheet", data) for data in field_papers.sheets("signing_sheet", case) if rows]
    if applications.missing_consents(case):
        sheets += [("pledge_and_authorisation", data) for data in field_papers.sheets("pledge_and_authorisation", case)]
    sheets += [("obligor_consent", data) for data in obligors]
    note_case_read(officer, case, "打印签字页", "pdf")
    return pdf(_blanks(case, sheets), f"signing-{case.ref}")


@route("paper.blank", "application", "place", CASE_STAFF)
def sheet(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """One paper to be filled by hand, with everything known printed in."""
    officer, case = _case(request, ref)
    if code not in field_papers.KNOWN:
        raise Unknown(code)
    note_case_read(officer, case, f"打印空白{field_papers.titles()[code]}", "pdf")
    return pdf(_blanks(case, [(code, data) for data in field_papers.sheets(code, case)]), f"{code}-{case.ref}")


def _blanks(case: Any, sheets: list[tuple[str, dict[str, Any]]]) -> bytes:
    try:
        return bundle.blanks(sheets, office_name=township_office(case).name, case_ref=case.ref, demo=_demo())
    except (Incomplete, MissingGlyph) as wrong:
        raise Refused(str(wrong), "paper", 409) from wrong
