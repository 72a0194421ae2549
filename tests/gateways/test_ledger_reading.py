"""Households out of rows: both layouts, what is skipped, what Excel has cut, what does not fit together."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.gateways.ledger_files import HEADS, book, ledger, number, read, row
from yimen.casework.awards.ledgers.entries import LedgerRow
from yimen.law.identity import check_character

MEMBER_HEADS = ["户主姓名", "村", "姓名", "身份证号", "与户主关系", "保障人数", "类别", "金额", "起始月份"]


def said(found: LedgerRow) -> str:
    return "；".join(sentence for _, sentence in found.problems)


def one(folder: Path, *rows: Any, heads: Any = HEADS) -> LedgerRow:
    return read(ledger(*rows, heads=heads), folder).rows[0]


def first_with(folder: Path, **more: Any) -> LedgerRow:
    return one(folder, row(1, **more))


# -- one row a household -------------------------------------------------------------------


def test_a_plain_row_is_read_whole(tmp_path: Path) -> None:
    found = first_with(tmp_path)
    assert found.problems == () and found.remarks == ()
    assert (found.village, found.category, found.monthly_fen, found.start_month) == (
        "990101001001",
        "A",
        45000,
        "2024-03",
    )
    assert (found.people[0].identity, found.account, found.place) == (number(1), f"99{1:017d}", "第2行")


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2024-03", "2024-03"), ("2024年3月", "2024-03"), ("202403", "2024-03"), (202403, "2024-03"), ("2024.3", "2024-03"),
        ("2024/03", "2024-03"), ("２０２４年０３月", "2024-03"), ("2024-03-15", "2024-03"), ("20240315", "2024-03"),
        (dt.date(2024, 3, 1), "2024-03"), ("2024年3月15日", "2024-03"), ("2024 年 3 月", "2024-03"),
    ],
)  # fmt: skip
def test_months_in_several_notations(tmp_path: Path, written: Any, month: str) -> None:
    assert first_with(tmp_path, month=written).start_month == month


@pytest.mark.parametrize("written", ["", "去年", "2024-13", 45352, "24.3", "3月"])
def test_no_month(tmp_path: Path, written: Any) -> None:
    found = first_with(tmp_path, month=written)
    assert found.start_month == "" and "起始月份" in {column for column, _ in found.problems}


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        (450, 45000),
        (450.5, 45050),
        (0.1 + 0.2, 30),
        (1266.6700000000001, 126667),
        ("1,062.00", 106200),
        ("￥350元", 35000),
    ],
)
def test_amounts_are_taken_to_the_fen(tmp_path: Path, written: Any, fen: int) -> None:
    assert first_with(tmp_path, amount=written).monthly_fen == fen


@pytest.mark.parametrize(
    ("written", "sentence"),
    [("450.555", "小数超过两位"), (450.555, "小数超过两位"), (0, "金额是 0"), (-5, "负数"), ("四百", "不是金额"), ("", "没有填写"),
     (dt.date(2024, 3, 1), "写成了日期")],
)  # fmt: skip
def test_no_amount(tmp_path: Path, written: Any, sentence: str) -> None:
    assert sentence in said(first_with(tmp_path, amount=written))


# -- numbers -----------------------------------------------------------------------------


def test_numbers_of_eighteen_digits_stay_whole(tmp_path: Path) -> None:
    for written in (
        number(1),
        f" {number(1)} ",
        f"'{number(1)}",
        number(1).translate(str.maketrans("0123456789X", "０１２３４５６７８９ｘ")),
    ):
        assert first_with(tmp_path, identity=written).people[0].identity == number(1)


@pytest.mark.parametrize(
    "written", [990101196003150012, 9.90101196003150e17, "9.90101E+17", "990101196003150000", "9.90101196003E17"]
)
def test_numbers_that_excel_has_cut_are_refused(tmp_path: Path, written: Any) -> None:
    found = first_with(tmp_path, identity=written)
    assert "已被 Excel 截断" in said(found) and found.people[0].identity == ""


def ending_in_zeros() -> str:
    for day in range(1, 29):
        head = f"99010119600{3}{day:02d}000"
        if check_character(head) == "0":
            return head + "0"
    raise AssertionError


def test_a_true_number_that_ends_in_zeros_is_taken_unless_others_were_cut(tmp_path: Path) -> None:
    zeros = ending_in_zeros()
    assert said(read(ledger(row(1, identity=zeros), row(2)), tmp_path).rows[0]) == ""
    ledger_with_cut = read(ledger(row(1, identity=zeros), row(2, identity=990101196003150012)), tmp_path)
    assert "已被 Excel 截断" in said(ledger_with_cut.rows[0])


def test_old_numbers_are_converted_with_a_remark(tmp_path: Path) -> None:
    old = "990101600315001"
    for written in (old, int(old)):
        found = first_with(tmp_path, identity=written)
        assert found.people[0].identity == "99010119600315001" + check_character("99010119600315001")
        assert "由15位旧号码换算而来" in found.remarks[0] and found.problems == ()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "没有填写"), ("99010119600315001", "应为18位"), (number(1)[:17] + "0", "校验位不符"),
        ("9901**********0012", "打码"), ("无", "只能是数字"), ("990101196013150012", "不是有效的出生日期"),
    ],
)  # fmt: skip
def test_no_identity_number(tmp_path: Path, written: Any, sentence: str) -> None:
    assert sentence in said(first_with(tmp_path, identity=written))


def test_an_unknown_area_is_refused_outside_the_demo(tmp_path: Path) -> None:
    assert "不是现行行政区划代码" in said(read(ledger(row(1)), tmp_path, known_area=True).rows[0])


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("6217 0000 0000 0000 018", "6217000000000000018"),
        ("0012345678901", "0012345678901"),
        ("6217-0000-0000-0000", "6217000000000000"),
    ],
)
def test_accounts_stay_text_with_their_leading_zeros(tmp_path: Path, written: str, account: str) -> None:
    assert first_with(tmp_path, account=written).account == account


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (6217000000000000018, "数字格式"), (12345678901, "数字格式"), ("6.217E+18", "数字格式"),
        ("123", "12 至 22 位"), ("工行6217", "12 至 22 位"), ("***************0018", "打码"),
    ],
)  # fmt: skip
def test_no_account(tmp_path: Path, written: Any, sentence: str) -> None:
    assert sentence in said(first_with(tmp_path, account=written))


def test_an_account_that_ends_in_zeros_is_taken_unless_others_were_cut(tmp_path: Path) -> None:
    zeros = "6217000000000010000"
    found = read(ledger(row(1, account=zeros), row(2)), tmp_path).rows[0]
    assert found.account == zeros and "全是 0" in found.remarks[0] and found.problems == ()
    doubtful = read(ledger(row(1, account=zeros), row(2, account=6217000000000000018)), tmp_path).rows[0]
    assert "数字格式" in said(doubtful)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("买买提·艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("王 秀 兰", "王秀兰"),
        ("王　兰", "王兰"),
        ("𠮷田明", "𠮷田明"),
        ("王𬭩", "王𬭩"),
    ],
)
def test_names_keep_their_rare_characters(tmp_path: Path, written: str, name: str) -> None:
    assert first_with(tmp_path, name=written).people[0].name == name


@pytest.mark.parametrize(
    ("written", "sentence"), [("王秀兰3", "有数字"), ("", "没有填写"), ("=1+1", "有数字"), ("王\ue000", "自造字")]
)
def test_no_name(tmp_path: Path, written: Any, sentence: str) -> None:
    assert sentence in said(first_with(tmp_path, name=written))


def test_villages_are_found_by_name_and_never_chosen(tmp_path: Path) -> None:
    for written in (
        "站前社区",
        "站前社区居委会",
        "站前社区居民委员会",
        "青禾街道站前社区",
        " 站前 社区 ",
        "990101001001",
    ):
        assert first_with(tmp_path, village=written).village == "990101001001", written
    found = first_with(tmp_path, village="站前")
    assert found.village == "" and "相近的有站前社区" in said(found)
    assert "本乡街有站前社区、梧桐社区、河畔社区等" in said(first_with(tmp_path, village="XYZ"))


def test_where_no_column_tells_the_village_the_sheet_does(tmp_path: Path) -> None:
    heads, line = HEADS[1:], row(1)[1:]
    found = read(book(("站前社区", [heads, line]), ("某村", [heads, row(2)[1:]])), tmp_path).rows
    assert found[0].village == "990101001001" and found[0].place == "站前社区 第2行"
    assert "按工作表名称查找" in said(found[1])


# -- counts, members -----------------------------------------------------------------------


def test_more_covered_than_listed_is_never_filled_up(tmp_path: Path) -> None:
    assert "只列出 1 人。请补齐其余成员" in said(first_with(tmp_path, covered=3))
    assert "1 至 30" in said(first_with(tmp_path, covered="很多"))
    assert "按 1 人计" in first_with(tmp_path, covered="").remarks[0]


LISTED = [
    "村",
    "户主",
    "户主身份证号",
    "家庭成员",
    "成员身份证号",
    "保障人数",
    "不保障成员",
    "类别",
    "金额",
    "起始月份",
]


def listed(members: str, numbers: str, covered: int = 3, outside: str = "") -> list[Any]:
    return ["站前社区", "王秀兰", number(1), members, numbers, covered, outside, "A", 900, "2024-03"]


def test_members_in_one_cell_are_matched_in_order(tmp_path: Path) -> None:
    found = one(tmp_path, listed("李四（配偶）、王五（女儿）", f"{number(2)}、{number(3)}"), heads=LISTED)
    assert found.problems == ()
    assert [(each.name, each.identity, each.relation) for each in found.people] == [
        ("王秀兰", number(1), "self"), ("李四", number(2), "spouse"), ("王五", number(3), "child"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "members", ["李四,王五", "李四，王五", "李四；王五", "李四\n王五", "李四/王五", "李四 、 王五"]
)
def test_members_without_a_relation_are_noted_as_others(tmp_path: Path, members: str) -> None:
    found = one(tmp_path, listed(members, f"{number(2)} {number(3)}"), heads=LISTED)
    assert found.problems == () and [each.relation for each in found.people[1:]] == ["other", "other"]
    assert len(found.remarks) == 2


def test_numbers_beside_the_names_in_one_cell(tmp_path: Path) -> None:
    found = one(tmp_path, listed(f"李四 {number(2)}（妻子）；王五（{number(3)}，儿子，不保障）", "", 2), heads=LISTED)
    assert found.problems == ()
    assert [(each.name, each.covered) for each in found.people] == [("王秀兰", True), ("李四", True), ("王五", False)]


def test_names_and_numbers_that_do_not_pair_are_refused(tmp_path: Path) -> None:
    assert "成员有 2 人（李四、王五），身份证号有 1 个" in said(
        one(tmp_path, listed("李四、王五", number(2)), heads=LISTED)
    )
    assert "括号里的“某某”不认识" in said(one(tmp_path, listed("李四（某某）", number(2), 2), heads=LISTED))


def test_who_is_not_covered_is_named(tmp_path: Path) -> None:
    found = one(tmp_path, listed("李四（配偶）、王五（女儿）", f"{number(2)}、{number(3)}", 2, "王五"), heads=LISTED)
    assert [each.covered for each in found.people] == [True, True, False]
    assert "写明谁不保障" in said(one(tmp_path, listed("李四（配偶）", number(2), 1), heads=LISTED))
    assert "不在本户成员中" in said(one(tmp_path, listed("李四（配偶）", number(2), 1, "赵六"), heads=LISTED))


def test_members_in_numbered_columns(tmp_path: Path) -> None:
    heads = [*HEADS, "成员1姓名", "成员1身份证号", "成员1与户主关系", "成员2姓名", "成员2身份证号", "成员2与户主关系"]
    lines = [
        [*row(1, covered=3), "李四", number(2), "妻", "王五", number(3), "长子"],
        [*row(4), "", "", "", "", "", ""],
    ]
    found = read(ledger(*lines, heads=heads), tmp_path).rows
    assert [(each.name, each.relation) for each in found[0].people[1:]] == [("李四", "spouse"), ("王五", "child")]
    assert len(found[1].people) == 1 and found[1].problems == ()


# -- one row a member ------------------------------------------------------------------------


def members(style: str) -> list[list[Any]]:
    head = {"name": "王秀兰", "village": "站前社区", "rest": [2, "A", 900, "2024-03"]}
    again = {"blank": ["", ""], "repeated": ["王秀兰", "站前社区"]}[style]
    rest = {"blank": ["", "", "", ""], "repeated": head["rest"]}[style]
    return [
        [head["name"], head["village"], "王秀兰", number(1), "本人", *head["rest"]],
        [*again, "李四", number(2), "配偶", *rest],
        ["赵铁柱", "梧桐社区", "赵铁柱", number(3), "户主", 1, "B", 400, "2025-01"],
    ]


@pytest.mark.parametrize("style", ["blank", "repeated"])
def test_a_household_goes_on_where_the_head_is_blank_or_the_same(tmp_path: Path, style: str) -> None:
    found = read(ledger(*members(style), heads=MEMBER_HEADS), tmp_path).rows
    assert [[each.name for each in row.people] for row in found] == [["王秀兰", "李四"], ["赵铁柱"]]
    assert [row.problems for row in found] == [(), ()]
    assert [row.place for row in found] == ["第2–3行", "第4行"]
    repeated = "金额在 2 行各写一遍，按户金额 900.00 元计。"
    assert (repeated in found[0].remarks) == (style == "repeated")


def test_without_a_column_of_heads_the_relation_begins_a_household(tmp_path: Path) -> None:
    heads = MEMBER_HEADS[1:]
    found = read(ledger(*[line[1:] for line in members("blank")], heads=heads), tmp_path).rows
    assert [[each.name for each in row.people] for row in found] == [["王秀兰", "李四"], ["赵铁柱"]]
    lost = read(ledger(["站前社区", "李四", number(2), "", 1, "A", 400, "2024-03"], heads=heads), tmp_path).rows
    assert "不知属于哪一户" in said(lost[0])


def test_two_heads_of_one_name_are_two_households(tmp_path: Path) -> None:
    lines = [
        ["王秀兰", "站前社区", "王秀兰", number(1), "本人", 1, "A", 900, "2024-03"],
        ["王秀兰", "梧桐社区", "王秀兰", number(2), "本人", 1, "B", 400, "2024-05"],
    ]
    found = read(ledger(*lines, heads=MEMBER_HEADS), tmp_path).rows
    assert [row.people[0].identity for row in found] == [number(1), number(2)]


def test_a_household_told_in_two_ways_is_refused(tmp_path: Path) -> None:
    lines = members("repeated")
    lines[1][7] = 350
    assert "写得不一样（900.00、350.00）" in said(read(ledger(*lines, heads=MEMBER_HEADS), tmp_path).rows[0])


def test_sex_that_contradicts_the_number_is_refused(tmp_path: Path) -> None:
    found = read(ledger([*row(1), "女"], [*row(3), "男"], heads=[*HEADS, "性别"]), tmp_path).rows
    assert "与身份证号不符" in said(found[0]) and found[1].problems == ()


def test_a_row_of_another_township_is_refused(tmp_path: Path) -> None:
    found = read(ledger([*row(1), "望川街道"], [*row(2), "青禾街道"], heads=[*HEADS, "乡镇（街道）"]), tmp_path).rows
    assert "只能导入本乡街的家庭" in said(found[0]) and found[1].problems == ()


# -- what is no household ----------------------------------------------------------------------


def test_sums_repeated_heads_notes_and_blanks_are_left_out_and_listed(tmp_path: Path) -> None:
    lines = [
        row(1), [], ["小计", "", "", 1, "", 450], HEADS, row(2), ["", "合 计", "", 2, "", 900], ["填表人：张三", "", "审核人：李四"],
        ["说明：本表由各村（社区）填报，每月25日前报送街道民政办公室汇总，数据以系统为准。"],
    ]  # fmt: skip
    found = read(ledger(*lines), tmp_path)
    assert [row.place for row in found.rows] == ["第2行", "第6行"]
    assert [(row.row, row.why) for row in found.skipped] == [
        (4, "合计行"), (5, "重复的表头"), (7, "合计行"), (8, "说明或签字行"), (9, "说明或签字行"),
    ]  # fmt: skip


def test_a_row_with_a_person_is_never_left_out_in_silence(tmp_path: Path) -> None:
    found = read(ledger(row(1), ["备注村", "李四", "", 1, "A", 400, "2024-03", ""]), tmp_path)
    assert len(found.rows) == 2 and found.skipped == []
    assert "没有填写" in said(found.rows[1])
