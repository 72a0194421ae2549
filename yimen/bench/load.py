"""Asking a running server for pages, several clients at once, each on a connection that it keeps."""

from __future__ import annotations

import http.client
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from time import perf_counter

from yimen.bench.report import percentile

STARTING_SECONDS = 60


@dataclass(frozen=True)
class Ask:
    """One request. ``body`` is an encoded form; a page that answers anything but 200 spoils the benchmark."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class Times:
    """Milliseconds of each answer, first byte asked to last byte read, and pages a second of all clients together."""

    milliseconds: Sequence[float]
    per_second: float
    kilobytes: float

    @property
    def p50(self) -> float:
        return percentile(self.milliseconds, 0.5)

    @property
    def p95(self) -> float:
        return percentile(self.milliseconds, 0.95)


class BadAnswer(Exception):
    """A page did not come as it should; a fast refusal is no fast page."""


def hammer(port: int, asks: Sequence[Ask], *, clients: int, requests: int) -> Times:
    """``requests`` requests in all, dealt out in turn to ``clients`` clients without a pause between them."""
    shares = [list(islice(cycle(asks), start, requests, clients)) for start in range(clients)]
    started = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        found = [one for times in pool.map(lambda share: _client(port, share), shares) for one in times]
    seconds = perf_counter() - started
    sizes = [size for _, size in found]
    return Times([took for took, _ in found], len(found) / seconds, sum(sizes) / len(sizes) / 1024)


def _client(port: int, asks: Sequence[Ask]) -> list[tuple[float, int]]:
    found = []
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
        for ask in asks:
            started = perf_counter()
            body = ask.body.encode() or None
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            line.request("POST" if body else "GET", ask.path, body, {"Accept-Encoding": "gzip", **kind, **ask.headers})
            with line.getresponse() as answer:
                content = answer.read()
            found.append(((perf_counter() - started) * 1000, len(content)))
            if answer.status != 200:
                raise BadAnswer(f"{ask.path} 回答了 {answer.status}")
    return found


def one(port: int, ask: Ask) -> float:
    """Milliseconds of one page on a connection of its own. Raises BadAnswer."""
    return _client(port, [ask])[0][0]


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator[None]:
    """The server of ``command``, from its first answer until the block ends."""
    server = subprocess.Popen(command)  # noqa: S603  # our own gunicorn
    try:
        _wait(server, port)
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    last = perf_counter() + STARTING_SECONDS
    while perf_counter() < last and server.poll() is None:
        try:
            _client(port, [Ask("/login/")])
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        else:
            return
    raise BadAnswer("网页服务没有启动。")
