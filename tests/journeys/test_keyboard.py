"""Flows without a mouse (B3), each with the switch "Enter → next field" on and off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.gateways.ledger_files import ledger, row
from tests.journeys import stations
from tests.journeys.hands import account, log_in, told
from tests.journeys.keyboard import Typist
from tests.journeys.ready import WaitUntil, deciding
from tests.rooms.checking import accepted, checked
from tests.rooms.ledgers import code
from tests.rooms.visiting import visit_entry
from tests.rooms.world import VILLAGE, World
from yimen.base.access.second import code_now
from yimen.base.jobs.worker import run_one
from yimen.base.offices.preferences import keep
from yimen.casework.applications.entries import IncomeEntry
from yimen.casework.applications.queries import applications
from yimen.casework.decisions import acts as decisions, queries as opinions
from yimen.casework.investigation import acts as investigation
from yimen.casework.verification import acts as verification
from yimen.casework.verification.queries import open_lines
from yimen.law.terms import Role, Stage

INCOMES = (
    "成员序号\t类别\t项目\t说明\t金额\t期间\n"
    "1\t转移净收入\t养老金、离退休金\t城乡居民养老金\t143\t每月\n"
    "2\t转移净收入\t养老金、离退休金\t城乡居民养老金\t143\t每月\n"
)


def sit_down(page: Page, who: Any, enter: bool, to: str = "/") -> Typist:
    """Logged in by the form, with the switch as wished."""
    keep(who, keys=True, enter_next=enter, compact=False, size="")
    return Typist(log_in(page, who, to=to), enter)


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
    hands.write(reason__poverty_cause="age", reason__reason="两人年老多病，没有劳动能力，生活困难。", kin__relative_declared="no")
    for number in range(hands.page.locator("select[name^=materials-]").count()):
        hands.write(**{f"materials__{number}__state": "original_seen"})


def test_differences_opinion_and_decision(world: World, page: Page, wait_until: WaitUntil) -> None:
    for enter in (True, False):
        case, clerk = _differing(world), account(world, Role.HANDLER)
        hands = sit_down(page, clerk, enter)
        _open_from_queue(hands, case)
        hands.button("处理比对差异")
        assert hands.lead("Enter")["heading"]
        _settle(hands, case)
        verification.accept(world.handler(), case.ref)
        case = _investigate(world, case)
        hands = sit_down(page, account(world, Role.HANDLER, number=1), enter)
        _open_from_queue(hands, case)
        hands.button("拟定审核意见")
        hands.lead("Enter")
        hands.write(opinion__reasons="核对、入户一致，没有争议，拟予以确认。")
        assert hands.lead("Control+Enter")["text"] == case.applicant.name
    case = deciding(world, wait_until)
    for enter in (True, False):
        who = account(world, Role.HEAD)
        hands = sit_down(page, who, enter)
        _open_from_queue(hands, case)
        hands.button("予以确认")
        hands.lead("Enter")
        hands.write(code="000000" if enter else code_now(who))
        hands.lead("Control+Enter")
        if enter:
            told(page, "动态口令不正确或已过期")
    assert applications().get(pk=case.pk).stage == Stage.APPROVED


def _differing(world: World) -> Any:
    """Checked, with three amounts that the province does not confirm."""
    more = [IncomeEntry("transfer", "pension", "城乡居民养老金", 14300, "month"), IncomeEntry("wage", "wage", "零工", 20000, "month")]
    return checked(world, truth={}, incomes=more)


def _open_from_queue(hands: Typist, case: Any) -> None:
    """j walks the rows of 待办, Enter opens."""
    hands.page.goto("/")
    for _ in range(30):
        if hands.press("j")["text"] == case.applicant.name:
            break
    assert hands.lead("Enter")["text"] == case.applicant.name


def _settle(hands: Typist, case: Any) -> None:
    """Each difference by keys; after the partial update the next row has the focus, at the end the case's name."""
    lines = open_lines(case)
    assert len(lines) >= 3
    for left in range(len(lines) - 1, -1, -1):
        hands.walk(lambda found: found["name"] == "treat-treatment")
        hands.put("accept_declared")
        hands.write(treat__note="本人说明情况，附存折，按申报认定。")
        if not left:
            hands.lead("Control+Enter")
            break
        hands.page.evaluate("document.getElementById('main').dataset.old = 'yes'")
        hands.page.keyboard.press("Control+Enter")
        hands.settled("!document.getElementById('main').dataset.old && document.activeElement !== document.body")
        assert hands.page.evaluate("document.activeElement.matches('tr[data-focus]')")


def _investigate(world: World, case: Any) -> Any:
    """Visited and concluded by the acts, so that the keys go on at the opinion."""
    clerk = world.handler()
    team = [clerk.staff.ref, world.aide().staff.ref]
    investigation.home_visit(clerk, case.ref, entry=visit_entry(world, case, investigators=team, leader=team[0]))
    return investigation.conclude_investigation(clerk, case.ref, disputed=False, reason="核对、入户一致，没有争议。")


def test_a_public_notice_and_an_objection(world: World, page: Page) -> None:
    for enter in (True, False):
        case = _investigate(world, accepted(world))
        found = opinions.trial(case).reckoning
        assert found is not None
        decisions.propose(world.handler(number=1), case.ref, approve=True, reasons=found.proposal)
        hands = sit_down(page, account(world, Role.HANDLER), enter)
        hands.walk(lambda found: found["text"] == "公示公布")
        assert hands.lead("Enter")["text"].startswith("公示公布")
        _row_step(hands, case, "开始公示")
        assert hands.lead("Control+Enter")["text"] == case.applicant.name
        notice = opinions.current_notice(case)
        assert notice is not None
        for place in notice.places:
            hands.page.goto("/township/notices/")
            _row_step(hands, case, "登记张贴")
            hands.write(posting__place=f"{notice.ref}|{place}")
            hands.lead("Control+Enter")
        hands.page.goto("/township/notices/")
        _row_step(hands, case, "登记公示异议")
        assert hands.lead("Control+Enter")["where"].startswith("DIV")
        hands.write(objection__content="有人反映其子有工资收入。")
        hands.lead("Control+Enter")
        assert applications().get(pk=case.pk).stage == Stage.OBJECTED


def _row_step(hands: Typist, case: Any, word: str) -> None:
    """To the row of the case, and on by Tab to its one step."""
    for _ in range(30):
        if hands.press("j")["text"] == case.applicant.name:
            break
    hands.button(word)
    hands.lead("Enter")


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
