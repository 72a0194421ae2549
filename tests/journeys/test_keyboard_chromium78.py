"""Flows without a mouse in a real Chromium 78 (B3, B5), each with the switch "Enter → next field" on and off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chromium78 import OldPage
from tests.journeys import flows
from tests.journeys.seats import OldSeat
from tests.rooms.world import World

SWITCH = pytest.mark.parametrize("enter", [True, False], ids=["enter", "tab"])


@SWITCH
def test_a_new_application(world: World, old: OldPage, enter: bool) -> None:
    flows.new_application(world, OldSeat(old), enter)


@SWITCH
def test_a_ledger_taken_over_and_given_back(world: World, old: OldPage, tmp_path: Path, enter: bool) -> None:
    flows.ledger_import(world, OldSeat(old), enter, tmp_path)


@SWITCH
def test_many_cases_at_once(world: World, old: OldPage, enter: bool) -> None:
    flows.batch_work(world, OldSeat(old), enter)
