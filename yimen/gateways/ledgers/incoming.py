"""Taking a workbook in, whatever it is for: looked at, kept sealed, opened in the limited child (K28)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.files import desk as files
from yimen.gateways.ledgers import table
from yimen.gateways.ledgers.table import Grid

MAX_BYTES = 10 * 1024 * 1024
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ABOUT = frozenset({"说明", "填写说明", "填表说明", "示例", "填写示例"})
"""Sheets that explain and hold no rows to be read."""


def check(data: bytes, most: int = MAX_BYTES, parts: str = "按村（社区）分成几份后上传") -> None:
    """Refuse what is no workbook of today's Excel, is locked, or is larger than ``most`` bytes."""
    if not data:
        raise Refused("文件是空的，请重新选择文件。", "bad_file", 422, "file")
    if len(data) > most:
        raise Refused(f"文件超过 {most // 1024 // 1024} MB，请去掉图片，或{parts}。", "bad_file", 422, "file")
    if data.startswith(_OLD_EXCEL):
        raise Refused(
            "这是旧版 Excel（.xls）或加了密码的文件，请打开后另存为不加密码的 .xlsx 再上传。", "bad_file", 422, "file"
        )
    if data.startswith(b"PK") and b"opendocument" in data[:200]:
        raise Refused("这是 ODS 表格，请另存为 .xlsx 再上传。", "bad_file", 422, "file")
    if not data.startswith(b"PK\x03\x04"):
        raise Refused("这不是 Excel 文件（.xlsx）。请用 Excel 或 WPS 另存为 .xlsx 再上传。", "bad_file", 422, "file")


def keep(officer: Officer, data: bytes, name: str, *, file_class: str, kind: str, ref: str) -> Any:
    """Keep a workbook sealed as the file of a subject."""
    try:
        return files.store(
            data,
            name=name,
            document_class=file_class,
            subject_kind=kind,
            subject_ref=ref,
            staff_id=officer.staff.pk,
            staff_name=officer.staff.name,
            account_id=officer.account.pk,
            office_code=officer.office.area_id,
            allowed=frozenset({"xlsx"}),
        )
    except files.BadFile as bad:
        raise Refused(str(bad), "bad_file", 422, "file") from bad


def opened(data: bytes, function: str, limits: Mapping[str, int]) -> list[Grid]:
    """The sheets as a function of the limited child reads them."""
    with TemporaryDirectory(prefix="yimen-") as place:
        path = Path(place) / "ledger"
        path.write_bytes(data)
        try:
            return table.grids(files.parse_limited(function, path, **limits))
        except files.BadFile as bad:
            raise Refused(str(bad), "bad_file", 422, "file") from bad


def content(file_ref: str, called: str) -> bytes:
    """A kept file as it was handed in."""
    kept = files.find(file_ref)
    if kept is None:
        raise Refused(f"{called}没有留存的文件。", "no_file")
    return files.read(kept)


def sample(row: list[Any], column: int) -> str:
    """A cell as a sample: long numbers are shown by their ends only (K25)."""
    text = table.shown(row[column])[:24] if column < len(row) else ""
    digits = sum(sign.isdigit() for sign in text)
    return f"{text[:2]}…{text[-2:]}" if digits >= 11 else text
