"""暂缓发放 at the desk: placed from the award, listed, freed by another; what the cashier sees and does not."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desks.case_hands import head, told
from tests.desks.district_hands import at, send, text
from tests.rooms.ledgers import families, take
from tests.rooms.world import TOWNSHIP, World
from yimen.casework.awards import queries
from yimen.casework.awards.models import Award
from yimen.casework.payments.models import Hold
from yimen.law.terms import Role


@pytest.fixture
def award(world: World) -> Award:
    take(world, families(world, 2))
    return queries.running(world.handler()).order_by("id")[0]


def cashier(world: World) -> Client:
    return at(world, Role.CASHIER, code=TOWNSHIP)


def test_from_the_award_to_the_list_and_free(world: World, award: Award) -> None:
    clerk, leader = at(world, Role.HANDLER, code=TOWNSHIP), head(world)
    address = f"/township/holds/place/{award.ref}/"
    assert address in text(clerk.get(f"/township/awards/{award.ref}/"))
    empty = send(clerk, address, kind="", words="")
    assert empty.status_code == 422 and [line.split(":")[0] for line in told(empty)] == ["kind", "words"]
    assert send(clerk, address, kind="identity", words="告知书两次退回。")["Location"] == "/township/holds/"
    hold = Hold.objects.get()
    free = f"/township/holds/free/{hold.ref}/"
    mine = text(clerk.get("/township/holds/"))
    assert "须由另一人解除" in mine and free not in mine
    refused = send(clerk, free, reason="核实了")
    assert refused.status_code == 403 and "须由另一人核实后解除" in told(refused)[0]
    assert free in text(leader.get("/township/holds/"))
    assert send(leader, free, reason="上门见到本人。").status_code == 302
    assert "没有暂缓发放的家庭" in text(leader.get("/township/holds/"))
    assert "上门见到本人" in text(leader.get("/township/holds/?state=freed&cols=户主,解除理由"))
    assert "上门见到本人" in text(leader.get(f"/township/awards/{award.ref}/"))


def test_the_cashier_sees_holds_and_no_case(world: World, award: Award) -> None:
    send(head(world), f"/township/holds/place/{award.ref}/", kind="other", words="等补办存折。")
    browser = cashier(world)
    assert browser.get("/")["Location"] == "/township/rolls/"
    shown = text(browser.get("/township/holds/"))
    assert award.household.head.name in shown and f"/township/awards/{award.ref}/" not in shown
    assert "家庭档案" not in shown and "/search/" not in shown
    for path in ("/township/", "/township/awards/", f"/household/{award.household.ref}/", "/search/"):
        assert browser.get(path).status_code in {403, 404}, path
    other = at(world, Role.CASHIER, code="990101002")
    assert award.household.head.name not in text(other.get("/township/holds/"))
