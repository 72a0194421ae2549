"""One browser that walks over pages as one officer after another and measures each against the bars of a page.

B1 axe at 1366 and 390 px · B11 nothing moves while loading · B12 nodes · B15 large targets · B16 no sideways scroll, at
320 px, at 200 % and in the second step of 大字版 · B19 masking of public pages · B20 language. B7 is watched by the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import connection
from playwright.sync_api import Error, Page, expect

from tests.bars.words import unmasked, unspoken
from tests.browser import AXE_TAGS
from tests.journeys.grounds import Visit
from yimen.law.terms import Role

MOST_NODES = 3_000
MOST_SHIFT = 0.05
DESK, PHONE, NARROW, ZOOMED = (1366, 768), (390, 844), (320, 640), (683, 384)
HANDBOOK = "/help/"  # prose about commands and files, with links inside its sentences
# A table of figures is typed in the notation of the file that brings it, with the stored words of its rows.
TABLE_WORDS = frozenset({"YAML", "code", "label", "low_yuan", "high_yuan", "yuan", "maize"})
NO_SCROLL = frozenset({"own_screen"})  # made for a wall of 1920 px
AXE = """options => axe.run(document, options).then(result => result.violations.map(
    rule => `[${rule.id}] ${rule.help}: ${rule.nodes.map(node => node.target.join(' ')).slice(0, 4).join(', ')}`))"""
OPTIONS = {"runOnly": AXE_TAGS, "resultTypes": ["violations"], "preload": False}
SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(
    entry => { if (!entry.hadRecentInput) { window.shifted += entry.value; } })).observe({type: 'layout-shift', buffered: true})"""
# Everything a reader meets, also in what is folded or named for a screen reader. What people typed themselves stays out.
WORDS = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    const words = [document.title];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.nodeType === 3) {
            if (!node.parentElement.closest('script, style, template, textarea, code, pre, kbd')) { words.push(node.data); }
        } else {
            for (const name of ['placeholder', 'aria-label', 'title', 'alt']) {
                if (node.hasAttribute(name)) { words.push(node.getAttribute(name)); }
            }
        }
    }
    return words.map(word => word.trim()).filter(word => word).join('\\n');
}"""
SHAPE = """() => [...document.querySelectorAll('main *')].map(
    node => node.tagName + node.className + (node.getAttribute('role') || '') + (node.type || '')).join()"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A box to tick is as large as the line that it stands in, its label included.
SMALL = """least => [...document.querySelectorAll('a[href], button, select, summary, textarea, input')]
    .filter(node => node.offsetParent && node.type !== 'hidden' && !node.closest('.skip'))
    .map(node => [node, /^(checkbox|radio)$/.test(node.type) && node.closest('.choice') || node])
    .map(([node, whole]) => [node.outerHTML.slice(0, 90), whole.getBoundingClientRect()])
    .filter(([words, box]) => box.height < least - 0.5 || box.width < least - 0.5)
    .slice(0, 5).map(([words, box]) => `${words} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
EMPTY = """() => {
    const form = document.querySelector("main button.primary").form;
    for (const node of form.elements) {
        if (["checkbox", "radio"].includes(node.type)) { node.checked = false; }
        else if (node.tagName === "SELECT") { node.selectedIndex = node.querySelector('[value=""]') ? 0 : node.selectedIndex; }
        else if (node.type !== "hidden" && node.tagName !== "BUTTON") { node.value = ""; }
    }
    form.requestSubmit();
}"""

_measured: set[tuple[str, str]] = set()
"""Pages by name and shape that this process has measured."""


class Looker:
    """``wrong`` collects what was found, so that one walk names everything."""

    def __init__(self, page: Page, axe_source: str, sign_in: Callable[[Page, Any], None]) -> None:
        self.page, self.sign_in, self.who = page, sign_in, None
        self.wrong: list[str] = []
        # The same page comes from either database: what costs most is measured over one of them.
        self.thorough = connection.vendor == "sqlite"
        # Handed over once; playwright's own way sends it anew with every page.
        self.session = page.context.new_cdp_session(page)
        self.session.send("Page.enable")
        self.session.send("Page.addScriptToEvaluateOnNewDocument", {"source": axe_source})
        page.add_init_script(SHIFTS)

    def walk(self, visits: Iterable[Visit]) -> set[str]:
        """Look at each page; the names of the pages are returned."""
        visited = set()
        for visit in visits:
            self.open(visit)
            self.look(visit)
            visited.add(visit.name)
        return visited

    def open(self, visit: Visit) -> None:
        """At the width at which it is mostly read."""
        if visit.who is None:
            self.page.context.clear_cookies()
        elif visit.who != self.who:
            self.sign_in(self.page, visit.who)
        self.who = visit.who
        self._size(PHONE if on_phone(visit) else DESK)
        answer = self.page.goto(visit.url)
        status, headers = (answer.status, answer.headers) if answer else (0, {})
        if status != 200:
            self.wrong.append(f"{status} at {visit.url} as {visit.who}")
        policy = headers.get("content-security-policy", "")
        if "default-src 'self'" not in policy or "unsafe" in policy:
            self.wrong.append(f"{visit.url}: the policy is {policy!r}")

    def look(self, visit: Visit) -> None:
        """Everything that a page can be measured by, without loading it anew."""
        told = self._tell(visit)
        shift = self.page.evaluate("window.shifted")
        told(shift <= MOST_SHIFT, f"shifts by {shift:.3f} while loading")
        nodes = self.page.evaluate("document.getElementsByTagName('*').length")
        told(nodes <= MOST_NODES, f"{nodes} nodes")
        if visit.who is None:
            self.wrong += [f"{visit.name} {self.page.url}: shows {run}" for run in unmasked(self.page.content())]
        if not visit.url.startswith(HANDBOOK):
            self._words(visit)
        if self.thorough:
            self._geometry(visit)

    def _geometry(self, visit: Visit) -> None:
        """axe and whatever depends on the width; once for a page that looks the same to several."""
        told = self._tell(visit)
        shape = (visit.name, self.page.evaluate(SHAPE))
        if shape in _measured:
            return
        for size in (DESK, PHONE):
            self._size(size)
            self._no_sideways(visit, "")
            for line in self.page.evaluate(AXE, OPTIONS):
                told(False, f"{size[0]} px {line}")
        _measured.add(shape)
        self._phone(visit)

    def _words(self, visit: Visit) -> None:
        words = self.page.evaluate(WORDS)
        allowed = frozenset(settings.YIMEN_DEMO_SHOWN) if visit.name == "login" else frozenset()
        if visit.url.endswith("/income_reference.crop/new/"):
            allowed = TABLE_WORDS
        self.wrong += [f"{visit.name} {self.page.url}: {line}" for line in unspoken(words, allowed)]

    def _phone(self, visit: Visit) -> None:
        """Targets, a very narrow screen, a desk screen at 200 %, and the largest letters. Undone at the end."""
        told = self._tell(visit)
        for line in self.page.evaluate(SMALL, 44) if not visit.url.startswith(HANDBOOK) else ():
            told(False, f"small target {line}")
        for size in (NARROW, ZOOMED):
            self._size(size)
            self._no_sideways(visit, "")
        self._size(PHONE)
        before = self.page.evaluate("document.body.className")
        for step in ("large", "larger"):
            self.page.evaluate(
                "name => { document.body.classList.remove('large'); document.body.classList.add(name); }", step
            )
            self._no_sideways(visit, step)
            if self.page.evaluate("document.querySelector('.phone, .public') !== null"):
                for line in self.page.evaluate(SMALL, 60):
                    told(False, f"small target in {step} letters {line}")
        self.page.evaluate("name => { document.body.className = name; }", before)

    def _no_sideways(self, visit: Visit, step: str) -> None:
        if visit.name not in NO_SCROLL:
            wide = self.page.evaluate(SIDEWAYS)
            width = (self.page.viewport_size or {})["width"]
            self._tell(visit)(wide <= 0, f"{wide} px wider than a screen of {width} px {step}")

    def send_empty(self, visit: Visit) -> None:
        """The form of the page, sent without anything: it says what is missing, and passes as the page did."""
        self._size(PHONE if on_phone(visit) else DESK)
        try:
            with self.page.expect_navigation():
                self.page.evaluate(EMPTY)
        except Error as stuck:
            self.wrong.append(f"{visit.name}: cannot be sent empty at {visit.url}: {stuck.message[:80]}")
            return
        trouble = self.page.locator(".errors, .refusal, .told-amber")
        if not trouble.count():
            self.wrong.append(f"{visit.name}: sent empty, and nothing was said at {self.page.url}")
            return
        expect(trouble.first).to_contain_text(re.compile("[。：，]"))
        self.look(visit)

    def _size(self, size: tuple[int, int]) -> None:
        wanted = {"width": size[0], "height": size[1]}
        if self.page.viewport_size != wanted:
            self.page.set_viewport_size(wanted)  # type: ignore[arg-type]

    def _tell(self, visit: Visit) -> Callable[[bool, str], None]:
        def told(good: bool, what: str) -> None:
            if not good:
                self.wrong.append(f"{visit.name} {self.page.url}: {what}")

        return told


def on_phone(visit: Visit) -> bool:
    """Public pages and those of the village are read on phones first."""
    return visit.role in {None, Role.AIDE}
