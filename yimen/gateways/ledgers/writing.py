"""What goes out again: the template to fill, and the rows that were not taken with the reason beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.exports.writer import Head, Sheet, workbook
from yimen.base.offices import queries as offices
from yimen.casework.awards import ledger_queries as queries
from yimen.gateways.ledgers import door, table
from yimen.gateways.ledgers.forms import FORMS
from yimen.law.calendar import now
from yimen.law.ledger import LEDGER_NAMES, RECOGNISED
from yimen.law.terms import Programme

REASON = "错误原因"
LEDGER, ABOUT, EXAMPLE = "台账", "说明", "示例"


def template(township: str, categories: Sequence[str], kind: Programme = Programme.DIBAO) -> bytes:
    """The empty ledger of a township with its villages and words to choose from, and a sheet that explains."""
    form = FORMS[kind]
    names = [area.name for area in offices.villages(township)]
    lists = {0: names, **{at: list(words) for at, words in form.lists.items()}}
    if kind is Programme.DIBAO:
        lists[form.column("保障类别")] = list(categories)
    # A list in a cell may hold 255 signs; a township with more villages types the name.
    lists = {column: options for column, options in lists.items() if 0 < len(",".join(options)) <= 255}
    about = [*form.rules, *[(text, how) for text, _, how in form.columns]]
    heads = [Head(text, width=width) for text, width, _ in form.columns]
    return workbook(
        [
            Sheet(LEDGER_NAMES[kind] if kind in RECOGNISED else LEDGER, heads, (), lists=lists),
            Sheet(ABOUT, pairs=about),
            Sheet(EXAMPLE, heads, form.example),
        ],
        now(),
    )


def errors_file(run: Any) -> bytes:
    """The rows of a run's own file that were not taken, as they stood, each with its reason in a last column."""
    lines = list(queries.refused_lines(run))
    grids = {grid.name: grid for grid in door.sheets_of(run)}
    first = grids[run.sheets[0]] if run.sheets else next(iter(grids.values()))
    head = table.find_head(first.rows)
    texts = list(head.texts) if head else []
    kept = [column for column, text in enumerate(texts) if text and text != REASON]
    rows = [row for line in lines for row in _rows(line, grids, kept)]
    heads = [Head(texts[column]) for column in kept]
    return workbook([Sheet("错误行", [*heads, Head(REASON, width=60)], rows, wrap=True)], now())


def _rows(line: Any, grids: dict[str, table.Grid], kept: Sequence[int]) -> list[list[str]]:
    entry = line.entry
    grid = grids.get(entry["sheet"])
    reason = line.reason or "；".join(f"{column}：{sentence}" for column, sentence in line.problems)
    made = []
    for number in range(entry["first"], entry["last"] + 1):
        row = grid.rows[number - 1] if grid and number <= len(grid.rows) else []
        if table.is_blank(row):
            continue
        texts = [table.shown(row[column]) if column < len(row) else "" for column in kept]
        made.append([*[text.removesuffix(" 00:00:00") for text in texts], reason if not made else ""])
    return made
