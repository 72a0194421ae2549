"""Bank files to the byte: every kind of file and encoding out and back, and what is refused rather than cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from tests.rooms import banks
from yimen.desks.district.banks import words
from yimen.gateways.bank import door, reading, writing
from yimen.law.payments.bank_layout import BankLayouts, Column, Layout, problems
from yimen.law.payments.bank_terms import (
    AmountForm,
    BankField as F,
    Encoding,
    FileKind,
    Newline,
    Quoting,
    ReturnFault,
    Side,
)

NAMES = ("王秀兰", "阿依努尔·买买提", "李㐂田", "𠮷野太郎", "张\U0002b740")
KINDS = [
    (kind, encoding) for kind in (FileKind.FIXED, FileKind.DELIMITED) for encoding in Encoding if encoding != "gbk"
]


def _lines(*names: str) -> Iterator[dict[F, Any]]:
    for serial, name in enumerate(names, start=1):
        yield {
            F.SERIAL: serial, F.LINE: f"202611{serial:012d}", F.NAME: name, F.ACCOUNT: f"99010100000{serial:08d}",
            F.AMOUNT: 100_000 * serial + serial, F.REMARK: "2026-11救助金", F.RESULT: "00", F.CAUSE: "",
        }  # fmt: skip


def _controls(*names: str) -> dict[F, Any]:
    return {F.BATCH: "B1", F.COUNT: len(names), F.TOTAL: sum(line[F.AMOUNT] for line in _lines(*names))}


@pytest.mark.parametrize(("kind", "encoding"), KINDS)
def test_rare_names_come_through_every_encoding(kind: FileKind, encoding: Encoding) -> None:
    made = banks.layouts(kind, encoding)
    content = writing.compose(made.back, _lines(*NAMES), _controls(*NAMES))
    if kind is FileKind.FIXED:
        width = sum(column.width for column in made.back.columns)
        codec = str(encoding).removesuffix("-sig")
        rows = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")[1:-1]
        assert {len(row) for row in rows} == {width}
        assert rows[2][49:89].decode(codec).rstrip() == NAMES[2]
    found = reading.read_text(made.back, content)
    assert (found.faults, found.batch, found.count) == ([], "B1", len(NAMES))
    assert [row[5] for row in found.rows] == list(NAMES)
    assert found.total_fen == sum(row[6] for row in found.rows) == sum(line[F.AMOUNT] for line in _lines(*NAMES))


def test_what_an_encoding_lacks_and_what_is_too_long_is_named_and_never_cut() -> None:
    made = banks.layouts(FileKind.FIXED, Encoding.GBK)
    with pytest.raises(writing.Unwritable) as refused:
        writing.write(made, _lines("王秀兰", "李\U00020bb7田", "名" * 21), _controls("", "", ""))
    assert [number for number, _ in refused.value.faults] == [2, 3]
    assert "U+20BB7）在 GBK 里没有" in refused.value.faults[0][1]
    assert "有 42 字节，比模板的 40 字节长，不能截断" in refused.value.faults[1][1]
    bars = banks.layouts(FileKind.DELIMITED)
    for name, said in (("王|秀兰", "会错列"), ("王\n秀兰", "看不见的字符"), ('王"兰', "引号")):
        with pytest.raises(writing.Unwritable, match=said):
            writing.write(bars, _lines(name), _controls(name))
    quoted = replace(bars, out=replace(bars.out, quoting=Quoting.ALL), back=replace(bars.back, quoting=Quoting.ALL))
    content = writing.compose(quoted.back, _lines('王|秀"兰'), _controls(""))
    assert reading.read_text(quoted.back, content).rows[0][5] == '王|秀"兰'


@given(st.integers(1, 10**12), st.sampled_from(list(AmountForm)))
@settings(max_examples=60, deadline=None)
def test_amounts_are_exact_both_ways(fen: int, form: AmountForm) -> None:
    columns = (Column(F.SERIAL, width=4), Column(F.ACCOUNT, width=20), Column(F.AMOUNT, width=16, side=Side.RIGHT, fill="0"),
               Column(F.RESULT, width=2))  # fmt: skip
    layout = Layout(FileKind.FIXED, columns, newline=Newline.LF, amounts=form)
    line = {F.SERIAL: 1, F.ACCOUNT: "1", F.AMOUNT: fen, F.RESULT: "00"}
    assert reading.read_text(layout, writing.compose(layout, [line], {})).rows[0][6] == fen


def test_excel_goes_out_as_text_and_comes_back() -> None:
    made = banks.layouts(FileKind.EXCEL)
    content = writing.compose(made.back, _lines(*NAMES, "=1+1"), {})
    found = door.read(made, content)
    assert found.faults == []
    assert [row[4] for row in found.rows] == [line[F.ACCOUNT] for line in _lines(*NAMES, "")]
    assert [(row[5], row[6]) for row in found.rows][-1] == ("=1+1", 600_006)
    assert door.read(made, content[:-40]).faults[0][1] == ReturnFault.UNREADABLE
    assert door.read(banks.layouts(), content).faults[0][2].startswith("这不是文本文件")
    assert door.read(made, b"1|2|3\n").faults[0][1] == ReturnFault.UNREADABLE


def test_a_layout_says_what_is_wrong_with_it() -> None:
    good = banks.layouts(FileKind.FIXED)
    assert list(problems(good)) == []
    assert BankLayouts.of(good.plain()) == good
    columns = good.out.columns

    def told(out: tuple[Column, ...] = columns, **more: Any) -> str:
        return "".join(sentence for _, sentence in problems(replace(good, out=replace(good.out, columns=out), **more)))

    assert "缺少“账号”" in told(columns[:2])
    assert "写了两次" in told((*columns, columns[0]))
    assert "要填宽度" in told((*columns, Column(F.MONTH)))
    assert "不能用数字填充" in told((*columns, Column(F.MONTH, width=8, fill="0")))
    assert "比宽度长" in told((*columns, Column(F.FIXED, width=1, text="代发")))
    assert "不能用在这里" in told((*columns, Column(F.RESULT, width=2)))
    assert "不认识的“{x}”" in told(name="{x}.txt") and "扩展名" in told(name="a")
    assert "发放文件却没有" in told(columns[:4])


def test_typed_columns_come_back_as_they_were_typed() -> None:
    typed = "序号，6，右，0\n户名，40，左，空格，姓名\n固定文字，2，左，空格，01"
    read = words.columns(typed.replace("，", ","))
    assert words.shown(read, FileKind.FIXED) == typed
    assert words.shown(words.columns("户名，，，，姓名\n金额"), FileKind.DELIMITED) == "户名，，，，姓名\n金额"
    for wrong in ("户名，x", "户名，4，中", "姓名", "户名，1，左，0，a，b"):
        with pytest.raises(words.BadWords, match="第 1 行"):
            words.columns(wrong)
    assert words.shown_codes(words.codes("11，发放不成功，账户已销户")) == "11，发放不成功，账户已销户"
