"""月末办结 on the pages: what is open and where, two signatures, the district's receipt, reopening with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.desks.case_hands import told
from tests.desks.district_hands import at, send, text
from tests.rooms import rolls
from tests.rooms.ledgers import code
from tests.rooms.test_month_close import file_month, pay
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.jobs.worker import run_one
from yimen.base.refs import new_ref
from yimen.casework.monthclose.closing import stages
from yimen.casework.monthclose.models import FiledRow, MonthClose, MonthPaper
from yimen.casework.reports import queries as issued
from yimen.law.closing import Blocker, CloseStage, CloseState, StageView
from yimen.law.terms import Role

MONTH = rolls.MONTH
PAGE = f"/township/closing/{MONTH}/"
DISTRICT = f"/district/closing/{MONTH}/"


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A township with five households; the comparison lacks one source, the platform agrees."""
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    made = make_world()
    rolls.settled(made, 5)
    monkeypatch.setattr(stages, "_platform", lambda *asked: StageView(CloseStage.PLATFORM, 5))
    compared(
        monkeypatch, StageView(CloseStage.COMPARISON, 3, 1, blockers=(Blocker("comparison", "银行逾期 2 天未反馈"),))
    )
    return made


def compared(monkeypatch: pytest.MonkeyPatch, view: StageView) -> None:
    monkeypatch.setattr(stages, "_comparison", lambda *asked: view)


def seat(world: World, role: Role, place: str = TOWNSHIP) -> Any:
    return at(world, role, code=place)


def test_the_page_says_what_is_open_and_leads_there(world: World) -> None:
    clerk = seat(world, Role.HANDLER)
    page = text(clerk.get("/township/closing/", follow=True))
    assert "银行逾期 2 天未反馈" in page and "去比对" in page
    assert "月度名册还没有编制" in page and "去名册" in page
    assert "11月26日" in page and "11月30日" in page and "2 项" in page
    assert f"{PAGE}sign/" not in page
    refused = send(clerk, f"{PAGE}sign/")
    assert refused.status_code == 409 and "银行逾期" in told(refused)[0]
    assert clerk.get("/township/closing/2027-01/").status_code == 404
    assert clerk.get(f"{PAGE}990101002/").status_code == 404, "another township"


def test_from_the_first_signature_to_the_receipt_and_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    compared(monkeypatch, StageView(CloseStage.COMPARISON, 4))
    pay(world)
    clerk, head = seat(world, Role.HANDLER), seat(world, Role.HEAD)
    assert send(clerk, f"{PAGE}sign/").status_code == 302
    close = MonthClose.objects.get()
    signed = f"/township/closing/signed/{close.ref}/"
    assert f"{signed}file/" not in text(clerk.get(PAGE)) and f"{signed}file/" in text(head.get(PAGE))
    assert "原因" in text(send(head, f"{signed}return/", reason=" "))
    wrong = send(head, f"{signed}file/", code="000000")
    assert wrong.status_code == 422 and "动态口令不正确" in text(wrong)
    assert send(head, f"{signed}file/", code=code(world.head())).status_code == 302
    assert run_one()
    rows = text(clerk.get(f"{signed}rows/"))
    assert FiledRow.objects.count() == 5 and "没有变化" in rows
    decider = seat(world, Role.DISTRICT_DECIDER, TOWNSHIP[:6])
    assert f"{close.ref}/receive/" in text(decider.get(DISTRICT))
    assert send(decider, f"/district/closing/filed/{close.ref}/receive/").status_code == 302
    reopen = f"/district/closing/filed/{close.ref}/reopen/"
    assert reopen in text(decider.get(DISTRICT))
    given = {"reason": "平台数据有误", "code": code(world.at_district(Role.DISTRICT_DECIDER))}
    assert send(decider, reopen, **given).status_code == 302
    close.refresh_from_db()
    assert close.state == CloseState.REOPENED and "平台数据有误" in text(decider.get(DISTRICT))
    assert f"{PAGE}sign/" in text(clerk.get(PAGE)), "the township may sign once more"


def test_the_return_is_counted_from_the_frozen_month(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    compared(monkeypatch, StageView(CloseStage.COMPARISON, 4))
    clerk, watcher = seat(world, Role.HANDLER), seat(world, Role.SUPERVISOR, TOWNSHIP[:6])
    address = f"/township/returns/{MONTH}/"
    assert "还没有报备存档" in text(clerk.get(address))
    pay(world)
    close = file_month(world)
    page = text(clerk.get(address))
    assert "补助水平" in page and "农村低保" in page and "没有停发" in page
    opened = f"/township/closing/signed/{close.ref}/rows/?programme=dibao&amp;urban=1&amp;standing=due"
    assert opened in page
    found = text(clerk.get(opened.replace("&amp;", "&")))
    assert found.count("没有变化") >= FiledRow.objects.filter(urban=True).count()
    whole = text(watcher.get(f"/district/returns/{MONTH}/"))
    assert "没有报备" in whole and "还没有报备、没有计入的" in whole
    everywhere = f"{opened}&amp;places=all"
    assert everywhere in whole, "the district's figures open the households of every township that has filed"
    assert "全区已报备的" in text(watcher.get(everywhere.replace("&amp;", "&")))
    assert close.area.name in text(watcher.get(f"{opened.split('?', maxsplit=1)[0]}?places=all&behind=women"))
    assert "全区已报备的" not in text(clerk.get(everywhere.replace("&amp;", "&")))
    assert "与 2026-10 比" not in whole
    for area in (close.area_id, "990101002"):
        copied = {field.attname: getattr(close, field.attname) for field in MonthClose._meta.concrete_fields}
        MonthClose.objects.create(**{**copied, "id": None, "ref": new_ref(), "area_id": area, "month": "2026-10"})
    beside = text(watcher.get(f"/district/returns/{MONTH}/"))
    assert f"只比两个月都报备了的：{close.area.name}。" in beside
    assert clerk.get("/township/returns/2027-03/").status_code == 404
    head = seat(world, Role.HEAD)
    issue = f"{address}issue/"
    assert issue not in page and issue in text(head.get(address))
    assert send(clerk, issue).status_code == 403
    assert send(head, issue).url == f"{address}#papers"
    paper = MonthPaper.objects.get(code="monthly_return")
    assert "月报〔2026〕1号" in text(clerk.get(address))
    printed = issued.paper_of(paper).ref
    assert watcher.get(reverse("paper", args=[printed])).content.startswith(b"%PDF")
    assert seat(world, Role.HANDLER, "990101002").get(reverse("paper", args=[printed])).status_code == 404
    assert f"{address}papers/month_filing/" in text(clerk.get(PAGE))
    assert send(clerk, f"{address}papers/month_filing/").url == f"{PAGE}#papers"
    assert "报备〔2026〕1号" in text(clerk.get(PAGE))
    funds = f"/township/funds/table/?month={MONTH}"
    page = text(clerk.get(funds))
    assert f"{address}papers/fund_table/" in page
    behind = f"/township/funds/table/{MONTH}/households/?township={TOWNSHIP}&urban=1&programme=dibao"
    assert behind.replace("&", "&amp;") in page
    paid = FiledRow.objects.filter(urban=True, programme="dibao", paid_fen__gt=0)
    assert f"{paid.count()} 户" in text(clerk.get(behind))
    cashier = text(seat(world, Role.CASHIER).get(behind))
    assert f"{paid.count()} 户" in cashier and "/awards/" not in cashier
    assert "没有这样的家庭" in text(seat(world, Role.HANDLER, "990101002").get(behind))
    assert clerk.get("/township/funds/table/2026-13/households/").status_code == 404
    empty = send(clerk, f"{address}papers/relief_list/")
    assert empty.status_code == 409 and "不用制发花名册" in text(empty)
    assert send(watcher, f"/district/returns/{MONTH}/papers/monthly_return/").status_code == 302
    assert "制发社会救助工作月报表" in text(watcher.get(f"/district/returns/{MONTH}/"))
