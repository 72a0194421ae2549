"""From the rows of a case to the facts that every programme is weighed by (一次申请、分类审核认定)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yimen.base.access.memory import remembered
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application, Participant
from yimen.casework.decisions.gathering import household_facts
from yimen.casework.decisions.standing import standing_of
from yimen.casework.households.models import Obligor
from yimen.casework.investigation import programme_queries as found
from yimen.casework.investigation.models import AbilityRecord, SelfCareAssessment, SpentRow, TekunRecord
from yimen.casework.investigation.programme_entries import SpentEntry
from yimen.casework.verification.means import adopted_means
from yimen.law.reckoning.assessment import Assessment
from yimen.law.rules import HouseholdFacts
from yimen.law.rules.applied import AbilityFacts, ApplicationFacts, SelfCareItem, SpentFacts, TekunFacts
from yimen.law.rules.assess import assess_all
from yimen.law.terms import (
    ChildBenefit,
    DisabilityKind,
    ExpenseKind,
    Inquiry,
    ObligorSituation,
    Period,
    Programme,
    Schooling,
    SupportForm,
)

Standing = Mapping[str, tuple[Programme, ...]]
CARE_ITEMS = tuple(str(item.value) for item in SelfCareItem)


def application_facts(application: Application, on: dt.date) -> ApplicationFacts:
    """Everything known of an application on a day: the household as adopted, and what the other programmes ask.

    What nobody has recorded stays unknown: the programme that needs it is open, neither approved nor refused.
    """
    rows, obligors = applications.participants(application), applications.obligors(application)
    standing = standing_of([row.person.identity_index for row in rows] + [row.identity_index for row in obligors])
    own = {programme for row in rows for programme in standing.get(row.person.identity_index, ())}
    record = found.spending(application)
    return ApplicationFacts(
        _owned(application, household_facts(application, on)),
        tekun=tuple(_tekun(application, rows, standing)),
        abilities=tuple(_abilities(application, rows, obligors, standing, on)),
        spent=tuple(
            spent_facts(row, str(row.pk), row.person.ref if row.person else "") for row in found.spent(application)
        ),
        applied_on=application.applied_on,
        standing=tuple(programme for programme in Programme if programme in own),
        total_income_fen=record.total_income_fen if record else None,
        spent_known=record is not None,
    )


@remembered
def assessment(application: Application, on: dt.date) -> Assessment:
    """Every programme's result of an application on a day, and the proposal. Raises BadFacts."""
    areas = offices.scopes(application.village_id)
    return assess_all(application_facts(application, on), figures.book(), areas, on, application.household.urban)


def _owned(application: Application, household: HouseholdFacts) -> HouseholdFacts:
    """The household with the owners that were established of things declared for it as a whole."""
    owners = found.owners(application)
    if not owners:
        return household
    lines = [line for line in adopted_means(application) if line["means"] == "property"]
    known = {f"property-{number}": owners.get(line.get("property_id", 0), "") for number, line in enumerate(lines, 1)}
    things = [
        replace(thing, owner=thing.owner or known.get("-".join(thing.ref.split("-")[:2]), ""))
        for thing in household.properties
    ]
    return replace(household, properties=tuple(things))


def _tekun(application: Application, rows: Sequence[Participant], standing: Standing) -> Iterator[TekunFacts]:
    """Whoever was asked, assessed, or is supported already."""
    records, cared = found.tekun_records(application), found.self_care(application)
    for row in rows:
        supported = Programme.TEKUN in standing.get(row.person.identity_index, ())
        record, care = records.get(row.person_id), cared.get(row.person_id)
        if record is not None or care is not None or supported:
            yield _tekun_of(row, record, care, supported)


def _tekun_of(
    row: Participant, record: TekunRecord | None, care: SelfCareAssessment | None, supported: bool
) -> TekunFacts:
    cared = {}
    if care is not None:
        cared = {name: bool(care.items[name]) for name in CARE_ITEMS}
        cared |= {"assessed_by": care.body or "、".join(care.names), "assessed_on": care.assessed_on}
    if record is None:
        return TekunFacts(person=row.person.ref, in_tekun=supported, **cared)
    return TekunFacts(
        person=row.person.ref,
        obligors_known=record.obligors_known,
        no_labour_ground=record.no_labour_ground,
        disabilities=tuple((DisabilityKind(kind), int(grade)) for kind, grade in record.disabilities),
        in_tekun=supported,
        school=Schooling(record.school) if record.school else None,
        child_benefit_fits=record.child_benefit_fits,
        child_benefit_choice=ChildBenefit(record.child_benefit_choice) if record.child_benefit_choice else None,
        contracted_land=record.contracted_land,
        collective_income=record.collective_income,
        relocated=record.relocated,
        form=SupportForm(record.form) if record.form else None,
        **cared,
    )


def _abilities(
    application: Application,
    rows: Sequence[Participant],
    obligors: Sequence[Obligor],
    standing: Standing,
    on: dt.date,
) -> Iterator[AbilityFacts]:
    """What was established of each obligor, and of whom the register of awards knows the programme.

    Means of one outside who has not consented, or no longer does, are not used (L41), unless they were found out
    otherwise than by a check (T13).
    """
    stored = found.ability_records(application)
    inside = {row.person_id: row for row in stored if row.person_id}
    outside = {row.obligor_id: row for row in stored if row.obligor_id}
    for row in rows:
        on_now = standing.get(row.person.identity_index, ())
        if row.person_id in inside or on_now:
            yield _ability(inside.get(row.person_id), on_now, person=row.person.ref)
    for each in obligors:
        on_now = standing.get(each.identity_index, ())
        if each.pk in outside or on_now:
            consent = applications.consent_of(application, obligor=each, on=on)
            yield _ability(outside.get(each.pk), on_now, obligor=each.ref, means=consent is not None)


def _ability(
    row: AbilityRecord | None,
    on_now: Sequence[Programme],
    *,
    person: str = "",
    obligor: str = "",
    means: bool = True,
) -> AbilityFacts:
    tekun, dibao = Programme.TEKUN in on_now, Programme.DIBAO in on_now
    if row is None:
        return AbilityFacts(person, obligor, tekun, dibao)
    return AbilityFacts(
        person,
        obligor,
        tekun=tekun or row.on_tekun,
        dibao=dibao or row.on_dibao,
        own_income_fen=row.own_income_fen if means or row.inquiry else None,
        property_fits=row.property_fits if means or row.inquiry else None,
        disability=DisabilityKind(row.health.get("kind") or DisabilityKind.NONE),
        disability_grade=int(row.health.get("grade") or 0),
        situation=ObligorSituation(row.situation) if row.situation else None,
        local_ground=row.local_ground,
        unestablished=row.inquiry == Inquiry.NONE,
    )


def spent_facts(row: SpentRow | SpentEntry, ref: str, person: str) -> SpentFacts:
    """An expense as it is kept, or as it is handed in, under a reference; ``person`` is whose it is, empty for the household's."""
    return SpentFacts(
        ref=ref,
        kind=ExpenseKind(row.kind),
        amount_fen=row.amount_fen,
        person=person,
        paid_on=row.paid_on,
        period=Period(row.period) if row.period else None,
        label=row.label,
        reimbursed_fen=row.reimbursed_fen,
        public_fee_fen=row.public_fee_fen,
        schooling=Schooling(row.schooling) if row.schooling else None,
        designated=row.designated,
        receipt=row.receipt,
        recognised=row.recognised,
        item=row.item,
    )
