"""The timeline of a case: milestones of its order, with who, when, papers and rule (S4, left column)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.desks.shared.shapes import Fact, Link, Step
from yimen.law.calendar import as_moment
from yimen.law.procedure import TIMELINES, Milestone
from yimen.law.terms import ENDS, Order, Stage

# Papers under the milestone that issued them.
_PAPERS = {
    "apply": {
        "application_form",
        "household_declaration",
        "application_receipt",
        "agent_mandate",
        "supplement_notice",
        "procedure_end_notice",
    },
    "consent": {"pledge_and_authorisation", "obligor_consent", "close_relative_filing"},
    "check": {"check_request", "check_report", "check_result_notice", "objection_recheck"},
    "accept": {"acceptance_notice", "decline_notice"},
    "visit": {
        "home_visit",
        "neighbour_interview",
        "evidence_letter",
        "third_party_assessment",
        "district_home_visit",
        "tekun_statement",
        "self_care_assessment",
        "rigid_expenditure_sheet",
    },
    "appraise": {"appraisal_record"},
    "opinion": {"reckoning", "extension"},
    "notice": {"public_notice", "notice_objection"},
    "decide": {"approval_notice", "refusal_notice", "approval_form", "amount_explanation"},
    "announce": {"announcement"},
}


def _done(milestone: Milestone, entries: Sequence[Any]) -> Any | None:
    return next((entry for entry in reversed(entries) if entry.act in milestone.acts), None)


def _position(milestones: Sequence[Milestone], application: Any) -> int:
    stage = Stage(application.stage)
    for number, milestone in enumerate(milestones):
        if stage in milestone.stages:
            return number
    return len(milestones) if stage in {Stage.ON_ASSISTANCE, Stage.REFUSED} else -1


# A step that a case may pass without having taken it, and why.
_LEFT_OUT = {"appraise": "无争议，不评议", "notice": "拟不予确认，不公示", "announce": "不予确认，不公布"}


def _skipped(milestone: Milestone, entries: Sequence[Any], passed: bool) -> str:
    """Why a passed milestone has no act of its own."""
    return _LEFT_OUT.get(milestone.code, "") if passed and not _done(milestone, entries) else ""


def _note(milestone: Milestone, application: Any, entries: Sequence[Any]) -> str:
    if milestone.code == "check" and application.check_returned_on:
        return f"{application.check_requested_on:%m-%d} 提请 · {application.check_returned_on:%m-%d} 返回"
    entry = _done(milestone, entries)
    return f"{as_moment(entry.at):%m-%d} {entry.staff_name}" if entry else f"依据{milestone.basis}"


def _links(milestone: Milestone, issued: Sequence[Any]) -> list[Link]:
    wanted = _PAPERS.get(milestone.code, set())
    return [Link(paper.title, reverse("paper", args=[paper.ref])) for paper in issued if paper.code in wanted]


def timeline(application: Any) -> list[Step]:
    """Steps of the case in the order it follows; the state also in words."""
    milestones = TIMELINES[Order(application.order)]
    entries = list(record.entries_of("application", application.ref))
    issued = list(papers.papers_of("application", application.ref))
    position = _position(milestones, application)
    ended = Stage(application.stage) in ENDS
    steps = []
    for number, milestone in enumerate(milestones):
        entry = _done(milestone, entries)
        passed = position > number or entry is not None
        state = "now" if number == position and not ended else "done" if passed else "ahead"
        note = _note(milestone, application, entries)
        if reason := _skipped(milestone, entries, position > number):
            state, note = "skipped", reason
        if ended and Stage(application.stage) in {Stage.DECLINED, Stage.ENDED, Stage.REFUSED} and not passed:
            state, note = "skipped", "未办理"
        facts = (
            [Fact("办理", f"{as_moment(entry.at):%Y-%m-%d %H:%M} {entry.staff_name}"), Fact("依据", milestone.basis)]
            if entry
            else []
        )
        steps.append(Step(milestone.label, state, note, facts, _links(milestone, issued)))
    return steps
