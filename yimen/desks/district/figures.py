"""Drafting and releasing figures: two persons for every number (S18; K21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.figures import queries as rows
from yimen.base.offices import queries as offices
from yimen.base.powers import acts
from yimen.desks.district import addition_rows
from yimen.desks.district.doing import roles_of
from yimen.desks.district.values import ROWS_UNITS, read_value, write_value
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.figures import as_figure, short, tag_of, unit_words
from yimen.desks.shared.moments import moment
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Fact, Link, Page, Section
from yimen.law.aftercare.additions import KEY as ADDITIONS
from yimen.law.calendar import today
from yimen.law.standards import KEYS, BadFigure, Figure, Key, Unconfirmed, Unset, Value, place_name

_YES_NO = [("是", "是"), ("否", "否")]


def value_field(key: Key) -> forms.Field:
    """The field that fits the unit of a key."""
    empty = {"required": "请填写参数的值。"}
    if key.codes:
        return forms.ChoiceField(label="值", choices=key.codes, widget=forms.RadioSelect, error_messages=empty)
    if key.unit == "boolean":
        return forms.ChoiceField(label="值", choices=_YES_NO, widget=forms.RadioSelect, error_messages=empty)
    if key.unit in ROWS_UNITS:
        widget = forms.Textarea(attrs={"rows": 10, "spellcheck": "false"})
        return forms.CharField(label="值", widget=widget, help_text=_hint(key), error_messages=empty)
    if key.unit == "text":
        return forms.CharField(label="值", widget=forms.Textarea(attrs={"rows": 3}), error_messages=empty)
    label = f"值（{unit_words(key.unit)}）"
    return forms.CharField(label=label, max_length=40, help_text=_hint(key), error_messages=empty)


def _hint(key: Key) -> str:
    if key.unit == "list":
        return "每行一项。"
    if key.unit in ROWS_UNITS:
        return f"YAML 或 JSON；金额以元为单位，项目名以 yuan 结尾。例如：{key.form}" if key.form else "YAML 或 JSON。"
    if key.unit.startswith("fen"):
        return "以元为单位，最多两位小数，例如 660.00。"
    return "小数或分数，例如 0.30、2/3。" if key.unit.startswith("ratio") else "整数。"


class FigureForm(forms.Form):
    """One figure from a date, with the document that sets it."""

    area = forms.ChoiceField(label="适用范围")
    valid_from = forms.DateField(
        label="起始日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写起始日期。"},
    )
    valid_to = forms.DateField(
        label="截止日期", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="长期有效的不填。"
    )
    document = forms.CharField(
        label="文号", max_length=160, error_messages={"required": "请填写文号：每个数字都要说得出依据。"}
    )
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, key: Key, district: str, data: QueryDict | None, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.key = key
        places = [(row.code, row.name) for row in offices.townships(district)]
        self.fields["area"].choices = [(district, "全区"), *places]  # type: ignore[attr-defined]
        if key.key != ADDITIONS:
            self.fields = {"value": value_field(key), **self.fields}

    def clean_value(self) -> Value:
        try:
            return read_value(self.key, self.cleaned_data["value"])
        except BadFigure as bad:
            raise forms.ValidationError(str(bad)) from bad

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("valid_from"), found.get("valid_to")
        if since and until and until < since:
            self.add_error("valid_to", "截止日期不能早于起始日期。")
        return found


def _now(key: Key, district: str) -> Figure | None:
    """The figure that shows today, usable or not."""
    try:
        return rows.figure(key.key, district, today())
    except Unconfirmed as unconfirmed:
        return unconfirmed.figure
    except Unset:
        return None


def _about(key: Key, current: Figure | None) -> Block:
    facts = [
        Fact("单位", unit_words(key.unit)),
        Fact("由谁设置", key.set_by),
        Fact("未设置时", f"不能办理：{key.blocks}" if key.blocks else "不挡办理"),
        Fact("依据", key.basis or "—"),
        *_current_facts(current),
    ]
    return Block(key.label, facts=facts)


def _current_facts(current: Figure | None) -> list[Fact]:
    if current is None:
        return [Fact("现行值", "未设置", tag=tag_of(None))]
    since = f"{current.valid_from or current.since_text or '未写明'} 起"
    return [
        Fact("现行值", short(current.shown()), tag=tag_of(current)),
        Fact("现行依据", f"{place_name(current.area)}，{current.document}，{since}"),
    ]


def _crumbs(key: Key) -> list[Link]:
    return [Link("政策与标准", reverse("figures")), Link(key.label, reverse("district:figure", args=[key.key]))]


@route("figures.propose", "figure", "district", roles_of("propose_figure"), ("GET", "POST"))
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Draft a version of a figure; it counts once a second person has released it."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    known = KEYS.get(key)
    if known is None:
        raise Http404
    current = _now(known, officer.district)
    initial = {"area": officer.district}
    if current is not None:
        initial["value"] = write_value(known, current.value)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        form = Section("figure", "新版本", form=FigureForm(known, officer.district, data, initial))
        return [form, addition_rows.section(current.value if current else None, data)] if key == ADDITIONS else [form]

    def run(sections: Sequence[Section]) -> str:
        given = dict(sections[0].form.cleaned_data)  # type: ignore[union-attr]
        if key == ADDITIONS:
            given["value"] = addition_rows.value_of(sections[1].formset, given["document"])
        acts.propose_figure(officer, key=key, **given)
        return reverse("district:figure", args=[key])

    head = Page(f"拟定：{known.label}", "登记新版本，不修改旧版本；须由另一人复核发布。", crumbs=_crumbs(known))
    cancel = Link("返回", reverse("district:figure", args=[key]))
    # The table shows what counts now; it needs the whole width.
    aside = [] if key == ADDITIONS else [_about(known, current)]
    return ActPage(head, build, run, "提交复核", cancel=cancel, aside=aside).answer(request)


@route("figures.release", "figure", "district", roles_of("release_figure"), ("GET", "POST"))
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """A second person compares the draft with the document and with the value of today, and releases it."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    row = rows.waiting(officer.district).filter(ref=ref).first()
    if row is None:
        if rows.released().filter(ref=ref, area__code__startswith=officer.district).exists():
            raise Refused("这个参数已经发布。请返回政策与标准页面查看。", "gone")
        raise Unknown(ref)
    known = KEYS[row.key]
    facts = [
        Fact("拟定值", as_figure(row).shown()),
        Fact("适用范围", row.area.name),
        Fact("起止", f"{row.valid_from} 至 {row.valid_to or '长期'}"),
        Fact("文号", row.document),
        Fact("说明", row.note or "—"),
        Fact("拟定", f"{row.proposed_by.name} {moment(row.proposed_at)}"),
    ]

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        rows = addition_rows.table(row.value) if row.key == ADDITIONS else None
        return [Section("draft", "待复核的版本", facts=facts[1:] if rows else facts, table=rows)]

    def run(sections: Sequence[Section]) -> str:
        acts.release_figure(officer, ref=ref)
        return reverse("district:figure", args=[known.key])

    head = Page(f"复核发布：{known.label}", "请对照文件原文逐项核对。发布后不能修改。", crumbs=_crumbs(known))
    aside = [_about(known, _now(known, row.area_id))]
    cancel = Link("返回", reverse("district:figure", args=[known.key]))
    return ActPage(head, build, run, "复核发布", cancel=cancel, aside=aside).answer(request)
