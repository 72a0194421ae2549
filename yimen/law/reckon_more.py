"""The rows of a household file that the other programmes ask for: 特困, abilities of obligors, essential expenses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from yimen.law.reckon_fields import Field, Raw, Tables, day, household, money, read_row, row_of, table, term, text, yes
from yimen.law.rules.applied import AbilityFacts, ApplicationFacts, SpentFacts, TekunFacts
from yimen.law.terms import (
    ChildBenefit,
    DisabilityKind,
    ExpenseKind,
    ObligorSituation,
    Period,
    Programme,
    Schooling,
    SupportForm,
)

_GRADES = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def grade(raw: Raw) -> int:
    """A grade of disability. Raises ValueError."""
    found = _GRADES.get(text(raw).removesuffix("级"))
    if found is None:
        raise ValueError(f"“{raw}”应为一至四级。")
    return found


def disabilities(raw: Raw) -> tuple[tuple[DisabilityKind, int], ...]:
    """Kinds with their grades, ``肢体二级、视力一级`` or ``physical 2; visual 1``. Raises ValueError."""
    found = []
    for part in re.split(r"[、，,;；]", text(raw)):
        match = re.fullmatch(r"\s*(.+?)\s*([1-4一二三四])级?\s*", part)
        if match is None:
            raise ValueError(f"“{part}”应写成残疾类别和等级，例如 肢体二级、视力一级。")
        kind = term(DisabilityKind)(match[1])
        found.append((cast("DisabilityKind", kind), _GRADES[match[2]]))
    return tuple(found)


def programmes(raw: Raw) -> tuple[Programme, ...]:
    """One programme or a list of them. Raises ValueError."""
    listed = raw if isinstance(raw, list) else re.split(r"[、，,;；]", text(raw))
    return tuple(cast("Programme", term(Programme)(item.strip() if isinstance(item, str) else item)) for item in listed)


TEKUN = (
    Field("person", "人员", text, required=True),
    Field("obligors_known", "义务人已查明", yes),
    Field("no_labour_ground", "省定无劳动能力情形", text),
    Field("disabilities", "各类残疾", disabilities),
    Field("in_tekun", "已是特困人员", yes),
    Field("school", "就读学校", term(Schooling)),
    Field("child_benefit_fits", "符合儿童福利条件", yes),
    Field("child_benefit_choice", "选择的项目", term(ChildBenefit)),
    Field("contracted_land", "有承包土地", yes),
    Field("collective_income", "参加集体收益分配", yes),
    Field("relocated", "易地搬迁至城镇", yes),
    Field("eat", "能自主吃饭", yes),
    Field("dress", "能自主穿衣", yes),
    Field("bed", "能自主上下床", yes),
    Field("toilet", "能自主如厕", yes),
    Field("walk", "能室内自主行走", yes),
    Field("bathe", "能自主洗澡", yes),
    Field("assessed_by", "评估人", text),
    Field("assessed_on", "评估日期", day),
    Field("form", "供养形式", term(SupportForm)),
)
ABILITY = (
    Field("person", "家庭成员", text),
    Field("obligor", "户外义务人", text),
    Field("tekun", "是特困人员", yes),
    Field("dibao", "是低保对象", yes),
    Field("own_income", "本人月收入", money, "own_income_fen"),
    Field("property_fits", "财产符合低收入家庭规定", yes),
    Field("disability", "残疾类别", term(DisabilityKind)),
    Field("disability_grade", "残疾等级", grade),
    Field("situation", "特别情形", term(ObligorSituation)),
    Field("local_ground", "省定其他情形", text),
    Field("unestablished", "经调查不能查明", yes),
)
SPENT = (
    Field("ref", "编号", text),
    Field("kind", "类别", term(ExpenseKind), required=True),
    Field("amount", "金额", money, "amount_fen", required=True),
    Field("person", "人员", text),
    Field("paid_on", "支出日期", day),
    Field("period", "周期", term(Period)),
    Field("label", "名称", text),
    Field("reimbursed", "报销补助", money, "reimbursed_fen"),
    Field("public_fee", "公办收费标准", money, "public_fee_fen"),
    Field("schooling", "就读阶段", term(Schooling)),
    Field("designated", "定点医药机构", yes),
    Field("receipt", "票据", text),
    Field("recognised", "另行认定理由", text),
    Field("item", "项目", text),
)
MORE_HEAD = (
    Field("applied_on", "申请日期", day),
    Field("standing", "现享受项目", programmes),
    Field("total_income", "十二个月总收入", money, "total_income_fen"),
)
MORE_TABLES: Tables = {
    "tekun": ("特困", TEKUN, TekunFacts),
    "abilities": ("义务人能力", ABILITY, AbilityFacts),
    "spent": ("必需支出", SPENT, SpentFacts),
}
MORE_NAMES = {field.name: field.chinese for field in MORE_HEAD} | {
    name: chinese for name, (chinese, _, _) in MORE_TABLES.items()
}


def application(raw: Mapping[str, Raw]) -> ApplicationFacts:
    """The whole application of a file. Raises BadFile."""
    facts = household(raw, MORE_NAMES)
    head = read_row(MORE_HEAD, {name: raw[name] for name in raw if name in _heads()}, "")
    rows = {name: tuple(table(raw, name, MORE_TABLES)) for name in MORE_TABLES}
    build: Callable[..., ApplicationFacts] = ApplicationFacts
    return build(household=facts, **rows, **head)


def _heads() -> set[str]:
    return {name for field in MORE_HEAD for name in (field.name, field.chinese)}


def described_more(facts: ApplicationFacts) -> dict[str, object]:
    """What goes into the file beside the household: readable by ``application`` again."""
    head = row_of(MORE_HEAD, facts)
    if "standing" in head:
        head["standing"] = [programme.value for programme in facts.standing]
    for name, (_, fields, _) in MORE_TABLES.items():
        rows = [_plain(row_of(fields, fact)) for fact in cast("Sequence[object]", getattr(facts, name))]
        head |= {name: rows} if rows else {}
    return head


def _plain(row: dict[str, object]) -> dict[str, object]:
    listed = row.get("disabilities")
    if isinstance(listed, tuple):
        row["disabilities"] = "、".join(f"{kind.value}{level}" for kind, level in listed)
    if "disability_grade" in row:
        row["disability_grade"] = str(row["disability_grade"])
    return row
