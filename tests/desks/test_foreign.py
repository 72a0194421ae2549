"""外来表样: a template of somebody else is registered once and filled ever after; its looks stay, what might run or leak goes."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from tests.desks.test_ledger_round_trip import saved_by_office
from tests.desks.test_ledgers import browser, page
from tests.gateways import foreign_files
from tests.rooms.ledgers import code, families, family, take
from tests.rooms.world import World, make_world
from yimen.base.access.refusal import Refused
from yimen.base.exports import keeping
from yimen.base.exports.models import Export
from yimen.base.record.models import Read
from yimen.base.refs import new_ref
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.models import ForeignTemplate
from yimen.gateways.platform import templates as door
from yimen.law.platform import ForeignList
from yimen.law.terms import Role

HOME, MONTH = "/township/foreign/", "2026-11"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def registered(world: World, what: ForeignList = ForeignList.AWARDS) -> Any:
    return foreign_files.registered(world.handler(), what)


def rows_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("报送表").to_python()


def test_a_template_is_filled_with_its_looks_and_nothing_that_runs(world: World, tmp_path: Path) -> None:
    stock = [*families(world, 6), family(world, 20, 1, account="0012345678901234")]
    take(world, stock)
    row, head = registered(world), world.head()
    masked = keeping.content_of(door.fill(head, row, month=MONTH))
    export = door.fill(head, row, month=MONTH, full=True, reason="市级要求报送", code=code(head))
    assert (export.rows, export.kind, export.full, export.state) == (7, "bank", True, "ready")
    assert Read.objects.filter(channel="export").count() == 7
    content = keeping.content_of(export)
    for each in (content, saved_by_office(content, tmp_path)):
        lines = rows_of(each)
        assert lines[0][0] == "社会救助对象情况报送表（市级）" and lines[2][2:4] == ["姓名", "身份证号"]
        filled = {line[2]: line for line in lines[3:10]}
        for one in stock:
            line = filled[one.people[0].name]
            assert line[1] == "青禾街道" and line[3] == one.people[0].identity and line[6] == one.account
            assert Decimal(str(line[5])) * 100 == one.monthly_fen and line[4] == len(one.people) and line[7] == ""
        assert lines[10][0] == "合计" and lines[11][0] == "填表人：", "the foot stands behind the rows"
        assert CalamineWorkbook.from_filelike(io.BytesIO(each)).sheet_names == ["报送表", "代码", "说明"]
    about = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("说明").to_python()
    assert (
        any(head.staff.name in str(line) for line in about) and ["留空的列", "领导批示（已标色，请手工填写）"] in about
    )
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist()).decode()
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert (
        foreign_files.NAME not in everything
        and "evil" not in everything
        and "<f>" not in everything
        and "FFFFF2CC" in everything
    )
    assert '<mergeCell ref="A11:B11"' in sheet and 't="inlineStr"' in sheet
    shown = {line[2]: line[3] for line in rows_of(masked)[3:10]}
    assert all(text.count("*") == 10 for text in shown.values())


def test_a_list_of_persons_has_a_row_for_each(world: World) -> None:
    stock = families(world, 3)
    take(world, stock)
    row = registered(world, ForeignList.PERSONS)
    assert row.fields[2:4] == ["member_name", "member_identity"]
    content = keeping.content_of(door.fill(world.head(), row, month=MONTH))
    everybody = {person.name for one in stock for person in one.people}
    lines = [line for line in rows_of(content)[3:] if line[1]]
    assert {line[2] for line in lines} == everybody and [int(line[0]) for line in lines] == list(
        range(1, len(lines) + 1)
    )


def test_large_ones_wait_for_a_second_person_and_others_stay_out(world: World) -> None:
    take(world, families(world, 26))
    row, head = registered(world), world.head()
    export = door.fill(head, row, month=MONTH, full=True, reason="市级要求报送", code=code(head))
    assert export.state == "waiting" and "26 行" in export.why
    with pytest.raises(Refused) as empty:
        door.fill(world.handler("990101002"), row, month=MONTH)
    assert "没有可以填的" in empty.value.sentence, "another township fills it with its own"
    acts.retire_template(world.handler(), ref=row.ref)
    with pytest.raises(Refused):
        door.fill(head, ForeignTemplate.objects.get(), month=MONTH)


def test_on_the_pages_from_the_upload_to_the_exports(world: World) -> None:
    take(world, families(world, 2))
    client = browser(world.handler())
    assert "还没有登记表样" in page(client.get(HOME))
    given = {"once": new_ref(), "title": "市级报送表", "what": "awards"}
    text = page(client.post(f"{HOME}upload/", {**given, "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}))
    assert "损坏" in text
    answer = client.post(
        f"{HOME}upload/", {**given, "file": SimpleUploadedFile("报送.xlsx", foreign_files.template())}, follow=True
    )
    assert "不认识的列：领导批示" in page(answer)
    address = answer.redirect_chain[-1][0]
    assert browser(world.head()).get(address).status_code == 404, "only who handed it in settles it"
    data, _ = door.draft(world.handler(), address.split("/columns/")[1].split("/")[0])
    shown = door.sheets_in(data)[0]
    fields = {f"column_{at}": field for at, field in enumerate(shown.fields)}
    answer = client.post(address, fields, follow=True)
    assert "填写并导出" in page(answer) and "领导批示" in page(answer)
    row = ForeignTemplate.objects.get()
    answer = client.post(f"{HOME}{row.ref}/", {"once": new_ref(), "month": MONTH, "programme": ""}, follow=True)
    assert "市级报送表 2026-11" in page(answer) and Export.objects.get().rows == 2
    watcher = browser(world.at_district(Role.SUPERVISOR))
    assert "市级报送表" in page(watcher.get(HOME))
    client.post(f"{HOME}{row.ref}/retire/", {"once": new_ref()}, follow=True)
    assert "已停用" in page(client.get(HOME))
