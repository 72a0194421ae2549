"""What happens next in a case: one scene a visit, each a real act by the person whose turn it is.

A scene answers after how many working days the case is looked at again; None when it has come to where its plan
wants it today, or to an end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from yimen.base.access import second
from yimen.base.access.officer import Officer
from yimen.base.papers import desk as papers
from yimen.casework.applications import acts as filing
from yimen.casework.applications import queries as applications
from yimen.casework.applications.entries import AgentEntry, ConsentEntry, Intake, MaterialEntry, RelativeEntry
from yimen.casework.decisions import acts as decisions
from yimen.casework.decisions import queries as decided
from yimen.casework.households.entries import HomeEntry
from yimen.casework.investigation import acts as visits
from yimen.casework.investigation import queries as visited
from yimen.casework.investigation.entries import AppraisalEntry, Attendee, InterviewEntry, LineAnswer, Living, VisitEntry
from yimen.casework.verification import acts as checks
from yimen.casework.verification import queries as checked
from yimen.demo.families import Family, Maker
from yimen.demo.places import DISTRICT, add_relative
from yimen.demo.plans import Plan
from yimen.law.terms import ENDS, AppliedBy, KinRelation, MaterialState, Order, Role, Stage, Treatment

_SEEN = ("identity_card", "hukou_book", "application_signed", "declaration_signed", "pledge_signed", "agent_mandate")
_GROUPS = ("1组", "2组", "3组", "4组", "5组")


def play(stage: Any, maker: Maker, plan: Plan, day: date) -> int | None:
    """The next scene of a plan."""
    if not plan.ref:
        return _apply(stage, maker, plan, day)
    case = _case(plan)
    if _arrived(plan, case):
        return None
    scene = _SCENES.get(Stage(case.stage))
    return scene(stage, plan, case, day) if scene else None


def _case(plan: Plan) -> Any:
    return applications.applications().get(ref=plan.ref)


def _arrived(plan: Plan, case: Any) -> bool:
    stage = Stage(case.stage)
    if stage in ENDS:
        return True
    if stage is not plan.goal:
        return False
    if stage is Stage.CHECKING:
        return True
    waits_for_more = stage is Stage.ON_NOTICE and not decided.current_notice(case).postings.exists()
    return not waits_for_more


# -- people ---------------------------------------------------------------------------------


def _handler(stage: Any, plan: Plan, other: int = 0) -> Officer:
    return stage.officer(plan.township, Role.HANDLER, (plan.handler + other) % 2)


def _head(stage: Any, plan: Plan) -> Officer:
    return stage.officer(plan.township, Role.HEAD)


def _decider(stage: Any, plan: Plan, case: Any) -> Officer:
    return _head(stage, plan) if case.delegated(case.power_day()) else stage.officer(DISTRICT, Role.DISTRICT_DECIDER)


# -- 四(一) ---------------------------------------------------------------------------------


def _family(stage: Any, maker: Maker, plan: Plan) -> Family:
    kind, _, number = plan.kind.partition(" ")
    family = {"nine": maker.nine, "nothing": maker.nothing, "any": maker.any_of}.get(kind, maker.any_of)()
    if kind == "rare":
        family = maker.rare(int(number))
    if plan.hidden == "wage":
        maker.hidden_wage(family)
    elif plan.hidden == "deposit":
        maker.hidden_deposit(family)
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


def _apply(stage: Any, maker: Maker, plan: Plan, day: date) -> int | None:
    family = plan.family = _family(stage, maker, plan)
    by_village = plan.by_village and not plan.relative
    kin = _relatives(stage, plan, family, day)
    aide = stage.district.who(plan.village, Role.AIDE)
    agent = AgentEntry(aide.name, "村（社区）社会救助协理员", "行动不便，委托代办", day + timedelta(days=365), aide.identity, aide.phone or "")
    known = [code for code in _SEEN if code != "agent_mandate" or by_village]
    left = 2 if plan.supplement else 0
    intake = Intake(
        applied_by=AppliedBy.VILLAGE if by_village else AppliedBy.SELF,
        home=HomeEntry(plan.village, stage.draw.choice(_GROUPS), f"{stage.draw.randrange(1, 60)}号", family.land_mu),
        members=family.members, reason=family.reason, poverty_cause=family.cause, relative_declared=bool(kin), obligors=family.obligors,
        incomes=family.incomes, properties=family.properties, expenses=family.expenses, account=maker.account(family),
        agent=agent if by_village else None, relatives=kin,
        materials=[MaterialEntry(code, MaterialState.ORIGINAL_SEEN) for code in known[: len(known) - left]],
    )
    officer = stage.officer(plan.village, Role.AIDE) if by_village else _handler(stage, plan)
    case = filing.apply(officer, intake=intake)
    plan.ref, plan.number = case.ref, case.number
    if plan.goal is Stage.REGISTERED and stage.draw.random() < 0.5:
        return None
    _sign(officer, case, day, family, stage)
    return None if plan.goal is Stage.REGISTERED else stage.draw.choice((0, 1))


def _sign(officer: Officer, case: Any, day: date, family: Family, stage: Any) -> None:
    guardian = family.members[0].name
    entries = []
    for row in applications.participants(case):
        grown = day.year - row.person.birth_date.year >= 18
        entries.append(ConsentEntry(True, day, row.person.name if grown else guardian, person_ref=row.person.ref))
    for obligor in applications.obligors(case):
        given = stage.draw.random() < 0.7
        entries.append(ConsentEntry(given, day, obligor.name, obligor_ref=obligor.ref, refused_reason="" if given else "认为与己无关"))
    filing.record_consent(officer, case.ref, entries=entries)


def _registered(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    handler = _handler(stage, plan)
    if plan.goal is Stage.ENDED:
        filing.end_procedure(_head(stage, plan), case.ref, withdrawn=True, reason="申请人已找到工作，自愿撤回申请。")
        return None
    if applications.missing_materials(case):
        filing.request_supplement(handler, case.ref, by_on=stage.working_day(day + timedelta(days=1), 5))
        return stage.draw.choice((2, 3))
    _file_relatives(stage, plan, case)
    if case.order == Order.MINISTRY:
        checks.accept(handler, case.ref)
        return 1
    checks.request_check(handler, case.ref)
    return 2


def _file_relatives(stage: Any, plan: Plan, case: Any) -> None:
    if any(row.filed_on is None for row in applications.relative_filings(case)):
        filing.file_relative(_handler(stage, plan), case.ref, hardship=case.reason, investigation="申请人如实申明，关系属实。", opinion="同意备案，有关人员回避，提请区级入户核查。")


def _supplementing(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    missing = [MaterialEntry(row.code, MaterialState.SUBMITTED) for row in applications.missing_materials(case)]
    filing.receive_supplement(_handler(stage, plan), case.ref, entries=missing)
    return 0


# -- 四(二) ---------------------------------------------------------------------------------


def _accepted(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    checks.request_check(_handler(stage, plan), case.ref)
    return 2


def _settle(stage: Any, plan: Plan, case: Any) -> None:
    handler = _handler(stage, plan)
    for line in checked.comparison(case):
        if not line.open:
            continue
        if line.match == "no_source" and case.stage in {Stage.CHECKED}:
            continue
        treatment = Treatment.ACCEPT_VERIFIED if line.match == "different" else Treatment.ACCEPT_DECLARED
        note = "核对结果经申请人当面确认，按核对结果认定。" if line.match == "different" else "无可核对来源，邻里访问证实，按申报认定。"
        checks.settle_difference(handler, case.ref, comparison_ref=line.ref, treatment=treatment, note=note)


def _checked(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    handler = _handler(stage, plan)
    _file_relatives(stage, plan, case)
    if plan.goal is Stage.DECLINED:
        return _decline(plan, case, handler)
    if plan.check_objection and not plan.objected:
        _dispute(plan, case, handler)
        return 2
    if checked.open_objection(case):
        open_one = checked.open_objection(case)
        checks.conclude_recheck(handler, case.ref, objection_ref=open_one.ref, result="调取缴费记录复查，核对结果属实。", outcome="rejected", ways=())
        return 1
    checks.accept(handler, case.ref)
    return stage.draw.choice((1, 2))


def _dispute(plan: Plan, case: Any, handler: Officer) -> None:
    plan.objected = True
    _tell(case, handler)
    checks.object_to_check(handler, case.ref, item_text="对核对出的收入（存款）有异议", statement="申请人说这笔钱不是自己的。", evidence="银行流水1份")


def _tell(case: Any, handler: Officer) -> None:
    checks.tell_check_result(
        handler, case.ref, condition="家庭人均收入（财产）超过低保标准（限额）", reasons=["核对查得的收入（存款）高于申报，按核对结果计算不符合条件。"],
        evidence_wanted=["收入变化的证明", "存款来源和去向的证明"],
    )


def _decline(plan: Plan, case: Any, handler: Officer) -> int | None:
    if not checked.told(case):
        _tell(case, handler)
        return 6
    checks.decline(handler, case.ref, reasons=["核对显示家庭人均收入（存款）明显高于规定，申请人在期限内没有提出异议。"])
    return None


# -- 四(三) ---------------------------------------------------------------------------------


def _visit(stage: Any, plan: Plan, case: Any, day: date) -> None:
    handler, second_one = _handler(stage, plan), stage.district.who(plan.township, Role.HANDLER, (plan.handler + 1) % 2)
    aide = stage.district.who(plan.village, Role.AIDE)
    partner = second_one if plan.relative else aide
    answers = [LineAnswer(row.ref, True, "当面询问并看了凭据，属实。") for row in checked.open_items(case) if row.match == "no_source"]
    name = case.applicant.name
    entry = VisitEntry(
        visited_on=day, visited_at=time(9, 30), place=f"{case.village.name}{case.household.group}申请人家中",
        investigators=[handler.staff.ref, partner.ref], leader=handler.staff.ref, present=[name], residents_match=True,
        income_found="收入来源与申报相符，没有发现其他经常性收入。" if not plan.hidden else "家庭成员有稳定工作，收入与核对结果相符。",
        property_found="自住住房简陋，家电老旧，没有机动车。", living=Living("以自种蔬菜和米面为主", "旧衣为主", "砖混平房或老旧楼房，面积不大", "电视、冰箱各一台，使用多年"),
        result="same" if not plan.hidden else "partly", conclusion="生活确有困难，与申报基本一致。" if not plan.hidden else "收入与申报不一致，以核对结果为准。",
        signed_by_investigators=True, signed_by_member=name, helper=aide.name if partner is not aide else "", answers=answers,
    )
    visits.home_visit(handler, case.ref, entry=entry)
    if stage.draw.random() < 0.6:
        visits.neighbour_interview(handler, case.ref, entry=InterviewEntry(
            held_on=day, held_at=time(10, 40), place=f"{case.village.name}村（居）民活动室", investigators=[handler.staff.ref, partner.ref],
            answers=[("这家平时靠什么生活？", "主要靠养老金和零工，日子紧。"), ("家里有没有车或者做买卖？", "没有听说。")], conclusion="邻里反映与申报一致。",
        ))


def _investigating(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    if case.order == Order.MINISTRY and not checked.latest_request(case).complete:
        return 1
    plan_round = visited.round_of(case)
    if plan.goal is Stage.INVESTIGATING and (plan.visited or stage.draw.random() < 0.4):
        return None
    if visited.signed_visit(case, plan_round) is None:
        _visit(stage, plan, case, day)
        plan.visited = True
        return stage.draw.choice((0, 1))
    _settle(stage, plan, case)
    if plan.relative and not visited.district_visits(case):
        _district_visit(stage, case, day)
    disputed = plan.disputed and not visited.appraisals(case)
    reason = "邻里对其实际收入说法不一，提请民主评议。" if disputed else "入户调查、邻里访问与核对结果一致，没有争议，不再评议。"
    visits.conclude_investigation(_handler(stage, plan), case.ref, disputed=disputed, reason=reason)
    return stage.draw.choice((0, 1, 1))


def _district_visit(stage: Any, case: Any, day: date) -> None:
    officers = [stage.officer(DISTRICT, Role.DISTRICT_HANDLER, number) for number in (0, 1)]
    name = case.applicant.name
    entry = VisitEntry(
        visited_on=day, visited_at=time(14, 0), place=f"{case.village.name}申请人家中", investigators=[one.staff.ref for one in officers],
        leader=officers[0].staff.ref, present=[name], residents_match=True, income_found="与乡街调查一致。", property_found="与乡街调查一致。",
        living=Living("一般", "一般", "自住老房", "无贵重物品"), result="same", conclusion="情况属实，近亲属未参与办理。", signed_by_investigators=True, signed_by_member=name,
    )
    visits.district_visit(officers[0], case.ref, entry=entry, reason="relatives")


def _appraising(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    aide = stage.district.who(plan.village, Role.AIDE)
    roles = ["representative"] * 6 + ["committee", "grid_leader", "aide"]
    people = [Attendee(stage.crowd.person(day, 30, 70).name, role) for role in roles[:-1]]
    people.append(Attendee(aide.name, "aide", recused=bool(plan.relative), staff_ref=aide.ref))
    voters = len(people) - bool(plan.relative)
    against = voters - 2 if plan.hidden else 1
    entry = AppraisalEntry(
        matter="申请家庭实际收入和生活状况是否与申报一致", held_on=day, held_at=time(14, 30), place=f"{case.village.name}会议室", chair=people[6].name,
        expected=len(people), attendees=people, agree=voters - against, against=against, abstain=0,
        minutes="主持人介绍情况，参会人员逐一发言，投票表决。", result="多数认为家庭有稳定收入，不同意。" if plan.hidden else "多数认为家庭确有困难，同意。",
        recorder=people[7].name, recusals=f"{aide.name}系申请人近亲属，回避表决" if plan.relative else "",
    )
    visits.appraise(_handler(stage, plan), case.ref, entry=entry)
    return 1


def _examining(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    _settle(stage, plan, case)
    trial = decided.trial(case)
    approve = bool(trial.reckoning and trial.reckoning.eligible)
    reasons = "经核对、入户调查，家庭人均收入低于低保标准，财产状况符合规定，拟予以确认。" if approve else "经核对、入户调查，家庭经济状况不符合低保条件，拟不予确认。"
    after = "经重新调查（评议），异议反映的情况不属实。" if decided.objections(case) else ""
    decisions.propose(_handler(stage, plan), case.ref, approve=approve, reasons=reasons, objection_result=after)
    return 0


def _notice_ready(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    handler = _handler(stage, plan)
    decisions.publish_notice(handler, case.ref)
    _post(stage, plan, _case(plan), day, decided.current_notice(case))
    return 3 if plan.objection and not plan.objected or plan.goal is Stage.OBJECTED else 6


def _post(stage: Any, plan: Plan, case: Any, day: date, notice: Any) -> None:
    officer = _handler(stage, plan) if plan.relative else stage.officer(plan.village, Role.AIDE)
    for place in notice.places:
        decisions.record_posting(officer, case.ref, notice_ref=notice.ref, place=place, posted_on=day)


def _on_notice(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    if (plan.objection or plan.goal is Stage.OBJECTED) and not plan.objected:
        plan.objected = True
        decisions.object_to_notice(_handler(stage, plan), case.ref, content="有群众反映该户有人在外打工挣钱。", objector="", evidence="")
        return 1
    notice = decided.current_notice(case)
    if day <= notice.to_on:
        return 1
    for place in notice.places:
        officer = _handler(stage, plan) if plan.relative else stage.officer(plan.village, Role.AIDE)
        decisions.record_posting(officer, case.ref, notice_ref=notice.ref, place=place, taken_down_on=day)
    decisions.close_notice(_handler(stage, plan), case.ref)
    return stage.draw.choice((0, 1))


def _objected(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    way = "appraisal" if plan.objection == "appraisal" else "reinvestigation"
    decisions.answer_objection(_head(stage, plan), case.ref, way=way, reason="异议具体，需要再核实。")
    return 1


def _deciding(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    officer = _decider(stage, plan, case)
    if plan.relative and not visited.district_visits(case):
        _district_visit(stage, case, day)
        return 1
    code = second.code_now(officer.account)
    if decided.current_opinion(case).approve:
        decisions.approve(officer, case.ref, code=code)
    else:
        decisions.refuse(officer, case.ref, code=code, reasons="家庭经济状况不符合低保条件，详见核算单。")
    return 1


def _served(stage: Any, plan: Plan, case: Any, day: date, kind: str) -> None:
    paper = next(row for row in reversed(list(papers.papers_of("application", case.ref))) if row.code == kind)
    decisions.serve_paper(
        _handler(stage, plan), case.ref, paper_ref=paper.ref, how="直接送达", served_on=day, to_whom=case.applicant.name, receipt="本人签收"
    )


def _approved(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    if not plan.served:
        plan.served = True
        _served(stage, plan, case, day, "approval_notice")
        return 0
    decisions.announce(_handler(stage, plan), case.ref)
    _post(stage, plan, _case(plan), day, decided.announcement_of(case))
    return None


def _telling(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    decisions.serve_refusal(_handler(stage, plan), case.ref, how="直接送达", served_on=day, to_whom=case.applicant.name, receipt="本人签收")
    return None


_SCENES: dict[Stage, Callable[[Any, Plan, Any, date], int | None]] = {
    Stage.REGISTERED: _registered,
    Stage.SUPPLEMENTING: _supplementing,
    Stage.ACCEPTED: _accepted,
    Stage.CHECKING: lambda stage, plan, case, day: 1,
    Stage.CHECKED: _checked,
    Stage.INVESTIGATING: _investigating,
    Stage.APPRAISING: _appraising,
    Stage.EXAMINING: _examining,
    Stage.NOTICE_READY: _notice_ready,
    Stage.ON_NOTICE: _on_notice,
    Stage.OBJECTED: _objected,
    Stage.DECIDING: _deciding,
    Stage.APPROVED: _approved,
    Stage.REFUSED_TELLING: _telling,
}
