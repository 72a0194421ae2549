"""The driver of the old browser sees what it promises to see, and outlives a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.chromium78 import Gone, OldPage
from tests.desks.preview import served

WHOLE = "<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>测试</title><main><h1>测试</h1>{}</main></html>"
Open = Callable[[str], OldPage]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    rendered = {
        "plain": WHOLE.format("<label>姓名<input id='name'></label>"),
        "inline": WHOLE.format("<script>document.title = '';</script>"),
        "abroad": WHOLE.format("<img src='https://example.org/a.png' alt=''>"),
    }
    with served(rendered) as address:
        yield address


def test_it_is_the_browser_of_the_floor(open_old: Open, origin: str) -> None:
    page = open_old(origin)
    page.goto("/plain/")
    assert "HeadlessChrome/78.0.3882" in page.run("navigator.userAgent")
    page.run("document.getElementById('name').focus()")
    page.type("买买提·艾力")
    assert page.run("document.getElementById('name').value") == "买买提·艾力"
    assert page.problems == []


def test_trouble_is_noticed(open_old: Open, origin: str) -> None:
    page = open_old(origin)
    for name, sign in (("inline", "content security policy: script-src"), ("abroad", "another origin")):
        page.goto(f"/{name}/")
        page.run("0")
        assert [line for line in page.problems if sign in line], (name, page.problems)
    page.goto("/plain/")
    page.run("setTimeout(() => { throw new Error('thrown') })")
    page.run("new Promise(done => setTimeout(done, 50))")
    assert [line for line in page.problems if "thrown" in line]


def test_a_crash_ends_one_test_only(open_old: Open, origin: str) -> None:
    page = open_old(origin)
    with pytest.raises((Gone, AssertionError)):
        page.goto("chrome://crash/")
    again = open_old(origin)
    again.goto("/plain/")
    assert again.run("document.title") == "测试"
