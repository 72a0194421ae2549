"""A keyboard and a screen, in the current browser or in Chromium 78: what the flows without a mouse need of either (B3)."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Error, Page

from tests.chromium78 import PATIENCE, OldPage

READ = "document.querySelector('main').innerText.includes({})"
PASTE = """(() => {{
    const data = new DataTransfer();
    data.setData('text/plain', {});
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}}));
}})()"""


class Seat(Protocol):
    """``ask`` takes an expression; keys are written as ``Control+Enter``."""

    @property
    def url(self) -> str: ...
    def ask(self, expression: str) -> Any: ...
    def key(self, key: str) -> None: ...
    def words(self, text: str) -> None: ...
    def open(self, path: str) -> None: ...
    def lead(self, key: str) -> None:
        """A key that brings another page, which is waited for."""

    def back(self) -> None: ...
    def strangers(self) -> None:
        """Nobody is logged in."""

    def told(self, words: str) -> None:
        """Wait until the page says so."""

    def until(self, condition: str) -> None:
        """Wait until an expression is true."""

    def paste(self, text: str) -> None: ...
    def choose(self, file: Path) -> None:
        """The chosen file of the field with the focus."""

    def download(self, key: str, folder: Path) -> str:
        """A key that brings a file: its name."""


class NewSeat:
    """The current browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    @property
    def url(self) -> str:
        return self.page.url

    def ask(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)

    def words(self, text: str) -> None:
        self.page.keyboard.type(text)

    def open(self, path: str) -> None:
        self.page.goto(path)

    def lead(self, key: str) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def back(self) -> None:
        self.page.go_back()

    def strangers(self) -> None:
        self.page.context.clear_cookies()

    def told(self, words: str) -> None:
        self.until(READ.format(json.dumps(words)))

    def until(self, condition: str) -> None:
        # The strict policy of the pages lets no test wait inside them.
        for _ in range(PATIENCE * 40):
            with suppress(Error):  # the page is just changing
                if self.page.evaluate(condition):
                    return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"never true: {condition} at {self.url}")

    def paste(self, text: str) -> None:
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")

    def choose(self, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def download(self, key: str, folder: Path) -> str:
        with self.page.expect_download() as waiting:
            self.page.keyboard.press(key)
        return waiting.value.suggested_filename


class OldSeat:
    """Chromium 78, which has no clipboard and no window for choosing files without a screen: both are handed over."""

    def __init__(self, page: OldPage) -> None:
        self.page = page

    @property
    def url(self) -> str:
        return str(self.page.run("location.href"))

    def ask(self, expression: str) -> Any:
        return self.page.run(expression)

    def key(self, key: str) -> None:
        self.page.press(key)

    def words(self, text: str) -> None:
        self.page.type(text)

    def open(self, path: str) -> None:
        self.page.goto(path)

    def lead(self, key: str) -> None:
        self.page.run("window.notYet = true")
        self.page.press(key)
        self.page.wait("!window.notYet && document.readyState === 'complete'")

    def back(self) -> None:
        self.page.leaving("history.back()")

    def strangers(self) -> None:
        self.page.send("Network.clearBrowserCookies")

    def told(self, words: str) -> None:
        self.until(READ.format(json.dumps(words)))

    def until(self, condition: str) -> None:
        self.page.wait(condition)

    def paste(self, text: str) -> None:
        self.page.run(PASTE.format(json.dumps(text)))

    def choose(self, file: Path) -> None:
        self.page.choose(file)

    def download(self, key: str, folder: Path) -> str:
        self.page.send("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        before = set(folder.iterdir())
        self.page.press(key)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            come = [file.name for file in set(folder.iterdir()) - before if file.suffix != ".crdownload"]
            if come:
                return come[0]
            time.sleep(0.05)
        raise AssertionError("no file came")
