"""Foreign files are parsed in a child that cannot take the house with it (K28)."""

import io
import json
import time
import zipfile
from datetime import date

import pytest
import xlsxwriter

from yimen.base.files.limited import parse_content
from yimen.base.files.refusals import BadFile

READERS = "yimen.base.files.readers"
HOSTILE = "tests.base.files.hostile"


def workbook(rows, **options) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("结果")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                sheet.write_datetime(r, c, cell, day) if isinstance(cell, date) else sheet.write(r, c, cell)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_a_workbook_is_read_as_text():
    content = workbook(
        [["姓名", "金额"], [" =1+1", 12], ["00110105", 12.5], ["", date(2026, 2, 28)]], strings_to_formulas=False
    )
    assert parse_content(f"{READERS}:read_workbook", content) == {
        "sheets": [
            {"name": "结果", "rows": [["姓名", "金额"], [" =1+1", "12"], ["00110105", "12.5"], ["", "2026-02-28"]]}
        ]
    }


@pytest.mark.parametrize("cut", [100, 1000, -30])
def test_a_workbook_cut_in_the_middle_is_refused(cut):
    with pytest.raises(BadFile, match="重新导出"):
        parse_content(f"{READERS}:read_workbook", workbook([["a"] * 9] * 99)[:cut])


def test_archives_that_unpack_to_too_much_or_lead_elsewhere_are_refused():
    for content, sentence in (
        (archive(**{"[Content_Types].xml": b"", "xl__workbook.xml": b"0" * (201 * 2**20)}), "展开后过大"),
        (archive(**{f"p{n}": b"" for n in range(2100)}), "展开后过大"),
        (archive(**{"xl__workbook.xml": b"", "..__..__etc__x": b""}), "不是一份正常的 Excel"),
        (archive(other=b""), "不是一份正常的 Excel"),
    ):
        with pytest.raises(BadFile, match=sentence):
            parse_content(f"{READERS}:inspect_archive", content)


def test_json_is_read_without_floats_and_without_doubt():
    read = f"{READERS}:read_json"
    assert parse_content(read, b'\xef\xbb\xbf{"amount": 12.50, "n": 3}') == {"amount": "12.50", "n": 3}
    for content, sentence in (
        (b'{"a": 1, "a": 2}', "重复的键"),
        (b'{"a": NaN}', "不是有效的数"),
        ('{"姓名": "甲"}'.encode("gb18030"), "不是 UTF-8"),
        (b'{"a": [1,\n2', "第 2 行"),
        (b"[" * 200_000, "过于复杂|断了"),
    ):
        with pytest.raises(BadFile, match=sentence):
            parse_content(read, content)


@pytest.mark.parametrize("function", ["eat_memory", "spin", "sleep", "die", "answer_too_much"])
def test_a_parser_gone_wild_is_stopped_in_time(function):
    start = time.monotonic()
    with pytest.raises(BadFile):
        parse_content(f"{HOSTILE}:{function}", b"x", seconds=1)
    assert time.monotonic() - start < 5


def test_the_child_knows_no_secret_and_no_network(monkeypatch):
    monkeypatch.setenv("YIMEN_KEYS", "secret")
    seen = json.loads(parse_content(f"{HOSTILE}:look_around", b"x"))
    assert seen == {"secret": False, "django": False, "network": False}
