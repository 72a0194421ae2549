"""A household described in one plain JSON or YAML file, reckoned (``yimen reckon FILE``).

The format is described in docs/how/reckon-file.md. Every value is read as text, so an
amount such as 350.10 never becomes a binary fraction on its way.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from yimen.law.reckon_fields import HEAD, STANDARDS, TABLES, BadFile, Raw, read_row, row_of
from yimen.law.reckon_more import MORE_NAMES, application, described_more
from yimen.law.reckoning import Reckoning
from yimen.law.reckoning.assessment import Assessment
from yimen.law.rules import (
    ApplicationFacts,
    BadFacts,
    HouseholdFacts,
    NotEstablished,
    assess_all,
    reckon_dibao,
    reckon_edge,
    reckon_rigid,
    reckon_tekun,
)
from yimen.law.standards import KEYS, BadFigure, Book, Figure, Unset, Value, chain, key_of, read_figure, shipped_book
from yimen.law.standards.places import COUNTRY
from yimen.law.terms import Programme

LONGEST = 1_000_000
_TEXT_MEMBERS = frozenset({"code", "label", "capacity", "category", "document", "note"})
_FIGURE_FIELDS = frozenset({"key", "value", "unit", "area", "valid_from", "valid_to", "document", "note"})

__all__ = ["BadFile", "Request", "assess", "described", "described_application", "load", "main_reckon", "reckon"]


@dataclass(frozen=True)
class Request:
    """What a file asks: an application, the place with its chain of areas, the date, urban or rural, the figures."""

    application: ApplicationFacts
    areas: tuple[str, ...]
    on: dt.date
    urban: bool
    book: Book

    @property
    def facts(self) -> HouseholdFacts:
        """The household."""
        return self.application.household

    @property
    def area(self) -> str:
        """The nearest area."""
        return self.areas[0]


def load(source: Path | str, *, area: str = "", on: dt.date | None = None, book: Book | None = None) -> Request:
    """Read a file (a path) or its text. ``area`` and ``on`` stand in for what the file says.

    The figures are ``book`` (the shipped ones by default) with the file's own
    ``standards`` before them. Raises BadFile.
    """
    raw = parse(source.read_text("utf-8-sig") if isinstance(source, Path) else source)
    if on is not None:
        raw = {**raw, "date": on.isoformat()}
    facts = application(raw)
    names = {name: chinese for name, (chinese, _, _) in TABLES.items()} | dict([STANDARDS]) | MORE_NAMES
    head = read_row(HEAD, raw, "", names)
    code, day = area or str(head.get("area", COUNTRY)), dt.date.fromisoformat(str(head["date"]))
    if not (code.isdecimal() and len(code) in {6, 9, 12}):
        raise BadFile("area", f"“{code}”不是区划代码，应为6位、9位或12位数字。")
    areas = chain(code)
    given = _given_figures(raw, areas[0], day)
    return Request(facts, areas, day, bool(head["urban"]), (book or shipped_book()).with_figures(given))


def described(facts: HouseholdFacts, *, area: str, on: dt.date, urban: bool) -> dict[str, object]:
    """A household in the file's form: as JSON it can be read by ``load`` and checked by anyone."""
    head: dict[str, object] = {"area": area, "date": on.isoformat(), "urban": "urban" if urban else "rural"}
    head |= row_of(tuple(field for field in HEAD if field.name not in head), facts)
    for name, (_, fields, _) in TABLES.items():
        rows = [row_of(fields, fact) for fact in getattr(facts, name)]
        head |= {name: rows} if rows else {}
    return head


def described_application(facts: ApplicationFacts, *, area: str, on: dt.date, urban: bool) -> dict[str, object]:
    """A whole application in the file's form, what the other programmes ask included."""
    return described(facts.household, area=area, on=on, urban=urban) | described_more(facts)


def reckon(request: Request, programme: Programme = Programme.DIBAO, person: str = "") -> Reckoning:
    """The Reckoning of a request for one programme; ``person`` is whom 特困 is weighed for (the applicant by default).

    Raises Missing, NotEstablished, BadFacts, BadFigure.
    """
    place = (request.book, request.areas, request.on, request.urban)
    if programme is Programme.TEKUN:
        return reckon_tekun(request.application, person or request.facts.applicant.ref, *place)
    if programme is Programme.EDGE:
        return reckon_edge(request.facts, *place)
    if programme is Programme.RIGID_EXPENDITURE:
        return reckon_rigid(request.application, *place)
    return reckon_dibao(request.facts, *place)


def assess(request: Request) -> Assessment:
    """Every programme side by side. Raises BadFacts."""
    return assess_all(request.application, request.book, request.areas, request.on, request.urban)


def main_reckon(
    text: str,
    json_out: bool = False,
    *,
    area: str = "",
    on: dt.date | None = None,
    programme: Programme | None = Programme.DIBAO,
    person: str = "",
) -> str:
    """The text or JSON that ``yimen reckon`` prints: one programme, or with None every one side by side.

    Raises BadFile with one Chinese sentence for anything that stops it: an unreadable
    field, contradicting facts, a figure unset, a fact not yet established.
    """
    try:
        request = load(text, area=area, on=on)
        found = assess(request) if programme is None else reckon(request, programme, _person(request, person))
    except BadFacts as error:
        raise BadFile(error.where, error.sentence) from error
    except Unset as error:
        raise BadFile("", error.sentence) from error
    except NotEstablished as error:
        raise BadFile(error.items[0][0], f"还不能核算：{error}") from error
    except BadFigure as error:
        raise BadFile("", str(error)) from error
    if json_out:
        return json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n"
    return found.to_text()


def _person(request: Request, person: str) -> str:
    known = {each.ref: each.name for each in request.facts.people}
    if person and person not in known:
        people = "、".join(f"{ref}（{name}）" for ref, name in known.items())
        raise BadFile("", f"文件里没有编号“{person}”的人员，有：{people}。")
    return person


# -- text to a plain structure -----------------------------------------------------------


def parse(text: str) -> dict[str, Raw]:
    """JSON or YAML as texts, lists and mappings. Raises BadFile."""
    if len(text) > LONGEST:
        raise BadFile("", "文件过大，一个文件只写一户。")
    raw = _json(text) if text.lstrip().startswith("{") else _yaml(text)
    if not isinstance(raw, dict):
        raise BadFile("", "文件应以“名称: 值”开头，请参照说明中的例子。")
    return raw


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        raise BadFile("", f"JSON 第{error.lineno}行第{error.colno}列写法有误，请检查逗号、引号和括号。") from error


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise BadFile(next(name for name in names if names.count(name) > 1), "同一处写了两次，请删去一处。")
    return found


def _yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - texts, lists and mappings only, built on BaseLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else ""
        raise BadFile("", f"YAML {where}写法有误，请检查缩进和冒号（冒号后要有空格）。") from error


class _PlainLoader(yaml.BaseLoader):
    """Scalars stay text; a name written twice and references to other parts are refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise BadFile(str(name), f"在第{node.start_mark.line + 1}行起的一组里写了两次，请删去一处。")
        return super().construct_mapping(node, deep)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise BadFile("", "文件中不能使用引用（*名称），请把内容写全。")
        return super().compose_node(parent, index)


# -- standards given in the file ---------------------------------------------------------


def _given_figures(raw: dict[str, Raw], area: str, on: dt.date) -> list[Figure]:
    rows = raw.get(STANDARDS[0], raw.get(STANDARDS[1])) or []
    if not isinstance(rows, list):
        raise BadFile(STANDARDS[0], "应为列表，每行以“- ”开头。")
    return [_given_figure(row, f"{STANDARDS[0]}[{index}]", area, on) for index, row in enumerate(rows, 1)]


def _given_figure(row: Raw, path: str, area: str, on: dt.date) -> Figure:
    if not isinstance(row, dict) or not row.get("key") or "value" not in row:
        raise BadFile(path, "每项标准要写 key 和 value。")
    strange = sorted(set(row) - _FIGURE_FIELDS)
    if strange:
        raise BadFile(f"{path}.{strange[0]}", f"不认识的字段，可用：{'、'.join(sorted(_FIGURE_FIELDS))}。")
    _check_key_and_unit(row, path)
    plain: dict[str, Value] = {name: str(value) for name, value in row.items() if name != "value"}
    defaults: dict[str, Value] = {
        "area": area,
        "valid_from": on.isoformat(),
        "document": "随文件给定",
        "unit": key_of(str(row["key"])).unit.replace("fen", "yuan"),
        "confidence": "given",
    }
    try:
        return read_figure({**defaults, **plain, "value": _value(row["value"])})
    except ValueError as error:
        raise BadFile(f"{path}.value", str(error)) from error


def _check_key_and_unit(row: dict[str, Raw], path: str) -> None:
    if row["key"] not in KEYS:
        raise BadFile(f"{path}.key", f"“{row['key']}”不是参数名称，请对照说明中的参数表。")
    if str(row.get("unit", "")).startswith("fen"):
        raise BadFile(f"{path}.unit", "文件中的金额以元为单位，请写成 yuan/month 或 yuan/year。")


def _value(raw: Raw, name: str = "") -> Value:
    """A figure's value from text: whole numbers and yes and no as such, everything else as written."""
    if isinstance(raw, list):
        return [_value(item) for item in raw]
    if isinstance(raw, dict):
        return {member: _value(item, member) for member, item in raw.items()}
    if not isinstance(raw, str) or name in _TEXT_MEMBERS:
        return raw
    if raw in {"true", "false"}:
        return raw == "true"
    return int(raw) if raw.isdecimal() and raw.isascii() else raw
