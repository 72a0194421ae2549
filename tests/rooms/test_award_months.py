"""What is due in a month and what became of it: the database says of every award what the law says of its history."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.changing import decided, established, family as family_on_assistance, heard, reported
from tests.rooms.examined import build
from tests.rooms.ledgers import families, family, take
from tests.rooms.test_decisions import PROPOSED
from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.offices import queries as offices
from yimen.casework.awards import acts, month_counts, month_lists, months, recertify_queries, versions
from yimen.casework.awards.belonging import Places
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.awards.recertify.entries import CheckEntry
from yimen.law.aftercare.history import due_in, in_force, phase_in
from yimen.law.aftercare.months import later_month, months_between
from yimen.law.aftercare.movement import Movement, Standing, movement, standing
from yimen.law.aftercare.terms import PAYING, AwardCause, AwardPhase
from yimen.law.calendar import today
from yimen.law.terms import Programme

BASIS = versions.Basis("test", "x", date(2026, 11, 24))
MONTHS = months_between("2026-09", "2027-02")
MOVING = 0.2
NEXT = "990101002001"
STARTS = ("2024-03", "2026-10", "2026-11")
LAST_DAYS = (None, None, None, date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 31))


def written(award: Award, from_month: str, phase: AwardPhase, fen: int, cause: AwardCause = AwardCause.CHANGE) -> None:
    amount = fen if phase in PAYING else 0
    persons: list[Any] = [] if phase is AwardPhase.ENDED else list(award.versions.all()[0].persons)
    versions.add(award, from_month, cause, BASIS, phase=phase, monthly_fen=amount, persons=persons)


def lived(world: World, count: int, *, seed: int = 4) -> list[Award]:
    """Households taken over, then any further versions in any months, later ones also for earlier months; some of them move."""
    rows = [family(world, number, number % 4 + 1, start_month=STARTS[number % 3]) for number in range(count)]
    take(world, rows)
    draw = random.Random(seed)
    for award in Award.objects.order_by("id"):
        for _ in range(draw.randint(0, 3)):
            if draw.random() < MOVING:
                award.village = offices.area(draw.choice((VILLAGE, NEXT)))
                award.township = offices.area(str(award.village.parent_id))
            written(award, draw.choice(MONTHS), draw.choice(list(AwardPhase)), draw.choice((35_100, 35_200, 40_000)))
    for award in Award.objects.order_by("id")[: count // 3]:
        last = draw.choice(LAST_DAYS)
        Award.objects.filter(pk=award.pk).update(programme=Programme.EDGE, valid_to=last)
    return list(Award.objects.order_by("id"))


def by_law(
    award: Award, history: list[AwardVersion], month: str, here: str = ""
) -> tuple[Standing, Standing, int, Movement | None]:
    """Before, after, fen due and the movement, by the functions of the law alone; as seen from a township."""
    last = later_month(month, -1)

    def stood(when: str) -> Standing:
        held = in_force(history, when)
        there = held is None or here in ("", held.township_id)
        return standing(phase_in(history, when), award.valid_to, when) if there else Standing.ELSEWHERE

    before, after = stood(last), stood(month)
    was = due_in(history, last) if before is Standing.DUE else 0
    fen = due_in(history, month) if after is Standing.DUE else 0
    restated = in_force(history, last) != in_force(history, month)
    return before, after, fen, movement(before, after, fen - was, restated=restated)


def test_the_database_says_what_the_law_says(world: World) -> None:
    """For all awards together, and as seen from one of two townships between which some of them move."""
    awards = lived(world, 60)
    histories = {award.pk: list(award.versions.all()) for award in awards}
    seen: Counter[Movement | None] = Counter()
    seen_from = {"": None, **{code: Places(world.handler(code)) for code in (TOWNSHIP, NEXT[:9])}}
    for month, here in product(MONTHS, seen_from):
        compared = months.compare_month(Award.objects.all(), month, seen_from[here])
        found = {
            row.pk: (Standing(row.before), Standing(row.after), row.after_fen, months.movement_of(row))
            for row in compared
        }
        told = {award.pk: by_law(award, histories[award.pk], month, here) for award in awards}
        never = ((Standing.ELSEWHERE, Standing.ELSEWHERE), (Standing.NOT_YET, Standing.ELSEWHERE))
        began = {pk: each for pk, each in told.items() if each[1] is not Standing.NOT_YET and each[:2] not in never}
        assert found == began, month
        for wanted in Movement:
            listed = set(months.moved(compared, wanted).values_list("pk", flat=True))
            assert listed == {pk for pk, each in told.items() if each[3] is wanted}, (month, wanted)
        due = {pk for pk, each in told.items() if each[1] is Standing.DUE}
        assert set(months.due(compared).values_list("pk", flat=True)) == due
        paid = {
            row.award_id: row.monthly_fen
            for code in ([here] if here else (TOWNSHIP, NEXT[:9]))
            for row in months.due_in_month(code, month)
        }
        assert paid == {pk: each[2] for pk, each in told.items() if each[2]}
        seen.update(each[3] for each in told.values())
    assert {*Movement} <= {*seen}, seen


def test_tallies_add_up_from_month_to_month_and_by_any_column(world: World) -> None:
    lived(world, 40)
    last = None
    for month in MONTHS:
        compared = months.compare_month(Award.objects.all(), month)
        whole = month_counts.total(month_counts.tallies(compared, "programme").values())
        by_place = month_counts.tallies_of_townships(compared)
        both = month_counts.total(by_place.values())
        assert (both.after, both.after_persons, both.after_fen) == (whole.after, whole.after_persons, whole.after_fen)
        assert both.difference_fen == whole.difference_fen
        own = months.compare_month(Award.objects.all(), month, Places(world.handler()))
        assert month_counts.total(month_counts.tallies(own, "programme").values()) == by_place[TOWNSHIP]
        assert (whole.after, whole.after_persons, whole.after_fen) == (
            months.due(compared).count(),
            sum(row.after_persons for row in compared),
            sum(row.after_fen for row in compared),
        )
        if last is not None:
            assert (whole.before, whole.before_persons, whole.before_fen) == last
        last = (whole.after, whole.after_persons, whole.after_fen)
        assert sum(row.difference_fen for row in month_counts.reasons(compared)) == whole.difference_fen
        listed = sum(row.households for row in month_counts.reasons(compared))
        quiet = whole.count(Movement.UNCHANGED) + whole.count(Movement.HELD)
        assert listed + quiet == sum(whole.moved.values())


def test_a_household_is_told_with_before_after_cause_and_persons(world: World) -> None:
    take(world, families(world, 3))
    ended, cut, _ = Award.objects.order_by("id")
    written(ended, "2026-12", AwardPhase.ENDED, 0, AwardCause.ENDED)
    written(cut, "2026-12", AwardPhase.RUNNING, 20_000)
    compared = months.compare_month(Award.objects.all(), "2026-12")
    row = months.moved(compared, Movement.ENDED).get()
    assert (row.pk, row.before_fen, row.after_fen, row.cause) == (ended.pk, ended.monthly_fen, 0, AwardCause.ENDED)
    row = months.moved(compared, Movement.DECREASED).get()
    assert (row.pk, row.before_fen, row.after_fen, row.from_month) == (cut.pk, cut.monthly_fen, 20_000, "2026-12")
    assert row.after_persons == row.before_persons == cut.persons.filter(active=True).count()
    assert [(one.movement, one.households) for one in month_counts.reasons(compared)] == [
        (Movement.DECREASED, 1),
        (Movement.ENDED, 1),
    ]
    before = months.compare_month(Award.objects.all(), "2024-03")
    assert month_counts.tallies(before, "programme")["dibao"].count(Movement.NEW) == 3
    assert not months.compare_month(Award.objects.all(), "2024-02").exists()
    assert not months.due_in_month("990101002", "2026-12").exists()


def test_an_expired_recognition_is_over_though_nobody_wrote_it_down(world: World) -> None:
    take(world, families(world, 1))
    Award.objects.update(programme=Programme.EDGE, valid_to=date(2026, 11, 30))
    awards = Award.objects.all()
    assert [award.pk for award in month_lists.expiring(awards, "2026-11")] == [award.pk for award in awards]
    assert not month_lists.expiring(awards, "2026-12").exists()
    there = months.compare_month(awards, "2026-11").get()
    assert months.movement_of(there) is Movement.UNCHANGED
    gone = months.compare_month(awards, "2026-12").get()
    assert (months.movement_of(gone), gone.after_fen, gone.after_persons) == (Movement.EXPIRED, 0, 0)
    [reason] = month_counts.reasons(months.compare_month(awards, "2026-12"))
    assert (reason.movement, reason.cause) == (Movement.EXPIRED, "")
    assert not months.due_in_month(TOWNSHIP, "2026-12").exists()


def test_reviews_of_a_month_are_those_waiting_and_those_over(world: World) -> None:
    take(world, families(world, 3))
    first, second, third = Award.objects.order_by("id")
    for award, day in ((first, date(2026, 11, 20)), (second, date(2026, 11, 30)), (third, date(2026, 12, 1))):
        Award.objects.filter(pk=award.pk).update(recertify_on=day)
    [review] = acts.start_recertification(world.handler(), refs=[first.ref])
    check = CheckEntry(today(), [world.handler().staff.ref, world.handler(number=1).staff.ref])
    acts.renew(world.handler(), refs=[review.ref], check=check)
    every = month_lists.in_scope(world.handler())
    assert month_lists.review_counts(every, "2026-11") == (2, 0)
    acts.confirm_recertification(world.head(), refs=[review.ref])
    assert recertify_queries.running(world.head()).get(pk=first.pk).recertify_on > date(2026, 12, 31)
    assert month_lists.review_counts(every, "2026-11") == (2, 1)
    assert set(month_lists.reviews_due(every, "2026-11")) == {first, second}
    assert month_lists.reviews_of([first, second], "2026-11") == {first.pk: review}
    other = world.handler("990101002")
    assert not month_lists.in_scope(other).exists()


def test_what_a_version_rests_on_is_named(world: World) -> None:
    run = take(world, families(world, 1))
    [row] = months.compare_month(Award.objects.all(), "2026-12")
    source = month_lists.sources_of([row])[row.basis_kind, row.basis_ref]
    assert (source.kind, source.ref) == ("ledger_run", run.ref) and "台账" in source.text


@pytest.mark.parametrize("many", [2, 40])
def test_the_number_of_statements_is_the_same_for_any_number_of_households(world: World, many: int) -> None:
    lived(world, many)
    own = Places(world.handler())
    compared = months.compare_month(month_lists.shown(), "2026-12", own)
    every = month_lists.in_scope(world.handler())
    with CaptureQueriesContext(connection) as seen:
        month_counts.tallies(compared, "programme")
        month_counts.reasons(compared)
        month_lists.review_counts(every, "2026-12")
        rows = list(compared)
        month_lists.sources_of(rows)
        list(months.due_in_month(TOWNSHIP, "2026-12"))
    assert len(seen) <= 9


def test_an_end_by_decision_tells_its_lawful_ground_and_the_case(db: None, travel: Any) -> None:
    travel(PROPOSED)
    world = build()
    award = family_on_assistance(world, travel)
    change = reported(world, award, "voluntary_exit", source="household")
    change = decided(world, heard(world, established(world, change)))
    compared = months.compare_month(Award.objects.all(), change.from_month)
    [reason] = month_counts.reasons(compared)
    assert (reason.movement, reason.ground) == (Movement.ENDED, change.ground) and reason.ground_label
    assert reason.difference_fen == -award.monthly_fen
    row = months.moved(compared, Movement.ENDED).get(ground=change.ground)
    source = month_lists.sources_of([row])["change", change.ref]
    assert source.ref == change.ref and f"{change.decided_on:%Y-%m-%d}" in source.text
    assert not months.due_in_month(award.township_id, change.from_month).exists()
