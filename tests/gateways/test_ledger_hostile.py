"""Broken and hostile files harm nothing: refused with a sentence, within the limits of the child process (K28)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tests.gateways.ledger_files import HEADS, book, ledger, row
from yimen.base.access.refusal import Refused
from yimen.gateways.ledgers import door


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        door.choices_in(data)
    assert refused.value.status == 422
    return refused.value.sentence


def rewritten(data: bytes, change: dict[str, bytes] | None = None, **more: bytes) -> bytes:
    """The workbook with parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, (change or {}).get(part.filename, old.read(part)))
        for name, content in more.items():
            new.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def sheet_with(cells: str) -> bytes:
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    return rewritten(ledger(row(1)), {"xl/worksheets/sheet1.xml": xml.encode()})


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = rewritten(ledger(row(1)), xl__media__big=b"0" * (210 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    assert "展开后过大" in refusal(bomb)


def test_a_cell_far_away_does_not_fill_the_memory() -> None:
    far = sheet_with('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert "过大" in refusal(far) or "超过" in refusal(far)


def test_more_rows_than_any_township_has_are_refused() -> None:
    far = sheet_with('<row r="1"><c r="A1"><v>1</v></c></row><row r="70000"><c r="B70000"><v>1</v></c></row>')
    assert "超过 60000 行" in refusal(far)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (ledger(row(1))[:2000], "已损坏"),
        (
            rewritten(ledger(row(1)), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}),
            "读不出来|没有找到台账",
        ),
        (rewritten(ledger(row(1)), {"xl/workbook.xml": b"\x00\x01"}), "读不出来|没有找到台账"),
        (rewritten(ledger(row(1)), **{"..__evil": b"1"}), "不是一份正常的 Excel"),
        (book(*[(f"表{number}", [["无"]]) for number in range(70)]), "最多 60 张"),
        (book(("台账", [])), "没有找到台账的表头"),
    ],
)
def test_broken_workbooks(data: bytes, sentence: str) -> None:
    said = refusal(data)
    assert any(part in said for part in sentence.split("|"))


def test_an_external_entity_reads_no_file() -> None:
    xml = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>'
    )
    assert "root:" not in refusal(rewritten(ledger(row(1)), {"xl/worksheets/sheet1.xml": xml}))


def test_macros_are_not_looked_at_and_formulas_not_reckoned(tmp_path: Any) -> None:
    with_macros = rewritten(ledger(row(1)), **{"xl__vbaProject.bin": b"\xd0\xcf\x11\xe0evil"})
    assert door.choices_in(with_macros)[0].complete
    cells = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{head}</t></is></c>'
        for letter, head in zip("ABCDEFGH", HEADS, strict=True)
    )
    formula = f'<row r="1">{cells}</row><row r="2"><c r="F2"><f>1+1</f><v>450</v></c><c r="G2"><f>NOW()</f></c></row>'
    found = door.choices_in(sheet_with(formula))[0]
    assert found.sample[5] == ("450",) and found.sample[6] == ("",)


def test_text_that_looks_like_a_formula_stays_text() -> None:
    found = door.choices_in(ledger(row(1, name='=HYPERLINK("http://x")', village="@SUM(1)")))[0]
    assert found.sample[1] == ('=HYPERLINK("http://x")',) and found.sample[0] == ("@SUM(1)",)
