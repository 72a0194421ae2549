"""No test hangs in the browser: playwright waits for the answer to an `evaluate` for ever, and xdist for its worker.

Who still uses the browser after LIMIT seconds loses it: the call that waits raises, and the test fails by its name.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Browser

LIMIT = float(os.environ.get("BROWSER_SECONDS", "240"))  # more on a very slow machine
_processes: list[int] = []


class Hung(Exception):
    """A test had the browser for longer than it may."""


def known(browser: Browser) -> Browser:
    """Remember the process of a browser that has just started, so that it can be ended from another thread."""
    session = browser.new_browser_cdp_session()
    rows = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    _processes.extend(row["id"] for row in rows if row["type"] == "browser")
    return browser


@contextmanager
def watched(who: str, limit: float = LIMIT) -> Iterator[None]:
    """Raises Hung, with the name, when what stands inside was still at it after ``limit`` seconds and then broke off."""
    late = threading.Event()

    def end() -> None:
        late.set()
        while _processes:
            with suppress(ProcessLookupError):
                os.kill(_processes.pop(), signal.SIGKILL)

    timer = threading.Timer(limit, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except BaseException as wrong:
        if late.is_set():
            raise Hung(f"{who} had the browser for more than {limit:g} seconds; the browser was ended.") from wrong
        raise
    finally:
        timer.cancel()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    with _watch(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    with _watch(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    with _watch(item):
        return (yield)


@contextmanager
def _watch(item: pytest.Item) -> Iterator[None]:
    if "browser" not in getattr(item, "fixturenames", ()):
        yield
        return
    with watched(item.nodeid):
        yield
