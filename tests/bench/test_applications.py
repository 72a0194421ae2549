"""Whole applications through the real acts: they arrive, and each act keeps within its number of statements."""

from __future__ import annotations

from datetime import date

import pytest

from yimen.bench.applications import Driven, drive
from yimen.casework.applications import queries as applications
from yimen.demo import places
from yimen.law.terms import Stage

MANY = 6
# Statements of one act on average, those included that only a first asking of a day needs. Counts, not times: a
# query more per act is seen here. BEGIN counts where it is sent as a statement, and savepoints count.
BOUNDS = {
    "apply": 33,
    "record_consent": 16,
    "request_check": 20,
    "accept": 18,
    "home_visit": 24,
    "neighbour_interview": 19,
    "settle_difference": 12,
    "conclude_investigation": 17,
    "propose": 34,
    "publish_notice": 18,
    "record_posting": 12,
    "close_notice": 15,
    "approve": 50,
    "serve_paper": 12,
    "announce": 18,
}


@pytest.fixture(scope="module")
def first() -> date:
    return date(2026, 8, 3)


@pytest.fixture
def driven(db: None, first: date) -> Driven:
    drive(2, seed=2, district=(district := places.build(1, first)), first=first)
    return drive(MANY, seed=3, district=district, first=first)


def test_every_application_arrives_within_its_statements(driven: Driven) -> None:
    assert driven.acts["apply"] == driven.acts["approve"] == driven.acts["announce"] == MANY
    assert driven.acts["take_results"] == MANY
    assert driven.seconds > 0
    over = {
        act: driven.per_act(act) for act, bound in BOUNDS.items() if driven.acts[act] and driven.per_act(act) > bound
    }
    assert not over
    stages = {row.stage for row in applications.applications().order_by("id")}
    assert stages == {Stage.ON_ASSISTANCE}
