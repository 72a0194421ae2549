"""人户分离 as a change of its own: established, moved, ended. It changes no amount: the standard is that of the hukou place (D4)."""

from __future__ import annotations

import datetime as dt

from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import Award, ChangeCase, Residence
from yimen.law.aftercare.terms import RESIDENCE, ChangeEvent


def check_report(award: Award, event: ChangeEvent, since: dt.date) -> None:
    """Refuse a report that what is known contradicts: nobody comes back who is not away, nothing begins before the last."""
    if event not in RESIDENCE:
        return
    now = current(award.household_id)
    if now is None:
        if event is ChangeEvent.LIVING_BACK:
            raise Refused("本户没有登记人户分离，不用登记回户籍地居住。", "event", 422, "event")
        return
    if since < now.from_on:
        raise Refused(
            f"现登记的在外居住自 {now.from_on:%Y-%m-%d} 起，发生日期不能早于它，请核对。", "since", 422, "since"
        )


def check_found(change: ChangeCase, entry: FindingEntry) -> None:
    """Refuse a finding that does not say where the household lives, or that names where its hukou is."""
    if change.event != ChangeEvent.LIVING_APART:
        return
    if not entry.live_address.strip():
        raise Refused("请填写现在住在哪里，写到门牌。", "missing", 422, "live_address")
    if entry.live_village and entry.live_village == change.award.village_id:
        raise Refused(
            f"{change.award.village.name}就是本户的户籍地，不是人户分离。请选别的村（社区），住在外区的不选。",
            "live_village",
            422,
            "live_village",
        )
    if entry.live_helper_phone.strip() and not entry.live_helper.strip():
        raise Refused("填了协助单位的电话，请同时填写协助单位。", "missing", 422, "live_helper")


def carry_out(change: ChangeCase, entry: FindingEntry) -> None:
    """Write what the decided change says of where the household lives."""
    if change.event not in RESIDENCE:
        return
    home = change.award.household
    close(home.pk, change, change.since)
    if change.event == ChangeEvent.LIVING_BACK:
        return
    village = offices.area(entry.live_village) if entry.live_village else None
    Residence.objects.create(
        household=home, change=change, village=village, address=entry.live_address.strip(),
        contact=entry.live_contact.strip(), phone=entry.live_phone.strip() or None, helper=entry.live_helper.strip(),
        helper_phone=entry.live_helper_phone.strip(), from_on=change.since,
    )  # fmt: skip


def close(household: int, change: ChangeCase, on: dt.date, *, village: str = "") -> None:
    """End what stands, by this change; with ``village`` only where the household lives in that very one."""
    now = current(household)
    if now is None or (village and now.village_id != village):
        return
    Residence.objects.filter(pk=now.pk).update(to_on=max(on, now.from_on), ended_by=change)


def current(household: int) -> Residence | None:
    """Where a household lives away from its hukou place now; None where it lives at it."""
    rows = Residence.objects.filter(household=household, to_on__isnull=True)
    return rows.select_related("village").first()
