"""What the acts of a change share: the locked case, place and recusal, the state it goes on to, the papers' office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.base.clocks.models import Clock
from yimen.casework.awards.models import ChangeCase, ChangeFinding, ViewsRecord
from yimen.casework.awards.recertify import looking
from yimen.law.aftercare.changing import ChangeState

SHOWN = (
    "award__household__head", "award__village", "award__township", "award__application", "award__decision",
    "recertification", "registered_by", "handler", "decided_by", "to_village",
)  # fmt: skip


def take(walk: Walk, ref: str, states: Iterable[ChangeState], version: int | None) -> ChangeCase:
    """The case of a reference, locked, in a state from which the act goes; nobody's relative acts (K18)."""
    change = gate.fetch(walk.officer, ChangeCase.objects.select_related(*SHOWN).select_for_update(of=("self",)), ref)
    wanted = list(states)
    state = ChangeState(change.state)
    if state not in wanted or (version is not None and version != change.version):
        raise Refused(
            f"{change.award.household.head.name}家庭的变更现为“{state.label}”，这次的“{walk.row.label}”没有生效。请刷新页面后再办理。",
            "overtaken",
            409,
        )
    looking.check_unrelated([change.award], walk.officer.staff)
    return change


def check_township(walk: Walk, change: ChangeCase) -> None:
    """A post in the very township of the award."""
    award = change.award
    if not walk.officer.holds(set(walk.row.roles) & TOWNSHIP_ROLES, award.township_id):
        raise Refused(f"{award.township.name}的变更由当地经办人员和负责人办理，您的岗位不能办理。", "wrong_role", 403)


def move(walk: Walk, change: ChangeCase, state: ChangeState | None = None, **columns: Any) -> None:
    """Write the columns and the state; each act makes a new version."""
    if state is not None:
        columns["state"] = state
    ChangeCase.objects.filter(pk=change.pk).update(version=F("version") + 1, **columns)
    for name, value in columns.items():
        setattr(change, name, value)
    change.version += 1
    walk.note(subject=(ChangeCase.KIND, change.ref), state=str(change.state))


def finding_of(change: ChangeCase) -> ChangeFinding | None:
    """The finding in force."""
    return change.findings.select_related("by").order_by("-id").first()


def finding_or_refuse(change: ChangeCase) -> ChangeFinding:
    """The finding in force, or a sentence that there is none."""
    found = finding_of(change)
    if found is None:
        raise Refused("本件还没有核定变化、重新核算，请先办理。", "no_finding")
    return found


def views_of(change: ChangeCase, finding: ChangeFinding | None) -> ViewsRecord | None:
    """How the household was heard on the finding in force; what was said to an earlier proposal does not count."""
    if finding is None:
        return None
    return change.views.filter(finding=finding).order_by("-id").first()


def start_clock(change: ChangeCase, code: str, on: dt.date) -> None:
    """Start a clock unless it runs already, and keep the nearest limit on the case."""
    if clocks.running(ChangeCase.KIND, change.pk, code) is None:
        clocks.start(ChangeCase.KIND, change.pk, code, on, change.award.village_id)
    keep_due(change)


def stop_clocks(change: ChangeCase, codes: Iterable[str], on: dt.date) -> None:
    """Stop these clocks; ``*`` stops all."""
    clocks.stop(ChangeCase.KIND, [change.pk], codes, on)
    keep_due(change)


def keep_due(change: ChangeCase) -> None:
    """The nearest limit that runs, for lists."""
    rows = Clock.objects.filter(
        subject_kind=ChangeCase.KIND, subject_id=change.pk, stopped_on__isnull=True, due_on__isnull=False
    )
    change.due_on = rows.order_by("due_on").values_list("due_on", flat=True).first()
    ChangeCase.objects.filter(pk=change.pk).update(due_on=change.due_on)


def handlers(change: ChangeCase) -> set[int]:
    """Who had a part in handling the change: none of them decides it (K17)."""
    found = {change.registered_by_id, change.handler_id}
    found |= set(change.findings.values_list("by_id", flat=True))
    for by, officers in change.views.values_list("by_id", "officers"):
        found |= {by, *(pk for pk, _ in officers)}
    return {pk for pk in found if pk}


def text(value: str, field: str, label: str, longest: int = 2000, *, needed: bool = True) -> str:
    """The text without blanks around it, or a refusal at the field."""
    plain = (value or "").strip()
    if needed and not plain:
        raise Refused(f"请填写{label}。", "missing", 422, field)
    if len(plain) > longest:
        raise Refused(f"{label}最多 {longest} 字，现有 {len(plain)} 字，请精简。", "too_long", 422, field)
    return plain


def past(day: dt.date | None, on: dt.date, field: str, label: str) -> dt.date:
    """A day that has come."""
    if day is None:
        raise Refused(f"请填写{label}。", "missing", 422, field)
    if day > on:
        raise Refused(f"{label} {day:%Y-%m-%d} 还没有到，请填写实际日期。", "future", 422, field)
    return day
