"""Every paper, filled and as a blank for the field, speaks Chinese in the field's own words (B20)."""

from __future__ import annotations

import re

import pytest

from tests.bars.words import unspoken
from tests.base.papers.pdf_text import text_of
from tests.base.papers.test_pages import HEADING
from yimen.base.papers import checking, drawing, examples, library
from yimen.base.papers.shapes import Heading

BLANK = Heading("", "", "安澜区青禾街道办事处", None, demo=False, blank=True)


@pytest.mark.parametrize("code", library.codes())
def test_a_paper_speaks_chinese(code: str) -> None:
    data = checking.normalise(examples.example(code))
    for heading, given in ((HEADING, data), (BLANK, {})):
        text = text_of(drawing.draw(library.form(code), given, heading))
        # The check code is set in several runs.
        assert unspoken(re.sub(r"(?<=[0-9a-z-])\n(?=[0-9a-z-])", "", text)) == []
