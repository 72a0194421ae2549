"""Bank files at the desks: a template of two persons, a file, an answer with a failure, the failure put right."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desks.case_hands import code_of, told
from tests.desks.district_hands import at, send, text
from tests.rooms import banks, rolls
from tests.rooms.ledgers import code as fresh
from tests.rooms.world import DISTRICT, TOWNSHIP, World
from yimen.base.exports.models import Export
from yimen.base.jobs.worker import run_one
from yimen.casework.payments.models import BankFile, BankReturn, BankTemplate, LineEvent, PayLine
from yimen.law.payments.bank_layout import BankLayouts
from yimen.law.payments.bank_terms import FileKind, ReturnState, TemplateState
from yimen.law.payments.terms import LineEventKind
from yimen.law.terms import Role


def _cashier(world: World) -> Client:
    return at(world, Role.CASHIER, code=TOWNSHIP)


_TYPED: dict[str, str] = {
    "bank": "示例农商行", "banks": "示例农村商业银行\n示例信用社", "valid_from": "2026-01-01", "name": "FF{批次}.txt",
    "remark": "{月份}{类别}", "items": "城市低保，0101", "codes": "00，发放成功\n11，发放不成功，账户已销户",
    "out-kind": "fixed", "out-encoding": "gb18030", "out-newline": "crlf", "out-separator": "|", "out-quoting": "none",
    "out-amounts": "fen", "out-dates": "plain", "out-header": "批次号，20\n总笔数，8，右，0\n总金额，16，右，0",
    "out-columns": "序号，6，右，0\n户名，30，左，空格\n账号，25\n金额，12，右，0\n发放项目代码，6\n固定文字，2，左，空格，01",
    "out-trailer": "", "back-kind": "delimited", "back-encoding": "gbk", "back-newline": "lf", "back-separator": "|",
    "back-quoting": "none", "back-amounts": "yuan", "back-dates": "plain", "back-header": "", "back-trailer": "",
    "back-columns": "序号\n账号\n金额\n结果代码\n原因说明",
}  # fmt: skip


def test_a_template_is_written_tried_and_released(world: World) -> None:
    writer, other = at(world, Role.SUPERVISOR), at(world, Role.DISTRICT_DECIDER)
    assert "还没有模板" in text(writer.get("/district/banks/"))
    new = "/district/banks/new/"
    wrong = send(writer, new, **_TYPED | {"out-columns": "序号，6，右，0\n姓名，30"})
    assert wrong.status_code == 422 and any("第 2 行的“姓名”不是可用的内容" in each for each in told(wrong))
    lacking = send(writer, new, **_TYPED | {"back-columns": "账号\n金额\n结果代码"})
    assert lacking.status_code == 422 and any("才能逐笔对应" in each for each in told(lacking))
    wide = send(writer, new, **_TYPED | {"codes": "00，成功"})
    assert any(each.startswith("codes: 第 1 行的“成功”") for each in told(wide))
    assert send(writer, new, **_TYPED).status_code == 302
    row = BankTemplate.objects.get()
    address = f"/district/banks/{row.ref}/"
    shown = text(writer.get(address))
    assert "阿依努尔·买买提" in shown and "李㐂田" in shown and "FF990101001P261101.txt" in shown
    assert "发布模板" not in shown
    again = writer.get(f"{new}?from={row.ref}")
    assert "固定文字，2，左，空格，01" in text(again) and "城市低保，0101" in text(again)
    code = code_of(world, Role.DISTRICT_DECIDER, DISTRICT)
    assert send(other, f"{address}release/", code=code)["Location"] == address
    row.refresh_from_db()
    assert row.state == TemplateState.RELEASED
    assert BankLayouts.of(row.layouts).out.kind is FileKind.FIXED
    assert send(writer, f"{address}withdraw/", reason="").status_code == 409
    assert at(world, Role.HANDLER, code=TOWNSHIP).get("/district/banks/").status_code == 403


def test_from_the_roll_to_the_second_attempt(world: World) -> None:
    rolls.settled(world)
    banks.template(world)
    rolls.frozen(world)
    cashier, clerk, leader = (
        _cashier(world),
        at(world, Role.HANDLER, code=TOWNSHIP),
        at(world, Role.HEAD, code=TOWNSHIP),
    )
    shown = text(cashier.get("/township/banks/"))
    assert "生成并报送" in shown and "由资金发放岗报送" in text(clerk.get("/township/banks/"))
    template = BankTemplate.objects.get()
    page = f"/township/banks/send/{template.ref}/"
    assert clerk.get(page).status_code == 403
    wrong = send(cashier, page, area=TOWNSHIP, code="000000")
    assert wrong.status_code == 422 and "动态口令不正确" in told(wrong)[0]
    code = fresh(rolls.cashier(world))
    answer = send(cashier, page, area=TOWNSHIP, code=code)
    file = BankFile.objects.get()
    address = f"/township/bankfiles/{file.ref}/"
    assert answer["Location"] == address
    assert send(cashier, f"{address}out/", code=fresh(rolls.cashier(world)))["Location"] == "/exports/"
    export = Export.objects.get()
    assert export.kind == "bank" and export.state == "ready"
    _answered(cashier, file, banks.answer(file, banks.failing(2), lambda rows: rows[0].__setitem__(3, "1.00")))
    bad = BankReturn.objects.get()
    shown = text(cashier.get(f"/township/bankreturns/{bad.ref}/"))
    assert bad.state == ReturnState.REFUSED and "第 2 行的金额是 1.00 元" in shown and "没有采用" in shown
    _answered(cashier, file, banks.answer(file, banks.failing(2)))
    good = BankReturn.objects.latest("id")
    page = f"/township/bankreturns/{good.ref}/"
    shown = text(cashier.get(page))
    assert "账户已销户" in shown and "入账" in shown
    assert f"{page}book/" not in text(clerk.get(page))
    assert not LineEvent.objects.filter(kind=LineEventKind.PAID).exists()
    assert send(cashier, f"{page}book/")["Location"] == page
    assert send(cashier, f"{page}book/").status_code == 409
    assert "打印发放不成功、补发单" in text(cashier.get(page))
    _put_right(world, clerk, leader)
    assert "其中补发" in text(cashier.get("/township/banks/"))


def test_a_long_answer_is_judged_and_booked_by_the_worker(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rolls.settled(world)
    file = banks.sent(world)
    monkeypatch.setattr("yimen.gateways.bank.door.LARGE", file.count - 1)
    cashier, clerk = _cashier(world), at(world, Role.HANDLER, code=TOWNSHIP)
    _answered(cashier, file, banks.answer(file, banks.failing(2)))
    row = BankReturn.objects.get()
    page = f"/township/bankreturns/{row.ref}/"
    shown = text(cashier.get(page))
    assert row.state == ReturnState.READING and "正在后台逐笔核对" in shown and "正在排队" in shown
    assert "撤回这份文件" not in shown and f"{page}job/" in shown
    _answered(cashier, file, banks.answer(file, banks.failing(2)))
    assert "已经收过一次" in BankReturn.objects.latest("id").faults[0][2], "while the first is being read"
    with monkeypatch.context() as broken:
        broken.setattr("yimen.casework.payments.bank.returning.say", _full)
        run_one()
    assert "任务出错" in text(cashier.get(page)) and f"{page}judge/" in text(clerk.get(page))
    assert send(clerk, f"{page}judge/")["Location"] == page and run_one()
    assert f"{page}book/" in text(cashier.get(page)) and "账户已销户" in text(cashier.get(page))
    assert send(cashier, f"{page}book/")["Location"] == page
    assert not LineEvent.objects.filter(kind=LineEventKind.PAID).exists() and f"{page}book/" not in text(
        cashier.get(page)
    )
    assert cashier.get(f"{page}job/", headers={"HX-Request": "true"}).status_code == 200
    assert run_one() and LineEvent.objects.filter(kind=LineEventKind.PAID).count() == file.count - 1
    assert cashier.get(f"{page}job/", headers={"HX-Request": "true"})["HX-Redirect"] == page
    row.refresh_from_db()
    assert (row.state, row.booked_by_id) == (ReturnState.BOOKED, rolls.cashier(world).staff.pk)
    _comes_back(clerk, cashier, PayLine.objects.exclude(events__kind=LineEventKind.FAILED).first())


def _comes_back(clerk: Client, cashier: Client, line: Any) -> None:
    """Told by a paper: from the household's line, typed by one and booked by the other."""
    page = f"/township/rolls/{line.roll.ref}/lines/{line.award.ref}/"
    shown, address = text(clerk.get(page)), f"/township/bankletters/{line.ref}/"
    assert "发放经过" in shown and "已发放" in shown and "这一户各月的发放" in shown and address in shown
    typed = {"letter": "退汇 2026-0031", "on": "2026-11-24", "cause": "name", "words": "户名与开户资料不符"}
    wrong = send(clerk, address, **typed | {"on": "2026-01-01"})
    assert wrong.status_code == 422 and "早于报送日" in told(wrong)[0] and "户名与开户资料不符" in text(wrong)
    place = send(clerk, address, **typed)["Location"]
    assert "对照通知原件" in text(cashier.get(place)) and f"{place}book/" not in text(clerk.get(place))
    send(cashier, f"{place}book/")
    shown = text(cashier.get(page))
    assert "户名与开户资料不符（退汇 2026-0031）" in shown and "发放后退回" in shown and address not in shown


def _full(*given: Any) -> None:
    raise OSError("no space left")


def _answered(browser: Client, file: Any, content: bytes) -> None:
    upload = SimpleUploadedFile("answer.txt", content)
    assert send(browser, f"/township/bankfiles/{file.ref}/answer/", file=upload).status_code == 302


def _put_right(world: World, clerk: Client, leader: Client) -> None:
    line = LineEvent.objects.get(kind=LineEventKind.FAILED).line
    shown = text(clerk.get("/township/payfailures/"))
    page = f"/township/payfailures/{line.ref}/"
    assert page in shown and "请本户提供新账户" in shown
    assert f'/township/accounts/new/{line.award.ref}/"' in text(clerk.get(page)), "the way to what the bank asks for"
    empty = send(clerk, page, correction="")
    assert empty.status_code == 422 and told(empty)[0].startswith("correction")
    same = send(clerk, page, correction="已核实")
    assert same.status_code == 409 and "登记的收款账号还是原来的" in told(same)[0]
    banks.other_account(line)
    assert send(leader, page, correction="已更换账号")["Location"] == "/township/payfailures/"
    assert clerk.get(page).status_code == 404
    assert PayLine.objects.filter(award=line.award).count() == 1
