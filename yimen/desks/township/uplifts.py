"""提高标准 as a township sees it: what became of its households, and the notices, issued and printed together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.once import once
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.refs import new_ref
from yimen.casework.awards import acts, uplift_queries as queries
from yimen.desks.shared.batches.pages import act_links
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.printing import choosing
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Cell, Column, Empty, Link, Page, Row, Table
from yimen.law.aftercare.changing import ChangeState
from yimen.law.money import show as yuan

_NUMBERS = ("提高（户）", "每月增加（元）", "已告知（户）")
_ROWS = ["起始月份", "新标准", "村（社区）", *(Column(text, numeric=True) for text in _NUMBERS), "告知书"]


def _button(run: Any, area: str, left: int) -> Cell:
    words = "制发并打印告知书" if left else "打印告知书"
    url = reverse("township:uplift_print", args=[run.ref])
    return Cell(action=Action(words, url, "post", hidden={"area": area, "once": new_ref()}))


def _rows(officer: Officer, run: Any, township: str) -> list[Row]:
    words = "；".join(f"{row['label']} {row['shown']}" for row in run.figures)
    return [
        Row(
            [
                run.month,
                words,
                row["award__village__name"],
                row["households"],
                yuan(row["more"]),
                row["told"],
                _button(run, row["award__village_id"], row["households"] - row["told"]),
            ]
        )
        for row in queries.raised_by_village(officer, run, township)
    ]


@route("uplift.tell", "uplift", "place", TOWNSHIP_ROLES)
def uplifts(request: HttpRequest) -> HttpResponse:
    """Every raise of the own households, by village, with the button for their notices."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    townships = sorted(officer.areas(TOWNSHIP_ROLES))
    rows = [row for run in queries.done_of(officer) for code in townships for row in _rows(officer, run, code)]
    less = queries.falls(officer).count()
    empty = Empty("还没有提高过标准。区里发布并执行以后，提高了金额的家庭按村（社区）列在这里。")
    return show(
        request,
        "shared/list.html",
        page=Page(
            "提高标准",
            "由区里核算、发布、执行；这里给提高了金额的家庭制发告知书，按村（社区）打印。",
            tools=[Action(f"减少的家庭（{less}）", reverse("township:uplift_falls"))] if less else [],
        ),
        table=Table(_ROWS, rows, label="提高标准", empty=empty),
        note="每一户怎么算出来的：在保名册点户主，再点编号和月份。" if rows else "",
    )


_DONE = "done"
_FALLS = [
    "户主", "村（社区）", "项目", "提高标准", Column("现在每月（元）", numeric=True), Column("核算每月（元）", numeric=True),
    "原因", "变更",
]  # fmt: skip


def _fall_row(line: Any, waiting: bool) -> Row:
    award = line.award
    name = award.household.head.name
    cells = [
        Link(name, reverse("township:award", args=[award.ref])),
        award.village.name,
        award.get_programme_display(),
        f"{line.run.month} 起",
        yuan(line.before_fen),
        yuan(line.after_fen),
        line.reason,
        *([] if waiting else [_change(line)]),
    ]
    return Row(cells, ref=award.ref if waiting else "", name=name)


def _all_of(rows: Sequence[Row]) -> list[Action]:
    """All households of the page at once, without ticking them one by one."""
    refs = ",".join(row.ref for row in rows)
    return [
        Action(f"本页全部登记变更（{len(rows)} 户）", f"{reverse('batch-report_change')}?cases={refs}", primary=True)
    ]


def _change(line: Any) -> Link:
    return Link(ChangeState(line.change.state).label, reverse("township:change", args=[line.change.ref]))


@route("uplift.tell", "uplift", "place", TOWNSHIP_ROLES)
def falls(request: HttpRequest) -> HttpResponse:
    """Households that would get less by the new standard: what waits for its change, all of it registered together."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    waiting = request.GET.get("show", "") != _DONE
    address = reverse("township:uplift_falls")
    found, pager = cut(request, queries.falls(officer) if waiting else queries.fallen(officer), "户")
    rows = [_fall_row(line, waiting) for line in found.object_list]
    empty = Empty("没有待登记的。" if waiting else "还没有登记过。")
    pick = {"pick": "ref", "form_id": "bulk"} if waiting and rows else {}
    return show(
        request,
        "shared/list.html",
        page=Page(
            "提高标准时减少的家庭",
            "按新标准核算会减少或者不再符合的家庭，金额没有改动。勾选后一次登记变更，每户一件，先听取意见再决定。",
            crumbs=[Link("提高标准", reverse("township:uplifts"))],
            tools=_all_of(rows) if pick else [],
        ),
        tabs=[
            Link("待登记变更", address, current=waiting),
            Link("已登记变更", f"{address}?show={_DONE}", current=not waiting),
        ],
        table=Table(_FALLS[:-1] if waiting else _FALLS, rows, label="提高标准时减少的家庭", empty=empty, **pick),
        pager=pager if rows else None,
        bulk=act_links("report_change") if pick else (),
        hidden={"once": new_ref()},
    )


@route("uplift.tell", "uplift", "place", TOWNSHIP_ROLES, ("POST",))
def print_notices(request: HttpRequest, ref: str) -> HttpResponse:
    """Issue what is not issued yet for a village, and print all its notices as one file."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    area = request.POST.get("area", "")
    if not queries.known_here(officer, ref):
        raise Unknown(ref)
    if not officer.holds(TOWNSHIP_ROLES, area[:9]):
        raise Refused("请在列表里选择本乡街的村（社区）。", "area", 422)

    def work() -> str:
        run = next((run for run in queries.done_of(officer) if run.ref == ref), None)
        if run is None:
            raise Refused("这次提标在本乡街还没有执行，请刷新页面。", "gone", 409)
        if queries.untold(officer, run, area):
            acts.tell_uplift(officer, ref=ref, area=area)
        lines = [{"paper": paper.ref} for paper in queries.papers_of(officer, run, area)]
        return choosing.start(officer, title="提高保障标准告知书", lines=lines, duplex=False)

    body = {"path": request.path, "area": area}
    made = once(request.user, request.POST.get("once", ""), body, work)  # type: ignore[arg-type]
    return redirect("township:print_run", made)
