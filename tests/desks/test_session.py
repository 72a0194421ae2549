"""A login ends after 15 idle minutes and after 12 hours; to read a page, nothing is written but once a minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desks.case_hands import handler
from tests.rooms.world import make_world
from yimen.law import calendar

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=calendar.ZONE)


@pytest.fixture
def client() -> Client:
    with calendar.travel(NOON):
        return handler(make_world())


def _writes(client: Client, moment: datetime) -> tuple[int, int]:
    with calendar.travel(moment), CaptureQueriesContext(connection) as asked:
        status = client.get("/township/").status_code
    return status, sum(query["sql"].startswith(("UPDATE", "INSERT")) for query in asked.captured_queries)


def test_reading_notes_the_reader_once_a_minute(client: Client) -> None:
    assert _writes(client, NOON)[0] == 200
    assert _writes(client, NOON + timedelta(seconds=30)) == (200, 0)
    assert _writes(client, NOON + timedelta(seconds=61))[1] >= 1


def test_twelve_hours_are_the_end(client: Client) -> None:
    assert _writes(client, NOON + timedelta(hours=11, minutes=59))[0] == 200
    assert _writes(client, NOON + timedelta(hours=12, minutes=1))[0] == 302


def test_fifteen_idle_minutes_are_the_end(client: Client, settings: Any) -> None:
    _writes(client, NOON)
    kept = Session.objects.get(session_key=client.cookies["sessionid"].value)
    kept.expire_date -= timedelta(minutes=15, seconds=1)
    kept.save()
    assert settings.SESSION_COOKIE_AGE == 15 * 60
    assert _writes(client, NOON + timedelta(minutes=2))[0] == 302
