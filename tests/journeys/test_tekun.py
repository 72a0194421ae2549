"""特困 from the assessment of self-care to the award: a widow without children, who cannot walk or bathe alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from tests.base.papers.pdf_text import text_of
from tests.journeys import stations
from tests.journeys.hands import account, field, fill, fits, log_in, open_case, paper, press, told
from tests.rooms.visiting import concluded
from tests.rooms.world import World
from yimen.base.access.second import code_now
from yimen.casework.awards import queries as awards
from yimen.law.terms import Role

AFTER_NOTICE = date(2026, 12, 2)


def _ask(page: Page, name: str) -> None:
    """What 特困 asks, then the six indicators; the level follows by itself."""
    told(page, "特困人员救助供养")
    press(page, f"登记特困认定情况：{name}")
    fill(page, tekun__obligors_known="yes", tekun__form="at_home")
    press(page, "保存，制书面声明")
    press(page, f"生活自理能力评估：{name}")
    for item in ("eat", "dress", "bed", "toilet"):
        fill(page, **{f"care__{item}": "yes"})
    fill(page, care__walk="no", care__bathe="no", care__place="本人家中", care__present=name)
    field(page, "care-assessors").first.check()
    press(page, "保存评估，制评估表")
    told(page, re.compile("建议：特困人员救助供养"))


def _opinion(page: Page) -> None:
    """The proposal is chosen already; another choice asks for its reason at the field."""
    press(page, "拟定审核意见")
    told(page, "按建议：特困人员救助供养")
    fits(page)
    page.get_by_label(re.compile("^最低生活保障")).check()
    press(page, "提出审核意见")
    told(page, "请填写“没有按建议提出意见的理由”")
    page.get_by_label(re.compile("^按建议")).check()
    press(page, "提出审核意见")
    told(page, "部分丧失生活自理能力")


def test_tekun_from_the_assessment_of_self_care_to_the_award(
    world: World, page: Page, new_page: Callable[..., Page], wait_until: Callable[[date], None]
) -> None:
    case, handler, head = concluded(world), account(world, Role.HANDLER), account(world, Role.HEAD)
    name = case.applicant.name
    log_in(page, handler)
    open_case(page, name)
    _ask(page, name)
    _opinion(page)
    press(page, "开始公示")
    told(page, "特困人员救助供养")
    press(page, "今天开始公示，制公示单")
    for place in ("乡街公开栏", "村（社区）公开栏"):
        open_case(page, name)
        press(page, "登记张贴")
        stations.post(page, place)
    wait_until(AFTER_NOTICE)
    log_in(page, handler)
    open_case(page, name)
    press(page, "公示期满报请确认")
    press(page, "报请确认")
    decider = log_in(new_page(), head)
    open_case(decider, name)
    press(decider, "予以确认")
    told(decider, "分散供养，部分丧失生活自理能力")
    fill(decider, code=code_now(head))
    press(decider, "予以确认，制确认通知书")
    expect(decider.get_by_role("heading", name=name, level=1)).to_be_visible()
    (award,) = awards.awards_of(case)
    assert (award.programme, award.self_care, award.start_month) == ("tekun", "partly_lost", "2027-01")
    press(decider, "文书")
    words = re.sub(r"\s", "", text_of(paper(decider, "特困人员救助供养确认通知书")))
    for expected in ("基本生活费", "照料护理费", "分散供养，部分丧失生活自理能力", "特困人员认定办法"):
        assert expected in words
