"""The case and the notice without a mouse in a real Chromium 78 (B3, B5), each with the switch "Enter → next field" on and off."""

from __future__ import annotations

import pytest

from tests.chromium78 import OldPage
from tests.journeys import flows_case
from tests.journeys.ready import WaitUntil
from tests.journeys.seats import OldSeat
from tests.rooms.world import World

SWITCH = pytest.mark.parametrize("enter", [True, False], ids=["enter", "tab"])


@SWITCH
def test_differences_and_opinion(world: World, old: OldPage, enter: bool) -> None:
    flows_case.differences_and_opinion(world, OldSeat(old), enter)


def test_a_decision(world: World, old: OldPage, wait_until: WaitUntil) -> None:
    flows_case.decision(world, OldSeat(old), wait_until)


@SWITCH
def test_a_public_notice_and_an_objection(world: World, old: OldPage, enter: bool) -> None:
    flows_case.notice_and_objection(world, OldSeat(old), enter)
