"""What a decision changes: people, head, cover, the award's columns and its history, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from yimen.base.access import guards
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.prepared import insert_if_free
from yimen.casework.awards import ending, queries, versions
from yimen.casework.awards.changes import beside, residing
from yimen.casework.awards.changes.apart import head_of, relation_in
from yimen.casework.awards.changes.duties import cause_of
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.changes.household import NEW
from yimen.casework.awards.changes.reporting import phase_before
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase, ChangeFinding
from yimen.casework.households import enrolling
from yimen.casework.households.enrolling import Newcomer, NewHome
from yimen.casework.households.models import Household, Membership, Person
from yimen.casework.households.queries import identity_index
from yimen.law.aftercare.terms import AwardCause, AwardPhase, ChangeEffect, ChangeEvent
from yimen.law.calendar import month_of
from yimen.law.rules.facts_form import household_of
from yimen.law.terms import DisabilityKind, Relation

ACCOUNT = "account_changed"
"""The consequence by which a decided change of account takes effect."""
_STAYS = frozenset({ChangeEffect.UNCHANGED, ChangeEffect.DETAILS_ONLY, ChangeEffect.INCREASE})
"""Effects after which a month held by the report alone is due again."""


def apply(walk: Walk, change: ChangeCase, finding: ChangeFinding, from_month: str) -> None:
    """Carry out the finding from a month; the caller has checked everything that the law asks."""
    entry, effect = FindingEntry.of(finding.entry), ChangeEffect(finding.effect)
    award = change.award
    basis = versions.Basis(ChangeCase.KIND, change.ref, walk.on, walk.officer.staff.pk)
    people = _members(change, entry, walk.on)
    _details(walk, change, finding, entry)
    if effect is ChangeEffect.DETAILS_ONLY:
        residing.carry_out(change, entry)
    if change.held_from and effect in _STAYS:
        _lift(change, basis)
    if effect is ChangeEffect.END:
        end_by(walk, change, from_month, cause_of(change, effect), basis)
        return
    if effect is ChangeEffect.TRANSFER and not _reckoned_there(change, finding):
        return
    before = versions.standing_cover([award.pk]).get(award.pk, [])
    cover = _cover(award, finding, people, entry) if _touches_cover(effect) else before
    said, cause = _said(change, finding, effect, cover), cause_of(change, effect)
    if effect is ChangeEffect.TRANSFER and change.to_village:
        said["urban"], cause = bool(change.to_village.urban), AwardCause.CHANGE
    same = sorted(cover) == sorted(_covered_before(award)) and not _other_facts(finding, entry)
    if from_month:
        versions.add(award, from_month, cause, basis, **said)
    elif not same:
        # The amount stays, but whom or what it rests on is other now.
        month = max(month_of(walk.on), _running_month(award))
        versions.add(award, month, cause, basis, **said)
    _columns(award, finding, effect, entry, written=bool(from_month) or not same)


def _reckoned_there(change: ChangeCase, finding: ChangeFinding) -> bool:
    """Whether a transfer was reckoned by the figures of the new place; else its amount goes along as it is."""
    return bool(finding.reckoned) or finding.after_fen != change.award.monthly_fen


def _covered_before(award: Award) -> list[tuple[int, int]]:
    """Whom the last version covers."""
    last = award.versions.order_by("-seq").first()
    return [(person, fen) for person, fen in last.persons] if last else []


def _other_facts(finding: ChangeFinding, entry: FindingEntry) -> bool:
    """Whether anything was established that a later reckoning has to know."""
    told = entry.leaving or entry.joining or entry.health or entry.new_incomes or entry.incomes or entry.property
    told = told or entry.settled or entry.spent_anew or entry.total_income_fen is not None
    return bool(finding.facts and told)


def _touches_cover(effect: ChangeEffect) -> bool:
    return effect not in {ChangeEffect.SUSPEND, ChangeEffect.GRACE, ChangeEffect.DETAILS_ONLY}


def _running_month(award: Award) -> str:
    return str(award.versions.order_by("-seq").values_list("from_month", flat=True)[0])


def _said(change: ChangeCase, finding: ChangeFinding, effect: ChangeEffect, cover: Any) -> dict[str, Any]:
    """The columns of the further version."""
    said: dict[str, Any] = {"persons": [list(pair) for pair in cover], "category": finding.category}
    if finding.facts:
        facts = household_of(finding.facts)
        said["facts"] = _with_refs(finding.facts, _refs(change, facts))
    if finding.reckoned:
        said["reckoning"] = finding.reckoned
    phase = {ChangeEffect.SUSPEND: AwardPhase.HELD, ChangeEffect.GRACE: AwardPhase.GRACE}.get(
        effect, AwardPhase.RUNNING
    )
    if effect in {ChangeEffect.UNCHANGED, ChangeEffect.TRANSFER}:
        phase = AwardPhase(change.award.phase)
    said["phase"] = phase
    said["monthly_fen"] = 0 if phase is AwardPhase.HELD else finding.after_fen
    return said


def _refs(change: ChangeCase, facts: Any) -> dict[str, str]:
    """The registered reference of everybody who joined, by the one the finding used."""
    known = {
        row.person.identity_index: row.person.ref for row in change.award.household.memberships.select_related("person")
    }
    entry = FindingEntry.of(change.findings.order_by("-id")[0].entry)
    return {f"{NEW}{number}": known[identity_index(row.identity)] for number, row in enumerate(entry.joining, 1)}


def _with_refs(plain: Any, refs: Mapping[str, str]) -> Any:
    """The stored facts with registered references in the place of provisional ones."""
    if isinstance(plain, dict):
        return {key: _with_refs(value, refs) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_with_refs(value, refs) for value in plain]
    return refs.get(plain, plain) if isinstance(plain, str) else plain


# -- people ------------------------------------------------------------------------------


def _members(change: ChangeCase, entry: FindingEntry, on: dt.date) -> dict[str, Person]:
    """Who leaves, who joins, who heads, how everybody is related; people now there by reference (also provisional)."""
    award, home = change.award, change.award.household
    rows = {
        row.person.ref: row
        for row in Membership.objects.filter(household=home, to_on__isnull=True).select_related("person")
    }
    leaving = [rows[ref] for ref in entry.leaving if ref in rows]
    if leaving:
        _leave(change, leaving, entry)
    people = {ref: row.person for ref, row in rows.items() if ref not in set(entry.leaving)}
    people |= _join(home, entry, on)
    head = entry.new_head if entry.new_head in people else ""
    _relate(home, rows, entry, change.findings.order_by("-id")[0].facts)
    if head and people[head].pk != home.head_id:
        enrolling.move_homes({home.pk: {"head_id": people[head].pk}})
        home.head = people[head]
    for row in entry.health:
        _health(people[row.person], row)
    # Who has left by a linked change of another award already is no member any more, but still on this one.
    _uncover(award, entry.leaving)
    return people


def _leave(change: ChangeCase, leaving: list[Membership], entry: FindingEntry) -> None:
    enrolling.leave([row.pk for row in leaving], change.since)
    people = [row.person for row in leaving]
    if change.event == ChangeEvent.DEATH:
        Person.objects.filter(pk__in=[person.pk for person in people]).update(died_on=change.since)
    if change.event == ChangeEvent.SPLIT:
        home = change.award.household
        head = head_of(leaving, entry, home.head_id)
        place = NewHome(home.village, head.person_id, home.group, home.address or "", home.urban)
        [fresh] = enrolling.create_homes([place], change.since)
        others = [(fresh.pk, row.person_id, str(relation_in(row, head, entry))) for row in leaving]
        enrolling.join(others, change.since)


def _join(home: Household, entry: FindingEntry, on: dt.date) -> dict[str, Person]:
    if not entry.joining:
        return {}
    indexes = [identity_index(row.identity) for row in entry.joining]
    known = {person.identity_index: person for person in Person.objects.filter(identity_index__in=indexes)}
    busy = Membership.objects.filter(person__in=known.values(), to_on__isnull=True).select_related(
        "person", "household__head"
    )
    here = {row.person.identity_index for row in busy if row.household_id == home.pk}
    for row in busy:
        if row.household_id == home.pk:
            # A linked change of another award has brought this person into the household already.
            continue
        raise Refused(
            f"{row.person.name}还是“{row.household.head.name}”户的成员，一人只能在一个家庭。请先办理迁出，再作出决定。",
            "in_another_household",
        )
    fresh = [row for row, index in zip(entry.joining, indexes, strict=True) if index not in known]
    for person in enrolling.create_people([Newcomer(row.name, row.identity, row.phone) for row in fresh]):
        known[person.identity_index] = person
    enrolling.join(
        [
            (home.pk, known[index].pk, str(row.relation))
            for row, index in zip(entry.joining, indexes, strict=True)
            if index not in here
        ],
        on,
    )
    found = {}
    for number, (row, index) in enumerate(zip(entry.joining, indexes, strict=True), 1):
        _health(known[index], row)
        found[f"{NEW}{number}"] = known[index]
    return found


def _relate(home: Household, rows: Mapping[str, Membership], entry: FindingEntry, facts: Any) -> None:
    """Everybody's relation turned to the head as the facts after the change have it, without facts as it was told."""
    if not (entry.new_head or entry.relations):
        return
    if facts:
        wanted = {person.ref: str(person.relation) for person in household_of(facts).people}
    elif entry.new_head:
        wanted = {**entry.relations, entry.new_head: str(Relation.SELF)}
    else:
        return
    here = {row.pk: wanted[ref] for ref, row in rows.items() if ref in wanted and ref not in set(entry.leaving)}
    enrolling.relate(here)


def _health(person: Person, row: Any) -> None:
    facts = dict(person.health or {})
    if row.disability_kind:
        facts["disability_kind"] = str(DisabilityKind(row.disability_kind))
        facts["disability_grade"] = row.disability_grade
    facts["illness"] = row.illness
    if row.work_capacity:
        facts["work_capacity"] = row.work_capacity
    person.health = facts
    Person.objects.filter(pk=person.pk).update(health=facts)


def _uncover(award: Award, people: Sequence[str]) -> None:
    AwardPerson.objects.filter(award=award, person__ref__in=people, active=True).update(active=False)


def _cover(
    award: Award, finding: ChangeFinding, people: Mapping[str, Person], entry: FindingEntry
) -> list[tuple[int, int]]:
    """Who is covered from now on, once each, with the supplements that the rules gave."""
    wanted = dict(finding.cover)
    rows = {row.person.ref: row for row in award.persons.filter(active=True).select_related("person")}
    for ref, row in rows.items():
        if ref not in wanted:
            AwardPerson.objects.filter(pk=row.pk).update(active=False)
        elif row.supplement_fen != wanted[ref]:
            AwardPerson.objects.filter(pk=row.pk).update(supplement_fen=wanted[ref])
    fresh = [
        AwardPerson(award=award, person=people[ref], programme=award.programme, single=award.single, supplement_fen=fen)
        for ref, fen in wanted.items()
        if ref not in rows
    ]
    if fresh and not insert_if_free(fresh):
        taken = queries.active_persons([row.person.identity_index for row in fresh])
        words = "；".join(f"{row.person.name}{queries.covered_words(row)}" for row in taken)
        raise Refused(f"{words}。一人不能重复享受，请先办理原保障的变更。", "already_assisted")
    return versions.standing_cover([award.pk]).get(award.pk, [])


# -- the award ---------------------------------------------------------------------------


def _lift(change: ChangeCase, basis: versions.Basis) -> None:
    """The months that the report held back are due again as before."""
    award, phase = change.award, phase_before(change, change.held_from)
    award.phase = phase
    versions.add(award, change.held_from, AwardCause.RESUMED, basis, phase=phase, monthly_fen=award.monthly_fen)
    Award.objects.filter(pk=award.pk).update(phase=phase)


def end_by(walk: Walk, change: ChangeCase, month: str, cause: AwardCause, basis: versions.Basis) -> None:
    """The change ends its award."""
    why = f"变更决定（{walk.on:%Y-%m-%d}）：{cause.label}"
    ending.end(walk, change.award, month, cause, basis, why, by=change)
    opened = beside.edge_is_over(walk, change.award, why, change.handler or change.registered_by, by=change)
    if opened:
        walk.note(beside=opened)


def _columns(award: Award, finding: ChangeFinding, effect: ChangeEffect, entry: FindingEntry, *, written: bool) -> None:
    """How the award stands now; what it would pay stays in its column while it rests."""
    columns: dict[str, Any] = {"category": finding.category} if written else {}
    if effect is ChangeEffect.SUSPEND:
        columns["phase"] = AwardPhase.HELD
    elif effect is ChangeEffect.GRACE:
        columns["phase"] = AwardPhase.GRACE
    elif effect in {ChangeEffect.INCREASE, ChangeEffect.DECREASE, ChangeEffect.RESUME}:
        columns |= {"phase": AwardPhase.RUNNING, "monthly_fen": finding.after_fen}
    elif effect is ChangeEffect.TRANSFER:
        # Reckoned anew, the parts of a sum of 特困 are no longer known; an amount that goes along keeps them.
        anew = finding.after_fen != finding.before_fen
        columns |= {"monthly_fen": finding.after_fen, **({"basic_fen": None, "care_fen": None} if anew else {})}
    if entry.self_care or entry.support_form:
        columns |= {
            "self_care": entry.self_care or award.self_care,
            "support_form": entry.support_form or award.support_form,
        }
        columns |= {"basic_fen": None, "care_fen": None}
    if columns:
        Award.objects.filter(pk=award.pk).update(**columns)
    for name, value in columns.items():
        setattr(award, name, value)


def _details(walk: Walk, change: ChangeCase, finding: ChangeFinding, entry: FindingEntry) -> None:
    """Account, telephone, address. The account is the room's that pays: without its rules nothing is decided (K10, K20)."""
    home = change.award.household
    if entry.account:
        switch = guards.CONSEQUENCES.get(ACCOUNT)
        if switch is None:
            raise Refused("系统缺少发放账户的登记，不能继续办理，请联系系统管理员。", "no_account_rules")
        switch(walk, finding)
    if entry.phone:
        enrolling.correct_phones({home.head_id: entry.phone})
    place = {name: value for name, value in (("group", entry.group), ("address", entry.address)) if value}
    if place:
        enrolling.move_homes({home.pk: place})


def move_in(change: ChangeCase, basis: versions.Basis, month: str) -> None:
    """The receiving township takes the household over with its file and history; the award goes on."""
    award, village = change.award, change.to_village
    if village is None:
        raise ValueError("a transfer within the district says where to")
    home = award.household
    place = {"village_id": village.code, "urban": bool(village.urban)}
    enrolling.move_homes({home.pk: place})
    residing.close(home.pk, change, basis.on, village=village.code)
    Household.objects.filter(pk=home.pk).update(township_id=village.parent_id)
    Award.objects.filter(pk=award.pk).update(township_id=village.parent_id, village_id=village.code)
    award.township, award.village = offices.area(str(village.parent_id)), village
    versions.add(award, month, AwardCause.TRANSFERRED_IN, basis, urban=bool(village.urban))


def close_away(walk: Walk, change: ChangeCase, month: str, basis: versions.Basis) -> None:
    """Moved to another district: ended here, with the hand-over paper."""
    end_by(walk, change, month, AwardCause.TRANSFERRED_OUT, basis)
