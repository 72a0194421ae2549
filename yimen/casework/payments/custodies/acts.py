"""Acts on custody: an agreement registered by the township, filed by the district, ended again (民发〔2021〕57号 Art. 26)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Staff
from yimen.base.papers import desk
from yimen.casework.awards.models import Award
from yimen.casework.awards.recertify import looking
from yimen.casework.households import queries as households
from yimen.casework.households.models import Household, Membership
from yimen.casework.payments.models import Custody
from yimen.law.payments.custody import CustodyThing
from yimen.law.terms import ANY_MARK, OfficeKind

CODE = "custody_agreement"
SHOWN = (
    "household__head", "household__village", "township", "member", "agent__office", "account", "registered_by", "filed_by",
    "ended_by",
)  # fmt: skip


@dataclass(frozen=True)
class CustodyEntry:
    """What is agreed. ``member`` and ``agent`` are references of a person of the household and of somebody on staff."""

    member: str
    agent: str
    thing: str
    reason: str
    duties: str
    from_on: dt.date
    to_on: dt.date


@office_act("record_custody")
def record_custody(walk: Walk, *, award: str, entry: CustodyEntry) -> Custody:
    """Register an agreement with its paper, to be signed by both; it is filed with the district afterwards."""
    row = gate.fetch(
        walk.officer, Award.objects.select_related("household__head", "household__village", "township"), award
    )
    home = row.household
    _check_here(walk, home)
    custody = _read(walk, home, entry)
    try:
        with transaction.atomic():
            custody.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(f"{home.head.name}家庭已有一份代管协议，请先办理终止。", "open", 409) from taken
    paper = _paper(walk, custody)
    custody.number = paper.number
    Custody.objects.filter(pk=custody.pk).update(number=paper.number)
    walk.note(subject=(Custody.KIND, custody.ref), household=home.ref, agent=custody.agent.name, paper=paper.number)
    return custody


def _read(walk: Walk, home: Household, entry: CustodyEntry) -> Custody:
    account = households.account(home)
    if account is None:
        raise Refused("本户没有登记发放账户，没有可以代管的存折（卡）。", "no_account", 422, "thing")
    members = Membership.objects.filter(household=home, to_on__isnull=True, person__ref=entry.member)
    member = members.select_related("person").first()
    if member is None or member.person.died_on:
        raise Refused("请选择签协议的家庭成员。", "member", 422, "member")
    if entry.thing not in {str(each) for each in CustodyThing}:
        raise Refused("请选择代管的是存折还是银行卡。", "missing", 422, "thing")
    if entry.to_on <= entry.from_on:
        raise Refused("终止日期应在起始日期以后。", "dates", 422, "to_on")
    agent = _agent(walk, home, entry.agent)
    return Custody(
        household=home, township_id=home.township_id, member=member.person, agent=agent,
        post=f"{agent.office.name}{agent.title or offices.duty_label(agent)}"[:80], account=account, thing=entry.thing,
        reason=_text(entry.reason, "reason", "代管的原因", 300), duties=_text(entry.duties, "duties", "代管人的义务", 400),
        from_on=entry.from_on, to_on=entry.to_on, registered_by=walk.officer.staff, registered_on=walk.on,
    )  # fmt: skip


def _agent(walk: Walk, home: Household, ref: str) -> Staff:
    """Somebody on staff of the township or of the village; not the officer himself."""
    found = offices.staff_of([str(home.township_id), str(home.village_id)]).filter(ref=ref).first()
    if found is None:
        raise Refused("代管人应是本乡街或者本村（社区）的工作人员，请从列表中选择。", "agent", 422, "agent")
    if found.pk == walk.officer.staff.pk:
        raise Refused("不能登记自己代管的协议，请由另一名经办人员登记。", "separation", 403, "agent")
    return found


def _paper(walk: Walk, custody: Custody) -> Any:
    home, account = custody.household, custody.account
    office = offices.office_of(str(custody.township_id), OfficeKind.TOWNSHIP)
    data = {
        "applicant": home.head.name,
        "village": home.village.name,
        "member": custody.member.name,
        "agent": custody.agent.name,
        "post": custody.post,
        "thing": CustodyThing(custody.thing).label,
        "account": f"{account.bank}，户名{account.holder}，尾号{str(account.number)[-4:]}",
        "reason": custody.reason,
        "duties": custody.duties,
        "from_on": custody.from_on,
        "to_on": custody.to_on,
        "hotline": offices.hotlines(str(custody.township_id)),
    }
    return walk.issue_about([(CODE, desk.About(Custody.KIND, custody.ref, custody.pk, data), ANY_MARK)], office)[0]


@office_act("file_custody")
def file_custody(walk: Walk, *, refs: Sequence[str]) -> list[Custody]:
    """The district has received these agreements (备案). All of them or none."""
    if not refs:
        raise Refused("请勾选要备案的协议。", "missing", 422, "refs")
    rows = [_to_file(walk, ref) for ref in sorted(set(refs))]
    for row in rows:
        row.filed_by, row.filed_on = walk.officer.staff, walk.on
    Custody.objects.bulk_update(rows, ["filed_by", "filed_on"])
    walk.note(subject=(Custody.KIND, rows[0].ref), agreements=[row.number for row in rows])
    return rows


def _to_file(walk: Walk, ref: str) -> Custody:
    row = gate.fetch(walk.officer, Custody.objects.select_related(*SHOWN), ref, lock=True)
    if not walk.officer.holds(set(walk.row.roles) & DISTRICT_ROLES, str(row.township_id)[:6]):
        raise Refused("代管协议报区级民政部门备案，您的岗位不能办理。", "wrong_role", 403)
    if row.filed_on is not None or row.ended_on is not None:
        raise Refused(f"{row.household.head.name}家庭的代管协议不在待备案之中，请刷新页面。", "overtaken")
    if walk.officer.staff.pk in (row.agent_id, row.registered_by_id):
        raise Refused("代管人、登记人不能备案自己的协议，须由另一人办理。", "separation", 403)
    return row


@office_act("end_custody")
def end_custody(walk: Walk, *, ref: str, words: str) -> Custody:
    """The passbook or card is back with the household."""
    row = gate.fetch(walk.officer, Custody.objects.select_related(*SHOWN), ref, lock=True)
    _check_here(walk, row.household)
    if row.ended_on is not None:
        raise Refused("这份代管协议已经终止，请刷新页面。", "overtaken")
    row.ended_by, row.ended_on, row.ended_words = walk.officer.staff, walk.on, _text(words, "words", "归还情况", 200)
    row.save(update_fields=["ended_by", "ended_on", "ended_words"])
    walk.note(subject=(Custody.KIND, row.ref), household=row.household.ref, number=row.number)
    return row


def _check_here(walk: Walk, home: Household) -> None:
    if not walk.officer.holds(set(walk.row.roles) & TOWNSHIP_ROLES, str(home.township_id)):
        raise Refused("代管协议由当地乡街的经办人员和负责人登记，您的岗位不能办理。", "wrong_role", 403)
    looking.check_unrelated(
        list(Award.objects.filter(household=home).select_related("household__head")), walk.officer.staff
    )


def _text(value: str, field: str, label: str, longest: int) -> str:
    plain = (value or "").strip()
    if not plain:
        raise Refused(f"请填写{label}。", "missing", 422, field)
    if len(plain) > longest:
        raise Refused(f"{label}最多 {longest} 字，现有 {len(plain)} 字，请精简。", "too_long", 422, field)
    return plain
