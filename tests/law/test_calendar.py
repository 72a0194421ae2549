"""Dates, working days, clocks that pause, and the present moment."""

import datetime as dt
import threading

import pytest

from yimen.law import calendar as cal, holidays

D = dt.date


def test_the_notices_of_2025_and_2026() -> None:
    shipped = cal.shipped()
    year_2025 = [D(2025, 1, 1) + dt.timedelta(n) for n in range(365)]
    year_2026 = [D(2026, 1, 1) + dt.timedelta(n) for n in range(365)]
    assert sum(map(shipped.is_working_day, year_2025)) == 248
    assert sum(map(shipped.is_working_day, year_2026)) == 248
    assert not shipped.is_working_day(D(2026, 2, 23))
    assert shipped.is_working_day(D(2026, 2, 28))
    assert [notice.document for notice in holidays.shipped_notices()] == [
        "国办发明电〔2024〕12号",
        "国办发明电〔2025〕7号",
    ]


def test_make_up_days_are_weekend_days_and_holidays_hold_them_together() -> None:
    for notice in holidays.shipped_notices():
        assert all(day.weekday() >= 5 for day in notice.makeup_days)
        assert not notice.holidays & notice.makeup_days


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        (D(2026, 11, 20), 3, D(2026, 11, 25)),  # a Friday: the weekend does not count
        (D(2026, 9, 30), 1, D(2026, 10, 8)),  # over the National Day holiday
        (D(2026, 9, 18), 1, D(2026, 9, 20)),  # a Sunday that is a make-up day
        (D(2026, 11, 22), 0, D(2026, 11, 22)),
    ],
)
def test_working_day_limits(start: D, days: int, ends: D) -> None:
    assert cal.shipped().add_working_days(start, days) == cal.Due(ends)


def test_a_limit_into_a_year_without_notice_is_provisional_and_says_which() -> None:
    found = cal.shipped().add_working_days(D(2026, 12, 28), 20)
    assert found.date == D(2027, 1, 25)
    assert found.provisional
    assert found.provisional_years == (2027,)
    assert found.remark == "暂定（2027年放假安排未公布）"


def test_seven_days_end_at_the_close_of_the_seventh_weekend_or_not() -> None:
    found = cal.due(D(2026, 11, 23), 7, "calendar_day", cal.shipped())
    assert found == cal.Due(D(2026, 11, 30))
    assert cal.due(D(2026, 12, 28), 7, "calendar_day", cal.shipped()) == cal.Due(D(2027, 1, 4))


@pytest.mark.parametrize(
    ("start", "months", "ends"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2026, 11, 15), 3, D(2027, 2, 15)),
    ],
)
def test_months_run_to_the_same_day_number_or_the_last(start: D, months: int, ends: D) -> None:
    assert cal.add_months(start, months) == ends
    assert cal.due(start, months, "month", cal.shipped()).date == ends


def test_a_pause_takes_its_days_out_of_a_limit() -> None:
    calendar, start = cal.shipped(), D(2026, 11, 2)
    plain = cal.due(start, 10, "working_day", calendar)
    pause = cal.Span(D(2026, 11, 4), D(2026, 11, 9))
    assert plain.date == D(2026, 11, 16)
    assert cal.due(start, 10, "working_day", calendar, (pause,)).date == D(2026, 11, 19)
    assert cal.due(start, 7, "calendar_day", calendar, (pause,)).date == D(2026, 11, 14)
    assert cal.due(start, 1, "month", calendar, (pause,)).date == D(2026, 12, 7)


def test_overlapping_pauses_count_once_and_one_outside_counts_nothing() -> None:
    calendar, start = cal.shipped(), D(2026, 11, 2)
    twice = (
        cal.Span(D(2026, 11, 4), D(2026, 11, 9)),
        cal.Span(D(2026, 11, 5), D(2026, 11, 9)),
    )
    before = (cal.Span(D(2026, 10, 8), D(2026, 10, 30)),)
    assert cal.due(start, 10, "working_day", calendar, twice).date == D(2026, 11, 19)
    assert cal.due(start, 10, "working_day", calendar, before).date == D(2026, 11, 16)


def test_an_open_pause_runs_until_the_day_of_asking() -> None:
    found = cal.due(
        D(2026, 11, 2),
        10,
        "working_day",
        cal.shipped(),
        (cal.Span(D(2026, 11, 4)),),
        on=D(2026, 11, 9),
    )
    assert found.date == D(2026, 11, 19)
    assert found.paused
    assert found.remark == "计时暂停中"


def test_working_days_between_counts_the_last_day_and_not_the_first() -> None:
    calendar = cal.shipped()
    assert calendar.working_days_between(D(2026, 11, 20), D(2026, 11, 25)) == 3
    assert calendar.working_days_between(D(2026, 11, 25), D(2026, 11, 20)) == -3
    assert calendar.working_days_between(D(2026, 11, 20), D(2026, 11, 20)) == 0


@pytest.mark.parametrize(("unit", "length"), [("hour", 1), ("working_day", -1)])
def test_senseless_limits_are_errors(unit: str, length: int) -> None:
    with pytest.raises(ValueError):
        cal.due(D(2026, 1, 1), length, unit, cal.shipped())


def test_cut_off_day_that_a_month_lacks_is_its_last() -> None:
    assert cal.cut_off("2027-02", 30) == D(2027, 2, 28)
    assert cal.cut_off(D(2026, 11, 3), 26) == D(2026, 11, 26)


def test_months_as_text() -> None:
    assert cal.month_of(D(2026, 12, 31)) == "2026-12"
    assert cal.next_month("2026-12") == "2027-01"
    assert cal.next_month(D(2026, 1, 31)) == "2026-02"
    assert (cal.first_day("2024-02"), cal.last_day("2024-02")) == (
        D(2024, 2, 1),
        D(2024, 2, 29),
    )


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (D(1966, 11, 22), D(2026, 11, 22), 60),
        (D(1966, 11, 23), D(2026, 11, 22), 59),
        (D(2008, 2, 29), D(2026, 2, 27), 17),
        (D(2008, 2, 29), D(2026, 2, 28), 18),
        (D(2026, 11, 22), D(2026, 11, 22), 0),
    ],
)
def test_age_in_completed_years(born: D, on: D, years: int) -> None:
    assert cal.age(born, on) == years


def test_nobody_is_older_before_birth() -> None:
    with pytest.raises(ValueError, match="出生日期"):
        cal.age(D(2026, 1, 2), D(2026, 1, 1))


def test_every_date_begins_once_even_those_without_a_midnight() -> None:
    """From the time zone database itself: each day starts right after the one before."""
    second, late = dt.timedelta(seconds=1), set()
    for number in range(D(1900, 1, 1).toordinal(), D(2030, 1, 1).toordinal()):
        day = D.fromordinal(number)
        start = cal.start_of_day(day)
        before = (start.astimezone(dt.UTC) - second).astimezone(cal.ZONE)
        assert start.date() == day
        assert before.date() == day - dt.timedelta(1)
        if start.hour:
            late.add(day.year)
    assert late
    assert late <= {1919, *range(1940, 1950)}


def test_travelling_in_time_is_this_threads_alone() -> None:
    seen: list[dt.date] = []
    with cal.travel(D(2026, 11, 22)) as moment:
        assert cal.now() == moment == dt.datetime(2026, 11, 22, 9, tzinfo=cal.ZONE)
        with cal.travel(dt.datetime(2026, 11, 23, 23, 59)):
            assert cal.today() == D(2026, 11, 23)
        assert cal.today() == D(2026, 11, 22)
        other = threading.Thread(target=lambda: seen.append(cal.today()))
        other.start()
        other.join()
    assert seen == [cal.today()]


def test_a_moment_elsewhere_is_dated_in_shanghai() -> None:
    with cal.travel(dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)):
        assert cal.today() == D(2026, 11, 23)


def test_the_date_can_be_pinned_for_the_process() -> None:
    cal.pin_today(D(2026, 11, 24))
    try:
        assert cal.today() == D(2026, 11, 24)
        assert cal.now().utcoffset() == dt.timedelta(hours=8)
    finally:
        cal.pin_today(None)


def test_a_notice_that_contradicts_itself_is_refused() -> None:
    text = '{"year": 2027, "holidays": [{"from": "2027-01-01", "to": "2027-01-03"}], "makeup_days": ["2027-01-02"]}'
    with pytest.raises(ValueError, match="2027年放假安排有误"):
        holidays.read_notice(text)


def test_a_district_may_add_a_year() -> None:
    added = holidays.YearNotice(2027, frozenset({D(2027, 1, 1)}), frozenset())
    calendar = cal.Calendar.of((*holidays.shipped_notices(), added))
    assert calendar.add_working_days(D(2026, 12, 31), 1) == cal.Due(D(2027, 1, 4))
