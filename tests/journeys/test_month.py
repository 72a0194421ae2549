"""A whole month of two townships and the district, with real files in and out.

The first walks it all in the browser: compared, a death decided, paid, reconciled, signed, filed, received. The second settles
a hit of its own, pays, and files after the cut-off, which the district sees.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.desks.test_ledger_round_trip import saved_by_office
from tests.journeys import neighbour, paying
from tests.journeys.hands import fill, fits_both, press, put, told, worked
from tests.journeys.paying import Office, upload
from tests.rooms import banks, comparisons, rolls
from tests.rooms.ledgers import code
from tests.rooms.rolls import MONTH
from tests.rooms.world import World
from yimen.base.offices import queries as areas
from yimen.casework.awards.models import Award, ChangeCase
from yimen.casework.monthclose import invariants
from yimen.casework.monthclose.models import ComparisonRun, FiledRow, MonthClose
from yimen.casework.payments.models import PayLine
from yimen.gateways.provincial.result_write import result_xlsx
from yimen.law.aftercare.changing import ChangeState
from yimen.law.closing import CloseState
from yimen.law.money import show as yuan
from yimen.law.payments.bank_layout import Layout
from yimen.law.payments.bank_terms import FileKind
from yimen.law.terms import Role

NewPage = Callable[..., Page]
SOURCES = ("funeral", "vehicle_register", "assistance_register")
NEXT_MONTH = date(2026, 12, 1)


@pytest.fixture
def office(world: World, new_page: NewPage, sign_in: Any) -> Office:
    """Four households with consents, and the bank's template: a workbook out, text back."""
    comparisons.households(world, 4)
    neighbour.households(world)
    made = banks.layouts(name="F{批次}.xlsx", out=Layout(FileKind.EXCEL, banks.OUT, titles=True))
    banks.template(world, made, banks=["城北农商银行"])
    people = (
        world.at_district(Role.CHECKER), world.handler(), world.head(), rolls.cashier(world),
        world.at_district(Role.SUPERVISOR), world.handler(neighbour.PLACE),
    )  # fmt: skip
    pages = [new_page() for _ in people]
    for page, who in zip(pages, people, strict=True):
        sign_in(page, who.account)
    return Office(world, *pages)


def test_a_month_from_the_comparison_to_the_receipt(
    office: Office, axe: Any, tmp_path: Path, sign_in: Any, wait_until: Callable[[date], None]
) -> None:
    _compare(office, axe)
    _settle(office, axe)
    paying.roll(office, axe)
    paying.pay(office, axe, tmp_path)
    paying.reconcile(office, axe)
    _close(office, axe)
    _returns(office, axe)
    _beside(office, axe)
    wait_until(NEXT_MONTH)
    sign_in(office.watcher, office.world.at_district(Role.SUPERVISOR).account)
    _late(office, axe)
    _together(office, axe, tmp_path)
    assert invariants.broken() == []


def _names() -> list[str]:
    return [award.household.head.name for award in Award.objects.order_by("id")]


def _compare(office: Office, axe: Any) -> None:
    """Asked for the month; each source's workbook brings what is new."""
    page = office.checker
    page.goto("/district/comparison/")
    press(page, "提请本月比对")
    for box in page.locator('[name="sources"]').all():
        box.set_checked(box.get_attribute("value") in SOURCES)
    put(page, "due_on", "2026-11-26")
    press(page, "提请比对")
    worked(page)
    run = ComparisonRun.objects.get()
    first, second, *_ = _names()
    twice = {_names()[-1]: [neighbour.duplicate("青禾街道")]}
    news = {
        "funeral": {first: [comparisons.dead()]}, "vehicle_register": {second: [comparisons.cars(1)]},
        "assistance_register": twice,
    }  # fmt: skip
    for source in SOURCES:
        upload(page, result_xlsx(comparisons.result(run, source, news[source])), f"{source}.xlsx", "导入结果文件")
    told(page, "全部反馈")
    fits_both(page, axe)


def _settle(office: Office, axe: Any) -> None:
    """The car is accounted for; the death becomes a change, looked into and decided."""
    page, first = office.clerk, _names()[0]
    page.goto("/township/comparison/?kind=vehicle")
    page.locator('main tbody input[type="checkbox"]').check()
    press(page, "说明比对差异")
    fill(page, reason="代步的旧车，已经过户，登记还没有更新。", evidence="过户发票")
    press(page, "说明比对差异")
    page.goto("/township/comparison/?kind=death")
    press(page, first)
    fits_both(page, axe)
    press(page, "属实，登记死亡变动")
    put(page, "since", "2026-11-12")
    press(page, "登记变动")
    place = page.url
    press(page, "受理并核定变化")
    put(page, "reasons", "看了火化证明。")
    press(page, "核定并重新核算")
    press(page, "提请决定")
    press(page, "提请决定")
    boss = office.boss
    boss.goto("/township/changes/?state=deciding&village=&event=")
    press(boss, first)
    press(boss, "决定")
    fill(boss, reasons="情况属实，同意。", code=code(office.world.head()))
    press(boss, "作出决定")
    page.goto(place)
    assert ChangeCase.objects.get().state in {ChangeState.DECIDED, ChangeState.CLOSED}


def _close(office: Office, axe: Any) -> None:
    """Signed, filed by the head, frozen, received by the district."""
    clerk, boss, watcher = office.clerk, office.boss, office.watcher
    clerk.goto("/township/closing/")
    told(clerk, "可以签字报备")
    fits_both(clerk, axe)
    press(clerk, "签字")
    boss.goto("/township/closing/")
    press(boss, "核对并报备")
    put(boss, "code", code(office.world.head()))
    press(boss, "核对并报备")
    worked(boss)
    told(boss, "已报备")
    fits_both(boss, axe)
    watcher.goto(f"/district/closing/{MONTH}/")
    press(watcher, "接收")
    told(watcher, "区级已收")
    fits_both(watcher, axe)


def _returns(office: Office, axe: Any) -> None:
    """The month's return counts what was frozen; frozen, roll and bank are one sum."""
    close = MonthClose.objects.get()
    paid = sum(FiledRow.objects.values_list("paid_fen", flat=True))
    assert close.state == CloseState.RECEIVED
    assert paid == close.counts["paid_fen"] == sum(PayLine.objects.values_list("total_fen", flat=True)) > 0
    page = office.clerk
    page.goto(f"/township/returns/{MONTH}/")
    told(page, yuan(paid))
    fits_both(page, axe)
    assert _yuan(paid) & {cell.replace(",", "") for cell in _cells(_exported(page))}


def _exported(page: Page) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 Excel").click()
    return Path(waiting.value.path()).read_bytes()


def _cells(data: bytes) -> list[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]


def _yuan(fen: int) -> set[str]:
    """A sum as a sheet may write it."""
    return {f"{fen / 100:.2f}", f"{fen / 100}", str(fen // 100)}


def _beside(office: Office, axe: Any) -> None:
    """The neighbour finds out that it is another person of that name, pays, and files nothing yet."""
    page = office.neighbour
    page.goto("/township/comparison/?kind=duplicate")
    press(page, _names()[-1])
    told(page, "在青禾街道按月领取低保金")
    page.locator('main tbody input[type="checkbox"]').check()
    press(page, "认定差异不属实")
    fill(page, reason="两地同名不同人，已电话核对身份证号。")
    press(page, "认定差异不属实")
    neighbour.paid(office.world)
    watcher = office.watcher
    watcher.goto(f"/district/closing/{MONTH}/")
    told(watcher, re.compile("已报备1 / "))
    told(watcher, "还有 2 天")


def _late(office: Office, axe: Any) -> None:
    """After the cut-off the district sees who is late; the account that was changed in the window holds from now on."""
    changed = Award.objects.order_by("id")[2]
    assert neighbour.in_use(changed) == neighbour.NUMBER not in neighbour.paid_to(changed)
    page = office.watcher
    page.goto(f"/district/closing/{MONTH}/")
    told(page, "已过 5 天")
    fits_both(page, axe)
    page.goto(f"/district/returns/{MONTH}/")
    expect(
        page.get_by_role("row", name=re.compile("没有报备")).filter(has_text=areas.area(neighbour.PLACE).name)
    ).to_have_count(1)
    neighbour.reconciled(office.world)
    neighbour.filed(office.world)


def _together(office: Office, axe: Any, folder: Path) -> None:
    """The district receives the second as well; its return sums both, in its Excel too, saved anew by LibreOffice."""
    page = office.watcher
    page.goto(f"/district/closing/{MONTH}/")
    press(page, "接收")
    told(page, re.compile("已报备2 / "))
    closes = list(MonthClose.objects.order_by("id"))
    paid = sum(FiledRow.objects.values_list("paid_fen", flat=True))
    assert [close.state for close in closes] == [CloseState.RECEIVED] * 2
    assert (
        paid
        == sum(close.counts["paid_fen"] for close in closes)
        == sum(PayLine.objects.values_list("total_fen", flat=True))
    )
    page.goto(f"/district/returns/{MONTH}/")
    told(page, yuan(paid))
    fits_both(page, axe)
    data = _exported(page)
    (beside := folder / "return").mkdir()
    saved = _cells(saved_by_office(data, beside))
    assert sorted(saved) == sorted(_cells(data)), "text stays text, and every figure what it was"
    assert _yuan(paid) & {cell.replace(",", "") for cell in saved}
