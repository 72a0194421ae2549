"""发放名册 on the pages: drawn up, compared with the month before, approved, released and frozen by three persons."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.desks.case_hands import told
from tests.desks.district_hands import at, send, text
from tests.rooms import banks, rolls as money
from tests.rooms.ledgers import code
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.exports import keeping
from yimen.base.jobs.worker import run_one
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award
from yimen.casework.households.acts import keep_account
from yimen.casework.households.entries import AccountEntry
from yimen.casework.households.models import BankAccount
from yimen.casework.payments import acts
from yimen.casework.payments.models import PayLine, Roll
from yimen.casework.payments.rosters import acts as issuing
from yimen.desks.shared.lists.exporting import Wish, take as export
from yimen.law.calendar import ZONE, today
from yimen.law.payments.terms import RollState
from yimen.law.terms import Role

ROLLS = "/township/rolls/"


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    made = make_world()
    money.settled(made, 5)
    return made


def seat(world: World, role: Role) -> Any:
    return at(world, role, code=TOWNSHIP)


def drawn(world: World) -> tuple[Any, Roll]:
    clerk = seat(world, Role.HANDLER)
    answer = send(clerk, f"{ROLLS}new/", month="2026-11")
    assert answer.status_code == 302, told(answer)
    assert "正在排队" in text(clerk.get(answer.url))
    assert run_one()
    return clerk, Roll.objects.latest("id")


def test_from_the_form_to_the_frozen_roll_by_three(world: World) -> None:
    assert "还没有编制过名册" in text(seat(world, Role.CASHIER).get(ROLLS))
    clerk, roll = drawn(world)
    address = f"{ROLLS}{roll.ref}/"
    page = text(clerk.get(address))
    assert "已编制待提交" in page and "提交批准" in page and "农村" in page + "农村" and "按项目、城乡合计" in page
    assert send(clerk, f"{address}submit/", version=roll.version).status_code == 302
    head, payer = seat(world, Role.HEAD), seat(world, Role.CASHIER)
    assert f"{address}approve/" in text(head.get(address)) and f"{address}release/" not in text(payer.get(address))
    wrong = send(head, f"{address}approve/", code="000000")
    assert wrong.status_code == 422 and "动态口令不正确" in text(wrong)
    assert send(head, f"{address}approve/", code=code(world.head())).status_code == 302
    assert f"{address}release/" in text(payer.get(address))
    assert send(payer, f"{address}release/", code=code(money.cashier(world))).status_code == 302
    assert run_one()
    roll.refresh_from_db()
    assert roll.state == RollState.DONE and PayLine.objects.count() == 5
    shown = text(payer.get(address))
    assert "已冻结发布" in shown and "内容被改动" not in shown and str(PayLine.objects.count()) in shown
    for person in (clerk, head, payer):
        assert person.get(ROLLS).status_code == 200


def test_what_differs_opens_its_household(world: World) -> None:
    money.frozen(world, "2026-10")
    some = list(Award.objects.order_by("id"))
    acts.place_hold(world.handler(), award=some[0].ref, kind="account", words="存折遗失。")
    shared = AccountEntry("外人甲", "示例农村商业银行", "9900000000000000001")
    keep_account(some[1].household, shared, today())
    clerk, roll = drawn(world)
    address = f"{ROLLS}{roll.ref}/"
    left = text(clerk.get(f"{address}?show=left"))
    assert some[0].household.head.name in left and "暂缓发放" in left
    warned = text(clerk.get(f"{address}?show=warned"))
    assert some[1].household.head.name in warned and some[2].household.head.name not in warned
    for words in ("账户与别家相同", "户名不是家庭成员", "账户与上月不同"):
        assert words in warned
    one = text(seat(world, Role.CASHIER).get(f"{address}lines/{some[1].ref}/"))
    assert "尾号 0001" in one and "9900000000000000001" not in one and "不变" in one
    assert f"/township/awards/{some[1].ref}/" not in one
    assert "没有列入" in text(clerk.get(f"{address}lines/{some[0].ref}/"))


def test_left_out_comes_into_a_further_roll(world: World) -> None:
    award = Award.objects.order_by("id")[0]
    hold = acts.place_hold(world.handler(), award=award.ref, kind="account", words="存折遗失。")
    first = money.frozen(world)
    clerk = seat(world, Role.HANDLER)
    acts.free_hold(world.head(), refs=[hold.ref], reason="已补办。")
    address = f"{ROLLS}{first.ref}/further/"
    assert award.household.head.name in text(clerk.get(address))
    empty = send(clerk, address)
    assert empty.status_code == 422 and "请选择列入补充名册的家庭" in text(empty)
    assert send(clerk, address, awards=[award.ref]).status_code == 302 and run_one()
    second = Roll.objects.exclude(pk=first.pk).get()
    assert second.counts["households"] == 1 and "补充名册" in text(clerk.get(ROLLS))


def test_sent_back_and_withdrawn(world: World) -> None:
    clerk, roll = drawn(world)
    address = f"{ROLLS}{roll.ref}/"
    send(clerk, f"{address}submit/", version=roll.version)
    head = seat(world, Role.HEAD)
    assert send(head, f"{address}return/", reason="").status_code == 422
    assert send(head, f"{address}return/", reason="有一户账户已销户。").status_code == 302
    assert "有一户账户已销户" in text(clerk.get(address))
    assert send(clerk, f"{address}withdraw/").status_code == 302
    assert "已撤回" in text(clerk.get(address))


def test_papers_of_a_frozen_roll(world: World) -> None:
    names = sorted({account.bank for account in BankAccount.objects.all()})
    banks.template(world, banks.layouts(items={"dibao.urban": "0101", "dibao.rural": "0102"}), banks=names)
    roll = money.frozen(world)
    roll.submitted_at = dt.datetime(2026, 11, 24, 0, 30, tzinfo=ZONE).astimezone(dt.UTC)
    assert issuing._signed(roll)["maker"]["date"] == dt.date(2026, 11, 24), "the day where the office is"
    address, clerk, payer = f"{ROLLS}{roll.ref}/", seat(world, Role.HANDLER), seat(world, Role.CASHIER)
    assert "制发花名册和汇总表" in text(payer.get(address)) and "打印发放告知单" not in text(payer.get(address))
    for _ in range(2):
        assert send(payer, f"{address}issue/")["Location"].endswith("#papers")
    made = list(Paper.objects.filter(subject_kind="roll"))
    assert [paper.code for paper in made] == ["payment_summary", "payment_roster"]
    summary, roster = made
    assert sum(row["total"] for row in summary.data["rows"]) == summary.data["total"] == roll.counts["total_fen"]
    assert (
        sum(row["amount"] for row in roster.data["rows"]) == roll.counts["total_fen"] and len(roster.data["rows"]) == 5
    )
    assert {row["item"] for row in roster.data["rows"]} <= {"0101", "0102"}
    for paper in made:
        assert payer.get(f"/paper/{paper.ref}/")["Content-Type"] == "application/pdf"
        assert seat(world, Role.HEAD).get(f"/paper/{paper.ref}/").status_code == 200
        assert at(world, Role.CASHIER, code="990101002").get(f"/paper/{paper.ref}/").status_code == 404
    table = text(payer.get(f"{address}table/?cols=户主,账号,身份证号,发放项目代码"))
    number = str(PayLine.objects.order_by("position")[0].account.number)
    assert f"尾号 {number[-4:]}" in table and number not in table and roster.data["rows"][0]["item"] in table
    village = PayLine.objects.order_by("position")[0].village_id
    assert "/township/papers/runs/" in send(clerk, f"{address}slips/", village=village)["Location"]
    slip = Paper.objects.filter(code="payment_slip").order_by("id")[0]
    assert slip.data["change"] == "不变" and number not in str(slip.data)
    before = Paper.objects.count()
    send(clerk, f"{address}slips/", village=village)
    assert Paper.objects.count() == before, "a slip is issued once"
    assert run_one()


def test_the_roster_is_taken_along_by_the_one_writer_as_text_and_sums(world: World) -> None:
    """Whole numbers for the cashier with a reason and a code; the columns of the roster, text as text, the sum as the roll."""
    roll, payer = money.frozen(world), money.cashier(world)
    wish = Wish(f"{ROLLS}{roll.ref}/table/", "")
    made = export(payer, wish, full=True, reason="与财政一卡通核对", code=code(payer))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(keeping.content_of(made))).get_sheet_by_index(0).to_python()
    at_row = next(number for number, cells in enumerate(sheet) if "账号" in cells)
    head, rows = sheet[at_row], [cells for cells in sheet[at_row + 1 :] if cells[0]][:5]
    number = str(PayLine.objects.order_by("position")[0].account.number)
    assert rows[0][head.index("账号")] == number and len(rows[0][head.index("身份证号")]) == 18
    paid = sum(round(float(cells[head.index("实发（元）")]) * 100) for cells in rows)
    assert paid == roll.counts["total_fen"]
    masked = export(payer, wish)
    assert number not in str(
        CalamineWorkbook.from_filelike(io.BytesIO(keeping.content_of(masked))).get_sheet_by_index(0).to_python()
    )
