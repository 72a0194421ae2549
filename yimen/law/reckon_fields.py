"""The fields of a household file: names (English and Chinese), how each is read, where it goes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias, cast

from yimen.law.money import BadAmount, parse_yuan, show
from yimen.law.reckoning.line import plain
from yimen.law.rules import (
    ExpenseFact,
    HouseholdFacts,
    IncomeFact,
    Method,
    ObligorFact,
    PersonFacts,
    PropertyFact,
)
from yimen.law.terms import (
    DisabilityKind,
    IncomeKind,
    Period,
    PropertyKind,
    Relation,
    Sex,
    Term,
    WorkCapacity,
)

Tables: TypeAlias = "Mapping[str, tuple[str, tuple[Field, ...], Callable[..., object]]]"
Raw: TypeAlias = "bool | str | list[Raw] | dict[str, Raw] | None"


class BadFile(ValueError):
    """A household file that cannot be read; ``path`` names the field, ``sentence`` says what to do."""

    def __init__(self, path: str, sentence: str) -> None:
        self.path = path
        self.sentence = sentence
        super().__init__(f"{path}：{sentence}" if path else sentence)


@dataclasses.dataclass(frozen=True)
class Field:
    """One field: ``read`` turns the text in the file into a value or raises ValueError with a sentence."""

    name: str
    chinese: str
    read: Callable[[Raw], object]
    target: str = ""
    required: bool = False

    @property
    def goes_to(self) -> str:
        """Name of the fact's field."""
        return self.target or self.name


def text(raw: Raw) -> str:
    """A text. Raises ValueError."""
    if not isinstance(raw, str):
        raise ValueError("应为一行文字。")
    return raw.strip()


def money(raw: Raw) -> int:
    """Fen of an amount in yuan. Raises BadAmount."""
    return parse_yuan(text(raw))


def day(raw: Raw) -> dt.date:
    """A date. Raises ValueError."""
    try:
        return dt.date.fromisoformat(text(raw))
    except ValueError:
        raise ValueError(f"“{raw}”不是日期，应写成 1958-03-02。") from None


def yes(raw: Raw) -> bool:
    """Yes or no in the usual spellings. Raises ValueError."""
    if isinstance(raw, bool):
        return raw
    found = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}.get(text(raw).lower())
    if found is None:
        raise ValueError(f"“{raw}”应写成 是 或 否。")
    return found


def whole(raw: Raw) -> int:
    """A whole number. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{1,6}", text(raw)):
        raise ValueError(f"“{raw}”应为整数。")
    return int(text(raw))


def number(raw: Raw) -> Fraction:
    """An exact decimal. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", text(raw)):
        raise ValueError(f"“{raw}”应为数字，例如 3.5。")
    return Fraction(text(raw))


def place(raw: Raw) -> bool:
    """Urban (True) or rural. Raises ValueError."""
    found = {"城市": True, "urban": True, "农村": False, "rural": False}.get(text(raw).lower())
    if found is None:
        raise ValueError(f"“{raw}”应写成 城市 或 农村。")
    return found


def term(kind: type[Term]) -> Callable[[Raw], Term]:
    """A reader of a field's word: its stored word or its Chinese label."""

    def read(raw: Raw) -> Term:
        wanted = text(raw)
        for member in kind:
            if wanted in {member.value, member.label}:
                return member
        known = "、".join(f"{member.label}（{member.value}）" for member in kind)
        raise ValueError(f"“{wanted}”不认识，可用：{known}。")

    return read


PERSON = (
    Field("ref", "编号", text, required=True),
    Field("name", "姓名", text, required=True),
    Field("relation", "关系", term(Relation), required=True),
    Field("birth_date", "出生日期", day, required=True),
    Field("sex", "性别", term(Sex)),
    Field("spouse_of", "是谁的配偶", text),
    Field("child_of", "是谁的子女", text),
    Field("legal_duty", "有法定义务", yes),
    Field("long_coresident", "长期共同居住", yes),
    Field("full_time_student", "在校全日制", yes),
    Field("dependent_adult", "成年不能独立生活", yes),
    Field("status", "不计入情形", text),
    Field("status_years", "情形年数", whole),
    Field("disability", "残疾类别", term(DisabilityKind)),
    Field("disability_grade", "残疾等级", whole),
    Field("serious_illness", "重特大疾病", yes),
    Field("work_capacity", "劳动能力", term(WorkCapacity)),
    Field("employed", "已就业", yes),
    Field("other_programme", "已享受的其他救助", text),
    Field("not_covered_ground", "不计入保障人口情形", text),
)
INCOME = (
    Field("ref", "编号", text),
    Field("person", "人员", text, required=True),
    Field("kind", "类别", term(IncomeKind), required=True),
    Field("amount", "金额", money, "amount_fen"),
    Field("period", "周期", term(Period)),
    Field("item", "项目", text),
    Field("label", "名称", text),
    Field("method", "方式", term(Method)),
    Field("costs", "成本", money, "costs_fen"),
    Field("quantity", "数量", number),
    Field("rate", "取值", money, "rate_fen"),
    Field("irregular", "不固定", yes),
    Field("declared", "申报金额", money, "declared_fen"),
    Field("source", "来源", text),
)
EXPENSE = (
    Field("ref", "编号", text),
    Field("person", "人员", text, required=True),
    Field("kind", "类别", text, required=True),
    Field("amount", "金额", money, "amount_fen", required=True),
    Field("period", "周期", term(Period)),
    Field("label", "名称", text),
    Field("source", "来源", text),
)
PROPERTY = (
    Field("ref", "编号", text),
    Field("kind", "类别", term(PropertyKind), required=True),
    Field("value", "价值", money, "value_fen"),
    Field("owner", "所有人", text),
    Field("label", "名称", text),
    Field("use", "用途", text),
    Field("exemption", "豁免情形", text),
    Field("declared", "申报价值", money, "declared_fen"),
    Field("source", "来源", text),
)
OBLIGOR = (
    Field("ref", "编号", text),
    Field("name", "姓名", text, required=True),
    Field("relation", "关系", term(Relation), required=True),
    Field("supports", "被赡养人", text, required=True),
    Field("birth_date", "出生日期", day, required=True),
    Field("family_members", "家庭人口", whole),
    Field("family_income", "家庭月收入", money, "family_income_fen"),
    Field("supported_count", "被赡养人数", whole),
    Field("children_count", "子女数", whole),
    Field("assisted", "本人享受救助", yes),
    Field("actual", "实际给付", money, "actual_fen"),
    Field("court", "判决确定", money, "court_fen"),
    Field("note", "备注", text),
)
HEAD = (
    Field("area", "地区", text),
    Field("date", "日期", day, required=True),
    Field("urban", "城乡", place, required=True),
    Field("single_ground", "单独申请情形", text),
    Field("single_reason", "单独申请理由", text),
    Field("edge_confirmed", "已认定边缘家庭", yes),
)
TABLES: Tables = {
    "people": ("人员", PERSON, PersonFacts),
    "incomes": ("收入", INCOME, IncomeFact),
    "expenses": ("刚性支出", EXPENSE, ExpenseFact),
    "properties": ("财产", PROPERTY, PropertyFact),
    "obligors": ("义务人", OBLIGOR, ObligorFact),
}
STANDARDS = ("standards", "标准")


def read_row(
    fields: tuple[Field, ...], raw: Raw, path: str, others: Mapping[str, str] | None = None
) -> dict[str, object]:
    """The values of one row by the facts' field names. Raises BadFile with the path of the bad field.

    ``others`` are further names (and their Chinese twins) that may stand in the row.
    """
    if not isinstance(raw, dict):
        raise BadFile(path, "应为“名称: 值”的一组，请参照说明中的例子。")
    known = {name: field for field in fields for name in (field.name, field.chinese)}
    for name in raw:
        if name not in known and name not in (others or {}) and name not in (others or {}).values():
            raise BadFile(f"{path}.{name}".lstrip("."), f"不认识的字段，可用：{_names(fields)}。")
    found: dict[str, object] = {}
    for name, value in raw.items():
        if name in known and value not in (None, ""):
            found[known[name].goes_to] = _read(known[name], value, f"{path}.{name}".lstrip("."))
    for field in fields:
        if field.required and field.goes_to not in found:
            raise BadFile(f"{path}.{field.name}".lstrip("."), f"没有填写（{field.chinese}）。")
    return found


def _read(field: Field, raw: Raw, path: str) -> object:
    try:
        return field.read(raw)
    except (BadAmount, ValueError) as error:
        raise BadFile(path, str(error)) from error


def _names(fields: tuple[Field, ...]) -> str:
    return "、".join(f"{field.name}（{field.chinese}）" for field in fields)


def row_of(fields: tuple[Field, ...], fact: object) -> dict[str, object]:
    """A fact as a row of the file; what equals the default stays away."""
    defaults = {field.name: field.default for field in dataclasses.fields(cast("Any", fact))}
    values = {field: getattr(fact, field.goes_to) for field in fields}
    return {
        field.name: _written(field, value)
        for field, value in values.items()
        if field.required or value != defaults[field.goes_to]
    }


def _written(field: Field, value: object) -> object:
    if field.read is money:
        return show(cast("int", value)).replace(",", "")
    if isinstance(value, Term):
        return str(value.value)
    if isinstance(value, Fraction):
        return plain(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def household(raw: Mapping[str, Raw], more: Mapping[str, str] | None = None) -> HouseholdFacts:
    """The household of a whole file; ``more`` are further names that may stand beside it. Raises BadFile."""
    names = {name: chinese for name, (chinese, _, _) in TABLES.items()} | dict([STANDARDS]) | dict(more or {})
    head = read_row(HEAD, dict(raw), "", names)
    rows = {name: tuple(table(raw, name, TABLES)) for name in TABLES}
    for name in ("area", "date", "urban"):
        head.pop(name, None)
    facts: Callable[..., HouseholdFacts] = HouseholdFacts
    return facts(**rows, **head)


def table(raw: Mapping[str, Raw], name: str, tables: Tables) -> list[object]:
    """The rows of one table of a file as facts; rows that have a number get one. Raises BadFile."""
    chinese, fields, build = tables[name]
    listed = raw.get(name, raw.get(chinese))
    if listed in (None, ""):
        return []
    if not isinstance(listed, list):
        raise BadFile(name, "应为列表，每行以“- ”开头。")
    return [_built(fields, build, row, f"{name}[{index}]", index) for index, row in enumerate(listed, 1)]


def _built(fields: tuple[Field, ...], build: Callable[..., object], raw: Raw, path: str, index: int) -> object:
    values = read_row(fields, raw, path)
    if any(field.name == "ref" for field in fields):
        values.setdefault("ref", str(index))
    return build(**values)
