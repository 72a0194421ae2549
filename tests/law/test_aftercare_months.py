"""From which month a change counts, what was paid too much, and an award as a history by month."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from yimen.law.aftercare.history import (
    Run,
    Version,
    compare,
    due_in,
    dues,
    in_force,
    known_on,
    phase_in,
    timeline,
    total,
)
from yimen.law.aftercare.months import arrears, effective_month, later_month, months_between, overpaid, uplift_month
from yimen.law.aftercare.terms import PAYING, AwardCause, AwardPhase, ChangeEffect
from yimen.law.standards import KEYS, BadFigure, Figure, Unset, chain, shipped_book
from yimen.law.terms import Programme

DIBAO, TEKUN, EDGE = Programme.DIBAO, Programme.TEKUN, Programme.EDGE
END, CUT, MORE = ChangeEffect.END, ChangeEffect.DECREASE, ChangeEffect.INCREASE
HOLD, RESUME, GRACE = ChangeEffect.SUSPEND, ChangeEffect.RESUME, ChangeEffect.GRACE
CHANGE, DEATH, ENDED = AwardCause.CHANGE, AwardCause.DEATH, AwardCause.ENDED
DECIDED, EVENT = dt.date(2026, 12, 31), dt.date(2026, 9, 30)


def ask_of(**values: str) -> Any:
    figures = {key.replace("__", "."): value for key, value in values.items()}

    def ask(key: str) -> Figure:
        if key not in figures:
            raise Unset(key, KEYS[key].label)
        return Figure(key, figures[key], "code", "990101", dt.date(2025, 1, 1), None, "示例文号", "released")

    return ask


ALL = {
    "change__increase_from": "next_month",
    "change__decrease_from": "next_month",
    "change__stop_from": "next_month",
    "change__death_stop_from": "next_month",
    "change__suspend_from": "same_month",
    "change__resume_from": "held_month",
    "tekun__payment_stop": "next_month",
}


@pytest.mark.parametrize(
    ("programme", "effect", "cause", "said", "month", "key"),
    [
        (DIBAO, MORE, CHANGE, {}, "2027-01", "change.increase_from"),
        (DIBAO, MORE, CHANGE, {"change__increase_from": "same_month"}, "2026-12", "change.increase_from"),
        (DIBAO, MORE, CHANGE, {"change__increase_from": "event_month"}, "2026-09", "change.increase_from"),
        (DIBAO, MORE, CHANGE, {"change__increase_from": "event_next_month"}, "2026-10", "change.increase_from"),
        (DIBAO, CUT, CHANGE, {}, "2027-01", "change.decrease_from"),
        (DIBAO, END, ENDED, {}, "2027-01", "change.stop_from"),
        (DIBAO, END, DEATH, {}, "2026-10", "change.death_stop_from"),
        (DIBAO, END, DEATH, {"change__death_stop_from": "same_month"}, "2026-09", "change.death_stop_from"),
        (DIBAO, CUT, DEATH, {}, "2026-10", "change.death_stop_from"),
        (DIBAO, MORE, DEATH, {}, "2027-01", "change.increase_from"),
        (DIBAO, HOLD, CHANGE, {}, "2026-12", "change.suspend_from"),
        (DIBAO, HOLD, DEATH, {}, "2026-10", "change.death_stop_from"),
        (DIBAO, RESUME, CHANGE, {"change__resume_from": "next_month"}, "2027-01", "change.resume_from"),
        (DIBAO, GRACE, CHANGE, {}, "2027-01", "change.stop_from"),
        (TEKUN, END, ENDED, {}, "2027-01", "tekun.payment_stop"),
        (TEKUN, END, DEATH, {}, "2027-01", "tekun.payment_stop"),
        (TEKUN, HOLD, DEATH, {}, "2026-10", "change.death_stop_from"),
        (TEKUN, MORE, CHANGE, {}, "2027-01", "change.increase_from"),
        (EDGE, END, ENDED, {"change__stop_from": "same_month"}, "2026-12", "change.stop_from"),
    ],
)
def test_the_month(programme: Any, effect: Any, cause: Any, said: Any, month: str, key: str) -> None:
    found = effective_month(programme, effect, cause, decided_on=DECIDED, event_on=EVENT, ask=ask_of(**{**ALL, **said}))
    assert (found.month, found.key, found.document) == (month, key, "示例文号")


@pytest.mark.parametrize(
    ("event", "month"),
    [
        (dt.date(2028, 2, 29), "2028-03"),
        (dt.date(2028, 2, 1), "2028-03"),
        (dt.date(2028, 3, 1), "2028-04"),
        (dt.date(2027, 12, 31), "2028-01"),
    ],
)
def test_the_month_after_a_death_at_the_borders(event: dt.date, month: str) -> None:
    later = dt.date(2028, 5, 1)
    assert effective_month(DIBAO, END, DEATH, decided_on=later, event_on=event, ask=ask_of(**ALL)).month == month


def test_held_months_are_paid_from_the_first_of_them() -> None:
    def resumed(held_from: str) -> str:
        asked = {"decided_on": DECIDED, "event_on": EVENT, "ask": ask_of(**ALL)}
        return effective_month(DIBAO, RESUME, CHANGE, held_from=held_from, **asked).month

    assert resumed("2026-10") == "2026-10"
    with pytest.raises(ValueError, match="从哪个月起暂停"):
        resumed("")


def test_nothing_stands_in_for_a_month_that_nobody_has_set() -> None:
    for key in ("increase_from", "decrease_from", "stop_from", "death_stop_from", "suspend_from", "resume_from"):
        with pytest.raises(Unset):
            shipped_book().figure(f"change.{key}", chain("220302001"), DECIDED)
        assert shipped_book().figure(f"change.{key}", chain("990101001"), DECIDED).confidence == "demo"
    with pytest.raises(Unset, match="停发"):
        effective_month(DIBAO, END, ENDED, decided_on=DECIDED, event_on=EVENT, ask=ask_of())
    assert shipped_book().figure("tekun.payment_stop", chain("220302001"), DECIDED).as_code() == "next_month"


def test_what_cannot_be_dated_is_refused_in_words() -> None:
    asked: dict[str, Any] = {"decided_on": DECIDED, "event_on": EVENT, "ask": ask_of(**ALL)}
    with pytest.raises(ValueError, match="没有起算月份"):
        effective_month(DIBAO, ChangeEffect.UNCHANGED, CHANGE, **asked)
    with pytest.raises(ValueError, match="晚于决定日期"):
        effective_month(DIBAO, END, ENDED, **{**asked, "event_on": dt.date(2027, 1, 1)})
    with pytest.raises(BadFigure, match="不认识"):
        effective_month(DIBAO, END, ENDED, **{**asked, "ask": ask_of(change__stop_from="some_day")})


def test_a_standard_that_begins_within_a_month_must_say_from_which_month() -> None:
    def standard(since: dt.date | None) -> Figure:
        return Figure("dibao.standard.urban", 70000, "fen/month", "990101", since, None, "示例文号", "released")

    assert uplift_month(standard(dt.date(2026, 7, 1))) == "2026-07"
    for since in (dt.date(2026, 7, 15), None):
        with pytest.raises(BadFigure, match="不是从某月1日起施行"):
            uplift_month(standard(since))


def test_months() -> None:
    assert months_between("2026-11", "2027-02") == ("2026-11", "2026-12", "2027-01", "2027-02")
    assert months_between("2026-11", "2026-11") == ("2026-11",)
    assert months_between("2026-11", "2026-10") == ()
    assert (later_month("2026-01", -1), later_month("2026-12", 1)) == ("2025-12", "2027-01")


def test_what_was_paid_too_much_and_too_little() -> None:
    before = dict.fromkeys(months_between("2026-09", "2027-01"), 100)
    after = {**before, "2026-10": 0, "2026-11": 60, "2026-12": 130}
    assert overpaid(before, after, "2026-12") == {"2026-10": 100, "2026-11": 40}
    assert overpaid(before, after, "2026-10") == {"2026-10": 100}
    assert arrears(before, after, "2026-12") == {"2026-12": 30}
    assert overpaid(before, {}, "") == {}
    assert arrears({}, before, "2026-09") == {"2026-09": 100}


# -- history -----------------------------------------------------------------------------

R, H, E, V = AwardPhase.RUNNING, AwardPhase.HELD, AwardPhase.ENDED, AwardPhase.VOIDED


def version(seq: int, month: str, phase: AwardPhase, fen: int, on: str) -> Version:
    return Version(seq, month, phase, fen, dt.date.fromisoformat(on))


LIFE = (
    version(1, "2025-03", R, 50000, "2025-02-20"),
    version(2, "2026-01", R, 56000, "2025-12-28"),
    version(3, "2026-05", H, 0, "2026-05-03"),
    # Resumed from the month in which it was held; then a death of January found in July reaches back.
    version(4, "2026-05", R, 56000, "2026-06-11"),
    version(5, "2026-02", R, 30000, "2026-07-20"),
    version(6, "2026-09", E, 0, "2026-08-30"),
)


@pytest.mark.parametrize(
    ("month", "due", "phase", "seq"),
    [
        ("2025-02", 0, None, 0),
        ("2025-03", 50000, R, 1),
        ("2025-12", 50000, R, 1),
        ("2026-01", 56000, R, 2),
        ("2026-02", 30000, R, 5),
        ("2026-08", 30000, R, 5),
        ("2026-09", 0, E, 6),
        ("2030-01", 0, E, 6),
    ],
)
def test_what_was_due_in_a_month(month: str, due: int, phase: AwardPhase | None, seq: int) -> None:
    found = in_force(LIFE, month)
    assert (due_in(LIFE, month), phase_in(LIFE, month), found.seq if found else 0) == (due, phase, seq)


@pytest.mark.parametrize(
    ("day", "month", "due"),
    [
        ("2026-05-02", "2026-05", 56000),
        ("2026-05-03", "2026-05", 0),
        ("2026-06-10", "2026-05", 0),
        ("2026-06-11", "2026-05", 56000),
        ("2026-07-19", "2026-02", 56000),
        ("2026-07-20", "2026-02", 30000),
        ("2025-02-19", "2025-03", 0),
    ],
)
def test_what_was_known_of_a_month_on_a_day(day: str, month: str, due: int) -> None:
    assert due_in(known_on(LIFE, dt.date.fromisoformat(day)), month) == due


def test_the_timeline_and_what_a_late_finding_changed() -> None:
    assert timeline(LIFE) == (
        Run("2025-03", "2025-12", R, 50000, (1,)),
        Run("2026-01", "2026-01", R, 56000, (2,)),
        Run("2026-02", "2026-08", R, 30000, (5,)),
        Run("2026-09", "", E, 0, (6,)),
    )
    assert timeline(LIFE, "2026-03")[-1] == Run("2026-02", "2026-03", R, 30000, (5,))
    known = known_on(LIFE, dt.date(2026, 7, 19))
    before, after = dues(known, "2026-01", "2026-07"), dues(LIFE, "2026-01", "2026-07")
    assert overpaid(before, after, "2026-07") == dict.fromkeys(months_between("2026-02", "2026-07"), 26000)
    changed = compare(known, LIFE, "2026-01", "2026-09")
    assert [row.month for row in changed] == list(months_between("2026-02", "2026-09"))
    assert (changed[-1].before_phase, changed[-1].after_phase) == (R, E)


def test_nothing_is_due_of_what_was_voided() -> None:
    voided = (version(1, "2026-01", R, 50000, "2026-01-02"), version(2, "2026-01", V, 50000, "2026-02-02"))
    assert total(voided, "2026-01", "2026-12") == 0
    assert due_in((), "2026-01") == 0
    assert timeline(()) == ()


@st.composite
def lives(draw: st.DrawFn) -> tuple[Version, ...]:
    rows = []
    for seq in range(1, draw(st.integers(1, 8)) + 1):
        phase = draw(st.sampled_from(AwardPhase))
        month = later_month("2025-01", draw(st.integers(0, 30)))
        fen = draw(st.sampled_from([100, 200, 30000]))
        rows.append(Version(seq, month, phase, fen, dt.date(2025, 1, 1) + dt.timedelta(draw(st.integers(0, 900)))))
    return tuple(draw(st.permutations(rows)))


@given(lives())
def test_the_timeline_says_what_every_month_says_and_the_months_add_up(rows: tuple[Version, ...]) -> None:
    first, last = "2024-12", "2028-01"
    runs = timeline(rows, last)
    said: dict[str, int] = {}
    for run in runs:
        assert run.to_month >= run.from_month
        assert (run.due_fen > 0) == (run.phase in PAYING)
        said |= dict.fromkeys(months_between(run.from_month, run.to_month), run.due_fen)
    by_month = dues(rows, first, last)
    assert {month: said.get(month, 0) for month in by_month} == by_month
    assert total(rows, first, last) == sum(
        run.due_fen * len(months_between(run.from_month, run.to_month)) for run in runs
    )
    for run, after in pairwise(runs):
        assert later_month(run.to_month, 1) == after.from_month
        assert (run.phase, run.due_fen) != (after.phase, after.due_fen)
    assert compare(rows, rows, first, last) == ()


@given(lives(), lives())
def test_too_much_less_too_little_is_the_difference_of_the_sums(
    one: tuple[Version, ...], other: tuple[Version, ...]
) -> None:
    span = ("2025-01", "2027-12")
    before, after = dues(one, *span), dues(other, *span)
    much, little = overpaid(before, after, span[1]), arrears(before, after, span[1])
    assert sum(much.values()) - sum(little.values()) == total(one, *span) - total(other, *span)
    assert much.keys().isdisjoint(little)
    assert sorted({*much, *little}) == [month for month in before if before[month] != after[month]]
