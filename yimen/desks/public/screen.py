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
from yimen.casework.decisions import queries as decisions
from yimen.casework.decisions.boards import ANNOUNCEMENT, NOTICE
from yimen.desks.public.answering import public
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.law import money
from yimen.law.terms import Level

ROWS = 12
# What surely fits on one line of a column of the 1080p page at its 60 px.
NAME_SIGNS, VILLAGE_SIGNS = 8, 5
TITLES = {NOTICE: "社会救助审核确认公示", ANNOUNCEMENT: "社会救助对象公布"}
LAST = {NOTICE: "公示至", ANNOUNCEMENT: "公布至"}
AMOUNT = {NOTICE: "拟月保障金（元）", ANNOUNCEMENT: "月保障金（元）"}
NOTHING = "当前没有公示和公布的内容。"


@dataclass(frozen=True)
class _Sheet:
    """One page of the screen: rows of one kind, at most twelve lines."""

    kind: str
    rows: Sequence[decisions.BoardRow]


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


def _lines(row: decisions.BoardRow) -> int:
    """How many of the twelve lines a row takes: a long name is never cut, it goes on below."""
    return max(-(-len(row.name) // NAME_SIGNS), -(-len(row.village) // VILLAGE_SIGNS))


def _pages(rows: Sequence[decisions.BoardRow]) -> list[list[decisions.BoardRow]]:
    pages: list[list[decisions.BoardRow]] = []
    left = 0
    for row in rows:
        if _lines(row) > left:
            pages.append([])
            left = ROWS
        pages[-1].append(row)
        left -= _lines(row)
    return pages


def _sheets(place: Any) -> list[_Sheet]:
    where = {"village": place.code} if place.level == Level.VILLAGE else {"township": place.code}
    made = []
    for kind in TITLES:
        made += [_Sheet(kind, rows) for rows in _pages(decisions.board(kind, **where))]
    return made or [_Sheet(NOTICE, ())]


def _words(row: decisions.BoardRow) -> list[str]:
    return [
        row.name,
        row.village,
        str(row.members),
        money.show(row.amount_fen) if row.amount_fen else "—",
        f"{row.to_on:%m-%d}",
    ]


def _foot(sheet: _Sheet) -> str:
    phones = "、".join(dict.fromkeys(row.objection_phone for row in sheet.rows if row.objection_phone))
    return f"{'异议电话' if sheet.kind == NOTICE else '咨询电话'} {phones} · 12345" if phones else "监督电话 12345"


def _sentence(sheet: _Sheet) -> str:
    if not sheet.rows:
        return ""
    programmes = "、".join(dict.fromkeys(row.programme for row in sheet.rows))
    if sheet.kind == NOTICE:
        return f"{programmes}。对公示内容有异议的，请在公示期内反映，反映人信息依法保密。"
    return f"{programmes}。已经确认，接受社会监督。"


@public("screen.show", "notice")
def screen(request: HttpRequest, area: str, key: str) -> HttpResponse:
    """A page of twelve rows; the next one follows by itself, after the last comes the first with what is new."""
    place = Area.objects.filter(code=area, level__in=[Level.TOWNSHIP, Level.VILLAGE]).select_related("parent").first()
    if not hmac.compare_digest(key.encode(), key_of(area).encode()) or place is None:
        raise Http404
    sheets = _sheets(place)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and 1 <= int(asked[:6]) <= len(sheets) else 1
    sheet = sheets[number - 1]
    return show(
        request,
        "public/screen.html",
        title=f"{place.name}{TITLES[sheet.kind]}",
        sentence=_sentence(sheet),
        foot=_foot(sheet),
        columns=["申请人", "村（社区）", "人数", AMOUNT[sheet.kind], LAST[sheet.kind]],
        rows=[_words(row) for row in sheet.rows],
        page_number=number,
        page_count=len(sheets),
        next_url=f"{request.path}?page={number % len(sheets) + 1}",
        place=place.name,
        demo=bool(settings.YIMEN_DEMO),
        empty="" if sheet.rows else NOTHING,
    )
