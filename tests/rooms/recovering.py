"""A household that was paid too much, for the tests that walk the pages."""

from __future__ import annotations

from typing import Any

from tests.rooms.ledgers import code
from tests.rooms.world import World
from yimen.casework.awards.changes.entries import ViewsEntry
from yimen.casework.awards.models import Award, Balance
from yimen.casework.payments import acts
from yimen.casework.payments.models import Recovery, Refund
from yimen.casework.payments.recovery.entries import RecoveryEntry
from yimen.law.calendar import next_month, today
from yimen.law.terms import Role


def owed(award: Award, month: str, fen: int = 62_000) -> Balance:
    """A month of an award that was paid too much."""
    return Balance.objects.create(
        award=award, basis_kind="change", basis_ref=f"t{month}", kind="overpaid", month=month, fen=fen,
        cause="成员死亡", on=today(),
    )  # fmt: skip


def ordered_back(handler: Any, aide: str, decider: Any, award: Award) -> tuple[Recovery, Refund]:
    """Ordered back in parts, with a first refund that nobody has checked; one more month has no proposal yet."""
    owed(award, "2026-08")
    entry = RecoveryEntry("error", "成员死亡以后仍按原人数发放。", "instalments", 20_000, next_month(today()))
    views = ViewsEntry("in_person", today(), [handler.staff.ref, aide], "户主", "家中", "agrees", "愿意退。")
    made = acts.propose_recovery(handler, award=award.ref, entry=entry, views=views)
    made = acts.order_recovery(decider, ref=made.ref, code=code(decider))
    owed(award, "2026-09")
    return made, acts.record_refund(handler, ref=made.ref, fen=10_000, on=today(), receipt="SJ-0001")


def overpaid(world: World, award: Award) -> tuple[Recovery, Refund]:
    """The same in the small world of the rooms."""
    aide = world.aide(award.village_id).staff.ref
    return ordered_back(world.handler(), aide, world.at_district(Role.DISTRICT_DECIDER), award)
