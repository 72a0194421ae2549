"""价格临时补贴 and other additions of the district as a table to fill in, one row each, with what is wrong at its field (L32)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.desks.shared.fields import Hidden, Pick, Rows, TableForm, Text, Yes, Yuan, terms
from yimen.desks.shared.shapes import Cell, Column, Empty, Row, Section, Table
from yimen.law.aftercare.additions import Per
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.standards import Value
from yimen.law.terms import Programme

KNOWN = {"价格临时补贴": "price"}
"""Names whose word for the program is fixed; another one is called by its own name."""
MOST = 30
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_NOTE = (
    "一行一项加发。发放月份是补给哪几个月，两头都算；同一名称对同一项目的月份不能重叠。只认定、不发钱的项目（低保边缘、刚性支出）"
    "只有勾选了才发。一个人同时在两项里的，只发一份，取高的。不再用的行勾“删除”；以前的版本照旧留着。"
)


class AdditionForm(TableForm):
    """One addition: what it is called, for whom, how much, which months."""

    code = Hidden(required=False)
    label = Text("名称", longest=40)
    for_dibao = Yes("低保")
    for_tekun = Yes("特困")
    for_edge = Yes("边缘")
    for_rigid_expenditure = Yes("刚性支出")
    yuan = Yuan("每月（元）")
    per = Pick("按人按户", terms(Per))
    from_month = Text("起始月份", longest=7)
    to_month = Text("截止月份", longest=7)
    document = Text("文号", longest=120, needed=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("from_month", "to_month"):
            self.fields[name].widget.attrs.update({"placeholder": "2026-02", "maxlength": "7", "data-wide": "money"})
        self.fields["document"].widget.attrs["placeholder"] = "不填同上面的文号"

    def clean_from_month(self) -> str:
        return _month(self.cleaned_data["from_month"])

    def clean_to_month(self) -> str:
        return _month(self.cleaned_data["to_month"])

    def clean_yuan(self) -> int:
        fen: int = self.cleaned_data["yuan"]
        if fen <= 0:
            raise forms.ValidationError("金额应大于零。")
        return fen

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["programmes"] = [str(each) for each in Programme if found.get(f"for_{each}")]
        if not found["programmes"]:
            self.add_error("for_dibao", "请勾选适用项目，至少一项。")
        since, until = found.get("from_month"), found.get("to_month")
        if since and until and until < since:
            self.add_error("to_month", "截止月份不能早于起始月份。")
        return found


def _month(text: str) -> str:
    plain = str(text).strip()
    if not _MONTH.fullmatch(plain):
        raise forms.ValidationError("请写成 2026-02 这样的月份。")
    return plain


class AdditionTable(Rows):
    """All of them; two of one name never overlap for one programme."""

    def clean(self) -> None:
        for one, after in combinations(list(self.filled()), 2):
            early, late = sorted((one, after), key=lambda form: form.cleaned_data["from_month"])
            if _clash(early.cleaned_data, late.cleaned_data):
                words = f"与另一行“{early.cleaned_data['label']}”的月份重叠（到 {early.cleaned_data['to_month']}），请改开。"
                late.add_error("from_month", words)

    def filled(self) -> Iterator[Any]:
        """The rows that count: whole, and not to be dropped."""
        for form in self.forms:
            given = getattr(form, "cleaned_data", {})
            if given.get("label") and not given.get("DELETE") and not form.errors:
                yield form


def _clash(one: dict[str, Any], after: dict[str, Any]) -> bool:
    same = _code(one) == _code(after) and bool(set(one["programmes"]) & set(after["programmes"]))
    return same and after["from_month"] <= one["to_month"]


AdditionRows = forms.formset_factory(
    AdditionForm, formset=AdditionTable, extra=1, can_delete=True, max_num=MOST, absolute_max=MOST + 10
)


def section(value: Value, data: QueryDict | None) -> Section:
    """The table with what counts now, to be changed."""
    rows = AdditionRows(data, prefix="rows", initial=list(_typed(value)))
    return Section("rows", "加发的项目", _NOTE, formset=rows)


def _typed(value: Value) -> Iterator[dict[str, Any]]:
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict):
            yield {
                **{name: row.get(name, "") for name in ("code", "label", "programmes", "per", "document")},
                **{f"for_{each}": str(each) in _words(row) for each in Programme},
                "yuan": row.get("fen"),
                "from_month": row.get("from", ""),
                "to_month": row.get("to", ""),
            }


def _words(row: dict[str, Any]) -> list[str]:
    found = row.get("programmes")
    return [str(each) for each in found] if isinstance(found, list) else []


def _code(given: dict[str, Any]) -> str:
    """The same name is the same addition, whatever row it came from."""
    label = str(given["label"]).strip()
    return KNOWN.get(label, label)


def value_of(rows: Any, document: str) -> Value:
    """The figure as it is stored: fen, months, programmes; a row without a document rests on that of the figure."""
    return [
        {
            "code": _code(given),
            "label": given["label"].strip(),
            "programmes": list(given["programmes"]),
            "per": given["per"],
            "fen": given["yuan"],
            "from": given["from_month"],
            "to": given["to_month"],
            "document": given["document"].strip() or document,
        }
        for given in (form.cleaned_data for form in rows.filled())
    ]


def table(value: Value) -> Table:
    """The rows to read: who releases them compares each with its document."""
    made = []
    for row in _typed(value):
        words = "、".join(SHORT[Programme(each)] for each in row["programmes"])
        months = f"{row['from_month']} 至 {row['to_month']}"
        cells: Sequence[Any] = [
            row["label"],
            words,
            yuan(row["yuan"]),
            Per(row["per"]).label,
            Cell(months),
            row["document"],
        ]
        made.append(Row(cells))
    columns = ["名称", "适用项目", Column("每月（元）", numeric=True), "按人按户", "发放月份", "文号"]
    return Table(columns, made, label="加发的项目", empty=Empty("没有加发。"))
