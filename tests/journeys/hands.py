"""Hands at a browser: come in, go to a page by its links, fill fields by their names, press buttons, open papers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.rooms.world import PASSWORD, TOWNSHIP, VILLAGE, World
from yimen.base.jobs.worker import run_one
from yimen.base.offices.models import Account
from yimen.law.terms import Role

PLACES = {Role.AIDE: VILLAGE, Role.HANDLER: TOWNSHIP, Role.HEAD: TOWNSHIP}
WIDTHS = ((390, 844), (1366, 768))
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def account(world: World, role: Role, code: str = "", number: int = 0) -> Account:
    """The account of whoever holds a role at the first street, its first community, or the district."""
    staff = world.district.who(code or PLACES.get(role, "990101"), role, number)
    return world.district.accounts[staff.pk]


def log_in(page: Page, who: Account, *, to: str = "/") -> Page:
    """By the form, as everybody does; an open session is left first."""
    page.context.clear_cookies()
    page.goto(to if to != "/" else "/login/")
    page.get_by_label("账号").fill(who.username)
    page.get_by_label("密码").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_label("密码").press("Enter")
    expect(page.get_by_role("heading", name="登录")).to_have_count(0)
    return page


def press(page: Page, name: str) -> None:
    """Press a button, or follow a link that looks like one, and wait for what it brings; unfold it first if need be."""
    words = page.locator(f'a:text-is("{name}"), button:text-is("{name}")')
    folded = page.locator("main details:not([open])").filter(has=words)
    if folded.count():
        folded.first.locator("summary").first.click()
    button = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    link = page.get_by_role("main").get_by_role("link", name=name, exact=True)
    follow(button.or_(link).first)


def follow(found: Locator) -> None:
    """Press what leads to another page, wherever it stands, and wait until that page has come."""
    with found.page.expect_navigation():
        found.click()


def worked(page: Page) -> None:
    """Do the job that a page waits for; its card gives way by itself, and a reload would run into that."""
    assert run_one()
    given_way(page)


def given_way(page: Page) -> None:
    """Wait until no job is shown any more."""
    expect(page.locator("#progress")).to_have_count(0, timeout=20_000)


def field(page: Page, name: str) -> Locator:
    """A field by its name in the form: rows of a table share their labels."""
    return page.locator(f'[name="{name}"]')


def fill(page: Page, **values: str) -> None:
    """``visit__place="…"`` types into ``visit-place``; a choice is chosen, a box with "on" is ticked."""
    for key, value in values.items():
        put(page, key.replace("__", "-"), value)


def put(page: Page, name: str, value: str) -> None:
    """One value into one field, whatever kind of field it is."""
    found = field(page, name)
    kind = found.first.evaluate("node => node.tagName === 'SELECT' ? 'select' : node.type")
    if kind == "select":
        found.select_option(value)
    elif kind == "radio":
        page.locator(f'[name="{name}"][value="{value}"]').check()
    elif kind == "checkbox":
        (page.locator(f'[name="{name}"][value="{value}"]') if value != "on" else found).check()
    else:
        found.fill(value)


def open_case(page: Page, name: str) -> None:
    """From the own desk to a case, by the search of the header; whoever is there already reads it anew."""
    if re.search(r"/case/\w+/(\?.*)?$", page.url) and page.get_by_role("heading", name=name, level=1).count():
        page.goto(page.url.split("?")[0])
        return
    box = page.locator("[data-search]").first
    for _ in range(5):  # an answer that is still coming in may put the focus on its own place first
        page.keyboard.press("/")
        page.wait_for_timeout(100)
        if box.evaluate("node => node === document.activeElement"):
            break
    expect(box).to_be_focused()
    box.fill(name)
    with page.expect_navigation():
        box.press("Enter")
    follow(page.get_by_role("main").get_by_role("link", name=name).first)
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def paper(page: Page, title: str) -> bytes:
    """The PDF behind a link of the page, opened with the cookies of this browser."""
    link = page.get_by_role("main").get_by_role("link", name=title).first
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.ok, f"{title}: {answer.status}"
    data = bytes(answer.body())
    assert data.startswith(b"%PDF"), title
    return data


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """A sentence stands somewhere in what the page says."""
    expect(page.get_by_role("main")).to_contain_text(words)


def download(page: Page, name: str, folder: Path) -> Path:
    """Press a download and keep the file under the name that it travels by."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def fits(page: Page) -> Any:
    """Nothing is cut off at the right."""
    assert page.evaluate(SIDEWAYS) <= 0, page.url


def fits_both(page: Page, axe: Any) -> None:
    """On a phone and at a desk: nothing is cut off at the right, axe is content."""
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
        axe(page)
