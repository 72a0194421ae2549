"""What a paper is made of: fields, and a form that lays them out. Plain frozen data, no Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# How a value is written down (writing.py) and checked (checking.py).
KINDS = {
    "name": "姓名或名称",
    "text": "文字",
    "long": "一段文字",
    "id": "身份证号、账号等号码",
    "date": "日期 2026-11-22",
    "moment": "日期和时间 2026-11-22T14:02",
    "month": "月份 2026-12",
    "money": "金额，整数，单位分",
    "count": "整数",
    "choice": "选一项，填写选项的文字",
    "choices": "可选多项，文字的列表",
    "yes": "是或否",
    "lines": "若干行文字的列表",
    "rows": "若干行，每行是一组字段",
    "serial": "行号，自动填写",
    "opinion": "意见栏：result、text、person、leader、date",
}
OPINION_KEYS = ("result", "text", "person", "leader", "date")

#: A paper that turns somebody down carries these, always.
ADVERSE_KEYS = ("reasons", "articles", "remedies")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a paper says: its key in the data, its Chinese label and how it is written."""

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    options: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    unit: str = ""
    width: float = 1.0
    lines: int = 0
    blank: int = 0
    fixed: bool = False
    """Of a field made of rows: the rows are given whole, a blank paper adds none."""
    repeat: bool = False
    align: str = ""
    none: str = ""
    """Of a column: what stands where a printed row has nothing."""
    example: Any = None

    def column(self, key: str) -> Field | None:
        """The column of that key, of a field made of rows."""
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Form:
    """One paper in one version: its fields, its page, and what the law asks of it."""

    code: str
    title: str
    version: str
    valid_from: date
    number: int
    abbreviation: str
    style: str
    basis: str
    signed_by: str
    to_applicant: str
    fields: tuple[Field, ...]
    body: tuple[Mapping[str, Any], ...]
    red_head: bool = False
    adverse: bool = False
    closed: bool = False
    title_template: str = ""
    qr_key: str = ""

    def field(self, key: str) -> Field | None:
        """The field of that key, or None."""
        return next((field for field in self.fields if field.key == key), None)

    def required(self) -> Iterator[Field]:
        """The fields without which the paper cannot be issued."""
        return (field for field in self.fields if field.required)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands around the data of one paper: number, office, date and the mark of the demonstration."""

    number: str
    ref: str
    office_name: str
    issued_on: date | None
    demo: bool
    digest: str = ""
    blank: bool = False
