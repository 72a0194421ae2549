"""A township's ledger in the browser: upload, columns, preview, second person, undo; every state at both widths, axe clean."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.gateways.ledger_files import HEADS, ledger, row
from tests.journeys.hands import follow
from tests.rooms.ledgers import code
from tests.rooms.world import World
from yimen.base.jobs.worker import run_one
from yimen.casework.awards.models import Award, LedgerRun

NewPage = Callable[..., Page]
WIDTHS = ((1366, 768), (390, 844))


class Look:
    """Looks at each state at both widths with axe; keeps pictures where LOOK_FOLDER names a folder."""

    def __init__(self, axe: Any) -> None:
        self.axe, self.folder = axe, os.environ.get("LOOK_FOLDER", "")

    def at(self, page: Page, state: str) -> None:
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            self.axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{state} is wider than {width} px"
            if self.folder:
                page.screenshot(path=str(Path(self.folder) / f"ledger-{state}-{width}.png"), full_page=True)
        page.set_viewport_size({"width": WIDTHS[0][0], "height": WIDTHS[0][1]})


def upload(page: Page, data: bytes, name: str = "青禾街道低保台账.xlsx") -> None:
    page.goto("/township/ledgers/")
    page.get_by_label("台账文件").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_role("button", name="上传并核对").press("Enter")


def test_a_ledger_walks_from_the_upload_to_the_awards_and_back(
    world: World, new_page: NewPage, sign_in: Any, axe: Any
) -> None:
    look, clerk, boss, head = Look(axe), new_page(), new_page(), world.head()
    sign_in(clerk, world.handler().account)
    sign_in(boss, head.account)
    clerk.goto("/township/")
    follow(clerk.get_by_role("link", name="导入中心"))
    look.at(clerk, "empty")

    # A heading that nobody knows is asked for.
    heads = [*HEADS[:5], "每月补差", *HEADS[6:]]
    rows = [row(1), row(2, account="6217000000000000000"), row(3, identity=990101196003150012), row(4, village="站前")]
    upload(clerk, ledger(*rows, heads=heads))
    expect(clerk.locator("p.told")).to_contain_text("还没有指明：月保障金额（元）")
    look.at(clerk, "columns")
    clerk.get_by_label("每月补差").select_option(label="月保障金额（元）")
    clerk.get_by_role("button", name="按这样读取并预览").press("Enter")

    expect(clerk.locator("p.told")).to_contain_text("预览完成：2 户可以导入，2 户有错误，不会导入")
    look.at(clerk, "errors")
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="下载错误行").click()
    assert download.value.suggested_filename == "青禾街道低保台账-错误行.xlsx"
    follow(clerk.get_by_role("link", name="新增 2"))
    look.at(clerk, "new")
    clerk.get_by_role("button", name="提交负责人确认").press("Enter")
    expect(clerk.locator("p.told")).to_contain_text("等待负责人确认")

    boss.goto("/township/ledgers/")
    follow(boss.get_by_role("link", name="青禾街道低保台账.xlsx"))
    look.at(boss, "submitted")
    follow(boss.get_by_role("link", name="确认导入"))
    look.at(boss, "confirm")
    boss.get_by_label("动态口令").fill("12")
    boss.get_by_role("button", name="确认导入").press("Enter")
    expect(boss.locator("main")).to_contain_text("动态口令不正确")
    look.at(boss, "refused")
    boss.get_by_label("动态口令").fill(code(head))
    boss.get_by_role("button", name="确认导入").press("Enter")
    expect(boss.locator("#progress")).to_be_visible()
    look.at(boss, "running")
    assert run_one()
    # The card asks again by itself and gives way to the result.
    expect(boss.get_by_text("导入完成：2 户")).to_be_visible(timeout=10_000)
    assert Award.objects.filter(voided_on=None).count() == 2
    look.at(boss, "done")

    follow(boss.get_by_role("link", name="撤销这次导入"))
    look.at(boss, "undo")
    boss.get_by_label("为什么撤销").fill("拿错了文件")
    boss.get_by_label("动态口令").fill(code(head))
    boss.get_by_role("button", name="撤销这次导入").press("Enter")
    expect(boss.locator("#progress")).to_be_visible()
    assert run_one()
    expect(boss.get_by_text("已撤销 2 户")).to_be_visible(timeout=10_000)
    look.at(boss, "undone")
    clerk.goto("/township/ledgers/")
    look.at(clerk, "list")


def test_a_wrong_file_and_work_that_stopped_say_what_to_do(
    world: World, new_page: NewPage, sign_in: Any, axe: Any
) -> None:
    look, clerk, boss, head = Look(axe), new_page(), new_page(), world.head()
    sign_in(clerk, world.handler().account)
    sign_in(boss, head.account)
    upload(clerk, b"no workbook at all")
    expect(clerk.locator("main")).to_contain_text("这不是 Excel 文件")
    look.at(clerk, "wrong-file")
    upload(clerk, ledger(row(1)))
    follow(clerk.get_by_role("button", name="提交负责人确认"))
    run = LedgerRun.objects.get()
    boss.goto(f"/township/ledgers/{run.ref}/confirm/")
    boss.get_by_label("动态口令").fill(code(head))
    follow(boss.get_by_role("button", name="确认导入"))
    expect(boss.locator("#progress")).to_be_visible()
    head.account.is_active = False
    head.account.save()
    assert run_one()
    head.account.is_active = True
    head.account.save()
    boss.goto(f"/township/ledgers/{run.ref}/")
    expect(boss.locator("p.told")).to_contain_text("账号已停用，没有继续")
    look.at(boss, "failed")
    follow(boss.get_by_role("button", name="继续"))
    assert run_one()
    expect(boss.get_by_text("导入完成：1 户")).to_be_visible(timeout=10_000)
