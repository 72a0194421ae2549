"""Clocks after the decision: three months from a death, ten working days for a reassessment, seven days and fifteen for a stop."""

import datetime as dt

import pytest

from yimen.law.calendar import due, shipped
from yimen.law.procedure import CLOCKS, PROGRAMME_CLOCKS
from yimen.law.standards import KEYS, Unset, chain, shipped_book
from yimen.law.terms import Programme

TIEXI, ON = chain("220302001"), dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("code", "start", "last"),
    [
        ("death_change", dt.date(2026, 11, 24), dt.date(2027, 2, 24)),
        ("death_change", dt.date(2026, 11, 30), dt.date(2027, 2, 28)),
        ("death_change", dt.date(2027, 11, 30), dt.date(2028, 2, 29)),
        ("death_change", dt.date(2028, 2, 29), dt.date(2028, 5, 29)),
        ("death_change", dt.date(2026, 12, 31), dt.date(2027, 3, 31)),
        ("reassess", dt.date(2026, 11, 24), dt.date(2026, 12, 8)),
        ("stop_notice", dt.date(2026, 11, 24), dt.date(2026, 12, 1)),
        ("stop_decision", dt.date(2026, 11, 24), dt.date(2026, 12, 15)),
    ],
)
def test_the_last_day(code: str, start: dt.date, last: dt.date) -> None:
    rule = CLOCKS[code]
    figure = shipped_book().figure(rule.key, TIEXI, ON)
    assert figure.unit == rule.unit == KEYS[rule.key].unit
    assert due(start, figure.as_int(), rule.unit, shipped()).date == last


@pytest.mark.parametrize(
    ("programme", "code", "start", "last"),
    [
        (Programme.DIBAO, "grace_end", dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        (Programme.RIGID_EXPENDITURE, "validity_end", dt.date(2028, 2, 29), dt.date(2029, 2, 28)),
    ],
)
def test_what_runs_out(programme: Programme, code: str, start: dt.date, last: dt.date) -> None:
    rule = PROGRAMME_CLOCKS[programme][code]
    length = shipped_book().figure(rule.key, TIEXI, ON).as_int()
    assert due(start, length, rule.unit, shipped()).date == last


def test_no_text_limits_the_handling_of_a_change() -> None:
    rule = CLOCKS["award_change"]
    assert not rule.required
    with pytest.raises(Unset):
        shipped_book().figure(rule.key, TIEXI, ON)


def test_one_rule_has_one_home() -> None:
    for code in ("reassess", "stop_notice", "stop_decision"):
        assert PROGRAMME_CLOCKS[Programme.TEKUN][code] is CLOCKS[code]
