"""Household files: what is read, and how each mistake is named."""

import datetime as dt
import json
from pathlib import Path

import pytest

from yimen.law.reckon_fields import HEAD, TABLES
from yimen.law.reckon_file import BadFile, assess, described_application, load, main_reckon, reckon
from yimen.law.reckon_more import MORE_HEAD, MORE_TABLES
from yimen.law.reckoning import Reckoning
from yimen.law.terms import (
    ExpenseKind,
    IncomeKind,
    Period,
    Programme,
    PropertyKind,
    Relation,
    Schooling,
    WorkCapacity,
)

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
GUIDE = Path(__file__).parents[2] / "docs" / "how" / "reckon-file.md"
SMALL = """
area: "990101"
date: 2026-11-22
urban: 城市
people:
  - {ref: p1, name: 王小兰, relation: 本人, birth_date: 1980-05-01}
"""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_reckons(path: Path) -> None:
    assert reckon(load(path)).recompute() >= 0
    assert json.loads(main_reckon(path.read_text("utf-8"), json_out=True))["form"] == "yimen-reckoning-1"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_weighed_against_every_programme(path: Path) -> None:
    request = load(path)
    found = assess(request)
    assert found.proposed
    assert {outcome.programme for outcome in found.outcomes} >= {Programme.TEKUN, Programme.DIBAO}
    data = json.loads(main_reckon(path.read_text("utf-8"), json_out=True, programme=None))
    assert (data["form"], data["proposal"]) == ("yimen-assessment-1", found.proposal)
    stored = [row["reckoning"] for row in data["outcomes"] if row["reckoning"]]
    assert [Reckoning.from_json(row) for row in stored] == [each.reckoning for each in found.outcomes if each.reckoning]
    again = described_application(request.application, area=request.area, on=request.on, urban=request.urban)
    assert load(json.dumps(again, ensure_ascii=False)).application == request.application


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("tekun", ["特困人员救助供养（赵守田）"]),
        ("edge", ["最低生活保障边缘家庭", "最低生活保障（何秀云，单独申请）"]),
        ("rigid", ["刚性支出困难家庭"]),
    ],
)
def test_each_programme_has_an_example(name: str, proposed: list[str]) -> None:
    path = next(path for path in EXAMPLES if path.stem == f"household-{name}")
    assert [outcome.title for outcome in assess(load(path)).proposed] == proposed
    assert "〔建议〕" in main_reckon(path.read_text("utf-8"), programme=None)


def test_one_programme_and_one_person_can_be_picked() -> None:
    path = next(path for path in EXAMPLES if path.stem == "household-edge")
    text = path.read_text("utf-8")
    assert main_reckon(text, programme=Programme.EDGE).startswith("【示例】城市最低生活保障边缘家庭核算单")
    refused = main_reckon(text, programme=Programme.TEKUN, person="p2")
    assert "建议不予确认。法定义务人孙建平（配偶）不属于无履行义务能力的情形。" in refused
    with pytest.raises(BadFile, match="文件里没有编号“p9”的人员，有：p1（孙建平）"):
        main_reckon(text, programme=Programme.TEKUN, person="p9")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("tekun: [{person: p9}]", r"tekun\[1\]\.person：“p9”不是本户人员"),
        ("tekun: [{person: p1, form: 家里}]", r"tekun\[1\]\.form：“家里”不认识，可用：集中供养（institutional）"),
        ("tekun: [{person: p1, disabilities: 肢体}]", r"disabilities：“肢体”应写成残疾类别和等级"),
        ("tekun: 是", r"tekun：应为列表"),
        ("abilities: [{obligor: o9}]", r"abilities\[1\]\.obligor：“o9”不在义务人清单中"),
        ("abilities: [{person: p1, disability_grade: 五级}]", r"disability_grade：“五级”应为一至四级"),
        ("abilities: [{person: p1, disability: 肢体}]", r"abilities\[1\]：残疾类别和等级（一至四级）应当同时填写"),
        ("abilities: [{person: p1}, {person: p1}]", r"abilities\[2\]：同一名义务人写了两行"),
        ("spent: [{kind: 旅游, amount: '1'}]", r"spent\[1\]\.kind：“旅游”不认识"),
        ("spent: [{kind: 医疗, amount: '1', period: 一次性}]", r"一次性的支出请写支出日期"),
        ("spent: [{kind: 医疗, amount: '1', paid_on: 2026-01-01, person: p9}]", r"“p9”不是本户人员"),
        ("standing: 低保户", r"standing：“低保户”不认识，可用：最低生活保障（dibao）"),
        ("applied_on: 2026-11-23", r"applied_on：申请日期2026-11-23晚于核算日期"),
    ],
)
def test_mistakes_in_what_the_other_programmes_ask(more: str, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        main_reckon(SMALL + more, programme=None)


def test_a_fact_that_is_not_established_stops_one_programme_with_its_place() -> None:
    with pytest.raises(BadFile, match=r"tekun\.obligors_known：还不能核算：王小兰的法定"):
        main_reckon(SMALL.replace("1980", "1950"), programme=Programme.TEKUN)
    assert "不能核算：王小兰的法定" in main_reckon(SMALL.replace("1980", "1950"), programme=None)


def test_every_example_of_the_guide_reckons() -> None:
    blocks = [block.split("```")[0] for block in GUIDE.read_text("utf-8").split("```yaml\n")[1:]]
    blocks += [block.split("```")[0] for block in GUIDE.read_text("utf-8").split("```json\n")[1:]]
    assert len(blocks) >= 3
    for block in blocks:
        assert "建议" in main_reckon(block)


def test_chinese_names_and_words_do_as_well_as_english_ones() -> None:
    chinese = '地区: "990101"\n日期: 2026-11-22\n城乡: 城市\n人员: [{编号: p1, 姓名: 王小兰, 关系: 本人, 出生日期: 1980-05-01}]'
    english = SMALL.replace("本人", "self").replace("城市", "urban")
    assert load(chinese).facts == load(english).facts == load(SMALL).facts
    assert load(SMALL).facts.applicant.relation is Relation.SELF


def test_json_and_yaml_say_the_same() -> None:
    data = {
        "area": "990101",
        "date": "2026-11-22",
        "urban": "城市",
        "people": [{"ref": "p1", "name": "王小兰", "relation": "本人", "birth_date": "1980-05-01"}],
        "incomes": [{"person": "p1", "kind": "other", "amount": 350.10}],
    }
    facts = load(json.dumps(data)).facts
    assert facts.incomes[0].amount_fen == 35010
    assert facts.people == load(SMALL).facts.people


def test_place_and_date_may_be_given_from_outside() -> None:
    request = load(SMALL, area="990101002", on=dt.date(2025, 6, 1))
    assert (request.area, request.on) == ("990101002", dt.date(2025, 6, 1))
    assert reckon(request).standard_fen == 69000


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("1980-05-01", "1980年5月"), r"people\[1\]\.birth_date：“1980年5月”不是日期"),
        (("本人", "自己"), r"people\[1\]\.relation：“自己”不认识，可用：本人（self）"),
        (("ref: p1, ", ""), r"people\[1\]\.ref：没有填写"),
        (("ref:", "id:"), r"people\[1\]\.id：不认识的字段"),
        (("urban: 城市", "urban: 郊区"), r"urban：“郊区”应写成 城市 或 农村"),
        (("urban: 城市", "town: 城市"), r"town：不认识的字段"),
        (('"990101"', "铁西"), r"area：“铁西”不是区划代码"),
        (("date: 2026-11-22", "date: 2026-11-22\ndate: 2026-11-23"), r"date：在第.*写了两次"),
        (("people:", "people: *all\nothers:"), r"不能使用引用"),
        (("urban: 城市", "urban 城市"), r"YAML 第4行第\d+列写法有误|YAML 第\d+行第\d+列写法有误"),
        (("people:\n  - ", "people:\n    "), r"people：应为列表"),
        (("本人", "配偶"), r"people：应当有且只有一名申请人"),
        (("1980-05-01", "2027-05-01"), r"people\.p1：王小兰的出生日期2027-05-01晚于核算日期"),
    ],
)
def test_each_mistake_is_named_with_its_place(change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        main_reckon(SMALL.replace(*change))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            "incomes: [{person: p1, kind: 其他收入, amount: '1.005'}]",
            r"incomes\[1\]\.amount：金额“1.005”的小数超过两位",
        ),
        ("incomes: [{person: p9, kind: 其他收入, amount: '1'}]", r"incomes\.1\.person：“p9”不是本户人员"),
        ("incomes: [{person: p1, kind: 其他收入, quantity: 三}]", r"quantity：“三”应为数字"),
        ("properties: [{kind: 轿车}]", r"properties\[1\]\.kind：“轿车”不认识"),
        ("edge_confirmed: 也许", r"edge_confirmed：“也许”应写成 是 或 否"),
        ("standards: [{key: benefit.floor}]", r"standards\[1\]：每项标准要写 key 和 value"),
        ("standards: [{key: benefit.floor, value: 1, price: 2}]", r"standards\[1\]\.price：不认识的字段"),
        ("standards: [{key: k, value: 1}]", r"standards\[1\]\.key：“k”不是参数名称"),
        ("standards: [{key: dibao.standard.urban, value: 1, unit: fen/month}]", r"standards\[1\]\.unit：.*以元为单位"),
        ("standards: [{key: dibao.standard.urban, value: '1.234'}]", r"standards\[1\]\.value：金额“1.234”"),
        ("standards: 726", r"standards：应为列表"),
        ("obligors: [{name: 甲, relation: 子女, supports: p1, birth_date: 1980-01-01, family_members: 0}]", "至少为1"),
    ],
)
def test_mistakes_in_the_rows(more: str, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        main_reckon(SMALL + more)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "文件应以"),
        ("- 1", "文件应以"),
        ('{"a": 1,}', "JSON 第1行"),
        ('{"area": "1", "area": "2"}', "写了两次"),
        ("x" * 1_000_001, "文件过大"),
    ],
)
def test_what_is_no_household_file(text: str, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        load(text)


def test_a_standard_without_unit_is_yuan() -> None:
    request = load(SMALL + "standards: [{key: dibao.standard.urban, value: 800}]")
    assert reckon(request).standard_fen == 80000


def test_unset_figures_stop_with_their_names() -> None:
    with pytest.raises(BadFile, match="“城市低保标准”在2026-11-22未设置"):
        main_reckon(SMALL.replace("990101", "220302"))


def test_the_guide_names_every_field_and_word() -> None:
    text = GUIDE.read_text("utf-8")
    fields = [field for _, rows, _ in (*TABLES.values(), *MORE_TABLES.values()) for field in rows]
    assert [
        field.name for field in (*HEAD, *MORE_HEAD, *fields) if f"| `{field.name}` | {field.chinese} |" not in text
    ] == []
    for kind in (Relation, IncomeKind, Period, PropertyKind, WorkCapacity, Schooling, ExpenseKind):
        assert all(word.label in text for word in kind)
