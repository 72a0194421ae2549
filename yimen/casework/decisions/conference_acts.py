"""一事一议: the district's round on a case that the conditions do not reach, where the place allows it (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yimen.base.access.acts import act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.prepared import insert
from yimen.casework.applications.letters import head
from yimen.casework.applications.models import Application
from yimen.casework.decisions.application_facts import application_facts
from yimen.casework.decisions.entries import figure, past_day, said
from yimen.casework.decisions.models import CaseConference
from yimen.law.rules.rigid import EXCLUDED
from yimen.law.terms import Programme

ALLOWED = "case_conference.allowed"
RECOGNISES, REFUSES = Programme.RIGID_EXPENDITURE.value, "no"
OUTCOMES = {RECOGNISES: "认定为刚性支出困难家庭", REFUSES: "不予认定"}
FEWEST = 3


@act("hold_conference", Application)
def hold_conference(
    walk: Walk,
    application: Application,
    *,
    held_on: date | None,
    participants: Sequence[str],
    question: str,
    views: str,
    resolution: str,
    outcome: str,
    basis: str,
) -> None:
    """Record what a conference resolved. It may recognise 刚性支出困难, never whom the law excludes, and binds nobody to propose it.

    Raises Unset where the place has not said whether it holds such conferences.
    """
    if not figure(ALLOWED, application, walk.on).as_bool():
        raise Refused("本地规定不以一事一议认定，请按各项目的条件办理。", "not_allowed")
    if outcome not in OUTCOMES:
        raise Refused(f"请选择会议结论：{'、'.join(OUTCOMES.values())}。", "missing", 422, "outcome")
    names = [name for line in participants if (name := line.strip())]
    if len(names) < FEWEST:
        raise Refused(f"一事一议是集体研究，参加人员至少 {FEWEST} 人，每行写一人。", "too_few", 422, "participants")
    if outcome == RECOGNISES:
        _demand_not_excluded(application, walk.on)
    held = CaseConference(
        application=application,
        held_on=past_day(held_on, walk.on, "held_on", "会议日期", not_before=application.applied_on),
        participants=names,
        question=said(question, "question", "研究的问题"),
        views=said(views, "views", "讨论意见"),
        resolution=said(resolution, "resolution", "会议决定"),
        basis=said(basis, "basis", "会议依据", longest=300),
        grants=outcome if outcome == RECOGNISES else "",
        by=walk.officer.staff,
        on=walk.on,
    )
    insert([held])
    known = head(application)
    data = {key: known[key] for key in ("applicant", "case_number", "programme_name", "township", "village")}
    data |= {
        "held_on": held.held_on,
        "participants": names,
        "question": held.question,
        "views": held.views,
        "resolution": held.resolution,
        "outcome": OUTCOMES[outcome],
        "basis_text": held.basis,
        "handler": walk.officer.staff.name,
    }
    walk.issue("case_conference", data)
    walk.note(conference=held.ref, outcome=outcome, held_on=held.held_on)


def _demand_not_excluded(application: Application, on: date) -> None:
    """R4(1) holds for a conference too: whoever is on dibao or 特困, or is an edge household, is not recognised beside it."""
    standing = application_facts(application, on).standing
    taken = [programme.label for programme in EXCLUDED if programme in standing]
    if taken:
        raise Refused(
            f"家庭已享受（认定）{'、'.join(taken)}，依法不得再认定为刚性支出困难家庭，一事一议也不能例外。",
            "excluded",
            422,
            "outcome",
        )
