"""Scenes of 四(一): the application, its signatures and missing papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.casework.applications import acts as filing, queries as applications
from yimen.casework.applications.entries import AgentEntry, ConsentEntry, Intake, MaterialEntry, RelativeEntry
from yimen.casework.awards import queries as awards
from yimen.casework.households.entries import HomeEntry
from yimen.casework.verification import acts as checks
from yimen.demo import homes, homes_beside
from yimen.demo.families import Family, Maker
from yimen.demo.places import add_relative
from yimen.demo.plans import Plan
from yimen.demo.scenes.cast import handler, head
from yimen.demo.theatre import WAITS
from yimen.law.terms import AppliedBy, KinRelation, MaterialState, Order, Programme, Role, Stage

_SEEN = ("identity_card", "hukou_book", "application_signed", "declaration_signed", "pledge_signed", "agent_mandate")
_KINDS = {
    "nine": homes.nine,
    "nothing": homes.nothing,
    "three": homes.old_alone,
    "unvisited": homes.old_couple,
    "tekun": homes_beside.nobody_to_care,
    "rigid": homes_beside.costly_illness,
    "edge": homes_beside.disabled_son,
}
_GROUPS = ("1组", "2组", "3组", "4组", "5组")


def _family(maker: Maker, plan: Plan) -> Family:
    kind, _, number = plan.kind.partition(" ")
    if kind == "rare":
        family = homes.rare(maker, int(number))
    elif kind == "again":
        family = homes_beside.again(maker, plan.known)
    elif plan.hidden == "wage":
        family = homes.some(maker, homes.EARNING)
    else:
        family = _KINDS.get(kind, homes.some)(maker)
    if plan.hidden == "wage":
        maker.hidden_wage(family)
    elif plan.hidden == "deposit":
        maker.hidden_deposit(family)
    elif kind == "three":
        maker.three_differences(family)
    elif plan.difference:
        maker.small_difference(family)
    return family


def _relatives(stage: Any, plan: Plan, family: Family, day: date) -> list[RelativeEntry]:
    """A relation of the applicant to somebody on staff who handles other cases: declared, or only in the register."""
    if not plan.relative:
        return []
    aide = stage.district.who(plan.village, Role.AIDE)
    applicant = family.members[0]
    add_relative(aide, applicant.name, applicant.identity, KinRelation.SIBLING, day)
    return [RelativeEntry(aide.ref, 0, KinRelation.SIBLING)] if plan.relative == "declared" else []


def _agent(stage: Any, plan: Plan, day: date) -> AgentEntry:
    aide = stage.district.who(plan.village, Role.AIDE)
    until = day + timedelta(days=365)
    return AgentEntry(
        aide.name, "村（社区）社会救助协理员", "行动不便，委托代办", until, aide.identity, aide.phone or ""
    )


def _recognised(stage: Any, plan: Plan) -> Any:
    """A household of the township that was recognised as 边缘 when the ledger came."""
    rows = awards.running(handler(stage, plan)).filter(programme=str(Programme.EDGE), origin="ledger")
    return rows.order_by("id")[0]


def _intake(stage: Any, maker: Maker, plan: Plan, day: date, by_village: bool) -> Intake:
    maker.on = day
    if plan.kind == "again":
        plan.known = _recognised(stage, plan)
        plan.village = plan.known.village_id
    family = plan.family = _family(maker, plan)
    kin = _relatives(stage, plan, family, day)
    known = [code for code in _SEEN if code != "agent_mandate" or by_village]
    left = 2 if plan.supplement else 0
    home = HomeEntry(plan.village, stage.draw.choice(_GROUPS), f"{stage.draw.randrange(1, 60)}号", family.land_mu)
    plan.place = f"{offices.area(plan.village).name}{home.group}"
    return Intake(
        applied_by=AppliedBy.VILLAGE if by_village else AppliedBy.SELF,
        home=home,
        members=family.members,
        reason=family.reason,
        poverty_cause=family.cause,
        relative_declared=bool(kin),
        obligors=family.obligors,
        incomes=family.incomes,
        properties=family.properties,
        expenses=family.expenses,
        account=maker.account(family),
        agent=_agent(stage, plan, day) if by_village else None,
        relatives=kin,
        materials=[MaterialEntry(code, MaterialState.ORIGINAL_SEEN) for code in known[: len(known) - left]],
    )


def apply(stage: Any, maker: Maker, plan: Plan, day: date) -> int | None:
    """The application at the counter or in the village, mostly with its signatures."""
    by_village = plan.by_village and not plan.relative
    intake = _intake(stage, maker, plan, day, by_village)
    officer = stage.officer(plan.village, Role.AIDE) if by_village else handler(stage, plan)
    case = filing.apply(officer, intake=intake)
    plan.case, plan.ref, plan.number = case, case.ref, case.number
    if plan.goal is Stage.REGISTERED and stage.draw.random() < 0.5:
        return None
    plan.case = _sign(officer, case, day, plan.family, stage)
    return None if plan.goal is Stage.REGISTERED else stage.draw.choice((0, 1))


def _sign(officer: Officer, case: Any, day: date, family: Family, stage: Any) -> Any:
    guardian = family.members[0].name
    entries = []
    for row in applications.participants(case):
        grown = day.year - row.person.birth_date.year >= 18
        entries.append(ConsentEntry(True, day, row.person.name if grown else guardian, person_ref=row.person.ref))
    for obligor in applications.obligors(case):
        given = stage.draw.random() < 0.7
        entries.append(
            ConsentEntry(
                given, day, obligor.name, obligor_ref=obligor.ref, refused_reason="" if given else "认为与己无关"
            )
        )
    return filing.record_consent(officer, case.ref, entries=entries)


def registered(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Signed and complete: to the check; else the notice of what is missing, or the end."""
    officer = handler(stage, plan)
    if plan.goal is Stage.ENDED:
        _end(stage, plan, case, day)
        return None
    if plan.supplement:
        plan.case = filing.request_supplement(officer, case.ref, by_on=stage.working_day(day + timedelta(days=1), 5))
        return stage.draw.choice((2, 3))
    file_relatives(stage, plan, case)
    if case.order == Order.MINISTRY:
        plan.case = checks.accept(officer, case.ref)
        return 1
    plan.case = checks.request_check(officer, case.ref)
    return WAITS


def _end(stage: Any, plan: Plan, case: Any, day: date) -> None:
    """Withdrawn mostly; some do not bring what they were asked for, nor let anybody in."""
    if plan.kind == "unwilling":
        filing.end_procedure(
            head(stage, plan),
            case.ref,
            withdrawn=False,
            reason="申请人无正当理由拒绝配合核对和调查，致使无法核实家庭状况。",
            asked="请其签署核对授权，并约定入户时间；两次电话告知、一次书面告知，均予拒绝。",
            asked_on=day,
        )
        return
    reason = "申请人已找到工作，自愿撤回申请。"
    filing.end_procedure(head(stage, plan), case.ref, withdrawn=True, reason=reason)


def file_relatives(stage: Any, plan: Plan, case: Any) -> None:
    """File the relations that are not yet on file."""
    if plan.relative and any(row.filed_on is None for row in applications.relative_filings(case)):
        plan.case = filing.file_relative(
            handler(stage, plan),
            case.ref,
            hardship=case.reason,
            investigation="申请人如实申明，关系属实。",
            opinion="同意备案，有关人员回避，提请区级入户核查。",
        )


def supplementing(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Everything missing comes at once."""
    missing = [MaterialEntry(row.code, MaterialState.SUBMITTED) for row in applications.missing_materials(case)]
    plan.case = filing.receive_supplement(handler(stage, plan), case.ref, entries=missing)
    plan.supplement = False
    return 0
