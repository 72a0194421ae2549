"""Reading opinions, decisions and what binds them. Boards and notices: :mod:`boards`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yimen.base.access import guards, rights
from yimen.base.access.memory import remembered
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.base.prepared import prepared
from yimen.base.record import desk as record
from yimen.casework.applications.models import Application
from yimen.casework.decisions.application_facts import application_facts, assessment
from yimen.casework.decisions.boards import (
    BoardRow,
    NoticeView,
    announcement_of,
    board,
    board_rows_of,
    current_notice,
    missing_places,
    notice_view,
    notices,
    notices_of,
    objections,
    open_objection,
    postings,
    public_board,
    public_places,
    unposted,
    visible_notices,
)
from yimen.casework.decisions.checklist import PaperLine, papers_checklist
from yimen.casework.decisions.conferences import conference_of
from yimen.casework.decisions.facts import Alternative, Trial, alternatives, household_facts, reckon, trial
from yimen.casework.decisions.form import blocks
from yimen.casework.decisions.grants import Grant, grants_of, key_of, principal
from yimen.casework.decisions.models import Decision, Extension, Opinion, SentBack
from yimen.casework.decisions.working import Outlook, open_words, outlook
from yimen.law import procedure
from yimen.law.calendar import today
from yimen.law.standards import Unset
from yimen.law.terms import Order, Stage

__all__ = [
    "Alternative",
    "BoardRow",
    "Covered",
    "NoticeView",
    "Outlook",
    "PaperLine",
    "Trial",
    "alternatives",
    "announcement_of",
    "application_facts",
    "approval_blocks",
    "assessment",
    "board",
    "board_rows_of",
    "conference_of",
    "covered_persons",
    "current_notice",
    "current_opinion",
    "decision_of",
    "extensions",
    "grants_of",
    "household_facts",
    "key_of",
    "missing_places",
    "notice_view",
    "notices",
    "notices_of",
    "objections",
    "obstacles",
    "open_objection",
    "open_words",
    "opinions",
    "outlook",
    "papers_checklist",
    "postings",
    "principal",
    "public_board",
    "public_places",
    "reckon",
    "sent_back",
    "terms_of_grant",
    "total_due",
    "trial",
    "unposted",
    "visible_notices",
    "when",
]


@dataclass(frozen=True)
class Covered:
    """A person the opinion covers, with the own supplement in fen a month."""

    person_ref: str
    supplement_fen: int


@dataclass(frozen=True)
class GrantTerms:
    """The dates of a grant: first month, next review, last day of a recognition that expires."""

    start_month: str
    recertify_on: date | None
    valid_to: date | None


def terms_of_grant(decision: Decision, grant: Grant) -> GrantTerms:
    """The dates that a decision set for one of its grants; those of the decision itself, where it granted dibao alone."""
    said = decision.terms.get(grant.key)
    if said is None:
        return GrantTerms(decision.start_month, decision.recertify_on, None)
    days = {key: date.fromisoformat(said[key]) if said[key] else None for key in ("recertify_on", "valid_to")}
    return GrantTerms(said["start_month"], **days)


@prepared
def _opinions(case: int) -> QuerySet[Opinion]:
    return Opinion.objects.filter(application_id=case).select_related("by").order_by("-version")


@remembered
def opinions(application: Application) -> list[Opinion]:
    """Every version of the opinion, the newest first."""
    return _opinions(application.pk)


def current_opinion(application: Application) -> Opinion | None:
    """The opinion that counts: the newest version."""
    return next(iter(opinions(application)), None)


def covered_persons(opinion: Opinion) -> list[Covered]:
    """Whom an opinion covers."""
    return [Covered(row["person"], row["supplement_fen"]) for row in opinion.inputs["covered"]]


@prepared
def _decisions(case: int) -> QuerySet[Decision]:
    return Decision.objects.filter(application_id=case).select_related("by", "opinion", "opinion__by").order_by("id")


@remembered
def decision_of(application: Application) -> Decision | None:
    """The decision on an application, if it has been made."""
    return next(iter(_decisions(application.pk)), None)


@prepared
def _sent_back(case: int) -> QuerySet[SentBack]:
    return SentBack.objects.filter(application_id=case).select_related("by").order_by("-id")


@remembered
def sent_back(application: Application) -> list[SentBack]:
    """When and why the deciding body returned the case, the newest first."""
    return _sent_back(application.pk)


def extensions(application: Application) -> list[Extension]:
    """Recorded extensions of the total limit."""
    return list(Extension.objects.filter(application=application).select_related("by").order_by("id"))


def total_due(application: Application) -> date | None:
    """Last day of the running total limit."""
    clock = clocks.running(application.KIND, application.pk, "total")
    return clock.due_on if clock else None


def approval_blocks(application: Application) -> dict[str, dict[str, Any]]:
    """The blocks of the 审核确认表 as far as they go: result, text, person, leader, date."""
    return blocks(application, current_opinion(application), decision_of(application))


def obstacles(officer: Officer, application: Application, act: str) -> list[str]:
    """Everything that keeps an officer from an act in the present stage, one sentence each; empty: it may be tried.

    The act itself looks again, under its lock; this is for pages that show what is missing before anybody tries (S8).
    """
    row = procedure.step(Order(application.order), act)
    if row is None or Stage(application.stage) not in row.stages:
        return [f"本件现为“{Stage(application.stage).label}”，还不能（或不再需要）办理。"]
    walk = Walk(officer, row, today(), application)
    found = _persons(walk, application)
    try:
        return found + [f"{text.rstrip('。')}。" for text in guards.unmet(row.needs, application, walk)]
    except (Refused, Unset) as refusal:
        return [*found, str(refusal)]


def _persons(walk: Walk, application: Application) -> list[str]:
    found = []
    try:
        rights.check_officer(walk.officer, walk.row, application)
    except Refused as refusal:
        found.append(refusal.sentence)
    staff = walk.officer.staff.pk
    related = guards.RECUSALS.get(application.KIND)
    if related is not None and (reason := related(application, staff)):
        found.append(f"您应当回避：{reason}。")
    for name in walk.row.apart_from:
        label, holders = guards.DUTIES[name]
        if staff in holders(application):
            found.append(f"您是本件的{label}，不能再办理“{walk.row.label}”。")
    return found


def when(application: Application) -> dict[str, dict[str, Any]]:
    """Per act the last time it was done: ``{"on", "at", "by", "facts"}``, for timelines."""
    return {
        entry.act: {"on": entry.business_date, "at": entry.at, "by": entry.staff_name, "facts": entry.facts}
        for entry in record.entries_of(application.KIND, application.ref)
    }
