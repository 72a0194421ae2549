"""What 特困 asks of a person and of those who owe support, recorded while a case is investigated or examined.

Nothing is decided here: the rules weigh what stands in the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from yimen.base.access.acts import act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.prepared import insert
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application, Participant
from yimen.casework.households.models import Obligor
from yimen.casework.investigation import programme_papers as papers, programme_queries as queries
from yimen.casework.investigation.inquiries import check_inquiry
from yimen.casework.investigation.programme_checks import known, listed, participant, wrong
from yimen.casework.investigation.programme_entries import AbilityEntry, TekunEntry
from yimen.casework.investigation.programme_models import AbilityRecord, OwnerRecord, TekunRecord
from yimen.law.calendar import age
from yimen.law.rules.members import ADULT
from yimen.law.terms import ChildBenefit, DisabilityKind, ObligorSituation, Schooling, SupportForm


@act("record_tekun_facts", Application)
def record_tekun_facts(walk: Walk, application: Application, *, entry: TekunEntry) -> None:
    """What 特困 asks of one member and of those who owe the member support; a correction is recorded anew."""
    row = participant(application, entry.person_ref, "tekun-person")
    _check_tekun(application, entry, row, walk.on)
    obligors = {each.ref: each for each in applications.obligors(application)}
    people = {each.person.ref: each for each in applications.participants(application)}
    for number, ability in enumerate(entry.abilities):
        _check_ability(application, ability, f"abilities-{number}", obligors, people, walk.on)
    record = TekunRecord(
        application=application,
        person=row.person,
        obligors_known=entry.obligors_known,
        no_labour_ground=entry.no_labour_ground,
        disabilities=[[kind, grade] for kind, grade in entry.disabilities],
        school=entry.school,
        child_benefit_fits=entry.child_benefit_fits,
        child_benefit_choice=entry.child_benefit_choice if entry.child_benefit_fits else "",
        contracted_land=entry.contracted_land,
        collective_income=entry.collective_income,
        relocated=entry.relocated,
        form=entry.form,
        recorded_on=walk.on,
        recorded_by=walk.officer.staff,
    )
    insert([record])
    changed = list(_changed(application, entry.abilities))
    insert([_ability(walk, application, each, obligors, people) for each in changed])
    insert(list(_owners(walk, application, entry, people)))
    walk.issue("tekun_statement", papers.tekun_statement(application, row, record, walk.on))
    walk.note(person=row.person.ref, obligors_known=entry.obligors_known, abilities=len(changed), form=entry.form)


def _check_tekun(application: Application, entry: TekunEntry, row: Participant, on: date) -> None:
    known(Schooling, entry.school, "tekun-school", "就读学校")
    known(SupportForm, entry.form, "tekun-form", "供养形式")
    known(ChildBenefit, entry.child_benefit_choice, "tekun-child_benefit_choice", "选择的项目")
    listed(application, queries.NO_LABOUR, entry.no_labour_ground, "tekun-no_labour_ground")
    if entry.child_benefit_fits and age(row.person.birth_date, on) >= ADULT:
        raise wrong("tekun-child_benefit_fits", "已满18周岁，不再符合孤儿、事实无人抚养儿童的条件，请核对。")
    kinds = {str(kind.value) for kind in DisabilityKind} - {DisabilityKind.NONE, DisabilityKind.MULTIPLE}
    if any(kind not in kinds or not 1 <= grade <= 4 for kind, grade in entry.disabilities):
        raise wrong("tekun-disabilities", "各类残疾应逐一写明类别和等级（一至四级），例如 肢体二级、视力一级。")


def _check_ability(
    application: Application,
    entry: AbilityEntry,
    where: str,
    obligors: dict[str, Obligor],
    people: dict[str, Participant],
    on: date,
) -> None:
    inside, outside = people.get(entry.person_ref), obligors.get(entry.obligor_ref)
    if (inside is None) == (outside is None):
        raise Refused("义务人名单已经变动，请刷新页面后重新填写。", "abilities", 422)
    known(ObligorSituation, entry.situation, f"{where}-situation", "特别情形")
    known(DisabilityKind, entry.disability, f"{where}-disability", "残疾类别")
    listed(application, queries.OBLIGOR_GROUNDS, entry.local_ground, f"{where}-local_ground")
    if (entry.disability != DisabilityKind.NONE) != bool(entry.disability_grade):
        raise wrong(f"{where}-disability_grade", "残疾类别和等级应当同时填写。")
    if entry.own_income_fen is not None and entry.own_income_fen < 0:
        raise wrong(f"{where}-own_income", "金额不能是负数。")
    check_inquiry(application, entry, where, outside, on)
    if not entry.empty and not entry.ground.strip():
        raise wrong(f"{where}-ground", "请写明是怎么查明的，例如残疾人证、判决书、邻里访问。")


def _owners(
    walk: Walk, application: Application, entry: TekunEntry, people: dict[str, Participant]
) -> Iterator[OwnerRecord]:
    """Owners that were not stored so before. Refuses things and people of elsewhere."""
    things = {thing.pk: thing for thing in queries.shared_things(application)}
    stored = queries.owners(application)
    for number, (key, ref) in enumerate(entry.owners):
        if key not in things or ref not in people:
            raise wrong(f"owners-{number}-owner", "请选择归哪位家庭成员所有。")
        if stored.get(key) != ref:
            yield OwnerRecord(
                application=application,
                thing=things[key],
                person=people[ref].person,
                recorded_on=walk.on,
                recorded_by=walk.officer.staff,
            )


def _changed(application: Application, entries: Iterable[AbilityEntry]) -> Iterator[AbilityEntry]:
    """Those that say something else than what is stored; an empty one only where something was stored."""
    stored = {_entry_of(row) for row in queries.ability_records(application)}
    keys = {(each.person_ref, each.obligor_ref) for each in stored}
    for entry in entries:
        stood = (entry.person_ref, entry.obligor_ref) in keys
        if entry not in stored and (stood or not entry.empty):
            yield entry


def _entry_of(row: AbilityRecord) -> AbilityEntry:
    return AbilityEntry(
        person_ref=row.person.ref if row.person else "",
        obligor_ref=row.obligor.ref if row.obligor else "",
        on_tekun=row.on_tekun,
        on_dibao=row.on_dibao,
        own_income_fen=row.own_income_fen,
        property_fits=row.property_fits,
        disability=str(row.health.get("kind") or "none"),
        disability_grade=int(row.health.get("grade") or 0),
        situation=row.situation,
        local_ground=row.local_ground,
        ground=row.ground,
        inquiry=row.inquiry,
    )


def _ability(
    walk: Walk,
    application: Application,
    entry: AbilityEntry,
    obligors: dict[str, Obligor],
    people: dict[str, Participant],
) -> AbilityRecord:
    inside = people.get(entry.person_ref)
    health = {"kind": entry.disability, "grade": entry.disability_grade} if entry.disability_grade else {}
    return AbilityRecord(
        application=application,
        person=inside.person if inside else None,
        obligor=obligors.get(entry.obligor_ref),
        on_tekun=entry.on_tekun,
        on_dibao=entry.on_dibao,
        own_income_fen=entry.own_income_fen,
        property_fits=entry.property_fits,
        health=health,
        situation=entry.situation,
        local_ground=entry.local_ground,
        ground=entry.ground.strip()[:200],
        inquiry=entry.inquiry,
        recorded_on=walk.on,
        recorded_by=walk.officer.staff,
    )
