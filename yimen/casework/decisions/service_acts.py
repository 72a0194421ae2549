"""Serving papers: how, when, to whom, by whom, and what was signed for it (L45; forms.md §0)."""

from __future__ import annotations

from datetime import date

from yimen.base.access.acts import act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.papers import desk as paper_desk
from yimen.base.papers.models import Paper
from yimen.casework.applications.models import Application
from yimen.casework.decisions.entries import past_day, said, short
from yimen.casework.verification.evidence import bind_files

HOW = ("直接送达", "留置送达", "邮寄送达", "委托送达", "电子送达", "公告送达")
"""The ways of service, as the receipt at the foot of each letter lists them."""
REFUSAL = "refusal_notice"


def _serve(
    walk: Walk,
    application: Application,
    paper: Paper,
    *,
    how: str,
    served_on: date | None,
    to_whom: str,
    receipt: str,
    receipt_file: str,
    note: str,
) -> None:
    if how not in HOW:
        raise Refused(f"请选择送达方式：{'、'.join(HOW)}。", "missing", 422, "how")
    day = past_day(served_on, walk.on, "served_on", "送达日期", not_before=paper.issued_on)
    bind_files(walk, application, [receipt_file] if receipt_file else [], "receipt_file")
    paper_desk.note_service(
        paper,
        how=how,
        on=day,
        to_whom=said(to_whom, "to_whom", "签收人", longest=100),
        by=walk.officer.staff.name,
        receipt=said(receipt, "receipt", "回证情况", longest=200),
        file_ref=receipt_file,
        note=short(note, "note", "备注", longest=200),
    )
    walk.note(paper=paper.number, how=how, served_on=day)


@act("serve_refusal", Application)
def serve_refusal(
    walk: Walk,
    application: Application,
    *,
    how: str,
    served_on: date | None,
    to_whom: str,
    receipt: str,
    receipt_file: str = "",
    note: str = "",
) -> None:
    """Tell the applicant in writing that the application was refused: within three working days (D21)."""
    paper = next((row for row in _papers(application) if row.code == REFUSAL), None)
    if paper is None:
        raise Refused("本件没有不予确认告知书，不能登记送达。", "no_paper")
    _serve(
        walk,
        application,
        paper,
        how=how,
        served_on=served_on,
        to_whom=to_whom,
        receipt=receipt,
        receipt_file=receipt_file,
        note=note,
    )


@act("serve_paper", Application)
def serve_paper(
    walk: Walk,
    application: Application,
    *,
    paper_ref: str,
    how: str,
    served_on: date | None,
    to_whom: str,
    receipt: str,
    receipt_file: str = "",
    note: str = "",
) -> None:
    """Record that a paper of the case was served."""
    paper = next((row for row in _papers(application) if row.ref == paper_ref), None)
    if paper is None:
        raise Refused("这份文书不属于本件，请从案件页重新打开。", "no_paper", 422, "paper_ref")
    _serve(
        walk,
        application,
        paper,
        how=how,
        served_on=served_on,
        to_whom=to_whom,
        receipt=receipt,
        receipt_file=receipt_file,
        note=note,
    )


def _papers(application: Application) -> list[Paper]:
    return paper_desk.without_data(application.KIND, application.ref)[::-1]
