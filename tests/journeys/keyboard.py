"""Hands that never touch a mouse: Tab, Shift+Tab, Enter, Space, arrows, shortcuts - and what must hold after each press (B3).

After every step the focus is somewhere, with a ring of at least two pixels that can be seen, inside the window and under nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tests.journeys.seats import Seat
from tests.rooms.world import PASSWORD
from yimen.base.offices.preferences import keep

FOCUS = """(() => {
    const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
    const x = Math.max(box.left, 0) + Math.min(box.width, innerWidth) / 2 - 1;
    const y = Math.max(box.top, 0) + Math.min(box.height, innerHeight - Math.max(box.top, 0)) / 2;
    const over = document.elementFromPoint(Math.min(Math.max(x, 1), innerWidth - 2), Math.min(Math.max(y, 1), innerHeight - 2));
    return {
        where: node.tagName + '#' + node.id + ' ' + (node.name || '') + ' ' + node.textContent.trim().slice(0, 30),
        body: node === document.body,
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/rgba.*, 0\\)$/.test(style.outlineColor),
        inside: box.width > 0 && box.bottom > 0 && box.right > 0 && box.left < innerWidth
            && (box.height > innerHeight ? box.top < innerHeight : box.top >= -1 && box.bottom <= innerHeight + 1),
        open: !over || node.contains(over) || over.contains(node) || over.tagName === 'LABEL',
        at: [box.top, box.bottom, innerHeight, scrollY, document.readyState].join(' '),
        name: node.name || '', text: node.textContent.trim(), heading: /^H[1-6]$/.test(node.tagName),
        enters: /^(INPUT|SELECT)$/.test(node.tagName) && node.type !== 'file' && Boolean(node.closest('form[data-enter-next]')),
    };
})()"""
MOST = 600


@dataclass
class Typist:
    """One person at one keyboard. ``enter``: the switch "Enter → next field" is on."""

    seat: Seat
    enter: bool = True

    def look(self) -> dict[str, Any]:
        """What must hold after every step."""
        return self._sound(self.seat.ask(FOCUS))

    def _sound(self, found: dict[str, Any]) -> dict[str, Any]:
        assert not found["body"], f"nothing has the focus at {self.seat.url}"
        assert found["ring"], f"no ring around {found['where']} at {self.seat.url}"
        assert found["inside"], f"outside the window: {found['where']} ({found['at']}) at {self.seat.url}"
        assert found["open"], f"covered: {found['where']} at {self.seat.url}"
        return found

    def press(self, *keys: str) -> dict[str, Any]:
        for key in keys:
            self.seat.key(key)
        return self.look()

    def lead(self, *keys: str) -> dict[str, Any]:
        """Press what brings another page; there the heading or the first error has the focus."""
        for key in keys[:-1]:
            self.seat.key(key)
        self.seat.lead(keys[-1])
        return self.settled()

    def settled(self, until: str = "document.activeElement !== document.body") -> dict[str, Any]:
        """Wait until something holds."""
        self.seat.until(f"document.readyState === 'complete' && ({until})")
        with suppress(AssertionError):  # a page that has just come may still move under a slow machine; look() says why
            self.seat.until(f"(found => !found.body && found.ring && found.inside && found.open)({FOCUS})")
        return self.look()

    def walk(self, wanted: Any, *, back: bool = False, quick: bool = False) -> None:
        """Go on by Tab (or, in a form with the switch on, by Enter) until the focus is where ``wanted`` says."""
        for _ in range(MOST):
            found = self.seat.ask(FOCUS)
            if found["body"]:
                # Behind the last stop comes the browser's own bar; a headless browser has none to show.
                self.seat.key("Tab")
                continue
            if wanted(self._sound(found)):
                return
            key = "Enter" if quick and self.enter and found["enters"] else "Tab"
            self.seat.key(f"Shift+{key}" if back else key)
        raise AssertionError("never came there")

    def field(self, name: str) -> None:
        self.walk(lambda found: found["name"] == name, quick=True)

    def button(self, words: str) -> None:
        self.walk(lambda found: found["text"] == words)

    def write(self, **values: str) -> None:
        """Fields in their order on the page: ``members__0__name="…"``; a choice by its stored word."""
        for key, value in values.items():
            self.field(key.replace("__", "-"))
            self.put(value)

    def put(self, value: str) -> None:
        kind = self.seat.ask("document.activeElement.tagName === 'SELECT' ? 'select' : document.activeElement.type")
        if kind in {"select", "radio"}:
            self._choose(value)
        elif kind == "checkbox":
            self.seat.key("Space")
        else:
            self.seat.key("Control+a")
            self.seat.words(value)
        self.look()

    def _choose(self, value: str) -> None:
        now = "document.activeElement.value"
        chosen = "document.activeElement.type !== 'radio' || document.activeElement.checked"
        if not self.seat.ask(chosen):
            self.seat.key("Space")
        for key in ("ArrowDown", "ArrowUp"):
            for _ in range(40):
                before = self.seat.ask(now)
                if before == value:
                    return
                self.seat.key(key)
                if self.seat.ask(now) == before:
                    break
        raise AssertionError(f"no such choice: {value}")

    def round(self) -> int:
        """Tab from the top of the page comes back there: no trap. How many stops there are."""
        self.walk(lambda found: found["text"] == "跳到正文")
        for stops in range(1, MOST):
            self.seat.key("Tab")
            found = self.seat.ask(FOCUS)
            if not found["body"] and self._sound(found)["text"] == "跳到正文":
                return stops
        raise AssertionError(f"trapped at {self.seat.url}")

    def dialog(self) -> None:
        """? opens the list of shortcuts, Esc closes it and gives the focus back."""
        before = self.look()["where"]
        self.press("?")
        assert self.seat.ask("document.querySelector('dialog[open]').contains(document.activeElement)")
        self.seat.key("Escape")
        self.seat.until("!document.querySelector('dialog[open]')")
        assert self.settled()["where"] == before


def sit_down(seat: Seat, who: Any, enter: bool) -> Typist:
    """Logged in by the form and by keys, with the switch as wished."""
    keep(who, keys=True, enter_next=enter, compact=False, size="")
    hands = Typist(seat, enter)
    seat.strangers()
    seat.open("/login/")
    hands.write(username=who.username, password=PASSWORD)
    seat.lead("Enter")
    assert "/login/" not in seat.url
    return hands
