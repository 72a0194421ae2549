"""Changes in a browser: a cut with hearing and objection from the village's phone on; the head of a household dies, others go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.desks.ledger_hands import line
from tests.journeys.hands import fits_both, follow, press
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access import second
from yimen.base.access.models import UsedCode
from yimen.base.papers.models import Paper
from yimen.casework.awards import acts
from yimen.casework.awards.consistency import out_of_step
from yimen.casework.awards.models import Award, ChangeCase
from yimen.law.terms import Role

NewPage = Callable[..., Page]


def on_assistance(world: World) -> Award:
    account = world.district.accounts[world.district.who(TOWNSHIP, Role.HEAD).pk]
    acts.take_over(world.handler(), world.head(), rows=[line(world, 1)], code=second.code_now(account))
    UsedCode.objects.all().delete()
    return Award.objects.get()


def put(page: Page, **values: str) -> None:
    """Type or choose by the field's name."""
    for name, value in values.items():
        box = page.locator(f'[name="{name.replace("__", "-")}"]')
        if box.evaluate("e => e.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def hear(page: Page, world: World, **said: str) -> None:
    page.locator('[name="how"][value="in_person"]').check()
    put(page, place="本人家中", **said)
    page.locator(f'[name="investigators"][value="{world.aide().staff.ref}"]').check()
    press(page, "登记听取意见")


def decide(page: Page, world: World) -> None:
    """The leader finds it in the list and decides with a fresh code."""
    page.goto("/township/changes/?state=deciding&village=&event=")
    follow(page.locator("main tbody a").first)
    press(page, "决定")
    put(page, reasons="情况属实，同意。", code=second.code_now(world.head().account))
    if page.locator('[name="other_programmes"]').count():
        put(page, other_programmes="低保边缘家庭：可以申请认定。")
    press(page, "作出决定")


def serve(page: Page, place: str) -> None:
    page.goto(place)
    press(page, "登记送达")
    page.locator('[name="how"]').select_option("直接送达")
    press(page, "登记送达")
    expect(page.locator("main")).to_contain_text("已办结")


def test_a_cut_with_hearing_and_objection(world: World, new_page: NewPage, sign_in: Any, axe: Any) -> None:
    award = on_assistance(world)
    before = award.monthly_fen
    phone, clerk, boss = new_page(), new_page(), new_page()
    for page, who in ((phone, world.aide()), (clerk, world.handler()), (boss, world.head())):
        sign_in(page, who.account)

    phone.goto("/township/awards/")
    follow(phone.locator("main tbody a").first)
    press(phone, "登记变动")
    fits_both(phone, axe)
    put(phone, event="income", since="2026-11-20", statement="儿子在镇上打零工，一个月三百来块。")
    press(phone, "登记变动")
    expect(phone.locator("main")).to_contain_text("待受理")

    clerk.goto("/township/")
    follow(clerk.get_by_role("link", name=award.household.head.name).first)
    place = clerk.url
    press(clerk, "受理并核定变化")
    fits_both(clerk, axe)
    who = clerk.locator('[name="incomes-0-person"] option').nth(2).get_attribute("value") or ""
    put(
        clerk,
        **{"incomes-0-person": who, "incomes-0-kind": "wage", "incomes-0-label": "打零工", "incomes-0-amount": "300"},
    )
    put(clerk, reasons="看了工钱记录，三个月平均每月三百元。")
    press(clerk, "核定并重新核算")
    expect(clerk.locator("main")).to_contain_text("减发：每月由")
    fits_both(clerk, axe)
    press(clerk, "听取意见")
    fits_both(clerk, axe)
    hear(clerk, world, view="objects", said="冬天没有活，干不满。")
    expect(clerk.locator("main")).to_contain_text("请填写对不同意见的答复")
    put(clerk, answer="按三个月平均数核定；冬天收入少了随时报告，重新核算。")
    press(clerk, "登记听取意见")
    press(clerk, "提请决定")
    press(clerk, "提请决定")
    expect(clerk.locator("main")).to_contain_text("待负责人决定")

    decide(boss, world)
    fits_both(boss, axe)
    serve(clerk, place)
    award.refresh_from_db()
    assert award.monthly_fen < before and out_of_step() == []
    assert "答复：按三个月平均数" in Paper.objects.get(code="award_change_notice").data["answer"]


def test_the_head_dies_and_the_others_go_on(world: World, new_page: NewPage, sign_in: Any, axe: Any) -> None:
    award = on_assistance(world)
    old = award.household.head
    heir = award.household.memberships.exclude(person=old).get().person
    clerk, boss = new_page(), new_page()
    sign_in(clerk, world.handler().account)
    sign_in(boss, world.head().account)

    clerk.goto(f"/household/{award.household.ref}/")
    press(clerk, "登记变动")
    put(clerk, event="death", since="2026-10-28", statement="社区报告，10月28日病故。", reported_by="社区李主任")
    clerk.locator(f'[name="concerns"][value="{old.ref}"]').check()
    press(clerk, "登记变动")
    place = clerk.url
    expect(clerk.locator("main")).to_contain_text("自 2026-11 起暂缓发放")
    award.refresh_from_db()
    assert award.phase == "held"

    press(clerk, "受理并核定变化")
    put(clerk, reasons="看了死亡证明。")
    press(clerk, "核定并重新核算")
    expect(clerk.locator("main")).to_contain_text("新的户主")
    fits_both(clerk, axe)
    put(clerk, new_head=heir.ref)
    press(clerk, "核定并重新核算")
    expect(clerk.locator("main")).to_contain_text("分不清是谁的收入")
    clerk.locator('[name="settled"]').check()
    press(clerk, "核定并重新核算")
    expect(clerk.locator("main")).to_contain_text("变化前后对照")
    if clerk.get_by_role("link", name="听取意见", exact=True).count():
        press(clerk, "听取意见")
        hear(clerk, world, who=heir.name, view="agrees", said="知道了。")
    press(clerk, "提请决定")
    press(clerk, "提请决定")
    decide(boss, world)
    expect(boss.locator("main")).to_contain_text("人员增减表")
    fits_both(boss, axe)
    serve(clerk, place)

    award.refresh_from_db()
    change = ChangeCase.objects.get()
    assert (award.household.head_id, award.phase) == (heir.pk, "running") and change.state == "closed"
    assert [row.person_id for row in award.persons.filter(active=True)] == [heir.pk]
    assert out_of_step() == []
    clerk.goto(f"/household/{award.household.ref}/")
    expect(clerk.locator("main")).to_contain_text("成员死亡")
    fits_both(clerk, axe)
