"""Who investigates: enough of them, one of the township, none a relative (D16; V4; K18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from yimen.base.access.guards import RECUSALS
from yimen.base.access.officer import ADMIN_ROLES, PAYING_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Post, Staff
from yimen.base.offices.standing import standing
from yimen.base.prepared import prepared
from yimen.casework.applications.models import Application
from yimen.law.terms import Role

TOWNSHIP_ROLES = (Role.HANDLER, Role.HEAD)
_FIELD = "investigators"


@prepared
def _named(refs: list[str]) -> QuerySet[Staff]:
    return Staff.objects.filter(ref__in=refs).select_related("office").order_by("id")


@standing
def _staff(refs: tuple[str, ...]) -> tuple[Staff, ...]:
    return tuple(_named(list(refs)))


def people_of(refs: Sequence[str], on: date) -> list[Staff]:
    """The people on staff of these references, none of them gone, none whose posts bar him."""
    wanted = set(refs)
    people = [one for one in _staff(tuple(sorted(wanted))) if one.left_on is None or one.left_on > on]
    if len(people) != len(wanted):
        raise Refused("调查人员中有人不在工作人员名单里或已经离岗，请重新选择。", "unknown_staff", 422, _FIELD)
    if names := [one.name for one in people if barred(post.role for post in offices.posts_of(one.pk, on))]:
        raise Refused(
            f"{'、'.join(names)}的岗位（系统、安全、审计管理或者资金发放）不参加调查，请改选办理岗位的人员。",
            "barred_post",
            422,
            _FIELD,
        )
    return people


def barred(roles: Iterable[str]) -> bool:
    """Whether posts keep somebody from investigating: administrators have no part in cases (K19), nor who only pays out (K17).

    Who holds no post, as a member of a village committee, may come along.
    """
    held = set(roles)
    return bool(held & ADMIN_ROLES) or bool(held and held <= PAYING_ROLES)


def at(codes: Iterable[str], on: date) -> list[Staff]:
    """The people of these areas who may investigate, by office."""
    people = list(offices.staff_of(codes))
    held: dict[int, set[str]] = {}
    posts = Post.objects.in_force(on).filter(staff__in=people)
    for staff, role in posts.order_by().values_list("staff_id", "role"):
        held.setdefault(staff, set()).add(role)
    return [one for one in people if not barred(held.get(one.pk, ()))]


def check_enough(area: str, people: Sequence[Staff], on: date) -> None:
    """Refuse fewer than the place demands (D16)."""
    least = figures.figure("dibao.min_investigators", area, on).as_int()
    if len(people) < least:
        raise Refused(
            f"调查人员不得少于 {least} 人，现在只选了 {len(people)} 人，还差 {least - len(people)} 人。请再选择一同调查的人员。",
            "too_few",
            422,
            _FIELD,
        )


def check_unrelated(application: Application, people: Sequence[Staff]) -> None:
    """Refuse whoever is a close relative of the family (K18)."""
    related = RECUSALS[application.KIND]
    if names := [person.name for person in people if related(application, person.pk)]:
        raise Refused(
            f"{'、'.join(names)}与申请家庭有近亲属关系（或本人在申请家庭之中），应当回避，不能参加调查。请改由其他人员调查。",
            "recused",
            422,
            _FIELD,
        )


def check_one_of_township(code: str, name: str, people: Sequence[Staff], on: date) -> None:
    """Refuse a team without a handler or leader of the township (V4)."""
    held = [post for person in people for post in offices.posts_of(person.pk, on)]
    if not any(post.role in TOWNSHIP_ROLES and post.office.area_id == code for post in held):
        raise Refused(f"调查人员中至少要有一名{name}的经办人员或负责人，请补选。", "no_township_staff", 422, _FIELD)


def of_township(application: Application, refs: Sequence[str], on: date) -> list[Staff]:
    """The investigators of a township's visit or interview, checked."""
    people = people_of(refs, on)
    check_enough(application.village_id, people, on)
    places = {application.village_id, application.township_id, application.township_id[:6]}
    if names := [person.name for person in people if person.office.area_id not in places]:
        raise Refused(
            f"{'、'.join(names)}不是本村（社区）、本乡街或本区的工作人员，请重新选择。", "elsewhere", 422, _FIELD
        )
    check_one_of_township(application.township_id, application.township.name, people, on)
    check_unrelated(application, people)
    return people


def of_district(application: Application, refs: Sequence[str], on: date) -> list[Staff]:
    """The people of a district's visit, checked: all of the district."""
    people = people_of(refs, on)
    check_enough(application.village_id, people, on)
    if names := [person.name for person in people if person.office.area_id != application.township_id[:6]]:
        raise Refused(
            f"{'、'.join(names)}不是区级工作人员，区级入户核查须由区级人员进行。", "not_district", 422, _FIELD
        )
    check_unrelated(application, people)
    return people


def leader_of(people: Sequence[Staff], ref: str) -> Staff:
    """Who leads: one of the investigators."""
    found = next((person for person in people if person.ref == ref), None)
    if found is None:
        raise Refused("带队人应当是调查人员之一，请重新选择。", "leader", 422, "leader")
    return found
