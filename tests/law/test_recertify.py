"""Intervals of recertification by category and programme, and how near a due day is (D31; L46; O 7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yimen.law.recertify import Due, due_of, interval, next_due
from yimen.law.standards import BadFigure, Unset
from yimen.law.standards.figure import Figure
from yimen.law.terms import Programme

ABC = [
    {"code": "A", "label": "A类", "months": 12},
    {"code": "B", "label": "B类", "months": 6},
    {"code": "C", "label": "C类", "months": 3},
]
PROVINCE = [
    {"code": "重点", "label": "重点保障对象", "months": 12},
    {"code": "一般", "label": "一般保障对象", "months": 6},
]


def ask_of(**values: Any) -> Any:
    def ask(key: str) -> Figure:
        if key not in values:
            raise Unset(key, key)
        unit = "table" if isinstance(values[key], list) else "month"
        return Figure(key, values[key], unit, "990101", date(2025, 1, 1), None, "示例文号", "demo")

    return ask


@pytest.mark.parametrize(
    ("scheme", "category", "months"),
    [(ABC, "A", 12), (ABC, "B类", 6), (ABC, "C", 3), (PROVINCE, "重点", 12), (PROVINCE, "一般保障对象", 6)],
)
def test_the_place_s_own_table_says_how_often(scheme: Any, category: str, months: int) -> None:
    found = interval(Programme.DIBAO, category, ask_of(**{"category.scheme": scheme}))
    assert (found.months, found.document) == (months, "示例文号")


def test_other_programmes_have_a_figure_of_their_own() -> None:
    assert interval(Programme.TEKUN, "", ask_of(**{"tekun.recertify": 12})).months == 12
    assert interval(Programme.EDGE, "", ask_of(**{"edge.recertify": 6})).months == 6


@pytest.mark.parametrize("programme", [Programme.DIBAO, Programme.TEKUN, Programme.EDGE])
def test_without_a_figure_nothing_stands_in_for_it(programme: Programme) -> None:
    with pytest.raises(Unset):
        interval(programme, "A", ask_of())


def test_what_the_table_does_not_say_is_told_in_words() -> None:
    with pytest.raises(BadFigure, match="没有“D”类"):
        interval(Programme.DIBAO, "D", ask_of(**{"category.scheme": ABC}))
    with pytest.raises(BadFigure, match="没有写明核查间隔"):
        interval(Programme.DIBAO, "A", ask_of(**{"category.scheme": [{"code": "A", "label": "A类"}]}))
    with pytest.raises(BadFigure, match="重新申请"):
        interval(Programme.RIGID_EXPENDITURE, "", ask_of())


def test_the_next_day_is_an_interval_after_the_check() -> None:
    found = interval(Programme.DIBAO, "B", ask_of(**{"category.scheme": ABC}))
    assert next_due(date(2026, 8, 31), found) == date(2027, 2, 28)
    assert next_due(date(2026, 11, 24), found) == date(2027, 5, 24)


@pytest.mark.parametrize(
    ("due", "word"),
    [
        (date(2026, 11, 23), Due.LATE),
        (date(2026, 11, 24), Due.THIS_MONTH),
        (date(2026, 11, 30), Due.THIS_MONTH),
        (date(2026, 12, 1), Due.NEXT_MONTH),
        (date(2026, 12, 31), Due.NEXT_MONTH),
        (date(2027, 1, 1), Due.LATER),
    ],
)
def test_how_near_a_day_is(due: date, word: Due) -> None:
    assert due_of(due, date(2026, 11, 24)) is word
