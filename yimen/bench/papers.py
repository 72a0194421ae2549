"""``papers``: one of each paper by itself, then one kind for hundreds of households as one PDF. No database is asked.

The data are the papers' own examples; the typesetter is warm (its fonts are read once per process).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from yimen.base.papers import checking, drawing, examples, library
from yimen.base.papers.drawing import Sheet
from yimen.base.papers.shapes import Heading

BATCH = 300
NOTICE = "refusal_notice"
_ON = date(2026, 11, 24)
_OFFICE = "安澜区青禾街道办事处"


@dataclass(frozen=True)
class Drawn:
    """How many papers in how many seconds, and the size of what came out in bytes."""

    papers: int
    seconds: float
    size: int


def sheet(code: str, number: int = 1) -> Sheet:
    """A paper of the examples, as it would go to the typesetter."""
    form = library.form(code, on=_ON)
    heading = Heading(
        f"示例{form.abbreviation}〔2026〕{number}号", f"{number:012d}", _OFFICE, _ON, True, "sha256:" + "0" * 64
    )
    return Sheet(form, checking.normalise(examples.example(code)), heading)


def different(rounds: int = 1) -> Drawn:
    """One PDF for each kind of paper, ``rounds`` times over."""
    sheets = [sheet(code, number) for number in range(1, rounds + 1) for code in library.codes()]
    warm(sheets)
    size, began = 0, perf_counter()
    for each in sheets:
        size += len(drawing.draw(each.form, each.data, each.heading))
    return Drawn(len(sheets), perf_counter() - began, size)


def batch(papers: int = BATCH, code: str = NOTICE, *, duplex: bool = False) -> Drawn:
    """So many letters of one kind, each with its own number and codes, as one PDF."""
    sheets = [sheet(code, number) for number in range(1, papers + 1)]
    warm(sheets)
    began = perf_counter()
    made = drawing.draw_many(sheets, _ON, title="一批文书", office=_OFFICE, duplex=duplex)
    return Drawn(papers, perf_counter() - began, len(made))


def warm(sheets: Sequence[Sheet]) -> None:
    """Have the fonts read and the page parsed, with a paper that is not measured."""
    first = sheets[0]
    drawing.draw(first.form, {**first.data, "applicant": "预热"}, first.heading)
