"""What was paid too much: heard, proposed, ordered by the district, deducted or refunded; nothing without an order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.rooms import banks
from tests.rooms.ledgers import code, family, take
from tests.rooms.rolls import cashier, drawn, frozen, released
from tests.rooms.test_funds import funded, spent
from tests.rooms.world import DISTRICT, TOWNSHIP, World
from yimen.base.access import gate
from yimen.base.access.refusal import Refused
from yimen.base.papers.models import Paper
from yimen.casework.awards.changes.entries import ViewsEntry
from yimen.casework.awards.models import Award, Balance
from yimen.casework.payments import acts, recovery
from yimen.casework.payments.funds import checking, posting
from yimen.casework.payments.models import FundPosting, PayLine, PayPart, Recovery, Roll
from yimen.casework.payments.recovery import queries
from yimen.casework.payments.recovery.entries import RecoveryEntry
from yimen.law.calendar import today
from yimen.law.payments.funds import FundAccount, FundProgramme
from yimen.law.payments.recovery import Planned, RecoveryState, instalments
from yimen.law.terms import Role


@pytest.fixture
def award(world: World) -> Award:
    """A household of the first street that was paid 620 yuan too much in each of two months."""
    take(world, [family(world, 1, village="990101001001"), family(world, 2, village="990101001001")])
    found = Award.objects.order_by("pk")[0]
    for month in ("2026-09", "2026-10"):
        Balance.objects.create(
            award=found, basis_kind="change", basis_ref="c1", kind="overpaid", month=month, fen=62_000, cause="成员死亡", on=today()
        )  # fmt: skip
    return found


def views(world: World, **more: Any) -> ViewsEntry:
    officers = [world.handler().staff.ref, world.aide().staff.ref]
    given = {"how": "in_person", "heard_on": today(), "who": "户主", "view": "agrees", "said": "愿意退。", **more}
    return ViewsEntry(officers=officers, **given)


def entry(**more: Any) -> RecoveryEntry:
    given = {
        "basis": "error",
        "reasons": "成员死亡以后仍按原人数发放。",
        "way": "instalments",
        "monthly_fen": 20_000,
        "from_month": "2026-12",
    }
    return RecoveryEntry(**{**given, **more})


def proposed(world: World, award: Award, **more: Any) -> Recovery:
    return acts.propose_recovery(world.handler(), award=award.ref, entry=entry(**more), views=views(world))


def decider(world: World) -> Any:
    return world.at_district(Role.DISTRICT_DECIDER)


def ordered(world: World, award: Award, **more: Any) -> Recovery:
    row = proposed(world, award, **more)
    return acts.order_recovery(decider(world), ref=row.ref, version=row.version, code=code(decider(world)))


def test_heard_proposed_ordered_and_taken_back_in_parts(world: World, award: Award) -> None:
    [row] = queries.overpaid(queries.register(world.handler()))
    assert (row.fen, row.months, row.causes, row.recovery) == (124_000, ("2026-09", "2026-10"), "成员死亡", None)
    made = proposed(world, award)
    assert recovery.planned(Award.objects.all(), "2026-12") == {}, "nothing without an order"
    made = acts.order_recovery(decider(world), ref=made.ref, code=code(decider(world)))
    assert made.state == RecoveryState.ORDERED and not queries.register(world.handler()).exists()
    assert recovery.planned([award.pk], "2026-11") == {}
    assert recovery.planned(Award.objects.all(), "2026-12") == {award.pk: Planned(20_000, made.ref)}
    letters = {paper.code: paper for paper in queries.papers_of(made)}
    assert set(letters) == {"views_record", "refund_order"}
    told = Paper.objects.get(code="refund_order").data
    assert told["how"].endswith("共7个月，最后一个月 40.00 元") and told["deciding_body"] == "安澜区民政局"
    assert list(instalments(124_000, 20_000, "2026-12"))[-1] == ("2027-06", 4_000)


def test_the_district_orders_and_nobody_alone(world: World, award: Award) -> None:
    made = proposed(world, award)
    with pytest.raises(Refused, match="正等区级决定"):
        proposed(world, award)
    with pytest.raises(Refused, match="须由本地的区级确认办理"):
        acts.order_recovery(world.head(), ref=made.ref, code="")
    with pytest.raises(Refused, match="动态口令"):
        acts.order_recovery(decider(world), ref=made.ref, code="000000")
    acts.return_recovery(decider(world), ref=made.ref, reason="每月扣得太多")
    again = proposed(world, award, monthly_fen=10_000)
    assert Recovery.objects.get(pk=made.pk).state == RecoveryState.WITHDRAWN and again.monthly_fen == 10_000
    Balance.objects.create(
        award=award, basis_kind="change", basis_ref="c2", kind="overpaid", month="2026-11", fen=1, cause="x", on=today()
    )
    with pytest.raises(Refused, match="多发有变动"):
        acts.order_recovery(decider(world), ref=again.ref, code=code(decider(world)))
    acts.withdraw_recovery(world.handler(), ref=again.ref, reason="重新提出")
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=again.pk).update(state="ordered", ordered_by=None)


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"monthly_fen": 124_001}, "monthly", "超过应退回的 1,240.00 元"),
        ({"monthly_fen": None}, "monthly", "每月扣回的金额"),
        ({"from_month": "2026-10"}, "from_month", "已经过去"),
        ({"from_month": "二月"}, "from_month", "2027-01"),
        ({"way": "cash", "return_by": date(2026, 11, 1)}, "return_by", "今天以后"),
        ({"way": ""}, "way", "怎样退回"),
        ({"basis": ""}, "basis", "事由"),
        ({"fine_fen": 100}, "fine", "只适用于骗取"),
        ({"basis": "fraud", "fine_fen": 248_001}, "fine", "不能超过 2,480.00 元"),
        ({"reasons": " "}, "reasons", "理由"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    world: World, award: Award, given: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(Refused, match=says) as refused:
        proposed(world, award, **given)
    assert refused.value.field == field and not Recovery.objects.exists()


def test_the_household_is_heard_first(world: World, award: Award) -> None:
    for wrong, says in (
        ({"how": ""}, "怎样听取"),
        ({"view": ""}, "态度"),
        ({"view": "objects"}, "答复"),
        ({"said": ""}, "陈述"),
    ):
        with pytest.raises(Refused, match=says):
            acts.propose_recovery(world.handler(), award=award.ref, entry=entry(), views=views(world, **wrong))


def test_money_brought_back_counts_after_a_second_person(world: World, award: Award) -> None:
    made = ordered(world, award, way="cash", monthly_fen=None, from_month="", return_by=date(2026, 12, 31))
    assert recovery.planned([award.pk], "2027-01") == {}
    with pytest.raises(Refused, match="不超过尚未退回的 1,240.00 元"):
        acts.record_refund(world.handler(), ref=made.ref, fen=124_001, on=today(), receipt="SJ1")
    paid = acts.record_refund(world.handler(), ref=made.ref, fen=100_000, on=today(), receipt="SJ1")
    with pytest.raises(Refused, match="已经登记过"):
        acts.record_refund(world.handler(), ref=made.ref, fen=100, on=today(), receipt="SJ1")
    with pytest.raises(Refused, match="尚未退回的 240.00 元"):
        acts.record_refund(world.handler(), ref=made.ref, fen=24_001, on=today(), receipt="SJ2")
    assert queries.remaining(made) == 124_000 and not FundPosting.objects.exists()
    with pytest.raises(Refused, match="须由另一人核对"):
        acts.check_refund(world.handler(), ref=paid.ref, accepted=True)
    acts.check_refund(world.head(), ref=paid.ref, accepted=True)
    assert queries.remaining(made) == 24_000
    held = posting.balance(DISTRICT, FundAccount.TOWNSHIP, FundProgramme.DIBAO, township=TOWNSHIP)
    assert held == 100_000, "the township's money is there again"
    with pytest.raises(Refused, match="已经核对过"):
        acts.check_refund(world.head(), ref=paid.ref, accepted=True)
    other = acts.record_refund(world.handler(), ref=made.ref, fen=24_000, on=today(), receipt="SJ3")
    acts.check_refund(world.head(), ref=other.ref, accepted=False, words="没有到账")
    assert queries.remaining(made) == 24_000
    last = acts.record_refund(world.handler(), ref=made.ref, fen=24_000, on=today(), receipt="SJ4")
    acts.check_refund(world.head(), ref=last.ref, accepted=True)
    made.refresh_from_db()
    assert made.state == RecoveryState.SETTLED and made.settled_on == today()
    assert checking.problems(DISTRICT) == []


def test_other_townships_see_none_of_it(world: World, award: Award) -> None:
    made = ordered(world, award)
    assert not queries.recoveries(world.handler("990101002")).exists()
    with pytest.raises(gate.Unknown):
        queries.find(world.handler("990101002"), made.ref)
    funded(world, 1_000)
    spent(world, "b9", 1_000)
    assert queries.recoveries(decider(world)).get() == made


def test_the_roll_takes_back_what_is_ordered_and_no_more_than_it_holds(world: World, award: Award) -> None:
    held = award.monthly_fen
    made = ordered(world, award, monthly_fen=62_000, from_month="2026-11")
    assert held < 62_000
    roll = frozen(world)
    line = PayLine.objects.get(roll=roll, award=award)
    assert (line.recovery_fen, line.total_fen) == (held, 0)
    part = PayPart.objects.get(line=line, kind="recovery")
    assert (part.fen, part.order_ref, part.month) == (held, made.ref, "2026-11")
    assert queries.remaining(made) == 124_000 - held == queries.with_left(Recovery.objects.all()).get().left
    other = PayLine.objects.get(roll=roll, recovery_fen=0)
    assert other.total_fen > 0 and [row.pk for row in queries.deductions_of(made)] == [part.pk]


def test_a_roll_is_not_released_without_the_money(world: World, award: Award) -> None:
    roll = drawn(world)
    need = roll.counts["total_fen"] if "total_fen" in roll.counts else sum(row.total_fen for row in roll.lines.all())
    funded(world, need - 1)
    with pytest.raises(Refused, match="差 0.01 元"):
        released(world, roll)
    assert Roll.objects.get(pk=roll.pk).state == "approved" and not PayLine.objects.exists()
    funded(world, 1)
    by = cashier(world)
    acts.release_roll(by, ref=roll.ref, code=code(by))
    held = {
        name: posting.balance(DISTRICT, FundAccount(name), FundProgramme.DIBAO, township=TOWNSHIP)
        for name in ("township", "under_way")
    }
    assert held == {"township": 0, "under_way": need}


def test_deductions_alone_pay_an_order_off_unless_the_payment_comes_back(world: World, award: Award) -> None:
    made = ordered(world, award, monthly_fen=62_000, from_month="2026-11")
    refund = acts.record_refund(world.handler(), ref=made.ref, fen=114_000, on=today(), receipt="SJ1")
    assert recovery.planned([award.pk], "2026-11")[award.pk].fen == 10_000, "what was brought is not deducted as well"
    banks.template(world)
    roll = drawn(world)
    with pytest.raises(Refused, match=r"尚未退回的 0.00 元（待核对的、正在编制的名册里要扣的已减去）"):
        acts.record_refund(world.handler(), ref=made.ref, fen=100, on=today(), receipt="SJ2")
    acts.check_refund(world.head(), ref=refund.ref, accepted=True)
    assert Recovery.objects.get().state == RecoveryState.ORDERED, "a preview takes nothing back"
    funded(world, 10_000_000)
    acts.carry_on_roll(cashier(world), released(world, roll).ref)
    made.refresh_from_db()
    assert (made.state, made.settled_on) == (RecoveryState.SETTLED, today())
    file = banks.send(world)
    line = PayLine.objects.get(award=award)
    serial = line.attempts.get().serial
    banks.book(world, banks.take(world, file, banks.answer(file, banks.failing(serial, code="12", words="户名不符"))))
    assert _stands() == (RecoveryState.ORDERED, None), "whoever got nothing has paid nothing back"
    assert [part.line_id for part in queries.unpaid_parts()] == [line.pk]
    acts.reissue_payment(world.handler(), refs=[line.ref], correction="户名已更正")
    again = banks.send(world)
    banks.book(world, banks.take(world, again, banks.answer(again)))
    assert _stands() == (RecoveryState.SETTLED, today()) and not queries.unpaid_parts().exists()
    banks.book(world, banks.take(world, again, banks.answer(again, lambda serial: ("90", "退回"))))
    assert _stands() == (RecoveryState.ORDERED, None)
    assert recovery.planned([award.pk], "2026-12") == {}, "nothing is deducted twice"
    assert checking.problems(DISTRICT) == []


def _stands() -> tuple[str, date | None]:
    made = Recovery.objects.get()
    return made.state, made.settled_on
