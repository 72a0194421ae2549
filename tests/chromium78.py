"""The oldest browser that offices still have, driven over its own protocol: playwright no longer speaks with it.

``old`` is one page of a real Chromium 78 (scripts/fetch_tools.py), fresh for each test, the process one per module. It
watches for trouble as ``page`` does. Where the browser is missing the tests say so; in CI that is a failure.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket
from django.conf import settings

from tests.browser import WATCH_POLICY, missing, session_of

FOLDER = Path(__file__).resolve().parents[1] / ".cache/chromium78"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--single-process", "--no-zygote", "--disable-dev-shm-usage",
    "--no-first-run", "--disable-background-networking", "--mute-audio", "--hide-scrollbars", "--remote-debugging-port=0",
)  # fmt: skip
PATIENCE = 20  # seconds for one answer or one condition
KEYS = {
    "Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), "ArrowDown": (40, ""), "ArrowUp": (38, ""), "Space": (32, " "),
    "F8": (119, ""),
}  # fmt: skip
MODIFIERS = {"Alt": 1, "Control": 2, "Shift": 8}


class Gone(Exception):
    """The browser has ended; with one process for everything, one crash ends it all."""


class Process:
    """One browser, from its start to its end."""

    def __init__(self) -> None:
        self.home = tempfile.mkdtemp(prefix="chromium78-")
        libraries = [str(FOLDER / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
        environment = {**os.environ, "LD_LIBRARY_PATH": ":".join(filter(None, libraries)), "HOME": self.home}
        self.log = Path(self.home, "log")
        with self.log.open("wb") as log:
            self.child = subprocess.Popen(
                [FOLDER / "chromium", *FLAGS, f"--user-data-dir={self.home}/profile", "about:blank"],
                env=environment, stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip
        self.port = self._port()

    def _port(self) -> int:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.child.poll() is None:
            found = re.search(r"DevTools listening on ws://127\.0\.0\.1:(\d+)/", self.log.read_text(errors="replace"))
            if found:
                return int(found[1])
            time.sleep(0.05)
        raise Gone(self.log.read_text(errors="replace")[-2000:])

    def page_address(self) -> str:
        """Where the page listens; a browser that has just started may not have made it yet."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/json/list", timeout=PATIENCE) as answer:
                for row in json.load(answer):
                    if row["type"] == "page":
                        return str(row["webSocketDebuggerUrl"])
            time.sleep(0.05)
        raise Gone("no page")

    def end(self) -> None:
        self.child.kill()
        self.child.wait()
        shutil.rmtree(self.home, ignore_errors=True)


class OldPage:
    """The one page of the browser. ``problems`` collects what no page may do."""

    def __init__(self, process: Process, origin: str) -> None:
        self.origin, self.problems, self.requests = origin, [], []
        self._number = 0
        try:
            self._socket = websocket.create_connection(process.page_address(), timeout=PATIENCE, suppress_origin=True)
        except (websocket.WebSocketException, OSError) as error:
            raise Gone(str(error)) from error
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.send("Network.setCacheDisabled", cacheDisabled=False)
        self.send("Emulation.setFocusEmulationEnabled", enabled=True)
        self.send("Page.addScriptToEvaluateOnNewDocument", source=WATCH_POLICY)
        self.clear()

    # -- the protocol ----------------------------------------------------------------------

    def send(self, method: str, **params: Any) -> Any:
        """One command and its answer; what happened meanwhile is noted."""
        self._number += 1
        try:
            self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
            while True:
                message = json.loads(self._socket.recv())
                if message.get("id") == self._number:
                    break
                self._note(message.get("method", ""), message.get("params", {}))
        except (websocket.WebSocketException, OSError) as error:
            raise Gone(f"{method}: {error}") from error
        if "error" in message:
            raise AssertionError(f"{method}: {message['error']}")
        return message["result"]

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            words = details.get("exception", {}).get("description", details["text"])
            self.problems.append(f"script error: {words} {details.get('url', '')}:{details.get('lineNumber')}")
        elif method == "Runtime.consoleAPICalled" and params["type"] == "error":
            self.problems.append("console: " + " ".join(str(part.get("value")) for part in params["args"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            if "Failed to load resource" not in params["entry"]["text"]:
                self.problems.append(f"log: {params['entry']['text']}")
        elif method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            self.requests.append(url)
            if not url.startswith((self.origin, "data:", "blob:", "about:")):
                self.problems.append(f"another origin: {url}")
        elif method == "Network.responseReceived" and params["response"]["status"] >= 500:
            self.problems.append(f"{params['response']['status']} from {params['response']['url']}")
        elif method == "Page.javascriptDialogOpening":
            self.problems.append(f"dialog: {params['message']}")

    # -- what a person does ----------------------------------------------------------------

    def clear(self) -> None:
        """As if just opened: no cookies, nothing noted, an office screen."""
        self.send("Page.navigate", url="about:blank")
        self.send("Network.clearBrowserCookies")
        self.size(1366, 768)
        self.problems, self.requests = [], []

    def size(self, width: int, height: int) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 720
        )

    def sign_in(self, account: Any) -> None:
        """Logged in without the form."""
        value = session_of(account)
        self.send("Network.setCookie", name=settings.SESSION_COOKIE_NAME, value=value, url=self.origin)

    def goto(self, path: str) -> None:
        url = path if "://" in path else self.origin + path
        self.run("window.notYet = true")
        told = self.send("Page.navigate", url=url)
        assert "errorText" not in told, f"{url}: {told['errorText']}"
        self.wait("!window.notYet && document.readyState === 'complete'")

    def run(self, script: str, *given: Any) -> Any:
        """The value of an expression, or of a function called with what is given; promises are waited for."""
        call = f"({script})({', '.join(json.dumps(one) for one in given)})" if given else script
        told = self.send("Runtime.evaluate", expression=call, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            details = told["exceptionDetails"]
            raise AssertionError(details.get("exception", {}).get("description", details["text"]))
        return told["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until an expression is true, over a change of pages."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(AssertionError):
                if self.run(condition):
                    return
            time.sleep(0.02)
        raise AssertionError(f"never true: {condition} at {self.run('location.href')}")

    def leaving(self, script: str) -> None:
        """A script that leads to another page, which is then waited for."""
        self.run("window.notYet = true")
        self.run(script)
        self.wait("!window.notYet && document.readyState === 'complete'")

    def press(self, keys: str) -> None:
        """One key, or one with others held down: ``Control+Enter``."""
        *held, key = keys.split("+")
        code, text = KEYS[key] if key in KEYS else (ord(key.upper()), key)
        modifiers = sum(MODIFIERS[one] for one in held)
        common = {"key": text if key == "Space" else key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        down = {"type": "keyDown", "text": text} if text and not modifiers & 3 else {"type": "rawKeyDown"}
        self.send("Input.dispatchKeyEvent", **down, **common)
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, words: str) -> None:
        """Sign by sign into what has the focus."""
        for sign in words:
            self.send("Input.dispatchKeyEvent", type="keyDown", text=sign, key=sign)
            self.send("Input.dispatchKeyEvent", type="keyUp", key=sign)

    def choose(self, file: Path) -> None:
        """The chosen file of the field with the focus."""
        field = self.send("Runtime.evaluate", expression="document.activeElement")["result"]["objectId"]
        self.send("DOM.setFileInputFiles", files=[str(file)], objectId=field)

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def _old_process() -> Iterator[list[Process]]:
    if not (FOLDER / "chromium").is_file():
        missing("Chromium 78 is not there; `make test` fetches it (scripts/fetch_tools.py)")
    running = [Process()]
    yield running
    running[0].end()


@pytest.fixture
def open_old(_old_process: list[Process]) -> Iterator[Callable[[str], OldPage]]:
    """``open_old(origin)``: the page; a browser that a test before has killed is started again."""
    pages: list[OldPage] = []

    def start(origin: str) -> OldPage:
        try:
            pages.append(OldPage(_old_process[0], origin))
        except Gone:
            _old_process[0].end()
            _old_process[0] = Process()
            pages.append(OldPage(_old_process[0], origin))
        return pages[-1]

    yield start
    for page in pages:
        page.close()


@pytest.fixture
def old(open_old: Callable[[str], OldPage], server: Any) -> Iterator[OldPage]:
    """The page, at the live server; its test fails on whatever a page must never do."""
    page = open_old(server.url)
    yield page
    page.run("0")
    assert page.problems == []
    # What the page still wants to keep or to ask for must not meet the next test.
    page.send("Page.navigate", url="about:blank")
