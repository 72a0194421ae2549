"""Who is counted in the household and who is covered, each with the reason (D7, D8; rules.md §2.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from yimen.law.calendar import age
from yimen.law.rules.facts import BadFacts, HouseholdFacts, PersonFacts
from yimen.law.standards import Figure, Value
from yimen.law.terms import Relation

ADULT = 18
CLERGY = "clergy"
"""Kept out of the family's household, yet free to apply alone (D8(3))."""
ARTICLE = "民发〔2021〕57号第七条"
SINGLE_ARTICLE = "民发〔2021〕57号第八条"
WHOLE_FAMILY = "民发〔2022〕83号一（一）"

STATUS_KEYS = ("member.excluded_statuses",)
LOCAL_KEYS = ("member.excluded_statuses_local", "member.not_covered_grounds")

_DUTY_BY_RELATION = frozenset({Relation.SPOUSE, Relation.CHILD, Relation.PARENT})


@dataclass(frozen=True)
class Membership:
    """One person's place: 计入家庭, 计入保障人口, 理由."""

    person: PersonFacts
    counted: bool
    covered: bool
    reason: str
    basis: str


def memberships(facts: HouseholdFacts, figures: Mapping[str, Figure], on: dt.date) -> tuple[Membership, ...]:
    """Every person's place, in the order of the facts. Raises BadFacts."""
    excluded = {person.ref: _exclusion(person, figures) for person in facts.people}
    if excluded[facts.applicant.ref] and not (facts.single and facts.applicant.status == CLERGY):
        raise BadFacts(
            f"people.{facts.applicant.ref}",
            f"申请人{facts.applicant.name}属于{excluded[facts.applicant.ref]}，不计入家庭，请改由其他家庭成员申请。",
        )
    if facts.single:
        return tuple(_alone(person, facts, figures) for person in facts.people)
    reasons = _reasons(facts, excluded, on)
    return tuple(_place(person, excluded[person.ref], reasons.get(person.ref, ""), figures) for person in facts.people)


def _alone(person: PersonFacts, facts: HouseholdFacts, figures: Mapping[str, Figure]) -> Membership:
    if person is not facts.applicant:
        return Membership(person, False, False, "由申请人单独申请，不计入", SINGLE_ARTICLE)
    return _with_cover(person, "单独申请人", SINGLE_ARTICLE, figures)


def _place(person: PersonFacts, excluded: str, reason: str, figures: Mapping[str, Figure]) -> Membership:
    if excluded:
        return Membership(person, False, False, f"{excluded}，不计入", ARTICLE)
    if not reason:
        return Membership(person, False, False, _why_not(person), ARTICLE)
    return _with_cover(person, reason, ARTICLE, figures)


def _with_cover(person: PersonFacts, reason: str, basis: str, figures: Mapping[str, Figure]) -> Membership:
    if person.other_programme:
        return Membership(person, True, False, f"{reason}；已享受{person.other_programme}，不重复保障", basis)
    if person.not_covered_ground:
        label = _label(figures, "member.not_covered_grounds", person.not_covered_ground)
        if not label:
            raise BadFacts(
                f"people.{person.ref}.not_covered_ground",
                f"“{person.not_covered_ground}”不在当地规定的情形之内；申请家庭符合条件的，不得仅将个别成员纳入。",
            )
        return Membership(person, True, False, f"{reason}；{label}，不计入保障人口", f"{basis}；{WHOLE_FAMILY}")
    return Membership(person, True, True, reason, basis)


def _exclusion(person: PersonFacts, figures: Mapping[str, Figure]) -> str:
    """Label of the status that keeps a person out; empty when none does."""
    if not person.status:
        return ""
    row = _row(figures, STATUS_KEYS[0], person.status) or _row(figures, LOCAL_KEYS[0], person.status)
    if row is None:
        raise BadFacts(
            f"people.{person.ref}.status", f"“{person.status}”不是规定的不计入情形，请在参数表所列情形中选择。"
        )
    least = row.get("min_years")
    if isinstance(least, int) and person.status_years < least:
        return ""
    return str(row.get("label", person.status))


def _row(figures: Mapping[str, Figure], key: str, code: str) -> dict[str, Value] | None:
    figure = figures.get(key)
    rows = figure.as_rows() if figure else ()
    return next((row for row in rows if row.get("code") == code), None)


def _label(figures: Mapping[str, Figure], key: str, code: str) -> str:
    row = _row(figures, key, code)
    return str(row.get("label", code)) if row else ""


def _reasons(facts: HouseholdFacts, excluded: Mapping[str, str], on: dt.date) -> dict[str, str]:
    """Reason of each member; repeated until nobody new is reached, so the order of people is no matter."""
    found = {facts.applicant.ref: "申请人"}
    while True:
        reached = {
            person.ref: reason
            for person in facts.people
            if person.ref not in found and not excluded[person.ref] and (reason := _reason(person, facts, found, on))
        }
        if not reached:
            return found
        found |= reached


def _reason(person: PersonFacts, facts: HouseholdFacts, found: Mapping[str, str], on: dt.date) -> str:
    applicant = facts.applicant
    if person.relation is Relation.SPOUSE or person.spouse_of in found or _is_spouse_of_member(person, facts, found):
        return "配偶"
    if person.relation is Relation.CHILD or person.child_of in found:
        limb = _as_child(person, on)
        if limb:
            return limb
    if _is_parent_of_member_child(person, facts, found, on):
        return "未成年或者不能独立生活的子女的父母"
    if person is applicant:
        return "申请人"
    if _has_duty(person) and person.long_coresident:
        return "具有法定赡养、扶养、抚养义务关系并长期共同居住"
    return ""


def _is_spouse_of_member(person: PersonFacts, facts: HouseholdFacts, found: Mapping[str, str]) -> bool:
    return any(other.spouse_of == person.ref and other.ref in found for other in facts.people)


def _is_parent_of_member_child(
    person: PersonFacts, facts: HouseholdFacts, found: Mapping[str, str], on: dt.date
) -> bool:
    children = [other for other in facts.people if other.ref in found and other.child_of == person.ref]
    if person.relation is Relation.PARENT:
        children.append(facts.applicant)
    return any(_as_child(child, on) for child in children)


def _as_child(person: PersonFacts, on: dt.date) -> str:
    """The limb of D7 by which somebody is a member as a child; empty for a self-supporting adult."""
    if age(person.birth_date, on) < ADULT:
        return "未成年子女"
    if person.full_time_student:
        return "在校接受全日制本科及以下学历教育的成年子女"
    return "已成年但不能独立生活的子女" if person.dependent_adult else ""


def _has_duty(person: PersonFacts) -> bool:
    if person.legal_duty is not None:
        return person.legal_duty
    return person.relation in _DUTY_BY_RELATION


def _why_not(person: PersonFacts) -> str:
    if not _has_duty(person):
        return "没有法定赡养、扶养、抚养义务关系，不计入"
    return "没有长期共同居住，不计入"
