"""The 26th and the 30th: in short months, on days off, in years without a holiday notice, and while nobody has named them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yimen.law import calendar
from yimen.law.monthclose import KEYS, SHIFT, CutOff, deadline
from yimen.law.standards import BadFigure, Figure, Unset

CALENDAR = calendar.shipped()


def ask_of(cases: int = 26, platform: int = 30, shift: str = "") -> Any:
    values = {KEYS[CutOff.CASES]: cases, KEYS[CutOff.PLATFORM]: platform, **({SHIFT: shift} if shift else {})}

    def ask(key: str) -> Figure:
        if key not in values:
            raise Unset(key, key)
        unit = "code" if key == SHIFT else "day_of_month"
        return Figure(key, values[key], unit, "990101", date(2025, 1, 1), None, "示例文号", "demo")

    return ask


@pytest.mark.parametrize(
    ("what", "month", "shift", "told"),
    [
        (CutOff.CASES, "2026-11", "", date(2026, 11, 26)),  # a Thursday
        (CutOff.CASES, "2026-09", "before", date(2026, 9, 24)),  # the 25th to the 27th are mid-autumn
        (CutOff.CASES, "2026-12", "before", date(2026, 12, 25)),  # a Saturday
        (CutOff.CASES, "2026-12", "after", date(2026, 12, 28)),
        (CutOff.CASES, "2026-12", "same", date(2026, 12, 26)),
        (CutOff.PLATFORM, "2026-11", "after", date(2026, 11, 30)),
        (CutOff.PLATFORM, "2026-05", "after", date(2026, 6, 1)),  # a Saturday: the next working day lies in June
        (CutOff.PLATFORM, "2025-02", "", date(2025, 2, 28)),  # a month without a 30th
        (CutOff.PLATFORM, "2026-02", "before", date(2026, 2, 28)),  # a Saturday on which everybody works
    ],
)
def test_the_last_day_of_a_month(what: CutOff, month: str, shift: str, told: date) -> None:
    found = deadline(what, month, ask_of(shift=shift), CALENDAR)
    assert found.day == told
    assert found.left(told) == 0


def test_a_day_off_stays_and_says_so_while_no_rule_is_set() -> None:
    found = deadline(CutOff.CASES, "2026-12", ask_of(), CALENDAR)
    assert (found.day, found.undecided, found.remark) == (date(2026, 12, 26), True, "非工作日，是否顺延未设置")


def test_a_moved_day_names_the_one_it_was() -> None:
    assert deadline(CutOff.CASES, "2026-12", ask_of(shift="before"), CALENDAR).remark == "26日为非工作日，提前"
    assert deadline(CutOff.CASES, "2026-12", ask_of(shift="after"), CALENDAR).remark == "26日为非工作日，顺延"


def test_a_year_without_a_notice_is_provisional() -> None:
    found = deadline(CutOff.CASES, "2031-11", ask_of(), CALENDAR)
    assert found.provisional
    assert "暂定（2031年放假安排未公布）" in found.remark


def test_what_is_not_named_is_no_cut_off() -> None:
    def nothing(key: str) -> Figure:
        raise Unset(key, key)

    with pytest.raises(Unset):
        deadline(CutOff.CASES, "2026-11", nothing, CALENDAR)


@pytest.mark.parametrize("wrong", [{"cases": 0}, {"cases": 32}, {"shift": "whenever"}])
def test_a_figure_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadFigure):
        deadline(CutOff.CASES, "2026-12", ask_of(**wrong), CALENDAR)
