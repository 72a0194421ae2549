"""导入中心: upload, columns, preview, submit, confirm, undo on the pages; refusals at their place, nothing lost."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.gateways.ledger_files import HEADS, book, ledger, number, row
from tests.rooms.ledgers import code
from tests.rooms.world import World
from yimen.base.jobs.worker import run_one
from yimen.base.record.models import Read
from yimen.base.refs import new_ref
from yimen.casework.awards.models import Award, LedgerHeads, LedgerRun
from yimen.gateways.ledgers import door
from yimen.law.calendar import now
from yimen.law.ledger import RunState

CENTER = "/township/ledgers/"
NAME = "王秀兰乙"


def browser(officer: Any) -> Client:
    client = Client()
    client.force_login(officer.account)
    session = client.session
    session["started"] = now().isoformat()
    session.save()
    return client


def send(client: Client, data: bytes, name: str = "青禾台账.xlsx") -> Any:
    return client.post(f"{CENTER}upload/", {"once": new_ref(), "file": SimpleUploadedFile(name, data)}, follow=True)


def page(answer: Any) -> str:
    return str(answer.content.decode())


def press(client: Client, run: LedgerRun, what: str, **fields: Any) -> Any:
    return client.post(f"{CENTER}{run.ref}/{what}/", {"once": new_ref(), **fields}, follow=True)


def submitted(world: World, data: bytes | None = None) -> LedgerRun:
    client = browser(world.handler())
    send(client, data or ledger(row(1), row(2)))
    run = LedgerRun.objects.order_by("-id")[0]
    press(client, run, "submit", version=run.version)
    run.refresh_from_db()
    assert run.state == RunState.SUBMITTED
    return run


def test_from_the_upload_to_the_awards_and_back(world: World) -> None:
    client, head = browser(world.handler()), world.head()
    assert "还没有导入过台账" in page(client.get(CENTER))
    text = page(send(client, ledger(row(1), row(2), row(3, category="D"))))
    assert "预览完成：2 户可以导入，1 户有错误，不会导入" in text and "没有“D”这一类" in text
    run = LedgerRun.objects.get()
    assert NAME in page(client.get(f"{CENTER}{run.ref}/?show=new"))
    assert "等待负责人确认" in page(press(client, run, "submit", version=run.version))
    assert not Award.objects.exists()
    boss = browser(head)
    assert "确认导入" in page(boss.get(f"{CENTER}{run.ref}/"))
    wrong = press(boss, run, "confirm", code="000000")
    assert wrong.status_code == 422 and "动态口令不正确" in page(wrong)
    text = page(press(boss, run, "confirm", code=code(head)))
    assert "正在排队" in text and 'hx-trigger="every 2s"' in text
    assert run_one()
    text = page(boss.get(f"{CENTER}{run.ref}/"))
    assert "导入完成：2 户" in text and Award.objects.count() == 2
    assert boss.get(f"{CENTER}{run.ref}/job/", headers={"HX-Request": "true"}).headers["HX-Redirect"]
    text = page(press(boss, run, "undo", reason="拿错了", code=code(head)))
    assert "正在排队" in text and run_one()
    assert "已撤销 2 户" in page(boss.get(f"{CENTER}{run.ref}/"))
    assert Award.objects.filter(voided_on=None).count() == 0
    assert Read.objects.filter(subject_kind="ledger_run").exists()


def test_unknown_headings_are_asked_for_once_and_remembered(world: World) -> None:
    client = browser(world.handler())
    heads = [*HEADS[:5], "每月补差", "起始月份", "打卡号"]
    text = page(send(client, ledger(row(1), heads=heads)))
    assert "还没有指明：月保障金额（元）" in text and "请选择" in text
    assert number(1) not in text and f"{number(1)[:2]}…" in text
    run = LedgerRun.objects.get()
    fields = {f"column_{at}": field for at, field in enumerate(
        ["village", "head_name", "head_identity", "covered", "category", "amount", "start_month", "account"]
    )}  # fmt: skip
    lacking = client.post(f"{CENTER}{run.ref}/columns/", {**fields, "column_5": "-"})
    assert lacking.status_code == 422 and "还没有指明这些列：月保障金额（元）" in page(lacking)
    text = page(client.post(f"{CENTER}{run.ref}/columns/", fields, follow=True))
    assert "预览完成：1 户可以导入" in text
    assert LedgerHeads.objects.count() == 1
    again = page(send(client, ledger(row(2), heads=heads)))
    assert "预览完成：1 户可以导入" in again


def test_a_column_may_only_be_given_what_is_offered(world: World) -> None:
    client = browser(world.handler())
    send(client, ledger(row(1), heads=[*HEADS[:7], "打卡号"]))
    run = LedgerRun.objects.get()
    answer = client.post(f"{CENTER}{run.ref}/columns/", {"column_0": "voided_on", "column_7": "x:9"})
    assert answer.status_code == 422 and "请从列表中选择" in page(answer)


def test_several_sheets_are_chosen_together(world: World) -> None:
    client = browser(world.handler())
    data = book(("站前社区", [HEADS[1:], row(1)[1:]]), ("梧桐社区", [HEADS[1:], row(2)[1:]]), ("备注", [["无"]]))
    text = page(send(client, data))
    assert "站前社区（约 2 行）" in text and 'value="备注"' not in text
    run = LedgerRun.objects.get()
    fields = {f"column_{at}": field for at, field in enumerate(
        ["head_name", "head_identity", "covered", "category", "amount", "start_month", "account"]
    )}  # fmt: skip
    text = page(client.post(f"{CENTER}{run.ref}/columns/", {**fields, "sheets": ["站前社区", "梧桐社区"]}, follow=True))
    assert "预览完成：2 户可以导入" in text and "梧桐社区 第2行" in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "空文件"),
        (b"MZ\x90", "这不是 Excel 文件"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "旧版 Excel"),
        (b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ODS 表格"),
        (b"PK\x03\x04[Content_Types].xml garbage", "已损坏"),
        (book(("通知", [["请各村报送"]])), "没有找到台账的表头"),
        (b"PK\x03\x04" + b"0" * (10 * 1024 * 1024), "超过 10 MB"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_at_its_field(world: World, data: bytes, sentence: str) -> None:
    answer = send(browser(world.handler()), data)
    assert answer.status_code == 422 and sentence in page(answer)
    assert not LedgerRun.objects.exists()


def test_a_form_sent_twice_makes_one_run(world: World) -> None:
    client, once = browser(world.handler()), new_ref()
    for _ in range(2):
        client.post(f"{CENTER}upload/", {"once": once, "file": SimpleUploadedFile("a.xlsx", ledger(row(1)))})
    assert LedgerRun.objects.count() == 1


def test_error_rows_come_back_with_their_reason_and_can_be_sent_again(world: World) -> None:
    client = browser(world.handler())
    cut = row(3, identity=990101196003150012)
    send(client, ledger(row(1), cut, row(2, amount="四百")))
    run = LedgerRun.objects.get()
    answer = client.get(f"{CENTER}{run.ref}/errors/")
    assert "attachment" in answer["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == [*HEADS, "错误原因"] and len(rows) == 3
    assert "已被 Excel 截断" in rows[1][-1] and "不是金额" in rows[2][-1]
    assert rows[2][:3] == row(2)[:3]
    rows[2][5] = "400.00"
    rows[1][2] = number(3)
    again = page(send(client, book(("错误行", rows))))
    assert "预览完成：2 户可以导入" in again
    assert browser(world.head()).get(f"{CENTER}{run.ref}/errors/").status_code == 403


def test_only_another_person_confirms_and_only_the_head(world: World) -> None:
    run = submitted(world)
    assert browser(world.handler()).get(f"{CENTER}{run.ref}/confirm/").status_code == 403
    assert browser(world.head("990101002")).get(f"{CENTER}{run.ref}/").status_code == 404
    head = world.head()
    client = browser(head)
    send(client, ledger(row(5)))
    own = LedgerRun.objects.order_by("-id")[0]
    press(client, own, "submit", version=own.version)
    refused = press(client, own, "confirm", code=code(head))
    assert refused.status_code == 403 and "须由不同的人办理" in page(refused)


def test_a_stale_page_does_not_submit(world: World) -> None:
    client = browser(world.handler())
    send(client, ledger(row(1)))
    run = LedgerRun.objects.get()
    answer = press(client, run, "submit", version=run.version - 1)
    assert answer.status_code == 409 and "请刷新页面" in page(answer)


def test_sending_back_needs_a_reason_withdrawing_does_not(world: World) -> None:
    run, boss = submitted(world), browser(world.head())
    bare = press(boss, run, "withdraw", reason="")
    assert bare.status_code == 422 and "退回请写明原因" in page(bare)
    assert "已撤回，没有改动任何家庭。金额不对" in page(press(boss, run, "withdraw", reason="金额不对"))
    client = browser(world.handler())
    send(client, ledger(row(4)))
    mine = LedgerRun.objects.order_by("-id")[0]
    assert "已撤回" in page(press(client, mine, "withdraw", reason=""))


def test_a_long_ledger_is_read_by_the_worker(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LARGE", 1)
    client = browser(world.handler())
    text = page(send(client, ledger(row(1), row(2))))
    assert "正在排队" in text
    run = LedgerRun.objects.get()
    assert run.state == RunState.READING and run_one()
    assert "预览完成：2 户可以导入" in page(client.get(f"{CENTER}{run.ref}/"))


def test_work_that_failed_says_so_and_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run, head = submitted(world), world.head()
    boss = browser(head)
    press(boss, run, "confirm", code=code(head))
    head.account.is_active = False
    head.account.save()
    assert run_one()
    head.account.is_active = True
    head.account.save()
    text = page(boss.get(f"{CENTER}{run.ref}/"))
    assert "账号已停用，没有继续" in text and "继续" in text
    press(boss, run, "resume")
    assert run_one()
    assert "导入完成：2 户" in page(boss.get(f"{CENTER}{run.ref}/"))
    assert press(boss, run, "resume").status_code == 409


def test_the_template_can_be_filled_and_sent(world: World) -> None:
    client = browser(world.handler())
    answer = client.get(f"{CENTER}template/")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert sheets.sheet_names == ["台账", "说明", "示例"]
    heads = sheets.get_sheet_by_name("台账").to_python()[0]
    filled = {"村（社区）": "站前社区", "户主姓名": "王秀兰", "姓名": "王秀兰", "身份证号": number(1), "与户主关系": "本人",
              "是否保障": "是", "保障人数": 1, "保障类别": "A", "月保障金额（元）": 450, "起始月份": "2024-03"}  # fmt: skip
    text = page(send(client, ledger([filled.get(head, "") for head in heads], heads=heads)))
    assert "预览完成：1 户可以导入。" in text


def test_the_list_of_runs_takes_the_same_queries_for_one_and_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = browser(world.handler())
    for serial in range(1, 4):
        send(client, ledger(row(serial)))
    with django_assert_max_num_queries(20):
        text = page(client.get(CENTER))
    assert text.count("已预览待提交") == 3


# -- every programme ---------------------------------------------------------------------


def send_as(client: Client, data: bytes, kind: str = "", name: str = "青禾.xlsx") -> Any:
    form = {"once": new_ref(), "programme": kind, "file": SimpleUploadedFile(name, data)}
    return client.post(f"{CENTER}upload/", form, follow=True)


RIGID_HEADS = ["村（社区）", "户主姓名", "户主身份证号", "认定人数", "认定日期", "有效期至"]


def test_a_ledger_that_does_not_say_its_kind_is_asked_at_the_upload(world: World) -> None:
    client = browser(world.handler())
    data = ledger(["站前社区", NAME, number(1), 1, "2026-06-01", "2027-05-31"], heads=RIGID_HEADS)
    asked = send_as(client, data)
    assert asked.status_code == 422 and "看不出这是哪一类台账" in page(asked) and not LedgerRun.objects.exists()
    other = send_as(client, data, "tekun", "刚性支出困难家庭台账.xlsx")
    assert other.status_code == 422 and "文件的标题或列名是刚性支出困难家庭台账" in page(other)
    text = page(send_as(client, data, "rigid_expenditure"))
    assert "预览完成：1 户可以导入" in text and "1 人，认定 1 人，2026-06-01 认定，有效期至 2027-05-31" in text
    assert LedgerRun.objects.get().programme == "rigid_expenditure"


def test_a_ledger_of_tekun_from_the_upload_to_the_roll(world: World) -> None:
    client, head = browser(world.handler()), world.head()
    heads = ["村", "姓名", "身份证号", "供养方式", "自理能力", "基本生活费", "照料护理费", "起始月份", "银行账号"]
    lines = (
        ["站前社区", NAME, number(1), "集中", "全护理", 1040, 720, "2024-03", f"99{1:017d}"],
        ["站前社区", "王秀兰丙", number(2), "分散", "不知", 676, 180, "2024-03", ""],
    )
    text = page(send(client, ledger(*lines, heads=heads), "特困台账.xlsx"))
    assert "预览完成：1 户可以导入，1 户有错误" in text and "自理能力“不知”不认识" in text
    run = LedgerRun.objects.get()
    press(client, run, "submit", version=run.version)
    assert "特困供养" in page(browser(head).get(f"{CENTER}{run.ref}/confirm/"))
    press(browser(head), run, "confirm", code=code(head))
    assert run_one()
    roll = page(client.get("/township/awards/?programme=tekun"))
    assert "特困 集中" in roll and "1,760.00" in roll
    assert NAME not in page(client.get("/township/awards/?programme=dibao"))
    assert "特困供养" in page(client.get(CENTER))


@pytest.mark.parametrize("kind", ["dibao", "tekun", "edge", "rigid_expenditure", "nonsense"])
def test_there_is_a_template_for_every_kind(world: World, kind: str) -> None:
    answer = browser(world.handler()).get(f"{CENTER}template/?kind={kind}")
    book_ = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book_.sheet_names[1:] == ["说明", "示例"]
    heads = book_.get_sheet_by_index(0).to_python()[0]
    assert ("有效期至" in heads) == (kind in {"edge", "rigid_expenditure"})
    assert ("供养方式" in heads) == (kind == "tekun")
