"""A file with a fault is refused whole, with a sentence that names the row."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from tests.gateways import samples
from yimen.gateways.provincial.errors import BadFile, RowError
from yimen.gateways.provincial.request_file import request_xlsx
from yimen.gateways.provincial.result_read import HEAD, ROWS_SHEET, parse_bytes
from yimen.gateways.provincial.result_write import result_json, result_xlsx
from yimen.gateways.provincial.rows import COLUMNS

GOOD = {
    "request_ref": "q00000000001",
    "person_ref": "p00000000001",
    "identity_tail": samples.identity()[-4:],
    "source": "银行存款",
    "state": "已反馈",
    "queried_on": "2026-11-19",
    "item": "银行存款",
    "value": "活期",
    "amount": "1234.56",
    "count": "",
    "period": "时点余额",
    "data_date": "2026-10-31",
    "detail": "",
    "note": "",
}
HEAD_VALUES = {
    "kind": "核对结果文件",
    "version": "1",
    "batch_number": "HD20261118-1",
    "result_number": "R1",
    "agency": "示例省核对中心（练习）",
    "answered_on": "2026-11-20",
    "partial": "否",
    "digest": "",
}


def sheet(*changes, head=None, columns=None):
    """A workbook typed by hand: each mapping changes a good row; numbers and dates become real Excel cells."""
    rows = [{**GOOD, **change} for change in changes or ({},)]
    values = {**HEAD_VALUES, "row_count": str(len(rows)), **(head or {})}
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet("说明")
    for number, (field, label) in enumerate(HEAD.items()):
        page.write_string(number, 0, label)
        page.write(number, 1, values[field])
    page = book.add_worksheet(ROWS_SHEET)
    page.write_row(0, 0, columns or list(COLUMNS.values()))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row.values()):
            if isinstance(value, date):
                page.write_datetime(number, column, value, day)
            elif isinstance(value, str):
                page.write_string(number, column, value)
            else:
                page.write(number, column, value)
    book.close()
    return target.getvalue()


def refusal(data):
    with pytest.raises(BadFile) as refused:
        parse_bytes(data)
    return refused.value


def changed_json(change):
    content = json.loads(result_json(samples.result()))
    change(content)
    return json.dumps(content, ensure_ascii=False).encode()


def test_hand_typed_sheet_with_excel_numbers_and_dates_is_read_exactly():
    data = sheet(
        {"amount": 1234.56, "queried_on": date(2026, 11, 19), "data_date": date(2026, 10, 31)},
        {"amount": 0.1 + 0.2, "detail": "乙"},
        {"amount": 99_999_999.99, "detail": "丙"},
        {"amount": "￥1,062.5", "detail": "丁"},
        {"source": "vehicle_register", "item": "vehicle", "amount": "", "period": "", "count": 2.0, "value": 125},
    )
    read = parse_bytes(data)
    assert [found.amount_fen for found in read.rows[0].findings] == [123456, 30, 9_999_999_999, 106250]
    assert read.rows[1].findings[0].count == 2
    assert read.rows[1].findings[0].value_text == "125"


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"amount": "12.345"}, "金额（元）", "两位"),
        ({"amount": 12.345}, "金额（元）", "两位"),
        ({"amount": "-3"}, "金额（元）", "负数"),
        ({"amount": -3}, "金额（元）", "负数"),
        ({"amount": "一千"}, "金额（元）", "不是金额"),
        ({"amount": True}, "金额（元）", "不是金额"),
        ({"amount": 1e18}, "金额（元）", "过大"),
        ({"amount": "9" * 5000}, "金额（元）", "不是金额"),
        ({"amount": ""}, "金额（元）", "必须填写金额"),
        ({"period": ""}, "金额期间", "每月"),
        ({"period": "每周"}, "金额期间", "不认识"),
        ({"data_date": ""}, "数据日期", "必须填写数据日期"),
        ({"data_date": "2026-11-20"}, "数据日期", "晚于查询日期"),
        ({"data_date": "2026-02-30"}, "数据日期", "不是日历上的日期"),
        ({"queried_on": "19/11/2026"}, "查询日期", "2026-11-20"),
        ({"queried_on": 45000.5}, "查询日期", "不是日期"),
        ({"queried_on": ""}, "查询日期", "没有填写"),
        ({"queried_on": "0202-11-19"}, "查询日期", "年份"),
        ({"source": "月球登记"}, "数据来源", "不认识"),
        ({"source": "税务"}, "核对项目", "不核对"),
        ({"state": "好"}, "反馈状态", "不认识"),
        ({"state": "查询出错"}, "反馈状态", "却填写了核对结果"),
        ({"item": "黄金"}, "核对项目", "不认识"),
        ({"request_ref": ""}, "请求编号", "没有填写"),
        ({"person_ref": 123456789012}, "人员编号", "截掉"),
        ({"identity_tail": 36}, "身份证号后四位", "截掉"),
        ({"identity_tail": "12"}, "身份证号后四位", "后四位"),
        ({"count": 1.5}, "数量", "整数"),
        ({"count": "许多"}, "数量", "整数"),
        ({"detail": 6222021234567890123}, "明细", "截断"),
        ({"note": "a\u202eb"}, "备注", "U\\+202E"),
        ({"note": "长" * 1001}, "备注", "超过"),
        ({"value": True}, "核对结果", "文字"),
    ],
)
def test_fault_is_named_with_row_and_column(change, column, words):
    refused = refusal(sheet({}, {"detail": "第二户头", **change}))
    assert refused.row == 3
    assert refused.errors[0].column == column
    assert refused.sentence.startswith(f"第 3 行“{column}”：")
    assert re.search(words, refused.sentence)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": "vehicle_register", "item": "vehicle", "amount": "", "period": ""}, "必须填写数量"),
        ({"source": "残疾人证", "item": "残疾情况"}, "只填文字结果"),
        ({"source": "残疾人证", "item": "残疾情况", "amount": "", "period": "", "value": ""}, "必须填写核对结果"),
    ],
)
def test_each_item_demands_its_measure(change, words):
    assert words in refusal(sheet(change)).sentence


def test_all_faults_are_told_at_once():
    refused = refusal(sheet({"amount": "x"}, {"amount": "y", "state": "z"}))
    assert [error.row for error in refused.errors] == [2, 3, 3]
    assert "3 处问题" in refused.sentence
    assert refused.as_text().count("\n") == 3
    many = BadFile("坏", None, tuple(RowError(n, "", str(n)) for n in range(60)))
    assert "另有 10 处" in many.as_text()


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({}, "与第 2 行重复"),
        ({"item": "", "value": "", "amount": "", "period": "", "data_date": ""}, "与第 2 行重复"),
        ({"detail": "另一户", "queried_on": "2026-11-18"}, "查询日期或备注不同"),
        ({"detail": "另一户", "identity_tail": "0000"}, "证件尾号"),
    ],
)
def test_duplicate_and_contradicting_rows(second, words):
    refused = refusal(sheet({}, second))
    assert refused.row == 3
    assert words in refused.sentence


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ({"kind": "发放结果"}, "不是核对结果文件"),
        ({"version": "2"}, "版本"),
        ({"batch_number": ""}, "批次号"),
        ({"batch_number": 20261118}, "批次号"),
        ({"result_number": ""}, "结果文件号"),
        ({"answered_on": "昨天"}, "反馈日期"),
        ({"partial": "也许"}, "是否部分反馈"),
        ({"row_count": "2"}, "写明有 2 行结果，实际读到 1 行"),
        ({"row_count": ""}, "实际读到 1 行"),
        ({"digest": "sha256:00"}, "摘要"),
    ],
)
def test_head_of_the_file_is_checked(head, words):
    assert words in refusal(sheet(head=head)).sentence


def test_columns_are_checked():
    columns = list(COLUMNS.values())
    assert "缺少“备注”" in refusal(sheet(columns=[*columns[:-1], ""])).sentence
    assert "多出“余额”" in refusal(sheet(columns=[*columns, "余额"])).sentence
    assert "重复" in refusal(sheet(columns=[*columns, "备注"])).sentence


def test_a_row_cut_off_by_hand_is_noticed():
    assert "实际读到 1 行" in refusal(sheet(head={"row_count": "3"})).sentence


@pytest.mark.parametrize("write", [result_json, result_xlsx])
def test_changed_digest_or_content_is_noticed(write):
    wrong = replace(samples.result(), digest="sha256:" + "0" * 64)
    assert "摘要" in refusal(write(wrong)).sentence
    assert "实际读到 3 行" in refusal(write(replace(samples.result(), row_count=4))).sentence


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c.pop("digest"), "摘要"),
        (lambda c: c.pop("answers"), "answers"),
        (lambda c: c.update(answers={}), "answers"),
        (lambda c: c.update(surprise=1), "不认识的字段：surprise"),
        (lambda c: c["answers"][0].update(ammount=1), "第 1 条中有不认识的字段：ammount"),
        (lambda c: c["answers"][0]["findings"][1].update(x=1), "第 1 条中有不认识的字段：x"),
        (lambda c: c["answers"].append("x"), "第 3 条不是一个对象"),
        (lambda c: c["answers"][0].update(findings="x"), "findings"),
        (lambda c: c["answers"][0].update(person_ref=7), "第 1 条“人员编号”"),
        (lambda c: c["answers"][1].update(source=["bank"]), "第 2 条“数据来源”"),
        (lambda c: c["answers"][0]["findings"][0].update(amount=1.005), "两位"),
        (lambda c: c["answers"][0]["findings"][0].update(amount=10**400), "过大"),
        (lambda c: c["answers"][0]["findings"][0].update(value="\ud800"), "U\\+D800"),
        (lambda c: c["answers"].append(c["answers"][0]), "重复"),
        (lambda c: c.update(partial="maybe"), "是否部分反馈"),
        (lambda c: c.update(kind="yimen.check.request"), "不是核对结果文件"),
    ],
)
def test_json_faults(change, words):
    content = json.loads(result_json(samples.result()))
    change(content)
    refused = refusal(json.dumps(content).encode())
    assert re.search(words, refused.as_text())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"[]", "对象"),
        (b"null", "对象"),
        (b'{"a":1,"a":2}', "重复的字段"),
        (b'{"a":NaN}', "截断"),
        (b"[" * 100_000, "截断"),
        (b'{"a":' + b"9" * 10_000 + b"}", "截断"),
        (b'{"a":1e999999999999}', "answers"),
        ("姓名".encode("gb18030"), "UTF-8"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "旧版"),
        (b"PK\x03\x04" + b"\0" * 500, "截断"),
        (b"name,amount\n", "截断"),
    ],
)
def test_other_files(data, words):
    assert words in refusal(data).sentence


def test_number_in_exponent_form_does_not_blow_up():
    data = result_json(samples.result()).replace(b'"1234.56"', b"1e999999999999")
    assert "过大" in refusal(data).sentence


def test_workbook_without_the_sheet():
    assert "核对结果" in refusal(request_xlsx(samples.request())).sentence


def test_too_large_a_workbook_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("yimen.gateways.provincial.opening.MAX_UNPACKED", 1000)
    assert "展开后过大" in refusal(result_xlsx(samples.result())).sentence
    monkeypatch.setattr("yimen.gateways.provincial.opening.MAX_BYTES", 1000)
    assert "MB" in refusal(result_xlsx(samples.result())).sentence


def test_cell_far_away_is_refused_before_it_fills_the_memory():
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("说明").write_string(0, 0, "甲")
    book.add_worksheet(ROWS_SHEET).write_string(1_048_575, 16_383, "乙")
    book.close()
    assert "很远的位置（XFD1048576）" in refusal(target.getvalue()).sentence


def test_sheet_with_too_many_columns_is_refused():
    assert "限度" in refusal(sheet(columns=[*COLUMNS.values(), *(f"列{number}" for number in range(60))])).sentence


def test_names_for_the_eye_and_whole_numbers_are_allowed():
    columns = [*COLUMNS.values(), "姓名"]
    read = parse_bytes(sheet({"identity_tail": samples.identity().lower(), "姓名": "示例"}, columns=columns))
    assert read.rows[0].identity_tail == samples.identity()[-4:]


def test_blank_rows_between_are_skipped_and_keep_the_row_numbers():
    empty = dict.fromkeys(GOOD, "")
    refused = refusal(sheet({}, empty, {"amount": "x"}, head={"row_count": "2"}))
    assert refused.row == 4
    assert len(parse_bytes(sheet({}, empty, {"detail": "乙"}, head={"row_count": 2})).rows[0].findings) == 2
