"""The case and the notice without a mouse (B3), each with the switch "Enter → next field" on and off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys import flows_case
from tests.journeys.ready import WaitUntil
from tests.journeys.seats import NewSeat
from tests.rooms.world import World

SWITCH = pytest.mark.parametrize("enter", [True, False], ids=["enter", "tab"])


@SWITCH
def test_differences_and_opinion(world: World, page: Page, enter: bool) -> None:
    flows_case.differences_and_opinion(world, NewSeat(page), enter)


def test_a_decision(world: World, page: Page, wait_until: WaitUntil) -> None:
    flows_case.decision(world, NewSeat(page), wait_until)


@SWITCH
def test_a_public_notice_and_an_objection(world: World, page: Page, enter: bool) -> None:
    flows_case.notice_and_objection(world, NewSeat(page), enter)
