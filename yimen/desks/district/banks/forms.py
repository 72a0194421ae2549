"""The forms of a template: what it is for, the file that goes out, the bank's answer, what its codes say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from yimen.base.access.refusal import Refused
from yimen.desks.district.banks import words
from yimen.desks.shared.fields import Day, Pick, Text, Yes, terms
from yimen.law.calendar import today
from yimen.law.payments.bank_layout import BankLayouts, Layout
from yimen.law.payments.bank_terms import AmountForm, DateForm, Encoding, FileKind, Newline, Quoting


class BankAboutForm(forms.Form):
    """For which banks and from when."""

    bank = Text("模板名称", longest=60)
    banks = Text("适用的开户银行", longest=1500, rows=3)
    valid_from = Day("自哪天起使用", initial=today)
    name = Text("文件名", longest=80, initial="F{批次}.txt")
    remark = Text("附言", longest=60, needed=False, initial="{月份}{类别}")
    items = Text("发放项目代码", longest=400, needed=False, rows=4)


class BankLayoutForm(forms.Form):
    """One way of the file."""

    kind = Pick("文件种类", terms(FileKind))
    encoding = Pick("编码", terms(Encoding))
    newline = Pick("换行", terms(Newline))
    separator = Text("分隔符", longest=3, needed=False, initial="|", strip=False)
    quoting = Pick("引号", terms(Quoting))
    amounts = Pick("金额写法", terms(AmountForm))
    dates = Pick("日期写法", terms(DateForm))
    titles = Yes("第一行是列名")
    header = Text("首行（控制行）", longest=2000, needed=False, rows=3)
    columns = Text("各列", longest=4000, rows=8)
    trailer = Text("末行（控制行）", longest=2000, needed=False, rows=3)

    def layout(self) -> Layout:
        """The layout as typed. Raises Refused at the field."""
        given = self.cleaned_data
        kind = FileKind(given["kind"])
        lines = {name: self._columns(name) for name in ("header", "columns", "trailer")}
        separator = "\t" if given["separator"] in ("\\t", "制表") else given["separator"]
        return Layout(
            kind, lines["columns"], Encoding(given["encoding"]), Newline(given["newline"]), separator,
            Quoting(given["quoting"]), given["titles"], lines["header"], lines["trailer"], AmountForm(given["amounts"]),
            DateForm(given["dates"]),
        )  # fmt: skip

    def _columns(self, name: str) -> Any:
        try:
            return words.columns(self.cleaned_data[name])
        except words.BadWords as bad:
            raise Refused(str(bad), "layout", 422, f"{self.prefix}-{name}") from bad


class BankCodesForm(forms.Form):
    """What the answer says."""

    codes = Text("结果代码", longest=4000, rows=8)
    several = Yes("同一批分几次返回")


class BankReleaseForm(forms.Form):
    """The second factor of who releases."""

    code = Text("动态口令（6 位）", longest=6, article="发布后，自使用之日起各乡街的银行文件都按它生成。")


class BankWithdrawForm(forms.Form):
    """Why a template is taken back."""

    reason = Text("原因", longest=200, needed=False)


def layouts_of(
    about: Mapping[str, Any], out: BankLayoutForm, back: BankLayoutForm, said: Mapping[str, Any]
) -> BankLayouts:
    """What was typed as layouts. Raises Refused at the field."""
    return BankLayouts(
        about["name"].strip(), out.layout(), back.layout(), _read(words.codes, said["codes"], "codes"),
        _read(words.items, about["items"], "items"), about["remark"].strip(), said["several"],
    )  # fmt: skip


def _read(read: Any, text: str, field: str) -> Any:
    try:
        return read(text)
    except words.BadWords as bad:
        raise Refused(str(bad), "layout", 422, field) from bad


def banks_of(text: str) -> list[str]:
    """The names of banks, one a line or parted by 、."""
    return [each.strip() for each in re.split(r"[\n、]", text) if each.strip()]


def initial_of(template: Any) -> dict[str, dict[str, Any]]:
    """What the forms begin with where a template is copied: part by part."""
    found = BankLayouts.of(template.layouts)
    return {
        "about": {
            "bank": template.name, "banks": "\n".join(template.banks), "name": found.name, "remark": found.remark,
            "items": words.shown_items(found.items), "valid_from": today(),
        },
        "out": _typed(found.out),
        "back": _typed(found.back),
        "codes": {"codes": words.shown_codes(found.codes), "several": found.several},
    }  # fmt: skip


def _typed(layout: Layout) -> dict[str, Any]:
    plain = ("kind", "encoding", "newline", "separator", "quoting", "amounts", "dates", "titles")
    lines = {name: words.shown(getattr(layout, name), layout.kind) for name in ("header", "columns", "trailer")}
    return {**{name: getattr(layout, name) for name in plain}, **lines}
