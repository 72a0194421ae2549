"""公示公布查询 (S25): from township to village, 公示 and 公布 apart, names masked for the web; what is over is gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.offices import queries as offices
from yimen.casework.awards.changes import stopping as stops
from yimen.casework.decisions import queries as decisions
from yimen.casework.decisions.boards import ANNOUNCEMENT, KIND_WORDS, NOTICE
from yimen.desks.public.answering import HOTLINE, page, public
from yimen.desks.shared.shapes import Column, Empty, Fact, Link, Page, Row, Table
from yimen.law import money
from yimen.law.terms import OfficeKind

STOP = stops.KIND
WORDS = {**KIND_WORDS, STOP: "终止公示"}
PURPOSE = "公示是作出确认决定之前听取意见，期内可以提出异议；公布是确认之后的结果。按村（社区）查看，到期自动撤下。"
SENTENCES = {
    NOTICE: "下列家庭（个人）经审核拟予确认，现予公示。对公示内容有异议的，请在公示期内反映，反映人的信息依法保密。",
    ANNOUNCEMENT: "下列家庭（个人）已经确认，现予公布，接受社会监督。",
    STOP: "下列人员拟终止特困人员救助供养，现予公示。对公示内容有异议的，请在公示期内反映，反映人的信息依法保密。",
}
AMOUNTS = {NOTICE: "拟月保障金（元）", ANNOUNCEMENT: "月保障金（元）"}


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
    counts = _counts()
    links = [
        Link(_count(row.name, sum(counts.get(row.code, {}).values())), reverse("public:township", args=[row.code]))
        for row in offices.townships(settings.YIMEN_DISTRICT)
    ]
    sentence = "请选择乡镇（街道），再选择村（社区）。" if links else "本地尚未设置乡镇（街道），请致电区民政部门查询。"
    return page(request, "public/board.html", page=Page("公示公布查询", PURPOSE), places=links, empty=Empty(sentence))


def _counts() -> dict[str, dict[str, int]]:
    """Per township and village how much is to be seen, of every kind."""
    found = decisions.public_places(settings.YIMEN_DISTRICT)
    for code, villages in stops.counted(settings.YIMEN_DISTRICT).items():
        counts = found.setdefault(code, {})
        for village, number in villages.items():
            counts[village] = counts.get(village, 0) + number
    return found


def _rows(kind: str, village: str) -> Sequence[Any]:
    return stops.web_rows(village) if kind == STOP else decisions.public_board(kind, village)


def _villages(township: Any, current: str = "") -> list[Link]:
    counts = _counts().get(township.code, {})
    links = [
        Link(
            _count(row.name, counts.get(row.code, 0)),
            reverse("public:board", args=[township.code, row.code, NOTICE]),
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


NOTHING_PAID = "不发放"


def _table(rows: Sequence[Any], kind: str) -> Table:
    if kind == STOP:
        ended = [
            Row([row.name, row.village, row.programme, row.ground, f"{row.from_on:%Y-%m-%d} 至 {row.to_on:%Y-%m-%d}"])
            for row in rows
        ]
        return Table(["姓名", "村（社区）", "救助类型", "拟终止的事由", "公示期"], ended, label="终止公示名单")
    columns = [
        "申请人",
        "村（社区）",
        Column("家庭人数", numeric=True),
        "救助类型",
        "类别",
        Column(AMOUNTS[kind], numeric=True),
        f"{KIND_WORDS[kind]}期",
    ]
    made = [
        Row(
            [
                row.name,
                row.village,
                str(row.members),
                row.programme,
                row.category or "—",
                money.show(row.amount_fen) if row.amount_fen else NOTHING_PAID,
                f"{row.from_on:%Y-%m-%d} 至 {row.to_on:%Y-%m-%d}",
            ]
        )
        for row in rows
    ]
    return Table(columns, made, label=f"{KIND_WORDS[kind]}名单")


def _facts(rows: Sequence[Any], kind: str, township: str) -> list[Fact]:
    office = offices.find_office(township, OfficeKind.TOWNSHIP)
    phones = "、".join(dict.fromkeys(row.objection_phone for row in rows if row.objection_phone))
    found = [Fact("咨询电话" if kind == ANNOUNCEMENT else "异议电话", phones or (office.phone if office else ""))]
    if office:
        found.append(Fact("受理地点", office.address or f"{office.name}社会救助窗口"))
    return [*found, HOTLINE]


def _block(rows: Sequence[Any], kind: str, title: str, township: str) -> dict[str, Any]:
    return {
        "title": title,
        "sentence": SENTENCES[kind],
        "facts": _facts(rows, kind, township),
        "table": _table(rows, kind),
    }


@public("notice.read", "notice")
def board(request: HttpRequest, township: str, village: str, kind: str) -> HttpResponse:
    """What hangs for one village today."""
    place = _township(township)
    home = _area(list(offices.villages(place.code)), village)
    if kind not in WORDS:
        raise Http404
    shown = {each: _rows(each, home.code) for each in WORDS}
    tabs = [
        Link(
            words,
            reverse("public:board", args=[place.code, home.code, each]),
            current=each == kind,
            count=str(len(shown[each])),
        )
        for each, words in WORDS.items()
        if each != STOP or shown[STOP] or kind == STOP
    ]
    words, rows = WORDS[kind], shown[kind]
    return page(
        request,
        "public/board.html",
        township=place.code,
        page=Page(f"{home.name}{words}", PURPOSE),
        places=_villages(place, home.code),
        tabs=tabs,
        boards=[_block(rows, kind, f"{place.name}{home.name}{words}", place.code)] if rows else (),
        empty=None if rows else Empty(f"当前没有{words}。"),
    )


@public("notice.read", "notice")
def notice(request: HttpRequest, ref: str) -> HttpResponse:
    """One entry by its own address; after its last day, or once withdrawn, there is nothing."""
    for kind, words in WORDS.items():
        rows = stops.showing() if kind == STOP else decisions.notices(kind)
        found: Any = rows.filter(ref=ref).first()
        if found is None or not found.township_id.startswith(settings.YIMEN_DISTRICT):
            continue
        row: Any = stops.web_row(found) if kind == STOP else decisions.board_rows_of(found)["web"]
        title = f"{row.township}{row.village}{words}"
        back = Link(f"{row.village}全部", reverse("public:board", args=[found.township_id, found.village_id, kind]))
        return page(
            request,
            "public/board.html",
            township=found.township_id,
            page=Page(title, PURPOSE),
            places=[back],
            boards=[_block([row], kind, title, found.township_id)],
        )
    raise Http404
