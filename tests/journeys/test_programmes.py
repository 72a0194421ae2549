"""A family that fails 低保 and, once its spending is recorded, is proposed as 刚性支出困难家庭."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.base.papers.pdf_text import text_of
from tests.journeys.hands import account, field, fill, fits, log_in, open_case, paper, press, told
from tests.rooms.checking import AS_DECLARED, accepted
from tests.rooms.visiting import visited
from tests.rooms.world import World, member
from yimen.casework.applications.entries import IncomeEntry
from yimen.casework.investigation import acts as investigation
from yimen.casework.investigation.programme_entries import SpendingEntry, SpentEntry
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


def _earner(world: World) -> Any:
    """Accepted: a wage far above the standard of dibao."""
    who = member(world.crowd.person(today(), 48, 52), work_capacity="able", employed=True)
    wage = [IncomeEntry("wage", "wage", "超市工资", 200_000, "month")]
    truth = {who.name: {**AS_DECLARED, "social_insurance": [WAGE], "tax": [WAGE]}}
    return accepted(world, members=[who], incomes=wage, truth=truth)


def test_from_a_no_to_the_lawful_best(world: World, page: Page) -> None:
    case = _earner(world)
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


ASKED = ("participants", "question", "views", "resolution", "outcome", "basis")
SAID = {
    "participants": "示例区民政局 周某（主持）",
    "question": "住院费用尚未结算，比例略低于规定。",
    "views": "一致认为应当视同必需支出。",
    "resolution": "同意认定。",
    "basis": "民发〔2024〕57号第九条",
}


def test_a_case_conference_is_written_down_with_the_keyboard_alone(world: World, page: Page) -> None:
    case = visited(world, _earner(world))
    bill = SpentEntry("medical", 900_000, "住院", paid_on=today() - timedelta(60), designated=True, receipt="票据1")
    investigation.record_spending(world.handler(), case.ref, entry=SpendingEntry([bill]))
    investigation.conclude_investigation(world.handler(), case.ref, disputed=False, reason="没有争议。")
    log_in(page, account(world, Role.DISTRICT_HANDLER))
    open_case(page, case.applicant.name)
    press(page, "一事一议")
    expect(field(page, "confer-held_on")).to_have_value(today().isoformat())
    field(page, "confer-participants").focus()
    for name in ASKED:
        expect(field(page, f"confer-{name}").first).to_be_focused()
        page.keyboard.type(SAID[name]) if name in SAID else page.keyboard.press("Space")
        # The help of a field stands between it and the next one.
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('summary, [data-help], .help *')"):
            page.keyboard.press("Tab")
    page.set_viewport_size({"width": 390, "height": 800})
    fits(page)
    page.keyboard.press("Control+Enter")
    told(page, "参加人员至少 3 人")
    expect(field(page, "confer-views")).to_have_value(SAID["views"])
    field(page, "confer-participants").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n示例区教育局 李某\n青禾街道 赵某")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(rf"/case/{case.ref}/([?#]|$)"))
    page.goto(page.url.split("?")[0] + "?tab=papers")
    assert "认定为刚性支出困难家庭" in text_of(paper(page, "一事一议会议纪要")).replace("\n", "")
