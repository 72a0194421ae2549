"""The test environment really is strict: what it promises to refuse, it refuses."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.template import Context, Template

from tests.captured import FIRST, LAST, shortened
from tests.strict import UndefinedTemplateVariable, UnorderedQuery
from yimen.law import calendar


@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{{ nobody|default:'-' }}",
        "{{ person.phone }}",
        "{{ by_key.missing }}",
        "{% if nobody %}x{% endif %}",
        "{% if person.phone %}x{% endif %}",
        "{% for one in nobody %}x{% endfor %}",
        "{% with someone=nobody %}x{% endwith %}",
    ],
)
def test_a_slip_in_a_template_fails(text: str) -> None:
    with pytest.raises(UndefinedTemplateVariable):
        Template(text).render(Context({"person": SimpleNamespace(name="张三"), "by_key": {}}))


@pytest.mark.parametrize(
    "text", ["{% if by_key.missing %}x{% endif %}", "{% if rows.0 %}x{% endif %}", "{{ nothing|default:'' }}"]
)
def test_asking_for_a_key_that_may_be_missing_is_allowed(text: str) -> None:
    assert Template(text).render(Context({"by_key": {}, "rows": [], "nothing": ""})) == ""


@pytest.mark.django_db
def test_cutting_an_unordered_query_fails() -> None:
    with pytest.raises(UnorderedQuery):
        list(ContentType.objects.all()[:5])
    assert len(ContentType.objects.order_by("pk")[:2]) == 2


def test_a_warning_fails() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_the_day_is_fixed_and_tests_may_travel(travel: Callable[[dt.date], None]) -> None:
    assert calendar.today() == dt.date(2026, 11, 24)
    travel(dt.date(2027, 2, 1))
    assert calendar.today() == dt.date(2027, 2, 1)


def test_the_surroundings_are_the_tests_own() -> None:
    assert {name for name in os.environ if name.startswith("YIMEN_")} == {"YIMEN_DATA"}
    assert "yimen-tests-" in os.environ["YIMEN_DATA"]


def test_what_a_failed_test_printed_is_cut_and_said_once() -> None:
    long = "".join(f"{number}\n" for number in range(1000))
    [(name, words)] = shortened([("Captured stderr call", long), ("Captured log call", long)])
    lines = words.splitlines()
    assert name == "Captured stderr call" and len(lines) == FIRST + 1 + LAST
    assert lines[0] == "0" and lines[FIRST] == "… 880 lines …" and lines[-1] == "999"
    alone = [("Captured log setup", "one\n"), ("Captured stderr call", "two\n")]
    assert shortened(alone) == alone
