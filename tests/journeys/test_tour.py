"""The tour of the demo district, walked as its page tells it: every stop with its account, and what one should see."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import TODAY
from tests.journeys.hands import SIDEWAYS, field, fill, press, told
from yimen.base.access.second import code_now
from yimen.casework.awards.models import Award
from yimen.demo import samples, tour
from yimen.demo.build import build
from yimen.demo.places import District
from yimen.law.terms import Role

HOUSEHOLDS = 20
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
GROUND = "看了存折和原始凭证，按核对结果认定。"


@pytest.fixture
def district(live_server: Any, settings: Any, tmp_path: Path) -> District:
    settings.YIMEN_DEMO, settings.YIMEN_DATA, settings.YIMEN_GATEWAY_DIR = True, tmp_path, tmp_path / "gateway"
    built = build(7, TODAY, HOUSEHOLDS)
    samples.write(tmp_path, built.samples)
    return built.district


class Guide:
    """Goes from stop to stop by the buttons of the page."""

    def __init__(self, page: Page, district: District, folder: Path) -> None:
        self.page, self.district, self.folder = page, district, folder
        self.seen: list[str] = []

    def go(self, key: str) -> None:
        self.page.goto("/help/tour/")
        stop = self.page.locator(f"#{key}")
        words = next(stop for stop in tour.STOPS if stop.key == key)
        expect(stop).to_contain_text(words.do)
        expect(stop).not_to_contain_text("已经办完")
        with self.page.expect_navigation():
            stop.get_by_role("button").click()
        expect(self.page.locator(".demo")).to_contain_text("演示数据，均为虚构")
        self.seen.append(key)

    def code(self) -> str:
        head = self.district.who("990101001", Role.HEAD)
        return code_now(self.district.accounts[head.pk])

    # -- the stops -----------------------------------------------------------------------

    def queue(self) -> None:
        told(self.page, "26")
        expect(self.page.get_by_role("main").locator("tbody tr").first).to_contain_text(re.compile("超期|剩"))

    def search(self) -> None:
        award = Award.objects.filter(township_id="990101001", origin="ledger").select_related("household__head")[0]
        head = award.household.head
        self.page.keyboard.press("/")
        box = self.page.locator("[data-search]").first
        expect(box).to_be_focused()
        box.fill(head.initials)
        with self.page.expect_navigation():
            box.press("Enter")
        told(self.page, head.name)

    def case(self) -> None:
        told(self.page, "还有 3 处须写明处理意见")
        expect(self.page.get_by_role("main")).to_contain_text("金额怎么算")

    def settle(self) -> None:
        rows = self.page.locator("tr", has=self.page.get_by_role("button", name="写入处理意见"))
        expect(rows).to_have_count(3)
        rows.first.get_by_label("处理", exact=True).select_option("accept_verified")
        rows.first.get_by_label("处理意见").fill(GROUND)
        rows.first.get_by_role("button", name="写入处理意见").click()
        told(self.page, GROUND)
        expect(rows).to_have_count(2)
        self.page.goto(self.page.url.replace("settle_difference", "conclude_investigation"))
        fill(self.page, conclude__disputed="no", conclude__reason="没有争议。")
        press(self.page, "作出调查结论")
        told(self.page, "比对差异还没有处理意见")

    def reckoning(self) -> None:
        told(self.page, "示例文号")
        told(self.page, "民发〔2021〕57号")

    def visit(self) -> None:
        self.page.set_viewport_size(PHONE)
        expect(field(self.page, "visit-conclusion")).to_be_visible()
        self.page.set_viewport_size(DESK)

    def notices(self) -> None:
        main = self.page.get_by_role("main")
        assert main.get_by_role("link", name=re.compile("公示.*号|号")).count()
        expect(main.get_by_role("link", name="电子屏")).to_be_visible()
        with self.page.expect_navigation():
            main.get_by_role("link", name="网上公示").click()
        told(self.page, "青禾街道")

    def approve(self) -> None:
        fill(self.page, code=self.code())
        press(self.page, "予以确认，制确认通知书")
        told(self.page, "已确认")

    def refuse(self) -> None:
        told(self.page, "救济")

    def ledger(self) -> None:
        self.page.goto("/help/tour/#samples")
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name="有错误的旧台账").click()
        file = self.folder / coming.value.suggested_filename
        coming.value.save_as(file)
        self.page.goto("/township/ledgers/upload/")
        self.page.locator("input[type=file]").set_input_files(file)
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=re.compile("上传")).click()
        for words in ("截断", "校验位", "幸福里社区", "也出现"):
            told(self.page, words)

    def papers(self) -> None:
        expect(self.page.get_by_role("main").get_by_role("row").nth(1)).to_be_visible()

    def roll(self) -> None:
        main = self.page.get_by_role("main")
        expect(main.locator("tbody tr").first).to_contain_text("特困")

    def changes(self) -> None:
        expect(self.page.get_by_role("main").locator("tbody tr").first).to_contain_text(re.compile("待|已|公示"))

    def month(self) -> None:
        told(self.page, "逾期")
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("link", name="2026-10").first.click()
        told(self.page, "区级已收")

    def uplift(self) -> None:
        expect(self.page.get_by_role("main").locator("tbody tr").first).to_contain_text("已")

    def district_page(self) -> None:
        for name in ("青禾街道", "望川街道", "临湖街道", "柳庄镇", "白杨镇", "石桥乡"):
            told(self.page, name)
        with self.page.expect_navigation():
            self.page.get_by_label("主菜单").get_by_role("link", name="统计图表").click()
        main = self.page.get_by_role("main")
        expect(main.locator("figure.chart")).to_have_count(6)
        expect(main.locator("figure.chart svg").first).to_be_visible()
        expect(main.locator("figure.chart a").first).to_be_attached()
        expect(main.locator("figure.chart table")).to_have_count(6)


def _accessible(page: Page, axe: Callable[[Page], None]) -> None:
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        axe(page)
        assert page.evaluate(SIDEWAYS) <= 0, page.url


def test_the_tour_as_the_page_tells_it(
    page: Page, district: District, tmp_path: Path, axe: Callable[[Page], None]
) -> None:
    guide = Guide(page, district, tmp_path)
    page.goto("/help/tour/")
    _accessible(page, axe)
    looks: dict[str, Callable[[], None]] = {
        stop.key: getattr(guide, "district_page" if stop.key == "district" else stop.key) for stop in tour.STOPS
    }
    for key, look in looks.items():
        guide.go(key)
        if key in {"queue", "visit"}:
            _accessible(page, axe)
        look()
    assert guide.seen == [stop.key for stop in tour.STOPS]
