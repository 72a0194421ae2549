"""电子屏 (screens.md §9): full names as the law asks of boards in the place, so it has an address that nobody guesses.

It works without login, because a screen on a wall has none; the address carries a keyed mark of the place and is
handed out to the officers of that place. On the open web the same entries are masked.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.offices.models import Area
from yimen.desks.public.answering import public
from yimen.desks.public.kinds import KINDS, Kind, lines, phones
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.typed import whole
from yimen.law.terms import Level

ROWS = 12
NOTHING = "当前没有公示和公布的内容。"


@dataclass(frozen=True)
class _Sheet:
    """One page of the screen: rows of one kind, at most twelve lines."""

    kind: Kind
    rows: Sequence[Any]


def key_of(area: str) -> str:
    """The mark in the address of a place's screen; it changes with the secret of the deployment."""
    return Signer(salt="yimen.desks.public.screen").signature(area)


def screen_url(area: str) -> str:
    """The address to open on the screen of a township or a village."""
    return reverse("public:screen", args=[area, key_of(area)])


@route("screen.open", "notice", "own", TOWNSHIP_ROLES | VILLAGE_ROLES)
def own_screen(request: HttpRequest) -> HttpResponse:
    """The officer's own place, for putting it up on the wall."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    areas = officer.areas(TOWNSHIP_ROLES) or officer.areas(VILLAGE_ROLES)
    return redirect(screen_url(areas[0]))


def _pages(kind: Kind, rows: Sequence[Any]) -> list[list[Any]]:
    pages: list[list[Any]] = []
    left = 0
    for row in rows:
        if lines(kind, row) > left:
            pages.append([])
            left = ROWS
        pages[-1].append(row)
        left -= lines(kind, row)
    return pages


def _sheets(place: Any) -> list[_Sheet]:
    where = {"village": place.code} if place.level == Level.VILLAGE else {"township": place.code}
    made = [_Sheet(kind, rows) for kind in KINDS.values() for rows in _pages(kind, kind.wall(**where))]
    return made or [_Sheet(next(iter(KINDS.values())), ())]


def _foot(sheet: _Sheet) -> str:
    found = phones(sheet.rows)
    return f"{sheet.kind.phone} {found} · 12345" if found else "监督电话 12345"


@public("screen.show", "notice")
def screen(request: HttpRequest, area: str, key: str) -> HttpResponse:
    """A page of twelve rows; the next one follows by itself, after the last comes the first with what is new."""
    place = Area.objects.filter(code=area, level__in=[Level.TOWNSHIP, Level.VILLAGE]).select_related("parent").first()
    if not hmac.compare_digest(key.encode(), key_of(area).encode()) or place is None:
        raise Http404
    sheets = _sheets(place)
    number = whole(request.GET.get("page", ""), len(sheets)) or 1
    sheet = sheets[number - 1]
    kind = sheet.kind
    return show(
        request,
        "public/screen.html",
        title=f"{place.name}{kind.wall_title}",
        sentence=kind.wall_sentence(sheet.rows) if sheet.rows else "",
        foot=_foot(sheet),
        columns=list(kind.wall_columns),
        rows=[list(kind.wall_cells(row)) for row in sheet.rows],
        page_number=number,
        page_count=len(sheets),
        next_url=f"{request.path}?page={number % len(sheets) + 1}",
        place=place.name,
        demo=bool(settings.YIMEN_DEMO),
        empty="" if sheet.rows else NOTHING,
    )
