"""Reckoning as indented Chinese text, for a terminal, a file or a plain page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yimen.law.money import show
from yimen.law.reckoning.line import Line
from yimen.law.reckoning.result import Reckoning
from yimen.law.standards import place_name
from yimen.law.terms import Programme

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_INDENT = "  "


def to_text(reckoning: Reckoning) -> str:
    """The whole tree, one figure a line."""
    lines = [_title(reckoning), reckoning.proposal, *(f"注意：{warning}" for warning in reckoning.warnings)]
    for number, section in zip(_NUMERALS, reckoning.lines, strict=False):
        lines += ["", f"{number}、{section.name}{_tail(section)}"]
        for line in section.operands:
            lines += _indented(line, 1)
    return "\n".join(lines) + "\n"


def place_of(areas: Sequence[str]) -> str:
    """Name of the nearest area that has one."""
    return place_name(next((area for area in areas if place_name(area) != area), areas[0]))


def _title(reckoning: Reckoning) -> str:
    place = place_of(reckoning.areas)
    kind = "城市" if reckoning.urban else "农村"
    mark = "【示例】" if reckoning.demo else ""
    return f"{mark}{kind}{Programme(reckoning.programme).label}核算单（{place}，{reckoning.on}）"


def _indented(line: Line, depth: int) -> Iterator[str]:
    value = f"：{line.shown}" if line.value is not None else ""
    formula = f"＝{line.formula}" if line.formula else ""
    yield f"{_INDENT * depth}{line.name}{value}{formula}{_tail(line)}"
    for operand in line.operands:
        yield from _indented(operand, depth + 1)


def _tail(line: Line) -> str:
    parts = [
        "推算" if line.imputed else "",
        f"申报 {show(line.declared)}元" if line.declared is not None else "",
        line.note,
        f"参数：{line.figure.source}" if line.figure else "",
        f"依据：{line.basis}" if line.basis else "",
    ]
    found = "；".join(part for part in parts if part)
    return f"（{found}）" if found else ""
