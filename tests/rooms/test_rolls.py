"""The roll of a month: composed from the history, released by three persons, frozen once; nobody is paid twice (K4)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.rooms import rolls
from tests.rooms.ledgers import code, family, take
from tests.rooms.world import World, make_world
from yimen.base.access.refusal import Refused
from yimen.casework.awards import versions
from yimen.casework.awards.changes import money
from yimen.casework.awards.models import Award, AwardVersion, Balance, ChangeCase
from yimen.casework.payments import acts, roll_queries as queries
from yimen.casework.payments.models import DraftLine, PayKey, PayLine, PayPart
from yimen.casework.payments.rolls import freezing
from yimen.law import calendar
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.aftercare.terms import AwardCause
from yimen.law.payments.line import Part, amounts
from yimen.law.payments.terms import LeftOut, PartKind, RollState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    found = make_world()
    rolls.settled(found)
    return found


def test_a_roll_pays_what_the_history_says(world: World) -> None:
    roll = rolls.frozen(world)
    assert roll.state == RollState.DONE
    lines = list(PayLine.objects.filter(roll=roll))
    assert [line.total_fen for line in lines] == [line.award.monthly_fen for line in lines]
    assert len(lines) == Award.objects.count() == roll.counts["households"]
    assert PayKey.objects.count() == sum(line.persons for line in lines) == roll.counts["persons"]
    assert all(line.account_id for line in lines)
    assert not queries.tampered(roll)
    assert not DraftLine.objects.filter(roll=roll).exists()


def _award(number: int = 0) -> Award:
    return Award.objects.order_by("pk")[number]


def _raise(award: Award, fen: int, month: str = rolls.MONTH, **more: object) -> None:
    said = versions.Basis("x", "x", calendar.today())
    versions.add(award, month, AwardCause.CHANGE, said, monthly_fen=fen, **more)


def _balance(award: Award, kind: BalanceKind, month: str, fen: int, ref: str = "b1") -> Balance:
    return Balance.objects.create(
        award=award, basis_kind="change", basis_ref=ref, kind=kind, month=month, fen=fen, cause="增发补差", on=calendar.today()
    )  # fmt: skip


def _hold(world: World, award: Award) -> object:
    return acts.place_hold(world.handler(), award=award.ref, kind="identity", words="身份证号码待核实")


def _free(world: World, hold: object) -> None:
    acts.free_hold(world.head(), refs=[hold.ref], reason="已核实")


def test_every_line_says_what_the_law_says_of_its_parts(world: World) -> None:
    first, second_ = _award(0), _award(1)
    covered = AwardVersion.objects.filter(award=first).get().persons
    _raise(first, 60_000, persons=[[person, 5_000] for person, _ in covered])
    _balance(second_, BalanceKind.ARREARS, "2026-09", 3_300)
    _balance(second_, BalanceKind.ARREARS, "2026-10", 1_100)
    roll = rolls.drawn(world)
    for line in DraftLine.objects.filter(roll=roll):
        version = line.version
        held = [Part(PartKind(part.kind), part.month, part.fen) for part in roll.parts.filter(award=line.award)]
        said = amounts(version.monthly_fen, sum(fen for _, fen in version.persons), held)
        stored = (line.base_fen, line.supplement_fen, line.addition_fen, line.arrears_fen, line.recovery_fen)
        assert stored == (said.base_fen, said.supplement_fen, said.addition_fen, said.arrears_fen, said.recovery_fen)
        assert line.total_fen == said.total_fen
    raised = DraftLine.objects.get(roll=roll, award=first)
    assert raised.covered == ",".join(f"{person}:5000" for person, _ in covered)
    assert DraftLine.objects.get(roll=roll, award=second_).arrears_fen == 4_400


def test_a_balance_is_paid_once_and_one_of_the_month_itself_not_at_all(world: World) -> None:
    award = _award()
    paid, own = (_balance(award, BalanceKind.ARREARS, month, 2_000) for month in ("2026-10", rolls.MONTH))
    rolls.frozen(world)
    line = PayLine.objects.get(award=award)
    assert line.arrears_fen == 2_000
    assert {part.balance_id: (part.kind, part.fen) for part in line.parts.all()} == {
        paid.pk: (PartKind.ARREARS, 2_000), own.pk: (PartKind.ABSORBED, 0),
    }  # fmt: skip
    rolls.frozen(world, "2026-12")
    assert PayLine.objects.get(award=award, month="2026-12").arrears_fen == 0


def test_who_is_held_is_left_out_and_made_good_later_with_the_month_kept_from_others(world: World) -> None:
    award = _award()
    hold = _hold(world, award)
    roll = rolls.frozen(world)
    assert roll.counts["left_out"] == 1
    assert DraftLine.objects.get(roll=roll).left_out == LeftOut.HELD
    assert not PayLine.objects.filter(award=award).exists()
    _free(world, hold)
    _balance(award, BalanceKind.OVERPAID, rolls.MONTH, 700)
    rolls.frozen(world, "2026-12")
    line = PayLine.objects.get(award=award)
    assert line.arrears_fen == award.monthly_fen
    assert sorted({key.month for key in line.keys.all()}) == [rolls.MONTH, "2026-12"]
    kinds = {part.kind for part in line.parts.all()}
    assert kinds == {PartKind.MISSED, PartKind.ABSORBED}, "what was never paid is not taken back"


def test_who_was_left_out_comes_into_a_further_roll_of_the_same_month(world: World) -> None:
    award = _award()
    hold = _hold(world, award)
    rolls.frozen(world)
    with pytest.raises(Refused, match="补充名册"):
        rolls.drawn(world)
    _free(world, hold)
    further = rolls.frozen(world, awards=[award.ref])
    assert [line.award_id for line in PayLine.objects.filter(roll=further)] == [award.pk]
    rolls.frozen(world, "2026-12")
    assert PayLine.objects.get(award=award, month="2026-12").arrears_fen == 0


def test_three_persons_and_none_of_them_took_part(world: World) -> None:
    roll = rolls.drawn(world)
    with pytest.raises(Refused, match="撤回|编制"):
        acts.submit_roll(rolls.cashier(world), ref=roll.ref)
    rolls.approved(world, roll)
    releaser = rolls.cashier(world)
    run = _award().run
    type(run).objects.filter(pk=run.pk).update(proposed_by=releaser.staff)
    with pytest.raises(Refused, match="6 户由您调查"):
        acts.release_roll(releaser, ref=roll.ref, code=code(releaser))
    for name in ("approved_by", "released_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(roll).objects.filter(pk=roll.pk).update(**{name: roll.proposed_by_id})


def test_nobody_is_paid_twice_for_a_month(world: World) -> None:
    one, other = _award(0), _award(1)
    rolls.frozen(world, "2026-10")
    person = PayKey.objects.filter(line__award=one).first()
    covered = AwardVersion.objects.filter(award=other).latest("seq").persons
    _raise(other, other.monthly_fen, persons=[*covered, [person.person_id, 0]])
    roll = rolls.frozen(world)
    assert DraftLine.objects.get(roll=roll).award_id == other.pk, "the first of the two is paid"
    with pytest.raises(IntegrityError), transaction.atomic():
        PayKey.objects.create(
            line=person.line, person_id=person.person_id, programme=person.programme, month=rolls.MONTH
        )


def test_what_was_decided_since_the_preview_asks_for_a_new_one(world: World) -> None:
    roll = rolls.drawn(world)
    _raise(_award(), 40_000)
    with pytest.raises(Refused, match="1 户"):
        acts.submit_roll(world.handler(), ref=roll.ref)
    roll = acts.draw_up_roll(world.handler(), roll.ref)
    rolls.approved(world, roll)
    _raise(_award(1), 50_000)
    by = rolls.cashier(world)
    with pytest.raises(Refused, match="重新编制"):
        acts.release_roll(by, ref=roll.ref, code=code(by))
    back = acts.return_roll(by, ref=roll.ref, reason="有户变动")
    assert (back.state, back.approved_by_id) == (RollState.PREVIEWED, None)


def test_what_is_decided_while_the_roll_is_being_frozen_is_left_out_and_paid_as_decided(world: World) -> None:
    """Of its difference nobody would know: the change finds no line yet, the line no change."""
    roll = rolls.released(world, rolls.drawn(world))
    raised, later = _award(), _award(1)
    _raise(raised, 60_000)
    _raise(later, 50_000, "2026-12")
    roll = acts.carry_on_roll(rolls.cashier(world), roll.ref)
    left = DraftLine.objects.get(roll=roll)
    assert (left.award_id, left.left_out, roll.counts["left_out"]) == (raised.pk, LeftOut.OVERTAKEN, 1)
    rolls.frozen(world, awards=[raised.ref])
    assert PayLine.objects.get(award=raised).total_fen == 60_000
    assert PayLine.objects.get(award=later).total_fen == later.monthly_fen


def test_an_interrupted_roll_goes_on_where_it_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freezing, "PART", 2)
    roll = rolls.released(world, rolls.drawn(world))
    written = freezing._write

    def fails(officer: object, found: object, reached: int) -> None:
        written(officer, found, reached)
        if reached > 2:
            raise OSError("disk full")

    monkeypatch.setattr(freezing, "_write", fails)
    with pytest.raises(OSError, match="disk full"):
        acts.carry_on_roll(rolls.cashier(world), roll.ref)
    assert PayLine.objects.filter(roll=roll).count() == 2
    monkeypatch.setattr(freezing, "_write", written)
    for _ in range(2):
        roll = acts.carry_on_roll(rolls.cashier(world), roll.ref)
    assert [line.position for line in PayLine.objects.filter(roll=roll)] == [1, 2, 3, 4, 5, 6]
    assert PayPart.objects.count() == 0 and roll.counts["households"] == 6


def test_the_statements_do_not_grow_with_the_households(world: World) -> None:
    def counted(month: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            rolls.frozen(world, month)
        return len(seen)

    few = counted("2026-10")
    take(world, [family(world, number) for number in range(20, 40)])
    assert counted("2026-11") <= few + 2


def test_a_change_goes_by_what_the_rolls_have_paid_whatever_an_officer_wrote(world: World) -> None:
    award = _award()
    rolls.frozen(world, "2026-10")
    rolls.frozen(world)
    assert money.last_paid(award.pk) == rolls.MONTH
    change = ChangeCase.objects.create(
        award=award, event="income", source="village", since=calendar.today(), reported_by="李协理", reported_on=calendar.today(),
        statement="收入减少。", registered_by=world.handler().staff, state="decided", decided_on=calendar.today(),
    )  # fmt: skip
    said = versions.Basis(ChangeCase.KIND, change.ref, calendar.today())
    versions.add(award, "2026-10", AwardCause.CHANGE, said, monthly_fen=award.monthly_fen + 900)
    found = money.settle(change, "2026-09", "收入减少")
    assert {(row.kind, row.month, row.fen) for row in found} == {
        (BalanceKind.ARREARS, "2026-10", 900), (BalanceKind.ARREARS, "2026-11", 900),
    }  # fmt: skip
    rolls.frozen(world, "2026-12")
    assert PayLine.objects.get(award=award, month="2026-12").arrears_fen == 1_800
