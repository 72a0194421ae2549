"""The district of every room test."""

from __future__ import annotations

import pytest

from tests.rooms.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Places, offices, staff and accounts of the demo district."""
    return make_world()
