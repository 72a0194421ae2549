"""What the acts of this room share: holding entries to what they must be, sending a case to the decider."""

from __future__ import annotations

from datetime import date

from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.offices.queries import Power
from yimen.casework.applications.models import Application
from yimen.casework.decisions.models import Opinion
from yimen.law.standards import Figure
from yimen.law.terms import OfficeKind, Stage

LONGEST = 2000


def said(text: str, field: str, label: str, *, longest: int = LONGEST) -> str:
    """The text without blanks around it, or a refusal at the field."""
    plain = (text or "").strip()
    if not plain:
        raise Refused(f"请填写“{label}”。", "missing", 422, field)
    return short(plain, field, label, longest=longest)


def short(text: str, field: str, label: str, *, longest: int = LONGEST) -> str:
    """The text if it is short enough; it may be empty."""
    plain = (text or "").strip()
    if len(plain) > longest:
        raise Refused(f"“{label}”最多 {longest} 字，现有 {len(plain)} 字，请缩短。", "too_long", 422, field)
    return plain


def past_day(day: date | None, on: date, field: str, label: str, *, not_before: date | None = None) -> date:
    """A day that has come, and not before another."""
    if day is None:
        raise Refused(f"请填写“{label}”。", "missing", 422, field)
    if day > on:
        raise Refused(f"“{label}”{day:%Y-%m-%d} 还没有到，请填写实际日期。", "future", 422, field)
    if not_before and day < not_before:
        raise Refused(f"“{label}”不能早于 {not_before:%Y-%m-%d}。", "too_early", 422, field)
    return day


def figure(key: str, application: Application, on: date) -> Figure:
    """A figure for the place of the case; law.standards.Unset turns into a refusal that names it."""
    return figures.figure(key, application.village_id, on)


def power_of(application: Application) -> Power:
    """Who decides this case and in whose name."""
    return offices.power_over(application.programmes, application.township_id, application.power_day())


def office_of_record(power: Power) -> Office:
    """The office whose name stands on the decision: under 委托 the department, else the body that decides."""
    if power.decider_of_record == power.office.name:
        return power.office
    return offices.office_of(offices.district_of(power.office.area_id), OfficeKind.DEPARTMENT)


def opinion_or_refuse(opinion: Opinion | None) -> Opinion:
    """The opinion, or a sentence that there is none."""
    if opinion is None:
        raise Refused("本件还没有审核意见，请先拟定审核意见。", "no_opinion")
    return opinion


def stage_of(text: str, allowed: tuple[Stage, ...], field: str, label: str) -> Stage:
    """One of the allowed stages."""
    found = next((stage for stage in allowed if stage.value == text), None)
    if found is None:
        words = "、".join(stage.label for stage in allowed)
        raise Refused(f"请选择“{label}”：{words}。", "missing", 422, field)
    return found
