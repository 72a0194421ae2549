"""Headings in customary wordings, in one row or two, under titles; what is unknown stays unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.gateways.ledger_files import book, grids, number, read
from yimen.gateways.ledgers import table
from yimen.gateways.ledgers.heads import FIELDS, field_of, label_of, missing, resolve
from yimen.gateways.ledgers.wordings import WORDINGS


@pytest.mark.parametrize(
    ("head", "group", "field"),
    [
        ("村（社区）", "", "village"),
        ("村/社区", "", "village"),
        ("所在村(社区)名称", "", "village"),
        ("组（楼栋）", "", "group"),
        ("户 主 姓 名", "", "head_name"),
        ("户主\n姓名", "", "head_name"),
        ("＊户主姓名（必填）", "", "head_name"),
        ("户主姓名：", "", "head_name"),
        ("户主身份证号码", "", "head_identity"),
        ("公民身份号码", "", "identity"),
        ("保障人数（人）", "", "covered"),
        ("享受人数", "", "covered"),
        ("Ａ／Ｂ／Ｃ类", "", "category"),
        ("保障类别(A、B、C)", "", "category"),
        ("月保障金额（元）", "", "amount"),
        ("低保金(元/月)", "", "amount"),
        ("月 保 障 金\r\n（元）", "", "amount"),
        ("起始月份（如2024-03）", "", "start_month"),
        ("享受起始时间", "", "start_month"),
        ("银行帐号", "", "account"),
        ("一卡通账号", "", "account"),
        ("开户行", "", "bank"),
        ("户名", "", "holder"),
        ("与户主关系", "", "relation"),
        ("是否享受低保", "", "covered_flag"),
        ("姓名", "户主信息", "head_name"),
        ("身份证号", "户主基本情况", "head_identity"),
        ("姓名", "家庭成员", "member_name"),
        ("身份证号", "共同生活家庭成员情况", "member_identity"),
        ("姓名", "家庭成员1", "member_name:1"),
        ("成员2身份证号", "", "member_identity:2"),
        ("家庭成员三姓名", "", "member_name:3"),
        ("成员姓名4", "", "member_name:4"),
        ("成员1与户主关系", "", "relation:1"),
        ("账号", "银行信息", "account"),
        ("户主信息：姓名", "", "head_name"),
        ("", "月保障金额（元）", "amount"),
        ("序号", "", "-"),
        ("备注", "", "-"),
        # Not ours, or not clear whose: never guessed.
        ("姓名", "代理人", ""),
        ("联系电话", "包保干部", ""),
        ("金额（万元）", "", ""),
        ("年保障金额（元/年）", "", ""),
        ("人数", "", ""),
        ("包保干部", "", ""),
        ("", "", ""),
    ],
)
def test_a_heading_means_one_field_or_none(head: str, group: str, field: str) -> None:
    assert field_of(head, group) == field


def test_no_wording_stands_for_two_fields() -> None:
    words = [word for line in WORDINGS.values() for word in line.split()]
    assert [word for word in words if words.count(word) > 1] == []
    assert set(WORDINGS) - set(FIELDS) == {"name", "identity", "-"}


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (["name", "identity", "amount"], ["head_name", "head_identity", "amount"]),
        (["name", "identity", "relation"], ["member_name", "member_identity", "relation"]),
        (["head_name", "identity", "amount"], ["head_name", "head_identity", "amount"]),
        (
            ["head_name", "identity", "member_name", "identity"],
            ["head_name", "head_identity", "member_name", "member_identity"],
        ),
        (
            ["head_name", "identity", "name", "identity", "relation"],
            ["head_name", "head_identity", "member_name", "member_identity", "relation"],
        ),
        (["member_name:1", "identity", "relation"], ["member_name:1", "member_identity:1", "relation:1"]),
        (["amount", "amount", "village"], ["", "", "village"]),
    ],
)
def test_bare_headings_are_settled_by_their_neighbours(found: list[str], wanted: list[str]) -> None:
    assert resolve(found) == wanted


def test_what_no_column_tells_is_named() -> None:
    assert missing(["head_name", "head_identity", "category", "amount", "start_month"]) == []
    assert missing(["head_name", "amount"]) == ["户主身份证号", "保障类别", "起始月份"]
    assert missing(["member_name", "member_identity", "relation", "category", "amount", "start_month"]) == []
    assert label_of("member_identity:2") == "成员2身份证号" and label_of("relation:1") == "成员1与户主关系"


def _head(rows: list[list[Any]], folder: Path, **more: Any) -> table.Head | None:
    return table.find_head(grids(book(("台账", rows), **more), folder)[0].rows)


def test_titles_above_the_head_are_passed_over(tmp_path: Path) -> None:
    rows = [
        ["青禾街道城乡低保家庭台账"], ["填报单位：青禾街道", "", "", "2026年11月"], [],
        ["序号", "户主姓名", "身份证号", "类别", "月保障金额", "起始月份", "包保干部"],
    ]  # fmt: skip
    head = _head(rows, tmp_path, merges=[(0, 0, 0, 6, "青禾街道城乡低保家庭台账")])
    assert head and (head.first, head.last) == (3, 3)
    assert head.fields == ("-", "head_name", "head_identity", "category", "amount", "start_month", "")
    assert head.unknown == ["包保干部"]


def test_a_merged_head_in_two_rows_is_read_together(tmp_path: Path) -> None:
    rows = [
        ["台账"],
        ["村", "户主信息", "", "家庭成员", "", "", "保障情况", "", ""],
        ["", "姓名", "身份证号", "姓名", "身份证号", "关系", "类别", "月保障金额", "起始月份"],
        ["站前社区", "王秀兰", number(1), "王小雨", number(2), "女儿", "A", 700, "2024-03"],
    ]
    merges = [(1, 1, 1, 2, "户主信息"), (1, 3, 1, 5, "家庭成员"), (1, 6, 1, 8, "保障情况"), (1, 0, 2, 0, "村")]
    data = book(("台账", rows), merges=merges)
    head = table.find_head(grids(data, tmp_path)[0].rows)
    assert head and (head.first, head.last) == (1, 2)
    assert head.fields == (
        "village", "head_name", "head_identity", "member_name", "member_identity", "relation", "category", "amount",
        "start_month",
    )  # fmt: skip
    assert head.texts[1] == "户主信息：姓名" and head.texts[0] == "村"
    ledger = read(data, tmp_path)
    assert [person.name for person in ledger.rows[0].people] == ["王秀兰", "王小雨"]


def test_a_sheet_without_a_table_has_no_head(tmp_path: Path) -> None:
    assert _head([["通知"], ["请各村于月底前报送"], ["王秀兰", "李四"]], tmp_path) is None
    assert _head([[]], tmp_path) is None


def test_the_same_headings_are_known_again_whatever_their_looks(tmp_path: Path) -> None:
    first = _head([["户主姓名", "身份证号", "类别", "金额"]], tmp_path)
    second = _head([["户 主\n姓名", "身份证号", "类别", "金额（元）", "", "错误原因"]], tmp_path)
    other = _head([["户主姓名", "身份证号", "类别", "金额", "村"]], tmp_path)
    assert first and second and other
    assert table.signature(first) == table.signature(second)
    assert table.same_heads(first, first) and not table.same_heads(first, other)
