"""What the tests of desks share: the world of offices, a household on assistance, a browser on rendered samples of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.desks.ledger_hands import line, taken_over
from tests.desks.preview import render, served
from tests.desks.sample_parts import frame
from tests.desks.samples import pages as samples
from tests.rooms.world import World, make_world
from yimen.casework.awards import queries
from yimen.casework.awards.models import Award


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    """The offices of a district with their people; files and exchange stay in a folder of the test."""
    settings.YIMEN_FILES_DIR, settings.YIMEN_GATEWAY_DIR = tmp_path / "files", tmp_path / "gateway"
    return make_world()


@pytest.fixture
def award(world: World) -> Award:
    """A household of two taken over from the ledger."""
    taken_over(world, line(world, 1))
    return queries.running(world.handler()).get()


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    wanted = samples()
    rendered = {
        name: render(*wanted[name])
        for name in (
            "queue",
            "queue-full",
            "intake",
            "intake-error",
            "visit-form",
            "visit-form-error",
            "case",
            "comparison",
        )
    }
    rendered["quiet"] = render("township/queue.html", frame(keys=False), wanted["queue"][2])
    with served(rendered) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, origin: str) -> Iterator[Page]:
    context = browser.new_context(base_url=origin, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert found == []
