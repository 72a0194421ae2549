"""生活自理能力评估: six indicators, and the level that follows by the borders in force (T20 to T22)."""

from __future__ import annotations

from datetime import date

from yimen.base.access.acts import act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices.models import Staff
from yimen.base.prepared import insert
from yimen.casework.applications.models import Application
from yimen.casework.investigation import programme_papers as papers, programme_queries as queries, team
from yimen.casework.investigation.programme_checks import participant, wrong
from yimen.casework.investigation.programme_entries import SelfCareEntry
from yimen.casework.investigation.programme_models import SelfCareAssessment
from yimen.law.rules.applied import SelfCareItem
from yimen.law.rules.tekun_amount import LOST, PARTLY, level_of


@act("assess_self_care", Application)
def assess_self_care(walk: Walk, application: Application, *, entry: SelfCareEntry) -> None:
    """Six indicators, and the level that follows by the borders in force (T20 to T22). Raises Unset without borders."""
    row = participant(application, entry.person_ref, "care-person")
    people = _check_care(application, entry, walk.on)
    borders = {key: figures.figure(key, application.village_id, entry.assessed_on) for key in (PARTLY, LOST)}
    level = level_of(sum(not entry.items[item] for item in SelfCareItem), borders)
    before = queries.self_care(application).get(row.person.pk)
    record = SelfCareAssessment(
        application=application,
        person=row.person,
        items={str(item.value): entry.items[item] for item in SelfCareItem},
        level=level,
        assessed_on=entry.assessed_on,
        place=entry.place.strip()[:100],
        body=entry.body.strip()[:120],
        names=[*(person.name for person in people), *(name.strip() for name in entry.outside if name.strip())],
        present=entry.present.strip()[:100],
        note=entry.note.strip()[:300],
        recorded_on=walk.on,
        recorded_by=walk.officer.staff,
    )
    insert([record])
    through = SelfCareAssessment.assessors.through
    insert([through(selfcareassessment_id=record.pk, staff_id=person.pk) for person in people])
    walk.issue("self_care_assessment", papers.self_care_assessment(application, record, before, borders))
    walk.note(person=row.person.ref, assessment=record.ref, assessors=record.names, body=record.body)


def _check_care(application: Application, entry: SelfCareEntry, on: date) -> list[Staff]:
    for item in SelfCareItem:
        if entry.items.get(item) is None:
            raise wrong(f"care-{item.value}", f"请选择能不能{item.label}。")
    for name, text, sentence in (
        ("place", entry.place, "请填写评估地点。"),
        ("present", entry.present, "请填写在评估表上签字的本人或者照料人。"),
    ):
        if not text.strip():
            raise wrong(f"care-{name}", sentence)
    if entry.assessed_on > on:
        raise wrong("care-assessed_on", "评估日期不能晚于今天，请核对。")
    if entry.assessed_on < application.applied_on:
        raise wrong("care-assessed_on", f"评估日期早于申请日期（{application.applied_on:%Y-%m-%d}），请核对。")
    if entry.body.strip():
        if not any(name.strip() for name in entry.outside):
            raise wrong("care-outside", "请填写第三方机构的评估人员姓名。")
        return []
    if not entry.assessors:
        raise wrong("care-assessors", "请选择评估人员；委托第三方评估的，填写机构和评估人员。")
    return _assessors(application, entry)


def _assessors(application: Application, entry: SelfCareEntry) -> list[Staff]:
    """Officers of the place, none a relative (T20; K18)."""
    try:
        people = team.people_of(entry.assessors, entry.assessed_on)
        places = {application.village_id, application.township_id, application.township_id[:6]}
        if names := [person.name for person in people if person.office.area_id not in places]:
            raise Refused(f"{'、'.join(names)}不是本村（社区）、本乡街或本区的工作人员，请重新选择。", "elsewhere", 422)
        team.check_unrelated(application, people)
    except Refused as refused:
        raise Refused(refused.sentence, refused.code, 422, "care-assessors") from refused
    return people
