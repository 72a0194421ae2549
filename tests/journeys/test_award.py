"""From the counter to the first month on assistance, through four desks, with real files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys import stations
from tests.journeys.hands import account, field, fill, fits, log_in, open_case, paper, press, put, told
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access.second import code_now
from yimen.base.offices.models import Post
from yimen.casework.awards import queries as awards
from yimen.casework.verification.models import ResultFile
from yimen.law.identity import mask_name
from yimen.law.terms import Role, Stage

NewPage = Callable[..., Page]
AFTER_NOTICE = date(2026, 12, 2)
BALANCE = {"deposit": {"amount_fen": 312000, "value_text": "活期存款"}}


def _deputy(world: World) -> Any:
    """The street's second clerk stands in for its head."""
    who = world.district.who(TOWNSHIP, Role.HANDLER, 1)
    Post.objects.create(staff=who, office=who.office, role=Role.HEAD, valid_from=date(2026, 1, 1))
    return who


def test_from_the_counter_to_assistance(
    world: World, page: Page, phone: Page, new_page: NewPage, wait_until: Callable[[date], None], tmp_path: Path
) -> None:
    people, deputy, centre = stations.family(world), _deputy(world), new_page()
    handler = account(world, Role.HANDLER)
    log_in(page, handler)
    case = _counter(page, people)
    log_in(centre, account(world, Role.CHECKER))
    _check(centre, people, case, tmp_path)
    _accept(page, people)
    log_in(phone, account(world, Role.AIDE))
    _visit(phone, people, [handler.staff.name, deputy.name])
    stations.conclude(page, people, "no", "核对、入户一致，没有争议。")
    _propose(page, people)
    _notice(page, phone, new_page(width=390, height=844), people)
    wait_until(AFTER_NOTICE)
    log_in(page, handler)
    _close(page, people)
    _investigator_is_refused(log_in(new_page(), world.district.accounts[deputy.pk]), people, deputy.name)
    _decide(log_in(new_page(), account(world, Role.HEAD)), people, account(world, Role.HEAD))
    _announce(page, people)
    award = awards.award_of(stations.case_of(people.applicant))
    assert award is not None and award.start_month == "2027-01"
    _follow(new_page(width=390, height=844), people, case.progress_code)


def _counter(page: Page, people: stations.Family) -> Any:
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="新登记申请")).to_be_visible()
    put(page, "members-0-identity", people.applicant.identity[:-1] + "0")
    field(page, "members-0-identity").blur()
    if not people.applicant.identity.endswith("0"):
        told(page, "校验")
    stations.write_intake(page, people)
    told(page, "没有登记过")
    expect(page.locator("[data-draft-status]")).to_contain_text("已保存")
    case = stations.hand_in(page, people)
    press(page, "文书")
    paper(page, "申请回执")
    open_case(page, people.applicant.name)
    stations.sign_and_ask(page, people)
    return case


def _check(page: Page, people: stations.Family, case: Any, folder: Path) -> None:
    """Out as a file, back as a file: cut in the middle, whole, and once more."""
    asked = stations.send_request(page, folder)
    whole = stations.answered(asked, people, BALANCE)
    cut = folder / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    stations.upload(page, cut)
    told(page, "没有采用任何内容")
    assert ResultFile.objects.count() == 0
    assert stations.case_of(people.applicant).stage == Stage.CHECKING
    stations.upload(page, whole)
    told(page, "已导入批次")
    assert stations.case_of(people.applicant).stage == Stage.CHECKED
    stations.upload(page, whole)
    told(page, "这次没有改动任何内容")
    assert ResultFile.objects.count() == 1


def _accept(page: Page, people: stations.Family) -> None:
    open_case(page, people.applicant.name)
    told(page, "3,120.00")
    stations.settle(page, people, "银行存款", "accept_verified", stations.WHOLE_NOTE)
    stations.accept(page, people)


def _visit(page: Page, people: stations.Family, others: list[str]) -> None:
    stations.write_visit(page, people)
    fits(page)
    press(page, "保存入户调查表")
    told(page, "还差 1 人")
    expect(field(page, "visit-eating")).to_have_value("以米面蔬菜为主。")
    expect(field(page, "visit-conclusion")).to_have_value("情况属实。")
    stations.go_along(page, *others)
    press(page, "保存入户调查表")
    expect(page.get_by_role("heading", name="我的走访")).to_be_visible()
    expect(page.get_by_role("link", name=people.applicant.name)).to_have_count(0)


def _propose(page: Page, people: stations.Family) -> None:
    open_case(page, people.applicant.name)
    press(page, "拟定审核意见")
    told(page, "金额怎么算出来的")
    told(page, "726.00")
    press(page, "每一步的条文与参数版本")
    told(page, "示例文号 安澜民发〔示例〕9号")
    told(page, "民发〔2021〕57号")
    stations.propose(page, people)


def _notice(page: Page, phone: Page, stranger: Page, people: stations.Family) -> None:
    stations.publish(page, people)
    press(page, "登记张贴")
    stations.post(page, "乡街公开栏")
    phone.goto("/village/")
    phone.get_by_role("link", name=people.applicant.name).first.tap()
    stations.post(phone, "村（社区）公开栏")
    stranger.goto("/public/")
    stranger.get_by_role("link", name="青禾街道").click()
    stranger.get_by_role("link", name="站前社区").click()
    told(stranger, mask_name(people.applicant.name))
    expect(stranger.get_by_role("main")).not_to_contain_text(people.applicant.name)
    fits(stranger)


def _close(page: Page, people: stations.Family) -> None:
    open_case(page, people.applicant.name)
    press(page, "公示期满报请确认")
    press(page, "报请确认")


def _investigator_is_refused(page: Page, people: stations.Family, name: str) -> None:
    open_case(page, people.applicant.name)
    press(page, "予以确认")
    told(page, "您在其中，须由另一位负责人办理")
    fill(page, code="123456")
    press(page, "予以确认，制确认通知书")
    told(page, "您是本件的调查人员，不能再办理“予以确认”")
    assert stations.case_of(people.applicant).stage == Stage.DECIDING


def _decide(page: Page, people: stations.Family, head: Any) -> None:
    open_case(page, people.applicant.name)
    press(page, "予以确认")
    fill(page, decide__reasons="情况清楚，同意。", code="000000" if code_now(head) != "000000" else "111111")
    press(page, "予以确认，制确认通知书")
    told(page, "动态口令不正确或已过期")
    expect(field(page, "decide-reasons")).to_have_value("情况清楚，同意。")
    fill(page, code=code_now(head))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name=people.applicant.name, level=1)).to_be_visible()


def _announce(page: Page, people: stations.Family) -> None:
    stations.papers_of(page, people, "最低生活保障确认通知书")
    open_case(page, people.applicant.name)
    press(page, "公布")
    press(page, "公布，制公布单")
    told(page, "2027-01")


def _follow(page: Page, people: stations.Family, code: str) -> None:
    page.goto("/p/")
    page.get_by_label("查询码").fill(code)
    page.get_by_label("身份证号后 4 位").fill(people.applicant.identity[-4:])
    press(page, "查询进度")
    told(page, mask_name(people.applicant.name))
    told(page, "已确认并公布")
    paper(page, "最低生活保障确认通知书")
    fits(page)
