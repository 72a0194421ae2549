"""What every journey stands on: the district with its people, in a database that really commits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rooms.world import World, make_world
from yimen.base.record.testing import let_flush_empty_the_record
from yimen.law import calendar

let_flush_empty_the_record()


@pytest.fixture
def world(live_server: Any, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_GATEWAY_DIR = tmp_path / "gateway"
    return make_world()


@pytest.fixture
def wait_until() -> Callable[[date], None]:
    """``wait_until(day)``: the days pass for everybody, this thread and the server's; the clock on the wall runs on."""
    return calendar.pin_today
