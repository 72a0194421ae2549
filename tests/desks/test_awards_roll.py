"""在保名册: who is on assistance, for whom to see, with sums over the filter; in full numbers with right, reason and log."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.desks.case_hands import aide, code_of, handler, head, text
from tests.desks.district_hands import at, send
from tests.desks.export_hands import taken
from tests.desks.ledger_hands import ACCOUNT, line, names, taken_over
from tests.rooms.ledgers import code as fresh
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access import second
from yimen.base.exports.models import Export
from yimen.base.jobs.running import Running
from yimen.base.jobs.worker import run_one
from yimen.base.record.models import Entry, Read
from yimen.casework.awards import acts, queries
from yimen.desks.shared.lists import collecting
from yimen.law.calendar import today
from yimen.law.ledger import LEDGER_COLUMNS, AwardState
from yimen.law.terms import Role

ROLL = "/township/awards/"
FULL = "/exports/full/"


def test_the_roll_shows_every_household_with_sums_over_the_filter(world: World) -> None:
    taken_over(
        world, *(line(world, number) for number in range(60)), line(world, 60, category="B", recertify_on="2026-11-10")
    )
    page = text(handler(world).get(ROLL))
    total = sum(35_000 + number * 100 for number in range(61))
    assert names(page) == 50 and "合计 61 户" in page and f"{total // 100:,}.00" in page and "共 61 户" in page
    assert ">122<" in page and "台账接续" in page and "4567" in page and ACCOUNT not in page
    page = text(handler(world).get(f"{ROLL}?category=B"))
    assert names(page) == 1 and "合计 1 户" in page and "已过" in page
    assert names(text(handler(world).get(f"{ROLL}?review=late&category="))) == 1
    assert names(text(handler(world).get(f"{ROLL}?review=next&size=200"))) == 60
    assert names(text(handler(world).get(f"{ROLL}?amount=0-300"))) == 0


def test_each_desk_sees_its_own_and_the_village_no_amounts(world: World) -> None:
    taken_over(world, line(world, 0), line(world, 1, village="990101001002"))
    assert names(text(at(world, Role.SUPERVISOR).get(ROLL))) == 2 and "乡街" in text(
        at(world, Role.SUPERVISOR).get(ROLL)
    )
    page = text(aide(world).get(ROLL))
    assert (
        names(page) == 1
        and "350.00" not in page
        and "4567" not in page
        and "月保障金" not in page
        and "导出" not in page
    )
    other = at(world, Role.HANDLER, code="990101002")
    assert names(text(other.get(ROLL))) == 0
    assert at(world, Role.SYSTEM_ADMIN).get(ROLL).status_code == 403


def test_a_line_leads_to_a_household_that_was_never_an_application(world: World) -> None:
    taken_over(world, line(world, 0))
    client, award = handler(world), queries.running(world.handler()).get()
    page = text(client.get(f"/household/{award.household.ref}/"))
    assert award.number in page and "在保" in page
    assert award.household.ref in text(client.post("/search/", {"q": award.household.head.name}))


def _count(client: Client, category: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert names(text(client.get(f"{ROLL}?size=200&category={category}"))) == (1 if category == "B" else 200)
    return len(seen)


def test_the_number_of_statements_does_not_grow_with_the_rows(world: World) -> None:
    taken_over(world, line(world, 0, category="B"), *(line(world, number) for number in range(1, 202)))
    client = handler(world)
    client.get(f"{ROLL}?size=200&category=B")
    one = _count(client, "B")
    client.get(f"{ROLL}?size=200&category=A")
    assert _count(client, "A") == one


def book(content: bytes) -> list[list[Any]]:
    found = CalamineWorkbook.from_filelike(BytesIO(content))
    return found.get_sheet_by_name(found.sheet_names[0]).to_python()


def asked_in_full(world: World, client: Client, code: str, **fields: str) -> Any:
    page = text(client.get(ROLL))
    assert "导出台账（完整号码）" in page
    return send(client, FULL, path=ROLL, query="village=&sort=", reason="导出后补填开户银行再导入", code=code, **fields)


def test_full_numbers_take_a_reason_a_code_and_leave_a_trace_of_every_household(world: World) -> None:
    taken_over(world, *(line(world, number) for number in range(3)))
    client = handler(world)
    short = send(client, FULL, path=ROLL, query="", reason="要", code="000000")
    assert short.status_code == 422 and "为什么需要完整号码" in text(short)
    assert "动态口令不正确" in text(send(client, FULL, path=ROLL, query="", reason="导出后补填", code="000000"))
    assert not Export.objects.exists()
    assert asked_in_full(world, client, code_of(world, Role.HANDLER, TOWNSHIP)).status_code == 302
    export = Export.objects.get()
    assert (export.state, export.kind, export.rows) == ("ready", "bank", 3)
    got = client.get(client.post(f"/exports/{export.ref}/link/")["Location"])
    rows = book(got.content)
    assert rows[0] == [column.head for column in LEDGER_COLUMNS]
    assert rows[1][rows[0].index("银行账号")].startswith("62170000100012345") and len(rows[1][4]) == 18
    assert rows[1][rows[0].index("月保障金额（元）")] == 350.0
    reads = Read.objects.filter(channel="export")
    assert reads.count() == 3 and all("补填" in read.purpose and read.person_ref for read in reads)
    facts = Entry.objects.filter(act="export_list").get().facts
    assert facts["full"] and facts["sha256"] == export.sha256 and facts["reason"] == "导出后补填开户银行再导入"
    assert Decimal(str(rows[1][rows[0].index("保障人数")])) == 2


def test_from_25_accounts_on_somebody_else_lets_the_file_go(world: World) -> None:
    taken_over(world, *(line(world, number) for number in range(25)))
    client, boss = handler(world), head(world)
    assert asked_in_full(world, client, code_of(world, Role.HANDLER, TOWNSHIP)).status_code == 302
    export = Export.objects.get()
    assert export.state == "waiting" and "25" in export.why
    assert client.post(f"/exports/{export.ref}/link/").status_code == 409
    page = text(boss.get("/exports/"))
    assert "等待我放行" in page and "补填开户银行" in page
    assert at(world, Role.HANDLER, 1, TOWNSHIP).get(f"/exports/{export.ref}/release/").status_code == 403
    release = f"/exports/{export.ref}/release/"
    with_code = {"agree": "yes", "note": ""}
    code = second.code_now(world.district.accounts[world.district.who("990101", Role.SUPERVISOR).pk])
    answer = send(at(world, Role.SUPERVISOR), release, **with_code, code=code)
    assert answer.status_code == 302, text(answer)
    export.refresh_from_db()
    assert export.state == "ready" and export.released_by == world.at_district(Role.SUPERVISOR).staff
    assert boss.post(f"/exports/{export.ref}/link/").status_code == 403
    assert client.get(client.post(f"/exports/{export.ref}/link/")["Location"]).status_code == 200


def test_an_undone_award_says_so_on_the_roll_in_the_export_and_in_the_household(world: World) -> None:
    run = taken_over(world, line(world, 0))
    acts.undo_ledger(world.head(), ref=run.ref, reason="导错了文件，重新导入", code=fresh(world.head()))
    acts.carry_on(world.head(), run.ref)
    acts.take_over(world.handler(), world.head(), rows=[line(world, 1)], code=fresh(world.head()))
    award = queries.in_state(world.handler(), AwardState.VOIDED).get()
    words = f"已撤销（{today()} 撤销台账导入，不作数）"
    client = handler(world)
    page = text(client.get(ROLL))
    assert names(page) == 1 and words not in page and award.number not in page
    page = text(client.get(f"{ROLL}?state=voided"))
    assert names(page) == 1 and words in page and "合计" not in page and "导出台账" not in page
    assert any(words in row for sheet in taken(client, page) for row in sheet)
    assert names(text(client.get(f"{ROLL}?state=ended"))) == 0
    page = text(client.get(f"/household/{award.household.ref}/"))
    assert words in page and "在保" in page
    assert "没有已停止的保障" in text(client.get(f"{ROLL}?state=ended"))


def test_rows_that_move_while_a_long_export_is_written_are_there_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is sorted by amount; between two portions a late row moves to the front, and one leaves the roll."""
    monkeypatch.setattr(collecting, "AT_ONCE", 4)
    monkeypatch.setattr(collecting, "PORTION", 3)
    monkeypatch.setattr("yimen.desks.shared.lists.exporting.PORTION", 3)
    taken_over(world, *(line(world, number) for number in range(8)))
    rows = list(queries.running(world.handler()).order_by("monthly_fen"))
    told: list[str] = []

    def tell(self: Any, words: str, **_: Any) -> None:
        if not told:
            queries.running(world.handler()).filter(pk=rows[6].pk).update(monthly_fen=100)
            queries.running(world.handler()).filter(pk=rows[0].pk).update(monthly_fen=90_000)
            queries.running(world.handler()).filter(pk=rows[5].pk).update(end_month="2026-11")
        told.append(words)

    monkeypatch.setattr(Running, "tell", tell)
    client = handler(world)
    client.post("/exports/new/", {"path": ROLL, "query": "sort=月保障金（元）&cols=编号"})
    assert run_one()
    export = Export.objects.get()
    got = client.get(client.post(f"/exports/{export.ref}/link/")["Location"]).content
    found = [row[1] for row in book(got)[1:] if row[1]]
    assert found == [row.number for row in rows if row is not rows[5]] and export.rows == 7
    about = CalamineWorkbook.from_filelike(BytesIO(got)).get_sheet_by_name("说明").to_python()
    assert ["变动", "生成期间有 1 行办理后已不在名单里，没有列入。"] in about
