"""A notice objected to, an appraisal that first misses its quorum, facts treated anew, a reasoned refusal, served."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.base.papers.pdf_text import text_of
from tests.journeys import stations
from tests.journeys.hands import account, field, fill, log_in, open_case, press, put, told
from tests.rooms.world import World
from yimen.base.access.second import code_now
from yimen.law.terms import Role, Stage

FOUND = {"deposit": {"amount_fen": 9000000, "value_text": "定期存款"}}
NAMES = ("赵一民", "钱二顺", "孙三喜", "李四海", "周五常", "吴六合", "郑七宝", "王八方", "冯九如")
SLIP = "评议会上本人承认存单为自有，按核对数认定。"


def test_an_objection_an_appraisal_and_a_reasoned_refusal(
    world: World, page: Page, phone: Page, new_page: Any, tmp_path: Path
) -> None:
    people, head = stations.family(world), account(world, Role.HEAD)
    log_in(page, account(world, Role.HANDLER))
    _to_notice(world, page, phone, log_in(new_page(), account(world, Role.CHECKER)), people, tmp_path)
    _object(page, people, tmp_path)
    decider = log_in(new_page(), head)
    open_case(decider, people.applicant.name)
    press(decider, "选定异议处理方式")
    fill(decider, answer__way="appraisal", answer__reason="反映的存单需要当面评议。")
    press(decider, "选定处理方式")
    _appraise(page, people)
    stations.settle(page, people, "银行存款", "accept_verified", SLIP)
    _propose_refusal(page, people)
    _refuse(decider, people, head)
    _serve(page, people)


def _to_notice(world: World, page: Page, phone: Page, centre: Page, people: stations.Family, folder: Path) -> None:
    stations.write_intake(page, people)
    stations.hand_in(page, people)
    stations.sign_and_ask(page, people)
    stations.upload(centre, stations.answered(stations.send_request(centre, folder), people, FOUND))
    told(centre, "已导入批次")
    stations.settle(page, people, "银行存款", "accept_declared", "本人说明是代亲友保管，附书面说明。")
    stations.accept(page, people)
    log_in(phone, account(world, Role.AIDE))
    stations.write_visit(phone, people)
    stations.go_along(phone, account(world, Role.HANDLER).staff.name)
    press(phone, "保存入户调查表")
    stations.conclude(page, people, "no", "核对、入户一致，没有争议。")
    stations.propose(page, people)
    stations.publish(page, people)
    assert stations.case_of(people.applicant).stage == Stage.ON_NOTICE


def _object(page: Page, people: stations.Family, folder: Path) -> None:
    picture = folder / "存单.jpg"
    Image.new("RGB", (640, 480), "white").save(picture, "JPEG")
    open_case(page, people.applicant.name)
    press(page, "登记公示异议")
    fill(page, objection__content="邻居反映其家另有一张定期存单。", objection__evidence="存单照片。")
    field(page, "objection-files").set_input_files(picture)
    press(page, "登记异议")
    told(page, "选定异议处理方式")


def _appraise(page: Page, people: stations.Family) -> None:
    open_case(page, people.applicant.name)
    press(page, "民主评议")
    told(page, "至少 7 人，其中居民（村民）代表不少于 2/3")
    fill(
        page, meeting__matter="是否另有定期存单。", meeting__place="社区会议室", meeting__held_at="00:01",
        meeting__chair="赵负责", meeting__expected="10", vote__minutes="逐项通报并发言，本人承认有存单。",
        vote__result="多数认为应当如实计入存款。", vote__agree="0", vote__against="4", vote__abstain="0",
    )  # fmt: skip
    _attend(page, NAMES[:4])
    press(page, "登记评议，制评议记录")
    told(page, "还差 3 人")
    expect(field(page, "vote-minutes")).to_have_value("逐项通报并发言，本人承认有存单。")
    expect(field(page, "people-3-name")).to_have_value(NAMES[3])
    _attend(page, NAMES)
    put(page, "vote-agree", "1")
    put(page, "vote-against", "8")
    press(page, "登记评议，制评议记录")
    told(page, "拟定审核意见")


def _attend(page: Page, names: tuple[str, ...]) -> None:
    for row, name in enumerate(names):
        put(page, f"people-{row}-name", name)
        put(page, f"people-{row}-role", "representative" if row < 6 else "committee")


def _propose_refusal(page: Page, people: stations.Family) -> None:
    open_case(page, people.applicant.name)
    press(page, "拟定审核意见")
    told(page, "不符合条件")
    expect(page.locator('[name="opinion-approve"][value="no"]')).to_be_checked()
    fill(page, opinion__objection_result="经民主评议，异议属实，存款按 9 万元认定。")
    press(page, "提出审核意见")
    assert stations.case_of(people.applicant).stage == Stage.DECIDING


def _refuse(page: Page, people: stations.Family, head: Any) -> None:
    open_case(page, people.applicant.name)
    press(page, "不予确认")
    expect(field(page, "decide-reasons")).not_to_have_value("")
    fill(page, decide__other_programmes="不符合其他救助项目的条件。", code=code_now(head))
    press(page, "不予确认，制告知书")
    told(page, "送达不予确认告知书")


def _serve(page: Page, people: stations.Family) -> None:
    words = re.sub(r"\s", "", text_of(stations.papers_of(page, people, "不予确认告知书")))
    for needed in ("存款", "90,000.00", "民发〔2021〕57号", "行政复议", "行政诉讼"):
        assert needed in words, needed
    open_case(page, people.applicant.name)
    press(page, "送达不予确认告知书")
    fill(page, service__receipt="本人签收")
    press(page, "登记送达")
    told(page, "不予确认")
    assert stations.case_of(people.applicant).stage == Stage.REFUSED
