"""Registering and deciding temporary relief; the reserve pays in the very transaction (L50, I3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from yimen.base.access import second
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Area, Office
from yimen.casework.awards.changes.common import past, text
from yimen.casework.households import queries as households
from yimen.casework.households.enrolling import Newcomer, create_people
from yimen.casework.households.models import Person
from yimen.casework.payments.models import ReliefCase, ReliefDecision
from yimen.casework.payments.relief import papers
from yimen.casework.payments.relief.common import keep_papers, move, post, taken, unrelated
from yimen.casework.payments.relief.entries import ReliefEntry
from yimen.law.identity import BadIdentity, read_identity
from yimen.law.money import Fen, show
from yimen.law.payments.funds import FundAccount
from yimen.law.payments.relief import (
    CLOCK,
    LIMIT_KEY,
    PAPERS_KEY,
    ReliefCause,
    ReliefKind,
    ReliefSource,
    ReliefState,
    ReliefWay,
    kind_of,
    papers_due,
)
from yimen.law.standards import Unset
from yimen.law.terms import OfficeKind, Role

__all__ = ["decide_relief", "register_relief"]


# -- registering -----------------------------------------------------------------------------


@office_act("register_relief")
def register_relief(walk: Walk, *, entry: ReliefEntry) -> ReliefCase:
    """Register an application, or what the village has found; a person who is known is not typed again (L37.2, L39)."""
    village = _village(walk, entry.village)
    person = _person(entry)
    unrelated(walk, person)
    home = households.home_of(person)
    case = ReliefCase(
        person=person,
        household=home.household if home else None,
        township_id=str(village.parent_id),
        village=village,
        urban=bool(village.urban),
        reported_by=text(entry.reported_by or person.name, "reported_by", "申请人或者报告人", 100),
        happened_on=past(entry.happened_on, walk.on, "happened_on", "发生日期"),
        situation=text(entry.situation, "situation", "困难情况"),
        wanted_fen=_amount(entry.wanted_fen, "wanted"),
        persons=entry.persons,
        urgent=entry.urgent,
        registered_by=walk.officer.staff,
        registered_on=walk.on,
        **_chosen(entry, home.household if home else None),
    )
    if case.urgent and kind_of(ReliefCause(case.cause)) is ReliefKind.SPENDING:
        raise Refused("支出型的按一般程序办理，不先行救助；请取消“情况紧急”，备齐材料后登记。", "urgent", 422, "urgent")
    at_hand = [each.strip() for each in entry.papers if each.strip()]
    if not entry.urgent and not at_hand:
        raise Refused(
            "不属于紧急情况的，材料齐全以后再登记；情况紧急的请勾选“情况紧急，先行救助”。", "papers", 422, "papers"
        )
    _save(case)
    if at_hand and not entry.urgent:
        keep_papers(walk, case, at_hand, "登记时已经提交")
    paper = papers.issue(walk, case, "relief_application", papers.relief_application(case, at_hand))
    walk.note(subject=(ReliefCase.KIND, case.ref), cause=str(case.cause), urgent=case.urgent, paper=paper.number)
    return case


def _save(case: ReliefCase) -> None:
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused(
            f"{case.person.name}因{ReliefCause(case.cause).label}（{case.happened_on}）的临时救助已经登记过，请在名单里查看。",
            "registered", 422, "happened_on",
        ) from twice  # fmt: skip


def _village(walk: Walk, code: str) -> Area:
    found = Area.objects.filter(code=code, level="village").first()
    roles = set(walk.row.roles)
    here = found is not None and (
        walk.officer.holds(roles & TOWNSHIP_ROLES, str(found.parent_id))
        or walk.officer.holds(roles & VILLAGE_ROLES, code)
    )
    if found is None or not here:
        raise Refused("请选择急难发生地的村（社区），应在您工作的地方。", "village", 422, "village")
    return found


def _person(entry: ReliefEntry) -> Person:
    """Who it is: by the number; a name is wanted only of somebody who is not known yet."""
    try:
        number = read_identity(entry.identity, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING).number
    except BadIdentity as bad:
        raise Refused(str(bad), "identity", 422, "identity") from bad
    known = households.known(number)
    if known is not None:
        if entry.name.strip() and entry.name.strip() != known.person.name:
            raise Refused(
                f"这个身份证号已登记为“{known.person.name}”，与填写的“{entry.name.strip()}”不同，请对照证件核对。",
                "name",
                422,
                "name",
            )
        if known.person.died_on:
            raise Refused(
                f"{known.person.name}已登记死亡（{known.person.died_on}），请核对身份证号。", "died", 422, "identity"
            )
        return known.person
    if not entry.name.strip():
        raise Refused("这个身份证号还没有登记过，请填写姓名。", "name", 422, "name")
    return create_people([Newcomer(entry.name.strip(), number, entry.phone.strip())])[0]


def _amount(fen: Fen, field: str) -> Fen:
    if fen <= 0:
        raise Refused("请填写金额，应大于 0。", "amount", 422, field)
    return fen


def _chosen(entry: ReliefEntry, household: Any) -> dict[str, Any]:
    source = next((each for each in ReliefSource if each == entry.source), None)
    cause = next((each for each in ReliefCause if each == entry.cause), None)
    way = next((each for each in ReliefWay if each == entry.way), None)
    if source is None or cause is None or way is None:
        field = "source" if source is None else "cause" if cause is None else "way"
        raise Refused("请从列表中选择。", "missing", 422, field)
    if entry.persons < 1:
        raise Refused("救助人数至少 1 人。", "persons", 422, "persons")
    account = households.account(household) if household and way is ReliefWay.TRANSFER else None
    if way is ReliefWay.TRANSFER and account is None:
        raise Refused("没有登记过这一户的银行账户，请选择现金。", "account", 422, "way")
    return {"source": source, "cause": cause, "way": way, "account": account}


# -- deciding --------------------------------------------------------------------------------


@office_act("decide_relief")
def decide_relief(
    walk: Walk, *, ref: str, granted: bool, reasons: str, fen: Fen = 0, version: int | None = None, code: str = ""
) -> ReliefCase:
    """Grant and pay from the reserve at once, or refuse in writing; by a leader who did not register it (L50, L45).

    Up to the area's limit the township decides, beyond it the district. Urgent relief opens the clock of its papers in the
    same transaction (I3). Raises Refused where the limit is unset or the reserve does not hold the amount.
    """
    case = taken(walk, ref, (ReliefState.REGISTERED,), version)
    if case.registered_by_id == walk.officer.staff.pk:
        raise Refused("这一件由您登记，须由另一位负责人决定。", "separation", 403)
    why = text(reasons, "reasons", "理由")
    limit = _limit(walk, case, _amount(fen, "amount")) if granted else None
    body = _body(walk, case)
    second.spend(walk.officer.account, code)
    decision = ReliefDecision.objects.create(
        case=case, granted=granted, fen=fen if granted else 0, reasons=why, urgent=case.urgent,
        limit_fen=limit[0] if limit else None, limit_words=limit[1] if limit else "", body=body.name,
        registered_by=case.registered_by, by=walk.officer.staff, on=walk.on,
    )  # fmt: skip
    if not granted:
        paper = papers.issue(walk, case, "relief_refusal", papers.relief_refusal(case, decision), body)
        return move(walk, case, ReliefState.REFUSED, paper=paper.number)
    post(walk, case, decision.fen, "relief", FundAccount.SPENT, FundAccount.RESERVE, "临时救助")
    if case.urgent and case.papers_on is None:
        _open_papers(walk, case)
    case.shown_to = _shown_to(case, walk.on)
    paper = papers.issue(walk, case, "relief_decision", papers.relief_decision(case, decision), body)
    return move(walk, case, ReliefState.GRANTED, paper=paper.number, fen=decision.fen)


def _limit(walk: Walk, case: ReliefCase, fen: Fen) -> tuple[Fen, str]:
    """The township's limit; beyond it only the district decides. Raises law.standards.Unset while the area has set none."""
    figure = figures.figure(LIMIT_KEY, case.village_id, walk.on)
    most = figure.as_int()
    if fen > most and not walk.officer.holds({Role.DISTRICT_DECIDER}, case.township_id[:6]):
        raise Refused(
            f"{show(fen)} 元超过乡街直接确认的上限 {show(most)} 元（{figure.source}），请减少金额，或者报区级确认人员决定。",
            "limit", 422, "amount",
        )  # fmt: skip
    return most, figure.source[:200]


def _body(walk: Walk, case: ReliefCase) -> Office:
    """In whose name it is decided: the township where its own leader decides, else the department of the district."""
    if walk.officer.holds({Role.HEAD}, case.township_id):
        return offices.office_of(case.township_id, OfficeKind.TOWNSHIP)
    return offices.office_of(case.township_id[:6], OfficeKind.DEPARTMENT)


def _open_papers(walk: Walk, case: ReliefCase) -> None:
    """The supplement, opened in the transaction of the payment (I3)."""
    try:
        figure = figures.figure(PAPERS_KEY, case.village_id, walk.on)
        days, words = figure.as_int(), figure.document
    except Unset:
        days, words = None, "系统最长期限（本地没有另定）"
    case.papers_due_on = papers_due(walk.on, days)
    clocks.start_until(ReliefCase.KIND, {case.pk: case.papers_due_on}, CLOCK, walk.on, words)


def _shown_to(case: ReliefCase, on: dt.date) -> dt.date | None:
    """Until when it is announced; nowhere while the place has not said for how long."""
    try:
        return on + dt.timedelta(days=figures.figure("announcement.days", case.village_id, on).as_int())
    except Unset:
        return None
