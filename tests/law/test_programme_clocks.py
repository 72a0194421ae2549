"""Clocks of the other programmes: 15 + 7 + 15 for 特困, 10 working days for a reassessment, 30 and 45 for 刚性支出."""

import datetime as dt

import pytest

from yimen.law.calendar import due, shipped
from yimen.law.procedure import PROGRAMME_CLOCKS
from yimen.law.standards import KEYS, chain, shipped_book
from yimen.law.terms import Programme

TIEXI, ON = chain("220302001"), dt.date(2026, 11, 24)
RULES = [(programme, rule) for programme, rules in PROGRAMME_CLOCKS.items() for rule in rules.values()]


@pytest.mark.parametrize(("programme", "rule"), RULES, ids=lambda value: getattr(value, "code", str(value)))
def test_every_clock_has_its_length_in_a_document_that_is_in_force(programme: Programme, rule) -> None:  # type: ignore[no-untyped-def]
    if not rule.required:
        assert shipped_book().find(rule.key, TIEXI, ON) is None, "no text settles it, so it ships unset"
        assert (KEYS[rule.key].unit, KEYS[rule.key].blocks) == (rule.unit, "")
        return
    figure = shipped_book().figure(rule.key, TIEXI, ON)
    assert figure.unit == rule.unit == KEYS[rule.key].unit
    assert figure.as_int() > 0
    assert figure.confidence == "primary"
    assert all(key in KEYS for key in (rule.delegated_key, rule.extended_key) if key)


@pytest.mark.parametrize(
    ("programme", "code", "last"),
    [
        (Programme.TEKUN, "investigation", dt.date(2026, 12, 15)),
        (Programme.TEKUN, "public_notice", dt.date(2026, 12, 1)),
        (Programme.TEKUN, "district_decision", dt.date(2026, 12, 15)),
        (Programme.TEKUN, "reassess", dt.date(2026, 12, 8)),
        (Programme.RIGID_EXPENDITURE, "total", dt.date(2027, 1, 5)),
    ],
)
def test_the_last_day_of_each(programme: Programme, code: str, last: dt.date) -> None:
    rule = PROGRAMME_CLOCKS[programme][code]
    length = shipped_book().figure(rule.key, TIEXI, ON).as_int()
    assert due(ON, length, rule.unit, shipped()).date == last
