"""The close of a month without a mouse in a real Chromium 78 (B3, B5), with the switch "Enter → next field" on and off."""

from __future__ import annotations

import pytest

from tests.chromium78 import OldPage
from tests.journeys import flows_month
from tests.journeys.seats import OldSeat
from tests.rooms.world import World


@pytest.mark.parametrize("enter", [True, False], ids=["enter", "tab"])
def test_the_close_of_a_month(world: World, old: OldPage, enter: bool) -> None:
    flows_month.month_close(world, OldSeat(old), enter)
