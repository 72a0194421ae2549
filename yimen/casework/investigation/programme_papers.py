"""What the papers of the programmes' facts say (forms.md 8, 21, 23)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from yimen.casework.applications import letters, queries as applications
from yimen.casework.applications.models import Application, Participant
from yimen.casework.households.models import Obligor, Person
from yimen.casework.investigation import programme_queries as queries
from yimen.casework.investigation.programme_models import (
    AbilityRecord,
    SelfCareAssessment,
    TekunRecord,
)
from yimen.law.calendar import age
from yimen.law.identity import BadIdentity, mask_identity, read_identity
from yimen.law.money import show
from yimen.law.rules.applied import SelfCareItem
from yimen.law.rules.tekun_amount import LOST, PARTLY
from yimen.law.standards import Figure
from yimen.law.terms import (
    ChildBenefit,
    DisabilityKind,
    Inquiry,
    ObligorSituation,
    Period,
    Relation,
    Schooling,
    SelfCare,
    Sex,
    SupportForm,
    WorkCapacity,
)

GRADES = ("", "一级", "二级", "三级", "四级")


def of_person(application: Application, person: Person, code: str) -> dict[str, Any]:
    """The part of a person's paper that is stored."""
    return {
        **letters.fitting(code, application),
        "person": person.name,
        "masked_id": mask_identity(person.identity),
        "sex": Sex(person.sex).label,
        "birth_date": person.birth_date,
    }


# -- 特困申请人书面声明 ----------------------------------------------------------------------


def tekun_statement(application: Application, row: Participant, record: TekunRecord, on: date) -> dict[str, Any]:
    """What the person declares (T10), printed from what is known, to be read and signed."""
    return {
        **of_person(application, row.person, "tekun_statement"),
        "address": letters.home_of(application),
        "labour": "；".join(_labour(row, record, on)),
        "living": "；".join(_living(application, row.person)) or "没有收入来源。",
        "owned": "；".join(_owned(application, row.person)) or "没有可以变现的财产。",
        "obligors": list(_obligors(application, row.person, on)),
        "obligors_known": "已查明" if record.obligors_known else "尚未查明",
        "land": _land(record),
        "form": SupportForm(record.form).label if record.form else "",
        "benefit": ChildBenefit(record.child_benefit_choice).label if record.child_benefit_choice else "",
    }


def _labour(row: Participant, record: TekunRecord, on: date) -> Iterator[str]:
    yield f"{age(row.person.birth_date, on)}周岁"
    health = row.person.health or {}
    kind = DisabilityKind(health.get("disability_kind") or DisabilityKind.NONE)
    if record.disabilities:
        yield "、".join(f"{DisabilityKind(each).label}残疾{GRADES[grade]}" for each, grade in record.disabilities)
    elif kind is not DisabilityKind.NONE:
        yield f"{kind.label}残疾{GRADES[int(health.get('disability_grade') or 0)]}"
    if capacity := row.work_capacity or health.get("work_capacity"):
        yield f"劳动能力：{WorkCapacity(capacity).label}"
    if record.school:
        yield f"就读{Schooling(record.school).label}"


def _living(application: Application, person: Person) -> Iterator[str]:
    for income in applications.incomes(application):
        if income.person_id == person.pk:
            yield f"{income.label}{Period(income.period).label}{show(income.amount_fen)}元"


def _owned(application: Application, person: Person) -> Iterator[str]:
    for thing in applications.properties(application):
        if thing.person_id == person.pk:
            yield f"{thing.label}{show(thing.value_fen)}元" if thing.value_fen else thing.label


def _land(record: TekunRecord) -> str:
    said = [
        "易地扶贫搬迁至城镇" if record.relocated else "",
        "拥有承包土地" if record.contracted_land else "",
        "参加农村集体经济收益分配" if record.collective_income else "",
    ]
    return "、".join(part for part in said if part) or "没有承包土地，不参加集体收益分配"


def _obligors(application: Application, person: Person, on: date) -> Iterator[dict[str, Any]]:
    known = {row.obligor_id: row for row in queries.ability_records(application) if row.obligor_id}
    for row in applications.obligors(application):
        if row.supports_id == person.pk:
            record = known.get(row.pk)
            yield {
                "name": row.name,
                "relation": Relation(row.relation).label,
                "age": _age(row, on),
                "state": "；".join(state_of(record)) if record else row.inability_reason,
                "ground": record.ground if record else "",
            }


def _age(row: Obligor, on: date) -> int | None:
    try:
        return age(read_identity(row.identity, allow_unknown_area=True).birth_date, on)
    except BadIdentity:
        return None


def state_of(row: AbilityRecord) -> Iterator[str]:
    """Why an obligor cannot perform the duty, in the words of T8; no amounts, which are the obligor's own."""
    if row.on_tekun:
        yield "特困人员"
    if row.on_dibao:
        yield "最低生活保障对象"
    if grade := int(row.health.get("grade") or 0):
        yield f"{DisabilityKind(row.health['kind']).label}残疾{GRADES[grade]}"
    if row.situation:
        yield ObligorSituation(row.situation).label
    if row.local_ground:
        yield "省级规定的其他情形"
    if row.inquiry:
        way = Inquiry(row.inquiry)
        yield f"收入、财产{way.label}" if way is Inquiry.NONE else f"收入、财产经{way.label}查明"


# -- 生活自理能力评估表 ----------------------------------------------------------------------


def self_care_assessment(
    application: Application,
    record: SelfCareAssessment,
    before: SelfCareAssessment | None,
    borders: Mapping[str, Figure],
) -> dict[str, Any]:
    """Six indicators with the level, and by which borders."""
    partly, lost = borders[PARTLY].as_int(), borders[LOST].as_int()
    failed = [item.label for item in SelfCareItem if not record.items[item.value]]
    return {
        **of_person(application, record.person, "self_care_assessment"),
        "assessed_on": record.assessed_on,
        "place": record.place,
        "body": record.body or letters.township_office(application).name,
        "assessors": list(record.names),
        "items": [
            {"item": item.label, "finding": "能" if record.items[item.value] else "不能"} for item in SelfCareItem
        ],
        "failed": f"{len(failed)}项" + (f"：{'、'.join(failed)}" if failed else ""),
        "level": SelfCare(record.level).label,
        "rule": f"{partly}项以上不能达到为部分丧失，{lost}项以上为完全丧失（{borders[LOST].document}）",
        "previous": previous_level(before),
        "note": record.note,
        "present": record.present,
    }


def previous_level(before: SelfCareAssessment | None) -> str:
    """The level of the last assessment with its day."""
    return f"{SelfCare(before.level).label}（{before.assessed_on:%Y-%m-%d}）" if before else "首次评估"
