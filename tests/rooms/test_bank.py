"""Bank files: released once, answered once, every fault in an answer named and nothing changed by it (K4, K5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.rooms import banks, rolls
from tests.rooms.ledgers import code
from tests.rooms.world import DISTRICT, TOWNSHIP, World, make_world
from yimen.base.access.refusal import Refused
from yimen.base.files import vault
from yimen.base.record import desk as record
from yimen.base.record.models import Read
from yimen.casework.households.models import BankAccount
from yimen.casework.payments import acts, bank_queries as queries
from yimen.casework.payments.bank import judging
from yimen.casework.payments.bank.entries import LetterEntry
from yimen.casework.payments.funds import checking, posting
from yimen.casework.payments.models import BankAnswer, BankAttempt, BankFile, BankReturn, LineEvent, PayLine
from yimen.gateways.bank import door, practice
from yimen.law.calendar import today
from yimen.law.payments.bank_terms import BankAnswerKind, ReturnFault, ReturnState, Unsendable
from yimen.law.payments.funds import FundAccount, FundProgramme
from yimen.law.payments.terms import LineEventKind
from yimen.law.terms import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    found = make_world()
    rolls.settled(found)
    return found


def _state() -> dict[str, int]:
    """Everything that an answer could change."""
    return {model.__name__: model.objects.count() for model in (BankAnswer, BankAttempt, LineEvent, PayLine)}


def test_a_file_is_released_once_and_given_out_the_same(world: World) -> None:
    file = banks.sent(world)
    lines = list(PayLine.objects.order_by("position"))
    assert (file.count, file.total_fen) == (len(lines), sum(line.total_fen for line in lines))
    events = LineEvent.objects.filter(kind=LineEventKind.SENT)
    assert {(each.line_id, each.attempt) for each in events} == {(line.pk, 1) for line in lines}
    content = vault.fetch(file.ref)
    assert (
        content.decode("gb18030").split("\r\n")[0]
        == f"{file.number}|{file.count}|{file.total_fen // 100}.{file.total_fen % 100:02d}"
    )
    assert not queries.plan(rolls.cashier(world), TOWNSHIP).batches
    with pytest.raises(Refused, match="没有要发送的名单"):
        door.send(rolls.cashier(world), area=TOWNSHIP, template=file.template.ref, count=6, total_fen=1, code="")
    by = rolls.cashier(world)
    export = door.give_out(by, file.ref, code=code(by))
    assert export.full and Read.objects.filter(subject_kind="household", channel="export").count() == file.count
    assert (export.state, export.kind, export.sha256) == ("ready", "bank", file.sha256)
    vault.keep(file.ref, content + b" ")
    with pytest.raises(Refused, match="摘要不符"):
        door.give_out(by, file.ref, code=code(by))
    entry = record.last_of(BankFile.KIND, file.ref, "send_bank_file")
    assert entry is not None
    assert file.sha256 in entry.facts_text


def test_who_may_not_send(world: World) -> None:
    banks.template(world)
    rolls.frozen(world)
    batch = queries.plan(rolls.cashier(world), TOWNSHIP).batches[0]
    given: dict[str, Any] = {"area": TOWNSHIP, "template": batch.template.ref, "count": len(batch.lines)}
    for officer, said in ((world.handler(), "须由"), (rolls.cashier(world, "990101101"), "本乡街")):
        with pytest.raises(Refused, match=said):
            door.send(officer, **given, total_fen=batch.total_fen, code=code(officer))
    with pytest.raises(Refused, match="有变动"):
        door.send(rolls.cashier(world), **given, total_fen=batch.total_fen + 1, code="")
    with pytest.raises(Refused, match="动态口令"):
        door.send(rolls.cashier(world), **given, total_fen=batch.total_fen, code="000000")
    assert not BankFile.objects.exists()


def test_what_no_bank_can_take_stays_listed(world: World) -> None:
    rolls.frozen(world)
    plan = queries.plan(rolls.cashier(world), TOWNSHIP)
    assert {why for _, why in plan.left} == {Unsendable.NO_TEMPLATE}
    banks.template(world)
    line = PayLine.objects.order_by("pk")[0]
    hold = acts.place_hold(world.handler(), award=line.award.ref, kind="identity", words="身份有疑问，正在核实")
    BankAccount.objects.filter(pk=PayLine.objects.order_by("pk")[1].account_id).update(bank="另一家银行")
    plan = queries.plan(rolls.cashier(world), TOWNSHIP)
    assert sorted(why for _, why in plan.left) == [Unsendable.HELD, Unsendable.NO_TEMPLATE]
    assert len(plan.batches[0].lines) == PayLine.objects.count() - 2
    acts.free_hold(world.head(), refs=[hold.ref], reason="已核实")
    assert len(queries.plan(rolls.cashier(world), TOWNSHIP).left) == 1


def test_a_template_needs_its_second_person_and_a_sound_layout(world: World) -> None:
    one = world.at_district(Role.SUPERVISOR)
    given = {"name": "示例农商行", "banks": ["示例农村商业银行"], "valid_from": banks.dt.date(2026, 1, 1)}
    row = acts.propose_bank_template(one, layouts=banks.layouts(), **given)
    with pytest.raises(Refused, match="另一人"):
        acts.release_bank_template(one, ref=row.ref, code=code(one))
    with pytest.raises(Refused, match="表示“发放成功”的代码") as refused:
        acts.propose_bank_template(one, layouts=banks.layouts(codes={}), **given)
    assert refused.value.field == "codes"
    other = world.at_district(Role.DISTRICT_DECIDER)
    acts.withdraw_bank_template(other, ref=row.ref, reason="编码不对")
    with pytest.raises(Refused, match="已撤回"):
        acts.release_bank_template(other, ref=row.ref, code=code(other))


def test_an_answer_decides(world: World) -> None:
    file = banks.sent(world)
    before = _state()
    row = banks.take(world, file, banks.answer(file, banks.failing(2)))
    assert (row.state, row.faults) == (ReturnState.PREVIEWED, [])
    assert _state() == before
    booked = banks.book(world, row)
    assert booked.counts["paid"] == file.count - 1
    assert booked.counts["cause_closed"] == 1
    last = dict(LineEvent.objects.order_by("id").values_list("line_id", "kind"))
    assert sorted(last.values()).count("paid") == file.count - 1
    assert sum(sum(each.values()) for each in queries.booked(booked).values()) == file.total_fen
    assert [paper.code for paper in queries.papers_of(booked)] == ["payment_correction"]
    with pytest.raises(Refused, match="没有再次办理"):
        banks.book(world, row)


def _spoil(place: int, value: str, row: int = 0) -> Any:
    def change(rows: list[list[str]]) -> None:
        rows[row][place] = value

    return change


_FAULTS: list[tuple[str, dict[str, Any], ReturnFault, str]] = [
    ("a changed amount", {"change": _spoil(3, "1.00")}, ReturnFault.ALTERED, "第 2 行的金额是 1.00 元"),
    ("a changed account", {"change": _spoil(1, "6222000000000000001")}, ReturnFault.ALTERED, "第 2 行的账号（尾号 0001）"),
    ("a line of somebody else", {"change": _spoil(0, "202611zzzzzzzzzzzz")}, ReturnFault.FOREIGN, "第 2 行的发放编号"),
    ("another batch", {"batch": "990101001P261199"}, ReturnFault.FOREIGN, "这一批是"),
    ("a line twice", {"change": lambda rows: rows.append(list(rows[0]))}, ReturnFault.REPEATED, "第 8 行与第 2 行是同一笔"),
    ("a line missing", {"change": lambda rows: rows.pop()}, ReturnFault.TRUNCATED, "缺少 1 笔"),
    ("a count that lies", {"count": 99}, ReturnFault.TRUNCATED, "控制行写的是 99 笔"),
    ("a sum that lies", {"total": "1.00"}, ReturnFault.ALTERED, "控制行写的合计是 1.00 元"),
    ("columns missing", {"change": lambda rows: rows[2].pop()}, ReturnFault.UNREADABLE, "第 4 行有 5 列，模板是 6 列"),
    ("an amount in words", {"change": _spoil(3, "一千")}, ReturnFault.UNREADABLE, "第 2 行的金额“一千”读不出来"),
    ("another encoding", {"encoding": "utf-8"}, ReturnFault.UNREADABLE, "文件是 UTF-8 编码"),
]  # fmt: skip


def test_every_fault_is_named_and_changes_nothing(world: World) -> None:
    file = banks.sent(world)
    before = _state()
    for name, spoiled, fault, said in _FAULTS:
        row = banks.take(world, file, banks.answer(file, **spoiled))
        assert row.state == ReturnState.REFUSED, name
        assert str(fault) in banks.kinds(row), name
        assert any(said in each[2] for each in row.faults), (name, row.faults)
        with pytest.raises(Refused, match="没有采用"):
            banks.book(world, row)
    whole = banks.answer(file)
    for cut in (0, 10, len(whole) // 2, len(whole) - 30, len(whole) - 4):
        if cut:
            row = banks.take(world, file, whole[:cut])
            assert row.state == ReturnState.REFUSED, (cut, whole[:cut])
    mixed = whole.split(b"\n")
    mixed[3] = mixed[3].decode("gb18030").replace("|00|", "|00|账户㐂").encode("utf-8") + b"\xff"
    row = banks.take(world, file, b"\n".join(mixed))
    assert banks.kinds(row) == [ReturnFault.UNREADABLE]
    assert "第 4 行有读不出的字符" in row.faults[0][2]
    assert _state() == before


def test_a_file_of_another_batch_is_foreign(world: World) -> None:
    one = banks.sent(world)
    content = banks.answer(one)
    rolls.frozen(world, "2026-12")
    two = banks.send(world)
    row = banks.take(world, two, content)
    assert row.state == ReturnState.REFUSED
    assert "多半是别的银行、别的月份或者别的批次的文件" in row.faults[0][2]
    banks.book(world, banks.take(world, one, content))
    again = banks.take(world, one, content)
    assert banks.kinds(again) == [ReturnFault.REPLAYED]
    other = banks.take(world, one, content.replace(b"\n", b"\r\n"))
    assert (other.state, other.counts["rows"], other.counts["repeated"]) == (ReturnState.PREVIEWED, 0, one.count)
    with pytest.raises(Refused, match="没有新的答复"):
        banks.book(world, other)
    assert LineEvent.objects.filter(kind=LineEventKind.PAID).count() == one.count


def test_two_answers_at_once_are_booked_once(world: World) -> None:
    file = banks.sent(world, banks.layouts(several=True))
    first = banks.take(world, file, banks.answer(file))
    second = banks.take(world, file, banks.answer(file, banks.failing(1)))
    banks.book(world, first)
    with pytest.raises(Refused, match="不能这样改"):
        banks.book(world, second)
    assert not LineEvent.objects.filter(kind=LineEventKind.FAILED).exists()


def test_several_answers_only_where_the_template_says_so(world: World) -> None:
    file = banks.sent(world, banks.layouts(several=True))

    def half(rows: list[list[str]]) -> None:
        del rows[3:]

    total = BankAttempt.objects.filter(file=file, serial__lte=3)
    fen = sum(each.fen for each in total)
    part = banks.answer(
        file,
        lambda serial: ("77", "处理中") if serial == 1 else ("00", ""),
        half,
        total=f"{fen // 100}.{fen % 100:02d}",
    )
    row = banks.take(world, file, part)
    assert (row.counts["missing"], row.counts["unknown"]) == (file.count - 2, 1) or row.counts["unknown"] == 1
    banks.book(world, row)
    whole = banks.book(world, banks.take(world, file, banks.answer(file)))
    assert whole.counts["rows"] == file.count - 2
    assert LineEvent.objects.filter(kind=LineEventKind.PAID).count() == file.count


def test_a_failure_is_put_right_as_a_new_attempt(world: World) -> None:
    file = banks.sent(world)
    banks.book(world, banks.take(world, file, banks.answer(file, banks.failing(1))))
    task = queries.failures(rolls.cashier(world)).get()
    assert (task.last, task.cause) == (BankAnswerKind.FAILED, "closed")
    assert not queries.plan(rolls.cashier(world), TOWNSHIP).batches
    with pytest.raises(Refused, match="先办理账号变更"):
        acts.reissue_payment(world.handler(), refs=[task.line.ref], correction="已核实")
    paid = PayLine.objects.exclude(pk=task.line_id).first()
    with pytest.raises(Refused, match="已发放成功"):
        acts.reissue_payment(world.handler(), refs=[paid.ref], correction="已核实")
    banks.other_account(task.line, "9900000000000000992")
    acts.reissue_payment(world.handler(), refs=[task.line.ref], correction="已更换账号")
    with pytest.raises(Refused, match="已由别人列入"):
        acts.reissue_payment(world.handler(), refs=[task.line.ref], correction="已更换账号")
    again = banks.send(world)
    assert (again.count, again.again) == (1, 1)
    assert BankAttempt.objects.get(file=again).attempt == 2
    assert "9900000000000000992" in vault.fetch(again.ref).decode("gb18030")
    banks.book(world, banks.take(world, again, banks.answer(again)))
    assert PayLine.objects.count() == file.count
    came = banks.take(world, again, banks.answer(again, lambda serial: ("90", "账户被冻结，款项退回")))
    assert banks.book(world, came).counts["returned"] == 1
    assert queries.failures(rolls.cashier(world)).get().last == BankAnswerKind.RETURNED


def test_the_ledger_says_what_the_bank_says(world: World) -> None:
    _fund(world, 10_000_000)
    file = banks.sent(world)
    row = banks.book(world, banks.take(world, file, banks.answer(file, banks.failing(1))))
    assert _stands("spent") == row.counts["paid_fen"] == file.total_fen - row.counts["failed_fen"]
    assert (_stands("under_way"), _stands("township")) == (0, 10_000_000 - row.counts["paid_fen"])
    back = banks.answer(file, lambda serial: ("90", "退回"), lambda rows: rows.__delitem__(slice(1, 2)))
    assert banks.take(world, file, back).state == ReturnState.REFUSED
    one = BankAttempt.objects.get(file=file, serial=2)
    only = practice.came_back(file, {one.serial})
    banks.book(world, banks.take(world, file, only))
    assert _stands("township") == 10_000_000 - row.counts["paid_fen"] + one.fen
    _told_by_letter(world, BankAttempt.objects.get(file=file, serial=3), 10_000_000 - row.counts["paid_fen"] + one.fen)


def _told_by_letter(world: World, attempt: BankAttempt, before: int) -> None:
    """A payment that came back outside the files: typed by one, booked by another, and the ledger follows."""
    line, clerk = attempt.line, world.handler()
    failed = BankAttempt.objects.get(file=attempt.file, serial=1).line
    for wrong, said in (
        ({"letter": " "}, "通知编号"), ({"cause": "?"}, "退回的原因"), ({"words": ""}, "银行的说明"),
        ({"on": banks.dt.date(2026, 11, 1)}, "早于报送日"), ({"on": banks.dt.date(2027, 1, 1)}, "还没有到"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            acts.take_bank_letter(clerk, line=line.ref, entry=_letter(**wrong))
    with pytest.raises(Refused, match="现在是“发放不成功”，只有已经发放成功的"):
        acts.take_bank_letter(clerk, line=failed.ref, entry=_letter())
    by = rolls.cashier(world)
    own = acts.take_bank_letter(by, line=line.ref, entry=_letter())
    with pytest.raises(Refused, match="须由另一位资金发放岗人员"):
        banks.book(world, own)
    with pytest.raises(Refused, match="已经登记过"):
        acts.take_bank_letter(clerk, line=line.ref, entry=_letter())
    acts.withdraw_bank_return(by, ref=own.ref, reason="改由经办登记")
    row = acts.take_bank_letter(clerk, line=line.ref, entry=_letter())
    assert _stands("township") == before, "nothing is booked by who has typed it"
    booked = banks.book(world, row)
    assert (booked.counts["returned"], booked.counts["returned_fen"]) == (1, attempt.fen)
    assert _stands("township") == before + attempt.fen
    assert queries.failures(by).get(serial=3).words == "账户已注销，款项退回（退汇 2026-0031）"
    assert checking.problems(DISTRICT) == []
    with pytest.raises(Refused, match="现在是“发放后退回”"):
        acts.take_bank_letter(clerk, line=line.ref, entry=_letter(letter="退汇 2026-0032"))


def _letter(**more: Any) -> LetterEntry:
    given = {"letter": "退汇 2026-0031", "on": today(), "cause": "closed", "words": "账户已注销，款项退回"}
    return LetterEntry(**{**given, **more})


def _fund(world: World, fen: int) -> None:
    one, other = world.at_district(Role.DISTRICT_HANDLER), world.at_district(Role.SUPERVISOR)
    for move, where in (("promise", ""), ("arrive", ""), ("transfer", TOWNSHIP)):
        order = acts.propose_funds(
            one, move=move, programme="dibao", source="central", rows={where: fen}, document="示例财社 1 号"
        )
        acts.release_funds(other, ref=order.ref, version=order.version, code=code(other))


def _stands(account: str) -> int:
    return posting.balance(DISTRICT, FundAccount(account), FundProgramme.DIBAO, township=TOWNSHIP)


def test_an_interrupted_booking_leaves_nothing_and_is_done_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file = banks.sent(world)
    row = banks.take(world, file, banks.answer(file, banks.failing(1)))
    before = _state()
    for step in ("write_events", "papers.failures", "books.post"):
        with monkeypatch.context() as patch:
            patch.setattr(f"yimen.casework.payments.bank.returning.{step}", _dies)
            with pytest.raises(KeyboardInterrupt), transaction.atomic():
                banks.book(world, row)
        assert _state() == before
        assert BankReturn.objects.get(pk=row.pk).state == ReturnState.PREVIEWED
    assert banks.book(world, row).counts["paid"] == file.count - 1


def _dies(*given: Any, **more: Any) -> None:
    raise KeyboardInterrupt


def test_unknown_codes_are_unknown_and_cannot_be_sent_again(world: World) -> None:
    file = banks.sent(world)
    row = banks.book(world, banks.take(world, file, banks.answer(file, banks.failing(1, code="XX", words="?"))))
    assert row.counts["unknown"] == 1
    line = LineEvent.objects.get(kind=LineEventKind.UNKNOWN).line
    with pytest.raises(Refused, match="可能已经到账"):
        acts.reissue_payment(world.handler(), refs=[line.ref], correction="再报一次")


def test_an_answer_whose_file_was_changed_is_not_booked(world: World) -> None:
    file = banks.sent(world)
    row = banks.take(world, file, banks.answer(file, banks.failing(1)))
    vault.keep(row.ref, banks.answer(file))
    with pytest.raises(Refused, match="摘要不符"):
        banks.book(world, row)
    withdrawn = acts.withdraw_bank_return(rolls.cashier(world), ref=row.ref, reason="传错了")
    assert withdrawn.state == ReturnState.WITHDRAWN
    assert BankReturn.objects.filter(state=ReturnState.BOOKED).count() == 0
    assert judging.faults_in_words([]) == ""
