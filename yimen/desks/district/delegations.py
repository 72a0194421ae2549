"""确认权限移交 (五(二); S28): who decides today, drafts that wait for a second person, the order of steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access.officer import ADMIN_ROLES, Officer
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.powers import acts
from yimen.casework.applications import queries as applications
from yimen.desks.district.doing import may, readers, roles_of
from yimen.desks.district.orders import order_block
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Fact, Link, Page, Row, Section, Table, Tag
from yimen.law.calendar import today
from yimen.law.terms import ENDS, DelegationMode, OfficeKind, Programme

COLUMNS = ["乡街", "事项", "今天由谁确认", "方式", "起", "止", "依据文件", "下一步变化"]
_TOOLS = (
    ("选定办理次序", "order_new", "choose_order"),
    ("登记移交", "delegation_new", "propose_delegation"),
)
_WHOLE = "未移交，由区级确认"


def _in_force(row: Any, on: date) -> bool:
    return bool(row.released_at) and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def _today(rows: Sequence[Any], on: date) -> dict[str, Any]:
    """Township code to the delegation of today: of several the latest start counts."""
    return {row.township_id: row for row in sorted(rows, key=lambda row: row.valid_from) if _in_force(row, on)}


def _next(rows: Sequence[Any], on: date) -> dict[str, Any]:
    later = [row for row in rows if row.released_at and row.valid_from > on]
    return {row.township_id: row for row in sorted(later, key=lambda row: row.valid_from, reverse=True)}


def _matrix(officer: Officer, rows: Sequence[Any], on: date) -> list[Row]:
    held, coming = _today(rows, on), _next(rows, on)
    kinds = (OfficeKind.DEPARTMENT, OfficeKind.TOWNSHIP)
    found = Office.objects.filter(area__code__startswith=officer.district, kind__in=kinds).order_by("area_id")
    names = dict(found.values_list("area_id", "name"))
    made = []
    for area in offices.townships(officer.district):
        row, later = held.get(area.code), coming.get(area.code)
        change = f"{later.valid_from} 起由乡街确认（{later.document}）" if later else "—"
        if row is None:
            who = [
                names.get(officer.district, "区级民政部门"),
                Tag("neutral", _WHOLE),
                "—",
                "—",
                "民发〔2021〕57号第二条",
            ]
        else:
            who = [
                names.get(area.code, area.name),
                Tag("green", DelegationMode(row.mode).label),
                f"{row.valid_from}",
                f"{row.valid_to or '长期'}",
                row.document,
            ]
        made.append(Row([area.name, Programme.DIBAO.label, Cell(str(who[0]), strong=True), *who[1:], change]))
    return made


def _draft_row(row: Any, officer: Officer) -> Row:
    if row.proposed_by_id == officer.staff.pk:
        step: Any = "须由另一人复核"
    elif may(officer, "release_delegation"):
        step = Link("复核发布", reverse("district:delegation_release", args=[row.ref]))
    else:
        step = "等待复核"
    mode = DelegationMode(row.mode).label
    drafted = f"{row.proposed_by.name} {moment(row.proposed_at)}"
    return Row(
        [row.township.name, Programme(row.programme).label, mode, f"{row.valid_from}", row.document, drafted, step]
    )


def _drafts(officer: Officer, rows: Sequence[Any]) -> Block:
    waiting = [_draft_row(row, officer) for row in rows if not row.released_at]
    columns = ["乡街", "事项", "方式", "起", "依据文件", "拟定", "复核"]
    empty = Empty("没有等待复核的移交。")
    table = Table(columns, waiting, label="等待复核发布的移交", empty=empty)
    return Block("等待复核发布", "拟定人不能自己发布；发布以前不生效。", table=table)


def _history(rows: Sequence[Any]) -> Block:
    made = [
        Row(
            [
                row.township.name,
                Programme(row.programme).label,
                f"{row.valid_from}",
                f"{row.valid_to or '长期'}",
                row.document,
                row.basis,
                f"{row.proposed_by.name}；{row.released_by.name if row.released_by else '—'} {moment(row.released_at)}",
            ]
        )
        for row in rows
        if row.released_at
    ]
    columns = ["乡街", "事项", "起", "止", "依据文件", "法律依据", "拟定；复核"]
    return Block("全部移交", table=Table(columns, made, label="全部移交", empty=Empty("还没有移交过确认权限。")))


@route("delegations.read", "delegation", "district", readers() | ADMIN_ROLES)
def delegations(request: HttpRequest) -> HttpResponse:
    """Today's matrix per township, the drafts, the past, the order of steps."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()
    rows = list(offices.delegations(officer.district))
    tools = [
        Action(label, reverse(f"district:{name}"), primary=name == "delegation_new")
        for label, name, act in _TOOLS
        if may(officer, act)
    ]
    return show(
        request,
        "district/delegations.html",
        page=Page(
            "确认权限移交",
            f"{on} 由谁作出确认决定。案件以受理日为准，移交以前受理的仍由区级确认。",
            tools=tools,
        ),
        table=Table(
            COLUMNS,
            _matrix(officer, rows, on),
            label="今天的确认权限",
            empty=Empty("还没有街道。请系统管理员先建立机构。"),
        ),
        blocks=[_drafts(officer, rows), order_block(officer), _history(rows)],
    )


class DelegationForm(forms.Form):
    """A hand-over: township, matter, mode, document, basis, dates."""

    township = forms.ChoiceField(label="移交给", error_messages={"required": "请选择乡镇或街道。"})
    programme = forms.ChoiceField(label="事项", choices=Programme.choices(), initial=str(Programme.DIBAO))
    mode = forms.ChoiceField(
        label="方式",
        choices=DelegationMode.choices(),
        widget=forms.RadioSelect,
        initial=str(DelegationMode.DELEGATION),
        help_text="下放：以乡街名义作出决定；委托：仍以区级民政部门名义作出决定。",
    )
    document = forms.CharField(
        label="授权文件文号", max_length=120, error_messages={"required": "请填写授权文件的文号。"}
    )
    basis = forms.CharField(
        label="法律依据",
        max_length=300,
        initial="社会救助法第四十四条第二款",
        help_text="省级人民政府规定由乡镇人民政府、街道办事处作出确认决定的文件。",
        error_messages={"required": "请填写法律依据。"},
    )
    valid_from = forms.DateField(
        label="起始日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写起始日期。"},
    )
    valid_to = forms.DateField(label="截止日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, district: str, data: QueryDict | None) -> None:
        super().__init__(data)
        choices = [(row.code, row.name) for row in offices.townships(district)]
        self.fields["township"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]


_CRUMBS = (("确认权限移交", "district:delegations"),)


def _head(title: str, purpose: str) -> Page:
    return Page(title, purpose, crumbs=[Link(text, reverse(name)) for text, name in _CRUMBS])


@route("delegations.propose", "delegation", "district", roles_of("propose_delegation"), ("GET", "POST"))
def propose(request: HttpRequest) -> HttpResponse:
    """Draft a hand-over; it counts once a second person has released it."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [Section("delegation", "移交内容", form=DelegationForm(officer.district, data))]

    def run(sections: Sequence[Section]) -> str:
        form = sections[0].form
        acts.propose_delegation(officer, **(form.cleaned_data if form else {}))
        return reverse("district:delegations")

    head = _head("登记移交", "拟定后须由另一人复核发布。调查、拟定意见、确认须由不同的人办理，人员不够的乡街不能接收。")
    cancel = Link("返回", reverse("district:delegations"))
    return ActPage(head, build, run, "提交复核", cancel=cancel).answer(request)


def _preview(officer: Officer, row: Any) -> Block:
    """Which open cases stay with the district and which move."""
    rows = (
        applications.visible(officer).filter(township=row.township, programme=row.programme).exclude(stage__in=[*ENDS])
    )
    stay = rows.filter(accepted_on__lt=row.valid_from).count()
    move = rows.filter(accepted_on__isnull=True).count()
    facts = [
        Fact("仍由区级确认", f"{stay} 件", "在起始日期以前受理"),
        Fact("移交后由乡街确认", f"{move} 件", "现在尚未受理，起始日期以后受理的"),
    ]
    return Block("对在办案件的影响", facts=facts)


@route("delegations.release", "delegation", "district", roles_of("release_delegation"), ("GET", "POST"))
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """A second person reads the draft and releases it."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    row = offices.delegations(officer.district).filter(ref=ref).first()
    if row is None:
        raise Unknown(ref)
    if row.released_at and request.method != "POST":
        raise Refused("这项移交已经发布。请返回确认权限移交页面查看。", "gone")
    facts = [
        Fact("移交给", row.township.name),
        Fact("事项", Programme(row.programme).label),
        Fact("方式", DelegationMode(row.mode).label),
        Fact("起止", f"{row.valid_from} 至 {row.valid_to or '长期'}"),
        Fact("授权文件", row.document),
        Fact("法律依据", row.basis),
        Fact("拟定", f"{row.proposed_by.name} {moment(row.proposed_at)}"),
    ]

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [Section("draft", "待复核的移交", facts=facts)]

    def run(sections: Sequence[Section]) -> str:
        acts.release_delegation(officer, ref=ref)
        return reverse("district:delegations")

    head = _head("复核发布移交", "请对照授权文件逐项核对。发布后不能修改。")
    cancel = Link("返回", reverse("district:delegations"))
    return ActPage(head, build, run, "复核发布", cancel=cancel, aside=[_preview(officer, row)]).answer(request)
