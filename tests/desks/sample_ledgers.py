"""Contexts of the pages of ledgers: the list with its upload, a preview, work under way, columns to be settled."""

from __future__ import annotations

from typing import Any

from django import forms

from tests.desks.sample_parts import CRUMB, HIDDEN, frame, simple_list
from yimen.desks.shared.fields import Upload
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Fact, Link, Page, Row, Step, Table, Tag, Tile

STEPS = [
    Step("下载模板或准备台账", "done"),
    Step("上传文件、核对列名", "done"),
    Step("核对预览并提交", "now"),
    Step("负责人确认导入", "ahead"),
]


class _File(forms.Form):
    file = Upload("台账文件", needed=True)


class _Columns(forms.Form):
    column_0 = forms.ChoiceField(label="户主", choices=[("head_name", "户主姓名")], initial="head_name")
    column_1 = forms.ChoiceField(
        label="每月补差", required=False, choices=[("", "请选择"), ("amount", "月保障金额（元）")]
    )
    sheets = forms.MultipleChoiceField(
        label="工作表", choices=[("柳庄村", "柳庄村（约 40 行）")], widget=forms.CheckboxSelectMultiple
    )


def _preview() -> Table:
    rows = [
        Row(
            [Cell("王秀兰", strong=True), "第12行", "柳庄村", Cell(tag=Tag("red", "错误")), "身份证号：已被截断。"],
            tone="refused",
        ),
        Row(
            [
                Cell("赵铁柱", strong=True),
                "第13行",
                "东岗村",
                Cell(tag=Tag("amber", "变更")),
                Cell("保障类别：B → A", note="账号相同"),
            ],
            tone="different",
        ),
    ]
    return Table(["户主", "位置", "村（社区）", "结果", "内容"], rows, label="台账预览")


def ledger_pages() -> dict[str, tuple[str, Any, dict[str, Any]]]:
    """The pages of 导入中心, full and empty."""
    desk = frame("导入中心")
    runs = Table(
        ["台账文件", "上传", Column("户数", numeric=True), "状态"],
        [Row([Link("柳庄台账", "#"), "孙经办", 612, Cell(tag=Tag("amber", "已预览待提交"))])],
        label="台账导入",
    )
    upload = {
        "steps": STEPS,
        "import_form": _File(),
        "import_url": "#",
        "import_hidden": HIDDEN,
        "import_note": "收表格。",
    }
    run = {
        "page": Page("柳庄台账", crumbs=CRUMB, tags=[Tag("amber", "已预览待提交")]),
        "steps": STEPS,
        "tiles": [Tile("新增", "610"), Tile("错误", "2", tone="red")],
        "table": _preview(),
        "blocks": [Block("办理经过", facts=[Fact("上传", "孙经办")])],
    }
    rows = [
        {"text": "户主", "sample": "王秀兰", "field": _Columns()["column_0"], "unknown": False},
        {"text": "每月补差", "sample": "450", "field": _Columns()["column_1"], "unknown": True},
    ]
    columns = {
        "page": Page("核对列名", crumbs=CRUMB),
        "steps": STEPS,
        "form": _Columns(),
        "columns": [Column("文件里的列名"), Column("内容"), Column("对应")],
        "rows": rows,
        "unknown": "每月补差",
        "sheets": _Columns()["sheets"],
        "cancel": Action("返回", "#"),
    }
    wrong = _File({}, {})
    wrong.is_valid()
    act = Action("提交负责人确认", "#", "post", primary=True, hidden=HIDDEN)
    none = Table(["台账文件"], [], empty=Empty("还没有导入过台账。"))
    return {
        "ledgers": ("township/ledgers.html", desk, {**simple_list("导入中心", runs), **upload}),
        "ledgers-refused": (
            "township/ledgers.html",
            desk,
            {**simple_list("导入中心", none), **upload, "import_form": wrong},
        ),
        "ledger": ("township/ledger.html", desk, {**run, "outcome": Tag("amber", "预览完成。"), "actions": [act]}),
        "ledger-running": (
            "township/ledger.html",
            desk,
            {**run, "progress": {"url": "#", "done": 40, "of": 100, "text": "已处理 40 / 100 户"}},
        ),
        "ledger-columns": ("township/ledger_columns.html", desk, columns),
    }
