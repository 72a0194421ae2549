"""月末办结: how far the month is, what stands in the way and where it is put right, the signatures, what was filed (S11)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.jobs import desk as jobs
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.casework.monthclose.queries import closing as queries
from yimen.casework.payments import queries as payments
from yimen.casework.reports.queries import FILING
from yimen.desks.shared import closing as view, runs
from yimen.desks.shared.moments import moment
from yimen.desks.shared.monthpapers import block
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Fact, Link, Page, Row, Table, Tile
from yimen.law import procedure
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.closing import CLOSED, CloseState, blocking
from yimen.law.money import show as yuan

OWN = TOWNSHIP_ROLES | PAYING_ROLES
READERS = OWN | DISTRICT_ROLES
_LIST = ["月份", "状态", "签字", "报备", Column("户数", numeric=True), Column("应发（元）", numeric=True),
         Column("银行已发（元）", numeric=True), "说明"]  # fmt: skip


def home_of(officer: Officer) -> str:
    """The township whose month an officer works on; raises Unknown for who works in none."""
    codes = officer.areas(OWN)
    if not codes:
        raise Unknown("township")
    return sorted(codes)[0]


def may(officer: Officer, act: str, area: str) -> bool:
    """Whether one of the officer's posts may do an act in a township."""
    return officer.holds(set(procedure.OFFICE_STEPS[act].roles), area)


@route("closing.read", "month_close", "place", OWN)
def now(request: HttpRequest) -> HttpResponse:
    """The month under way of the own township."""
    return _page(request, month_of(today()))


@route("closing.read", "month_close", "place", OWN)
def close(request: HttpRequest, month: str) -> HttpResponse:
    """One month of the own township."""
    return _page(request, month)


@route("closing.read", "month_close", "place", READERS)
def close_of(request: HttpRequest, month: str, area: str) -> HttpResponse:
    """One month of a township, as the district sees it too."""
    return _page(request, month, area)


def _page(request: HttpRequest, month: str, area: str = "") -> HttpResponse:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    township = _place(officer, area)
    present = month_of(today())
    if not later_month(present, -24) <= month <= present:
        raise Unknown(month)
    on, own = today(), bool(officer.areas(OWN))
    views = queries.stages(township, month, on)
    found = queries.close_of(township, month)
    job = jobs.job_view(found.job_ref) if found is not None and found.job_ref else None
    left = blocking(views)
    over = view.over_table(views, own)
    return show(
        request,
        "shared/batch.html",
        page=Page(
            f"月末办结　{month}",
            "按六个阶段逐项办完，两人签字后报备；挡住全乡街的写在表里，只影响一户的转入下月，不耽误其他家庭。",
            crumbs=_crumbs(officer, township),
            tags=[view.state_tag(found.state)] if found else [],
            tools=_tools(officer, township, month, found, bool(left)),
        ),
        progress=runs.progress(job, reverse("township:close_job", args=[found.ref])) if found else None,
        tiles=[
            *view.cut_off_tiles(township, month, on, found.filed_on if found else None),
            _step_tile(views),
            _left_tile(len(left), found),
            *_funds_tile(township, month),
        ],
        tabs=_months(month, area),
        table=view.stage_table(views, township, month, on, own),
        blocks=[
            *_signed(found),
            *([block(officer, township, month, [FILING])] if found is not None and found.counts else []),
            *([Block("转入下月的家庭", table=over)] if over else []),
            *_past(officer, township),
        ],
    )


def _place(officer: Officer, area: str) -> str:
    if not area:
        return home_of(officer)
    districts = {code[:6] for code in officer.areas(DISTRICT_ROLES)}
    if area in officer.areas(OWN) or (len(area) == 9 and area[:6] in districts):
        return area
    raise Unknown(area)


def _crumbs(officer: Officer, township: str) -> list[Link]:
    if not officer.roles & DISTRICT_ROLES:
        return []
    return [Link("各乡街月末办结", reverse("district:closes")), Link(offices.area(township).name, "", current=True)]


def _months(month: str, area: str) -> list[Link]:
    """This month and the three before."""
    present = month_of(today())
    months = [later_month(present, -step) for step in range(4)]
    address = (lambda each: reverse("township:close_of", args=[each, area])) if area else (
        lambda each: reverse("township:close", args=[each]))  # fmt: skip
    return [Link(each, address(each), current=each == month) for each in months]


def _step_tile(views: Any) -> Tile:
    done = sum(not each.blockers and not each.left for each in views)
    return Tile("阶段", f"{done} / {len(views)}", note="已完成", done=done, of=len(views))


def _left_tile(left: int, found: Any) -> Tile:
    note = "逐项点进去办" if left else CloseState(found.state).label if found else "可以签字报备"
    return Tile("挡住办结的", f"{left} 项", note=note, tone="amber" if left else "")


def _funds_tile(township: str, month: str) -> list[Tile]:
    """The first programme whose money runs short within three months; nothing where all of them reach."""
    short = [row for row in payments.shortage([township], month) if row.month] if month == month_of(today()) else []
    if not short:
        return []
    first = min(short, key=lambda row: row.month)
    note = f"{first.programme.label}差 {yuan(first.lacks)} 元"
    tone = "red" if first.month == month else "amber"
    return [Tile("资金不足", first.month, note=note, tone=tone, url=reverse("township:funds"))]


def _tools(officer: Officer, township: str, month: str, found: Any, blocked: bool) -> list[Action]:
    """The one next step first."""
    once = {"once": new_ref()}
    if found is None:
        ready = not blocked and may(officer, "sign_month", township)
        address = reverse("township:close_sign", args=[month])
        return [Action("签字", address, "post", primary=True, hidden=once)] if ready else []
    ref, tools = found.ref, []
    if found.state == CloseState.SIGNED:
        mine = found.proposed_by_id == officer.staff.pk
        if may(officer, "file_month", township) and not mine and not blocked:
            tools.append(Action("核对并报备", reverse("township:close_file", args=[ref]), primary=True))
        if may(officer, "return_month", township):
            tools.append(Action("撤回签字" if mine else "退回", reverse("township:close_return", args=[ref])))
    if found.state == CloseState.RUNNING and may(officer, "file_month", township):
        tools.append(
            Action("继续存档", reverse("township:close_resume", args=[ref]), "post", primary=True, hidden=once)
        )
    if found.state in CLOSED and found.state != CloseState.RUNNING:
        tools.append(Action("存档的家庭", reverse("township:close_rows", args=[ref])))
    return tools


def facts_of(found: Any) -> list[Fact]:
    """Who signed, filed, received, and what it came to."""
    facts = [Fact("签字", f"{found.proposed_by.name}　{found.signed_on}")]
    if found.released_by:
        facts.append(Fact("报备", f"{found.released_by.name}　{moment(found.released_at)}"))
    if found.counts:
        facts += [
            Fact("在保", f"{found.counts['households']} 户 {found.counts['persons']} 人"),
            Fact("应发", f"{yuan(found.counts['due_fen'])} 元", note=f"银行已发 {yuan(found.counts['paid_fen'])} 元"),
            Fact("转入下月", f"{found.counts['over']} 户"),
        ]
    if found.received_by:
        facts.append(Fact("区级接收", f"{found.received_by.name}　{moment(found.received_at)}"))
    if found.note:
        facts.append(Fact("退回（重开）原因", found.note))
    return facts


def _signed(found: Any) -> list[Block]:
    if found is None:
        return []
    note = "存档的内容不再改动，以后的更正列入更正当月。" if found.state in CLOSED else "签字以后、报备以前还可以退回。"
    return [Block("签字报备", note, tag=view.state_tag(found.state), facts=facts_of(found))]


def _past(officer: Officer, township: str) -> list[Block]:
    rows = [_past_row(each) for each in queries.closes_of(officer).filter(area=township)[:12]]
    empty = Empty("还没有办结过的月份。")
    return [Block("办结记录", table=Table(_LIST, rows, label="办结记录", empty=empty))]


def _past_row(each: Any) -> Row:
    counts = each.counts
    return Row(
        [
            Link(each.month, reverse("township:close_rows", args=[each.ref])) if counts else each.month,
            Cell(tag=view.state_tag(each.state)),
            f"{each.proposed_by.name}　{each.signed_on}",
            f"{each.released_by.name}　{each.filed_on}" if each.released_by else "—",
            counts.get("households", "—"),
            yuan(counts["due_fen"]) if counts else "—",
            yuan(counts["paid_fen"]) if counts else "—",
            each.note or "—",
        ]
    )


@route("closing.read", "month_close", "place", READERS)
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the freezing is."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = queries.close(officer, ref)
    seen = jobs.job_view(found.job_ref) if found.job_ref else None
    busy = runs.progress(seen, reverse("township:close_job", args=[ref]))
    return runs.progress_page(request, busy, reverse("township:close_of", args=[found.month, found.area_id]))
