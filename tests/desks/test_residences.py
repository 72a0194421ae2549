"""人户分离 on the pages: reported, established, decided; in the roll, the due list, the file, the history."""

from __future__ import annotations

from typing import Any

from tests.desks.case_hands import code_of, handler, head, of, text, told
from tests.desks.district_hands import send
from tests.desks.ledger_hands import line, names, taken_over
from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.access.models import UsedCode
from yimen.base.offices import queries as offices
from yimen.casework.awards import queries
from yimen.casework.awards.models import Award
from yimen.law.terms import Role

LIST = "/township/changes/"


def done(answer: Any) -> str:
    assert answer.status_code == 302, told(answer)
    return str(answer["Location"])


def decide(world: World, place: str) -> None:
    done(send(handler(world), f"{place}submit/"))
    UsedCode.objects.all().delete()
    code = code_of(world, Role.HEAD, TOWNSHIP)
    done(send(head(world), f"{place}decide/", reasons="情况属实。", code=code))


def test_from_the_report_to_the_lists(world: World) -> None:
    # The third line has no facts at all: where a household lives needs no reckoning.
    taken_over(world, line(world, 1), line(world, 2), line(world, 3, monthly_fen=999_900))
    award: Award = queries.running(world.handler()).order_by("-monthly_fen")[0]
    there = next(
        row for place in offices.townships(TOWNSHIP[:6]) for row in offices.villages(place.code) if row.code != VILLAGE
    )
    clerk = handler(world)
    given = {"since": "2026-11-20", "statement": "去女儿家住。", "source": "village", "reported_by": "李协理"}
    answer = send(clerk, f"{LIST}report/{award.ref}/", event="living_back", **given)
    assert answer.status_code == 422 and "没有登记人户分离" in text(answer)
    place = done(send(clerk, f"{LIST}report/{award.ref}/", event="living_apart", **given))
    page = text(clerk.get(f"{place}findings/"))
    assert "住在哪里" in page and "第十五条" in page and "开户银行" not in page
    fields = {"reasons": "电话核实。", "effect": "", "ground": "", "paid_through": "2026-11"}
    answer = send(clerk, f"{place}findings/", **fields, live_village=there.code, live_address="")
    assert answer.status_code == 422 and "请填写现居住地址" in text(answer) and "电话核实。" in text(answer)
    where = {"live_village": there.code, "live_address": "5组8号", "live_contact": "女儿", "live_helper": "社区居委会"}
    done(send(clerk, f"{place}findings/", **fields, **where))
    decide(world, place)

    home = text(clerk.get(f"/household/{award.household.ref}/"))
    assert "5组8号" in home and "社区居委会" in home and "人户分离" in home
    assert "5组8号" in text(clerk.get(f"/township/awards/{award.ref}/"))
    assert names(text(clerk.get("/township/awards/"))) == 3
    roll = text(clerk.get("/township/awards/?residence=apart&cols=户主,居住地"))
    assert names(roll) == 1 and there.name in roll
    assert names(text(clerk.get("/township/awards/?residence=home"))) == 2
    due = text(clerk.get("/township/recertify/?due=all&residence=apart"))
    assert names(due) == 1 and "人户分离" in due
    assert "5组8号" in text(clerk.get(f"/township/recertify/{award.ref}/"))
    district = of(world, Role.DISTRICT_HANDLER)
    assert names(text(district.get("/township/awards/?residence=apart"))) == 1
    back = {**given, "since": "2026-11-22", "statement": "搬回来了。"}
    place = done(send(handler(world), f"{LIST}report/{award.ref}/", event="living_back", **back))
    done(send(handler(world), f"{place}findings/", **fields))
    decide(world, place)
    assert names(text(handler(world).get("/township/awards/?residence=apart"))) == 0
    assert "2026-11-22" in text(handler(world).get(f"/household/{award.household.ref}/"))
