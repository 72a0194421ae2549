"""What goes wrong on an ordinary day: each is answered by a clear sentence, and nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.journeys import stations
from tests.journeys.hands import account, field, fill, log_in, press, put, told
from tests.journeys.ready import WaitUntil, deciding, examined
from tests.rooms.world import NOT_YET, PASSWORD, World
from yimen.base.access.second import code_now
from yimen.base.figures import queries as figures
from yimen.base.offices.models import Post, StaffRelative
from yimen.casework.applications.queries import applications
from yimen.casework.decisions.models import Decision
from yimen.law.standards import shipped_figures
from yimen.law.terms import Role, Stage

STANDARD = "dibao.standard.urban"
AGREED = "材料齐全，情况属实，同意。"


def test_a_session_that_ends_in_the_middle_of_the_long_form(world: World, page: Page) -> None:
    people, clerk = stations.family(world), account(world, Role.HANDLER)
    log_in(page, clerk)
    stations.write_intake(page, people)
    before = page.evaluate(TYPED)
    Session.objects.all().delete()
    press(page, "提交申请，打印回执")
    told(page, "您刚才填写的内容已经保存")
    page.get_by_label("账号").fill(clerk.username)
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    told(page, "登录已过期，您刚才填写的内容已恢复")
    assert page.evaluate(TYPED) == before
    stations.hand_in(page, people)
    assert applications().count() == 1


# Everything a person can have typed or chosen; the keys that a page makes anew each time are not typed.
TYPED = """() => Array.from(document.getElementById("act").elements)
    .filter(node => node.name && !["hidden", "submit", "button"].includes(node.type))
    .map(node => [node.name, node.value, node.checked])"""


def test_two_deciders_at_the_same_moment(world: World, new_page: Any, wait_until: WaitUntil) -> None:
    case = deciding(world, wait_until)
    first, second = account(world, Role.HEAD), account(world, Role.HEAD, "990101002")
    own = world.head().office
    Post.objects.create(staff=second.staff, office=own, role=Role.HEAD, valid_from=date(2026, 6, 1))
    pages = [log_in(new_page(), who, to=f"/case/{case.ref}/approve/") for who in (first, second)]
    for page, who in zip(pages, (first, second), strict=True):
        fill(page, decide__reasons=f"{who.staff.name}：{AGREED}", code=code_now(who))
    press(pages[0], "予以确认，制确认通知书")
    press(pages[1], "予以确认，制确认通知书")
    told(pages[1], f"{first.staff.name} 已于 12-02")
    told(pages[1], "您这次的“予以确认”没有生效，填写的内容仍在页面上")
    expect(field(pages[1], "decide-reasons")).to_have_value(f"{second.staff.name}：{AGREED}")
    assert Decision.objects.get().by == first.staff


def test_a_township_deciding_before_its_delegation_began(world: World, page: Page, wait_until: WaitUntil) -> None:
    """The day of acceptance says who decides: what was accepted in November stays the district's in December."""
    case = deciding(world, wait_until, f"{NOT_YET}001")
    head = account(world, Role.HEAD, NOT_YET)
    log_in(page, head, to=f"/case/{case.ref}/approve/")
    told(page, "2026-12-01")
    fill(page, decide__reasons=AGREED, code=code_now(head))
    press(page, "予以确认，制确认通知书")
    told(page, "确认权限自 2026-12-01 起移交")
    expect(field(page, "decide-reasons")).to_have_value(AGREED)
    assert not Decision.objects.exists()
    decider = account(world, Role.DISTRICT_DECIDER)
    log_in(page, decider, to=f"/case/{case.ref}/approve/")
    fill(page, code=code_now(decider))
    press(page, "予以确认，制确认通知书")
    assert applications().get(pk=case.pk).stage == Stage.APPROVED


def test_a_relative_of_the_household(world: World, page: Page, wait_until: WaitUntil) -> None:
    case = deciding(world, wait_until)
    head, person = account(world, Role.HEAD), case.applicant
    StaffRelative.objects.create(
        staff=head.staff, name=person.name, identity=person.identity, identity_index=person.identity_index,
        relation="parent", registered_on=date(2026, 11, 30),
    )  # fmt: skip
    log_in(page, head, to=f"/case/{case.ref}/approve/")
    told(page, f"申请家庭的{person.name}是您的近亲属")
    fill(page, decide__reasons=AGREED, code=code_now(head))
    press(page, "予以确认，制确认通知书")
    told(page, "请由与申请家庭没有近亲属关系的其他人员办理")
    expect(field(page, "decide-reasons")).to_have_value(AGREED)
    assert not Decision.objects.exists()


def test_a_figure_unset(world: World, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    case = examined(world)
    rest = tuple(one for one in shipped_figures() if one.key != STANDARD)
    monkeypatch.setattr(figures, "shipped_figures", lambda: rest)
    monkeypatch.setattr(figures, "book", figures.book.__wrapped__)  # asked anew each time
    log_in(page, account(world, Role.HANDLER, number=1), to=f"/case/{case.ref}/")
    told(page, "城市低保标准未设置")
    told(page, "未设置的参数由区级民政部门在“政策与标准”中设置")
    press(page, "拟定审核意见")
    told(page, "城市低保标准未设置，由区级民政部门设置")
    put(page, "opinion-approve", "yes")
    fill(page, opinion__reasons=AGREED)
    press(page, "提出审核意见")
    told(page, "未设置")
    expect(field(page, "opinion-reasons")).to_have_value(AGREED)
    assert applications().get(pk=case.pk).stage == Stage.EXAMINING


def test_a_wrong_identity_number(world: World, page: Page) -> None:
    people = stations.family(world)
    log_in(page, account(world, Role.HANDLER))
    stations.write_intake(page, people)
    right = people.spouse.identity
    put(page, "members-1-identity", right[:-1] + ("0" if right[-1] != "0" else "1"))
    press(page, "提交申请，打印回执")
    told(page, "已填内容都在")
    told(page, "校验")
    expect(field(page, "reason-reason")).to_have_value("两人年老多病，没有劳动能力，生活困难。")
    put(page, "members-1-identity", right)
    stations.hand_in(page, people)
