"""发放账户 on the pages: proposed from the award, confirmed by the head, listed and told by the district."""

from __future__ import annotations

import pytest

from tests.desks.case_hands import told
from tests.desks.district_hands import at, send, text
from tests.rooms.ledgers import code, families, take
from tests.rooms.world import TOWNSHIP, World
from yimen.base.papers.models import Paper
from yimen.casework.awards import queries
from yimen.casework.awards.models import Award
from yimen.casework.households.models import BankAccount
from yimen.casework.payments.models import AccountChange
from yimen.law.terms import Role

NUMBER = "9900 0000 0000 0077 777"
PLAIN = NUMBER.replace(" ", "")


@pytest.fixture
def award(world: World) -> Award:
    take(world, families(world, 2))
    return queries.running(world.handler()).order_by("id")[0]


def test_from_the_award_to_the_districts_letter(world: World, award: Award) -> None:
    clerk, head, district = (
        at(world, Role.HANDLER, code=TOWNSHIP), at(world, Role.HEAD, code=TOWNSHIP), at(world, Role.SUPERVISOR),
    )  # fmt: skip
    address = f"/township/accounts/new/{award.ref}/"
    assert address in text(clerk.get(f"/township/awards/{award.ref}/"))
    old = BankAccount.objects.get(household=award.household).number[-4:]
    fields = {
        "member": award.household.head.ref,
        "bank": "示例银行",
        "number": NUMBER,
        "again": NUMBER,
        "reason": "换卡。",
    }
    wrong = send(clerk, address, **{**fields, "again": NUMBER + "8"})
    assert wrong.status_code == 422 and told(wrong) == ["again: 两次输入的账号不一样，请对照存折或银行卡重新输入。"]
    outside = send(clerk, address, **{**fields, "member": "outside"})
    assert outside.status_code == 422 and told(outside)[0].startswith("holder: ")
    assert send(clerk, address, **fields).status_code == 302
    change = AccountChange.objects.get()
    page = f"/township/accounts/{change.ref}/"
    assert "撤回" in text(clerk.get(page)) and "confirm/" not in text(clerk.get(page))
    form = text(head.get(f"{page}confirm/"))
    assert "9900 0000 0000 0077 777" in form and PLAIN not in text(head.get(page))
    assert send(head, f"{page}confirm/", words="", code="000000").status_code == 422
    assert send(head, f"{page}confirm/", words="", code=code(world.head())).status_code == 302
    assert BankAccount.objects.get(household=award.household, to_on=None).number == PLAIN
    waiting = text(clerk.get(f"/household/{award.household.ref}/"))
    assert "以后的账户" in waiting and "2026-12-01 起用" in waiting
    assert waiting.index(f"尾号 {old}") < waiting.index("尾号 7777"), "the money goes to the old one until then"
    paper = Paper.objects.get(code="account_letter")
    assert clerk.get(f"/paper/{paper.ref}/").status_code == 404
    assert district.get(f"/paper/{paper.ref}/")["Content-Type"] == "application/pdf"
    listed = text(district.get("/district/accounts/?told=no"))
    assert award.household.head.name in listed and "尾号 7777" in listed and "登记寄出告知书" in listed
    assert send(district, "/district/accounts/letters/", ref=[change.ref])["Location"] == "/district/accounts/"
    assert "没有符合条件的账户变更" in text(district.get("/district/accounts/?told=no"))
    assert "2026-11-24 寄出" in text(clerk.get("/township/accounts/"))


def test_not_confirmed_stays_in_the_list(world: World, award: Award) -> None:
    clerk, head = at(world, Role.HANDLER, code=TOWNSHIP), at(world, Role.HEAD, code=TOWNSHIP)
    shared = BankAccount.objects.exclude(household=award.household).get().number
    fields = {
        "member": award.household.head.ref,
        "bank": "示例银行",
        "number": shared,
        "again": shared,
        "reason": "代领。",
    }
    send(clerk, f"/township/accounts/new/{award.ref}/", **fields)
    page = f"/township/accounts/{AccountChange.objects.get().ref}/"
    assert "别的家庭也用这个账户" in text(head.get(page))
    assert 'name="ref"' not in text(at(world, Role.SUPERVISOR).get("/district/accounts/")), "nothing to send yet"
    missing = send(head, f"{page}confirm/", words="", code=code(world.head()))
    assert missing.status_code == 422 and told(missing) == ["words: 请填写核实情况。"]
    assert send(head, f"{page}refuse/", words="两家共用一个账户，不同意。").status_code == 302
    assert "两家共用一个账户" in text(clerk.get("/township/accounts/?state=refused&cols=户主,复核意见"))
    cashier = at(world, Role.CASHIER, code=TOWNSHIP)
    assert "复核未通过" in text(cashier.get(page)) and cashier.get(f"{page}confirm/").status_code == 403
