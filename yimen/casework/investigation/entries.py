"""What desks hand in about a visit, plain and already typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True)
class LineAnswer:
    """The answer to one open line of the comparison (V3)."""

    comparison_ref: str
    holds: bool
    note: str = ""
    actual_fen: int | None = None


@dataclass(frozen=True)
class Living:
    """吃穿住用."""

    eating: str
    clothing: str
    housing: str
    using: str


@dataclass(frozen=True)
class VisitEntry:
    """A home visit. ``investigators`` and ``leader`` are references of staff; ``way`` visit, phone or video.

    ``signed_by_member`` names the member who signed; by phone or video, in a named major emergency, it may stay empty.
    ``result``: same, partly, far (与申报一致、部分不一致、明显不一致).
    """

    visited_on: date
    visited_at: time
    place: str
    investigators: Sequence[str]
    leader: str
    present: Sequence[str]
    residents_match: bool
    income_found: str
    property_found: str
    living: Living
    result: str
    conclusion: str
    signed_by_investigators: bool
    signed_by_member: str
    residents_note: str = ""
    support_found: str = ""
    helper: str = ""
    way: str = "visit"
    remote_reason: str = ""
    answers: Sequence[LineAnswer] = ()
    photo_refs: Sequence[str] = field(default=())


@dataclass(frozen=True)
class InterviewEntry:
    """A neighbour interview; the name may stay out (保密). ``answers`` are pairs of question and answer."""

    held_on: date
    held_at: time
    place: str
    investigators: Sequence[str]
    answers: Sequence[tuple[str, str]]
    conclusion: str
    interviewee: str = ""
    willing_to_sign: bool = False


@dataclass(frozen=True)
class AssessmentEntry:
    """A third party's report. ``findings`` are triples of item, finding and ground; ``taken_over`` whole, partly or no."""

    body: str
    contract: str
    assessors: Sequence[str]
    assessed_on: date
    assessed_at: time
    method: str
    findings: Sequence[tuple[str, str, str]]
    conclusion: str
    conflict_declaration: str
    taken_over: str
    taken_over_note: str = ""


@dataclass(frozen=True)
class Attendee:
    """Somebody at an appraisal; ``role`` of law.appraisal.AttendeeRole; ``staff_ref`` where known as staff."""

    name: str
    role: str
    recused: bool = False
    staff_ref: str = ""


@dataclass(frozen=True)
class AppraisalEntry:
    """A democratic appraisal with its votes; the recused do not vote."""

    matter: str
    held_on: date
    held_at: time
    place: str
    chair: str
    expected: int
    attendees: Sequence[Attendee]
    agree: int
    against: int
    abstain: int
    minutes: str
    result: str
    recorder: str = ""
    recusals: str = ""
    photo_refs: Sequence[str] = field(default=())
