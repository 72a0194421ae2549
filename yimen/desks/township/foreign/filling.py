"""Filling a template with its list of a month: the file then lies in 导出中心, like every export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.exports.desk import IN_FULL
from yimen.casework.monthclose.foreign import queries
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Pick, Text, Yes
from yimen.desks.shared.months import month_words
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Link, Page, Section
from yimen.desks.township.foreign.home import READERS, TITLE, officer_of
from yimen.gateways.platform import templates as door
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.platform import FILLABLE, ForeignList
from yimen.law.terms import Programme

MONTHS = 12


class FillForm(forms.Form):
    """Which month, which assistance; whole numbers with a reason and a fresh code."""

    month = Pick("月份", [])
    programme = Pick("救助项目", choices=Programme.choices(), empty="全部项目", needed=False)
    full = Yes("填写完整的身份证号、银行账号")
    reason = Text("完整号码的理由", longest=200, needed=False)
    code = Text("动态口令（6 位）", longest=6, needed=False)

    def __init__(self, data: Any, *, secret: bool) -> None:
        super().__init__(data)
        this = month_of(today())
        months = [later_month(this, -back) for back in range(MONTHS)]
        self.fields["month"].choices = [(each, month_words(each)) for each in months]  # type: ignore[attr-defined]
        if not secret:
            for name in ("full", "reason", "code"):
                del self.fields[name]


def _facts(row: Any) -> list[Fact]:
    known = [
        f"{text}＝{FILLABLE[field].label}"
        for text, field in zip(row.columns, row.fields, strict=True)
        if field in FILLABLE
    ]
    blank = [text for text, field in zip(row.columns, row.fields, strict=True) if text and field not in FILLABLE]
    return [
        Fact("名单", ForeignList(row.what).label),
        Fact("表样文件", row.file_name),
        Fact("登记", f"{row.office.name} {row.kept_by.name}"),
        Fact("填写的列", "；".join(known)),
        Fact("留空并标色的列", "、".join(blank) or "没有"),
    ]


@route("foreign.fill", "foreign_template", "district", READERS, ("GET", "POST"))
def fill(request: HttpRequest, ref: str) -> HttpResponse:
    """Fill a template; the finished file waits in 导出中心, for a second person where the rows demand it."""
    officer = officer_of(request)
    row = queries.find(officer, ref)
    secret = door.secrets(row) and bool(officer.roles & IN_FULL)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [
            Section("fill", "填写", form=FillForm(data, secret=secret)),
            Section("template", "这份表样", facts=_facts(row)),
        ]

    def work(sections: Sequence[Section]) -> str:
        said = sections[0].form.cleaned_data  # type: ignore[union-attr]
        door.fill(
            officer, row, month=said["month"], programme=said["programme"], full=bool(said.get("full")),
            reason=said.get("reason", ""), code=said.get("code", ""),
        )  # fmt: skip
        return reverse("exports")

    return ActPage(
        Page(
            row.title,
            "填好的文件在导出中心下载，24 小时后清除；含完整号码达到 25 行的，须由另一位负责人放行。",
            crumbs=[Link(TITLE, reverse("township:foreign")), Link(row.title, "", current=True)],
        ),
        build,
        work,
        "填写并导出",
        cancel=Link("返回", reverse("township:foreign")),
        drafts=False,
        enter_next=False,
    ).answer(request)
