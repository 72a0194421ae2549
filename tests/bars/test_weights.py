"""What a first view costs on the wire: the page and what it names, gzip 6, nothing cached (B8). The heaviest are printed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.test import Client

from tests.bars.district import client_of
from tests.bars.pages import every_visit
from tests.journeys.grounds import Grounds

PHONE, DESK, CHARTS = 40_000, 60_000, 80_000
STYLES, SCRIPTS = 15_000, 30_000
NAMED = re.compile(r'(?:href|src)="(/static/[^"?#]+)')


def light(data: bytes) -> int:
    return len(gzip.compress(data, 6, mtime=0))


@cache
def static(url: str) -> int:
    path = finders.find(url.removeprefix("/static/"))
    assert path, f"{url} is named by a page and not there"
    return light(Path(str(path)).read_bytes())


def most(html: str) -> int:
    if 'class="chart' in html:
        return CHARTS
    return PHONE if re.search(r'<body class="(?:phone|public)', html) else DESK


def test_first_views_are_light(grounds: Grounds, record_property: Callable[[str, object], None]) -> None:
    clients: dict[Any, Client] = {None: Client()}
    found, wrong = [], []
    for visit in every_visit(grounds):
        if visit.who not in clients:
            clients[visit.who] = client_of(visit.who)
        answer = clients[visit.who].get(visit.url)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        data = b"".join(answer) if answer.streaming else answer.content
        html = data.decode()
        parts = {url: static(url) for url in set(NAMED.findall(html))}
        whole = light(data) + sum(parts.values())
        found.append((whole, visit.name, visit.url))
        if whole > most(html):
            wrong.append(f"{visit.url}: {whole} bytes, at most {most(html)}")
        for ending, limit in ((".css", STYLES), (".js", SCRIPTS)):
            weight = sum(size for url, size in parts.items() if url.endswith(ending))
            if weight > limit:
                wrong.append(f"{visit.url}: {weight} bytes of {ending}, at most {limit}")
    heaviest = {name: (whole, url) for whole, name, url in sorted(found)}
    for name, (whole, url) in sorted(heaviest.items(), key=lambda item: -item[1][0])[:5]:
        record_property("told", f"first view {whole / 1000:5.1f} kB  {name}  {url}")
    assert not wrong, "\n".join(wrong)
    assert len(heaviest) > 50
