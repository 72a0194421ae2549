"""The case and the notice without a mouse, in whichever browser a seat stands for (bars.md, flows 2 and 3)."""

from __future__ import annotations

from typing import Any

from tests.journeys.hands import account
from tests.journeys.keyboard import Typist, sit_down
from tests.journeys.ready import WaitUntil, deciding
from tests.journeys.seats import Seat
from tests.rooms.checking import accepted, checked
from tests.rooms.visiting import visit_entry
from tests.rooms.world import World
from yimen.base.access.second import code_now
from yimen.casework.applications.entries import IncomeEntry
from yimen.casework.applications.queries import applications
from yimen.casework.decisions import acts as decisions, queries as opinions
from yimen.casework.investigation import acts as investigation
from yimen.casework.verification import acts as verification
from yimen.casework.verification.queries import open_lines
from yimen.law.terms import Role, Stage


def differences_and_opinion(world: World, seat: Seat, enter: bool) -> None:
    """The clerk settles three differences, a second clerk proposes."""
    case, clerk = _differing(world), account(world, Role.HANDLER)
    hands = sit_down(seat, clerk, enter)
    _open_from_queue(hands, case)
    hands.button("处理比对差异")
    assert hands.lead("Enter")["heading"]
    _settle(hands, case)
    verification.accept(world.handler(), case.ref)
    case = _investigate(world, case)
    hands = sit_down(seat, account(world, Role.HANDLER, number=1), enter)
    _open_from_queue(hands, case)
    hands.button("拟定审核意见")
    hands.lead("Enter")
    hands.write(opinion__reasons="核对、入户一致，没有争议，拟予以确认。")
    assert hands.lead("Control+Enter")["text"] == case.applicant.name


def decision(world: World, seat: Seat, wait_until: WaitUntil) -> None:
    """The head decides with a code: a wrong one with the switch on, the right one with the switch off."""
    case = deciding(world, wait_until)
    for enter in (True, False):
        who = account(world, Role.HEAD)
        hands = sit_down(seat, who, enter)
        _open_from_queue(hands, case)
        hands.button("予以确认")
        hands.lead("Enter")
        hands.write(code="000000" if enter else code_now(who))
        hands.lead("Control+Enter")
        if enter:
            seat.told("动态口令不正确或已过期")
    assert applications().get(pk=case.pk).stage == Stage.APPROVED


def _differing(world: World) -> Any:
    """Checked, with three amounts that the province does not confirm."""
    more = [
        IncomeEntry("transfer", "pension", "城乡居民养老金", 14300, "month"),
        IncomeEntry("wage", "wage", "零工", 20000, "month"),
    ]
    return checked(world, truth={}, incomes=more)


def _open_from_queue(hands: Typist, case: Any) -> None:
    """j walks the rows of 待办, Enter opens."""
    hands.seat.open("/")
    for _ in range(30):
        if hands.press("j")["text"] == case.applicant.name:
            break
    assert hands.lead("Enter")["text"] == case.applicant.name


def _settle(hands: Typist, case: Any) -> None:
    """Each difference by keys; after the partial update the next row has the focus, at the end the case's name."""
    lines = open_lines(case)
    assert len(lines) >= 3
    for left in range(len(lines) - 1, -1, -1):
        hands.walk(lambda found: found["name"] == "treat-treatment")
        hands.put("accept_declared")
        hands.write(treat__note="本人说明情况，附存折，按申报认定。")
        if not left:
            hands.lead("Control+Enter")
            break
        hands.seat.ask("document.getElementById('main').dataset.old = 'yes'")
        hands.seat.key("Control+Enter")
        hands.settled(
            "!document.getElementById('main').dataset.old && document.activeElement.matches('tr[data-focus]')"
        )
        assert hands.seat.ask("document.activeElement.matches('tr[data-focus]')")


def _investigate(world: World, case: Any) -> Any:
    """Visited and concluded by the acts, so that the keys go on at the opinion."""
    clerk = world.handler()
    team = [clerk.staff.ref, world.aide().staff.ref]
    investigation.home_visit(clerk, case.ref, entry=visit_entry(world, case, investigators=team, leader=team[0]))
    return investigation.conclude_investigation(clerk, case.ref, disputed=False, reason="核对、入户一致，没有争议。")


def notice_and_objection(world: World, seat: Seat, enter: bool) -> None:
    """Posted at every place, then somebody objects."""
    case = _investigate(world, accepted(world))
    found = opinions.trial(case).reckoning
    assert found is not None
    decisions.propose(world.handler(number=1), case.ref, approve=True, reasons=found.proposal)
    hands = sit_down(seat, account(world, Role.HANDLER), enter)
    hands.walk(lambda found: found["text"] == "公示公布")
    assert hands.lead("Enter")["text"].startswith("公示公布")
    _row_step(hands, case, "开始公示")
    assert hands.lead("Control+Enter")["text"] == case.applicant.name
    notice = opinions.current_notice(case)
    assert notice is not None
    for place in notice.places:
        seat.open("/township/notices/")
        _row_step(hands, case, "登记张贴")
        hands.write(posting__place=f"{notice.ref}|{place}")
        hands.lead("Control+Enter")
    seat.open("/township/notices/")
    _row_step(hands, case, "登记公示异议")
    assert hands.lead("Control+Enter")["where"].startswith("DIV")
    hands.write(objection__content="有人反映其子有工资收入。")
    hands.lead("Control+Enter")
    assert applications().get(pk=case.pk).stage == Stage.OBJECTED


def _row_step(hands: Typist, case: Any, word: str) -> None:
    """To the row of the case, and on by Tab to its one step."""
    for _ in range(30):
        if hands.press("j")["text"] == case.applicant.name:
            break
    hands.button(word)
    hands.lead("Enter")
