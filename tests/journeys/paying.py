"""The money of a month on the pages: the roll of three persons, the bank's files out and in, the platform reconciled."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from tests.desks.test_ledger_round_trip import saved_by_office
from tests.gateways import platform_files
from tests.journeys import neighbour
from tests.journeys.hands import fits_both, given_way, paper, press, put, told, worked
from tests.rooms import banks, rolls
from tests.rooms.ledgers import code
from tests.rooms.rolls import MONTH
from tests.rooms.world import TOWNSHIP, World
from yimen.base.jobs.worker import run_one
from yimen.casework.awards.models import Award
from yimen.casework.payments.models import BankFile, PayLine


@dataclass
class Office:
    """Everybody at a desk of their own."""

    world: World
    checker: Page
    clerk: Page
    boss: Page
    cashier: Page
    watcher: Page
    neighbour: Page


def upload(page: Page, data: bytes, name: str, button: str) -> None:
    """Hand a file to the only field for files of a page."""
    page.locator('main input[type="file"]').set_input_files({"name": name, "mimeType": "", "buffer": data})
    press(page, button)


def roll(office: Office, axe: Any) -> None:
    """Drawn up, approved and released by three persons, frozen; who changes the account now is paid to the old one."""
    neighbour.other_account(office.world, Award.objects.order_by("id")[2])
    clerk, boss, cashier = office.clerk, office.boss, office.cashier
    clerk.goto("/township/rolls/")
    press(clerk, "编制名册")
    put(clerk, "month", MONTH)
    press(clerk, "开始编制")
    worked(clerk)
    fits_both(clerk, axe)
    press(clerk, "提交批准")
    for page, word, who in (
        (boss, "批准名册", office.world.head()), (cashier, "发布名册", rolls.cashier(office.world)),
    ):  # fmt: skip
        page.goto(clerk.url)
        press(page, word)
        put(page, "code", code(who))
        press(page, word)
    worked(cashier)
    told(cashier, "已冻结发布")


def pay(office: Office, axe: Any, folder: Path) -> None:
    """The bank's workbook out, its answer in; one failure put right and sent once more."""
    file = _send(office)
    page = office.cashier
    press(page, "下载发放文件")
    put(page, "code", code(rolls.cashier(office.world)))
    press(page, "放到导出中心")
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("button", name="下载", exact=True).first.click()
    _same_in_office(Path(waiting.value.path()).read_bytes(), folder)
    _answer(page, file, banks.failing(1, code="12", words="户名不符"))
    fits_both(page, axe)
    clerk = office.clerk
    clerk.goto("/township/payfailures/")
    fits_both(clerk, axe)
    line = PayLine.objects.get(ref=banks.rows_of(file, banks.failing())[0][0])
    clerk.goto(f"/township/payfailures/{line.ref}/")
    put(clerk, "correction", "银行登记的户名有误，银行已更正。")
    press(clerk, "列入补发")
    _answer(page, _send(office), banks.failing())


def _send(office: Office) -> BankFile:
    page = office.cashier
    page.goto("/township/banks/")
    press(page, "生成并报送")
    put(page, "code", code(rolls.cashier(office.world)))
    press(page, "生成并报送")
    return BankFile.objects.latest("id")


def _same_in_office(data: bytes, folder: Path) -> None:
    """Saved anew by LibreOffice: accounts are still whole texts, the sum is that of the roll."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(saved_by_office(data, folder))).get_sheet_by_index(0).to_python()
    at = {column.field: number for number, column in enumerate(banks.OUT)}
    accounts = [row[at[banks.F.ACCOUNT]] for row in rows[1:]]
    assert all(isinstance(each, str) and len(each) == 19 for each in accounts)
    assert neighbour.NUMBER not in accounts, "the other account begins next month"
    total = sum(round(float(row[at[banks.F.AMOUNT]]) * 100) for row in rows[1:])
    assert total == sum(PayLine.objects.values_list("total_fen", flat=True))


def _answer(page: Page, file: BankFile, result: Any) -> None:
    page.goto(f"/township/bankfiles/{file.ref}/")
    press(page, "上传返回文件")
    upload(page, banks.answer(file, result), "返回.txt", "上传并核对")
    press(page, "入账")


def reconcile(office: Office, axe: Any) -> None:
    """The platform knows one household too many; mended there, its next export agrees, the sheet is drawn up."""
    page = office.clerk
    page.goto("/township/platform/")
    upload(page, platform_files.of_month(TOWNSHIP, MONTH), "平台导出.xlsx", "上传并比对")
    _past_columns(page)
    fits_both(page, axe)
    for box in page.locator('main tbody input[type="checkbox"]').all():
        box.check()
    press(page, "处理勾选的差异")
    put(page, "how", "fix")
    press(page, "办理 1 条")
    page.goto("/township/platform/")
    upload(page, platform_files.agreeing(TOWNSHIP, MONTH), "平台导出（改后）.xlsx", "上传并比对")
    _past_columns(page)
    page.goto(f"/township/platform/months/{MONTH}/")
    press(page, "出具对账表")
    press(page, "出具对账表")
    told(page, "现行")
    assert paper(page, "救助对")


def _past_columns(page: Page) -> None:
    """Headings that were never seen are confirmed once."""
    if page.get_by_role("main").get_by_role("button", name="按这样读取并比对").count():
        press(page, "按这样读取并比对")
    run_one()
    given_way(page)
