"""Fixtures for browser journeys: the system's chromium, pages that watch for trouble, axe.

``page`` (1366 px wide) and ``phone`` (390 px) are logged in nowhere; ``new_page(width=…)`` opens further ones, each
with its own cookies, so that four officers can work side by side. Whatever a page must never do fails its test:
script errors, console errors, breaches of the content security policy, requests to another origin, answers of 500.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, Request, Response, sync_playwright

from tests.watchdog import known
from yimen.law.calendar import now

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WATCH_POLICY = """
addEventListener('securitypolicyviolation', event =>
    console.error('content security policy: ' + event.violatedDirective + ' ' + event.blockedURI))
"""
AXE = Path(__file__).resolve().parents[1] / ".cache/axe-core-4.14.1/axe.min.js"
_AXE = "options => axe.run(document, options).then(result => result.violations)"
NewPage = Callable[..., Page]


@dataclass
class Watch:
    """Collects what a page must never do; ``expect(text)`` forgives a console line that a test provokes."""

    origin: str
    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, text: str) -> None:
        self.expected.append(text)

    def attach(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("response", self._response)

    def unexpected(self) -> list[str]:
        return [problem for problem in self.problems if not any(text in problem for text in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        # A refusal (4xx) is an answer that tests look at on the page itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.problems.append(f"another origin: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status} from {response.url}")


def missing(sentence: str) -> NoReturn:
    """A tool is not there: seen on anybody's machine, a failure in CI."""
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def _chromium() -> str:
    named = os.environ.get("CHROMIUM")
    # Without windows first: the same engine, and a page of its own profile costs a third.
    for found in (named, *map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))):
        if found:
            return found
    missing("chromium is not installed; `make test` installs it (scripts/system-packages.sh browser)")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def launched(playwright: Playwright) -> Browser:
    """The system's chromium; playwright's own browsers are never downloaded."""
    # Chromium refuses its sandbox to root, and containers have little shared memory.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return known(playwright.chromium.launch(executable_path=_chromium(), args=[*sandbox, "--disable-dev-shm-usage"]))


@pytest.fixture(scope="session")
def _browsers(playwright: Playwright) -> Iterator[list[Browser]]:
    started: list[Browser] = []
    yield started
    for browser in started:
        browser.close()


@pytest.fixture
def browser(_browsers: list[Browser], playwright: Playwright) -> Browser:
    """One per test process; one that the watchdog has ended is started again."""
    if not _browsers or not _browsers[-1].is_connected():
        _browsers[:] = [launched(playwright)]
    return _browsers[-1]


@pytest.fixture
def server(live_server: Any) -> Any:
    """Who answers the browser; tests/bars puts one with a whole district in its place."""
    return live_server


@pytest.fixture
def watch(server: Any) -> Iterator[Watch]:
    watching = Watch(origin=server.url)
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def new_page(browser: Browser, server: Any, watch: Watch) -> Iterator[NewPage]:
    """``new_page(width=1366, height=768)``: a page of its own browser profile, relative to the live server."""
    contexts = []

    def open_page(width: int = DESK["width"], height: int = DESK["height"], **options: Any) -> Page:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_init_script(WATCH_POLICY)
        page = context.new_page()
        watch.attach(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """An office screen, 1366 px wide."""
    return new_page()


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A phone, 390 px wide, with touch."""
    return new_page(**PHONE, has_touch=True, is_mobile=True)


def session_of(account: Any) -> str:
    """The value of a session cookie of somebody who has just logged in."""
    client = Client()
    # As the store has it now: a session ends with the password that it began with.
    client.force_login(type(account).objects.get(pk=account.pk))
    session = client.session
    session["started"] = now().isoformat()
    session.save()
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


@pytest.fixture
def sign_in(server: Any) -> Callable[[Page, Any], None]:
    """``sign_in(page, account)``: the page's profile is logged in, without the login form."""

    def enter(page: Page, account: Any) -> None:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(account), "url": server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    return enter


def axe_script() -> str:
    """axe-core 4.14.1, as scripts/fetch_tools.py fetched it."""
    if not AXE.is_file():
        missing("axe-core is not there; `make test` fetches it (scripts/fetch_tools.py)")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def axe_source() -> str:
    return axe_script()


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], None]:
    """``axe(page)`` fails on any violation and names screen, rule and element."""

    def violations(page: Page) -> Any:
        page.wait_for_load_state("load")
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe_source)
        return page.evaluate(_AXE, {"runOnly": AXE_TAGS, "resultTypes": ["violations"]})

    def check(page: Page) -> None:
        try:
            found = violations(page)
        except Error:  # a page that was just giving way to the next one; what stands then is looked at
            found = violations(page)
        lines = [
            f"{page.url} [{rule['id']}] {rule['help']}: {', '.join(str(part) for part in node['target'])}"
            for rule in found
            for node in rule["nodes"]
        ]
        assert not lines, "\n".join(lines)

    return check


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests tell whoever ran them, with ``record_property("told", …)``: it comes from the workers too."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            for name, words in getattr(report, "user_properties", ()):
                if name == "told":
                    terminalreporter.write_line(str(words))
