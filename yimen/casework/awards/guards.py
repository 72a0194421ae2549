"""What follows a decision to approve: the household enters assistance, in the same transaction (I2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError

from yimen.base.access.guards import consequence, guard
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.prepared import insert, insert_if_free
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.awards import queries, successions, versions
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.decisions import queries as decisions
from yimen.casework.decisions.grants import Grant
from yimen.casework.decisions.models import Decision
from yimen.casework.households.models import Person
from yimen.law.aftercare.terms import AwardCause
from yimen.law.terms import Programme

SUPPORTED = (Programme.DIBAO, Programme.TEKUN)
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
    """Open an award for every grant of the decision just made, with one row per covered person.

    A recognition that these persons hold and that the decision takes the place of ends with it.
    """
    decision = decisions.decision_of(application)
    if decision is None or not decision.approve:
        raise ValueError("an award follows only a decision to approve")
    grants = decisions.grants_of(decision.opinion)
    wanted = {ref for grant in grants for ref in grant.persons}
    people = {row.person.ref: row.person for row in applications.participants(application) if row.person.ref in wanted}
    if not grants or any(not grant.covered for grant in grants) or set(people) != wanted:
        raise ValueError("an award covers the persons of its decision")
    _refuse_if_assisted([person for grant in grants if grant.programme in SUPPORTED for person in _of(grant, people)])
    replaced = successions.replace_recognitions(walk, decision, grants, people)
    basis = versions.Basis("decision", decision.ref, walk.on, walk.officer.staff.pk)
    opened = [_open(application, decision, grant, number, people) for number, grant in enumerate(grants, start=1)]
    history = []
    for award, grant in zip(opened, grants, strict=True):
        cover = [(people[ref].pk, fen) for ref, fen in grant.covered]
        history.append((award, cover, grant.urban))
    versions.open_history(history, AwardCause.GRANTED, basis)
    walk.note(award=opened[0].number, award_from=opened[0].start_month)
    if len(opened) > 1 or replaced:
        walk.note(awards=[award.number for award in opened], replaced=replaced)


def _of(grant: Grant, people: Mapping[str, Person]) -> list[Person]:
    return [people[ref] for ref, _ in grant.covered]


def _open(
    application: Application, decision: Decision, grant: Grant, number: int, people: Mapping[str, Person]
) -> Award:
    """One award with its covered persons; a second one of the same decision has its number behind that of the case."""
    terms = decisions.terms_of_grant(decision, grant)
    award = Award(
        number=f"{NUMBER_MARK}{application.number}{f'-{number}' if number > 1 else ''}",
        household_id=application.household_id,
        application=application,
        decision=decision,
        programme=grant.programme,
        township_id=application.township_id,
        village_id=application.village_id,
        category=grant.category,
        monthly_fen=grant.amount_fen,
        single=grant.single,
        self_care=grant.self_care,
        support_form=grant.support_form,
        basic_fen=grant.basic_fen,
        care_fen=grant.care_fen,
        start_month=terms.start_month,
        recertify_on=terms.recertify_on,
        valid_to=terms.valid_to,
    )
    insert([award])
    _cover(award, grant, people)
    return award


def _refuse_if_assisted(people: list[Person]) -> None:
    indexes = [person.identity_index for person in people]
    if queries.any_active(indexes):
        raise _already(queries.active_persons(indexes))


def _already(taken: Sequence[AwardPerson]) -> Refused:
    words = "；".join(
        f"{row.person.name}已在{row.award.household.head.name}家庭享受{row.label}（{row.award.number}，自 {row.award.start_month}）"
        for row in taken
    )
    return Refused(f"{words}。一人不能重复享受，请核实后退回本件，或先办理原保障的变更。", "already_assisted")


def _cover(award: Award, grant: Grant, people: Mapping[str, Person]) -> None:
    rows = [
        AwardPerson(award=award, person=people[ref], programme=award.programme, single=award.single, supplement_fen=fen)
        for ref, fen in grant.covered
    ]
    if not insert_if_free(rows):
        # Another household's award was granted between the look and the write: the constraint holds, the words follow.
        who = _of(grant, people)
        _refuse_if_assisted(who)
        if held := queries.held_by([person.identity_index for person in who]):
            raise _already(held)
        raise IntegrityError("one_household_programme_per_person")
