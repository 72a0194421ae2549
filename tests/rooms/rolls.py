"""A township's money for the tests of payments: households taken over from a ledger, and the three who pay them."""

from __future__ import annotations

from typing import Any

from tests.rooms.ledgers import code, families, take
from tests.rooms.world import TOWNSHIP, World
from yimen.casework.payments import acts
from yimen.law.terms import Role

MONTH = "2026-11"


def cashier(world: World, township: str = TOWNSHIP) -> Any:
    return world.officer(township, Role.CASHIER)


def settled(world: World, count: int = 6) -> Any:
    """Households on assistance since 2024, taken over."""
    return take(world, families(world, count))


def drawn(world: World, month: str = MONTH, **more: Any) -> Any:
    """Opened and composed by the handler."""
    roll = acts.open_roll(world.handler(), month=month, **more)
    return acts.draw_up_roll(world.handler(), roll.ref)


def approved(world: World, roll: Any) -> Any:
    acts.submit_roll(world.handler(), ref=roll.ref)
    head = world.head()
    return acts.approve_roll(head, ref=roll.ref, code=code(head))


def released(world: World, roll: Any) -> Any:
    """Released by the cashier, not frozen yet."""
    approved(world, roll)
    by = cashier(world)
    return acts.release_roll(by, ref=roll.ref, code=code(by))


def frozen(world: World, month: str = MONTH, **more: Any) -> Any:
    """The whole way."""
    roll = released(world, drawn(world, month, **more))
    return acts.carry_on_roll(cashier(world), roll.ref)
