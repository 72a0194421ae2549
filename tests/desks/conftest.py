"""A browser on rendered samples of the desk pages, for the tests of the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.desks.preview import render, served
from tests.desks.sample_parts import frame
from tests.desks.samples import pages as samples


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
