"""A family that fails 低保 and, once its spending is recorded, is proposed as 刚性支出困难家庭."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.base.papers.pdf_text import text_of
from tests.journeys.hands import account, field, fill, fits, log_in, open_case, paper, press, told
from tests.rooms.checking import AS_DECLARED, accepted
from tests.rooms.world import World, member
from yimen.casework.applications.entries import IncomeEntry
from yimen.law.calendar import today
from yimen.law.terms import Role

WAGE = {"item": "wage", "value": "示例超市", "amount_fen": 200_000, "period": "month"}


def _rows(page: Page) -> None:
    """The keyboard walks from cell to cell; what the insurance paid is more than the bill."""
    day = (today() - timedelta(days=90)).isoformat()
    fill(page, rows__0__kind="medical", rows__0__paid_on=day, rows__0__receipt="00012345", rows__0__designated="on")
    field(page, "rows-0-label").click()
    page.keyboard.type("住院")
    page.keyboard.press("Enter")
    expect(field(page, "rows-0-member")).to_be_focused()
    fill(page, rows__0__member="1", rows__0__amount="48600", rows__0__reimbursed="91100")


def test_from_a_no_to_the_lawful_best(world: World, page: Page) -> None:
    who = member(world.crowd.person(today(), 48, 52), work_capacity="able", employed=True)
    wage = [IncomeEntry("wage", "wage", "超市工资", 200_000, "month")]
    truth = {who.name: {**AS_DECLARED, "social_insurance": [WAGE], "tax": [WAGE]}}
    case = accepted(world, members=[who], incomes=wage, truth=truth)
    log_in(page, account(world, Role.HANDLER))
    open_case(page, case.applicant.name)
    told(page, "建议：暂不作出结论")
    told(page, re.compile(r"最低生活保障 不符合"))
    told(page, "申请前十二个月的刚性支出还没有登记")
    press(page, "登记刚性支出")
    _rows(page)
    press(page, "保存，制核算表")
    told(page, "报销、补助的金额不能超过支出金额")
    expect(field(page, "rows-0-receipt")).to_have_value("00012345")
    fill(page, rows__0__reimbursed="29100")
    press(page, "保存，制核算表")
    told(page, "建议：刚性支出困难家庭")
    press(page, "各项目逐步核算")
    for words in ("1.015625", "不低于当地低保标准", "有效期", "已经登记的"):
        told(page, words)
    page.set_viewport_size({"width": 390, "height": 800})
    fits(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    open_case(page, case.applicant.name)
    page.goto(page.url.split("?")[0] + "?tab=papers")
    sheet = re.sub(r"\s", "", text_of(paper(page, "刚性支出核算表")))
    for words in ("19,500.00", "00012345", "住院"):
        assert words in sheet
