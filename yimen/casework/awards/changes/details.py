"""What a change of details alters, before and after, so that the leader who decides sees it: account, telephone, address, residence."""

from __future__ import annotations

from collections.abc import Iterator

from yimen.base.offices import queries as offices
from yimen.casework.awards.changes import residing
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import ChangeCase
from yimen.casework.households import queries as households
from yimen.law.aftercare.terms import DETAILS, RESIDENCE, ChangeEvent

HERE = "户籍地"


def compared(change: ChangeCase, entry: FindingEntry) -> list[dict[str, str]]:
    """Rows of what is other after a change of details, in words; of an account the last four digits."""
    if change.event not in DETAILS:
        return []
    rows = _residence(change, entry) if change.event in RESIDENCE else _contact(change, entry)
    return [{"item": item, "before": before or "—", "after": after or "—"} for item, before, after in rows]


def _residence(change: ChangeCase, entry: FindingEntry) -> Iterator[tuple[str, str, str]]:
    now = residing.current(change.award.household_id)
    away = change.event == ChangeEvent.LIVING_APART
    yield "居住地", _place(now.village_id, now.address) if now else HERE, _where(entry) if away else HERE
    if away:
        yield "居住地联系人", now.contact if now else "", _both(entry.live_contact, entry.live_phone)
        yield "居住地协助单位", now.helper if now else "", _both(entry.live_helper, entry.live_helper_phone)


def _where(entry: FindingEntry) -> str:
    return _place(entry.live_village, entry.live_address.strip())


def _place(village: str | None, address: str) -> str:
    if not village:
        return address
    return f"{offices.area(str(village)[:9]).name}{offices.area(str(village)).name}{address}"


def _both(name: str, phone: str) -> str:
    return " ".join(each for each in (name.strip(), phone.strip()) if each)


def _contact(change: ChangeCase, entry: FindingEntry) -> Iterator[tuple[str, str, str]]:
    home = change.award.household
    if entry.account:
        old = households.account(home)
        before = f"{old.holder} {old.bank} 尾号 {old.number[-4:]}" if old else ""
        yield (
            "领取账户",
            before,
            f"{entry.account.holder} {entry.account.bank} 尾号 {entry.account.number.strip()[-4:]}",
        )
    if entry.phone:
        yield "户主电话", home.head.phone or "", entry.phone
    if entry.group:
        yield "组、楼栋", home.group, entry.group
    if entry.address:
        yield "住址", home.address or "", entry.address
