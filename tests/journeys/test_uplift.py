"""A raised standard over the district: chosen, reckoned, proposed, released by another, explained, told in writing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.hands import fits_both, follow, press, worked
from tests.rooms.ledgers import code, family, take
from tests.rooms.uplifts import URBAN, proposer, releaser, set_figure
from tests.rooms.world import World
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award
from yimen.law.money import show as yuan

NewPage = Callable[..., Page]


def test_a_standard_is_raised_over_the_district(world: World, new_page: NewPage, sign_in: Any, axe: Any) -> None:
    take(world, [family(world, number, 1 + number % 2) for number in range(1, 5)])
    set_figure(world, URBAN, 76_000)
    before = dict(Award.objects.values_list("pk", "monthly_fen"))
    watcher, decider, clerk = new_page(), new_page(), new_page()
    sign_in(watcher, proposer(world).account)
    sign_in(decider, releaser(world).account)
    sign_in(clerk, world.handler().account)

    watcher.goto("/district/")
    follow(watcher.get_by_role("link", name="提高标准", exact=True))
    follow(watcher.get_by_role("link", name="核算提高标准").first)
    fits_both(watcher, axe)
    watcher.get_by_label("城市低保标准").check()
    watcher.get_by_role("textbox", name="起始月份").fill("2026-12")
    press(watcher, "开始核算")
    worked(watcher)
    expect(watcher.locator("main tbody").first.locator("tr")).to_have_count(4)
    fits_both(watcher, axe)
    press(watcher, "提交发布")
    expect(watcher.locator("main")).to_contain_text("待另一人发布")
    assert dict(Award.objects.values_list("pk", "monthly_fen")) == before

    decider.goto(watcher.url)
    follow(decider.get_by_role("link", name="发布提高标准"))
    decider.get_by_role("textbox", name="动态口令").fill(code(releaser(world)))
    press(decider, "发布并执行")
    worked(decider)
    expect(decider.locator("main")).to_contain_text("已执行 4 户")
    after = dict(Award.objects.values_list("pk", "monthly_fen"))
    assert all(after[pk] > fen for pk, fen in before.items())

    award = Award.objects.order_by("pk")[0]
    decider.get_by_role("link", name=award.household.head.name).first.click()
    expect(decider.locator("main")).to_contain_text("按原保障金倒推的家庭月收入")
    expect(decider.locator("main")).to_contain_text("760.00元")
    fits_both(decider, axe)
    follow(decider.get_by_role("link", name="按月的保障历史"))
    expect(decider.locator("main")).to_contain_text(yuan(after[award.pk]))
    fits_both(decider, axe)
    follow(decider.get_by_role("link", name="2026-12", exact=True))
    expect(decider.locator("main")).to_contain_text("重新核算，金额一致")

    clerk.goto("/township/uplifts/")
    fits_both(clerk, axe)
    clerk.get_by_role("button", name="制发并打印告知书").first.click()
    clerk.wait_for_url("**/township/papers/runs/**")
    assert Paper.objects.filter(code="uplift_notice").exists()
