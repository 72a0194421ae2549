"""The public pages in a browser: no axe violation, nothing wider than the screen, twelve rows on the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.desks.test_public_board import BOARD, PROPOSED, hung
from tests.rooms.examined import TOWNSHIP, build, examined
from yimen.casework.applications.models import Application
from yimen.casework.decisions.models import Notice
from yimen.demo.people import LONG
from yimen.desks.public import throttle
from yimen.desks.public.screen import screen_url

pytestmark = pytest.mark.django_db(transaction=True)
Axe = Callable[[Page], None]
CODE = "0bcd5fghjkmn"


@pytest.fixture
def origin(live_server: Any, travel: Callable[[date], None]) -> str:
    """A village with fourteen notices, one under the longest name, and a case that can be asked for."""
    throttle.forget()
    travel(PROPOSED)
    world = build()
    case = examined(world)
    notice = hung(world, case, travel)
    Application.objects.filter(pk=case.pk).update(progress_code=CODE, check_requested_on=date(2026, 10, 20))
    rows = [Notice.objects.get(pk=notice.pk) for _ in range(13)]
    for number, row in enumerate(rows):
        row.pk, row.ref, row._state.adding = None, f"row{number:09d}", True
    rows[0].applicant = LONG[0]
    Notice.objects.bulk_create(rows)
    return str(live_server.url)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def walk(page: Page, axe: Axe, origin: str) -> None:
    """From the district to the village, then to one's own case."""
    for path in (reverse("public:places"), reverse("public:township", args=[TOWNSHIP]), BOARD, reverse("public:ask")):
        page.goto(origin + path)
        axe(page)
        assert fits(page), path
    page.get_by_label("查询码").fill(CODE)
    page.get_by_label("身份证号后 4 位").fill(Application.objects.get(progress_code=CODE).applicant.identity[-4:])
    page.get_by_role("button", name="查询进度").click()
    expect(page.get_by_role("heading", name="办到哪一步")).to_be_visible()
    assert page.url == f"{origin}/p/{CODE}/"
    axe(page)
    assert fits(page)
    with page.expect_navigation():
        page.get_by_role("link", name="对结果有异议，怎么办").click()
    axe(page)
    assert fits(page)


def test_on_an_office_screen(page: Page, axe: Axe, origin: str) -> None:
    walk(page, axe, origin)


def test_on_a_phone_in_the_largest_type(phone: Page, axe: Axe, origin: str) -> None:
    phone.goto(origin + BOARD)
    with phone.expect_navigation():
        phone.get_by_role("link", name="特大字").click()
    assert phone.url == origin + BOARD
    assert phone.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)") >= 30
    walk(phone, axe, origin)


def test_twelve_rows_stand_on_the_wall(new_page: Callable[..., Page], axe: Axe, origin: str) -> None:
    wall = new_page(1920, 1080)
    wall.goto(origin + screen_url(TOWNSHIP))
    assert wall.locator("tbody tr").count() == 10, "the longest name takes three of the twelve lines"
    assert fits(wall) and wall.evaluate("document.documentElement.scrollHeight") <= 1080
    assert wall.get_by_text(LONG[0]).count() == 1
    axe(wall)
    wall.wait_for_url("**page=2", timeout=15_000)
    assert wall.locator("tbody tr").count() == 4
