"""``pages``: a running server with a large district behind it; a queue, a case, searches, a list of awards.

The district has cases in every stage and, taken over as ledgers, as many households on assistance as asked. Half of them
live in one township, whose officer reads: the worst desk of the district, not the average one.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from time import perf_counter
from urllib.parse import urlencode

from django.db import connection, connections
from django.test import Client

from yimen.base.access import second
from yimen.base.access.officer import Officer, officer_of
from yimen.bench.load import Ask, Times, hammer, serving
from yimen.bench.report import Measure
from yimen.casework.applications import queries as applications
from yimen.casework.awards import acts as awards
from yimen.config.server import gunicorn
from yimen.demo.build import Built, build
from yimen.demo.families import Maker
from yimen.demo.people import Crowd
from yimen.demo.stock import Stock
from yimen.demo.theatre import at
from yimen.law import calendar
from yimen.law.terms import Role

TOWNSHIP = "990101001"
OTHERS = ("990101002", "990101003", "990101100", "990101101", "990101200")
CASES = 400
LEDGER = 5_000
CLIENTS = 8
REQUESTS = 400
_TOKEN = "benchmark" * 3 + "token"


def run(size: int) -> list[Measure]:
    """``size`` households behind the pages; p50 and p95 at one and at eight clients."""
    started = perf_counter()
    built = build(1, calendar.today(), min(CASES, size))
    _fill(built, size)
    prepared = perf_counter() - started
    asks = dict(_asks(built))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    connections.close_all()
    port = free_port()
    found = [Measure("准备", f"{size:,} 户", prepared, "秒", "建机构、办案、导入台账")]
    with serving(gunicorn("127.0.0.1", port, processes=processes()), port):
        for name, page in asks.items():
            hammer(port, page, clients=CLIENTS, requests=CLIENTS * 2)
            alone = hammer(port, page, clients=1, requests=REQUESTS // 8)
            crowd = hammer(port, page, clients=CLIENTS, requests=REQUESTS)
            found += _measures(name, alone, crowd)
    return found


def processes() -> int:
    """Of the server: SQLite has one writer."""
    return 1 if connection.vendor == "sqlite" else 2


def _measures(name: str, alone: Times, crowd: Times) -> Iterator[Measure]:
    yield Measure(name, "1 个客户端", alone.p50, "毫秒 p50", f"p95 {alone.p95:.0f} 毫秒")
    note = f"p95 {crowd.p95:.0f} 毫秒；{crowd.per_second:.0f} 页/秒，压缩后 {crowd.kilobytes:.0f} kB"
    yield Measure(name, f"{CLIENTS} 个客户端", crowd.p50, "毫秒 p50", note)


def _fill(built: Built, size: int) -> None:
    """Ledger after ledger until the district has ``size`` households; every second one in the first township."""
    today = calendar.today()
    stock = Stock(Maker(Crowd(31), Random(31), today), today)
    left, number = size - built.households, 0
    while left > 0:
        township = TOWNSHIP if number % 2 == 0 else OTHERS[number // 2 % len(OTHERS)]
        rows = stock.rows(township, min(LEDGER, left), today)
        handler, head = _officer(built, township, Role.HANDLER), _officer(built, township, Role.HEAD)
        # A code of the second factor is good once: each ledger comes a minute after the one before.
        with calendar.travel(at(today, 8) + timedelta(minutes=number)):
            awards.take_over(handler, head, rows=rows, code=second.code_now(head.account), township=township)
        left, number = left - len(rows), number + 1


def _officer(built: Built, code: str, role: Role) -> Officer:
    return officer_of(built.district.accounts[built.district.who(code, role).pk])


def _asks(built: Built) -> Iterator[tuple[str, list[Ask]]]:
    officer = _officer(built, TOWNSHIP, Role.HANDLER)
    headers = headers_of(officer)
    cases = list(applications.visible(officer).order_by("-id")[:20])
    yield "待办", [Ask("/township/", headers)]
    yield "案件页", [Ask(f"/case/{case.ref}/", headers) for case in cases]
    names = [case.applicant.name for case in cases]
    yield "查姓名", [_search(name, headers) for name in names]
    yield "查拼音首字母", [_search(case.applicant.initials, headers) for case in cases]
    yield "查身份证号", [_search(case.applicant.identity, headers) for case in cases]
    yield "在保名册", [Ask("/township/awards/", headers), Ask("/township/awards/?page=2", headers)]


def _search(text: str, headers: dict[str, str]) -> Ask:
    return Ask("/search/", headers, urlencode({"q": text}))


def headers_of(officer: Officer) -> dict[str, str]:
    """What a browser sends with which this officer has signed in."""
    return {"Cookie": f"sessionid={_session(officer)}; csrftoken={_TOKEN}", "X-CSRFToken": _TOKEN}


def _session(officer: Officer) -> str:
    client = Client()
    client.force_login(officer.account)
    session = client.session
    session["started"] = calendar.now().isoformat()
    session.save()
    return str(session.session_key)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
