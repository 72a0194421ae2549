"""A bank's file as data: which columns, how wide, how encoded; and what is wrong with a layout before anybody uses it.

Bank and fiscal layouts are set by nobody in advance (rules.md, gap 13), so they are written down by one person and
released by a second, not programmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from yimen.law.payments.bank_terms import (
    BACK_COLUMNS,
    CONTROLS,
    OUT_COLUMNS,
    AmountForm,
    BankAnswerKind,
    BankField,
    DateForm,
    Encoding,
    FileKind,
    Newline,
    Quoting,
    Side,
)
from yimen.law.payments.terms import FailCause

WIDEST = 400
MOST_COLUMNS = 40
_PLACEHOLDER = re.compile(r"\{(.*?)\}")
_NAME_PARTS = ("批次", "月份", "日期")
_BAD_IN_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
NUMERIC = frozenset({BankField.SERIAL, BankField.AMOUNT, BankField.COUNT, BankField.TOTAL})


@dataclass(frozen=True)
class Column:
    """One column. ``width`` in bytes of the encoding (fixed width only); ``text`` is what a fixed one says."""

    field: BankField
    title: str = ""
    width: int = 0
    side: Side = Side.LEFT
    fill: str = " "
    text: str = ""


@dataclass(frozen=True)
class Layout:
    """How a file is written or read; ``header`` and ``trailer`` are single lines with control totals, empty for none."""

    kind: FileKind
    columns: tuple[Column, ...]
    encoding: Encoding = Encoding.GB18030
    newline: Newline = Newline.CRLF
    separator: str = "|"
    quoting: Quoting = Quoting.NONE
    titles: bool = False
    header: tuple[Column, ...] = ()
    trailer: tuple[Column, ...] = ()
    amounts: AmountForm = AmountForm.YUAN
    dates: DateForm = DateForm.PLAIN

    def at(self, wanted: BankField) -> int | None:
        """Where a field stands among the columns."""
        return next((place for place, column in enumerate(self.columns) if column.field is wanted), None)

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Layout:
        """From what was stored. Raises ValueError for a word that is none of ours."""
        return cls(
            FileKind(stored["kind"]),
            _columns(stored["columns"]),
            Encoding(stored["encoding"]),
            Newline(stored["newline"]),
            stored["separator"],
            Quoting(stored["quoting"]),
            bool(stored["titles"]),
            _columns(stored["header"]),
            _columns(stored["trailer"]),
            AmountForm(stored["amounts"]),
            DateForm(stored["dates"]),
        )


def _columns(stored: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    return tuple(
        Column(BankField(row["field"]), row["title"], row["width"], Side(row["side"]), row["fill"], row["text"])
        for row in stored
    )


@dataclass(frozen=True)
class Meaning:
    """What a code of the bank says."""

    kind: BankAnswerKind
    cause: FailCause | None = None


@dataclass(frozen=True)
class BankLayouts:
    """Both ways of a bank: the file that goes out with its name, the answer, what its codes say.

    ``items`` are the bank's codes of what is paid for, by ``programme.urban`` or ``programme.rural``. ``several`` allows
    an answer in more than one file; otherwise one must name every line.
    """

    name: str
    out: Layout
    back: Layout
    codes: Mapping[str, Meaning]
    items: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""
    several: bool = False

    def plain(self) -> dict[str, Any]:
        """As it is stored and hashed."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> BankLayouts:
        """From what was stored. Raises ValueError for a word that is none of ours."""
        codes = {
            code: Meaning(BankAnswerKind(row["kind"]), FailCause(row["cause"]) if row["cause"] else None)
            for code, row in stored["codes"].items()
        }
        return cls(
            stored["name"], Layout.of(stored["out"]), Layout.of(stored["back"]), codes,
            stored["items"], stored["remark"], stored["several"],
        )  # fmt: skip

    def meaning(self, code: str) -> Meaning:
        """What a code says; unknown where nobody has given it a meaning."""
        return self.codes.get(code.strip(), Meaning(BankAnswerKind.UNKNOWN))

    def file_name(self, *, batch: str, month: str, day: str) -> str:
        """The name of a file from its pattern."""
        given = {"批次": batch, "月份": month, "日期": day}
        return _PLACEHOLDER.sub(lambda found: given.get(found[1], ""), self.name)


# -- what is wrong -----------------------------------------------------------------------------


def problems(layouts: BankLayouts) -> Iterator[tuple[str, str]]:
    """Everything that keeps layouts from being used: where (``name``, ``out``, ``back``, ``codes``), and a sentence."""
    yield from _name_problems(layouts.name)
    ends = ".xlsx" if layouts.out.kind is FileKind.EXCEL else "."
    if layouts.name.strip() and ends not in layouts.name:
        yield "name", "文件名要有扩展名，例如 .txt；Excel 文件是 .xlsx。"
    for place, layout, allowed in (("out", layouts.out, OUT_COLUMNS), ("back", layouts.back, BACK_COLUMNS)):
        for sentence in _layout_problems(layout, allowed):
            yield place, sentence
    yield from _needed(layouts)
    yield from _code_problems(layouts.codes)


def _name_problems(pattern: str) -> Iterator[tuple[str, str]]:
    if not pattern.strip():
        yield "name", "请填写文件名，例如 F{批次}.txt。"
    if strange := [each for each in _PLACEHOLDER.findall(pattern) if each not in _NAME_PARTS]:
        yield "name", f"文件名里有不认识的“{{{strange[0]}}}”，可用：{{批次}}、{{月份}}、{{日期}}。"
    if _BAD_IN_NAME.search(pattern):
        yield "name", '文件名不能含有 \\ / : * ? " < > | 。'


def _layout_problems(layout: Layout, allowed: Sequence[BankField]) -> Iterator[str]:
    if not layout.columns:
        yield "请至少填写一列。"
    if len(layout.columns) > MOST_COLUMNS:
        yield f"最多 {MOST_COLUMNS} 列。"
    for line, fields in ((layout.columns, allowed), (layout.header, CONTROLS), (layout.trailer, CONTROLS)):
        yield from _line_problems(layout, line, fields)
    if layout.kind is FileKind.DELIMITED and (len(layout.separator) != 1 or layout.separator in '"\r\n '):
        yield "分隔符应是一个字符，不能是空格、引号或换行。"
    if layout.kind is FileKind.EXCEL and (layout.header or layout.trailer):
        yield "Excel 文件没有首行、末行控制行；笔数和金额由本系统逐行核对。"


def _line_problems(layout: Layout, columns: Sequence[Column], allowed: Sequence[BankField]) -> Iterator[str]:
    seen: set[BankField] = set()
    for column in columns:
        label = column.field.label
        if column.field not in allowed:
            yield f"“{label}”不能用在这里。"
        if column.field in seen and column.field not in (BankField.FIXED, BankField.SKIP):
            yield f"“{label}”写了两次。"
        seen.add(column.field)
        if layout.kind is FileKind.FIXED:
            yield from _width_problems(layout, column)


def _width_problems(layout: Layout, column: Column) -> Iterator[str]:
    label = column.field.label
    if not 1 <= column.width <= WIDEST:
        yield f"定长文本的“{label}”要填宽度（1 至 {WIDEST} 字节）。"
    if len(column.fill) != 1 or not column.fill.isascii() or column.fill in "\r\n":
        yield f"“{label}”的填充字符应是一个半角字符，例如空格或 0。"
    if column.fill.isdigit() and column.side is Side.LEFT and column.field is not BankField.SKIP:
        yield f"“{label}”左对齐时不能用数字填充，会改变内容。"
    if column.fill.isdigit() and column.field not in NUMERIC:
        yield f"“{label}”不是数字栏，不能用数字填充。"
    if layout.kind is FileKind.FIXED and len(column.text.encode(layout.encoding, "replace")) > column.width:
        yield f"固定文字“{column.text}”比宽度长。"


def _needed(layouts: BankLayouts) -> Iterator[tuple[str, str]]:
    for place, layout, fields in (
        ("out", layouts.out, (BankField.NAME, BankField.ACCOUNT, BankField.AMOUNT)),
        ("back", layouts.back, (BankField.ACCOUNT, BankField.AMOUNT, BankField.RESULT)),
    ):
        for wanted in fields:
            if layout.columns and layout.at(wanted) is None:
                yield place, f"缺少“{wanted.label}”一列。"
    # The answer names a line by what the file out had told the bank.
    for wanted in (BankField.LINE, BankField.SERIAL):
        if layouts.back.at(wanted) is not None:
            if layouts.out.at(wanted) is None:
                yield "back", f"返回文件有“{wanted.label}”，发放文件却没有；两边要用同一个编号对应。"
            return
    yield "back", "返回文件要有“序号”或“发放编号”一列，才能逐笔对应。"


def _code_problems(codes: Mapping[str, Meaning]) -> Iterator[tuple[str, str]]:
    if not any(meaning.kind is BankAnswerKind.PAID for meaning in codes.values()):
        yield "codes", "请至少写明一个表示“发放成功”的代码。"
    for code, meaning in codes.items():
        if meaning.kind is BankAnswerKind.FAILED and meaning.cause is None:
            yield "codes", f"代码“{code}”是发放不成功，请选择原因。"
