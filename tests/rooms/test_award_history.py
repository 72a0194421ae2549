"""The award as a history by month, and exclusivity between programmes held by the database (rules.md §10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.rooms.examined import World, build, examined
from tests.rooms.ledgers import code, families, family, take
from tests.rooms.test_awards import approved
from tests.rooms.test_decisions import PROPOSED
from tests.rooms.world import World as District
from yimen.casework.awards import acts, queries, versions
from yimen.casework.awards.consistency import OutOfStep, out_of_step
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion
from yimen.law.aftercare.terms import AwardCause, AwardPhase
from yimen.law.terms import Programme

Travel = Callable[[date], None]
BASIS = versions.Basis("test", "x", date(2026, 11, 24))


@pytest.fixture
def examining(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


def beside(award: Award, programme: Programme, *, single: bool = False, **more: object) -> AwardPerson:
    """The same person on a further award of a programme."""
    person = queries.persons(award)[0].person
    fields = {
        "number": f"{award.number}-{programme}-{single}",
        "household": award.household,
        "application": award.application,
        "decision": award.decision,
        "programme": programme,
        "township": award.township,
        "village": award.village,
        "monthly_fen": 0 if programme in (Programme.EDGE, Programme.RIGID_EXPENDITURE) else 100,
        "start_month": award.start_month,
        "single": single,
        **more,
    }
    with transaction.atomic():
        other = Award.objects.create(**fields)
        return AwardPerson.objects.create(award=other, person=person, programme=programme, single=single)


def test_a_decision_begins_the_history(examining: World, travel: Travel) -> None:
    award = approved(examining, examined(examining), travel)
    version = AwardVersion.objects.get(award=award)
    assert (version.seq, version.from_month, version.monthly_fen) == (1, award.start_month, award.monthly_fen)
    assert (version.cause, version.phase) == (AwardCause.GRANTED, AwardPhase.RUNNING)
    assert version.persons == [[row.person_id, row.supplement_fen] for row in queries.persons(award)]
    assert (version.basis_kind, version.basis_ref) == ("decision", award.decision.ref)


def test_a_ledger_and_its_undoing_stand_in_the_history(world: District) -> None:
    run = take(world, families(world, 2))
    assert {row.cause for row in AwardVersion.objects.all()} == {AwardCause.TAKEN_OVER}
    head = world.head()
    acts.undo_ledger(head, ref=run.ref, reason="拿错了文件", code=code(head))
    acts.carry_on(head, run.ref)
    for award in Award.objects.all():
        first, last = AwardVersion.objects.filter(award=award).order_by("seq")
        assert first.monthly_fen > 0
        assert (last.phase, last.monthly_fen, last.from_month) == (AwardPhase.VOIDED, 0, first.from_month)


def test_a_version_is_never_rewritten(examining: World, travel: Travel) -> None:
    award = approved(examining, examined(examining), travel)
    with pytest.raises(DatabaseError), transaction.atomic():
        AwardVersion.objects.filter(award=award).update(monthly_fen=1)


def test_a_further_version_keeps_what_is_not_said(examining: World, travel: Travel) -> None:
    award = approved(examining, examined(examining), travel)
    row = versions.add(award, "2027-01", AwardCause.CHANGE, BASIS, monthly_fen=77700)
    assert (row.seq, row.monthly_fen, row.category) == (2, 77700, award.category)
    assert row.persons == AwardVersion.objects.get(award=award, seq=1).persons


def test_nothing_is_due_while_an_award_rests(examining: World, travel: Travel) -> None:
    award = approved(examining, examined(examining), travel)
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.add(award, "2027-01", AwardCause.SUSPENDED, BASIS, phase=AwardPhase.HELD)


@pytest.mark.parametrize("programme", [Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE])
def test_who_is_on_dibao_is_on_nothing_else(examining: World, travel: Travel, programme: Programme) -> None:
    award = approved(examining, examined(examining), travel)
    with pytest.raises(IntegrityError):
        beside(award, programme, valid_to=date(2027, 10, 31))


def test_only_single_dibao_goes_beside_edge_and_never_beside_rigid(examining: World, travel: Travel) -> None:
    award = approved(examining, examined(examining), travel)
    AwardPerson.objects.filter(award=award).update(active=False)
    edge = beside(award, Programme.EDGE)
    single = beside(award, Programme.DIBAO, single=True)
    with pytest.raises(IntegrityError):
        beside(award, Programme.TEKUN)
    AwardPerson.objects.filter(pk=edge.pk).update(active=False)
    with pytest.raises(IntegrityError):
        beside(award, Programme.RIGID_EXPENDITURE, valid_to=date(2027, 10, 31))
    assert AwardPerson.objects.get(pk=single.pk).active


def test_rigid_expenditure_always_expires(examining: World, travel: Travel) -> None:
    award = approved(examining, examined(examining), travel)
    AwardPerson.objects.filter(award=award).update(active=False)
    with pytest.raises(IntegrityError):
        beside(award, Programme.RIGID_EXPENDITURE)


# -- the standing rule -------------------------------------------------------------------


def test_the_columns_of_every_award_are_those_of_its_last_version(world: District) -> None:
    """After a ledger, a further one that corrects it, the undoing of that, and a third one undone as a whole."""
    rows = families(world, 6)
    take(world, rows)
    assert out_of_step() == []
    more = take(world, [replace(row, monthly_fen=row.monthly_fen + 5_000, category="B") for row in rows[:3]])
    assert Award.objects.filter(category="B", versions__seq=2).count() == 3 and out_of_step() == []
    head = world.head()
    acts.undo_ledger(head, ref=more.ref, reason="拿错了文件", code=code(head))
    acts.carry_on(head, more.ref)
    assert AwardVersion.objects.filter(seq=3).count() == 3 and out_of_step() == []
    last = take(world, [family(world, 90)])
    acts.undo_ledger(head, ref=last.ref, reason="拿错了文件", code=code(head))
    acts.carry_on(head, last.ref)
    assert Award.objects.filter(voided_on__isnull=False).count() == 1 and out_of_step() == []


def test_an_award_of_a_decision_keeps_the_rule(examining: World, travel: Travel) -> None:
    approved(examining, examined(examining), travel)
    assert out_of_step() == []


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"monthly_fen": 1}, ("金额",)),
        ({"category": "X"}, ("类别",)),
        ({"phase": AwardPhase.HELD}, ("状态",)),
        ({"phase": AwardPhase.ENDED, "end_month": "2026-12"}, ("状态", "停止月份")),
    ],
)
def test_a_column_that_was_changed_alone_is_found(
    world: District, columns: dict[str, Any], what: tuple[str, ...]
) -> None:
    take(world, families(world, 3))
    award = Award.objects.order_by("id")[1]
    Award.objects.filter(pk=award.pk).update(**columns)
    assert out_of_step() == [OutOfStep(award.number, what)]


def test_a_version_or_a_person_alone_is_found_and_a_resting_award_keeps_its_amount(world: District) -> None:
    take(world, families(world, 4))
    held, ended, alone, left = Award.objects.order_by("id")
    versions.add(held, "2026-12", AwardCause.SUSPENDED, BASIS, phase=AwardPhase.HELD, monthly_fen=0)
    versions.add(ended, "2026-12", AwardCause.ENDED, BASIS, phase=AwardPhase.ENDED, monthly_fen=0, persons=[])
    Award.objects.filter(pk=held.pk).update(phase=AwardPhase.HELD)
    Award.objects.filter(pk=ended.pk).update(phase=AwardPhase.ENDED, end_month="2026-12")
    assert out_of_step() == []
    versions.add(alone, "2026-12", AwardCause.CHANGE, BASIS, monthly_fen=alone.monthly_fen + 1)
    AwardPerson.objects.filter(pk=queries.persons(left)[0].pk).update(active=False)
    assert {each.number: each.what for each in out_of_step()} == {alone.number: ("金额",), left.number: ("保障人员",)}
