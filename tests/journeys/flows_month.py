"""The close of a month without a mouse, in whichever browser a seat stands for (bars.md, flow 5)."""

from __future__ import annotations

from tests.gateways import platform_files
from tests.journeys.hands import account
from tests.journeys.keyboard import Typist, sit_down
from tests.journeys.seats import Seat
from tests.rooms import comparisons
from tests.rooms.ledgers import code
from tests.rooms.rolls import MONTH
from tests.rooms.test_month_close import pay
from tests.rooms.world import TOWNSHIP, World
from yimen.base.jobs.worker import run_one
from yimen.casework.monthclose.models import FiledRow, MonthClose
from yimen.gateways.platform import door as platform
from yimen.law.closing import CloseState
from yimen.law.terms import Role

HOUSEHOLDS = 4
TITLE = f"月末办结　{MONTH}"


def nearly_done(world: World) -> None:
    """Compared, paid by the bank, agreed with the platform; the sheet is still to be drawn up."""
    comparisons.households(world, HOUSEHOLDS)
    comparisons.answered(world, comparisons.asked(world, "funeral"), "funeral")
    pay(world)
    clerk, export = world.handler(), platform_files.agreeing(TOWNSHIP, MONTH)
    platform.compare(clerk, platform.upload(clerk, export, "平台数据.xlsx", month=MONTH))


def month_close(world: World, seat: Seat, enter: bool) -> None:
    """To the one thing in the way, back, put right, signed; filed by the head, frozen."""
    nearly_done(world)
    hands = sit_down(seat, account(world, Role.HANDLER), enter)
    _to_close(hands)
    seat.told("对账表还没有打印")
    assert hands.round() > 20
    _blocker_and_back(hands)
    _sheet(hands)
    _to_close(hands)
    seat.told("可以签字报备")
    hands.button("签字")
    assert hands.lead("Enter")["text"].startswith(TITLE)
    seat.told("已签字待负责人报备")
    head = world.head()
    hands = sit_down(seat, head.account, enter)
    _to_close(hands)
    hands.button("核对并报备")
    assert hands.lead("Enter")["heading"]
    hands.write(code="000000")
    assert hands.lead("Control+Enter")["where"].startswith("DIV")
    seat.told("动态口令不正确或已过期")
    hands.write(code=code(head))
    assert hands.lead("Control+Enter")["text"].startswith(TITLE)
    assert run_one()
    seat.told("已报备")
    assert MonthClose.objects.get().state == CloseState.FILED
    assert FiledRow.objects.count() == HOUSEHOLDS


def _to_close(hands: Typist) -> None:
    hands.walk(lambda found: found["text"] == "月末办结")
    assert hands.lead("Enter")["text"].startswith(TITLE)


def _blocker_and_back(hands: Typist) -> None:
    """The link of the blocker leads to where it is put right; the way back ends where it began."""
    hands.button("去对账")
    assert hands.lead("Enter")["text"].startswith("平台对账")
    hands.seat.back()
    assert hands.settled()["text"].startswith(("去对账", TITLE))
    hands.button("去对账")
    hands.lead("Enter")


def _sheet(hands: Typist) -> None:
    """Drawn up on the page of the month."""
    hands.button("出具对账表")
    assert hands.lead("Enter")["heading"]
    hands.lead("Control+Enter")
    hands.seat.told("现行")
