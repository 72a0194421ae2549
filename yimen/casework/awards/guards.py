"""What follows a decision to approve: the household enters assistance, in the same transaction (I2)."""

from __future__ import annotations

from django.db import IntegrityError

from yimen.base.access.guards import consequence, guard
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.prepared import insert, insert_if_free
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.awards import queries, versions
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.decisions import queries as decisions
from yimen.casework.decisions.queries import Covered
from yimen.casework.households.models import Person
from yimen.law.aftercare.terms import AwardCause

NUMBER_MARK = "Z"


@guard("nobody_on_assistance")
def nobody_on_assistance(application: Application, walk: Walk) -> str | None:
    """A person already on basic assistance does not apply for it again (rules.md §10)."""
    people = [row.person.identity_index for row in applications.participants(application)]
    if not queries.any_active(people):
        return None
    taken = queries.active_persons(people)
    words = "；".join(f"{row.person.name}{queries.covered_words(row)}" for row in taken)
    return f"{words}。家庭情况有变化的，请办理变更，不重复申请。"


@consequence("grant_award")
def grant_award(walk: Walk, application: Application) -> None:
    """Open the award that the decision just made provides for, with one row per covered person."""
    decision = decisions.decision_of(application)
    if decision is None or not decision.approve or decision.recertify_on is None:
        raise ValueError("an award follows only a decision to approve")
    covered = decisions.covered_persons(decision.opinion)
    wanted = {row.person_ref for row in covered}
    people = {row.person.ref: row.person for row in applications.participants(application) if row.person.ref in wanted}
    if not covered or set(people) != wanted:
        raise ValueError("an award covers the persons of its decision")
    _refuse_if_assisted(list(people.values()))
    award = Award(
        number=f"{NUMBER_MARK}{application.number}",
        household_id=application.household_id,
        application=application,
        decision=decision,
        programme=application.programme,
        township_id=application.township_id,
        village_id=application.village_id,
        category=decision.category,
        monthly_fen=decision.amount_fen,
        start_month=decision.start_month,
        recertify_on=decision.recertify_on,
    )
    insert([award])
    _cover(award, covered, people)
    cover = [(people[row.person_ref].pk, row.supplement_fen) for row in covered]
    basis = versions.Basis("decision", decision.ref, walk.on, walk.officer.staff.pk)
    versions.open_history([(award, cover, application.household.urban)], AwardCause.GRANTED, basis)
    walk.note(award=award.number, award_from=award.start_month)


def _refuse_if_assisted(people: list[Person]) -> None:
    indexes = [person.identity_index for person in people]
    if queries.any_active(indexes):
        taken = queries.active_persons(indexes)
        words = "；".join(
            f"{row.person.name}已在{row.award.household.head.name}家庭享受{row.label}（{row.award.number}，自 {row.award.start_month}）"
            for row in taken
        )
        raise Refused(f"{words}。一人不能重复享受，请核实后退回本件，或先办理原保障的变更。", "already_assisted")


def _cover(award: Award, covered: list[Covered], people: dict[str, Person]) -> None:
    rows = [
        AwardPerson(
            award=award, person=people[row.person_ref], programme=award.programme, supplement_fen=row.supplement_fen
        )
        for row in covered
    ]
    if not insert_if_free(rows):
        # Another household's award was granted between the look and the write: the constraint holds, the words follow.
        _refuse_if_assisted(list(people.values()))
        raise IntegrityError("one_active_award_per_person_and_programme")
