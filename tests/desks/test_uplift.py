"""提高标准 on the pages: choose, reckon, propose, release, follow one household to its explanation and its months."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desks.district_hands import at, send, text
from tests.rooms.ledgers import code, family, take
from tests.rooms.uplifts import MONTH, URBAN, raised, releaser, set_figure, too_high
from tests.rooms.world import World, make_world
from yimen.base.jobs.worker import run_one
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award, RegisterCheck, UpliftRun
from yimen.law.aftercare.uplift import UpliftState
from yimen.law.terms import Role

RUNS = "/district/uplift/"


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    take(made, [family(made, 1, 1), family(made, 2, 2), family(made, 3, 1, monthly_fen=900_000)])
    return made


def opened(world: World) -> tuple[Any, UpliftRun]:
    set_figure(world, URBAN, 76_000)
    client = at(world, Role.SUPERVISOR)
    answer = send(client, f"{RUNS}new/", keys=[URBAN], month=MONTH)
    assert answer.status_code == 302
    assert "正在排队" in text(client.get(answer.url))
    assert run_one()
    return client, UpliftRun.objects.get()


def test_a_raise_from_the_form_to_the_awards(world: World) -> None:
    assert "还没有提高过标准" in text(at(world, Role.SUPERVISOR).get(RUNS))
    client, run = opened(world)
    page = text(client.get(f"{RUNS}{run.ref}/"))
    assert "已核算待提交" in page and "2 户" in page and "提交发布" in page
    assert "推不出收入" in text(client.get(f"{RUNS}{run.ref}/?show=unknown"))
    send(client, f"{RUNS}{run.ref}/submit/", version=run.version)
    other = at(world, Role.DISTRICT_DECIDER)
    assert "发布提高标准" in text(other.get(f"{RUNS}{run.ref}/"))
    wrong = send(other, f"{RUNS}{run.ref}/release/", code="000000")
    assert wrong.status_code == 422 and "动态口令不正确" in text(wrong)
    send(other, f"{RUNS}{run.ref}/release/", code=code(releaser(world)))
    assert run_one()
    run.refresh_from_db()
    assert run.state == UpliftState.DONE
    assert "已执行 2 户" in text(client.get(f"{RUNS}{run.ref}/"))


def test_a_household_shows_how_its_amount_came_about(world: World) -> None:
    set_figure(world, URBAN, 76_000)
    run = raised(world)
    award = run.lines.filter(effect="raised").select_related("award")[0].award
    page = text(at(world, Role.SUPERVISOR).get(f"{RUNS}{run.ref}/award/{award.ref}/"))
    assert "760.00元" in page and "按原保障金倒推的家庭月收入" in page and "按月的保障历史" in page


def test_months_show_what_was_due_and_how(world: World) -> None:
    set_figure(world, URBAN, 76_000)
    raised(world)
    award = Award.objects.order_by("pk")[0]
    clerk = at(world, Role.HANDLER, code="990101001")
    page = text(clerk.get(f"/township/awards/{award.ref}/?year=2026"))
    assert "2026-12" in page and "提高标准" in page and "台账接续" in page
    then = text(clerk.get(f"/township/awards/{award.ref}/months/2026-12/"))
    assert "按当时的资料和标准重新核算，金额一致" in then and "760.00元" in then
    before = text(clerk.get(f"/township/awards/{award.ref}/months/2026-11/"))
    assert "金额一致" in before and "726.00元" in before
    assert clerk.get(f"/township/awards/{award.ref}/months/2020-01/").status_code == 404
    assert clerk.get(f"/township/awards/{award.ref}/months/x/").status_code == 404


def test_an_addition_stands_beside_the_amount(world: World) -> None:
    award = Award.objects.order_by("pk")[0]
    page = text(at(world, Role.HANDLER, code="990101001").get(f"/township/awards/{award.ref}/?year=2026"))
    assert "价格临时补贴 28.00 元" in page


def test_a_wrong_month_is_told_at_its_field(world: World) -> None:
    answer = send(at(world, Role.SUPERVISOR), f"{RUNS}new/", keys=[URBAN], month="下月")
    assert answer.status_code == 422 and "请写成 2026-07 这样的月份" in text(answer)
    early = send(at(world, Role.SUPERVISOR), f"{RUNS}new/", keys=["tekun.basic.urban"], month="2024-01")
    assert early.status_code == 422 and "特困：城市基本生活标准" in text(early)


def test_who_had_it_reckoned_may_take_it_back(world: World) -> None:
    client, run = opened(world)
    send(client, f"{RUNS}{run.ref}/withdraw/", reason="文号写错")
    run.refresh_from_db()
    assert run.state == UpliftState.WITHDRAWN and "文号写错" in text(client.get(f"{RUNS}{run.ref}/"))


def test_the_register_is_checked_in_the_background(world: World) -> None:
    client = at(world, Role.SUPERVISOR)
    assert "还没有核对过" in text(client.get("/district/register/"))
    award = Award.objects.order_by("pk")[0]
    Award.objects.filter(pk=award.pk).update(monthly_fen=award.monthly_fen + 100)
    send(client, "/district/register/check/")
    assert run_one()
    check = RegisterCheck.objects.get()
    assert (check.awards, check.differing, check.unfounded) == (3, 1, 1)
    page = text(client.get("/district/register/"))
    assert award.household.head.name in page and "1 项" in page


def test_a_village_prints_its_notices_in_one_go(world: World) -> None:
    set_figure(world, URBAN, 76_000)
    raised(world)
    clerk = at(world, Role.HANDLER, code="990101001")
    page = text(clerk.get("/township/uplifts/"))
    assert "制发并打印告知书" in page and "城市低保标准" in page
    village = Award.objects.order_by("pk")[0].village_id
    run = UpliftRun.objects.get()
    answer = send(clerk, f"/township/uplifts/{run.ref}/print/", area=village)
    assert answer.status_code == 302
    assert run_one()
    paper = Paper.objects.get(code="uplift_notice")
    assert paper.data["after"] > paper.data["before"] and paper.data["standards"]
    assert "打印告知书" in text(clerk.get("/township/uplifts/"))
    assert clerk.get(f"/paper/{paper.ref}/").status_code == 200
    assert send(clerk, f"/township/uplifts/{run.ref}/print/", area="990101002001").status_code == 422


def test_those_who_would_get_less_become_changes_with_one_press(world: World) -> None:
    low, other = Award.objects.order_by("pk")[:2]
    too_high(low)
    set_figure(world, URBAN, 76_000)
    raised(world)
    clerk = at(world, Role.HANDLER, code="990101001")
    assert "减少的家庭（1）" in text(clerk.get("/township/uplifts/"))
    page = text(clerk.get("/township/uplifts/falls/"))
    assert low.household.head.name in page and "3,000.00" in page and "批量登记变动" in page
    assert f"/batch/report_change/?cases={low.ref}" in page and "本页全部登记变更（1 户）" in page
    asked = send(clerk, "/batch/report_change/", ref=low.ref)
    assert "3,000.00" in text(clerk.get(asked.url))
    done = send(clerk, "/batch/report_change/", cases=f"{low.ref}:,{other.ref}:")
    page = text(clerk.get(done.url))
    assert "已登记变更" in page
    change = low.changes.get()
    assert f"/township/changes/{change.ref}/" in text(clerk.get("/township/uplifts/falls/?show=done"))
    back = text(clerk.get(f"/township/changes/{change.ref}/"))
    assert "来自提高标准" in back and "/township/uplifts/falls/?show=done" in back
    run = UpliftRun.objects.get()
    assert f"{RUNS}{run.ref}/award/{low.ref}/" in text(
        at(world, Role.SUPERVISOR).get(f"/township/changes/{change.ref}/")
    )
    seen = text(at(world, Role.SUPERVISOR).get(f"{RUNS}{run.ref}/award/{low.ref}/"))
    assert f"/township/changes/{change.ref}/" in seen
    assert "减少的家庭" not in text(clerk.get("/township/uplifts/"))
