"""Flows without a mouse (B3), each with the switch "Enter → next field" on and off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import flows
from tests.journeys.seats import NewSeat
from tests.rooms.world import World

SWITCH = pytest.mark.parametrize("enter", [True, False], ids=["enter", "tab"])


@SWITCH
def test_a_new_application(world: World, page: Page, enter: bool) -> None:
    flows.new_application(world, NewSeat(page), enter)


@SWITCH
def test_a_ledger_taken_over_and_given_back(world: World, page: Page, tmp_path: Path, enter: bool) -> None:
    flows.ledger_import(world, NewSeat(page), enter, tmp_path)


@SWITCH
def test_many_cases_at_once(world: World, page: Page, enter: bool) -> None:
    flows.batch_work(world, NewSeat(page), enter)
