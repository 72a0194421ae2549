"""The pages of one part of the house (the township's month and its money) against the bars of a page; tests/bars/look.py names them."""

from __future__ import annotations

from tests.bars.look import Looker
from tests.bars.pages import look_at
from tests.journeys.grounds import Grounds


def test_every_page_and_every_form_sent_empty(grounds: Grounds, looker: Looker) -> None:
    look_at("township month", grounds, looker)
