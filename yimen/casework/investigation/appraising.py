"""Whether an appraisal counts: enough people, of the right kind, the recused not voting, the votes adding up."""

from __future__ import annotations

from datetime import date

from yimen.base.access.guards import RECUSALS
from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices.models import Staff
from yimen.casework.applications.models import Application
from yimen.casework.investigation.entries import AppraisalEntry
from yimen.law.appraisal import AttendeeRole, Quorum, shortfalls, supports
from yimen.law.standards import BadFigure
from yimen.law.standards.figure import exact


def quorum(application: Application, on: date) -> Quorum:
    """The quorum of the place; law.standards.Unset while nobody has set one."""
    rule = figures.figure("appraisal.quorum", application.village_id, on).as_record()
    try:
        least = exact(rule["min_attendees"], "appraisal.quorum")
        return Quorum(int(least), exact(rule["min_representatives_share"], "appraisal.quorum"))
    except KeyError:
        raise BadFigure("“民主评议的参加人员要求”应写明最少人数和居民代表比例，请核对后重新设置。") from None


def check(application: Application, entry: AppraisalEntry, on: date) -> bool:
    """Refuse a meeting that does not count; say whether the vote supports the application."""
    _check_words(application, entry, on)
    _check_people(application, entry)
    voters = [one.role for one in entry.attendees if not one.recused]
    try:
        missed = shortfalls(voters, quorum(application, on))
        majority = figures.figure("appraisal.majority", application.village_id, on).as_fraction()
    except BadFigure as bad:
        raise Refused(str(bad), "bad_figure") from bad
    if missed:
        raise Refused(
            f"参加人员不符合规定，评议不能作数：{'；'.join(missed)}。请补足人员后重新评议。", "quorum", 422, "attendees"
        )
    _check_votes(entry, len(voters))
    return supports(entry.agree, len(voters), majority)


def _check_words(application: Application, entry: AppraisalEntry, on: date) -> None:
    for name, text, sentence in (
        ("matter", entry.matter, "请写明争议事项。"),
        ("place", entry.place, "请填写评议地点。"),
        ("chair", entry.chair, "请填写主持人。"),
        ("minutes", entry.minutes, "请填写评议记录。"),
        ("result", entry.result, "请填写评议结果。"),
    ):
        if not text.strip():
            raise Refused(sentence, name, 422, name)
    if entry.held_on > on or (application.accepted_on and entry.held_on < application.accepted_on):
        raise Refused("评议日期应当在受理之后、不晚于今天，请核对。", "held_on", 422, "held_on")


def _check_people(application: Application, entry: AppraisalEntry) -> None:
    roles = {str(role) for role in AttendeeRole}
    for one in entry.attendees:
        if not one.name.strip() or one.role not in roles:
            raise Refused("参加人员每行都要填写姓名和身份。", "attendees", 422, "attendees")
    if len(entry.attendees) > entry.expected:
        raise Refused(
            f"应到 {entry.expected} 人，实到却有 {len(entry.attendees)} 人，请核对。", "expected", 422, "expected"
        )
    refs = {one.staff_ref: one for one in entry.attendees if one.staff_ref}
    related = RECUSALS[application.KIND]
    for person in Staff.objects.filter(ref__in=refs).order_by("id"):
        if not refs[person.ref].recused and related(application, person.pk):
            raise Refused(
                f"{person.name}与申请家庭有近亲属关系，应当回避，不参加表决。请勾选回避后重新登记票数。",
                "recused",
                422,
                "attendees",
            )


def _check_votes(entry: AppraisalEntry, voters: int) -> None:
    if min(entry.agree, entry.against, entry.abstain) < 0:
        raise Refused("票数不能小于零。", "votes", 422, "agree")
    cast = entry.agree + entry.against + entry.abstain
    if cast != voters:
        raise Refused(
            f"同意、不同意、弃权合计 {cast} 票，有表决权的参加人员 {voters} 人（回避的不表决），相差 {abs(cast - voters)} 票，请核对。",
            "votes",
            422,
            "agree",
        )
