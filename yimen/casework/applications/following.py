"""What follows on an application, as the receipt tells the applicant (A2): known before the application is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yimen.base.offices import queries as offices
from yimen.casework.applications.materials import wanted
from yimen.law.terms import MaterialState, OfficeKind, Order, Programme

STEPS = {
    Order.PLAN: (
        ("补齐材料，提请信息核对", "材料和授权齐备后当日"),
        ("核对结果返回，决定是否受理", "区级 3 个工作日内启动核对"),
        ("入户调查（至少两人，请留人在家）", "受理之日起 3 个工作日内启动"),
        ("公示 7 天后作出决定，书面告知", "受理之日起的法定期限内"),
    ),
    Order.MINISTRY: (
        ("补齐材料，决定是否受理", "材料齐备当日"),
        ("提请信息核对", "区级 3 个工作日内启动核对"),
        ("入户调查（至少两人，请留人在家）", "受理之日起 3 个工作日内启动"),
        ("公示 7 天后作出决定，书面告知", "受理之日起的法定期限内"),
    ),
}


@dataclass(frozen=True)
class Outlook:
    """What the receipt will say: the steps with their time, the papers still missing, whom to call."""

    steps: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    phone: str


def outlook(township: str, applied_by: str, states: Mapping[str, str], on: date) -> Outlook:
    """The outlook of an application that is not made yet; ``states`` is the state of each paper by its code.

    Without an order of steps in the district there are no steps; registering is refused then (the act says so).
    """
    order = offices.order_for(Programme.DIBAO, township[:6], on)
    lacking = (
        row.label
        for row in wanted(applied_by)
        if row.required and states.get(row.code) in (None, MaterialState.MISSING)
    )
    office = offices.find_office(township, OfficeKind.TOWNSHIP)
    return Outlook(STEPS[order] if order else (), tuple(lacking), office.phone if office else "")
