"""The monthly returns: every figure is counted from frozen months, once, and adds up (statistics.md §1, §2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.rooms import comparisons, rolls
from tests.rooms.ledgers import code, family, take
from tests.rooms.test_month_close import file_month, pay
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.access.refusal import Refused
from yimen.casework.applications.models import Consent
from yimen.casework.awards import versions
from yimen.casework.awards.models import Award, Balance
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.closing import stages
from yimen.casework.monthclose.models import ComparisonHit, FiledRow, MonthClose
from yimen.casework.payments.models import PayLine, PayPart
from yimen.casework.reports import acts as reports, behind, lines, queries as issued
from yimen.casework.reports.monthly import monthly
from yimen.casework.reports.official import official
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.movement import Movement
from yimen.law.aftercare.terms import AwardCause, AwardPhase
from yimen.law.calendar import today
from yimen.law.closing import CloseStage, StageView
from yimen.law.statistics import Counted, StopCause, TableRow
from yimen.law.terms import Programme, Role

NEXT = "990101002"
BEFORE = later_month(rolls.MONTH, -1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    found = make_world()
    rolls.settled(found, 4)
    for name, stage in (("_comparison", CloseStage.COMPARISON), ("_platform", CloseStage.PLATFORM)):
        monkeypatch.setattr(stages, name, lambda *asked, stage=stage: StageView(stage, 1))
    return found


def _version(award: Award, cause: AwardCause, **more: object) -> None:
    versions.add(award, rolls.MONTH, cause, versions.Basis("x", "x", today()), **more)


def opened(close: MonthClose, asked: Mapping[str, str]) -> int:
    """How many frozen rows the filters of a figure leave, as the page of the rows applies them."""
    rows = FiledRow.objects.filter(close=close)
    for name in ("programme", "movement"):
        rows = rows.filter(**{name: asked[name]}) if name in asked else rows
    if "urban" in asked:
        rows = rows.filter(urban=asked["urban"] == "1")
    return (behind.narrowed(rows, asked["behind"], close) if "behind" in asked else rows).count()


def test_the_table_counts_what_was_filed_and_names_who_has_not(world: World) -> None:
    pay(world)
    close = file_month(world)
    found = official([TOWNSHIP, NEXT], rolls.MONTH)
    assert found.lacking == (NEXT,) and not found.whole
    lines = list(PayLine.objects.all())
    dibao = found.month[TableRow.DIBAO]
    assert dibao == Counted(len(lines), sum(line.persons for line in lines), sum(line.total_fen for line in lines))
    assert dibao == found.month[TableRow.DIBAO_URBAN] + found.month[TableRow.DIBAO_RURAL]
    assert found.year[TableRow.DIBAO] == Counted(fen=dibao.fen)
    assert found.closes == (close,)


def test_who_came_who_left_and_why(world: World) -> None:
    one, two, three, _ = Award.objects.order_by("pk")
    _version(one, AwardCause.CHANGE, monthly_fen=one.monthly_fen + 5_000)
    _version(two, AwardCause.ENDED, phase=AwardPhase.ENDED, monthly_fen=0)
    Award.objects.filter(pk=three.pk).update(township_id=NEXT, village_id=f"{NEXT}001")
    three.refresh_from_db()
    _version(three, AwardCause.TRANSFERRED_OUT)
    take(world, [family(world, 9, start_month=rolls.MONTH)])
    pay(world)
    close = file_month(world)
    found = monthly([close])
    by_movement = {row.movement: row.award_id for row in FiledRow.objects.filter(close=close)}
    assert set(by_movement) == {
        *map(str, (Movement.INCREASED, Movement.ENDED, Movement.MOVED_OUT, Movement.NEW, Movement.UNCHANGED))
    }
    assert sum(each.households for each in found.new.values()) == 1
    assert {cause: each.households for (_, cause), each in found.stopped.items()} == {
        StopCause.OTHER: 1,
        StopCause.MOVED: 1,
    }
    [(key, movement)] = found.changed
    assert movement is Movement.INCREASED and found.changed[key, movement].fen == 5_000
    money = list(found.money.values())
    assert sum(each.base_fen + each.supplement_fen for each in money) == sum(
        each.fen for each in found.standing.values()
    )
    assert sum(each.paid_fen for each in money) == official([TOWNSHIP], rolls.MONTH).month[TableRow.DIBAO].fen
    assert found.women + found.minors >= 1
    for line in (*lines.new(found), *lines.stopped(found), *lines.changed(found)):
        assert opened(close, line.asked) == line.counted.households == 1, line


def test_every_figure_opens_its_households_and_what_is_put_right_names_its_month(world: World) -> None:
    one, two, *_ = Award.objects.order_by("pk")
    _version(one, AwardCause.GRACE, phase=AwardPhase.GRACE, monthly_fen=one.monthly_fen)
    basis = {"award": two, "basis_kind": "x", "basis_ref": "x", "month": BEFORE, "cause": "少发", "on": today()}
    Balance.objects.create(kind=BalanceKind.ARREARS, fen=12_000, **basis)
    pay(world)
    close = file_month(world)
    found = monthly([close])
    assert (found.grace, found.grace_ends, found.failed) == (1, 0, 0)
    assert opened(close, {"behind": str(behind.Behind.GRACE)}) == 1
    [line] = lines.later(found)
    part = PayPart.objects.get()
    assert line.counted == Counted(1, 0, 12_000) and BEFORE in line.text
    assert line.asked == {"behind": f"{part.kind}:{BEFORE}"} and opened(close, line.asked) == 1
    singles = {each.text: each for each in (*lines.people(found), *lines.payments(found), *lines.work(found))}
    assert singles["来源全部反馈"].value == "本月没有提请"
    assert 1 <= opened(close, singles["女性"].asked) <= found.women
    assert not singles["发放不成功"].asked and opened(close, {"behind": "nothing"}) == 0


def test_what_was_asked_and_found_opens_its_households_and_stays_as_it_was_filed(world: World) -> None:
    first, second, *_ = Award.objects.order_by("pk")
    given = {"given": True, "signed_on": today(), "valid_to": today(), "signed_by": "本人"}
    for award in (first, second):
        Consent.objects.create(household=award.household, person=award.household.head, **given)
    run = comparisons.asked(world, "bank", "vehicle_register")
    found = {comparisons.name(first): [comparisons.cars(1)], comparisons.name(second): [comparisons.cars(2)]}
    comparisons.answered(world, run, "vehicle_register", found)
    hit = ComparisonHit.objects.get(award=first)
    acts.explain_comparison_hits(world.handler(), refs=[hit.ref], reason="已报废", evidence="注销证明")
    pay(world)
    close = file_month(world)
    comparisons.answered(world, run, "bank", {comparisons.name(first): [comparisons.deposit(90_000_000)]})
    ComparisonHit.objects.filter(kind="savings").update(found_on=today() + timedelta(days=1))
    singles = {each.text: each for each in lines.work(monthly([close]))}
    told = ("每月比对提请", "来源全部反馈", "比对差异", "其中已办结")
    assert [singles[text].value for text in told] == ["2 人", "1 / 2 个", "2 条", "1 条"]
    assert [opened(close, singles[text].asked) for text in told if singles[text].asked] == [2, 2, 1]


def test_the_papers_of_a_month_are_issued_once_for_the_same_figures(world: World) -> None:
    head, clerk, district = world.head(), world.handler(), world.at_district(Role.SUPERVISOR)
    for asked in ({"code": "month_filing"}, {"code": "fund_table"}, {"code": "relief_list"}):
        with pytest.raises(Refused, match="不能制发|不用制发"):
            reports.issue_month_paper(clerk, month=rolls.MONTH, **asked)
    with pytest.raises(Refused, match="还没有报备存档"):
        reports.issue_return(head, month=rolls.MONTH)
    pay(world)
    close = file_month(world)
    with pytest.raises(Refused):
        reports.issue_return(clerk, month=rolls.MONTH)
    with pytest.raises(Refused, match="没有这样的文书"):
        reports.issue_month_paper(clerk, month=rolls.MONTH, code="monthly_return")
    made = reports.issue_return(head, month=rolls.MONTH)
    assert reports.issue_return(world.head(), month=rolls.MONTH) == made
    told = issued.paper_of(made).data
    assert (
        told["official"][0]["households"] == "4" and told["handler"] == close.proposed_by.name and "places" not in told
    )
    whole = issued.paper_of(reports.issue_district_paper(district, month=rolls.MONTH, code="monthly_return")).data
    assert whole["handler"] == district.staff.name
    assert whole["official"] == told["official"] and len(whole["places"]) > 1
    assert whole["lacking"] and [row["item"] for row in whole["places"] if row["state"] == "已报备"] == ["青禾街道"]
    filing = reports.issue_month_paper(clerk, month=rolls.MONTH, code="month_filing")
    signed = issued.paper_of(filing).data["signed"]
    assert [row.get("person") for row in signed] == [close.proposed_by.name, close.released_by.name, None]
    acts.receive_month(district, ref=close.ref)
    later = reports.issue_month_paper(clerk, month=rolls.MONTH, code="month_filing")
    assert later != filing and issued.paper_of(later).data["signed"][2]["person"] == district.staff.name
    assert reports.issue_month_paper(clerk, month=rolls.MONTH, code="fund_table").code == "fund_table"
    papers = [paper for _, paper in issued.issued(clerk, TOWNSHIP, rolls.MONTH, ["month_filing", "monthly_return"])]
    assert len({paper.number for paper in papers}) == 3
    assert issued.issued(world.handler(NEXT), TOWNSHIP, rolls.MONTH, ["monthly_return"]) == []


def test_a_change_of_programme_counts_once(world: World) -> None:
    pay(world)
    close = file_month(world)
    ended, new = FiledRow.objects.filter(close=close)[:2]
    made = {"close": close, "movement": str(Movement.NEW), "standing": "due", "programme": str(Programme.TEKUN)}
    fields = {
        field.attname: getattr(new, field.attname) for field in FiledRow._meta.fields if field.name not in ("id", *made)
    }
    other = Award.objects.create(
        number="T1", household=ended.award.household, origin="ledger", run=ended.award.run, programme=Programme.TEKUN,
        township_id=TOWNSHIP, village=ended.village, monthly_fen=90_000, start_month=rolls.MONTH,
    )  # fmt: skip
    decider = world.at_district(Role.DISTRICT_DECIDER)
    acts.reopen_month(decider, ref=close.ref, reason="重新统计", code=code(decider))
    close = type(close).objects.create(
        area_id=TOWNSHIP, office=close.office, month=rolls.MONTH, signed_on=today(), proposed_by=close.proposed_by
    )
    FiledRow.objects.create(**(fields | made | {"close": close, "award_id": other.pk}))
    gone = {field.attname: getattr(ended, field.attname) for field in FiledRow._meta.fields if field.name != "id"}
    FiledRow.objects.create(**(gone | {"close_id": close.pk, "movement": str(Movement.ENDED), "standing": "over"}))
    found = monthly([close])
    assert found.new == {} and sum(each.households for each in found.came_over.values()) == 1
    assert [cause for _, cause in found.stopped] == [StopCause.OVER]
    for line in (*lines.new(found), *lines.stopped(found)):
        assert opened(close, line.asked) == line.counted.households == 1, line
