"""Opening a file whose content nobody vouches for: kind by content, limits before unpacking (K28)."""

from __future__ import annotations

import json
import re
import struct
import zipfile
import zlib
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from yimen.gateways.provincial.errors import BadFile

MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_MEMBERS = 200
MAX_ROWS = 200_000
MAX_COLUMNS = 60

CUT = "文件不完整或已损坏（可能在传输中被截断），没有采用任何内容。请向提供方重新取得完整文件。"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"

# Whatever these say, the file cannot be read. An error outside this list ends the child process, not the product.
_UNREADABLE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    RuntimeError,
)

_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_BLOCK = 1 << 20
_OVERLAP = 20

Rows = list[list[object]]


def is_excel(data: bytes) -> bool:
    """Whether the content claims to be a packed workbook; a JSON file never begins like one."""
    return data.startswith(b"PK")


def check_size(data: bytes) -> None:
    """Refuse what is empty, too large or a kind that is not read."""
    if not data:
        raise BadFile("文件是空的，没有采用任何内容。")
    if len(data) > MAX_BYTES:
        raise BadFile(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，没有采用。请核对机构分批提供。")
    if data.startswith(_OLD_EXCEL):
        raise BadFile("这是旧版 .xls 或加了密码的 Excel 文件，请另存为不加密码的 .xlsx 后再提供。")


def read_json(data: bytes) -> dict[str, Any]:
    """The object in a JSON file; numbers stay exact, a key twice is a fault."""
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("文件不是 UTF-8 编码的 JSON，也不是 .xlsx，可能已损坏，没有采用任何内容。") from None
    try:
        found = json.loads(written, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError, ArithmeticError):
        raise BadFile(CUT) from None
    if not isinstance(found, dict):
        raise BadFile("JSON 文件的最外层应当是一个对象，没有采用任何内容。")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadFile("JSON 文件中同一个对象有重复的字段，无法确定以哪个为准，没有采用任何内容。")
    return found


def read_sheets(data: bytes, names: tuple[str, ...]) -> dict[str, Rows]:
    """The named sheets of a workbook from cell A1 on, so that positions are Excel's row numbers."""
    _check_zip(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        present = book.sheet_names
    except _UNREADABLE:
        raise BadFile(CUT) from None
    absent = [name for name in names if name not in present]
    if absent:
        raise BadFile(f"Excel 文件缺少工作表“{'”“'.join(absent)}”，没有采用任何内容。")
    return {name: _sheet(book, name) for name in names}


def _sheet(book: CalamineWorkbook, name: str) -> Rows:
    try:
        sheet = book.get_sheet_by_name(name)
        height, width = sheet.total_height, sheet.total_width
        if height > MAX_ROWS or width > MAX_COLUMNS:
            raise BadFile(f"工作表“{name}”有 {height} 行 {width} 列，超出限度，请删去多余的行列或分批提供。")
        return [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except _UNREADABLE:
        raise BadFile(CUT) from None


def _check_zip(data: bytes) -> None:
    """Limits before unpacking, then every member once as a stream: its checksum, and how far its cells reach."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as pack:
            members = pack.infolist()
            if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
                raise BadFile("Excel 文件展开后过大，没有采用。请核对机构分批提供。")
            for member in members:
                with pack.open(member) as stream:
                    _check_reach(stream)
    except _UNREADABLE:
        raise BadFile(CUT) from None


def _check_reach(stream: IO[bytes]) -> None:
    """Refuse a cell far outside the table: the reader lays out the whole rectangle up to it in memory."""
    rest = b""
    while block := stream.read(_BLOCK):
        for column, row in _CELL.findall(rest + block):
            if int(row) > MAX_ROWS or len(column) > 2:
                where = f"{column.decode()}{row.decode()}"
                raise BadFile(f"Excel 文件在很远的位置（{where}）还有单元格，请删去多余的行列后再提供。")
        rest = block[-_OVERLAP:]
