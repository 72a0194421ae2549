"""办理次序: check first or accept first, chosen per programme from a date (四(二); D10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.base.powers import acts
from yimen.desks.district.doing import roles_of
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Empty, Link, Page, Row, Section, Table, Tag
from yimen.law.calendar import today
from yimen.law.terms import Order, Programme


def order_block(officer: Officer) -> Block:
    """Every choice of order with its document; the one of today is marked."""
    on = today()
    choices = list(offices.order_choices(officer.district))
    current: dict[str, int] = {}
    for row in choices:
        if row.valid_from <= on:
            current.setdefault(row.programme, row.pk)
    rows = []
    for row in choices:
        state = Tag("neutral", "已过")
        if row.pk == current.get(row.programme):
            state = Tag("green", "现行")
        elif row.valid_from > on:
            state = Tag("blue", f"{row.valid_from} 起")
        order, programme = Order(row.order).label, Programme(row.programme).label
        rows.append(Row([programme, order, f"{row.valid_from}", row.document, row.chosen_by.name, state]))
    empty = Empty("还没有选定办理次序，暂时不能登记申请。")
    table = Table(["事项", "办理次序", "起", "依据文件", "选定人", "状态"], rows, label="办理次序", empty=empty)
    return Block("办理次序", "只用于起始日期以后登记的申请；已登记的申请按原次序办完。", table=table)


class OrderForm(forms.Form):
    """An order of steps from a date, with its document."""

    programme = forms.ChoiceField(label="事项", choices=Programme.choices(), initial=str(Programme.DIBAO))
    order = forms.ChoiceField(
        label="办理次序",
        choices=Order.choices(),
        widget=forms.RadioSelect,
        error_messages={"required": "请选择办理次序。"},
    )
    valid_from = forms.DateField(
        label="起始日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写起始日期。"},
    )
    document = forms.CharField(label="依据文件", max_length=120, error_messages={"required": "请填写依据文件的文号。"})


@route("orders.choose", "order", "district", roles_of("choose_order"), ("GET", "POST"))
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the order for applications from a date on."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [Section("order", "办理次序", form=OrderForm(data))]

    def run(sections: Sequence[Section]) -> str:
        form = sections[0].form
        acts.choose_order(officer, **(form.cleaned_data if form else {}))
        return reverse("district:delegations")

    head = Page(
        "选定办理次序",
        "实施方案先核对后受理；民发〔2021〕57号先受理后核对。法定时限都从受理起算。",
        crumbs=[Link("确认权限移交", reverse("district:delegations"))],
    )
    cancel = Link("返回", reverse("district:delegations"))
    return ActPage(head, build, run, "选定", cancel=cancel, aside=[order_block(officer)]).answer(request)
