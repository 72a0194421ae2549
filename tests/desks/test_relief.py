"""临时救助 on the pages: registered by the village, decided, handed out, completed; what the public sees."""

from __future__ import annotations

import pytest

from tests.desks.district_hands import at, send, text
from tests.rooms.ledgers import code
from tests.rooms.test_funds import ordered
from tests.rooms.world import TOWNSHIP, VILLAGE, World, make_world
from yimen.casework.payments.models import ReliefCase
from yimen.law.calendar import today
from yimen.law.terms import Role

LIST = "/township/relief/"


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    for move, where in (("promise", ""), ("arrive", ""), ("reserve", TOWNSHIP)):
        ordered(made, move, 150_000, programme="temporary", township=where)
    return made


def test_from_the_village_to_the_money_in_the_hand(world: World) -> None:
    aide = at(world, Role.AIDE, code=VILLAGE)
    somebody = world.crowd.person(today(), 40, 60)
    asked = {
        "identity": somebody.identity, "village": VILLAGE, "source": "village", "reported_by": "李协理", "cause": "fire",
        "happened_on": "2026-11-23", "situation": "夜里厨房起火。", "persons": "2", "wanted": "1000", "way": "cash", "urgent": "on",
    }  # fmt: skip
    nameless = send(aide, f"{LIST}register/", **asked)
    assert nameless.status_code == 422 and "请填写姓名" in text(nameless) and "夜里厨房起火" in text(nameless)
    address = send(aide, f"{LIST}register/", **asked, name=somebody.name).url
    page = text(aide.get(address))
    assert "待决定" in page and "还没有提交" in page and somebody.identity not in page
    leader, clerk = at(world, Role.HEAD, code=TOWNSHIP), at(world, Role.HANDLER, code=TOWNSHIP)
    assert "1,500.00" in text(leader.get(LIST)) and somebody.name in text(leader.get(LIST))
    given = {"granted": "yes", "reasons": "房屋受损。"}
    wrong = send(leader, f"{address}decide/", **given, amount="1500.01", code=code(world.head()))
    assert wrong.status_code == 409 and "差 0.01 元" in text(wrong)
    over = send(leader, f"{address}decide/", **given, amount="2000.01", code=code(world.head()))
    assert over.status_code == 422 and "超过乡街直接确认的上限 2,000.00 元" in text(over)
    assert send(leader, f"{address}decide/", **given, amount="1000", code=code(world.head())).status_code == 302
    assert "剩 15 天" in text(clerk.get(f"{LIST}?tab=papers"))
    table = text(clerk.get("/township/funds/table/"))
    listed = table.split("/relief/?township=")[1].split('"')[0].replace("&amp;", "&")
    listed = text(clerk.get(f"/township/funds/table/2026-11/relief/?township={listed}"))
    assert somebody.name in listed and "1 件" in listed and "1,000.00" in listed
    assert send(clerk, f"{address}pay/", received_by=somebody.name, on="2026-11-24").status_code == 302
    page = text(clerk.get(address))
    assert "临时救助金领取凭证" in page and "补齐材料" in page and "500.00" in text(clerk.get(LIST))
    paper = page.split('href="/paper/')[1].split('"')[0]
    assert clerk.get(f"/paper/{paper}").headers["Content-Type"] == "application/pdf"
    send(clerk, f"{address}complete/", papers="火灾证明\n身份证复印件", words="已到现场核实。")
    assert "火灾证明、身份证复印件" in text(clerk.get(address))
    assert at(world, Role.HANDLER, code="990101002").get(address).status_code == 404
    assert ReliefCase.objects.get().state == "paid"


def test_an_empty_form_says_what_is_missing(world: World) -> None:
    clerk = at(world, Role.HANDLER, code=TOWNSHIP)
    page = text(send(clerk, f"{LIST}register/"))
    for said in ("请填写身份证号", "请选择急难发生地", "请选择事由", "请填写困难情况", "请填写申请金额"):
        assert said in page
