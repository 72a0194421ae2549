"""Reading a long workbook in the limited child: row by row, only the columns asked for, one line of JSON for each row.

Nothing is held but the library's own sheet. No Django, no network.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from yimen.base.files.readers import inspect_archive
from yimen.base.files.refusals import BadFile
from yimen.gateways.ledgers.cells import shown
from yimen.gateways.ledgers.parsing import LONG, cell_of
from yimen.gateways.ledgers.table import Head, is_blank, why_no_household

WANTED, MADE = "wanted.json", "rows.jsonl"
_KEPT, _LONGEST = 500, 300
_KINDS = 200


def rows(path: str) -> dict[str, Any]:
    """Write the rows below the head to ``rows.jsonl`` beside the file, as ``wanted.json`` beside it asks.

    That is ``{"sheet", "first", "last", "texts", "columns", "people", "count"}``: the head with its rows from 0, the
    columns to be handed on, those that name a person, and the one whose words are counted (-1 for none). Returns how many
    rows, which were left out and why, and the words counted.
    """
    place = Path(path)
    wanted = json.loads(place.with_name(WANTED).read_text("utf-8"))
    inspect_archive(path)
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(wanted["sheet"])
    if sheet.total_height > LONG:
        raise BadFile(f"工作表“{wanted['sheet']}”有 {sheet.total_height} 行，最多 {LONG} 行。请按乡街分成几份后上传。")
    with place.with_name(MADE).open("w", encoding="utf-8") as target:
        return _copy(sheet, wanted, target)


def _copy(sheet: Any, wanted: dict[str, Any], target: Any) -> dict[str, Any]:
    head = Head(wanted["first"], wanted["last"], tuple(wanted["texts"]), ())
    offset = sheet.start[1] if sheet.start else 0
    skipped: list[list[Any]] = []
    count = left = 0
    words: Counter[str] = Counter()
    lines = islice(enumerate(sheet.iter_rows(), 1), wanted["last"] + 1, None)
    for number, raw in lines:
        row = [""] * offset + [cell_of(cell) for cell in raw]
        if is_blank(row):
            continue
        if why := why_no_household(row, head, wanted["people"]):
            left += 1
            skipped += [[number, why]] if len(skipped) < _KEPT else []
            continue
        count += 1
        cells = [_short(row[column]) if column < len(row) else "" for column in wanted["columns"]]
        if wanted["count"] >= 0 and len(words) < _KINDS:
            words[shown(row[wanted["count"]]) if wanted["count"] < len(row) else ""] += 1
        target.write(json.dumps([number, cells], ensure_ascii=False))
        target.write("\n")
    return {"rows": count, "skipped": skipped, "left": left, "words": dict(words)}


def _short(cell: Any) -> Any:
    return cell[:_LONGEST] if isinstance(cell, str) else cell
