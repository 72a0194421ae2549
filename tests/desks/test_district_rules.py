"""Powers, order of steps, figures and the calendar: two persons for every rule, clear errors, nothing asked twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.desks.district_hands import at, send, text
from tests.rooms.world import NOT_YET, TOWNSHIP, VILLAGE, World, applied
from yimen.base.access.officer import ADMIN_ROLES
from yimen.base.figures import queries as figures
from yimen.base.figures.models import FigureVersion
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Delegation, OrderChoice, Post
from yimen.law.calendar import today
from yimen.law.standards import KEYS
from yimen.law.terms import Order, Role

HAND_OVER = {
    "township": "990101200",
    "programme": "dibao",
    "mode": "delegation",
    "document": "示例文号 安澜政发〔2026〕30号",
    "basis": "社会救助法第四十四条第二款",
    "valid_from": "2027-01-01",
}
STANDARD = {
    "area": "990101",
    "valid_from": "2027-01-01",
    "document": "示例文号 安澜民发〔2026〕41号",
    "note": "",
}


# -- powers ------------------------------------------------------------------------------


def test_the_matrix_says_who_decides_today(world: World) -> None:
    page = at(world, Role.SUPERVISOR).get("/district/delegations/")
    rows = {row.cells[0]: row.cells for row in page.context["table"].rows}
    assert rows["青禾街道"][2].text == "安澜区青禾街道办事处"
    assert rows["青禾街道"][4] == "2026-01-01"
    assert rows["白杨镇"][2].text == "安澜区民政局"
    assert "2026-12-01 起由乡街确认" in rows["白杨镇"][7]
    assert rows["石桥乡"][3].text == "未移交，由区级确认"


def test_a_hand_over_needs_two_persons(world: World) -> None:
    watcher, decider = at(world, Role.SUPERVISOR), at(world, Role.DISTRICT_DECIDER)
    assert send(watcher, "/district/delegations/new/", **HAND_OVER).status_code == 302
    draft = Delegation.objects.get(released_at=None)
    url = f"/district/delegations/{draft.ref}/release/"
    page = text(watcher.get("/district/delegations/"))
    assert "须由另一人复核" in page and f"{today():%Y-%m-%d}" in page
    assert url in text(decider.get("/district/delegations/"))
    own = send(watcher, url)
    assert own.status_code == 403 and "拟定人不能自己发布" in text(own)
    assert not offices.power("dibao", "990101200", date(2027, 1, 1)).delegated
    assert send(decider, url).status_code == 302
    assert offices.power("dibao", "990101200", date(2027, 1, 1)).delegated


def test_the_preview_says_which_cases_move(world: World) -> None:
    applied(world)
    Delegation.objects.filter(township_id=TOWNSHIP).delete()
    send(at(world, Role.SUPERVISOR), "/district/delegations/new/", **{**HAND_OVER, "township": TOWNSHIP})
    draft = Delegation.objects.get(released_at=None)
    page = text(at(world, Role.DISTRICT_DECIDER).get(f"/district/delegations/{draft.ref}/release/"))
    assert "移交后由乡街确认" in page and "1 件" in page


def test_a_township_without_enough_people_cannot_receive(world: World) -> None:
    Post.objects.filter(office__area_id="990101200", role=Role.HEAD).delete()
    page = send(at(world, Role.SUPERVISOR), "/district/delegations/new/", **HAND_OVER)
    assert page.status_code == 422
    assert "还不能接收权限" in text(page)
    assert "示例文号 安澜政发〔2026〕30号" in text(page)


def test_empty_fields_are_named_and_nothing_is_lost(world: World) -> None:
    page = send(
        at(world, Role.SUPERVISOR), "/district/delegations/new/", **{**HAND_OVER, "document": "", "valid_from": ""}
    )
    assert page.status_code == 422
    assert "请填写授权文件的文号" in text(page) and "请填写起始日期" in text(page)
    assert "社会救助法第四十四条第二款" in text(page)


@pytest.mark.parametrize(
    "url", ["/district/delegations/new/", "/district/delegations/order/", "/district/figures/payment.day/new/"]
)
def test_rules_are_made_by_the_right_posts_alone(world: World, url: str) -> None:
    for role in (Role.CHECKER, Role.DISTRICT_HANDLER):
        assert at(world, role).get(url).status_code == 403
    assert at(world, Role.HEAD, code=TOWNSHIP).get(url).status_code == 403
    assert at(world, Role.SUPERVISOR).get(url).status_code == 200


def test_a_released_or_unknown_draft_is_gone(world: World) -> None:
    decider = at(world, Role.DISTRICT_DECIDER)
    released = Delegation.objects.filter(released_at__isnull=False).order_by("pk")[0]
    assert decider.get(f"/district/delegations/{released.ref}/release/").status_code == 409
    assert decider.get("/district/delegations/nothing/release/").status_code == 404


def test_the_order_of_steps_is_chosen_from_a_date_with_its_document(world: World) -> None:
    watcher = at(world, Role.SUPERVISOR)
    assert "先核对后受理" in text(watcher.get("/district/delegations/"))
    form = {
        "programme": "dibao",
        "order": "ministry",
        "valid_from": "2027-03-01",
        "document": "示例文号 安澜民发〔2027〕1号",
    }
    early = send(watcher, "/district/delegations/order/", **{**form, "valid_from": "2026-01-02"})
    assert early.status_code == 422 and "起始日期不能早于今天" in text(early)
    assert send(watcher, "/district/delegations/order/", **form).status_code == 302
    assert OrderChoice.objects.filter(valid_from=date(2027, 3, 1), order=Order.MINISTRY).exists()


# -- figures -----------------------------------------------------------------------------


def test_everybody_on_staff_reads_the_figures(world: World) -> None:
    for code, role in (("990101", role) for role in ADMIN_ROLES):
        assert at(world, role, code=code).get("/figures/").status_code == 200
    for code, role in ((TOWNSHIP, Role.HANDLER), (TOWNSHIP, Role.HEAD), (VILLAGE, Role.AIDE)):
        page = at(world, role, code=code).get("/figures/")
        assert page.status_code == 200
        assert "去设置" not in text(page)


def test_every_key_is_listed_with_how_sure_it_is(world: World) -> None:
    page = at(world, Role.SUPERVISOR).get("/figures/")
    rows = [row for group in page.context["groups"] for row in group.table.rows]
    assert [row.cells[0].text for row in rows] == [key.label for key in KEYS.values()]
    tags = {row.cells[0].text: row.cells[-1].text for row in rows}
    assert tags["城市低保标准"] == "示例"
    assert tags["公示天数"] == "文件原文"
    assert "未设置" in tags.values()
    assert any("挡住" in check.note for check in page.context["unset"])
    assert "去设置" in text(page)


def test_a_number_needs_two_persons_and_counts_from_its_day(world: World) -> None:
    watcher, decider = at(world, Role.SUPERVISOR), at(world, Role.DISTRICT_DECIDER)
    url = "/district/figures/dibao.standard.urban/new/"
    assert "示例" in text(watcher.get(url))
    assert send(watcher, url, value="720.50", **STANDARD).status_code == 302
    draft = FigureVersion.objects.get()
    assert draft.value == 72050
    release = f"/district/figures/waiting/{draft.ref}/release/"
    assert "待复核发布" in text(decider.get("/figures/"))
    assert "720.50" in text(decider.get(release))
    assert send(watcher, release).status_code == 403
    assert send(decider, release).status_code == 302
    assert figures.figure("dibao.standard.urban", TOWNSHIP, date(2027, 1, 1)).value == 72050
    assert figures.figure("dibao.standard.urban", TOWNSHIP, today()).value != 72050
    assert "2027-01-01 起有新值" in text(watcher.get("/figures/"))
    assert "720.50" in text(watcher.get("/district/figures/dibao.standard.urban/"))
    assert decider.get(release).status_code == 409


TYPED = (
    ("payment.day", "10", 10),
    ("dibao.public_notice_days", "7", 7),
    ("sampling.rate", "0.30", "0.30"),
    ("appraisal.majority", "2/3", "2/3"),
    ("dibao.payment_start", "next_month", "next_month"),
    ("notice.repeat_after_objection", "否", False),
    ("contact.hotline", "000-5550-0000", "000-5550-0000"),
    ("notice.places", "乡街宣传栏\n村公开栏", ["乡街宣传栏", "村公开栏"]),
    ("clock.pauses", '["supplement"]', ["supplement"]),
    ("property.dibao.vehicles", "allowed: 0\nmax_yuan: 30000.50\nexempt: [disability]",
     {"allowed": 0, "max_fen": 3_000_050, "exempt": ["disability"]}),
    ("income_reference.crop", '[{"code":"maize","label":"玉米","low_yuan":500,"high_yuan":700}]',
     [{"code": "maize", "label": "玉米", "low_fen": 50_000, "high_fen": 70_000}]),
    ("support_fee.formula", "threshold_multiple: 1.5\nshare: 0.50", {"threshold_multiple": "1.5", "share": "0.50"}),
)  # fmt: skip


@pytest.mark.parametrize(("key", "typed", "kept"), TYPED)
def test_values_are_typed_by_their_unit(world: World, key: str, typed: str, kept: Any) -> None:
    done = send(at(world, Role.SUPERVISOR), f"/district/figures/{key}/new/", value=typed, **STANDARD)
    assert done.status_code == 302, text(done)
    assert FigureVersion.objects.get().value == kept


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("dibao.standard.urban", "七百", "不是金额"),
        ("dibao.standard.urban", "700.123", "小数超过两位"),
        ("payment.day", "40", "1 日至 31 日"),
        ("dibao.public_notice_days", "7.5", "不是整数"),
        ("sampling.rate", "三成", "应为数字"),
        ("sampling.rate", "-0.3", "不能小于零"),
        ("dibao.payment_start", "never", "选择一个有效的选项"),
        ("property.dibao.vehicles", "allowed: [1", "写错了，读不出来"),
        ("property.dibao.vehicles", "[1, 2]", "应是一组“名称: 值”"),
        ("property.dibao.vehicles", "alowed: 0", "不认识的项“alowed”"),
        ("property.dibao.vehicles", "max_yuan: 1.234", "小数超过两位"),
        ("income_reference.crop", "maize", "应是一张表"),
        ("income_reference.crop", "- label: 玉米", "第 1 行缺少 code"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_kept(world: World, key: str, typed: str, sentence: str) -> None:
    page = send(at(world, Role.SUPERVISOR), f"/district/figures/{key}/new/", value=typed, **STANDARD)
    assert page.status_code == 422
    assert sentence in page.context["sections"][0].form.errors["value"][0]
    assert "安澜民发〔2026〕41号" in text(page)
    assert not FigureVersion.objects.exists()


def test_known_values_are_shown_for_change(world: World) -> None:
    for key in KEYS:
        page = at(world, Role.SUPERVISOR).get(f"/district/figures/{key}/new/")
        assert page.status_code == 200, key
        form = page.context["sections"][0].form
        shown = form.initial.get("value")
        if shown:
            again = type(form)(form.key, "990101", {"value": shown, **STANDARD}, {})
            assert "value" not in again.errors, (key, again.errors)


def test_a_start_comes_once_and_an_end_after_it(world: World) -> None:
    watcher = at(world, Role.SUPERVISOR)
    url = "/district/figures/payment.day/new/"
    wrong = send(watcher, url, value="10", **STANDARD, valid_to="2026-12-01")
    assert wrong.status_code == 422 and "截止日期不能早于起始日期" in text(wrong)
    assert send(watcher, url, value="10", **STANDARD).status_code == 302
    twice = send(watcher, url, value="12", **STANDARD)
    assert twice.status_code == 422 and "同一起始日期的版本" in text(twice)


def test_no_such_figure(world: World) -> None:
    assert at(world, Role.SUPERVISOR).get("/district/figures/nothing/new/").status_code == 404
    assert at(world, Role.SUPERVISOR).get("/district/figures/nothing/").status_code == 404


# -- the calendar ------------------------------------------------------------------------


def test_a_published_year_names_its_document(world: World) -> None:
    page = at(world, Role.SUPERVISOR).get("/district/calendar/?year=2026")
    assert "国办发明电〔2025〕7号" in text(page)
    days = [day for month in page.context["months"] for week in month.weeks for day in week if day]
    assert len(days) == 365
    october = page.context["months"][9]
    kinds = {day.number: (day.kind, day.word) for week in october.weeks for day in week if day}
    assert (kinds[1], kinds[10], kinds[12], kinds[17]) == (
        ("holiday", "休"),
        ("makeup", "班"),
        ("work", ""),
        ("rest", ""),
    )


def test_days_in_a_row_stand_in_one_line(world: World) -> None:
    page = at(world, Role.SUPERVISOR).get("/district/calendar/?year=2026")
    rows = {row.cells[0]: row.cells for row in page.context["changes"][0].table.rows}
    assert rows["2026-10-01 至 2026-10-07"][1:3] == ["星期四至星期三", 7]
    assert rows["2026-10-10"][3].text == "调休上班"


def test_a_year_without_a_notice_is_provisional(world: World) -> None:
    page = at(world, Role.SUPERVISOR).get("/district/calendar/?year=2027")
    assert "这一年的放假安排尚未公布" in text(page) and "暂定" in text(page)
    assert all(month.provisional for month in page.context["months"])


def test_days_are_entered_taken_back_and_the_year_closed(world: World) -> None:
    watcher = at(world, Role.SUPERVISOR)
    url, day = "/district/calendar/day/2027-01-01/", date(2027, 1, 1)
    form = {"kind": "free", "name": "元旦", "document": "示例 国办发明电〔2026〕8号"}
    assert url in text(watcher.get("/district/calendar/?year=2027"))
    assert send(watcher, url, **form, closes_year="on").status_code == 302
    assert not offices.working_calendar().is_working_day(day)
    assert 2027 in offices.working_calendar().published_years
    page = text(watcher.get("/district/calendar/?year=2027"))
    assert "元旦" in page and "国办发明电〔2026〕8号" in page
    assert send(watcher, url, **{**form, "kind": "none"}).status_code == 302
    assert offices.working_calendar().is_working_day(day)


def test_a_day_needs_its_document(world: World) -> None:
    page = send(at(world, Role.SUPERVISOR), "/district/calendar/day/2027-01-02/", kind="free", name="元旦")
    assert page.status_code == 422
    assert "请填写国务院办公厅放假通知的文号" in text(page)
    assert "2027-01-02" in text(page)


def test_readers_see_the_calendar_without_links(world: World) -> None:
    for role in (Role.CHECKER, Role.SECURITY_ADMIN):
        page = at(world, role).get("/district/calendar/")
        assert page.status_code == 200
        assert "/district/calendar/day/" not in text(page)
    assert at(world, Role.CHECKER).get("/district/calendar/day/2027-01-01/").status_code == 403
    assert at(world, Role.SUPERVISOR).get("/district/calendar/day/2027-13-01/").status_code == 404


def test_of_several_delegations_the_latest_start_counts(world: World) -> None:
    first = Delegation.objects.get(township_id=TOWNSHIP, programme="dibao")
    Delegation.objects.create(
        township_id=TOWNSHIP, programme="dibao", mode="entrustment", document="示例文号 后一份", basis="示例",
        valid_from=today() - timedelta(days=3), proposed_by=first.proposed_by, proposed_at=first.proposed_at,
        released_by=first.released_by, released_at=first.released_at,
    )  # fmt: skip
    page = text(at(world, Role.SUPERVISOR).get("/district/delegations/"))
    assert "委托（以区级民政部门名义）" in page
    assert NOT_YET not in page
