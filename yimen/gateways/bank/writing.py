"""Writing a bank's file: every line as the template says, to the byte; what cannot be said is refused with its line."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from yimen.law.payments.bank_layout import NUMERIC, BankLayouts, Column, Layout
from yimen.law.payments.bank_terms import AmountForm, BankField, DateForm, FileKind, Newline, Quoting, Side

Facts = Mapping[BankField, Any]
"""What a line says, by field: text; fen for amounts, an integer for numbers, ``2026-11`` and ``2026-11-20`` for dates."""
SHOWN = 20
_ENDS = {Newline.CRLF: b"\r\n", Newline.LF: b"\n"}
_DATED = frozenset({BankField.DATE, BankField.MONTH})
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_MONEY = frozenset({BankField.AMOUNT, BankField.TOTAL})


class Unwritable(ValueError):
    """Some lines do not fit the template; ``faults`` are (number of the line, sentence), the first of them."""

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        super().__init__("；".join(sentence.rstrip("。") for _, sentence in faults[:SHOWN]) + "。")
        self.faults = faults


class _BadValue(ValueError):
    """One value does not fit its column; the message names the column."""


def write(layouts: BankLayouts, lines: Iterable[Facts], controls: Facts) -> bytes:
    """The file of these lines; ``controls`` are batch, count, total and day. Raises Unwritable naming each line at fault."""
    return compose(layouts.out, lines, controls)


def compose(layout: Layout, lines: Iterable[Facts], controls: Facts) -> bytes:
    """A file of either way, as its layout says."""
    if layout.kind is FileKind.EXCEL:
        return _workbook(layout, lines)
    end = _ENDS[layout.newline]
    row = _row_of(layout, layout.columns)
    made, faults = bytearray(), []
    if layout.encoding == "utf-8-sig":
        made += b"\xef\xbb\xbf"
    if layout.header:
        made += _row_of(layout, layout.header)(controls) + end
    if layout.titles:
        made += _titles(layout) + end
    for number, line in enumerate(lines, start=1):
        try:
            made += row(line) + end
        except _BadValue as bad:
            faults.append((number, f"第 {number} 笔（{line.get(BankField.NAME, '')}）：{bad}"))
            if len(faults) >= SHOWN:
                break
    if faults:
        raise Unwritable(faults)
    if layout.trailer:
        made += _row_of(layout, layout.trailer)(controls) + end
    return bytes(made)


# -- values ------------------------------------------------------------------------------------


def value_of(layout: Layout, column: Column) -> Callable[[Facts], str]:
    """How a column's text is had from the facts."""
    wanted, dashed = column.field, layout.dates is DateForm.DASHED
    if wanted is BankField.FIXED:
        return lambda facts: column.text
    if wanted is BankField.SKIP:
        return lambda facts: ""
    if wanted in _MONEY and layout.amounts is AmountForm.YUAN:
        return lambda facts: _yuan(facts[wanted])
    if wanted in _DATED and not dashed:
        return lambda facts: str(facts[wanted]).replace("-", "")
    return lambda facts: str(facts.get(wanted, ""))


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _encoded(layout: Layout, column: Column, text: str) -> bytes:
    if _unseen(text):
        raise _BadValue(f"“{column.field.label}”里有换行或看不见的字符，请更正后再生成。")
    try:
        return text.encode(_codec(layout))
    except UnicodeEncodeError as error:
        missing = text[error.start]
        raise _BadValue(
            f"“{column.field.label}”里的“{missing}”（U+{ord(missing):04X}）在 {layout.encoding.label} 里没有，"
            "请与银行商定改用 GB18030 或 UTF-8。"
        ) from None


def _unseen(text: str) -> bool:
    """Controls and format signs. Not what this Python merely does not know: a rare character may be a name."""
    return not text.isprintable() and any(unicodedata.category(sign) in _UNSEEN for sign in text)


def _codec(layout: Layout) -> str:
    return "utf-8" if layout.encoding == "utf-8-sig" else str(layout.encoding)


def _row_of(layout: Layout, columns: Sequence[Column]) -> Callable[[Facts], bytes]:
    """What writes one line of these columns."""
    parts = [(column, value_of(layout, column)) for column in columns]
    if layout.kind is FileKind.FIXED:
        return lambda facts: b"".join([_fixed(layout, column, read(facts)) for column, read in parts])
    separator = layout.separator.encode(_codec(layout))
    return lambda facts: separator.join([_delimited(layout, column, read(facts)) for column, read in parts])


def _fixed(layout: Layout, column: Column, text: str) -> bytes:
    """A value padded to its width in bytes of the encoding; never cut."""
    value = _encoded(layout, column, text)
    width = column.width
    if len(value) > width:
        raise _BadValue(
            f"“{column.field.label}”“{_masked(column, text)}”有 {len(value)} 字节，比模板的 {width} 字节长，不能截断。"
        )
    fill = column.fill.encode()
    return value.rjust(width, fill) if column.side is Side.RIGHT else value.ljust(width, fill)


def _masked(column: Column, text: str) -> str:
    """A number is told by its end only (K25)."""
    return f"…{text[-4:]}" if column.field in (BankField.ACCOUNT, BankField.IDENTITY) else text[:40]


def _delimited(layout: Layout, column: Column, text: str) -> bytes:
    if layout.quoting is Quoting.ALL:
        return b'"' + _encoded(layout, column, text.replace('"', '""')) + b'"'
    if layout.separator in text or '"' in text:
        raise _BadValue(
            f"“{column.field.label}”里有分隔符“{layout.separator}”或引号，写进文件会错列。请更正，或与银行商定加引号。"
        )
    return _encoded(layout, column, text)


def _titles(layout: Layout) -> bytes:
    row = [Column(BankField.FIXED, width=each.width, text=each.title or each.field.label) for each in layout.columns]
    return _row_of(layout, row)({})


# -- Excel -------------------------------------------------------------------------------------


def _workbook(layout: Layout, lines: Iterable[Facts]) -> bytes:
    """By the one writer of workbooks: text stays text, amounts are numbers (K23)."""
    from yimen.base.exports.writer import Head, Sheet, workbook
    from yimen.law.calendar import now

    heads = [Head(each.title or each.field.label, _kind(layout, each)) for each in layout.columns]
    reads = [_cell_of(layout, each) for each in layout.columns]
    faults: list[tuple[int, str]] = []
    rows = [_cells(number, line, reads, layout, faults) for number, line in enumerate(lines, start=1)]
    if faults:
        raise Unwritable(faults[:SHOWN])
    return workbook([Sheet("发放", heads, rows)], now())


def _kind(layout: Layout, column: Column) -> str:
    if column.field is BankField.AMOUNT:
        return "money" if layout.amounts is AmountForm.YUAN else "whole"
    return "whole" if column.field in NUMERIC else "text"


def _cell_of(layout: Layout, column: Column) -> Callable[[Facts], Any]:
    if column.field is BankField.AMOUNT and layout.amounts is AmountForm.YUAN:
        return lambda facts: Decimal(facts[BankField.AMOUNT]) / 100
    if column.field in NUMERIC:
        return lambda facts: int(facts[column.field])
    return value_of(layout, column)


def _cells(
    number: int, line: Facts, reads: Sequence[Callable[[Facts], Any]], layout: Layout, faults: list[tuple[int, str]]
) -> list[Any]:
    row = [read(line) for read in reads]
    for column, value in zip(layout.columns, row, strict=True):
        if isinstance(value, str) and _unseen(value):
            faults.append((number, f"第 {number} 笔：“{column.field.label}”里有换行或看不见的字符，请更正后再生成。"))
    return row
