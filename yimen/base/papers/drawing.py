"""From form, data and heading to PDF bytes; what acts, blanks, batches and previews share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.base.papers import layout, typeset
from yimen.base.papers.shapes import Form, Heading

#: Inside a PDF of papers without a date of their own.
NO_DATE = date(2000, 1, 1)
# Pages for which a code is made at first, with one more for every so many rows; if that is too few, codes for so many.
_FEW, _ROWS, _MANY = 5, 8, 150


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper among several to be drawn together."""

    form: Form
    data: Mapping[str, Any]
    heading: Heading


def draw(form: Form, data: Mapping[str, Any], heading: Heading) -> bytes:
    """The paper as PDF/A-2b. Same form, data and heading: same bytes (with the same :func:`typeset.engine`)."""
    sheet = Sheet(form, data, heading)
    return draw_many(
        [sheet], heading.issued_on or NO_DATE, title=title(form, data, heading), office=heading.office_name
    )


def draw_many(
    sheets: Sequence[Sheet],
    on: date,
    *,
    title: str,
    office: str,
    duplex: bool = False,
    first: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    """Several papers as one PDF/A-2b, each with its own pages counted from 1; ``first`` are documents before them.

    ``duplex`` lets each paper begin on an odd page. Raises as :func:`typeset.pdf`.
    """
    try:
        return typeset.pdf([*first, *_laid_out(sheets)], on, title=title, office=office, duplex=duplex)
    except typeset.MorePages:
        return typeset.pdf([*first, *_laid_out(sheets, _MANY)], on, title=title, office=office, duplex=duplex)


def _laid_out(sheets: Sequence[Sheet], pages: int = 0) -> list[dict[str, Any]]:
    return [layout.lay_out(each.form, each.data, each.heading, pages=pages or _enough(each.data)) for each in sheets]


def _enough(data: Mapping[str, Any]) -> int:
    """As many pages as a paper with so many rows might have; too many cost little, too few a second drawing."""
    return _FEW + sum(len(value) for value in data.values() if isinstance(value, list)) // _ROWS


def title(form: Form, data: Mapping[str, Any], heading: Heading) -> str:
    """The title as it stands on the page (it may name the programme)."""
    return layout.title(form, data, heading)
