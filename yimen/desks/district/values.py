"""Reading a figure as it is typed, and showing it for editing: by the key's unit, in words a person can correct."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import yaml

from yimen.law.money import BadAmount, parse_yuan, show_exact
from yimen.law.standards import BadFigure, Key, Value, exact
from yimen.law.standards.data import in_fen

WHOLE_UNITS = frozenset(
    {"working_day", "calendar_day", "month", "year", "person", "consecutive", "day_of_month", "failed_of_6"}
)
SHARE_UNITS = frozenset({"ratio", "ratio_of_local_standard", "ratio_of_own_benefit"})
ROWS_UNITS = frozenset({"list", "table", "record"})
_LAST_DAY, _LAST_TEST = 31, 6
_NAMES = re.compile(r'"(\w+)"\s*:')


class _Reader(yaml.SafeLoader):
    """YAML (and so JSON) in which decimals and dates stay text: no float comes near a figure."""


_Reader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith((":float", ":timestamp"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_value(key: Key, text: str) -> Value:
    """The value that was typed for a key, in the units of the books. Raises BadFigure with a Chinese sentence."""
    plain = text.strip()
    if not plain:
        raise BadFigure("请填写参数的值。")
    for units, read in _READERS:
        if key.unit in units:
            return read(key, plain)
    if key.unit.startswith("fen"):
        return _money(plain)
    return plain


def _money(text: str) -> int:
    try:
        return parse_yuan(text)
    except BadAmount as bad:
        raise BadFigure(str(bad)) from bad


def _whole(key: Key, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise BadFigure(f"“{text}”不是整数，请只填写数字，例如 20。")
    number = int(text)
    if key.unit == "day_of_month" and not 1 <= number <= _LAST_DAY:
        raise BadFigure("日期应在 1 日至 31 日之间。")
    if key.unit == "failed_of_6" and not 1 <= number <= _LAST_TEST:
        raise BadFigure("项数应在 1 至 6 之间。")
    return number


def _share(key: Key, text: str) -> str:
    number = exact(text, key.key)
    if number < 0:
        raise BadFigure("比例不能小于零，请写成小数或分数，例如 0.30 或 2/3。")
    return text


def _truth(key: Key, text: str) -> bool:
    if text not in ("是", "否"):
        raise BadFigure("请选择是或否。")
    return text == "是"


def _code(key: Key, text: str) -> str:
    known = dict(key.codes)
    if known and text not in known:
        raise BadFigure(f"“{text}”不在可选范围内，可选：{'、'.join(known.values())}。")
    return text


def _rows(key: Key, text: str) -> Value:
    if key.unit == "list" and not text.startswith(("[", "-")):
        return [line.strip() for line in text.splitlines() if line.strip()]
    found = _parsed(key, text)
    check = _CHECKS[key.unit]
    check(key, found)
    try:
        return in_fen(found, key.unit)[0]
    except (BadAmount, BadFigure) as bad:
        raise BadFigure(str(bad)) from bad


def _parsed(key: Key, text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Reader)  # noqa: S506  # a SafeLoader with fewer types
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "某处"
        sample = f"，例如 {key.form}" if key.form else ""
        raise BadFigure(f"内容在{where}写错了，读不出来。请用 YAML 或 JSON 的写法{sample}。") from None


def _check_list(key: Key, found: Any) -> None:
    if not isinstance(found, list) or not all(isinstance(item, str | int) for item in found):
        raise BadFigure("这里应是一个列表，每行一项。")


def _check_table(key: Key, found: Any) -> None:
    if not isinstance(found, list) or not found or not all(isinstance(row, dict) for row in found):
        raise BadFigure(f"这里应是一张表：每行一组“名称: 值”{_sample(key)}。")
    for number, row in enumerate(found, start=1):
        _check_names(key, row, f"第 {number} 行")
    codes = [row.get("code") for row in found if "code" in row]
    if len(set(codes)) != len(codes):
        raise BadFigure("表中有两行的 code 相同，请核对。")


def _check_record(key: Key, found: Any) -> None:
    if not isinstance(found, dict) or not found:
        raise BadFigure(f"这里应是一组“名称: 值”{_sample(key)}。")
    _check_names(key, found, "")


def _sample(key: Key) -> str:
    return f"，例如 {key.form}" if key.form else ""


def _check_names(key: Key, row: Mapping[str, Any], place: str) -> None:
    """Members that the example does not know are slips; a value in them would be passed over silently."""
    known = set(_NAMES.findall(key.form))
    strange = [str(name) for name in row if known and name not in known]
    if strange:
        raise BadFigure(f"{place}有不认识的项“{'、'.join(strange)}”，可用：{'、'.join(sorted(known))}。")
    if "code" in known and not row.get("code"):
        raise BadFigure(f"{place}缺少 code。")


_READERS: Sequence[tuple[frozenset[str], Callable[[Key, str], Value]]] = (
    (WHOLE_UNITS, _whole),
    (SHARE_UNITS, _share),
    (frozenset({"boolean"}), _truth),
    (frozenset({"code"}), _code),
    (ROWS_UNITS, _rows),
)
_CHECKS: dict[str, Callable[[Key, Any], None]] = {"list": _check_list, "table": _check_table, "record": _check_record}


# -- the other way -----------------------------------------------------------------------


def write_value(key: Key, value: Value) -> str:
    """A value as it would be typed: known values are shown for change, never asked anew."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and key.unit.startswith("fen"):
        return show_exact(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(str(item) for item in value)
    if isinstance(value, list | dict):
        return yaml.safe_dump(_in_yuan(value), allow_unicode=True, sort_keys=False, width=100)
    return str(value)


def _in_yuan(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_yuan(item) for item in value]
    if not isinstance(value, dict):
        return value
    return dict(_member_in_yuan(name, item) for name, item in value.items())


def _member_in_yuan(name: str, item: Any) -> tuple[str, Any]:
    if (name == "fen" or name.endswith("_fen")) and isinstance(item, int) and not isinstance(item, bool):
        whole = item % 100 == 0
        return f"{name.removesuffix('fen')}yuan", item // 100 if whole else f"{item // 100}.{item % 100:02d}"
    return name, _in_yuan(item)
