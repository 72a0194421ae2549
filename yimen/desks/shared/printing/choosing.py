"""Which papers are meant: those ticked, those of ticked cases, or all that a list shows; sorted as they are posted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.jobs import desk as jobs
from yimen.base.papers import bundle, library, runs
from yimen.base.papers.models import Paper, PrintLog
from yimen.casework.applications import queries as applications

JOB = "print_papers"
_NEVER = "本件还没有制发《{title}》，没有打印。"


def visible(officer: Officer) -> QuerySet[Paper]:
    """Every issued paper of the cases within an officer's scope."""
    cases = applications.visible(officer).order_by().values("pk")
    return Paper.objects.filter(subject_kind="application", subject_id__in=cases)


def unprinted(rows: QuerySet[Paper]) -> QuerySet[Paper]:
    """Only those that nobody has printed yet."""
    return rows.filter(~Exists(PrintLog.objects.filter(paper=OuterRef("pk"))))


def in_order(officer: Officer, papers: Iterable[Paper]) -> list[Paper]:
    """By village, then by name of the applicant, then as they were issued: the way they are carried out."""
    found = list(papers)
    cases = cases_of(officer, found)

    def place(paper: Paper) -> tuple[str, str, int]:
        case = cases[paper.subject_id]
        return case.village_id, case.applicant.pinyin or case.applicant.name, paper.pk

    return sorted((paper for paper in found if paper.subject_id in cases), key=place)


def cases_of(officer: Officer, papers: Iterable[Paper]) -> dict[int, Any]:
    """The cases of papers, by their id, in one query."""
    wanted = {paper.subject_id for paper in papers}
    return {case.pk: case for case in applications.visible(officer).filter(pk__in=wanted)}


def lines_of_papers(officer: Officer, refs: Sequence[str]) -> list[dict[str, str]]:
    """Ticked papers; those out of scope are simply not there (K14)."""
    return [{"paper": paper.ref} for paper in in_order(officer, visible(officer).filter(ref__in=refs))]


def lines_of_cases(officer: Officer, refs: Sequence[str], code: str) -> list[dict[str, str]]:
    """The newest paper of a kind for each ticked case; a case without one keeps a line that says so."""
    if code not in library.codes():
        raise Refused("没有这种文书，请刷新页面后重新选择。", "code", 422, "kind")
    found = list(applications.visible(officer).filter(ref__in=refs))
    rows = Paper.objects.filter(subject_kind="application", subject_id__in=[case.pk for case in found], code=code)
    newest = {paper.subject_id: paper for paper in rows.order_by("id")}
    lines = [{"paper": paper.ref} for paper in in_order(officer, newest.values())]
    why = _NEVER.format(title=library.form(code).title)
    return lines + [{"case": case.ref, "why": why} for case in found if case.pk not in newest]


def check_number(papers: int) -> None:
    """Refuse more than one run can hold."""
    if papers > bundle.MOST:
        raise Refused(
            f"选中 {papers} 份，一次最多打印 {bundle.MOST} 份。请按村（社区）或者日期缩小范围后分批打印。",
            "too_many",
            422,
        )


def start(officer: Officer, *, title: str, lines: Sequence[Mapping[str, str]], duplex: bool) -> str:
    """Ask for the PDF of these lines; the reference of the run. Raises Refused."""
    if not lines:
        raise Refused("没有选中文书。请先勾选，或者放宽筛选条件。", "nothing", 422)
    check_number(len(lines))
    staff, account = officer.staff, officer.account
    run = runs.begin(
        title=title, lines=lines, duplex=duplex, staff_id=staff.pk, staff_name=staff.name, account_id=account.pk,
        office_code=officer.office.area_id,
    )  # fmt: skip
    job = jobs.enqueue(
        JOB, args={"run": run.ref}, staff_id=staff.pk, account_id=account.pk, office_code=officer.office.area_id
    )
    runs.own(account.pk).filter(pk=run.pk).update(job_ref=job.ref)
    return run.ref
