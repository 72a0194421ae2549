"""What is written is read back unchanged, in both formats."""

import json
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings, strategies as st
from python_calamine import CalamineWorkbook

from tests.gateways import samples
from yimen.base.canonical import canonical_text, digest
from yimen.gateways.provincial import cells
from yimen.gateways.provincial.errors import BadFile, BadRequest
from yimen.gateways.provincial.plain import flat_rows, result_from_plain, result_to_plain, rows_digest
from yimen.gateways.provincial.request_file import read_request, request_json, request_xlsx
from yimen.gateways.provincial.result_read import parse_bytes, parse_result, parsed
from yimen.gateways.provincial.result_write import blank_result_xlsx, result_json, result_xlsx
from yimen.gateways.provincial.rows import RawRow, build
from yimen.gateways.provincial.shapes import Finding
from yimen.law.money import MAX_FEN

FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1+1", " =1+1", "＝1+1", "http://x.example/", "{=1}")
RARE = "𠮷㐀𫍯䶮〇𬎆龥豈·"
WRITERS = (result_json, result_xlsx)

names = st.text(st.sampled_from(RARE + "买提王李阿·"), min_size=1, max_size=25)
free_text = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cn", "Co"],
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    max_size=60,
)


@pytest.mark.parametrize("write", [request_json, request_xlsx])
def test_request_comes_back_as_it_was(write):
    asked = samples.big_request(7)
    assert read_request(write(asked)) == asked


@pytest.mark.parametrize("write", [request_json, request_xlsx, result_json, result_xlsx])
def test_the_same_content_gives_the_same_bytes(write):
    content = samples.request() if write in (request_json, request_xlsx) else samples.result()
    assert write(content) == write(content)


@pytest.mark.parametrize("write", WRITERS)
def test_result_comes_back_as_it_was(write):
    sent = samples.result(
        samples.line("bank", samples.deposit(), samples.deposit(0, "空账户")),
        samples.line("vehicle_register", state="not_available", note="系统维护"),
        partial=True,
    )
    read = parse_bytes(write(sent))
    assert read == sent
    assert read.row_count == 3


def test_excel_rows_are_remembered_for_later_sentences():
    read = parse_bytes(result_xlsx(samples.result()))
    assert [row.rows for row in read.rows] == [(2, 3), (4,)]


def test_digest_is_the_same_in_both_formats_and_in_any_order_of_rows():
    sent = samples.result()
    turned = samples.result(*reversed(sent.rows))
    digests = {parse_bytes(write(one)).digest for write in WRITERS for one in (sent, turned)}
    assert digests == {sent.digest}


def test_digest_tells_a_changed_amount():
    changed = samples.result(samples.line("bank", samples.deposit(1)), samples.line("vehicle_register"))
    assert changed.digest != samples.result().digest


def test_sheet_without_digest_is_known_by_its_content():
    sent = replace(samples.result(), digest="")
    assert parse_bytes(result_xlsx(sent)).digest == samples.result().digest


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_stay_text(write, formula):
    found = Finding("deposit", formula, 100, None, "balance", samples.MONTH_END, formula)
    sent = samples.result(samples.line("bank", found, note=formula), samples.line("vehicle_register"))
    assert parse_bytes(write(sent)) == sent


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_in_a_request_are_text_cells(formula):
    asked = samples.request(samples.case("q1", samples.person(name=formula)))
    data = request_xlsx(asked)
    assert read_request(data) == asked
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("核对名单").to_python()
    assert formula in sheet[1]
    assert b"<f>" not in data


@settings(max_examples=40, deadline=None)
@given(name=names, order=st.integers(0, 999))
def test_rare_names_are_never_changed(name, order):
    asked = samples.request(samples.case("q1", samples.person(name=name, number=samples.identity(order=order))))
    assert read_request(request_xlsx(asked)) == asked
    assert read_request(request_json(asked)) == asked


@settings(max_examples=60, deadline=None)
@given(amount=st.integers(0, MAX_FEN), detail=free_text, value=free_text)
def test_any_amount_and_text_comes_back_exactly(amount, detail, value):
    found = Finding("deposit", value, amount, None, "balance", samples.MONTH_END, detail)
    sent = samples.result(samples.line("bank", found), samples.line("vehicle_register"))
    for write in WRITERS:
        assert parse_bytes(write(sent)) == sent


def test_stored_form_comes_back_with_its_rows():
    read = parse_bytes(result_xlsx(samples.result()))
    again = result_from_plain(json.loads(json.dumps(result_to_plain(read))))
    assert again == read
    assert [row.rows for row in again.rows] == [row.rows for row in read.rows]


def test_child_speaks_json(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(result_xlsx(samples.result()))
    assert parsed(json.loads(json.dumps(parse_result(str(path))))) == samples.result()
    path.write_bytes(b"{")
    with pytest.raises(BadFile, match="截断"):
        parsed(json.loads(json.dumps(parse_result(str(path)))))


def test_identity_and_reference_cells_are_text():
    data = request_xlsx(samples.request())
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("核对名单").to_python()
    assert all(isinstance(cell, str) for row in rows for cell in row)
    assert samples.identity() in rows[1]


def test_nobody_is_asked_about_without_consent_in_force():
    for changed, words in (({"consent_paper": " "}, "没有登记授权书"), ({"consent_until": samples.MONTH_END}, "到期")):
        asked = samples.request(samples.case("q1", replace(samples.person(), **changed)))
        with pytest.raises(BadRequest, match=words):
            request_json(asked)
        with pytest.raises(BadRequest, match=words):
            request_xlsx(asked)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (samples.request(sources=()), "来源为空"),
        (samples.request(sources=("bank", "bank")), "重复"),
        (samples.request(sources=("moon",)), "不认识"),
        (samples.request(samples.case(), samples.case()), "两次"),
        (replace(samples.request(), cases=()), "没有需要核对的人员"),
    ],
)
def test_an_ambiguous_request_is_not_written(asked, words):
    with pytest.raises(BadRequest) as refused:
        request_json(asked)
    assert words in "".join(refused.value.errors)


def test_changed_request_is_refused():
    data = request_json(samples.request()).replace("示例街道".encode(), "他处街道".encode())
    with pytest.raises(BadFile, match="摘要"):
        read_request(data)


def test_blank_sheet_names_everybody_and_is_no_answer_yet():
    data = blank_result_xlsx(samples.request())
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("核对结果").to_python()
    assert [row[3] for row in rows[1:]] == ["银行存款", "车辆登记"]
    assert rows[1][-1] == "买买提·艾力"
    with pytest.raises(BadFile) as refused:
        parse_bytes(data)
    assert {error.column for error in refused.value.errors} == {"反馈状态", "查询日期"}


def test_a_digest_is_that_of_the_whole_in_canonical_form():
    rows = samples.result(samples.line("bank", samples.deposit(), samples.deposit(0, "空账户·𠮷")), partial=True).rows
    whole = {"batch_number": "HD-1·𠮷", "rows": sorted(flat_rows(rows), key=canonical_text)}
    assert rows_digest("HD-1·𠮷", rows) == digest(whole)
    assert rows_digest("HD-1·𠮷", ()) == digest({"batch_number": "HD-1·𠮷", "rows": []})


def test_signs_that_nobody_sees_are_refused_in_every_plane():
    def unseen(sign):
        kind = unicodedata.category(sign)
        turns = sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        return kind == "Cs" or turns or (kind == "Cc" and sign not in "\t\n") or ord(sign) & 0xFFFE == 0xFFFE

    assert [sign for sign in map(chr, range(0x110000)) if unseen(sign) != bool(cells._UNSEEN.search(sign))] == []
    with pytest.raises(cells.BadCell, match=r"U\+202E"):
        cells.text("张\u202e三")


def test_what_is_said_of_many_is_read_like_what_is_said_once():
    line = {"request_ref": "R1", "identity_tail": "1234", "source": "vehicle_register", "state": "answered"}
    line |= {"queried_on": "2026-11-20", "item": "vehicle", "count": 1, "value": "轿车"}
    given = [{}, {}, {"count": True}, {"count": 1.5}, {"count": "x"}, {}, {"source": "bank"}, {"state": "no_answer"}]
    raw = [RawRow(at, "条", {**line, "person_ref": f"P{at}", **more}) for at, more in enumerate(given)]
    each = [build([row]) for row in raw]
    answers, errors = build(raw)
    assert (answers, errors) == ([a for found, _ in each for a in found], [e for _, bad in each for e in bad])
    assert len(answers) == 3 and {error.row for error in errors} == {2, 3, 4, 6, 7}
