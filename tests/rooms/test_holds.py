"""Payment held back and freed by a second person; what holds of itself; many at once, and again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.rooms.ledgers import families, take
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.record import desk as record
from yimen.casework.awards import acts as awards_acts, queries as awards
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.payments import acts, holding, queries
from yimen.casework.payments.models import Hold
from yimen.law.payments.holds import HoldKind
from yimen.law.terms import Role

WORDS = "邻居说已经半年没有见到人，需上门核实。"


@pytest.fixture
def some(world: World) -> list[Award]:
    take(world, families(world, 4))
    return list(awards.running(world.handler()).order_by("id"))


def held(award: Award) -> list[str]:
    return [str(why.kind) for why in queries.held(TOWNSHIP).get(award.pk, [])]


def test_one_person_holds_another_frees(world: World, some: list[Award]) -> None:
    handler, head = world.handler(), world.head()
    before = AwardVersion.objects.filter(award=some[0]).count()
    hold = acts.place_hold(handler, award=some[0].ref, kind="identity", words=WORDS)
    assert (held(some[0]), held(some[1])) == (["identity"], [])
    with pytest.raises(Refused, match="须由另一人核实后解除"):
        acts.free_hold(handler, refs=[hold.ref], reason="已核实")
    with pytest.raises(Refused, match="还没有解除"):
        acts.place_hold(head, award=some[0].ref, kind="identity", words=WORDS)
    with pytest.raises(Refused, match="请填写解除的理由"):
        acts.free_hold(head, refs=[hold.ref], reason=" ")
    acts.free_hold(head, refs=[hold.ref], reason="上门见到本人，核对了身份证。")
    assert held(some[0]) == []
    with pytest.raises(Refused, match="已经解除"):
        acts.free_hold(head, refs=[hold.ref], reason="再一次")
    entry = record.entries_of("hold", hold.ref).last()
    assert entry.act == "free_hold" and WORDS not in str(entry.facts)
    assert AwardVersion.objects.filter(award=some[0]).count() == before, "the entitlement is untouched"


def test_the_database_knows_two_persons_and_a_reason(world: World, some: list[Award]) -> None:
    hold = acts.place_hold(world.handler(), award=some[0].ref, kind="other", words=WORDS)
    hold.freed_by, hold.freed_on, hold.freed_at, hold.freed_reason = (
        hold.placed_by,
        hold.placed_on,
        hold.placed_at,
        "是",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        hold.save()
    hold.freed_by, hold.freed_reason = world.head().staff, ""
    with pytest.raises(IntegrityError), transaction.atomic():
        hold.save()


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [("", WORDS, "请选择"), ("other", " ", "请填写具体情况"), ("other", "长" * 301, "最多 300 字")],
)
def test_bad_entries_are_told_at_their_field(world: World, some: list[Award], kind: str, words: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as told:
        acts.place_hold(world.handler(), award=some[0].ref, kind=kind, words=words)
    assert told.value.status == 422 and told.value.field


def test_only_the_township_holds_and_frees(world: World, some: list[Award]) -> None:
    with pytest.raises(Unknown):
        acts.place_hold(world.handler("990101002"), award=some[0].ref, kind="other", words=WORDS)
    cashier = world.officer(TOWNSHIP, Role.CASHIER)
    for officer in (cashier, world.at_district(Role.CHECKER), world.aide()):
        with pytest.raises(Refused, match="您的岗位不能办理"):
            acts.place_hold(officer, award=some[0].ref, kind="other", words=WORDS)
    acts.place_hold(world.handler(), award=some[0].ref, kind="other", words=WORDS)
    seen = [queries.holds(officer).count() for officer in (cashier, world.at_district(Role.SUPERVISOR), world.aide())]
    assert seen == [1, 1, 0]
    assert queries.holds(world.officer("990101002", Role.CASHIER)).count() == 0


def test_many_at_once_and_again(world: World, some: list[Award]) -> None:
    checker = world.at_district(Role.CHECKER)
    placings = [holding.Placing(award.pk, HoldKind.HIT, "comparison", f"c{award.pk}", "比对发现车辆") for award in some]
    with CaptureQueriesContext(connection) as asked:
        made = holding.place(checker, placings)
    assert len(made) == 4 and len(asked) <= 4
    assert holding.place(checker, placings) == []
    acts.free_hold(world.handler(), refs=[row.ref for row in Hold.objects.all()], reason="逐户核实，车辆已转让。")
    assert queries.held(TOWNSHIP) == {}
    assert holding.place(checker, placings) == [], "what was looked into does not hold again"
    holding.hold(checker, some, kind=HoldKind.HIT, basis_kind="comparison", basis_ref="next", words="又发现")
    assert queries.held_among([award.pk for award in some]) == {award.pk for award in some}


def test_a_reported_death_holds_of_itself(world: World, some: list[Award]) -> None:
    head = some[0].household.head
    report = ReportEntry("death", date(2026, 11, 20), "village", "李协理", "昨晚去世。", (head.ref,))
    change = awards_acts.report_change(world.handler(), award_ref=some[0].ref, report=report)
    assert held(some[0]) == ["death"] and queries.held(TOWNSHIP)[some[0].pk][0].basis == change.ref
    assert queries.held_among([award.pk for award in some]) == {some[0].pk}
    assert [row.pk for row in queries.deaths(TOWNSHIP)] == [change.pk]
    assert Hold.objects.count() == 0
