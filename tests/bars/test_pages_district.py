"""The pages of the district, of who decides there and of who watches, against the bars of a page; tests/bars/look.py names them."""

from __future__ import annotations

import pytest

from tests.bars.look import Looker
from tests.bars.pages import look_at
from tests.journeys.grounds import Grounds


@pytest.mark.parametrize("part", ["district decides", "district"])
def test_every_page_and_every_form_sent_empty(part: str, grounds: Grounds, looker: Looker) -> None:
    look_at(part, grounds, looker)
