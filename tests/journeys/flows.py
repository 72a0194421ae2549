"""Registration, ledger and batch without a mouse, in whichever browser a seat stands for (bars.md, flows 1 and 4, many cases)."""

from __future__ import annotations

from pathlib import Path

from tests.gateways.ledger_files import ledger, row
from tests.journeys import stations
from tests.journeys.hands import account
from tests.journeys.keyboard import Typist, sit_down
from tests.journeys.seats import Seat
from tests.rooms.ledgers import code
from tests.rooms.world import VILLAGE, World, applied
from yimen.base.jobs.worker import run_one
from yimen.casework.applications.queries import applications
from yimen.casework.verification import acts as verification
from yimen.law.terms import Role, Stage

INCOMES = (
    "成员序号\t类别\t项目\t说明\t金额\t期间\n"
    "1\t转移净收入\t养老金、离退休金\t城乡居民养老金\t143\t每月\n"
    "2\t转移净收入\t养老金、离退休金\t城乡居民养老金\t143\t每月\n"
)
MATERIALS = "document.querySelectorAll('select[name^=materials-]').length"
FILE = "fetch(document.activeElement.href).then(answer => answer.headers.get('content-type'))"
TICKED = "document.querySelectorAll('[data-select]:checked').length"


def new_application(world: World, seat: Seat, enter: bool) -> None:
    """Two members typed, their incomes pasted as a block, the answers checked, handed in."""
    hands, people = sit_down(seat, account(world, Role.HANDLER), enter), stations.family(world)
    assert hands.lead("n")["text"] == "新登记申请"
    if enter:
        hands.dialog()
        assert hands.round() > 60
        _rare(hands)
    _write(hands, people)
    hands.button("先核对一遍")
    assert hands.lead("Enter")["text"] == "核对后提交"
    seat.told(people.spouse.identity)
    seat.told("143")
    assert hands.lead("Control+Enter")["text"] == people.applicant.name
    case = stations.case_of(people.applicant)
    assert case.household.village_id == VILLAGE
    assert case.incomes.count() == 2


def _rare(hands: Typist) -> None:
    """A character that no input method offers, found by radical, strokes and reading."""
    hands.field("members-0-name")
    hands.press("F8")
    hands.seat.words("火 10 yan")
    hands.settled("document.querySelector('.rare-list button') !== null")
    hands.press("Enter")
    assert hands.seat.ask("document.activeElement.value") == "烻"


def _write(hands: Typist, people: stations.Family) -> None:
    hands.write(
        method__applied_by="self", method__village=VILLAGE, method__address="站前社区5号楼2单元301室",
        members__0__name=people.applicant.name, members__0__identity=people.applicant.identity,
        members__0__relation="self", members__0__marriage="married", members__0__work_capacity="lost",
        members__1__name=people.spouse.name, members__1__identity=people.spouse.identity,
        members__1__relation="spouse", members__1__marriage="married", members__1__work_capacity="lost",
        incomes__0__member="1",
    )  # fmt: skip
    hands.seat.paste(INCOMES)
    hands.seat.told("已粘贴 2 行")
    hands.write(
        reason__poverty_cause="age",
        reason__reason="两人年老多病，没有劳动能力，生活困难。",
        kin__relative_declared="no",
    )
    for number in range(hands.seat.ask(MATERIALS)):
        hands.write(**{f"materials__{number}__state": "original_seen"})


def ledger_import(world: World, seat: Seat, enter: bool, folder: Path) -> None:
    """Template, upload, preview, the head confirms, undone within the day."""
    file, serial = folder / "青禾台账.xlsx", 1 if enter else 3
    file.write_bytes(ledger(row(serial), row(serial + 1)))
    hands = sit_down(seat, account(world, Role.HANDLER), enter)
    _to_menu(hands, "导入中心")
    hands.button("下载模板")
    assert seat.download("Enter", folder).endswith(".xlsx")
    hands.field("file")
    seat.choose(file)
    assert hands.lead("Control+Enter")["heading"]
    seat.told("预览完成：2 户可以导入")
    hands.button("提交负责人确认")
    hands.lead("Enter")
    head = world.head()
    hands = sit_down(seat, head.account, enter)
    _to_menu(hands, "导入中心")
    hands.press("j")
    hands.lead("Enter")
    hands.button("确认导入")
    hands.lead("Enter")
    hands.write(code=code(head))
    hands.lead("Control+Enter")
    assert run_one()
    seat.told("导入完成：2 户")
    hands.settled()
    hands.button("撤销这次导入")
    hands.lead("Enter")
    hands.write(reason="拿错了文件")
    hands.walk(lambda found: found["name"].endswith("code"))
    hands.put(code(head))
    hands.lead("Control+Enter")
    assert run_one()
    seat.told("已撤销 2 户")
    hands.settled()


def _to_menu(hands: Typist, words: str) -> None:
    hands.walk(lambda found: found["text"] == words)
    assert hands.lead("Enter")["text"].startswith(words)


def batch_work(world: World, seat: Seat, enter: bool) -> None:
    """Rows ticked one by one and as a range, asked for their check together, read row by row, printed, back to the list."""
    cases = [applied(world) for _ in range(4)]
    hands = sit_down(seat, account(world, Role.HANDLER), enter)
    _tick_range(hands, 4)
    # Meanwhile somebody else asks for one of them: its row is refused, the others are done.
    verification.request_check(world.handler(number=1), cases[0].ref)
    _bulk(hands, "批量提请信息核对")
    hands.lead("Control+Enter")
    seat.told("没有办")
    assert hands.press("j")["text"] == cases[0].applicant.name
    assert {case.stage for case in applications().filter(pk__in=[case.pk for case in cases])} == {Stage.CHECKING}
    _to_menu(hands, "文书打印")
    _tick_range(hands, 3)
    _bulk(hands, "打印勾选的")
    assert run_one()
    hands.settled('document.querySelector(\'a[href*="/file/"], form[action*="/file/"]\') !== null')
    hands.button("打开 PDF")
    # What the key leads to is the browser's own viewer, so the file is asked for instead.
    assert seat.ask(FILE) == "application/pdf"
    for _ in range(2):
        applied(world)
    hands.press("g")
    hands.lead("d")
    left = hands.press("j", "j")["where"]
    hands.lead("Enter")
    seat.back()
    assert hands.settled()["where"] == left


def _tick_range(hands: Typist, rows: int) -> None:
    """The box of the first row with the space bar, with Shift the one ``rows`` - 1 further down."""
    hands.press("j", "Shift+Tab", "Space")
    hands.press(*["j"] * (rows - 1), "Shift+Tab")
    hands.press("Shift+Space")
    assert hands.seat.ask(TICKED) == rows
    hands.seat.told(f"已选 {rows} 行")


def _bulk(hands: Typist, words: str) -> None:
    """Unfold the acts, fold them with Esc, unfold them again, press one."""
    hands.walk(lambda found: found["text"] == "批量办理", back=True)
    hands.press("Enter", "Tab")
    assert hands.press("Escape")["text"] == "批量办理"
    hands.press("Enter")
    hands.button(words)
    assert hands.lead("Enter")["heading"]
