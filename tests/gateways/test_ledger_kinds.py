"""Of which assistance a ledger is, and customary ledgers of 特困, 边缘 and 刚性支出 as townships keep them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.gateways.ledger_files import PLACES, book, grids, number
from yimen.base.access.refusal import Refused
from yimen.gateways.ledgers import door, table
from yimen.gateways.ledgers.kinds import named, recognise
from yimen.gateways.ledgers.reading import Ledger, read_ledger
from yimen.law.terms import Programme

D, T, E, R = Programme.DIBAO, Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE
TEKUN_HEADS = [
    "序号", "村别", "所属村", "特困人员姓名", "身份证号码", "供养方式", "生活自理能力", "供养机构名称", "基本生活费（元）",
    "照料护理费（元）", "月供养金合计", "纳入供养时间", "一卡通账号", "备注",
]  # fmt: skip
HOME_HEADS = [
    "村（社区）",
    "户主姓名",
    "户主身份证号",
    "家庭成员",
    "家庭成员身份证号",
    "认定人数",
    "认定日期",
    "有效期",
]


def read(kind: Programme, folder: Path, title: str, heads: list[Any], *rows: list[Any]) -> Ledger:
    data = book(("台账", [[title], heads, *rows]))
    grid = grids(data, folder)[0]
    head = table.find_head(grid.rows)
    assert head is not None and recognise(title, head.fields) is kind
    return read_ledger([(grid, head, head.fields)], PLACES, known_area=False, programme=kind)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("青禾街道低保台账", {D}),
        ("最低生活保障边缘家庭花名册", {E}),
        ("低保边缘户", {E}),
        ("特困人员供养台账", {T}),
        ("五保户名册", {T}),
        ("支出型困难家庭台账", {R}),
        ("低保、特困汇总", {D, T}),
        ("青禾街道台账", set()),
    ],
)
def test_what_a_title_speaks_of(text: str, found: set[Programme]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    ("text", "fields", "kind"),
    [
        ("", ["head_name", "category", "amount"], D),
        ("", ["head_name", "support_form", "amount"], T),
        ("", ["head_name", "recognised_on"], None),
        ("低保台账", ["head_name", "support_form", "self_care"], None),
        ("边缘", ["head_name", "recognised_on"], E),
        ("边缘", ["head_name", "amount"], E),
        ("边缘、刚性支出", ["head_name", "recognised_on"], None),
        ("低保、特困汇总", ["head_name", "support_form"], T),
    ],
)
def test_title_and_headings_must_agree(text: str, fields: list[str], kind: Programme | None) -> None:
    assert recognise(text, fields) is kind


def test_a_customary_ledger_of_tekun(tmp_path: Path) -> None:
    one = [
        1,
        "",
        "站前社区",
        "王秀兰",
        number(1),
        "集中",
        "全护理",
        "敬老院",
        1040,
        720,
        1760,
        "2024年3月",
        "99" + "1" * 17,
        "",
    ]
    two = [2, "", "梧桐社区", "李大山", number(2), "分散供养", "半自理", "", 676, 360, "", "2021.7", "", "与弟同住"]
    three = [3, "", "河畔社区", "赵铁柱", number(3), "散居", "具备", "", "", "", 856, "2020-01", "", ""]
    ledger = read(T, tmp_path, "青禾街道特困人员救助供养台账", TEKUN_HEADS, one, two, three, ["合计", "", "", 3])
    assert [row.problems for row in ledger.rows] == [(), (), ()]
    told = [(row.support_form, row.self_care, row.institution, row.monthly_fen, row.basic_fen) for row in ledger.rows]
    assert told == [
        ("institutional", "lost", "敬老院", 176_000, 104_000),
        ("at_home", "partly_lost", "", 103_600, 67_600),
        ("at_home", "able", "", 85_600, None),
    ]
    assert all(len(row.people) == 1 and row.people[0].covered and row.programme is T for row in ledger.rows)
    assert [skipped.why for skipped in ledger.skipped] == ["合计行"]


def test_faults_of_a_tekun_row_are_named_with_what_to_write(tmp_path: Path) -> None:
    bad = [1, "", "站前社区", "王秀兰", number(1), "寄养", "二级", "", 676, 360, 1000, "2024-03", "", ""]
    nothing = [2, "", "站前社区", "李大山", number(2), "分散", "具备", "", 676, "", "", "2024-03", "", ""]
    first, second = read(T, tmp_path, "特困台账", TEKUN_HEADS, bad, nothing).rows
    said = "；".join(sentence for _, sentence in first.problems)
    assert "供养方式“寄养”不认识" in said and "自理能力“二级”不认识" in said and "合计写的是 1,000.00 元" in said
    assert [sentence for _, sentence in second.problems] == ["没有填写月保障金额（元），请补上。"]


def test_a_household_is_named_beside_the_person(tmp_path: Path) -> None:
    heads = [
        "村",
        "户主",
        "姓名",
        "身份证号",
        "与户主关系",
        "供养方式",
        "自理能力",
        "基本生活费",
        "照料护理费",
        "起始月份",
    ]
    row = ["站前社区", "赵大", "赵小", number(4), "兄弟", "分散", "具备", 676, 0, "2024-03"]
    found = read(T, tmp_path, "特困台账", heads, row).rows[0]
    assert (found.head_name, found.people[0].relation, found.care_fen, found.problems) == ("赵小", "self", 0, ())


def test_a_customary_ledger_of_recognised_families(tmp_path: Path) -> None:
    one = ["站前社区", "王秀兰", number(1), "李大山（配偶）", number(2), 2, "2026年3月1日", "2026-03-01至2027-02-28"]
    two = ["站前社区", "赵铁柱", number(3), "", "", 1, "2026-05-06", ""]
    edge = read(E, tmp_path, "低保边缘家庭台账", HOME_HEADS, one, two)
    assert [(row.recognised_on, row.valid_to, row.start_month, row.problems) for row in edge.rows] == [
        ("2026-03-01", "2027-02-28", "2026-03", ()),
        ("2026-05-06", "", "2026-05", ()),
    ]
    assert len(edge.rows[0].people) == 2 and edge.rows[0].monthly_fen == 0
    rigid = read(R, tmp_path, "刚性支出困难家庭台账", HOME_HEADS, one, two)
    assert [sentence for _, sentence in rigid.rows[1].problems] == ["没有填写有效期至，请补上。"]


def test_a_span_in_months_is_not_reckoned(tmp_path: Path) -> None:
    row = ["站前社区", "王秀兰", number(1), "", "", 1, "2026-03-01", "12个月"]
    assert "不是日期" in read(E, tmp_path, "低保边缘家庭台账", HOME_HEADS, row).rows[0].problems[0][1]


def test_the_sheets_of_the_kind_chosen_are_read(tmp_path: Path) -> None:
    row = ["站前社区", "王秀兰", number(1), "", "", 1, "2026-03-01", "2027-02-28"]
    data = book(("边缘", [HOME_HEADS, row]), ("刚性支出", [HOME_HEADS, row]))
    assert [choice.programme for choice in door.choices_in(data)] == [E, R]
    assert [choice.name for choice in door.choices_in(data, programme=str(R))] == ["刚性支出"]
    with pytest.raises(Refused, match="选的是特困供养台账，文件的标题或列名是低保边缘家庭台账"):
        door.choices_in(data, programme=str(T))
