"""Recertification of a village in bulk: the clerk starts and renews, the leader confirms, the sheets come as one file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.desks.ledger_hands import line
from tests.journeys.hands import fits_both, follow, press
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access import second
from yimen.base.papers.models import Paper
from yimen.casework.awards import acts
from yimen.casework.awards.models import Award, Recertification
from yimen.law.terms import Role

NewPage = Callable[..., Page]


def tick_all(page: Page) -> None:
    for box in page.locator('main tbody input[type="checkbox"]').all():
        box.check()


def test_a_village_is_reviewed_in_bulk(world: World, new_page: NewPage, sign_in: Any, axe: Any) -> None:
    account = world.district.accounts[world.district.who(TOWNSHIP, Role.HEAD).pk]
    rows = [line(world, number, category="B", recertify_on=f"2026-11-{number + 10}") for number in range(4)]
    acts.take_over(world.handler(), world.head(), rows=rows, code=second.code_now(account))
    clerk, boss = new_page(), new_page()
    sign_in(clerk, world.handler().account)
    sign_in(boss, world.head().account)

    clerk.goto("/township/")
    follow(clerk.get_by_role("link", name="复核", exact=True))
    expect(clerk.locator("main tbody tr")).to_have_count(4)
    fits_both(clerk, axe)
    tick_all(clerk)
    press(clerk, "批量开始复核")
    press(clerk, "办理 4 户")
    expect(clerk.locator("main .tag-green")).to_have_count(4)

    clerk.goto("/township/recertify/")
    tick_all(clerk)
    press(clerk, "批量续保登记")
    fits_both(clerk, axe)
    press(clerk, "办理 4 户")
    expect(clerk.locator("main")).to_contain_text("还差 1 人")
    clerk.locator(f'input[value="{world.aide().staff.ref}"]').check()
    press(clerk, "办理 4 户")
    expect(clerk.locator("main .tag-green")).to_have_count(4)
    assert Paper.objects.filter(code="recertification_form").count() == 4

    boss.goto("/township/recertify/?state=recorded&due=")
    tick_all(boss)
    press(boss, "批量确认复核")
    press(boss, "办理 4 户")
    expect(boss.locator("main .tag-green")).to_have_count(4)
    assert set(Recertification.objects.values_list("state", flat=True)) == {"done"}
    assert {f"{award.recertify_on}" for award in Award.objects.all()} == {"2027-05-24"}

    clerk.goto("/township/recertify/?due=all&state=")
    follow(clerk.locator("main tbody a").first)
    expect(clerk.locator("main")).to_contain_text("没有明显变化，金额不变")
    fits_both(clerk, axe)
