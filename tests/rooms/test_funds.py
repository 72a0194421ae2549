"""The fund ledger: balanced, append-only, two persons, nothing below zero, nothing twice; figures equal the rolls."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from tests.rooms import banks
from tests.rooms.ledgers import code, family, take
from tests.rooms.rolls import frozen
from tests.rooms.world import DISTRICT, TOWNSHIP, World, make_world
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.record.models import Entry
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.payments import acts
from yimen.casework.payments.funds import checking, forecast, posting, queries
from yimen.casework.payments.funds.table import paid_in
from yimen.casework.payments.models import FundOrder, FundPosting, LineEvent, PayLine
from yimen.law.calendar import today
from yimen.law.money import show
from yimen.law.payments.funds import FundAccount, FundOrderState, FundProgramme
from yimen.law.terms import Role

MONTH = "2026-11"
DIBAO = FundProgramme.DIBAO


def proposer(world: World) -> Any:
    return world.at_district(Role.DISTRICT_HANDLER)


def releaser(world: World) -> Any:
    return world.at_district(Role.SUPERVISOR)


def ordered(
    world: World, move: str, fen: int, *, programme: str = "dibao", township: str = "", **more: Any
) -> FundOrder:
    """A movement, proposed by one and booked by the other."""
    given = {"source": "central", "document": "示例财社〔示例〕1号", **more}
    order = acts.propose_funds(proposer(world), move=move, programme=programme, rows={township: fen}, **given)
    return acts.release_funds(releaser(world), ref=order.ref, version=order.version, code=code(releaser(world)))


def funded(world: World, fen: int, programme: str = "dibao", township: str = TOWNSHIP) -> None:
    """Money all the way from finance to a township."""
    for move, where in (("promise", ""), ("arrive", ""), ("transfer", township)):
        ordered(world, move, fen, programme=programme, township=where)


def at(account: str, township: str = TOWNSHIP, programme: FundProgramme = DIBAO) -> int:
    return posting.balance(DISTRICT, FundAccount(account), programme, township=township)


def spent(world: World, ref: str, fen: int, **more: Any) -> list[FundPosting]:
    staff = world.head().staff
    return posting.expenditure(staff, ref=ref, month=MONTH, on=today(), paid={(TOWNSHIP, "dibao", True): fen}, **more)


def test_money_goes_from_finance_to_the_township_and_always_sums_to_nothing(world: World) -> None:
    ordered(world, "promise", 900_000)
    ordered(world, "arrive", 700_000)
    order = ordered(world, "transfer", 500_000, township=TOWNSHIP)
    assert (order.state, order.released_by) == (FundOrderState.RELEASED, releaser(world).staff)
    held = {name: posting.balance(DISTRICT, FundAccount(name), DIBAO) for name in ("promised", "district", "finance")}
    assert held == {"promised": 200_000, "district": 200_000, "finance": -900_000} and at("township") == 500_000
    assert sum(posting.balance(DISTRICT, each, DIBAO) for each in FundAccount) == 0
    [row] = queries.sources(queries.postings(releaser(world)))
    assert row[2:] == (900_000, 700_000, 200_000)
    assert Entry.objects.filter(subject_ref=order.ref).values_list("act", flat=True)[0] == "propose_funds"
    assert checking.problems(DISTRICT) == []


def test_nobody_books_alone_and_nothing_counts_before(world: World) -> None:
    order = acts.propose_funds(
        releaser(world), move="promise", programme="dibao", source="central", rows={"": 100}, document="1号"
    )
    assert not FundPosting.objects.exists()
    with pytest.raises(Refused, match="须由另一人复核记账"):
        acts.release_funds(releaser(world), ref=order.ref, code=code(releaser(world)))
    with pytest.raises(Refused, match="动态口令"):
        acts.release_funds(world.at_district(Role.DISTRICT_DECIDER), ref=order.ref, code="000000")
    with pytest.raises(Unknown):
        queries.find(world.handler(), order.ref)
    with pytest.raises(Refused, match="退回请写明原因"):
        acts.withdraw_funds(proposer(world), ref=order.ref)
    assert acts.withdraw_funds(releaser(world), ref=order.ref).state == FundOrderState.WITHDRAWN
    with pytest.raises(Refused, match="不能再记账"):
        acts.release_funds(world.at_district(Role.DISTRICT_DECIDER), ref=order.ref, code="")


@pytest.mark.parametrize(
    ("move", "given", "says"),
    [
        ("arrive", {}, "预算未到位.*现有 0.00 元，需要 1.00 元，差 1.00 元"),
        ("transfer", {"township": TOWNSHIP}, "区级资金.*（中央财政）.*差 1.00 元"),
        ("reserve", {"township": TOWNSHIP}, "应急储备金只用于临时救助"),
        ("transfer", {"township": TOWNSHIP, "programme": "temporary"}, "拨入乡街应急储备金"),
        ("transfer", {"township": ""}, "逐个乡街"),
        ("transfer", {"township": "990102001"}, "逐个乡街"),
        ("promise", {"township": TOWNSHIP}, "不分乡街"),
        ("promise", {"source": "pooled"}, "资金来源"),
        ("promise", {"document": " "}, "编号"),
        ("reverse", {}, "冲正"),
    ],
)
def test_what_is_not_there_or_does_not_fit_is_refused(
    world: World, move: str, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        ordered(world, move, 100, **given)
    assert not FundPosting.objects.exists()


def test_a_correction_is_a_reversal_and_never_below_zero(world: World) -> None:
    funded(world, 100_000)
    transfer = FundOrder.objects.get(move="transfer")
    back = acts.reverse_funds(proposer(world), ref=transfer.ref, words="拨错街道")
    with pytest.raises(Refused, match="已经有人冲正"):
        acts.reverse_funds(proposer(world), ref=transfer.ref, words="再来一次")
    acts.release_funds(releaser(world), ref=back.ref, code=code(releaser(world)))
    assert at("township") == 0 and posting.balance(DISTRICT, FundAccount.DISTRICT, DIBAO) == 100_000
    with pytest.raises(Refused, match="冲正本身不能再冲正"):
        acts.reverse_funds(proposer(world), ref=back.ref, words="")
    arrival = FundOrder.objects.get(move="arrive")
    ordered(world, "transfer", 60_000, township=TOWNSHIP)
    wrong = acts.reverse_funds(proposer(world), ref=arrival.ref, words="没有到账")
    with pytest.raises(Refused, match="差 600.00 元"):
        acts.release_funds(releaser(world), ref=wrong.ref, code=code(releaser(world)))
    assert len(FundPosting.objects.all()) == 5 and checking.problems() == []


def test_a_township_gives_back_what_it_got_from_that_source(world: World) -> None:
    funded(world, 50_000)
    ordered(world, "promise", 50_000, source="province")
    ordered(world, "arrive", 50_000, source="province")
    ordered(world, "transfer", 50_000, source="province", township=TOWNSHIP)
    with pytest.raises(Refused, match="从省级财政得到的只有 500.00 元，不能收回 600.00 元"):
        ordered(world, "back", 60_000, source="province", township=TOWNSHIP)
    ordered(world, "back", 20_000, source="province", township=TOWNSHIP)
    assert at("township") == 80_000


def test_a_bank_return_is_booked_once_and_frees_what_failed(world: World) -> None:
    funded(world, 100_000)
    totals = {(TOWNSHIP, "dibao", True): 70_000}
    staff = world.head().staff
    posting.commit(staff, roll="r1", month=MONTH, on=today(), totals=totals)
    posting.commit(staff, roll="r1", month=MONTH, on=today(), totals=totals)
    assert (at("township"), at("under_way")) == (30_000, 70_000)
    with pytest.raises(Refused, match="现有 300.00 元，需要 400.00 元，差 100.00 元"):
        posting.commit(staff, roll="r2", month=MONTH, on=today(), totals={(TOWNSHIP, "dibao", False): 40_000})
    for _ in range(2):
        spent(world, "b1", 50_000, failed={(TOWNSHIP, "dibao", True): 20_000})
    assert (at("township"), at("under_way"), at("spent")) == (50_000, 0, 50_000)
    with pytest.raises(Refused, match="已经记账 500.00 元，与这次的合计 400.00 元不同"):
        spent(world, "b1", 40_000)
    posting.returned(staff, ref="x1", month=MONTH, on=today(), totals={(TOWNSHIP, "dibao", True): 10_000})
    assert (at("township"), at("returned")) == (60_000, -10_000)
    assert queries.spending(FundPosting.objects.all(), [MONTH]) == {(TOWNSHIP, "dibao", True): 40_000}
    with pytest.raises(Refused, match="差 0.01 元"):
        spent(world, "b2", 60_001)
    # No roll stands behind these figures, and the check says so with both sums.
    assert checking.problems() == [
        "2026-11 青禾街道城市最低生活保障：资金账支出 400.00 元，名册已发放 0.00 元，相差 400.00 元。"
    ]


def test_the_ledger_is_never_rewritten(world: World) -> None:
    ordered(world, "promise", 100)
    for change in (lambda: FundPosting.objects.update(fen=1), lambda: FundPosting.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_month_in_which_the_money_runs_short(world: World) -> None:
    take(world, [family(world, number, monthly_fen=40_000) for number in range(1, 4)])
    assert forecast.needs([TOWNSHIP], [MONTH])[MONTH] == {(TOWNSHIP, "dibao"): 120_000}
    funded(world, 300_000)
    [row] = forecast.shortage([TOWNSHIP], MONTH)
    assert (row.balance, row.needed, row.month, row.lacks) == (300_000, 360_000, "2027-01", 60_000)
    spent(world, "b1", 120_000)
    [row] = forecast.shortage([TOWNSHIP], MONTH)
    assert [month for month, _ in row.needs] == ["2026-12", "2027-01", "2027-02"] and row.month == "2027-01"
    ordered(world, "promise", 900_000)
    ordered(world, "arrive", 900_000)
    ordered(world, "transfer", 900_000, township=TOWNSHIP)
    assert [row.month for row in forecast.shortage([TOWNSHIP], MONTH)] == [""]


def test_known_changes_and_ends_are_in_the_forecast(world: World) -> None:
    """Each later month, reckoned from what differs, is what that month reckoned whole would be."""
    take(world, [family(world, number, monthly_fen=40_000) for number in range(1, 4)])
    first, second, third = Award.objects.order_by("pk")
    Award.objects.filter(pk=third.pk).update(valid_to=date(2026, 12, 31))
    for award, month, fen, phase in ((first, "2026-12", 50_000, "running"), (second, "2027-01", 0, "ended")):
        last = award.versions.last()
        AwardVersion.objects.create(
            award=award, township_id=last.township_id, village_id=last.village_id, seq=last.seq + 1, from_month=month,
            cause=last.cause, phase=phase, monthly_fen=fen, basis_kind="test", basis_ref="t", on=today(),
        )  # fmt: skip
    months = ["2026-11", "2026-12", "2027-01", "2027-02"]
    found = forecast.needs([TOWNSHIP], months)
    assert [found[month].get((TOWNSHIP, "dibao"), 0) for month in months] == [120_000, 130_000, 50_000, 50_000]
    assert found == {month: forecast.needs([TOWNSHIP], [month])[month] for month in months}


@pytest.mark.django_db(transaction=True)
def test_two_officers_spend_the_last_fen_at_once() -> None:
    world = make_world()
    funded(world, 100)
    barrier, told = threading.Barrier(2), []

    def spend(ref: str) -> None:
        barrier.wait()
        try:
            spent(world, ref, 100)
            told.append("booked")
        except Refused as refused:
            told.append(refused.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=spend, args=(ref,)) for ref in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told)[0] == "booked" and len(told) == 2 and f"差 {show(100)} 元" in sorted(told)[1]
    assert at("township") == 0
    assert FundPosting.objects.filter(debit="spent").aggregate(fen=Sum("fen"))["fen"] == 100


def test_the_ledger_equals_what_the_bank_has_paid(world: World) -> None:
    """A roll, its file, an answer with a failure: set aside, spent, and the rest the township's again; to the fen."""
    take(world, [family(world, number, monthly_fen=40_000) for number in range(1, 4)])
    funded(world, 150_000)
    template = banks.template(world)
    frozen(world)
    assert (at("township"), at("under_way")) == (30_000, 120_000)
    file = banks.send(world, template)
    row = banks.take(world, file, banks.answer(file, banks.failing(2)))
    banks.book(world, row)
    assert (at("township"), at("under_way"), at("spent")) == (70_000, 0, 80_000)
    assert checking.problems() == [] and sum(checking.paid_by_lines(DISTRICT).values()) == 80_000
    assert [counted.persons for counted in paid_in([TOWNSHIP], MONTH).values()] == [4]
    LineEvent.objects.create(
        line=PayLine.objects.exclude(events__kind="paid").get(), kind="paid", attempt=9, basis_kind="bank_return",
        basis_ref=row.ref, on=today(), at="2026-11-24T00:00:00+08:00", by=world.head().staff,
    )  # fmt: skip
    assert "相差 -400.00 元" in checking.problems(DISTRICT, since=MONTH)[0]
