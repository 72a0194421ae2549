"""The stations of a case, each as the person at that desk would pass it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.hands import download, field, fill, follow, open_case, paper, press, put, told
from tests.rooms.world import VILLAGE, World
from yimen.casework.applications.queries import applications
from yimen.demo.people import Somebody
from yimen.gateways.provincial.practice import answer
from yimen.gateways.provincial.request_file import read_request
from yimen.gateways.provincial.result_write import result_xlsx
from yimen.law.calendar import today

IN_REGISTER = "在册，姓名与证件号码一致"
WHOLE_NOTE = "本人说明当月取款前的余额，附存折，按核对数认定。"


@dataclass(frozen=True)
class Family:
    """Who applies: an old couple, and a son who lives elsewhere."""

    applicant: Somebody
    spouse: Somebody
    son: Somebody


def family(world: World) -> Family:
    day = today()
    return Family(world.crowd.person(day, 66, 69), world.crowd.person(day, 62, 65), world.crowd.person(day, 40, 45))


def case_of(someone: Somebody) -> Any:
    """The case as it stands in the store."""
    return applications().get(applicant__name=someone.name)


# -- the counter -------------------------------------------------------------------------


def write_intake(page: Page, people: Family) -> None:
    """The long form, with the keyboard where that is quickest; nothing sent yet."""
    page.goto("/")
    follow(page.get_by_role("link", name="新登记申请").first)
    fill(page, method__applied_by="self", method__village=VILLAGE, method__address="站前社区5号楼2单元301室")
    _member(page, 0, people.applicant, "self")
    _member(page, 1, people.spouse, "spouse")
    fill(
        page, obligors__0__name=people.son.name, obligors__0__identity=people.son.identity, obligors__0__relation="child",
        obligors__0__occupation="外卖骑手", obligors__0__family_size="3", obligors__0__monthly_income="2600",
    )  # fmt: skip
    for row, who in enumerate(("1", "2")):
        put(page, f"incomes-{row}-member", who)
        put(page, f"incomes-{row}-kind", "transfer")
        put(page, f"incomes-{row}-project", "pension")
        put(page, f"incomes-{row}-label", "城乡居民养老金")
        put(page, f"incomes-{row}-amount", "143")
    fill(
        page, properties__0__kind="deposit", properties__0__label="银行存款", properties__0__value="1200",
        reason__poverty_cause="age", reason__reason="两人年老多病，没有劳动能力，生活困难。", kin__relative_declared="no",
    )  # fmt: skip
    for state in page.locator("select[name^=materials-]").all():
        state.select_option("original_seen")


def _member(page: Page, row: int, who: Somebody, relation: str) -> None:
    """Name, Enter, number, Enter: the cursor walks on by itself."""
    field(page, f"members-{row}-name").click()
    page.keyboard.type(who.name)
    page.keyboard.press("Enter")
    page.keyboard.type(who.identity)
    page.keyboard.press("Enter")
    expect(field(page, f"members-{row}-relation")).to_be_focused()
    put(page, f"members-{row}-relation", relation)
    put(page, f"members-{row}-marriage", "married")
    put(page, f"members-{row}-work_capacity", "lost")


def hand_in(page: Page, people: Family) -> Any:
    press(page, "提交申请，打印回执")
    expect(page.get_by_role("heading", name=people.applicant.name, level=1)).to_be_visible()
    return case_of(people.applicant)


def sign_and_ask(page: Page, people: Family) -> None:
    """Everybody signs, the son too; then the check is asked for."""
    press(page, "登记承诺授权")
    put(page, "consents-2-answer", "given")
    press(page, "登记签署")
    told(page, "已同意")
    press(page, "提请信息核对")
    told(page, people.spouse.name)
    press(page, "提请区社会救助中心核对")
    told(page, "核对")


# -- the district's centre and the province ----------------------------------------------


def send_request(page: Page, folder: Path) -> Path:
    """All waiting requests leave; the file comes down to the officer's disk."""
    page.goto("/")
    press(page, "发出并下载请求文件")
    press(page, "发出并下载请求文件")
    return download(page, "下载请求文件（Excel）", folder)


def answered(asked: Path, people: Family, found: Mapping[str, Any]) -> Path:
    """The practice province reads the very file and writes its own beside it."""
    request = read_request(asked.read_bytes())
    truth = {}
    for _, person in request.people():
        pension = {} if person.identity == people.son.identity else {"pension": {"amount_fen": 14300}}
        mine = found if person.identity == people.applicant.identity else {}
        truth[person.person_ref] = {"members": IN_REGISTER, "marriage": "已婚", **pension, **mine}
    target = asked.with_name("result.xlsx")
    target.write_bytes(result_xlsx(answer(request, "7", today(), truth)))
    return target


def upload(page: Page, file: Path) -> None:
    page.goto("/district/checks/")
    page.get_by_label("结果文件").set_input_files(file)
    press(page, "导入结果文件")


def settle(page: Page, people: Family, item: str, treatment: str, note: str) -> None:
    """From the case page to the comparison; what is to be done with one line, written beside it."""
    open_case(page, people.applicant.name)
    press(page, "处理比对差异")
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name=item))
    row.get_by_label("处理", exact=True).select_option(treatment)
    row.get_by_label("处理意见").fill(note)
    row.get_by_role("button", name=re.compile("处理意见")).click()
    told(page, note)


def accept(page: Page, people: Family) -> None:
    open_case(page, people.applicant.name)
    press(page, "受理")
    press(page, "受理，制受理通知书")
    told(page, "入户调查")


# -- the home ----------------------------------------------------------------------------


def write_visit(page: Page, people: Family) -> None:
    """From 我的走访 to the whole form; the aide alone is ticked, as the form opens."""
    page.goto("/village/")
    page.get_by_role("link", name=people.applicant.name).first.tap()
    page.get_by_label(f"{people.spouse.name}（", exact=False).first.check()
    fill(
        page, visit__residents_match="yes", visit__eating="以米面蔬菜为主。", visit__clothing="旧衣，整洁。",
        visit__housing="一室一厅，集中供热。", visit__using="电视、冰箱各一台。", visit__income_found="养老金每人每月 143 元。",
        visit__property_found="没有车辆，存折余额不多。", visit__support_found="儿子在外地送外卖，偶尔寄钱。", visit__result="same",
        visit__conclusion="情况属实。", visit__signed_by_member=people.applicant.name, visit__signed_by_investigators="on",
    )  # fmt: skip
    for choice in page.locator('[name^="visit-holds_"][value="yes"]').all():
        choice.check()


def go_along(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("checkbox", name=name).first.check()


def conclude(page: Page, people: Family, disputed: str, reason: str) -> None:
    open_case(page, people.applicant.name)
    press(page, "调查结论")
    fill(page, conclude__disputed=disputed, conclude__reason=reason)
    press(page, "作出调查结论")


# -- the notice --------------------------------------------------------------------------


def propose(page: Page, people: Family, **more: str) -> None:
    open_case(page, people.applicant.name)
    press(page, "拟定审核意见")
    fill(page, **more)
    press(page, "提出审核意见")


def publish(page: Page, people: Family) -> None:
    open_case(page, people.applicant.name)
    press(page, "开始公示")
    press(page, "今天开始公示，制公示单")


def post(page: Page, place: str) -> None:
    """On the page where a hanging is recorded."""
    found = field(page, "posting-place")
    expect(found).to_be_visible()
    label = next(text for text in found.locator("option").all_inner_texts() if place in text)
    found.select_option(label=label)
    press(page, "登记")


def papers_of(page: Page, people: Family, title: str) -> bytes:
    open_case(page, people.applicant.name)
    press(page, "文书")
    return paper(page, title)
