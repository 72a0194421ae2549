"""Many issued papers as one PDF: all of a case with a list in front, or one kind for a whole village.

Every paper is held against its digest and drawn from its data as always. What cannot be drawn is left out with its
reason; the others still come.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.base.papers import checking, desk, drawing, layout, library, typeset
from yimen.base.papers.models import Paper
from yimen.base.papers.shapes import Heading
from yimen.law import calendar

MOST = 500
_A_PILE = 50
COVER = "case_papers"


class NothingToPrint(ValueError):
    """Not one paper could be drawn; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A paper that is not in the PDF, and why, in one sentence."""

    paper: Paper
    why: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """The PDF, the papers in it in their order, and those left out."""

    pdf: bytes
    papers: tuple[Paper, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The list in front of the papers of one case: head data of the form, office, day and mark of the demonstration."""

    data: Mapping[str, Any]
    office_name: str
    on: date
    demo: bool


def bundle(papers: Sequence[Paper], *, title: str, duplex: bool = False, cover: Cover | None = None) -> Bundle:
    """The papers in their order as one PDF/A-2b; its inner date is that of the newest paper, so the same papers give the same bytes.

    Raises NothingToPrint. At most :data:`MOST` papers (ValueError).
    """
    if len(papers) > MOST:
        raise ValueError(f"一次最多打印 {MOST} 份，请缩小范围后分批打印。")
    kept, left_out = _whole(papers)
    while kept:
        try:
            pdf = _drawn(kept, title, duplex, cover)
        except typeset.MissingGlyph as missing:
            kept, without = _without(kept, missing)
            left_out += without
        else:
            if len(kept) > _A_PILE:
                typeset.shed()
            return Bundle(pdf, tuple(kept), tuple(left_out))
    raise NothingToPrint(left_out[0].why if left_out else "没有可以打印的文书。")


def blanks(sheets: Sequence[tuple[str, Mapping[str, Any]]], *, office_name: str, case_ref: str, demo: bool) -> bytes:
    """Several papers to be filled or signed by hand, as one PDF (see :func:`desk.blank`)."""
    on = calendar.today()
    drawn = [desk.blank_sheet(code, data, office_name=office_name, case_ref=case_ref, on=on, demo=demo)
             for code, data in sheets]  # fmt: skip
    return drawing.draw_many(drawn, drawing.NO_DATE, title=drawn[0].form.title, office=office_name)


def _whole(papers: Sequence[Paper]) -> tuple[list[Paper], list[LeftOut]]:
    kept, left_out = [], []
    for paper in papers:
        try:
            desk.hold(paper)
        except desk.ChangedPaper as changed:
            left_out.append(LeftOut(paper, str(changed)))
        else:
            kept.append(paper)
    return kept, left_out


def _drawn(papers: Sequence[Paper], title: str, duplex: bool, cover: Cover | None) -> bytes:
    sheets = [desk.sheet(paper) for paper in papers]
    first = [_cover(cover, papers)] if cover else []
    newest = max(paper.issued_on for paper in papers)
    return drawing.draw_many(sheets, newest, title=title, office=papers[0].office_name, duplex=duplex, first=first)


def _without(papers: Sequence[Paper], missing: typeset.MissingGlyph) -> tuple[list[Paper], list[LeftOut]]:
    """The papers without those that hold a sign no font has; each sign is in at least one of them."""
    said = [json.dumps([paper.data, paper.office_name], ensure_ascii=False) for paper in papers]
    holds = [any(sign in text for sign in missing.characters) for text in said]
    if not any(holds):
        raise missing
    kept = [paper for paper, found in zip(papers, holds, strict=True) if not found]
    return kept, [LeftOut(paper, str(missing)) for paper, found in zip(papers, holds, strict=True) if found]


def _cover(cover: Cover, papers: Sequence[Paper]) -> dict[str, Any]:
    """The list of the papers; on which pages each stands is filled in by the typesetter."""
    form = library.form(COVER, on=cover.on)
    rows = [{"title": paper.title, "number": paper.number, "issued_on": paper.issued_on} for paper in papers]
    data = checking.normalise({**cover.data, "count": len(papers), "papers": rows})
    document = layout.lay_out(form, data, Heading("", "", cover.office_name, cover.on, cover.demo))
    table = next(block for block in document["blocks"] if block["block"] == "table")
    for number, row in enumerate(table["rows"], start=1):
        row[-1]["runs"] = [{"pages": number}]
    return document
