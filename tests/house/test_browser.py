"""The browser fixtures see what they promise to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import Watch

WHOLE = "<!doctype html><html lang='zh-CN'><title>测试</title><main><h1>测试</h1>{}</main></html>"


def test_axe_passes_a_plain_page_and_names_what_is_wrong(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content(WHOLE.format("<p>没有问题</p>"))
    axe(page)
    page.set_content(WHOLE.format("<input type='text'>"))
    with pytest.raises(AssertionError, match=r"\[label\]"):
        axe(page)


def test_trouble_on_a_page_is_noticed(page: Page, watch: Watch) -> None:
    page.set_content(WHOLE.format("<img src='https://example.org/a.png' alt=''>"))
    page.evaluate("console.error('broken')")
    page.evaluate("setTimeout(() => { throw new Error('thrown') })")
    page.wait_for_timeout(100)
    noticed = watch.unexpected()
    assert [any(sign in problem for problem in noticed) for sign in ("another origin", "broken", "thrown")] == [
        True
    ] * 3
    for sign in ("another origin", "broken", "thrown"):
        watch.expect(sign)


def test_a_phone_is_390_wide_and_each_page_has_its_own_cookies(phone: Page, new_page: Callable[..., Page]) -> None:
    assert phone.viewport_size == {"width": 390, "height": 844}
    phone.context.add_cookies([{"name": "who", "value": "village", "url": "http://localhost"}])
    assert new_page().context.cookies() == []
