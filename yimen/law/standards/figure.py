"""One figure: a value, where and since when it holds, and the document that sets it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from yimen.law.money import show_exact
from yimen.law.standards.labels import key_of
from yimen.law.standards.places import place_name
from yimen.law.standards.words import MEMBERS, VALUES

Value: TypeAlias = "bool | int | str | list[Value] | dict[str, Value] | None"

CONFIDENCE_LABELS: dict[str, str] = {
    "primary": "文件原文",
    "released": "经双人复核发布",
    "given": "随文件给定",
    "demo": "示例（虚构）",
    "official page": "官方网页，未经确认",
    "secondary": "转载资料，未经确认",
}
_CONFIRMED = frozenset({"primary", "released", "given"})
_DEMO_AREAS = "99"


class BadFigure(ValueError):
    """A figure's value has not the form that its key asks for; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Figure:
    """A dated value of one key in one area. Money in it is whole fen.

    ``valid_from`` None means that nobody has completed the date of a source that prints
    only a year or nothing (``since_text`` keeps what it prints): such a figure is not in
    force on any day.
    """

    key: str
    value: Value
    unit: str
    area: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    document: str
    confidence: str
    note: str = ""
    since_text: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether it may decide: read in the document itself, released, given, or a demo in a demo area."""
        if self.confidence == "demo":
            return self.area.startswith(_DEMO_AREAS)
        return self.confidence in _CONFIRMED

    def in_force(self, on: dt.date) -> bool:
        """Whether the date lies in its period of validity."""
        if self.valid_from is None or on < self.valid_from:
            return False
        return self.valid_to is None or on <= self.valid_to

    def why_not(self, on: dt.date) -> str:
        """Why it may not decide on a date, in Chinese; empty when it may."""
        if self.valid_from is None:
            printed = f"只写明“{self.since_text}”" if self.since_text else "没有写明"
            return f"来源{printed}，起始日期须由人补全后才能使用"
        if on < self.valid_from:
            return f"自{self.valid_from}起才施行"
        if self.valid_to is not None and on > self.valid_to:
            return f"只到{self.valid_to}为止"
        return "" if self.confirmed else f"{CONFIDENCE_LABELS.get(self.confidence, '未经确认')}"

    @property
    def source(self) -> str:
        """Area, document and start in one phrase, for explanations."""
        since = f"，{self.valid_from}起" if self.valid_from else ""
        return f"{place_name(self.area)}，{self.document}{since}"

    def as_int(self) -> int:
        """A whole number: fen, days, months, persons. Raises BadFigure."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        raise self._bad("整数")

    def as_fraction(self) -> Fraction:
        """An exact number from an integer or a decimal string. Raises BadFigure."""
        return exact(self.value, self.key)

    def as_bool(self) -> bool:
        """Yes or no. Raises BadFigure."""
        if isinstance(self.value, bool):
            return self.value
        raise self._bad("是或否")

    def as_text(self) -> str:
        """A code or a text. Raises BadFigure."""
        if isinstance(self.value, str):
            return self.value
        raise self._bad("文字")

    def as_code(self) -> str:
        """One of the codes that the key allows. Raises BadFigure."""
        codes = dict(key_of(self.key).codes)
        if isinstance(self.value, str) and (not codes or self.value in codes):
            return self.value
        known = "、".join(f"{code}（{label}）" for code, label in codes.items())
        raise BadFigure(f"参数“{key_of(self.key).label}”（{self.source}）的值“{self.value}”不认识，可用：{known}。")

    def as_texts(self) -> tuple[str, ...]:
        """A list of texts. Raises BadFigure."""
        if isinstance(self.value, list) and all(isinstance(item, str) for item in self.value):
            return tuple(str(item) for item in self.value)
        raise self._bad("文字列表")

    def as_rows(self) -> tuple[dict[str, Value], ...]:
        """A table. Raises BadFigure."""
        if isinstance(self.value, list) and all(isinstance(row, dict) for row in self.value):
            return tuple(row for row in self.value if isinstance(row, dict))
        raise self._bad("表格")

    def as_record(self) -> dict[str, Value]:
        """Named values. Raises BadFigure."""
        if isinstance(self.value, dict):
            return self.value
        raise self._bad("带名称的一组值")

    def shown(self) -> str:
        """The value in Chinese for one line of an explanation or a page."""
        label = dict(key_of(self.key).codes).get(str(self.value))
        return label or shown_value(self.value, self.unit)

    def _bad(self, wanted: str) -> BadFigure:
        return BadFigure(f"参数“{self.key}”（{self.source}）的值应为{wanted}，请核对后重新设置。")


def exact(value: Value, key: str) -> Fraction:
    """An exact number from a figure's integer or decimal string. Raises BadFigure."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadFigure(f"参数“{key}”的值“{value}”应为数字。")
    try:
        return _fraction(value)
    except (ValueError, ZeroDivisionError):
        raise BadFigure(f"参数“{key}”的值“{value}”应为数字，例如 0.30。") from None


@lru_cache(maxsize=2048)
def _fraction(value: int | str) -> Fraction:
    return Fraction(value)


UNIT_LABELS: dict[str, str] = {
    "fen": "元",
    "fen/month": "元/月",
    "fen/year": "元/年",
    "working_day": "个工作日",
    "calendar_day": "天",
    "month": "个月",
    "year": "周岁",
    "person": "人",
    "consecutive": "次",
    "day_of_month": "日",
    "ratio_of_local_standard": "×当地低保标准",
    "ratio_of_own_benefit": "×本人保障金",
}


def shown_value(value: Value, unit: str) -> str:
    """A value with its unit in Chinese; money as yuan."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and unit.startswith("fen"):
        return f"{show_exact(value)}{UNIT_LABELS[unit]}"
    if isinstance(value, list):
        return "；".join(shown_value(item, "") for item in value)
    if isinstance(value, dict):
        # A row with a name is called by it; its stored word is for the program.
        named = str(value["label"]) if "label" in value else ""
        rest = [_shown_member(name, item) for name, item in value.items() if not (named and name in {"code", "label"})]
        return "，".join([named, *rest] if named else rest)
    if isinstance(value, str) and not unit:
        return VALUES.get(value, value)
    return "无" if value is None else f"{value}{UNIT_LABELS.get(unit, '')}"


def _shown_member(name: str, item: Value) -> str:
    if isinstance(item, int) and not isinstance(item, bool) and (name == "fen" or name.endswith("_fen")):
        short = name.removesuffix("fen").removesuffix("_")
        return f"{MEMBERS.get(short, short) or '金额'} {show_exact(item)}元"
    return f"{MEMBERS.get(name, name)} {shown_value(item, '')}"
