"""临时救助: urgent first and papers after, from the reserve in the same transaction, up to the limit; person-times counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.rooms.ledgers import code, family, take
from tests.rooms.test_funds import ordered
from tests.rooms.world import DISTRICT, TOWNSHIP, VILLAGE, World
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.clocks.models import Clock
from yimen.base.figures.models import FigureVersion
from yimen.base.papers.models import Paper
from yimen.casework.households.models import Membership, Person
from yimen.casework.payments import acts
from yimen.casework.payments.funds import checking, posting
from yimen.casework.payments.models import FundPosting, ReliefCase
from yimen.casework.payments.relief import queries
from yimen.casework.payments.relief.entries import ReliefEntry
from yimen.law.calendar import today
from yimen.law.payments.funds import FundAccount, FundProgramme
from yimen.law.payments.relief import ReliefState, papers_due
from yimen.law.standards import shipped_figures
from yimen.law.terms import Role

Travel = Callable[[date], None]


@pytest.fixture
def fund(world: World) -> World:
    """A reserve of 3,000 yuan at the first street."""
    for move, where in (("promise", ""), ("arrive", ""), ("reserve", TOWNSHIP)):
        ordered(world, move, 300_000, programme="temporary", township=where)
    return world


def reserve() -> int:
    return posting.balance(DISTRICT, FundAccount.RESERVE, FundProgramme.TEMPORARY, township=TOWNSHIP)


def entry(world: World, **more: Any) -> ReliefEntry:
    somebody = world.crowd.person(today(), 40, 60)
    given = {
        "identity": somebody.identity, "name": somebody.name, "village": VILLAGE, "cause": "fire", "happened_on": today(),
        "situation": "厨房起火，粮食被褥烧毁。", "wanted_fen": 100_000, "persons": 2, "urgent": True, **more,
    }  # fmt: skip
    return ReliefEntry(**given)


def registered(world: World, **more: Any) -> ReliefCase:
    return acts.register_relief(world.handler(), entry=entry(world, **more))


def granted(world: World, case: ReliefCase, fen: int = 100_000) -> ReliefCase:
    given = {"granted": True, "fen": fen, "reasons": "房屋受损，基本生活困难。", "version": case.version}
    return acts.decide_relief(world.head(), ref=case.ref, code=code(world.head()), **given)


def test_urgent_relief_is_paid_first_and_its_papers_follow(fund: World, travel: Travel) -> None:
    case = granted(fund, registered(fund))
    assert (case.state, reserve(), case.papers_due_on) == (ReliefState.GRANTED, 200_000, today() + timedelta(15))
    clock = Clock.objects.get(subject_kind="relief", subject_id=case.pk)
    assert clock.due_on == case.papers_due_on and clock.stopped_on is None
    with pytest.raises(Refused, match="决定的人不能经手"):
        acts.hand_out_relief(fund.head(), ref=case.ref, received_by="本人", on=today())
    case = acts.hand_out_relief(fund.handler(), ref=case.ref, received_by=case.person.name, on=today())
    assert case.state == ReliefState.PAID and [row.pk for row in queries.papers_missing(fund.handler())] == [case.pk]
    codes = {paper.code for paper in queries.papers_of(case)}
    assert codes == {"relief_application", "relief_decision", "relief_receipt"}
    assert Paper.objects.get(code="relief_decision").data["papers_due"] == case.papers_due_on.isoformat()
    acts.complete_relief(
        fund.handler(), ref=case.ref, papers_given=["火灾证明", "身份证复印件"], words="已到现场核实。"
    )
    clock.refresh_from_db()
    assert clock.stopped_on == today() and not queries.papers_missing(fund.handler()).exists()
    with pytest.raises(Refused, match="已经补齐"):
        acts.complete_relief(fund.handler(), ref=case.ref, papers_given=["x"], words="y")
    month = queries.counts([TOWNSHIP], "2026-11")
    assert [(row.cases, row.persons, row.fen) for row in month.values()] == [(1, 2, 100_000)]
    assert checking.problems(DISTRICT) == []


def test_a_known_person_is_not_typed_again(fund: World) -> None:
    take(fund, [family(fund, 1, 2, village=VILLAGE)])
    member = Membership.objects.select_related("person", "household").first()
    assert member is not None
    number, before = str(member.person.identity), Person.objects.count()
    case = registered(fund, identity=number, name="", way="transfer")
    assert (case.person, case.household) == (member.person, member.household)
    assert case.account is not None and Person.objects.count() == before
    with pytest.raises(Refused, match="已登记为"):
        registered(fund, identity=number, name="别的名字", cause="traffic")
    with pytest.raises(Refused, match="已经登记过"):
        registered(fund, identity=number, name="")
    with pytest.raises(Refused, match="没有登记过这一户的银行账户"):
        registered(fund, way="transfer")
    with pytest.raises(Refused, match="请填写姓名"):
        registered(fund, name="")


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"urgent": False}, "papers", "材料齐全以后再登记"),
        ({"cause": "spending"}, "urgent", "支出型的按一般程序办理"),
        ({"village": "990101002001"}, "village", "急难发生地"),
        ({"wanted_fen": 0}, "wanted", "大于 0"),
        ({"persons": 0}, "persons", "至少 1 人"),
        ({"cause": ""}, "cause", "请从列表中选择"),
        ({"happened_on": date(2027, 1, 1)}, "happened_on", "还没有到"),
        ({"identity": "123"}, "identity", "身份证号"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fund: World, given: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        registered(fund, **given)
    assert refused.value.field == field and not ReliefCase.objects.exists()


def test_the_limit_the_reserve_and_the_second_person(fund: World) -> None:
    case = registered(fund, wanted_fen=500_000)
    with pytest.raises(Refused, match="超过乡街直接确认的上限 2,000.00 元.*报区级确认人员决定"):
        granted(fund, case, 200_001)
    decider = fund.at_district(Role.DISTRICT_DECIDER)
    with pytest.raises(Refused, match="应急储备金.*现有 3,000.00 元，需要 5,000.00 元，差 2,000.00 元"):
        acts.decide_relief(decider, ref=case.ref, granted=True, fen=500_000, reasons="全家受灾。", code=code(decider))
    assert reserve() == 300_000 and not hasattr(ReliefCase.objects.get(), "decision")
    done = acts.decide_relief(
        decider, ref=case.ref, granted=True, fen=300_000, reasons="全家受灾。", code=code(decider)
    )
    assert done.decision.body == "安澜区民政局" and reserve() == 0
    mine = acts.register_relief(fund.head(), entry=entry(fund))
    with pytest.raises(Refused, match="由您登记，须由另一位负责人决定"):
        granted(fund, mine, 100)
    with pytest.raises(Refused, match="须由本地的乡街负责人"):
        acts.decide_relief(fund.handler(), ref=mine.ref, granted=True, fen=1, reasons="x", code="")
    with pytest.raises(Unknown):
        queries.find(fund.handler("990101002"), case.ref)


def test_without_a_limit_nothing_is_granted(fund: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = registered(fund)
    kept = [row for row in shipped_figures() if row.key != "relief.township_limit"]
    monkeypatch.setattr("yimen.base.figures.queries.shipped_figures", lambda: kept)
    FigureVersion.objects.create(
        key="dibao.standard.urban", value=1, unit="fen/month", area_id=DISTRICT, valid_from=date(2030, 1, 1),
        document="x", proposed_by=fund.head().staff, proposed_at="2026-11-24T00:00:00+08:00",
    )  # fmt: skip
    with pytest.raises(Refused, match="小额上限.*未设置|未设置.*小额上限"):
        granted(fund, case)
    assert reserve() == 300_000


def test_a_refusal_is_told_in_writing_and_what_was_not_handed_out_goes_back(fund: World) -> None:
    case = registered(fund)
    said = {"granted": False, "reasons": "损失已由保险赔付。"}
    refused = acts.decide_relief(fund.head(), ref=case.ref, code=code(fund.head()), **said)
    assert refused.state == ReliefState.REFUSED and reserve() == 300_000
    assert Paper.objects.get(code="relief_refusal").data["remedies"]
    other = granted(fund, registered(fund), 50_000)
    with pytest.raises(Refused, match="决定的人不能自己撤销"):
        acts.cancel_relief(fund.head(), ref=other.ref, reason="本人已获捐助")
    acts.cancel_relief(fund.handler(), ref=other.ref, reason="本人已获捐助")
    assert reserve() == 300_000 and checking.problems() == [] and not queries.showing().exists()
    assert FundPosting.objects.filter(basis_kind__startswith="relief").count() == 2


def test_the_announcement_masks_the_name_on_the_web(fund: World) -> None:
    case = granted(fund, registered(fund))
    [web], [wall] = queries.web_rows(VILLAGE), queries.board(village=VILLAGE)
    assert wall.name == case.person.name and web.name != case.person.name and web.amount_fen == 100_000
    assert queries.counted(DISTRICT) == {TOWNSHIP: {VILLAGE: 1}}
    assert "situation" not in {*vars(web)} and "cause" not in {*vars(web)}


def test_the_papers_are_due_within_thirty_days_at_the_latest() -> None:
    day = date(2026, 11, 24)
    assert [papers_due(day, days) - day for days in (None, 10, 90)] == [timedelta(30), timedelta(10), timedelta(30)]


def test_the_village_reports_its_own(fund: World) -> None:
    aide = fund.aide(VILLAGE)
    given = replace(entry(fund), source="village", reported_by="李协理")
    assert acts.register_relief(aide, entry=given).reported_by == "李协理"
    with pytest.raises(Refused, match="急难发生地"):
        acts.register_relief(aide, entry=replace(entry(fund), village="990101001002"))
