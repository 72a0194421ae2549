"""A browser that does not answer costs one test, with its name, and no more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.watchdog import Hung, watched


def test_what_hangs_ends_and_is_named(browser: Browser) -> None:
    page = browser.new_page()
    with pytest.raises(Hung, match=r"this one had the browser for more than 0.2 seconds"), watched("this one", 0.2):
        page.evaluate("new Promise(() => {})")
    assert not browser.is_connected()


def test_the_next_test_has_a_browser_again(browser: Browser) -> None:
    with watched("this one", 60):
        assert browser.new_page().evaluate("1 + 1") == 2
    with pytest.raises(ZeroDivisionError), watched("this one", 60):
        print(1 // 0)
