"""Reckoning as JSON and back, without loss."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields
from fractions import Fraction
from json.encoder import encode_basestring as quoted
from typing import Any

from yimen.law.reckoning.line import Line
from yimen.law.reckoning.ops import LineValue, tidy
from yimen.law.reckoning.result import Failure, Reckoning
from yimen.law.standards import Figure

FORM = "yimen-reckoning-1"
_TEXT_UNITS = frozenset({"text", ""})
_FIGURE = tuple(field.name for field in fields(Figure))
_WORDS = {True: "true", False: "false", None: "null"}
_HERE = '"figures":[]', '"lines":[]'


def to_json(reckoning: Reckoning) -> dict[str, object]:
    """Plain structure of a Reckoning; each parameter version stands once and lines name it by number."""
    figures = reckoning.figures
    places = {id(figure): place for place, figure in enumerate(figures)}
    return {
        **_head(reckoning),
        "figures": [_figure(figure) for figure in figures],
        "lines": [_line(line, figures, places) for line in reckoning.lines],
    }


def to_text(reckoning: Reckoning) -> str:
    """What ``text_of(to_json(reckoning))`` says, sign for sign, in a third of the time: for many at once."""
    figures = reckoning.figures
    places = {id(figure): place for place, figure in enumerate(figures)}
    head = text_of({**_head(reckoning), "figures": [], "lines": []})
    # Neither piece can stand within a text, where its quotation marks would be written otherwise.
    first, rest = head.split(_HERE[0])
    middle, last = rest.split(_HERE[1])
    some = ",".join(map(_figure_text, figures))
    lines = ",".join([_line_text(line, figures, places) for line in reckoning.lines])
    return f'{first}"figures":[{some}]{middle}"lines":[{lines}]{last}'


def text_of(plain: object) -> str:
    """Plain data as JSON, keys in order, without blanks."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _head(reckoning: Reckoning) -> dict[str, object]:
    """Everything but figures and lines."""
    return {
        "form": FORM,
        "programme": reckoning.programme,
        "on": reckoning.on.isoformat(),
        "areas": list(reckoning.areas),
        "urban": reckoning.urban,
        "result": reckoning.result,
        "proposal": reckoning.proposal,
        "eligible": reckoning.eligible,
        "amount_fen": reckoning.amount_fen,
        "members": list(reckoning.member_refs),
        "covered": list(reckoning.covered_refs),
        "income_fen": _number(reckoning.income_fen),
        "per_capita_fen": _number(reckoning.per_capita_fen),
        "standard_fen": _number(reckoning.standard_fen),
        "category": reckoning.category,
        "category_label": reckoning.category_label,
        "recertify_months": reckoning.recertify_months,
        "start_month": reckoning.start_month,
        "failures": [_plain(failure) for failure in reckoning.failures],
        "warnings": list(reckoning.warnings),
        "demo": reckoning.demo,
    }


def _number(value: Fraction) -> int | str:
    exact = tidy(value)
    return exact if isinstance(exact, int) else str(exact)


def _plain(failure: Failure) -> dict[str, str]:
    return {field.name: getattr(failure, field.name) for field in fields(failure)}


def _line(line: Line, figures: tuple[Figure, ...], places: dict[int, int]) -> dict[str, object]:
    """``places`` are those of the very objects; an equal figure that is another object is looked for."""
    value = str(line.value) if isinstance(line.value, Fraction) else line.value
    row: dict[str, object] = {"code": line.code, "name": line.name, "value": value, "unit": line.unit, "op": line.op}
    if line.formula:
        row["formula"] = line.formula
    if line.basis:
        row["basis"] = line.basis
    if line.note:
        row["note"] = line.note
    if line.imputed:
        row["imputed"] = True
    if line.declared is not None:
        row["declared"] = line.declared
    if line.figure is not None:
        place = places.get(id(line.figure))
        row["figure"] = figures.index(line.figure) if place is None else place
    if line.operands:
        row["operands"] = [_line(operand, figures, places) for operand in line.operands]
    return row


def _line_text(line: Line, figures: tuple[Figure, ...], places: dict[int, int]) -> str:
    """``_line`` as text, its keys in order."""
    text = f'{{"basis":{quoted(line.basis)},' if line.basis else "{"
    text += f'"code":{quoted(line.code)}'
    if line.declared is not None:
        text += f',"declared":{line.declared}'
    if line.figure is not None:
        place = places.get(id(line.figure))
        text += f',"figure":{figures.index(line.figure) if place is None else place}'
    if line.formula:
        text += f',"formula":{quoted(line.formula)}'
    if line.imputed:
        text += ',"imputed":true'
    text += f',"name":{quoted(line.name)}'
    if line.note:
        text += f',"note":{quoted(line.note)}'
    text += f',"op":{quoted(line.op)}'
    if line.operands:
        below = ",".join([_line_text(operand, figures, places) for operand in line.operands])
        text += f',"operands":[{below}]'
    return f'{text},"unit":{quoted(line.unit)},"value":{_value_text(line.value)}}}'


def _value_text(value: LineValue) -> str:
    if type(value) is int:
        return str(value)
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    return quoted(value if isinstance(value, str) else str(value))


_texts: dict[int, tuple[Figure, str]] = {}
_MOST = 1_000


def _figure_text(figure: Figure) -> str:
    """The same few figures stand in every Reckoning of a book: their text is kept with the very object."""
    kept = _texts.get(id(figure))
    if kept is None or kept[0] is not figure:
        if len(_texts) >= _MOST:
            _texts.clear()
        kept = _texts[id(figure)] = (figure, text_of(_figure(figure)))
    return kept[1]


def _figure(figure: Figure) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(figure, name) for name in _FIGURE}
    row["valid_from"] = figure.valid_from.isoformat() if figure.valid_from else None
    row["valid_to"] = figure.valid_to.isoformat() if figure.valid_to else None
    return row


def from_json(data: object) -> Reckoning:
    """The Reckoning in a plain structure. Raises ValueError when it is none."""
    if not isinstance(data, dict) or data.get("form") != FORM:
        raise ValueError("这不是核算单数据，请使用 to_json 或 yimen reckon --json 的输出。")
    try:
        return _reckoning(data)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"核算单数据不完整：{error}") from error


def _reckoning(data: dict[str, Any]) -> Reckoning:
    figures = [_read_figure(row) for row in data["figures"]]
    return Reckoning(
        programme=data["programme"],
        on=dt.date.fromisoformat(data["on"]),
        areas=tuple(data["areas"]),
        urban=data["urban"],
        lines=tuple(_read_line(row, figures) for row in data["lines"]),
        member_refs=tuple(data["members"]),
        covered_refs=tuple(data["covered"]),
        income_fen=Fraction(data["income_fen"]),
        per_capita_fen=Fraction(data["per_capita_fen"]),
        standard_fen=Fraction(data["standard_fen"]),
        eligible=data["eligible"],
        amount_fen=data["amount_fen"],
        category=data["category"],
        category_label=data["category_label"],
        recertify_months=data["recertify_months"],
        start_month=data["start_month"],
        failures=tuple(Failure(**row) for row in data["failures"]),
        warnings=tuple(data["warnings"]),
    )


def _read_line(row: dict[str, Any], figures: list[Figure]) -> Line:
    return Line(
        row["code"],
        row["name"],
        _read_value(row["value"], row["unit"]),
        row["unit"],
        row["op"],
        row.get("formula", ""),
        tuple(_read_line(operand, figures) for operand in row.get("operands", ())),
        row.get("basis", ""),
        figures[row["figure"]] if "figure" in row else None,
        row.get("note", ""),
        row.get("imputed", False),
        row.get("declared"),
    )


def _read_value(value: LineValue, unit: str) -> LineValue:
    if isinstance(value, str) and unit not in _TEXT_UNITS:
        return Fraction(value)
    return value


def _read_figure(row: dict[str, Any]) -> Figure:
    dates = {name: dt.date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
    return Figure(**{**row, **dates})
