"""What the bars are measured on: the demo district behind a live server, once per module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.bars.district import Store
from tests.bars.look import Looker
from tests.journeys.grounds import Grounds


@pytest.fixture(scope="session")
def _store(django_db_setup: None, django_db_blocker: Any) -> Iterator[Store]:
    store = Store()
    yield store
    with django_db_blocker.unblock():
        store.close()


@pytest.fixture(scope="module")
def db(
    request: pytest.FixtureRequest, _store: Store, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Grounds]:
    """In place of pytest-django's: the tests of a module share one database and may write to it.

    A module that says ``EMPTY = True`` gets the places and the staff only.
    """
    empty = getattr(request.module, "EMPTY", False)
    before = {name: getattr(settings, name) for name in ("YIMEN_DEMO", "YIMEN_GATEWAY_DIR")}
    with django_db_blocker.unblock(), _store.opened(tmp_path_factory.mktemp("district"), empty=empty) as made:
        yield made
    for name, value in before.items():
        setattr(settings, name, value)


@pytest.fixture(scope="module")
def grounds(db: Grounds) -> Grounds:
    """The demo district and where each page leads in it."""
    return db


@pytest.fixture(scope="module")
def server(grounds: Grounds) -> Iterator[LiveServer]:
    """Who answers the browsers, in place of pytest-django's server, which would empty the database after each test."""
    running = LiveServer("localhost")
    yield running
    running.stop()


@pytest.fixture
def looker(page: Page, axe_source: str, sign_in: Callable[[Page, Any], None]) -> Looker:
    """A browser that measures the pages it is led to."""
    return Looker(page, axe_source, sign_in)
