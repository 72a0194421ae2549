"""From form, data and heading to PDF bytes; what acts, blanks and previews share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.base.papers import layout, typeset
from yimen.base.papers.shapes import Form, Heading

_NO_DATE = date(2000, 1, 1)


def draw(form: Form, data: Mapping[str, Any], heading: Heading) -> bytes:
    """The paper as PDF/A-2b. Same form, data and heading: same bytes (with the same :func:`typeset.engine`)."""
    return typeset.pdf(layout.lay_out(form, data, heading), heading.issued_on or _NO_DATE)


def title(form: Form, data: Mapping[str, Any], heading: Heading) -> str:
    """The title as it stands on the page (it may name the programme)."""
    return layout.title(form, data, heading)
