"""Consents of people on assistance outside any application, so that the next comparison may ask about them (L40, L41)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.casework.applications.models import Consent
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.awards.recertify import looking
from yimen.casework.households.models import Obligor, Person
from yimen.law.calendar import add_months, age
from yimen.law.rules.members import ADULT
from yimen.law.standards import Unset


@office_act("record_standing_consents")
def record_standing_consents(
    walk: Walk,
    *,
    who: Sequence[tuple[str, str]],
    signed_on: date | None,
    valid_to: date | None = None,
    guardian: str = "",
) -> list[Consent]:
    """Record that these people, each by award and own reference, have signed on a day; all of them or none.

    For somebody under age ``guardian`` signs; an obligor only himself. Raises Refused at the field.
    """
    if not who:
        raise Refused("请勾选已经签署授权书的人。", "missing", 422, "who")
    if signed_on is None or signed_on > walk.on:
        raise Refused("请填写签署日期，不能晚于今天。", "signed_on", 422, "signed_on")
    awards = _awards(walk, {award for award, _ in who})
    people = _people(awards.values())
    rows = []
    for award_ref, ref in dict.fromkeys(who):
        award, known = awards[award_ref], people.get((awards[award_ref].household_id, ref))
        if known is None:
            raise Refused(
                "有人已不在这一户的保障范围内，没有改动任何内容。请刷新页面后重新选择。", "unknown", 422, "who"
            )
        rows.append(_consent(award, known, signed_on, valid_to, guardian.strip()))
    made = Consent.objects.bulk_create(rows)
    walk.note(subject=("award", next(iter(awards))), awards=sorted(awards), given=len(made), signed_on=signed_on)
    return made


def _awards(walk: Walk, refs: set[str]) -> dict[str, Award]:
    rows = gate.within(walk.officer, Award.objects.select_related("household__head", "township"))
    found = {award.ref: award for award in rows.filter(ref__in=refs, end_month="")}
    if len(found) != len(refs):
        raise Refused("有家庭已不在您的办理范围内或者保障已停止，没有改动任何内容。请刷新页面。", "unknown", 422, "who")
    roles = set(walk.row.roles) & TOWNSHIP_ROLES
    for award in found.values():
        if not walk.officer.holds(roles, award.township_id):
            raise Refused(
                f"{award.township.name}的授权由当地经办人员和负责人登记，您的岗位不能办理。", "wrong_role", 403
            )
    looking.check_unrelated(list(found.values()), walk.officer.staff)
    return found


def _people(awards: Any) -> dict[tuple[int, str], Person | Obligor]:
    """Everybody covered and every obligor of these households, by household and own reference."""
    homes = [award.household_id for award in awards]
    covered = AwardPerson.objects.filter(award__household__in=homes, award__end_month="", active=True)
    found: dict[tuple[int, str], Person | Obligor] = {
        (row.award.household_id, row.person.ref): row.person for row in covered.select_related("award", "person")
    }
    obligors = Obligor.objects.filter(household__in=homes, to_on__isnull=True)
    return found | {(row.household_id, row.ref): row for row in obligors}


def _consent(award: Award, known: Person | Obligor, signed_on: date, valid_to: date | None, guardian: str) -> Consent:
    person = known if isinstance(known, Person) else None
    young = person is not None and age(person.birth_date, signed_on) < ADULT
    if young and not guardian:
        raise Refused(f"{known.name}未成年，由监护人签署，请填写监护人姓名。", "guardian", 422, "guardian")
    if not young and guardian:
        raise Refused(
            f"{known.name}已成年，由本人签署，不填监护人。未成年人请单独勾选登记。", "guardian", 422, "guardian"
        )
    until = valid_to or _until(award, signed_on)
    if until < signed_on:
        raise Refused("授权到期日早于签署日期，请核对。", "valid_to", 422, "valid_to")
    return Consent(
        household_id=award.household_id, person=person, obligor=None if person else known, given=True, signed_on=signed_on,
        valid_to=until, signed_by=guardian or known.name,
    )  # fmt: skip


def _until(award: Award, signed_on: date) -> date:
    try:
        months = figures.figure("authorisation.valid_months", award.village_id, signed_on)
    except Unset:
        raise Refused("请填写授权到期日：本地没有设置授权有效期。", "valid_to", 422, "valid_to") from None
    return add_months(signed_on, months.as_int())
