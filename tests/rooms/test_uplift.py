"""A raised standard: previewed, proposed by one, released by another, carried out in parts; nobody's amount falls silently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.rooms import rolls
from tests.rooms.examined import build, examined
from tests.rooms.ledgers import code, family, take
from tests.rooms.test_awards import approved
from tests.rooms.test_decisions import PROPOSED
from tests.rooms.test_ledger_programmes import tekun
from tests.rooms.uplifts import MONTH, RURAL, URBAN, drawn, proposer, raised, released, releaser, set_figure, too_high
from tests.rooms.world import World
from yimen.base.access.refusal import Refused
from yimen.base.record.models import Entry
from yimen.casework.awards import acts, uplift_queries as queries, versions
from yimen.casework.awards.models import Award, AwardVersion, Balance, UpliftLine
from yimen.casework.awards.uplift import parts
from yimen.casework.awards.uplift.recompute import recompute
from yimen.casework.payments.models import PayLine
from yimen.law.aftercare.history import due_in
from yimen.law.aftercare.terms import AwardCause
from yimen.law.aftercare.uplift import UpliftEffect, UpliftOutcome, UpliftState
from yimen.law.calendar import today

Travel = Callable[[date], None]


def couples(world: World, count: int) -> list[Any]:
    """Households of one or two grown-ups, whose income follows from their amount."""
    return [family(world, number, 1 + number % 2) for number in range(1, count + 1)]


def amounts() -> dict[int, int]:
    return dict(Award.objects.order_by("pk").values_list("pk", "monthly_fen"))


def test_households_of_a_ledger_are_raised_by_the_income_that_they_imply(world: World) -> None:
    take(world, couples(world, 4))
    before = amounts()
    set_figure(world, URBAN, 76_000)
    run = raised(world)
    assert run.state == UpliftState.DONE and run.counts["done"] == 4
    after = amounts()
    sizes = {award.pk: award.persons.count() for award in Award.objects.all()}
    for pk, fen in before.items():
        # 34 yuan more for each person; supplements are a share of the standard and the total is rounded up to whole yuan.
        assert after[pk] - fen >= 3_400 * sizes[pk]
        history = list(AwardVersion.objects.filter(award=pk).order_by("seq"))
        assert [row.cause for row in history] == [AwardCause.TAKEN_OVER, AwardCause.UPLIFT]
        assert (due_in(history, "2026-11"), due_in(history, "2026-12")) == (fen, after[pk])
        assert sum(fen for _, fen in history[-1].persons) <= after[pk]
    assert recompute().differing == []


def test_a_decided_award_is_raised_as_a_single_reckoning_would(db: None, travel: Travel) -> None:
    travel(PROPOSED)
    district = build()
    award = approved(district, examined(district), travel)
    key = URBAN if award.household.urban else RURAL
    set_figure(district, key, 80_000)
    run = raised(district, (key,))
    line = queries.line(proposer(district), run, award.ref)
    award.refresh_from_db()
    assert (line.effect, line.outcome) == (UpliftEffect.RAISED, UpliftOutcome.DONE)
    assert award.monthly_fen == line.after_fen > line.before_fen
    assert recompute().differing == []


def test_nothing_counts_before_the_second_person(world: World) -> None:
    take(world, couples(world, 2))
    before = amounts()
    set_figure(world, URBAN, 76_000)
    run = drawn(world)
    assert amounts() == before and run.counts["raised"] == 2
    run = acts.propose_uplift(proposer(world), ref=run.ref)
    by = proposer(world)
    with pytest.raises(Refused, match="由另一人发布"):
        acts.release_uplift(by, ref=run.ref, code=code(by))
    assert amounts() == before


def test_lines_that_were_touched_are_not_released(world: World) -> None:
    take(world, couples(world, 2))
    set_figure(world, URBAN, 76_000)
    run = drawn(world)
    acts.propose_uplift(proposer(world), ref=run.ref)
    UpliftLine.objects.filter(run=run, position=0).update(after_fen=1)
    by = releaser(world)
    with pytest.raises(Refused, match="不一致"):
        acts.release_uplift(by, ref=run.ref, code=code(by))


def test_a_run_goes_on_where_it_was_interrupted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    take(world, couples(world, 5))
    before = amounts()
    set_figure(world, URBAN, 76_000)
    run = released(world, drawn(world))
    monkeypatch.setattr(parts, "PART", 2)
    for stops_at in (1, 2, 3):

        def interrupted(*args: Any, stops_at: int = stops_at, seen: list[int] | None = None, **kwargs: Any) -> None:
            raise OSError("gone")

        with monkeypatch.context() as patched, pytest.raises(OSError, match="gone"):
            patched.setattr(parts, "_write", interrupted)
            acts.carry_on_uplift(releaser(world), run.ref)
        done = UpliftLine.objects.filter(run=run, outcome=UpliftOutcome.DONE).count()
        assert done == AwardVersion.objects.filter(cause=AwardCause.UPLIFT).count() == 2 * (stops_at - 1)
        one_part(world, run)
    run = acts.carry_on_uplift(releaser(world), run.ref)
    assert run.state == UpliftState.DONE and run.counts["done"] == 5
    assert AwardVersion.objects.filter(cause=AwardCause.UPLIFT).count() == 5
    assert all(fen > before[pk] for pk, fen in amounts().items())
    named = [name for entry in Entry.objects.filter(act_label__contains="分批执行") for name in entry.facts["awards"]]
    assert sorted(named) == sorted(Award.objects.values_list("number", flat=True))
    assert acts.carry_on_uplift(releaser(world), run.ref).counts["done"] == 5


def one_part(world: World, run: Any) -> None:
    """Exactly one part of the run."""
    told = []

    def tell(done: int, total: int) -> None:
        told.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        acts.carry_on_uplift(releaser(world), run.ref, tell)
    assert told


def test_nobody_falls_through_a_raise(world: World) -> None:
    take(world, couples(world, 3))
    set_figure(world, URBAN, 60_000)
    run = drawn(world)
    lines = list(queries.lines(proposer(world), run))
    assert {line.effect for line in lines} == {UpliftEffect.FALLS}
    assert all("先听取意见" in line.reason and line.outcome == UpliftOutcome.APART for line in lines)
    with pytest.raises(Refused, match="没有家庭的金额提高"):
        acts.propose_uplift(proposer(world), ref=run.ref)


def test_who_falls_gets_a_change_of_its_own_and_only_once(world: World) -> None:
    take(world, couples(world, 3))
    one, two = Award.objects.order_by("pk")[:2]
    too_high(one)
    too_high(two)
    set_figure(world, URBAN, 76_000)
    clerk = world.handler()
    drawn_up = drawn(world)
    assert not queries.falls(clerk).exists()
    with pytest.raises(Refused, match="还没有执行"):
        acts.report_fall(clerk, award_ref=one.ref)
    released(world, drawn_up)
    run = acts.carry_on_uplift(releaser(world), drawn_up.ref)
    assert {line.award_id for line in queries.falls(clerk)} == {one.pk, two.pk} and run.counts["falls"] == 2
    change = acts.report_fall(clerk, award_ref=one.ref)
    assert (change.source, change.event, change.state) == ("office", "income", "reported")
    assert "2026-12 起提高标准" in change.statement and "先听取意见" in change.statement
    assert [line.change_id for line in queries.fallen(clerk)] == [change.pk]
    with pytest.raises(Refused, match="没有待登记的减少"):
        acts.report_fall(clerk, award_ref=one.ref)
    versions.add(two, "2026-12", AwardCause.CHANGE, versions.Basis("x", "x", today()), monthly_fen=70_000)
    assert not queries.falls(clerk).exists()
    with pytest.raises(Refused, match="又有变动"):
        acts.report_fall(clerk, award_ref=two.ref)
    assert amounts()[one.pk] == 300_000


def test_what_cannot_be_reckoned_is_listed_with_the_reason(world: World) -> None:
    take(world, [family(world, 1), family(world, 2, monthly_fen=900_000)])
    before = amounts()
    set_figure(world, URBAN, 76_000)
    run = raised(world)
    unknown = queries.lines(proposer(world), run, UpliftEffect.UNKNOWN).get()
    assert "推不出收入" in unknown.reason and amounts()[unknown.award_id] == before[unknown.award_id]
    assert run.counts["done"] == 1


def test_an_award_that_moved_on_since_the_preview_is_left(world: World) -> None:
    take(world, couples(world, 2))
    set_figure(world, URBAN, 76_000)
    run = released(world, drawn(world))
    award = Award.objects.order_by("pk")[0]
    versions.add(award, "2026-11", AwardCause.CHANGE, versions.Basis("x", "x", today()), monthly_fen=100)
    run = acts.carry_on_uplift(releaser(world), run.ref)
    assert (run.counts["done"], run.counts["left"]) == (1, 1)
    assert Award.objects.get(pk=award.pk).monthly_fen == award.monthly_fen


def test_a_raise_for_months_gone_by_leaves_arrears_by_month(world: World, travel: Travel) -> None:
    take(world, couples(world, 1))
    travel(date(2026, 11, 25))
    fen = Award.objects.get().monthly_fen
    set_figure(world, URBAN, 76_000, date(2026, 9, 1))
    raised(world, month="2026-09")
    more = Award.objects.get().monthly_fen - fen
    assert [(row.month, row.fen) for row in Balance.objects.order_by("month")] == [("2026-09", more), ("2026-10", more)]


def test_a_raise_after_the_months_roll_pays_its_difference_with_the_next(world: World, travel: Travel) -> None:
    take(world, couples(world, 2))
    travel(date(2026, 12, 3))
    fen = amounts()
    rolls.frozen(world, MONTH)
    set_figure(world, URBAN, 76_000)
    raised(world)
    more = {award: now - fen[award] for award, now in amounts().items() if now > fen[award]}
    found = {row.award_id: (row.month, row.fen) for row in Balance.objects.all()}
    assert found == {award: (MONTH, each) for award, each in more.items()} != {}
    rolls.frozen(world, "2027-01")
    lines = PayLine.objects.filter(month="2027-01", award__in=more)
    assert {line.award_id: line.arrears_fen for line in lines} == more


def test_a_later_change_is_raised_with_its_own_facts(db: None, travel: Travel) -> None:
    travel(PROPOSED)
    district = build()
    award = approved(district, examined(district), travel)
    key = URBAN if award.household.urban else RURAL
    facts = award.decision.opinion.inputs["facts"]
    for income in facts["incomes"]:
        income["amount_fen"] = 0
    basis = versions.Basis("x", "x", today())
    versions.add(award, "2027-02", AwardCause.CHANGE, basis, monthly_fen=72_600, facts=facts)
    Award.objects.filter(pk=award.pk).update(monthly_fen=72_600)
    set_figure(district, key, 80_000)
    raised(district, (key,))
    history = list(AwardVersion.objects.filter(award=award).order_by("seq"))
    assert [row.cause for row in history[2:]] == [AwardCause.UPLIFT, AwardCause.UPLIFT]
    assert history[2].from_month == MONTH and history[3].from_month == "2027-02"
    assert award.monthly_fen < due_in(history, "2027-01") < due_in(history, "2027-02")
    assert recompute().differing == []


def test_only_the_district_raises(world: World) -> None:
    set_figure(world, URBAN, 76_000)
    with pytest.raises(Refused):
        acts.open_uplift(world.head(), keys=(URBAN,), month=MONTH)
    with pytest.raises(Refused, match="不是保障标准"):
        acts.open_uplift(proposer(world), keys=("benefit.method",), month=MONTH)
    with pytest.raises(Refused, match="这样的月份"):
        acts.open_uplift(proposer(world), keys=(URBAN,), month="下月")
    run = acts.withdraw_uplift(proposer(world), ref=drawn(world).ref)
    assert run.state == UpliftState.WITHDRAWN and not run.lines.exists()
    assert run.month == MONTH


def test_tekun_is_raised_by_the_published_table(world: World) -> None:
    take_over = [tekun(world, 1, self_care="lost", basic_fen=94_400, care_fen=54_000, monthly_fen=148_400)]
    take(world, [*take_over, tekun(world, 2, basic_fen=1, care_fen=99_999, monthly_fen=100_000)])
    set_figure(world, "tekun.basic.urban", 100_000)
    run = raised(world, ("tekun.basic.urban",))
    line = queries.lines(proposer(world), run, UpliftEffect.RAISED).get()
    assert (line.award.basic_fen, line.award.care_fen, line.award.monthly_fen) == (100_000, 54_000, 154_000)
    assert "标准表" in queries.lines(proposer(world), run, UpliftEffect.UNKNOWN).get().reason
    (wrong,) = recompute().differing
    assert wrong.stored_fen == 100_000
