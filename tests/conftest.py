"""Fixtures for every test: a fixed day, strict templates and queries, a browser for the journeys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings as hypothesis_settings

from tests import strict
from yimen.base.record.testing import let_flush_empty_the_record
from yimen.law import calendar

pytest_plugins = ["tests.captured", "tests.database", "tests.watchdog", "tests.browser", "tests.chromium78"]

# Two days before a 26th, a Tuesday: clocks, tags and the countdown are alive. Fixed, so that no test grows old.
TODAY = dt.date(2026, 11, 24)

hypothesis_settings.register_profile("yimen", deadline=None, derandomize=True)
hypothesis_settings.load_profile("yimen")
strict.install()
let_flush_empty_the_record()


@pytest.fixture(autouse=True)
def _fixed_day() -> Iterator[None]:
    calendar.pin_today(TODAY)
    yield
    calendar.pin_today(None)


@pytest.fixture
def travel() -> Iterator[Callable[[dt.date | dt.datetime], None]]:
    """``travel(day)``: live at that day until the test ends or travels again, the live server's threads too."""
    with ExitStack() as journey:

        def go(moment: dt.date | dt.datetime) -> None:
            journey.close()
            calendar.pin_today(calendar.as_moment(moment).date())
            journey.enter_context(calendar.travel(moment))

        yield go
