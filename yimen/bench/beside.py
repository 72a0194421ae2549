"""Pages asked for by a process of its own while the heavy stages run: how much slower they are than when nothing else happens.

The server is the one of production; one officer goes from page to page with a short pause, as people do.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import perf_counter, sleep
from typing import Any

from yimen.bench.load import Ask, BadAnswer, one, serving
from yimen.bench.report import Measure, percentile

IDLE, DURING = "空闲时", "办结同时"
_PAUSE, _IDLE_SECONDS = 0.1, 12
_MODULE = "yimen.bench.beside"


class Beside:
    """Steers the process that asks."""

    def __init__(self, asking: subprocess.Popen[str]) -> None:
        self._asking = asking
        self._found: dict[str, Any] = {}

    def during(self, stage: str) -> None:
        """What is asked from now on counts for this stage; nothing is asked for ""."""
        self._tell(DURING if stage else "")

    def idle(self) -> None:
        """What is asked for a while counts as idle."""
        self._tell(IDLE)
        sleep(_IDLE_SECONDS)
        self._tell("")

    def _tell(self, word: str) -> None:
        if self._asking.stdin:
            self._asking.stdin.write(f"{word}\n")
            self._asking.stdin.flush()

    def end(self) -> None:
        """No more."""
        said, _ = self._asking.communicate(timeout=120)
        self._found = json.loads(said)

    def measures(self) -> list[Measure]:
        """Milliseconds of each page, idle and meanwhile, with the pages that did not come."""
        return [_measure(word, page, told) for page, words in self._found.items() for word, told in words.items()]


def _measure(word: str, page: str, told: dict[str, Any]) -> Measure:
    times, bad = told["times"], told["bad"]
    note = f"p95 {percentile(times, 0.95):.0f} 毫秒，最慢 {max(times):.0f} 毫秒" + (
        f"；{bad} 次没有打开" if bad else ""
    )
    return Measure(f"{word} {page}", f"{len(times)} 次", percentile(times, 0.5), "毫秒 p50", note)


@contextmanager
def asking(command: list[str], port: int, asks: dict[str, Ask]) -> Iterator[Beside]:
    """Serve, ask idle for a while, then beside whatever happens in the block."""
    plain = {name: [ask.path, dict(ask.headers)] for name, ask in asks.items()}
    with serving(command, port):
        process = subprocess.Popen(  # noqa: S603  # this interpreter, our own module
            [sys.executable, "-m", _MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        found = Beside(process)
        try:
            found._tell(json.dumps([port, plain]))
            found.idle()
            yield found
            found.end()
        finally:
            process.kill()


# -- the process that asks -------------------------------------------------------------------


class _Asker:
    def __init__(self, port: int, asks: dict[str, Ask]) -> None:
        self.port, self.asks, self.word, self.over = port, asks, "", False
        self.found: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(lambda: {"times": [], "bad": 0}))

    def hear(self) -> None:
        """The words of whoever steers, until the end."""
        for line in sys.stdin:
            self.word = line.strip()
        self.over = True

    def go(self) -> None:
        """From page to page; a page counts for the word under which it was asked."""
        while not self.over:
            for name, ask in self.asks.items():
                sleep(_PAUSE)
                if word := self.word:
                    self._ask(self.found[name][word], ask)

    def _ask(self, told: dict[str, Any], ask: Ask) -> None:
        began = perf_counter()
        try:
            one(self.port, ask)
        except (BadAnswer, OSError, http.client.HTTPException):
            told["bad"] += 1
        told["times"].append((perf_counter() - began) * 1000)


def main() -> int:
    """Reads what to ask, then words, from standard input; prints the times as JSON."""
    port, plain = json.loads(sys.stdin.readline())
    asker = _Asker(port, {name: Ask(path, headers) for name, (path, headers) in plain.items()})
    Thread(target=asker.hear, daemon=True).start()
    with suppress(KeyboardInterrupt):
        asker.go()
    sys.stdout.write(json.dumps(asker.found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
