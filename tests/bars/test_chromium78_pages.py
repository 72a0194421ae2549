"""Every page in a real Chromium 78: it renders, its scripts run, nothing breaks the policy; axe on a choice of them (B5, B7)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bars.look import AXE, OPTIONS, SIDEWAYS
from tests.bars.pages import every_visit
from tests.chromium78 import OldPage
from tests.journeys.grounds import Grounds, Visit

LOOKED_AT = (
    "login",
    "intake",
    "case",
    "act-home_visit",
    "act-settle_item",
    "notices",
    "place",
    "ask",
    "overview",
    "queue",
)
STATE = """({
    heading: document.querySelectorAll('h1').length,
    scripts: [...document.scripts].every(node => node.src.startsWith(location.origin)),
    htmx: !document.querySelector('script[src*="htmx"]') || window.htmx.version,
    text: document.body.innerText.trim().length,
    styled: getComputedStyle(document.body).fontFamily.includes('PingFang'),
})"""


def _visits(grounds: Grounds) -> Iterator[Visit]:
    """Every address once: how a desk differs from the next is looked at in the current browser."""
    seen = set()
    for visit in every_visit(grounds):
        if visit.url not in seen:
            yield visit
        seen.add(visit.url)


def test_every_page(grounds: Grounds, old: OldPage, axe_source: str) -> None:
    who, wrong, looked = None, [], set()
    for visit in _visits(grounds):
        if visit.who is None:
            old.send("Network.clearBrowserCookies")
        elif visit.who != who:
            old.sign_in(visit.who)
        who = visit.who
        old.goto(visit.url)
        state = old.run(STATE)
        if state["heading"] != 1 or not state["scripts"] or state["text"] < 20 or not state["styled"]:
            wrong.append(f"{visit.name} {visit.url}: {state}")
        if state["htmx"] not in {True, "2.0.4"}:
            wrong.append(f"{visit.name} {visit.url}: htmx {state['htmx']}")
        if visit.name in LOOKED_AT and visit.name not in looked:
            old.run(f"{axe_source};0")
            wrong += [f"{visit.name} {visit.url}: {line}" for line in old.run(AXE, OPTIONS)]
            if old.run(SIDEWAYS) > 0:
                wrong.append(f"{visit.name} {visit.url}: wider than the screen")
            looked.add(visit.name)
        wrong += [f"{visit.name} {visit.url}: {line}" for line in old.problems]
        old.problems.clear()
    assert not wrong, "\n".join(wrong)
    assert len(looked) >= 7, looked
