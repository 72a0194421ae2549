"""Reading opinions, decisions and what binds them. Boards and notices: :mod:`boards`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.base.clocks import desk as clocks
from yimen.base.record import desk as record
from yimen.casework.applications.models import Application
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
    public_board,
    public_places,
)
from yimen.casework.decisions.checklist import PaperLine, papers_checklist
from yimen.casework.decisions.facts import Trial, household_facts, reckon, trial
from yimen.casework.decisions.models import Decision, Extension, Opinion, SentBack

__all__ = [
    "BoardRow",
    "Covered",
    "NoticeView",
    "PaperLine",
    "Trial",
    "announcement_of",
    "board",
    "board_rows_of",
    "covered_persons",
    "current_notice",
    "current_opinion",
    "decision_of",
    "extensions",
    "household_facts",
    "missing_places",
    "notice_view",
    "notices",
    "notices_of",
    "objections",
    "open_objection",
    "opinions",
    "papers_checklist",
    "public_board",
    "public_places",
    "reckon",
    "sent_back",
    "total_due",
    "trial",
    "when",
]


@dataclass(frozen=True)
class Covered:
    """A person the opinion covers, with the own supplement in fen a month."""

    person_ref: str
    supplement_fen: int


def opinions(application: Application) -> list[Opinion]:
    """Every version of the opinion, the newest first."""
    return list(Opinion.objects.filter(application=application).select_related("by").order_by("-version"))


def current_opinion(application: Application) -> Opinion | None:
    """The opinion that counts: the newest version."""
    return Opinion.objects.filter(application=application).select_related("by").order_by("-version").first()


def covered_persons(opinion: Opinion) -> list[Covered]:
    """Whom an opinion covers."""
    return [Covered(row["person"], row["supplement_fen"]) for row in opinion.inputs["covered"]]


def decision_of(application: Application) -> Decision | None:
    """The decision on an application, if it has been made."""
    return Decision.objects.filter(application=application).select_related("by", "opinion", "opinion__by").first()


def sent_back(application: Application) -> list[SentBack]:
    """When and why the deciding body returned the case, the newest first."""
    return list(SentBack.objects.filter(application=application).select_related("by").order_by("-id"))


def extensions(application: Application) -> list[Extension]:
    """Recorded extensions of the total limit."""
    return list(Extension.objects.filter(application=application).select_related("by").order_by("id"))


def total_due(application: Application) -> date | None:
    """Last day of the running total limit."""
    clock = clocks.running(application.KIND, application.pk, "total")
    return clock.due_on if clock else None


def when(application: Application) -> dict[str, dict[str, Any]]:
    """Per act the last time it was done: ``{"on", "at", "by", "facts"}``, for timelines."""
    return {
        entry.act: {"on": entry.business_date, "at": entry.at, "by": entry.staff_name, "facts": entry.facts}
        for entry in record.entries_of(application.KIND, application.ref)
    }
