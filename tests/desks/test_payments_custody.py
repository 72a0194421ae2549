"""代管存折（卡）: registered by the township, filed by the district, told on the roll, given back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.desks.case_hands import told
from tests.desks.district_hands import at, send, text
from tests.rooms import rolls as money
from tests.rooms.world import DISTRICT, TOWNSHIP, World, make_world
from yimen.base.access.refusal import Refused
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award
from yimen.casework.payments import acts
from yimen.casework.payments.models import Custody
from yimen.law.terms import Role


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    made = make_world()
    money.settled(made, 3)
    return made


@pytest.fixture
def award(world: World) -> Award:
    return Award.objects.order_by("id")[0]


def fields(world: World, award: Award, **more: str) -> dict[str, str]:
    given = {
        "member": award.household.head.ref, "agent": world.aide(award.village_id).staff.ref, "thing": "card",
        "reason": "双目失明、独居。", "duties": "按月交付。", "from_on": "2026-11-24", "to_on": "2027-11-23",
    }  # fmt: skip
    return {**given, **more}


def test_from_the_award_to_the_districts_filing_and_back(world: World, award: Award) -> None:
    clerk, district = at(world, Role.HANDLER, code=TOWNSHIP), at(world, Role.DISTRICT_HANDLER)
    address = f"/township/custody/new/{award.ref}/"
    assert address in text(clerk.get(f"/township/awards/{award.ref}/"))
    empty = send(clerk, address, **fields(world, award, agent="", reason=""))
    assert empty.status_code == 422 and {line.split(":")[0] for line in told(empty)} == {"agent", "reason"}
    wrong = send(clerk, address, **fields(world, award, to_on="2026-11-24"))
    assert wrong.status_code == 422 and told(wrong) == ["to_on: 终止日期应在起始日期以后。"]
    assert world.handler().staff.ref not in text(clerk.get(address)), "nobody registers what he keeps himself"
    assert send(clerk, address, **fields(world, award)).status_code == 302
    row, paper = Custody.objects.get(), Paper.objects.get(code="custody_agreement")
    assert row.number == paper.number and str(row.account.number) not in str(paper.data)
    assert clerk.get(f"/paper/{paper.ref}/")["Content-Type"] == "application/pdf"
    again = send(clerk, address, **fields(world, award))
    assert again.status_code == 409 and "已有一份代管协议" in told(again)[0]
    roll = money.drawn(world)
    warned = text(clerk.get(f"/township/rolls/{roll.ref}/?show=warned"))
    assert "存折（卡）由工作人员代管" in warned and "代管协议没有备案" in warned
    assert "登记备案" in text(district.get("/township/custody/?state=unfiled"))
    assert send(district, "/township/custody/file/", ref=[row.ref]).status_code == 302
    warned = text(clerk.get(f"/township/rolls/{roll.ref}/?show=warned"))
    assert "存折（卡）由工作人员代管" in warned and "代管协议没有备案" not in warned
    assert send(clerk, f"/township/custody/{row.ref}/end/", words="当面归还。").status_code == 302
    assert "没有代管的存折" in text(clerk.get("/township/custody/?state="))
    assert "当面归还" in text(at(world, Role.CASHIER, code=TOWNSHIP).get(f"/township/custody/{row.ref}/"))


def test_nobody_files_or_registers_his_own(world: World, award: Award) -> None:
    clerk = at(world, Role.HANDLER, code=TOWNSHIP)
    send(clerk, f"/township/custody/new/{award.ref}/", **fields(world, award))
    row = Custody.objects.get()
    with pytest.raises(Refused, match="您的岗位不能办理"):
        acts.file_custody(world.head(), refs=[row.ref])
    row.filed_by = row.agent
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    row.filed_by, row.registered_by = world.officer(DISTRICT, Role.SUPERVISOR).staff, row.agent
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
