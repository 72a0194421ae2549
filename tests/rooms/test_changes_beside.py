"""单人保 beside 边缘: when the recognition is over, by its last day or by a decision, the change of the cover opens (L21; L48)."""

from __future__ import annotations

import pytest

from tests.rooms.changing import Travel, decided, established, family, heard, in_step, reported, served
from tests.rooms.examined import World, build
from tests.rooms.test_changes_linked import another
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused
from yimen.casework.awards import acts, change_queries as changes, versions
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import today

Pair = tuple[Award, Award]


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def pair(world: World, travel: Travel) -> Pair:
    """A household recognised as 边缘 until today, with its grown son on 单人保."""
    edge = family(world, travel)
    AwardPerson.objects.filter(award=edge).update(programme="edge", supplement_fen=0)
    Award.objects.filter(pk=edge.pk).update(programme="edge", monthly_fen=0, valid_to=today())
    edge.refresh_from_db()
    versions.restate([edge.pk], AwardCause.CHANGE, versions.Basis("test", "x", today()))
    return edge, another(edge, "dibao", "王建国", 50_000, single=True)


def opened(single: Award) -> ChangeCase:
    change = changes.open_of([single])[single.pk]
    assert (change.event, change.source, change.state) == ("other", "office", "reported")
    assert change.concerns == [single.persons.get().person.ref] and change.due_on is not None
    assert [paper.code for paper in changes.papers_of(change)] == ["change_report"]
    return change


def test_a_recognition_that_runs_out_opens_the_change_beside_it(world: World, pair: Pair) -> None:
    edge, single = pair
    acts.end_expired(world.officer("陈经办"), refs=[edge.ref])
    change = opened(single)
    assert edge.number in change.statement and "2027-02" in change.statement and change.first_id is None
    # The rules end it; nothing is cut before the person was heard.
    change = established(world, change)
    assert (change.effect, change.ground, changes.ready(change, today()).hearing) == ("end", "single_over", True)
    single.refresh_from_db()
    assert not single.end_month
    decided(world, heard(world, change))
    single.refresh_from_db()
    assert single.end_month == "2027-02"
    in_step()


def test_a_decided_end_opens_it_for_who_found_it_not_for_the_leader(world: World, pair: Pair) -> None:
    edge, single = pair
    leaves = established(world, reported(world, edge, "voluntary_exit", source="household"))
    leaves = decided(world, heard(world, leaves), by="吴区确认")
    change = opened(single)
    assert (change.first_id, change.registered_by.name) == (leaves.pk, "陈经办")
    assert [row.pk for row in changes.linked_with(world.officer("陈经办"), leaves)] == [change.pk]


def test_nobody_decides_that_it_goes_on_without_the_recognition(world: World, pair: Pair) -> None:
    edge, single = pair
    report = ReportEntry("account", today(), "household", "本人", "换卡。")
    clerk = world.officer("陈经办")
    card = acts.report_change(clerk, award_ref=single.ref, report=report)
    acts.end_expired(clerk, refs=[edge.ref])
    # Its own case is open: it is finished first, and then the end is opened.
    assert changes.open_of([single])[single.pk].pk == card.pk
    assert decided(world, established(world, card, phone="13800000000")).state == "closed"
    change = opened(single)
    change = established(world, change)
    ChangeCase.objects.filter(pk=change.pk).update(effect="unchanged", ground="checked_unchanged")
    change.findings.model.objects.create(
        change=change, effect="unchanged", ground="checked_unchanged", before_fen=50_000, after_fen=50_000,
        cover=changes.finding_of(change).cover, entry=changes.finding_of(change).entry, reasons="x",
        by=clerk.staff, at=changes.finding_of(change).at,
    )  # fmt: skip
    with pytest.raises(Refused, match="不能决定为继续享受") as caught:
        decided(world, changes.find(clerk, change.ref))
    assert caught.value.status == 409


def test_a_paused_cover_is_followed_when_its_notice_is_served(world: World, pair: Pair) -> None:
    edge, single = pair
    rest = established(world, reported(world, single, "other"), effect="suspend", ground="local.unreachable")
    rest = decided(world, heard(world, rest, how="not_possible", not_possible="三次上门无人。"))
    acts.end_expired(world.officer("陈经办"), refs=[edge.ref])
    assert changes.open_of([single])[single.pk].pk == rest.pk
    served(world, rest)
    assert opened(single).first_id == rest.pk
