"""平台对账 on the pages: upload, columns, differences handled, the sheet; our own export comes back as the platform's, all agreed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desks.test_ledger_round_trip import saved_by_office
from tests.desks.test_ledgers import browser, page
from tests.gateways.platform_files import HEADS, export, line, planted
from tests.rooms.ledgers import code, families, take
from tests.rooms.test_ledger_programmes import recognised, tekun
from tests.rooms.world import World
from yimen.base.exports import keeping
from yimen.base.jobs.worker import run_one
from yimen.base.record.models import Read
from yimen.base.refs import new_ref
from yimen.casework.awards.models import Award, ChangeCase
from yimen.casework.monthclose.models import PlatformLine, PlatformRun
from yimen.desks.shared.lists.exporting import Wish, take as take_list
from yimen.gateways.platform import door
from yimen.law.platform import Handling
from yimen.law.terms import Programme, Role

HOME, MONTH = "/township/platform/", "2026-11"
OWN = "9900000000000001234"


@pytest.fixture
def stock(world: World) -> list[Any]:
    rows = families(world, 6)
    take(world, rows)
    return rows


def send(client: Client, data: bytes, name: str = "平台.xlsx", **more: str) -> Any:
    given = {"once": new_ref(), "month": MONTH, "file": SimpleUploadedFile(name, data), **more}
    return client.post(f"{HOME}upload/", given, follow=True)


def own_export(world: World) -> bytes:
    """Our awards of the month in full numbers, as the head takes them along."""
    head = world.head()
    wish = Wish(f"{HOME}months/{MONTH}/awards/", "")
    made = take_list(head, wish, full=True, reason="与省级平台对账核对", code=code(head))
    assert made.full and made.kind == "bank"
    return keeping.content_of(made)


def test_from_the_upload_to_the_signed_sheet(world: World, stock: list[Any]) -> None:
    client = browser(world.handler())
    assert "未对账" in page(client.get(HOME))
    text = page(send(client, planted(stock, {1: {"account": OWN}, 2: {"month": "2025-01"}}, without=[3])))
    assert "还有 3 条差异没有办结" in text and OWN not in text and "***************1234" in text
    run = PlatformRun.objects.get()
    assert Read.objects.filter(subject_ref=run.ref, purpose="平台对账").exists()
    lines = {row.field: row.ref for row in run.lines.order_by("position")}
    month = page(client.get(f"{HOME}months/{MONTH}/"))
    assert "逐条处理差异" in month and f'{HOME}{run.ref}/?show=differs"' in month
    # Nothing ticked, then two of them: one to be mended there, one that stays for a reason.
    assert "先在名单里勾选" in page(client.post(f"{HOME}handle/", {}, follow=True))
    asked = client.post(f"{HOME}handle/", {"ref": [lines["start_month"]]}, follow=True)
    assert "共 1 条" in page(asked)
    given = {"once": new_ref(), "cases": lines["start_month"], "how": "kept", "reason": ""}
    refused = client.post(f"{HOME}handle/", given)
    assert refused.status_code == 422 and "请写明差异为什么保留" in page(refused)
    client.post(f"{HOME}handle/", {**given, "once": new_ref(), "reason": "平台统一录入，不影响发放"}, follow=True)
    client.post(f"{HOME}handle/", {"once": new_ref(), "cases": lines[""], "how": "fix"}, follow=True)
    fixes = page(client.get(f"{HOME}months/{MONTH}/fix/"))
    assert "新增这一户" in fixes and stock[3].people[0].identity not in fixes
    client.post(f"{HOME}tick/?month={MONTH}", {"once": new_ref(), "ref": [lines[""]]}, follow=True)
    assert PlatformLine.objects.get(ref=lines[""]).handling == Handling.FIXED
    # After the platform: a change is reported, the award stays as it is.
    before = list(Award.objects.order_by("pk").values())
    form = page(client.get(f"{HOME}lines/{lines['account']}/adopt/"))
    assert "平台“***************1234”" in form and 'value="account" selected' in form
    answer = client.post(
        f"{HOME}lines/{lines['account']}/adopt/",
        {"once": new_ref(), "event": "account", "since": "2026-11-01", "source": "office", "reported_by": "孙经办",
         "statement": "平台的账号与存折一致。"}, follow=True,
    )  # fmt: skip
    assert ChangeCase.objects.get().event == "account" and answer.status_code == 200
    assert list(Award.objects.order_by("pk").values()) == before
    # The sheet waits until nothing is open; the next file settles what was mended by itself.
    sheet = client.post(f"{HOME}months/{MONTH}/sheet/", {"once": new_ref()})
    assert sheet.status_code == 409 and "没有办结" in page(sheet)
    mended = planted(stock, {2: {"month": "2025-01"}})
    send(client, mended)
    text = page(client.get(f"{HOME}months/{MONTH}/"))
    assert "除 1 条写明理由保留的差异外一致，可打印对账表" in text and "已被后来的取代" in text
    text = page(client.post(f"{HOME}months/{MONTH}/sheet/", {"once": new_ref()}, follow=True))
    assert "对账表已出具" in text
    ref = text.split("/paper/")[1].split("/")[0]
    assert client.get(f"/paper/{ref}/").content.startswith(b"%PDF")
    again = send(client, mended, "改了名字.xlsx")
    assert again.status_code == 422 and "内容完全相同，没有改动任何结果" in page(again)


def test_what_agrees_says_so_and_the_district_sees_every_township(world: World, stock: list[Any]) -> None:
    client = browser(world.handler())
    assert "完全一致，可打印对账表" in page(send(client, planted(stock, {})))
    watcher = browser(world.at_district(Role.SUPERVISOR))
    assert "一致" in page(watcher.get(HOME)) and "上传平台数据" not in page(watcher.get(HOME))
    assert "完全一致" in page(watcher.get(f"{HOME}months/{MONTH}/?township=990101001"))
    assert watcher.get(f"{HOME}months/{MONTH}/?township=990102001").status_code == 404
    assert watcher.post(f"{HOME}months/{MONTH}/sheet/", {"once": new_ref()}).status_code == 403


def test_unknown_headings_lead_to_the_page_of_columns(world: World, stock: list[Any]) -> None:
    heads = [{"月保障金额": "钱数", "在保状态": "怎样"}.get(head, head) for head in HEADS]
    rows = [line(at, row) for at, row in enumerate(stock, 1)]
    client = browser(world.handler())
    text = page(send(client, export(rows, heads)))
    assert "不认识的列：钱数、怎样" in text and "不比对" in text
    run = PlatformRun.objects.get()
    [choice] = door.choices(run)
    given = {f"column_{at}": field for at, field in enumerate(choice.fields)}
    given[f"column_{heads.index('钱数')}"] = "amount"
    text = page(client.post(f"{HOME}{run.ref}/columns/", given, follow=True))
    assert "没有待办的差异" in text
    assert "不认识的列" not in page(send(client, export(rows[:3], heads), "再来.xlsx"))


def test_a_long_file_is_compared_by_the_worker(world: World, stock: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LARGE", 2)
    client = browser(world.handler())
    text = page(send(client, planted(stock, {})))
    assert "还没有比对" in text or "正在排队" in text
    run_one()
    assert "没有待办的差异" in page(client.get(f"{HOME}{PlatformRun.objects.get().ref}/"))


@pytest.fixture
def everybody(world: World, stock: list[Any]) -> list[Any]:
    """Households of all programmes, one of them without an account."""
    for row in (
        tekun(world, 51, urban=True),
        tekun(world, 52, account="", bank=""),
        recognised(world, Programme.EDGE, 61),
        recognised(world, Programme.RIGID_EXPENDITURE, 62),
    ):
        take(world, [row])
    return stock


@pytest.mark.parametrize("office", [False, True], ids=["as written", "saved by LibreOffice"])
def test_our_own_export_comes_back_all_agreed(world: World, everybody: list[Any], tmp_path: Path, office: bool) -> None:
    data = own_export(world)
    data = saved_by_office(data, tmp_path) if office else data
    text = page(send(browser(world.handler()), data))
    run = PlatformRun.objects.get()
    assert (run.counts["same"], run.counts["awards"], run.counts["rows"]) == (10, 10, 10), text
    assert not run.lines.exists() and sorted(run.programmes) == sorted(str(each) for each in Programme)
