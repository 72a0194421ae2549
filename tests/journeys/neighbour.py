"""A second township beside the first, for the walk through a month: its households, its roll and bank, its platform, its close."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.gateways import platform_files
from tests.rooms import banks, rolls
from tests.rooms.ledgers import code, take
from tests.rooms.rolls import MONTH
from tests.rooms.test_recertify import OTHER_TOWNSHIP, line
from tests.rooms.world import World
from yimen.casework.applications.models import Consent
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.households.models import BankAccount
from yimen.casework.monthclose import acts as closing
from yimen.casework.monthclose.models import MonthClose
from yimen.casework.payments import acts as payments
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.casework.payments.models import BankAttempt, BankFile
from yimen.gateways.platform import door as platform
from yimen.gateways.provincial.shapes import Finding
from yimen.law.calendar import today

PLACE = OTHER_TOWNSHIP
NUMBER = "9900000000000077777"


def households(world: World, many: int = 2) -> list[Award]:
    """Households of the second township with consents in force."""
    take(world, [line(world, 20 + each, village=f"{PLACE}001") for each in range(many)], PLACE)
    case = Consent.objects.earliest("id").application
    found = list(Award.objects.filter(township=PLACE).order_by("id"))
    Consent.objects.bulk_create(
        Consent(
            application=case, person_id=person, given=True, signed_on=today(), valid_to=today() + timedelta(365), signed_by="本人"
        )
        for person in AwardPerson.objects.filter(award__in=found).values_list("person_id", flat=True)
    )  # fmt: skip
    return found


def duplicate(elsewhere: str) -> Finding:
    """What a register tells of somebody who is on assistance in two townships."""
    return Finding("duplicate", f"在{elsewhere}按月领取低保金")


def other_account(world: World, award: Award) -> None:
    """Proposed by one and confirmed by another inside the window before the cut-off."""
    entry = AccountProposal("城北农商银行", NUMBER, NUMBER, "原存折遗失，换卡。", award.household.head.ref)
    change = payments.propose_account(world.handler(), award=award.ref, entry=entry)
    head = world.head()
    assert payments.confirm_account(head, ref=change.ref, words="", code=code(head)).first_used > today()


def paid_to(award: Award) -> list[str]:
    """The accounts that the bank was told for a household."""
    rows = BankAttempt.objects.filter(line__award=award).order_by("id")
    return [row.account.number for row in rows.select_related("account")]


def in_use(award: Award) -> str:
    """The account that a household uses now."""
    rows = BankAccount.objects.filter(household=award.household_id, from_on__lte=today())
    return str(rows.latest("from_on", "id").number)


def paid(world: World) -> BankFile:
    """The roll of the second township by its three people, sent, answered, booked."""
    handler, head, cashier = world.handler(PLACE), world.head(PLACE), rolls.cashier(world, PLACE)
    roll = payments.open_roll(handler, month=MONTH)
    payments.draw_up_roll(handler, roll.ref)
    payments.submit_roll(handler, ref=roll.ref)
    payments.approve_roll(head, ref=roll.ref, code=code(head))
    payments.release_roll(cashier, ref=roll.ref, code=code(cashier))
    payments.carry_on_roll(cashier, roll.ref)
    file = banks.send(world, township=PLACE)
    banks.book(world, banks.take(world, file, banks.answer(file)))
    return file  # type: ignore[no-any-return]


def reconciled(world: World) -> Any:
    """The platform's file agrees, the sheet is drawn up."""
    handler = world.handler(PLACE)
    run = platform.upload(handler, platform_files.agreeing(PLACE, MONTH), "平台导出.xlsx", month=MONTH)
    platform.compare(handler, run)
    return closing.issue_platform_sheet(handler, township=PLACE, month=MONTH)


def filed(world: World) -> MonthClose:
    """Signed by the handler, filed by the head, frozen."""
    close = closing.sign_month(world.handler(PLACE), month=MONTH)
    head = world.head(PLACE)
    closing.file_month(head, ref=close.ref, code=code(head))
    return closing.carry_on_close(head, close.ref)
