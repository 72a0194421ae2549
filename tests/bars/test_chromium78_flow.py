"""The main way of working in a real Chromium 78: log in, type an application, keep a draft, hand it in; decide; compose (B4, B5)."""

from __future__ import annotations

import json
from typing import Any

from tests.bars.district import password_for
from tests.chromium78 import OldPage
from tests.journeys.grounds import Grounds
from yimen.casework.applications.queries import applications
from yimen.demo.people import Crowd
from yimen.law.calendar import today
from yimen.law.terms import Role

FOCUSED = "document.activeElement.name || document.activeElement.tagName"
COMPOSING = """key => document.activeElement.dispatchEvent(new KeyboardEvent(
    'keydown', {key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"""
SET = """(name, value) => {
    const node = document.querySelector(`[name="${name}"][value="${value}"]`) || document.querySelector(`[name="${name}"]`);
    if (/^(radio|checkbox)$/.test(node.type)) { node.click(); return; }
    node.value = value;
    node.dispatchEvent(new Event('input', {bubbles: true}));
    node.dispatchEvent(new Event('change', {bubbles: true}));
}"""


def _press(page: OldPage, words: str) -> None:
    """The button or link with these words, as a click does it."""
    found = f"[...document.querySelectorAll('main button, main a')].find(node => node.textContent.trim() === {json.dumps(words)})"
    page.wait(f"{found} !== undefined")
    page.leaving(f"{found}.click()")


def _log_in(page: OldPage, account: Any) -> None:
    page.goto("/login/")
    page.run("document.querySelector('[name=username]').focus()")
    page.type(account.username)
    page.press("Tab")
    page.type(password_for(account))
    page.run("window.notYet = true")
    page.press("Enter")
    page.wait("!window.notYet && document.readyState === 'complete' && location.pathname !== '/login/'")


def _type_member(page: OldPage, name: str, identity: str) -> None:
    """Name, Enter, number, Enter: nothing moves while a name is composed, then exactly one field."""
    page.run("document.querySelector('[name=\"members-0-name\"]').focus()")
    page.type(name)
    page.run(COMPOSING, "Enter")
    assert page.run(FOCUSED) == "members-0-name"
    page.press("Enter")
    assert page.run(FOCUSED) == "members-0-identity"
    page.type(identity)
    page.press("Enter")
    assert page.run(FOCUSED) == "members-0-relation"


def test_an_application_is_typed_kept_and_handed_in(grounds: Grounds, old: OldPage) -> None:
    case = grounds.case("approve")
    clerk = grounds.account(Role.HANDLER, case)
    somebody = Crowd(99).person(today(), 66, 69)
    _log_in(old, clerk)
    old.goto("/township/intake/")
    _type_member(old, somebody.name, somebody.identity)
    for name, value in {
        "method-applied_by": "self", "method-village": case.village_id, "method-address": "站前社区5号楼2单元301室",
        "members-0-relation": "self", "members-0-marriage": "widowed", "members-0-work_capacity": "lost",
        "reason-poverty_cause": "age", "reason-reason": "年老多病，没有劳动能力，生活困难。", "kin-relative_declared": "no",
    }.items():  # fmt: skip
        old.run(f"({SET})({json.dumps(name)}, {json.dumps(value)})")
    for name in old.run("[...document.querySelectorAll('select[name^=materials-]')].map(node => node.name)"):
        old.run(f"({SET})({json.dumps(name)}, 'original_seen')")
    old.run("document.querySelector('[name=\"reason-reason\"]').focus()")
    old.press("Control+s")
    old.wait("document.querySelector('[data-draft-status]').textContent.startsWith('已保存')")
    _hand_in(old)
    assert applications().filter(applicant__name=somebody.name).count() == 1


def _hand_in(page: OldPage) -> None:
    """The button that goes on, until the case is there."""
    for _ in range(2):
        if "/case/" not in page.run("location.pathname"):
            page.leaving("document.querySelector('main button[data-primary]').click()")
    assert "/case/" in page.run("location.pathname"), page.run("document.querySelector('main').innerText")[:600]


def test_the_page_of_the_decision_opens_and_refuses_what_is_wrong(grounds: Grounds, old: OldPage) -> None:
    case = grounds.case("approve")
    role = Role.HEAD if case.township_id.startswith("990101001") else Role.DISTRICT_DECIDER
    old.sign_in(grounds.account(role, case))
    old.goto(f"/case/{case.ref}/approve/")
    assert old.run("document.querySelector('[name=code]') !== null")
    old.run(f"({SET})('code', '000000')")
    _press(old, "予以确认，制确认通知书")
    assert old.run("document.querySelector('.errors, .refusal') !== null")
    assert old.run(FOCUSED) not in {"BODY", "HTML"}


def test_no_shortcut_fires_while_composing(grounds: Grounds, old: OldPage) -> None:
    old.sign_in(grounds.account(Role.HANDLER))
    old.goto("/township/")
    before = old.run(FOCUSED)
    for key in ("n", "/", "j", "Enter"):
        old.run(COMPOSING, key)
    assert (old.run("location.pathname"), old.run(FOCUSED)) == ("/township/", before)
    old.run("window.notYet = true")
    old.press("n")
    old.wait("!window.notYet && location.pathname === '/township/intake/'")
