"""Lays a paper out: form and data in, the blocks that ``page/paper.typ`` draws out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from yimen.base.papers import closing, library, looks, pageqr, writing
from yimen.base.papers.pageqr import PageMark
from yimen.base.papers.shapes import Field, Form, Heading
from yimen.base.papers.writing import Run

Block = dict[str, Any]

_ALIGN = {"money": "right", "count": "center", "serial": "center", "name": "center", "date": "center",
          "month": "center", "yes": "center", "id": "center"}  # fmt: skip
# What is never broken over two lines of a cell.
_UNBROKEN = ("date", "month", "money")
_SERVED = ("直接送达", "留置送达", "邮寄送达", "委托送达", "公告送达")


def lay_out(form: Form, data: Mapping[str, Any], heading: Heading, *, pages: int = 6) -> dict[str, Any]:
    """The document for the typesetter, with codes for its first ``pages`` pages."""
    page = _Page(form, data, heading)
    office = heading.office_name
    return {
        "title": page.title(),
        "number": heading.number,
        "office": office,
        "office-size": looks.office_size(office),
        "demo": heading.demo,
        "foot": _foot(form, heading),
        "basis": _basis(form),
        "qrs": _codes(form, data, heading, pages),
        "one-code": bool(form.qr_key),
        "look": {**looks.LOOKS[form.style], "red": form.red_head},
        "blocks": closing.kept_together([block for part in form.body for block in page.blocks(part)]),
    }


def title(form: Form, data: Mapping[str, Any], heading: Heading) -> str:
    """The title as it stands on the page."""
    return _Page(form, data, heading).title()


def _foot(form: Form, heading: Heading) -> list[str]:
    """Left side of the page's foot: number, date, short digest of the data."""
    if heading.blank:
        return ["空白表，供现场填写"]
    issued = f"制发日期 {writing.day(heading.issued_on)}" if heading.issued_on else ""
    short = heading.digest.removeprefix("sha256:")[:12]
    seal = f"校验码 {short[:4]}-{short[4:8]}-{short[8:]}" if short else ""
    return [part for part in (heading.number, issued, seal) if part]


def _basis(form: Form) -> str:
    """Under the foot of the first page: edition of the form and, but on a slip, what it rests on."""
    edition = f"表式 {form.number}-{form.version}"
    return edition if form.style == "slip" else f"{edition}　依据：{form.basis}"


def _codes(form: Form, data: Mapping[str, Any], heading: Heading, pages: int) -> list[str]:
    """One code a page; a slip for the applicant carries the link of its progress page instead."""
    if form.qr_key and data.get(form.qr_key):
        return [pageqr.svg(str(data[form.qr_key]), link=True)]
    mark = PageMark(heading.ref, 1, form.number if heading.blank else 0)
    if not heading.ref and not heading.blank:
        return []
    return [pageqr.svg(pageqr.write(replace(mark, page=page))) for page in range(1, pages + 1)]


class _Page:
    """One paper being laid out."""

    def __init__(self, form: Form, data: Mapping[str, Any], heading: Heading) -> None:
        self.form, self.data, self.heading = form, data, heading
        self.look = looks.LOOKS[form.style]

    def title(self) -> str:
        if not self.form.title_template:
            return self.form.title
        return "".join(run for run in self.sentence(self.form.title_template) if isinstance(run, str))

    def blocks(self, part: Mapping[str, Any]) -> list[Block]:
        """The blocks that one entry of the form's body becomes."""
        if self._left_out(part):
            return []
        kind = next(name for name in library.BLOCKS if name in part)
        made = getattr(self, f"_{kind}")(part)
        return made if isinstance(made, list) else [made]

    def _left_out(self, part: Mapping[str, Any]) -> bool:
        if part.get("made") and self.heading.blank:  # worked out by the program, never by hand
            return True
        if "when" in part and not self.heading.blank and writing.empty(self.data.get(part["when"])):
            return True
        return "unless" in part and not writing.empty(self.data.get(part["unless"]))

    def field(self, key: str) -> Field:
        found = self.form.field(key)
        if found is None:
            raise KeyError(key)
        return found

    # -- sentences ---------------------------------------------------------------------------------

    def sentence(self, template: str) -> list[Run]:
        """A template with its placeholders written out; it holds names of fields and nothing to evaluate."""
        runs: list[Run] = []
        for before, key, how in library.placeholders(template):
            if before:
                runs.append(before)
            if key:
                runs += self._placeholder(key, how)
        return runs

    def _placeholder(self, key: str, how: str) -> list[Run]:
        if key in library.META and self.form.field(key) is None:
            value = getattr(self.heading, key)
            kind = "date" if key == "issued_on" else "name"
            return writing.in_sentence(Field(key, key, kind), value)
        return writing.in_sentence(self.field(key), self.data.get(key), how)

    def _text(self, part: Mapping[str, Any]) -> Block:
        return {"block": "text", "style": part.get("style", "indent"), "runs": self.sentence(part["text"])}

    def _heading(self, part: Mapping[str, Any]) -> Block:
        return {"block": "heading", "runs": self.sentence(part["heading"])}

    def _list(self, part: Mapping[str, Any]) -> list[Block]:
        lines: list[str] = self.data.get(part["list"]) or [""] * part.get("blank", 3)
        style = part.get("style", "indent")
        numbered = part.get("numbered", True) and len(lines) > 1
        return [
            {"block": "text", "style": style, "runs": [f"{at}．" if numbered else "", line or {"blank": 24}]}
            for at, line in enumerate(lines, start=1)
        ]

    # -- boxes -------------------------------------------------------------------------------------

    def _grid(self, part: Mapping[str, Any]) -> Block:
        rows = [looks.row_of(row) for row in part["rows"]]
        long = any(len(self.field(key).label) > 6 for row in rows for key, wide in row if wide >= 12)
        drawn = [self._grid_row(row, 5 if long else 4) for row in rows]
        return {"block": "grid", "title": part["grid"], "rows": drawn}

    def _grid_row(self, row: list[tuple[str, int]], wide_label: int) -> list[Block]:
        cells = []
        for key, wide in row:
            field = self.field(key)
            label = wide_label if wide >= 12 else 3
            cell = self._cell(field, self.data.get(key))
            cells.append({**cell, "label": field.label, "spans": [label, wide - label]})
        return cells

    def _cell(self, field: Field, value: Any) -> Block:
        if field.kind == "opinion":
            body, foot = writing.opinion(field, value)
            room = max(0, field.lines or 2) if not (value or {}).get("text") else 0.4
            return {"kind": "opinion", "runs": body, "foot": foot, "room": room, "align": "left"}
        runs = writing.in_cell(field, value)
        # Nobody writes into an empty cell of one line's height with a pen.
        lines = max(field.lines, 1 if self.heading.blank else 0) if not runs else 0
        return {"kind": "text", "runs": runs, "align": field.align or "left", "lines": lines}

    def _table(self, part: Mapping[str, Any]) -> Block:
        whole = self.field(part["table"])
        # A wide table may be drawn as two, each with some of the columns.
        shown = part["columns"].split() if "columns" in part else [column.key for column in whole.columns]
        field = replace(whole, columns=tuple(column for column in whole.columns if column.key in shown))
        rows = [self._row(field, row, at) for at, row in enumerate(self._rows(field), start=1)]
        columns = [{"label": self._head(column), "width": column.width} for column in field.columns]
        size = part.get("size") or (9 if len(columns) > 7 else self.look["small"])
        return {"block": "table", "title": part.get("title", field.label), "columns": columns, "rows": rows,
                "size": size}  # fmt: skip

    @staticmethod
    def _head(column: Field) -> str:
        unit = column.unit or ("元" if column.kind == "money" else "")
        return f"{column.label}（{unit}）" if unit and "（" not in column.label else column.label

    def _rows(self, field: Field) -> list[dict[str, Any]]:
        """The rows given; none at all is said in words, and not asked leaves lines to fill by hand."""
        rows: list[dict[str, Any]] | None = self.data.get(field.key)
        if rows:
            return rows + [{}] * (2 if self.heading.blank and not field.fixed else 0)
        if rows is None:
            return [{}] * (field.blank or 3)
        first = next(column for column in field.columns if column.kind != "serial")
        return [{first.key: "无"}]

    def _row(self, field: Field, row: Mapping[str, Any], number: int) -> list[Block]:
        by_hand = self.heading.blank and not field.fixed
        return [self._table_cell(column, row, number, by_hand) for column in field.columns]

    def _table_cell(self, column: Field, row: Mapping[str, Any], number: int, by_hand: bool) -> Block:
        value = number if column.kind == "serial" else row.get(column.key)
        short = "text" if value == "无" else column.kind
        bare = Field(column.key, column.label, short, align=column.align)
        nothing = column.none if row and not by_hand else ""
        text = nothing if writing.empty(value) else writing.plain(bare, value)
        written: Run = {"whole": text} if text and short in _UNBROKEN else text or "\u3000"
        return {"runs": [written], "align": column.align or _ALIGN.get(column.kind, "left"),
                "tall": max(column.lines, 1.9 if by_hand else 0)}  # fmt: skip

    # -- ends of papers ----------------------------------------------------------------------------

    def _sign(self, part: Mapping[str, Any]) -> Block:
        lines = [[f"{words}：", {"blank": part.get("room", 8)}, "　　年　　月　　日"] for words in part["sign"]]
        return {"block": "sign", "lines": lines, "columns": part.get("columns", 1)}

    def _seal(self, part: Mapping[str, Any]) -> Block:
        office = self.data.get(part.get("office", "")) or self.heading.office_name
        when = self.data.get(part.get("date", "")) or self.heading.issued_on
        return {"block": "seal", "office": [office or {"blank": 12}], "hint": part.get("hint", "（印章）"),
                "date": [writing.day(when) if when else "　　　　年　　月　　日"]}  # fmt: skip

    def _service(self, part: Mapping[str, Any]) -> Block:
        ways: list[Run] = [{"tick": False, "word": way} for way in _SERVED]
        date_line: list[Run] = ["　　　年　　月　　日　　时"]
        cells = [["送达方式", ways, "wide"], ["送达地点", [], "wide"], ["送达时间", date_line], ["送达人", ["　"]],
                 ["收件人签名", []], ["与受送达人关系", []], ["拒收或无法送达的情况", ["　"], "wide"]]  # fmt: skip
        return {"block": "service", "title": part["service"], "cells": cells}

    def _steps(self, part: Mapping[str, Any]) -> Block:
        rows: list[dict[str, Any]] = self.data.get(part["steps"]) or [{}] * 4
        columns = self.field(part["steps"]).columns
        return {"block": "steps", "rows": [[writing.in_sentence(column, row.get(column.key)) for column in columns]
                                           for row in rows]}  # fmt: skip

    @staticmethod
    def _page(_part: Mapping[str, Any]) -> Block:
        return {"block": "page"}
