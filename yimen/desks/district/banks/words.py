"""A layout as it is typed and shown: one column a line, ``户名，40，左，空格，文字``; and back into a layout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from yimen.law.payments.bank_layout import Column, Layout, Meaning
from yimen.law.payments.bank_terms import BankAnswerKind, BankField, FileKind, Side
from yimen.law.payments.terms import FailCause

_PARTS = re.compile(r"[，,\t]")
_FIELDS = {field.label: field for field in BankField}
_SIDES = {"左": Side.LEFT, "右": Side.RIGHT, "": Side.LEFT}
_CAUSES = {cause.label: cause for cause in FailCause}
_KINDS = {kind.label: kind for kind in BankAnswerKind}
ITEMS = {
    "城市低保": "dibao.urban",
    "农村低保": "dibao.rural",
    "城市特困": "tekun.urban",
    "农村特困": "tekun.rural",
}
_BLANK = "空格"


class BadWords(ValueError):
    """A line cannot be read; the message names it and says how it should be written."""


def columns(text: str) -> tuple[Column, ...]:
    """The columns that were typed. Raises BadWords."""
    return tuple(_column(number, parts) for number, parts in _lines(text))


def _lines(text: str) -> list[tuple[int, list[str]]]:
    rows = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    return [(number, [part.strip() for part in _PARTS.split(line.strip())]) for number, line in rows]


def _column(number: int, parts: list[str]) -> Column:
    name, width, side, fill, text = (parts + [""] * 5)[:5]
    if len(parts) > 5:
        raise BadWords(f"第 {number} 行有 {len(parts)} 项，最多 5 项：内容，宽度，左或右，填充，文字。")
    if name not in _FIELDS:
        raise BadWords(f"第 {number} 行的“{name[:20]}”不是可用的内容。可用：{'、'.join(_FIELDS)}。")
    if width and not (width.isascii() and width.isdigit()):
        raise BadWords(f"第 {number} 行的宽度“{width[:20]}”应是整数（字节数），不是定长文本的不用填。")
    if side not in _SIDES:
        raise BadWords(f"第 {number} 行的“{side[:20]}”应是左或右。")
    field = _FIELDS[name]
    fixed = field is BankField.FIXED
    chosen = " " if fill in ("", _BLANK) else fill
    return Column(field, "" if fixed else text, int(width or 0), _SIDES[side], chosen, text if fixed else "")


def shown(row: Sequence[Column], kind: FileKind) -> str:
    """Columns as they would be typed."""
    return "\n".join(_shown(column, kind) for column in row)


def _shown(column: Column, kind: FileKind) -> str:
    parts = [column.field.label, "", "", "", column.text or column.title]
    if kind is FileKind.FIXED:
        side = "右" if column.side is Side.RIGHT else "左"
        parts[1:4] = [str(column.width), side, _BLANK if column.fill == " " else column.fill]
    return "，".join(parts).rstrip("，")


def codes(text: str) -> dict[str, Meaning]:
    """What the bank's codes mean: ``11，发放不成功，账户已销户`` in each line. Raises BadWords."""
    found: dict[str, Meaning] = {}
    for number, parts in _lines(text):
        code, kind, cause = ([*parts, "", ""])[:3]
        if not code or len(code) > 20:
            raise BadWords(f"第 {number} 行没有代码（最多 20 个字符）。")
        if kind not in _KINDS:
            raise BadWords(f"第 {number} 行的“{kind[:20]}”应是：{'、'.join(_KINDS)}。")
        if cause and cause not in _CAUSES:
            raise BadWords(f"第 {number} 行的原因“{cause[:20]}”应是：{'、'.join(_CAUSES)}。")
        if code in found:
            raise BadWords(f"代码“{code}”写了两次。")
        found[code] = Meaning(_KINDS[kind], _CAUSES.get(cause))
    return found


def shown_codes(found: Mapping[str, Meaning]) -> str:
    """The codes as they would be typed."""
    return "\n".join(
        f"{code}，{meaning.kind.label}{f'，{meaning.cause.label}' if meaning.cause else ''}"
        for code, meaning in found.items()
    )


def items(text: str) -> dict[str, str]:
    """The bank's codes of what is paid for: ``城市低保，0101``. Raises BadWords."""
    found = {}
    for number, parts in _lines(text):
        name, code = ([*parts, ""])[:2]
        if name not in ITEMS or not code:
            raise BadWords(f"第 {number} 行应写成“城市低保，0101”的样子，可用：{'、'.join(ITEMS)}。")
        found[ITEMS[name]] = code
    return found


def shown_items(found: Mapping[str, str]) -> str:
    """The codes of items as they would be typed."""
    names = {key: name for name, key in ITEMS.items()}
    return "\n".join(f"{names[key]}，{code}" for key, code in found.items())


def about(layout: Layout) -> str:
    """A layout in a few words."""
    words = [layout.kind.label]
    if layout.kind is not FileKind.EXCEL:
        words += [layout.encoding.label, layout.newline.label]
    if layout.kind is FileKind.DELIMITED:
        words += [f"分隔符 {layout.separator}", layout.quoting.label]
    return "，".join([*words, f"金额以{layout.amounts.label}", *(["有列名行"] if layout.titles else [])])
