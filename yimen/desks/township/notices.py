"""公示公布 (S9): what hangs in public before the decision, and what was announced after it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.casework.applications import queries as applications
from yimen.casework.decisions import boards
from yimen.desks.shared.batches.pages import bulk_links
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import SIZES, Listing
from yimen.desks.shared.lists.places import village_filter
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Cell, Empty, Filter, Link, Page, Row, Tag
from yimen.desks.shared.work import act_url, case_url
from yimen.law.calendar import today
from yimen.law.money import show as yuan
from yimen.law.terms import Stage

COLUMNS = [
    "申请人",
    "文书编号",
    "村（社区）",
    "人数",
    "金额（元/月）",
    "起止",
    "剩余",
    "张贴",
    "取下",
    "异议",
    "下一步",
]
NUMERIC = frozenset({"人数", "金额（元/月）"})
LIST = Listing(
    "notices",
    "公示公布",
    COLUMNS,
    sizes=SIZES[:1],
    sorts={
        "申请人": ("application__applicant__pinyin",),
        "文书编号": ("paper_number",),
        "村（社区）": ("village_id",),
        "人数": ("members",),
        "金额（元/月）": ("amount_fen",),
        "起止": ("from_on",),
    },
    filters=("village", "state"),
    parts=("kind",),
    numeric=NUMERIC,
)
BEGIN = {
    boards.NOTICE: (Stage.NOTICE_READY, "publish_notice", "开始公示"),
    boards.ANNOUNCEMENT: (Stage.APPROVED, "announce", "公布"),
}
EMPTY = {
    boards.NOTICE: "当前没有公示。审核意见拟予以确认后，从待办开始公示。",
    boards.ANNOUNCEMENT: "当前没有公布。作出予以确认的决定后，从待办公布。",
}


def _left(notice: Any, on: date) -> Tag:
    if notice.withdrawn_on:
        return Tag("neutral", f"{notice.withdrawn_on:%m-%d} 撤下")
    left = (notice.to_on - on).days
    if left < 0:
        return Tag("neutral", "已期满")
    return Tag("blue", f"剩 {left} 天" if left else "最后一天")


def _up(notice: Any) -> Cell:
    """How many places have it, and which do not."""
    done = len(notice.postings.all())
    lacking = boards.missing_places(notice)
    photos = sum(bool(row.photo_ref) for row in notice.postings.all())
    note = f"缺 {'、'.join(lacking)}" if lacking else f"照片 {photos} 张" if photos else ""
    return Cell(note=note, tag=Tag("amber" if lacking else "green", f"{done}/{len(notice.places)} 处"))


def _down(notice: Any, on: date) -> Cell:
    hung = list(notice.postings.all())
    down = sum(row.taken_down_on is not None for row in hung)
    waits = hung and down < len(hung) and (on > notice.to_on or notice.withdrawn_on)
    return (
        Cell(tag=Tag("amber", f"{down}/{len(hung)} 处")) if waits else Cell(f"{down}/{len(hung)} 处" if down else "—")
    )


def _objections(notice: Any) -> Tag | str:
    rows = list(notice.objections.all())
    if not rows:
        return "无"
    open_rows = sum(not row.answer for row in rows)
    return Tag("amber", f"{open_rows} 件待处理") if open_rows else Tag("neutral", f"{len(rows)} 件")


def _next(notice: Any, on: date) -> Link | str:
    """The one link of the row, by where the case stands."""
    item = notice.application
    stage = Stage(item.stage)
    if notice.withdrawn_on:
        return stage.label
    if stage is Stage.OBJECTED:
        return Link("选定异议处理方式", act_url(item.ref, "answer_objection"))
    if boards.missing_places(notice) and stage in {Stage.ON_NOTICE, Stage.ON_ASSISTANCE, Stage.APPROVED}:
        return Link("登记张贴", act_url(item.ref, "record_posting"))
    if stage is Stage.ON_NOTICE and on > notice.to_on:
        return Link("公示期满报请确认", act_url(item.ref, "close_notice"))
    if stage is Stage.ON_NOTICE:
        return Link("登记公示异议", act_url(item.ref, "object_to_notice"))
    return Link("查看", case_url(item.ref))


def _row(notice: Any, on: date) -> Row:
    item = notice.application
    paper = Cell(notice.paper_number, reverse("paper", args=[notice.paper_ref])) if notice.paper_ref else "—"
    span = f"{notice.from_on:%m-%d} 至 {notice.to_on:%m-%d}"
    return Row(
        [
            Link(notice.applicant, case_url(item.ref)),
            paper,
            notice.village.name,
            notice.members,
            yuan(notice.amount_fen) if notice.amount_fen else "—",
            span,
            _left(notice, on),
            _up(notice),
            _down(notice, on),
            _objections(notice),
            _next(notice, on),
        ],
        ref=item.ref,
        name=notice.applicant,
    )


def _ready(officer: Officer, kind: str, village: str) -> list[Row]:
    """Cases that wait for their notice or announcement to begin."""
    stage, act, word = BEGIN[kind]
    rows = applications.visible(officer).filter(stage=stage).order_by("id")
    if village:
        rows = rows.filter(village_id=village)
    return [
        Row(
            [
                Link(item.applicant.name, case_url(item.ref)),
                "—",
                item.village.name,
                "—",
                "—",
                "—",
                Tag("amber", f"待{boards.KIND_WORDS[kind]}"),
                "—",
                "—",
                "—",
                Link(word, act_url(item.ref, act)),
            ],
            ref=item.ref,
            name=item.applicant.name,
        )
        for item in rows
    ]


def _found(asked: Asked, kind: str, on: date) -> QuerySet[Any]:
    rows = boards.visible_notices(asked.officer, kind).prefetch_related("objections")
    state, village = asked.get("state"), asked.get("village")
    if village:
        rows = rows.filter(village_id=village)
    if state == "running":
        rows = rows.filter(from_on__lte=on, to_on__gte=on, withdrawn_on__isnull=True)
    return rows


def _filters(asked: Asked, kind: str) -> list[Filter]:
    return [
        Filter("kind", "类型", list(boards.KIND_WORDS.items()), kind),
        village_filter(asked),
        asked.filter("state", "范围", [("", "全部"), ("running", "正在进行")]),
    ]


def _tabs(request: HttpRequest, kind: str) -> list[Link]:
    url = reverse("township:notices")
    return [Link(word, f"{url}?kind={code}", current=code == kind) for code, word in boards.KIND_WORDS.items()]


@route("notices.read", "notice", "place", TOWNSHIP_ROLES)
def notices(request: HttpRequest) -> HttpResponse:
    """The own township's notices and announcements, the newest first."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()
    asked = Asked(request, LIST)
    kind = asked.part("kind", boards.KIND_WORDS, boards.NOTICE)
    found, pager = asked.page(asked.ordered(_found(asked, kind, on)))
    first = _ready(officer, kind, asked.get("village")) if pager.first <= 1 else []
    rows = [*first, *(_row(notice, on) for notice in found)]
    return show(
        request,
        "township/notices.html",
        page=Page(
            "公示公布",
            "公示在决定之前，接受异议；公布在决定之后。公开的内容只有姓名、村（社区）、人数、项目、金额和期限。",
            tools=[Action("电子屏", reverse("public:own_screen")), Action("网上公示", reverse("public:places"))],
        ),
        tabs=_tabs(request, kind),
        filters=_filters(asked, kind),
        filter_url=reverse("township:notices"),
        table=asked.table(rows, label=boards.KIND_WORDS[kind], empty=Empty(EMPTY[kind]), pick="ref", form_id="bulk"),
        bulk=bulk_links(BEGIN[kind][1], "record_posting", *(["close_notice"] if kind == boards.NOTICE else [])),
        pager=pager,
        lister=tools(asked),
        note="公示期从各处都张贴之日起算，张贴当日不计；期满次日起报请确认。照片可不拍。",
    )
