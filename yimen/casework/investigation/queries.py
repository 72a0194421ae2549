"""Reading the investigation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from yimen.base.access import gate
from yimen.base.access.guards import RECUSALS
from yimen.base.access.memory import remembered
from yimen.base.access.officer import Officer
from yimen.base.files import desk as files
from yimen.base.offices.models import Post
from yimen.base.prepared import prepared
from yimen.casework.applications.models import Application
from yimen.casework.investigation.models import (
    Appraisal,
    Conclusion,
    EvidenceLetter,
    HomeVisit,
    NeighbourInterview,
    Round,
    SelfCareAssessment,
    ThirdPartyAssessment,
)
from yimen.casework.investigation.team import TOWNSHIP_ROLES, at as investigators_at


def _of_case(officer: Officer) -> Q:
    return gate.by_place(officer, "application__township", "application__village")


for _model in (HomeVisit, NeighbourInterview, EvidenceLetter, Appraisal):
    gate.scope(_model)(_of_case)


@prepared
def _rounds(case: int) -> QuerySet[Round]:
    return Round.objects.filter(application_id=case).order_by("number")


def round_of(application: Application) -> int:
    """The round of investigation under way: 1, or that of the latest reopening."""
    return max((row.number for row in rounds(application)), default=1)


def visits(application: Application, *, by_district: bool | None = None) -> list[HomeVisit]:
    """Home visits, oldest first; of the district alone or without them where asked."""
    rows = HomeVisit.objects.filter(application=application).select_related("leader").prefetch_related("investigators")
    return list((rows if by_district is None else rows.filter(by_district=by_district)).order_by("id"))


@prepared
def _signed_visits(case: int) -> QuerySet[HomeVisit]:
    rows = HomeVisit.objects.filter(application_id=case, by_district=False, signed_by_investigators=True)
    return rows.exclude(Q(signed_by_member="") & Q(way="visit")).order_by("-id")


@remembered
def _signed(application: Application) -> list[HomeVisit]:
    return _signed_visits(application.pk)


def signed_visit(application: Application, number: int | None = None) -> HomeVisit | None:
    """The latest township visit with its signatures, of a round or of any."""
    return next((row for row in _signed(application) if number is None or row.round == number), None)


def district_visits(application: Application) -> list[HomeVisit]:
    """Visits by the district (D20)."""
    return visits(application, by_district=True)


def interviews(application: Application) -> list[NeighbourInterview]:
    return list(
        NeighbourInterview.objects.filter(application=application).prefetch_related("investigators").order_by("id")
    )


def letters(application: Application) -> list[EvidenceLetter]:
    return list(EvidenceLetter.objects.filter(application=application).order_by("id"))


def assessments(application: Application) -> list[ThirdPartyAssessment]:
    return list(ThirdPartyAssessment.objects.filter(application=application).order_by("id"))


@prepared
def _appraisals(case: int) -> QuerySet[Appraisal]:
    return Appraisal.objects.filter(application_id=case).order_by("id")


@remembered
def appraisals(application: Application) -> list[Appraisal]:
    return _appraisals(application.pk)


@prepared
def _latest_visits(case: int) -> QuerySet[HomeVisit]:
    return HomeVisit.objects.filter(application_id=case, by_district=False).order_by("-id")[:1]


@remembered
def latest_visit(application: Application) -> HomeVisit | None:
    """The township's last visit, signed or not."""
    return next(iter(_latest_visits(application.pk)), None)


@prepared
def _names_of(visit: int) -> QuerySet[Any, Any]:
    rows = HomeVisit.objects.filter(pk=visit, investigators__isnull=False)
    return rows.order_by("investigators__id").values_list("investigators__name", flat=True)


@remembered
def names_of(visit: HomeVisit) -> list[str]:
    """Who went."""
    return _names_of(visit.pk)


@prepared
def _conclusions(case: int) -> QuerySet[Conclusion]:
    return Conclusion.objects.filter(application_id=case).select_related("concluded_by").order_by("-id")[:1]


@remembered
def conclusion(application: Application) -> Conclusion | None:
    """The latest conclusion."""
    return next(iter(_conclusions(application.pk)), None)


@remembered
def rounds(application: Application) -> list[Round]:
    """Why further rounds were opened."""
    return _rounds(application.pk)


def investigators(application: Application) -> set[int]:
    """Ids of everybody who visited, interviewed or assessed in this case, in any round, the district's people included (K17)."""
    return {key for row in _investigators(application.pk) for key in row if key}


@prepared
def _investigators(case: int) -> QuerySet[Any, Any]:
    """Pairs of who came along and who led; nobody led an interview."""
    visited = HomeVisit.objects.filter(application_id=case).order_by().values_list("investigators", "leader_id")
    asked = NeighbourInterview.objects.filter(application_id=case).order_by()
    assessed = SelfCareAssessment.objects.filter(application_id=case).order_by()
    return visited.union(
        asked.values_list("investigators", Value(None, BigIntegerField())),
        assessed.values_list("assessors", "recorded_by_id"),
        all=True,
    )


def without_visit(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Of these accepted applications, those whose current round has no visit of the township yet (我的走访)."""
    visited = HomeVisit.objects.filter(by_district=False, round__gte=Coalesce(Subquery(_round_of_visit()), Value(1)))
    return rows.filter(accepted_on__isnull=False).exclude(pk__in=visited.values("application_id"))


def _round_of_visit() -> QuerySet[Any, Any]:
    return Round.objects.filter(application=OuterRef("application")).order_by("-number").values("number")[:1]


def counts(application_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Visits and interviews of many cases in two statements."""
    ids = list(application_ids)
    seen: dict[int, tuple[int, int]] = dict.fromkeys(ids, (0, 0))
    for key in HomeVisit.objects.filter(application_id__in=ids).order_by("id").values_list("application_id", flat=True):
        seen[key] = (seen[key][0] + 1, seen[key][1])
    for key in (
        NeighbourInterview.objects.filter(application_id__in=ids)
        .order_by("id")
        .values_list("application_id", flat=True)
    ):
        seen[key] = (seen[key][0], seen[key][1] + 1)
    return seen


def reused_photos(application: Application) -> list[str]:
    """Photos of the case's visits that are also kept under another case (V5)."""
    refs = {ref for visit in visits(application) for ref in visit.photo_refs}
    own = [row for row in files.files_of(application.KIND, application.ref) if row.ref in refs]
    return [row.ref for row in own if files.same_picture_elsewhere(row).exists()]


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be picked as an investigator; ``recused`` says why not."""

    ref: str
    name: str
    office: str
    of_township: bool
    recused: bool


def candidates(application: Application, on: date, *, district: bool = False) -> list[Candidate]:
    """The picker of 谁一起入户 (V4): people of the village and township, or of the district; relatives marked."""
    home = application.township_id[:6]
    people = investigators_at([home] if district else [application.village_id, application.township_id], on)
    posts = Post.objects.in_force(on).filter(
        staff__in=people, role__in=TOWNSHIP_ROLES, office__area_id=application.township_id
    )
    township = set(posts.order_by("id").values_list("staff_id", flat=True))
    related = RECUSALS[application.KIND]
    return [
        Candidate(one.ref, one.name, one.office.name, one.pk in township, bool(related(application, one.pk)))
        for one in people
    ]


@dataclass(frozen=True)
class StoryEntry:
    """One thing that was done, as labelled phrases."""

    title: str
    facts: tuple[tuple[str, str], ...]


def story(application: Application) -> list[StoryEntry]:
    """Everything of the investigation in words, kind by kind, oldest first."""
    found = [_visit_story(row) for row in visits(application)]
    found += [_interview_story(row) for row in interviews(application)]
    found += [_letter_story(row) for row in letters(application)]
    found += [
        StoryEntry(
            "第三方评估",
            (
                ("机构", f"{row.body}（{row.contract}）"),
                ("时间", f"{row.assessed_on:%Y-%m-%d}"),
                ("结论", row.conclusion),
                ("采用", row.get_taken_over_display()),
            ),
        )
        for row in assessments(application)
    ]
    found += [
        _conclusion_story(row)
        for row in Conclusion.objects.filter(application=application).select_related("concluded_by").order_by("id")
    ]
    return found + [_appraisal_story(row) for row in appraisals(application)]


def _visit_story(row: HomeVisit) -> StoryEntry:
    signed = "调查人员已签字" + (f"，{row.signed_by_member}已签字" if row.signed_by_member else "")
    facts = [
        ("时间地点", f"{row.visited_on:%Y-%m-%d} {row.visited_at:%H:%M} {row.place}"),
        ("方式", row.get_way_display() + (f"：{row.remote_reason}" if row.remote_reason else "")),
        ("调查人员", "、".join(person.name for person in row.investigators.all()) + f"（带队 {row.leader.name}）"),
        ("在场", "、".join(row.present)),
        ("收入", row.income_found),
        ("财产", row.property_found),
        ("结论", f"{row.get_result_display()}。{row.conclusion}"),
        ("签字", signed),
    ]
    if row.by_district:
        facts.insert(0, ("事由", f"{row.get_district_reason_display()} {row.district_reason_text}".strip()))
    title = "区级入户核查" if row.by_district else "入户调查" if row.round == 1 else f"第 {row.round} 轮入户调查"
    return StoryEntry(title, tuple(facts))


def _interview_story(row: NeighbourInterview) -> StoryEntry:
    asked = tuple((str(one["question"]), str(one["answer"])) for one in row.answers)
    people = "、".join(person.name for person in row.investigators.all())
    head = (("时间地点", f"{row.held_on:%Y-%m-%d} {row.held_at:%H:%M} {row.place}"), ("调查人员", people))
    named = row.interviewee if row.willing_to_sign and row.interviewee else "保密"
    return StoryEntry("邻里访问", (*head, ("被访人", named), *asked, ("结论", row.conclusion)))


def _letter_story(row: EvidenceLetter) -> StoryEntry:
    reply = f"{row.replied_on:%Y-%m-%d} {row.reply}" if row.replied_on else f"待复（{row.reply_by:%m-%d} 前）"
    return StoryEntry(
        "信函索证",
        (
            ("收函单位", row.addressee),
            ("发函", f"{row.sent_on:%Y-%m-%d}"),
            ("所询", "；".join(row.items)),
            ("复函", reply),
        ),
    )


def _conclusion_story(row: Conclusion) -> StoryEntry:
    word = "有争议，提请民主评议" if row.disputed else "无争议，不评议"
    return StoryEntry(
        "调查结论",
        (
            ("结论", word),
            ("理由", row.reason),
            ("作出", f"{row.concluded_by.name} {row.concluded_on:%Y-%m-%d}"),
        ),
    )


def _appraisal_story(row: Appraisal) -> StoryEntry:
    votes = f"同意 {row.agree} 票，不同意 {row.against} 票，弃权 {row.abstain} 票"
    return StoryEntry(
        "民主评议",
        (
            ("争议事项", row.matter),
            ("时间地点", f"{row.held_on:%Y-%m-%d} {row.held_at:%H:%M} {row.place}"),
            ("应到实到", f"应到 {row.expected} 人，实到 {len(row.attendees)} 人"),
            ("表决", votes),
            ("结果", row.result),
        ),
    )
