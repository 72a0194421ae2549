"""多发和退回 on the pages: from the register to the order, the refund and its check; papers; whose household it is."""

from __future__ import annotations

import pytest

from tests.desks.district_hands import at, send, text
from tests.rooms.ledgers import code, family, take
from tests.rooms.recovering import owed
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.casework.awards.models import Award
from yimen.casework.payments.models import Recovery
from yimen.law.terms import Role

LIST = "/township/recoveries/"


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    take(made, [family(made, 1, village="990101001001")])
    for month in ("2026-09", "2026-10"):
        owed(Award.objects.get(), month)
    return made


def proposal(world: World, **more: object) -> dict[str, object]:
    officers = [world.handler().staff.ref, world.aide().staff.ref]
    return {
        "basis": "error", "reasons": "死亡以后仍按原人数发放。", "way": "instalments", "monthly": "200", "from_month": "2026-12",
        "how": "in_person", "heard_on": "2026-11-24", "who": "户主", "view": "agrees", "said": "愿意退。",
        "investigators": officers, **more,
    }  # fmt: skip


def test_from_the_register_to_the_money_in_the_hand(world: World) -> None:
    clerk, award = at(world, Role.HANDLER, code=TOWNSHIP), Award.objects.get()
    page = text(clerk.get(LIST))
    assert "1,240.00" in page and "成员死亡" in page and "提出退回" in page
    assert "待乡街提出" in text(at(world, Role.SUPERVISOR).get(LIST))
    wrong = send(clerk, f"{LIST}new/{award.ref}/", **proposal(world, monthly="", view=""))
    assert (
        wrong.status_code == 422 and "请填写每月扣回的金额" in text(wrong) and "死亡以后仍按原人数发放" in text(wrong)
    )
    address = send(clerk, f"{LIST}new/{award.ref}/", **proposal(world)).url
    assert "待区级决定" in text(clerk.get(address)) and "撤回" in text(clerk.get(address))
    decider = at(world, Role.DISTRICT_DECIDER)
    assert "责令退回" in text(decider.get(address))
    assert send(decider, f"{address}order/", code="1").status_code == 422
    officer = world.at_district(Role.DISTRICT_DECIDER)
    assert send(decider, f"{address}order/", code=code(officer)).status_code == 302
    page = text(clerk.get(address))
    assert "责令退回通知书" in page and "每月从保障金中扣回 200.00 元，共7个月" in page and "1,240.00 元" in page
    late = send(clerk, f"{address}refund/", amount="2000", on="2026-11-24", receipt="SJ1")
    assert late.status_code == 422 and "不超过尚未退回的 1,240.00 元" in text(late)
    send(clerk, f"{address}refund/", amount="40", on="2026-11-24", receipt="SJ1")
    refund = Recovery.objects.get().refunds.get()
    assert "待另一人核对" in text(clerk.get(address))
    leader = at(world, Role.HEAD, code=TOWNSHIP)
    assert "核对退款" in text(leader.get(address))
    assert send(leader, f"{LIST}refunds/{refund.ref}/", accepted="yes").status_code == 302
    assert "1,200.00 元" in text(leader.get(address))
    assert "正在退回 1" in text(leader.get(LIST)), "told before anybody opens the tab"
    assert "家庭退回" in text(leader.get("/township/funds/"))
    assert at(world, Role.HANDLER, code="990101002").get(address).status_code == 404


def test_its_papers_open_for_those_who_see_it(world: World) -> None:
    clerk, award = at(world, Role.HANDLER, code=TOWNSHIP), Award.objects.get()
    address = send(clerk, f"{LIST}new/{award.ref}/", **proposal(world)).url
    page = text(clerk.get(address))
    paper = page.split('href="/paper/')[1].split('"')[0]
    assert clerk.get(f"/paper/{paper}").headers["Content-Type"] == "application/pdf"
    assert at(world, Role.HANDLER, code="990101002").get(f"/paper/{paper}").status_code == 404
