"""Finding the table on a sheet: title rows above, heads in one or two rows, what is no household."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from yimen.gateways.ledgers.cells import shown
from yimen.gateways.ledgers.heads import NOT_TAKEN, field_of, plain, resolve

LOOKED_AT = 30
ENOUGH = 3
_LONGEST_HEAD = 60
_ERRORS = "错误原因"
Cells = list[Any]
_SUMS = re.compile(r"^(本页|本村|全村|全社区|全镇|全街|累计|以上)?(小计|合计|总计|共计|累计|合 *计|小 *计|总 *计)")
_NOTES = re.compile(
    r"^(填表|制表|填报|审核|审批|复核|负责|经办|单位|说明|备注|注|日期|联系|盖章|公章|签字|主管|分管|报表|统计|第.{1,4}页)"
)


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows from the first on, as far as they were read; ``height`` is how many there are."""

    name: str
    rows: list[Cells]
    height: int


@dataclass(frozen=True)
class Head:
    """The head of a table: ``first`` and ``last`` row from 0, the headings, and what each means as far as known."""

    first: int
    last: int
    texts: tuple[str, ...]
    fields: tuple[str, ...]

    @cached_property
    def signs(self) -> frozenset[str]:
        """Every part of the headings without looks, by which the head is known again further down."""
        return frozenset(plain(part) for text in self.texts for part in (text, *text.split("：")) if text)

    @property
    def unknown(self) -> list[str]:
        """Headings that say nothing to us."""
        return [text for text, field in zip(self.texts, self.fields, strict=True) if text and not field]


def grids(answer: dict[str, Any]) -> list[Grid]:
    """The sheets of what the child process has read."""
    return [Grid(sheet["name"], sheet["rows"], sheet["height"]) for sheet in answer["sheets"]]


@dataclass(frozen=True)
class Vocabulary:
    """How headings are understood: what one means under a group head, and what all of them mean together."""

    field_of: Callable[[str, str], str]
    resolve: Callable[[Sequence[str]], list[str]]


LEDGER = Vocabulary(field_of, resolve)
"""The customary wordings of townships' ledgers."""


def find_head(rows: Sequence[Cells], words: Vocabulary = LEDGER, enough: int = ENOUGH) -> Head | None:
    """The row, or the two rows, among the first thirty that name most columns; None where fewer than ``enough`` are known."""
    best, most = None, 0
    for height in (1, 2):
        for at in range(min(LOOKED_AT, len(rows))):
            head = _head(rows, at, height, words)
            score = _score(head) if head else 0
            if head and score > most:
                best, most = head, score
    return best if most >= enough * 2 else None


def _score(head: Head) -> int:
    """Two for each field, one for a column known to be left out."""
    found = {field for field in head.fields if field}
    return 2 * len(found - {NOT_TAKEN}) + (NOT_TAKEN in found)


def _head(rows: Sequence[Cells], at: int, height: int, words: Vocabulary) -> Head | None:
    if at + height > len(rows):
        return None
    width = max(len(row) for row in rows[at : at + height])
    upper = _texts(rows[at], width)
    if height == 1:
        found = [words.field_of(text, "") if text else "" for text in upper]
        return Head(at, at, tuple(upper), tuple(words.resolve(found)))
    lower = _texts(rows[at + 1], width)
    both = zip(upper, lower, strict=True)
    found = [words.field_of(below, above) if above or below else "" for above, below in both]
    return Head(at, at + 1, tuple(map(_joined, upper, lower)), tuple(words.resolve(found)))


def _texts(row: Cells, width: int) -> list[str]:
    return [re.sub(r"\s+", " ", shown(cell)) for cell in row] + [""] * (width - len(row))


def _joined(above: str, below: str) -> str:
    return f"{above}：{below}" if above and below and above != below else above or below


def same_heads(one: Head, other: Head) -> bool:
    """Whether two sheets have the same headings in the same order, but for empty columns at the end and that of errors."""
    return _signs(one) == _signs(other)


def _signs(head: Head) -> list[str]:
    signs = [sign for text in head.texts if (sign := plain(text) or text) != _ERRORS]
    while signs and not signs[-1]:
        signs.pop()
    return signs


def signature(head: Head) -> str:
    """The headings as one text, by which an office's own mapping is found again; the column of errors does not count."""
    return "|".join(_signs(head))


def _may_be_head(text: str) -> bool:
    """Headings hold no digits but for numbered members; most cells are ruled out without a closer look."""
    return len(text) <= _LONGEST_HEAD and not text[:4].isdigit()


def is_blank(row: Cells) -> bool:
    """Whether nothing is written in a row."""
    return not any(shown(cell) for cell in row)


def why_no_household(row: Cells, head: Head, person_columns: Sequence[int]) -> str:
    """Why a row is left out in silence no one would miss: a sum, the head again, a note; "" for a row to be read."""
    texts = [shown(cell) for cell in row]
    written = [text for text in texts if text]
    if any(_SUMS.match(text.replace(" ", "").replace("\u3000", "")) for text in written[:4]):
        return "合计行"
    if len(written) > 1 and sum(_may_be_head(text) and plain(text) in head.signs for text in written) * 2 > len(
        written
    ):
        return "重复的表头"
    nobody = not any(column < len(texts) and texts[column] for column in person_columns)
    if _NOTES.match(written[0]) and (nobody or all(_NOTES.match(text) for text in written)):
        return "说明或签字行"
    if len(set(written)) == 1 and len(texts) > 3 and len(written[0]) > 20:
        return "说明或签字行"
    return ""
