"""Flows without a mouse (B3), each with the switch "Enter → next field" on and off."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.gateways.ledger_files import ledger, row
from tests.journeys import stations
from tests.journeys.hands import account, told
from tests.journeys.keyboard import Typist, sit_down
from tests.rooms.ledgers import code
from tests.rooms.world import VILLAGE, World
from yimen.base.jobs.worker import run_one
from yimen.law.terms import Role

INCOMES = (
    "成员序号\t类别\t项目\t说明\t金额\t期间\n"
    "1\t转移净收入\t养老金、离退休金\t城乡居民养老金\t143\t每月\n"
    "2\t转移净收入\t养老金、离退休金\t城乡居民养老金\t143\t每月\n"
)


def test_a_new_application(world: World, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for enter in (True, False):
        hands, people = sit_down(page, account(world, Role.HANDLER), enter), stations.family(world)
        assert hands.lead("n")["text"] == "新登记申请"
        if enter:
            hands.dialog()
            assert hands.round() > 60
        _write(hands, people)
        hands.button("先核对一遍")
        assert hands.lead("Enter")["text"] == "核对后提交"
        told(page, people.spouse.identity)
        told(page, "143")
        assert hands.lead("Control+Enter")["text"] == people.applicant.name
        case = stations.case_of(people.applicant)
        assert case.household.village_id == VILLAGE
        assert page.get_by_text("143").count() or case.incomes.count() == 2


def _write(hands: Typist, people: stations.Family) -> None:
    hands.write(
        method__applied_by="self", method__village=VILLAGE, method__address="站前社区5号楼2单元301室",
        members__0__name=people.applicant.name, members__0__identity=people.applicant.identity,
        members__0__relation="self", members__0__marriage="married", members__0__work_capacity="lost",
        members__1__name=people.spouse.name, members__1__identity=people.spouse.identity,
        members__1__relation="spouse", members__1__marriage="married", members__1__work_capacity="lost",
        incomes__0__member="1",
    )  # fmt: skip
    hands.page.evaluate("text => navigator.clipboard.writeText(text)", INCOMES)
    hands.press("Control+v")
    expect(hands.page.locator("[data-pasted=incomes]")).to_contain_text("已粘贴 2 行")
    hands.write(
        reason__poverty_cause="age",
        reason__reason="两人年老多病，没有劳动能力，生活困难。",
        kin__relative_declared="no",
    )
    for number in range(hands.page.locator("select[name^=materials-]").count()):
        hands.write(**{f"materials__{number}__state": "original_seen"})


def test_a_ledger_taken_over_and_given_back(world: World, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "青禾台账.xlsx"
    for serial, enter in enumerate((True, False)):
        file.write_bytes(ledger(row(2 * serial + 1), row(2 * serial + 2)))
        hands = sit_down(page, account(world, Role.HANDLER), enter)
        _to_menu(hands, "导入中心")
        hands.button("下载模板")
        with page.expect_download() as template:
            hands.page.keyboard.press("Enter")
        assert template.value.suggested_filename.endswith(".xlsx")
        hands.field("file")
        with page.expect_file_chooser() as chooser:
            hands.page.keyboard.press("Space")
        chooser.value.set_files(file)
        assert hands.lead("Control+Enter")["heading"]
        told(page, "预览完成：2 户可以导入")
        hands.button("提交负责人确认")
        hands.lead("Enter")
        head = world.head()
        hands = sit_down(page, head.account, enter)
        _to_menu(hands, "导入中心")
        hands.press("j")
        hands.lead("Enter")
        hands.button("确认导入")
        hands.lead("Enter")
        hands.write(code=code(head))
        hands.lead("Control+Enter")
        assert run_one()
        expect(page.get_by_role("main")).to_contain_text("导入完成：2 户")
        hands.settled()
        hands.button("撤销这次导入")
        hands.lead("Enter")
        hands.write(reason="拿错了文件")
        hands.walk(lambda found: found["name"].endswith("code"))
        hands.put(code(head))
        hands.lead("Control+Enter")
        assert run_one()
        expect(page.get_by_role("main")).to_contain_text("已撤销 2 户")
        hands.settled()


def _to_menu(hands: Typist, words: str) -> None:
    hands.walk(lambda found: found["text"] == words)
    assert hands.lead("Enter")["text"].startswith(words)
