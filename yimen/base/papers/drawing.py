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
# Pages for which a code is made at first; a longer paper is laid out once more with codes for so many.
_FEW, _MANY = 6, 120


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
        return typeset.pdf([*first, *_laid_out(sheets, _FEW)], on, title=title, office=office, duplex=duplex)
    except typeset.MorePages:
        return typeset.pdf([*first, *_laid_out(sheets, _MANY)], on, title=title, office=office, duplex=duplex)


def _laid_out(sheets: Sequence[Sheet], pages: int) -> list[dict[str, Any]]:
    return [layout.lay_out(sheet.form, sheet.data, sheet.heading, pages=pages) for sheet in sheets]


def title(form: Form, data: Mapping[str, Any], heading: Heading) -> str:
    """The title as it stands on the page (it may name the programme)."""
    return layout.title(form, data, heading)
