"""The close of a month without a mouse (B3), with the switch "Enter → next field" on and off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys import flows_month
from tests.journeys.seats import NewSeat
from tests.rooms.world import World


@pytest.mark.parametrize("enter", [True, False], ids=["enter", "tab"])
def test_the_close_of_a_month(world: World, page: Page, enter: bool) -> None:
    flows_month.month_close(world, NewSeat(page), enter)
