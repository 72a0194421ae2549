"""Every page of every desk, on an office screen and on a phone: no axe violation, no script error, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Error, Page, expect

from tests.conftest import TODAY
from tests.desks.district_hands import send
from tests.journeys.grounds import Grounds, Visit
from tests.journeys.hands import SIDEWAYS
from yimen.demo.build import build
from yimen.demo.places import DISTRICT
from yimen.desks.shared.routes import all_routes
from yimen.law.calendar import now
from yimen.law.terms import Role

Axe = Callable[[Page], None]
HOUSEHOLDS = 20
WIDTHS = ({"width": 1366, "height": 768}, {"width": 390, "height": 844})
TABS = ("family", "check", "visit", "materials", "papers", "record")
LISTS = (
    (Role.HANDLER, [f"/township/?tab={tab}" for tab in ("mine", "others", "near", "paused", "all", "done")]),
    (Role.HANDLER, ["/township/notices/?tab=announcement"]),
    (Role.CHECKER, ["/district/checks/?tab=sent", "/district/checks/?tab=back"]),
    (Role.DISTRICT_DECIDER, ["/district/cases/?tab=all"]),
)
# Forms that ask for something; sent empty they must say so, and no worse.
ASKING = (
    "intake", "act-record_consent", "act-request_supplement", "act-file_relative", "act-end_procedure", "act-tell_check_result",
    "act-home_visit", "act-neighbour_interview", "act-send_letter", "act-third_party_assessment", "act-conclude_investigation",
    "act-appraise", "act-approve", "act-refuse", "act-send_back", "act-extend", "act-record_posting", "act-object_to_notice",
    "act-answer_objection", "act-serve_refusal", "act-serve_paper", "delegation_new", "order_new", "figure_new", "send_checks",
    "login", "ask",
)  # fmt: skip
EMPTY = """() => {
    const form = document.querySelector("main button.primary").form;
    for (const node of form.elements) {
        if (["checkbox", "radio"].includes(node.type)) { node.checked = false; }
        else if (node.tagName === "SELECT") { node.selectedIndex = node.querySelector('[value=""]') ? 0 : node.selectedIndex; }
        else if (node.type !== "hidden" && node.tagName !== "BUTTON") { node.value = ""; }
    }
    form.requestSubmit();
}"""


@pytest.fixture
def grounds(live_server: Any, settings: Any, tmp_path: Path) -> Grounds:
    """A small demo district, with a hand-over and a figure that wait for a second person."""
    settings.YIMEN_GATEWAY_DIR, settings.YIMEN_DEMO = tmp_path / "gateway", True
    made = Grounds(build(7, TODAY, HOUSEHOLDS).district)
    drafter = Client()
    drafter.force_login(made.account(Role.SUPERVISOR))
    session = drafter.session
    session["started"] = now().isoformat()
    session.save()
    fields = {"document": "示例文号", "valid_from": "2027-01-01"}
    send(drafter, "/district/figures/payment.day/new/", value="10", area=DISTRICT, **fields)
    power = {"township": "990101200", "programme": "dibao", "mode": "delegation", "basis": "示例"}
    send(drafter, "/district/delegations/new/", **power, **fields)
    return made


def _all(grounds: Grounds) -> Iterator[Visit]:
    yield from grounds.visits()
    case = grounds.case("approve")
    for role in (Role.AIDE, Role.HANDLER, Role.CHECKER):
        yield from (Visit("case", f"/case/{case.ref}/?tab={tab}", grounds.account(role, case)) for tab in TABS)
    for role, urls in LISTS:
        yield from (Visit("list", url, grounds.account(role)) for url in urls)


class Looker:
    """One browser that looks at pages as one officer after another."""

    def __init__(self, page: Page, axe: Axe, sign_in: Callable[[Page, Any], None]) -> None:
        self.page, self.axe, self.sign_in, self.who = page, axe, sign_in, None
        self.wrong: list[str] = []

    def open(self, visit: Visit) -> None:
        if visit.who is None:
            self.page.context.clear_cookies()
        elif visit.who != self.who:
            self.sign_in(self.page, visit.who)
        self.who = visit.who
        self.page.set_viewport_size(WIDTHS[0])
        answer = self.page.goto(visit.url)
        status = answer.status if answer else 0
        if status != 200:
            self.wrong.append(f"{status} at {visit.url} as {visit.who}")

    def look(self, visit: Visit) -> None:
        """At both widths, without loading anew. The big screen is made for 1920 px and scrolls nowhere."""
        for size in WIDTHS:
            self.page.set_viewport_size(size)
            try:
                self.axe(self.page)
            except AssertionError as found:
                self.wrong.append(f"{size['width']} px {visit.name}: {found}")
            if visit.name != "own_screen" and self.page.evaluate(SIDEWAYS) > 0:
                self.wrong.append(f"{size['width']} px {visit.name}: wider than the screen at {visit.url}")


@pytest.fixture
def looker(page: Page, axe: Axe, sign_in: Callable[[Page, Any], None]) -> Looker:
    return Looker(page, axe, sign_in)


def test_every_page_and_every_form_sent_empty(grounds: Grounds, looker: Looker) -> None:
    visited = set()
    for visit in _all(grounds):
        looker.open(visit)
        looker.look(visit)
        if visit.name in ASKING and visit.name not in visited:
            _empty(looker, visit)
        visited.add(visit.name)
    assert not looker.wrong, "\n".join(looker.wrong)
    assert visited >= {row.name for row in all_routes()[0] if row.name.startswith("act-")} | set(ASKING)


def _empty(looker: Looker, visit: Visit) -> None:
    page = looker.page
    try:
        with page.expect_navigation():
            page.evaluate(EMPTY)
    except Error as stuck:
        looker.wrong.append(f"{visit.name}: cannot be sent empty at {visit.url}: {stuck.message[:80]}")
        return
    trouble = page.locator(".errors, .refusal, .told-amber")
    if not trouble.count():
        looker.wrong.append(f"{visit.name}: sent empty, and nothing was said at {page.url}")
        return
    expect(trouble.first).to_contain_text(re.compile("[。：，]"))
    looker.look(visit)
