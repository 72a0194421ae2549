"""Where a household belonged in a month: kept by every version, before and after a transfer, also for what reaches back."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from tests.rooms.changing import LATER, Travel, decided, established, family, in_step, reported
from tests.rooms.examined import TOWNSHIP, VILLAGE, World, build
from tests.rooms.test_decisions import PROPOSED
from yimen.base.offices.models import Area, Office
from yimen.base.record.triggers import triggers_suspended
from yimen.casework.awards import acts, months, versions
from yimen.casework.awards.models import Award, AwardVersion
from yimen.law.aftercare.terms import AwardCause

NEXT = "990101002"
THERE = f"{NEXT}001"
BASIS = versions.Basis("test", "x", LATER)
BEFORE, AFTER = "2027-01", "2027-02"


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def moved(world: World, travel: Travel) -> Award:
    """On assistance since December 2026; in February 2027 taken over by the township next door."""
    Area.objects.create(code=NEXT, name="柳河镇", level="township", parent_id="990101", initials="lh")
    Area.objects.create(code=THERE, name="东岗村", level="village", parent_id=NEXT, initials="dg", urban=True)
    world.hire(
        "马转入", Office.objects.create(area_id=NEXT, kind="township", name="柳河镇政府", mark="柳河"), "handler"
    )
    award = family(world, travel)
    change = decided(world, established(world, reported(world, award, "transfer"), to_village=THERE))
    acts.receive_transfer(world.officer("马转入"), ref=change.ref)
    award.refresh_from_db()
    return award


def paid(month: str) -> list[tuple[str, str, int]]:
    """Township, village and fen of what is due in a month, by the own lists of both townships."""
    rows = [row for code in (TOWNSHIP, NEXT) for row in months.due_in_month(code, month)]
    return [(row.township_id, row.village.code, row.monthly_fen) for row in rows]


def test_a_household_is_paid_where_it_belonged_in_the_month(moved: Award) -> None:
    fen = moved.monthly_fen
    for month in ("2026-12", BEFORE):
        assert paid(month) == [(TOWNSHIP, VILLAGE, fen)]
    assert paid(AFTER) == paid("2027-09") == [(NEXT, THERE, fen)]
    in_step()


def test_what_reaches_back_behind_the_transfer_leaves_the_months_where_they_were(moved: Award) -> None:
    versions.add(moved, "2026-12", AwardCause.CORRECTED, BASIS, monthly_fen=70_000)
    assert (paid(BEFORE), paid(AFTER)) == ([(TOWNSHIP, VILLAGE, 70_000)], [(NEXT, THERE, 70_000)])
    assert AwardVersion.objects.filter(award=moved).count() == 4
    last = versions.last_of([moved.pk])[moved.pk]
    said = [(moved.pk, last, {"from_month": "2026-12", "phase": "running", "monthly_fen": 80_000})]
    versions.add_many(said, AwardCause.UPLIFT, BASIS)
    assert (paid(BEFORE), paid(AFTER)) == ([(TOWNSHIP, VILLAGE, 80_000)], [(NEXT, THERE, 80_000)])


def test_versions_from_before_places_were_kept_get_them(moved: Award) -> None:
    """By the letter of transfer of the old township; every other version lies where its award does."""
    before = list(AwardVersion.objects.values_list("pk", "township", "village"))
    with triggers_suspended():
        AwardVersion.objects.update(township="990101", village="990101")
        import_module("yimen.casework.awards.migrations.0012_places").give_places(apps, None)
    assert list(AwardVersion.objects.values_list("pk", "township", "village")) == before
    assert {township for _, township, _ in before} == {TOWNSHIP, NEXT}
