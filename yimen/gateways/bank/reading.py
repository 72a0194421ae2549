"""Reading a bank's answer by its template: rows as the bank said them, control totals, and every fault with its row.

Pure: bytes in, plain values out. Whether a row answers something that was sent is judged in the room of payments.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yimen.law.money import BadAmount, parse_yuan
from yimen.law.payments.bank_layout import Column, Layout
from yimen.law.payments.bank_terms import AmountForm, BankField, FileKind, Quoting, ReturnFault, Side

MOST_FAULTS = 200
_YUAN = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
_FIRST_CJK = 0x2E80
_MONEY = frozenset({BankField.AMOUNT, BankField.TOTAL})


@dataclass
class Answers:
    """What a file says. ``rows`` are ``[row, serial, line, batch, account, name, fen, code, cause]``; fen None if unread.

    ``batch``, ``count`` and ``total_fen`` come from the header or trailer, None where there are none. ``faults`` are
    ``[row, fault, sentence]``, row 0 for the file as a whole.
    """

    rows: list[list[Any]] = field(default_factory=list)
    batch: str | None = None
    count: int | None = None
    total_fen: int | None = None
    faults: list[list[Any]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As JSON's own types."""
        return vars(self)

    def fault(self, row: int, kind: ReturnFault, sentence: str) -> None:
        """Note a fault, as far as anybody will read them."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append([row, str(kind), sentence])


ROW = (
    BankField.SERIAL, BankField.LINE, BankField.BATCH, BankField.ACCOUNT, BankField.NAME, BankField.AMOUNT,
    BankField.RESULT, BankField.CAUSE,
)  # fmt: skip


def read_text(layout: Layout, data: bytes) -> Answers:
    """The answers in a text file."""
    found = Answers()
    if not data.strip():
        found.fault(0, ReturnFault.TRUNCATED, "文件是空的。")
        return found
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not _encoded_as_said(layout, data, found):
        return found
    whole = data.endswith(b"\n")
    lines = [line.removesuffix(b"\r") for line in data.split(b"\n")]
    while lines and not lines[-1].strip(b" \t\x1a"):
        lines.pop()
    _check_end(layout, whole, len(lines), found)
    _read_lines(layout, lines, found)
    return found


def _encoded_as_said(layout: Layout, data: bytes, found: Answers) -> bool:
    """Chinese in UTF-8 opens as nonsense under GBK, and nothing would say so: told apart before it is read."""
    if layout.encoding.startswith("utf-8") or data.isascii():
        return True
    try:
        other = any(ord(sign) >= _FIRST_CJK for sign in data.decode("utf-8"))
    except UnicodeDecodeError:
        return True
    if other:
        sentence = f"文件是 UTF-8 编码，模板写的是 {layout.encoding.label}。请向银行核对，必要时改模板。"
        found.fault(0, ReturnFault.UNREADABLE, sentence)
    return not other


def _check_end(layout: Layout, whole: bool, count: int, found: Answers) -> None:
    """A code at the very end may have been cut and still be a code."""
    if not whole and layout.kind is FileKind.DELIMITED and not layout.trailer:
        last = layout.columns[-1].field
        if last is BankField.RESULT:
            found.fault(count, ReturnFault.TRUNCATED, f"第 {count} 行没有换行就结束了，结果代码可能被截断。")


def _read_lines(layout: Layout, lines: Sequence[bytes], found: Answers) -> None:
    first = bool(layout.header) + layout.titles
    last = len(lines) - bool(layout.trailer)
    if last < first:
        found.fault(0, ReturnFault.TRUNCATED, "文件没有首行或末行，可能没有传完。")
        return
    split = _splitter(layout, layout.columns)
    places = _places(layout.columns)
    amount = reader_of(layout)
    for number in range(first, last):
        _read_row(found, number + 1, lines[number], split, places, amount)
    for columns, at in ((layout.header, 0), (layout.trailer, len(lines) - 1)):
        if columns:
            _read_control(layout, columns, lines[at], at + 1, found)


def _read_row(
    found: Answers,
    row: int,
    line: bytes,
    split: Callable[[bytes], list[str]],
    places: Sequence[int | None],
    amount: Any,
) -> None:
    try:
        values = split(line)
        told = [values[at] if at is not None else "" for at in places]
    except UnicodeDecodeError:
        found.fault(row, ReturnFault.UNREADABLE, f"第 {row} 行有读不出的字符：编码与模板不同，或内容被截断。")
        return
    except _BadRow as bad:
        found.fault(row, ReturnFault.UNREADABLE, f"第 {row} 行{bad}")
        return
    take(found, row, told, amount)


def take(found: Answers, row: int, told: list[str], amount: Callable[[str], int]) -> None:
    """Keep one row: its values in the order of ``ROW``."""
    try:
        fen: int | None = amount(told[5])
    except (BadAmount, ValueError):
        found.fault(row, ReturnFault.UNREADABLE, f"第 {row} 行的金额“{told[5][:20]}”读不出来。")
        fen = None
    found.rows.append([row, *told[:5], fen, *told[6:]])


class _BadRow(ValueError):
    """A line does not have the shape of the template."""


def _splitter(layout: Layout, columns: Sequence[Column]) -> Callable[[bytes], list[str]]:
    if layout.kind is FileKind.FIXED:
        return _cutter(layout, columns)
    codec, sign, many = str(layout.encoding), layout.separator, len(columns)

    def split(line: bytes) -> list[str]:
        text = line.decode(codec)
        values = text.split(sign) if layout.quoting is Quoting.NONE else _unquoted(text, sign)
        if len(values) != many:
            raise _BadRow(f"有 {len(values)} 列，模板是 {many} 列，可能被截断或错列。")
        return [value.strip() for value in values]

    return split


def _unquoted(text: str, sign: str) -> list[str]:
    try:
        rows = list(csv.reader([text], delimiter=sign, strict=True))
    except csv.Error:
        raise _BadRow("的引号没有成对，可能被截断。") from None
    return rows[0] if rows else []


def _cutter(layout: Layout, columns: Sequence[Column]) -> Callable[[bytes], list[str]]:
    """Fixed width is cut by bytes of the encoding."""
    codec = str(layout.encoding)
    spans, at = [], 0
    for column in columns:
        fill = "" if column.fill.isdigit() else column.fill
        spans.append((at, at + column.width, column.side is Side.RIGHT, fill))
        at += column.width
    whole = at

    def cut(line: bytes) -> list[str]:
        # Some systems leave the blanks at the end of a line away.
        if len(line) < whole and spans[-1][3] == " " and len(line) > spans[-1][0]:
            line = line.ljust(whole)
        if len(line) != whole:
            raise _BadRow(f"有 {len(line)} 字节，模板是 {whole} 字节，可能被截断或错位。")
        values = []
        for start, end, right, fill in spans:
            text = line[start:end].decode(codec)
            values.append((text.lstrip(fill) if right else text.rstrip(fill)).strip() if fill else text.strip())
        return values

    return cut


def _places(columns: Sequence[Column]) -> list[int | None]:
    at = {column.field: place for place, column in enumerate(columns)}
    return [at.get(wanted) for wanted in ROW]


def reader_of(layout: Layout) -> Callable[[str], int]:
    """How an amount of this layout is read to the fen."""
    if layout.amounts is AmountForm.FEN:
        return _fen
    return _yuan


def _fen(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BadAmount(text)
    return int(text)


def _yuan(text: str) -> int:
    if _YUAN.fullmatch(text):
        return int(text[:-3]) * 100 + int(text[-2:])
    if not text.isascii():
        raise BadAmount(text)
    return parse_yuan(text)


def _read_control(layout: Layout, columns: Sequence[Column], line: bytes, row: int, found: Answers) -> None:
    where = "首行" if row == 1 else "末行"
    try:
        values = _splitter(layout, columns)(line)
        told = {column.field: value for column, value in zip(columns, values, strict=True)}
        _keep_control(layout, columns, told, found)
    except (ValueError, UnicodeDecodeError):
        found.fault(row, ReturnFault.TRUNCATED, f"第 {row} 行不是模板的{where}（控制行），文件可能没有传完。")


def _keep_control(layout: Layout, columns: Sequence[Column], told: dict[BankField, str], found: Answers) -> None:
    for column in columns:
        if column.field is BankField.FIXED and told[BankField.FIXED] != column.text.strip():
            raise _BadRow("固定文字不同")
    if BankField.BATCH in told:
        found.batch = told[BankField.BATCH]
    if BankField.COUNT in told:
        found.count = _fen(told[BankField.COUNT])
    if BankField.TOTAL in told:
        found.total_fen = reader_of(layout)(told[BankField.TOTAL])
