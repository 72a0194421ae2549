"""Whether an officer's post fits the row of the table: role, place, and the power of the day (五(二))."""

from __future__ import annotations

from yimen.base.access.models import Subject
from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.law.procedure import Body, Step
from yimen.law.terms import Programme, Role


def _roles_in_words(step: Step) -> str:
    return "、".join(role.label for role in step.roles)


def _place_fits(officer: Officer, row: Step, subject: Subject | None) -> bool:
    roles = set(row.roles)
    if row.body is Body.DISTRICT:
        district = subject.township_id[:6] if subject else officer.district
        return officer.holds(roles, district)
    if subject is None:
        return bool(officer.roles & roles)
    township = officer.holds(roles & TOWNSHIP_ROLES, subject.township_id)
    if row.body is Body.VILLAGE_OR_TOWNSHIP:
        return township or officer.holds(roles & VILLAGE_ROLES, subject.village_id)
    return township


def _check_power(officer: Officer, row: Step, subject: Subject) -> None:
    """The body that holds the power on the case's day decides: before the delegation the district, after it the township."""
    day = subject.power_day()
    power = offices.power_over(subject.programmes, subject.township_id, day)
    if power.delegated:
        if officer.holds({Role.HEAD}, subject.township_id):
            return
        raise Refused(
            f"本件由{power.office.name}确认（{power.document}，{power.since:%Y-%m-%d}起），须由其负责人办理“{row.label}”。",
            "not_the_power",
            403,
        )
    if officer.holds({Role.DISTRICT_DECIDER}, subject.township_id[:6]):
        return
    kept = next(each for each in subject.programmes if not offices.delegated(each, subject.township_id, day))
    later = offices.next_delegation(kept, subject.township_id, day)
    since = f"确认权限自 {later.valid_from:%Y-%m-%d} 起移交（{later.document}）；" if later else "确认权限尚未移交；"
    what = f"{subject.township.name}的{Programme(kept).label}{since}"
    raise Refused(
        f"本件以 {day:%Y-%m-%d} 为准，{what}本件须由{power.office.name}办理“{row.label}”。",
        "not_the_power",
        403,
    )


def check_officer(officer: Officer, row: Step, subject: Subject | None) -> None:
    """Refuse an officer whose post, place or power does not fit the row."""
    if row.body is Body.DECIDING and subject is not None:
        if not officer.roles & set(row.roles):
            raise Refused(f"“{row.label}”须由{_roles_in_words(row)}办理，您的岗位不能办理。", "wrong_role", 403)
        _check_power(officer, row, subject)
    elif not _place_fits(officer, row, subject):
        raise Refused(
            f"“{row.label}”须由本地的{_roles_in_words(row) or '系统'}办理，您的岗位不能办理。", "wrong_role", 403
        )


def fits(officer: Officer, row: Step, subject: Subject | None) -> bool:
    """Whether the officer's post would be let through; pages use it to choose which buttons to show."""
    try:
        check_officer(officer, row, subject)
    except Refused:
        return False
    return True
