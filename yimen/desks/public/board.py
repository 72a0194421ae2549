"""公示公布查询 (S25): from township to village, 公示 and 公布 apart, names masked for the web; what is over is gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.offices import queries as offices
from yimen.desks.public.answering import HOTLINE, page, public
from yimen.desks.public.kinds import KINDS, Kind, find, hanging, phones
from yimen.desks.shared.shapes import Empty, Fact, Link, Page
from yimen.law.terms import OfficeKind

PURPOSE = "公示是作出确认决定之前听取意见，期内可以提出异议；公布是确认之后的结果。按村（社区）查看，到期自动撤下。"

FIRST = next(iter(KINDS))
"""What a village's page opens with."""


def _count(text: str, number: int) -> str:
    return f"{text}（{number}）" if number else text


def _area(rows: Sequence[Any], code: str) -> Any:
    """The place among those of the district; nothing else is a page."""
    found = next((row for row in rows if row.code == code), None)
    if found is None:
        raise Http404
    return found


def _township(code: str) -> Any:
    return _area(list(offices.townships(settings.YIMEN_DISTRICT)), code)


@public("notice.browse", "notice")
def places(request: HttpRequest) -> HttpResponse:
    """The townships and streets of the district."""
    counts = hanging(settings.YIMEN_DISTRICT)
    links = [
        Link(_count(row.name, sum(counts.get(row.code, {}).values())), reverse("public:township", args=[row.code]))
        for row in offices.townships(settings.YIMEN_DISTRICT)
    ]
    sentence = "请选择乡镇（街道），再选择村（社区）。" if links else "本地尚未设置乡镇（街道），请致电区民政部门查询。"
    return page(request, "public/board.html", page=Page("公示公布查询", PURPOSE), places=links, empty=Empty(sentence))


def _villages(township: Any, current: str = "") -> list[Link]:
    counts = hanging(settings.YIMEN_DISTRICT).get(township.code, {})
    links = [
        Link(
            _count(row.name, counts.get(row.code, 0)),
            reverse("public:board", args=[township.code, row.code, FIRST]),
            current=row.code == current,
        )
        for row in offices.villages(township.code)
    ]
    return [Link("全部乡街", reverse("public:places")), *links]


@public("notice.browse", "notice")
def township(request: HttpRequest, township: str) -> HttpResponse:
    """The villages and communities of a township, with how many entries each has."""
    place = _township(township)
    return page(
        request,
        "public/board.html",
        township=place.code,
        page=Page(f"{place.name}公示公布", PURPOSE),
        places=_villages(place),
        empty=Empty("请选择村（社区）。括号内是正在公示和公布的条数。"),
    )


def _facts(kind: Kind, rows: Sequence[Any], township: str) -> list[Fact]:
    office = offices.find_office(township, OfficeKind.TOWNSHIP)
    found = [Fact(kind.phone, phones(rows) or (office.phone if office else ""))]
    if office:
        found.append(Fact("受理地点", office.address or f"{office.name}社会救助窗口"))
    return [*found, HOTLINE]


def _block(kind: Kind, rows: Sequence[Any], title: str, township: str) -> dict[str, Any]:
    facts = _facts(kind, rows, township)
    return {"title": title, "sentence": kind.sentence, "facts": facts, "table": kind.table(rows)}


@public("notice.read", "notice")
def board(request: HttpRequest, township: str, village: str, kind: str) -> HttpResponse:
    """What hangs for one village today."""
    place = _township(township)
    home = _area(list(offices.villages(place.code)), village)
    asked = KINDS.get(kind)
    if asked is None:
        raise Http404
    shown = {each.code: each.web(home.code) for each in KINDS.values()}
    tabs = [
        Link(
            each.words,
            reverse("public:board", args=[place.code, home.code, each.code]),
            current=each is asked,
            count=str(len(shown[each.code])),
        )
        for each in KINDS.values()
        if shown[each.code] or each is asked or not each.rare
    ]
    rows = shown[asked.code]
    return page(
        request,
        "public/board.html",
        township=place.code,
        page=Page(f"{home.name}{asked.words}", PURPOSE),
        places=_villages(place, home.code),
        tabs=tabs,
        boards=[_block(asked, rows, f"{place.name}{home.name}{asked.words}", place.code)] if rows else (),
        empty=None if rows else Empty(f"当前没有{asked.words}。"),
    )


@public("notice.read", "notice")
def notice(request: HttpRequest, ref: str) -> HttpResponse:
    """One entry by its own address; after its last day, or once withdrawn, there is nothing."""
    found = find(ref)
    if found is None or not found[1].township_id.startswith(settings.YIMEN_DISTRICT):
        raise Http404
    kind, entry, row = found
    title = f"{row.township}{row.village}{kind.words}"
    back = Link(f"{row.village}全部", reverse("public:board", args=[entry.township_id, entry.village_id, kind.code]))
    return page(
        request,
        "public/board.html",
        township=entry.township_id,
        page=Page(title, PURPOSE),
        places=[back],
        boards=[_block(kind, [row], title, entry.township_id)],
    )
