"""A household that moves between urban and rural places is paid by the standard of the new place, by the decision (D23, L19)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rooms.changing import (
    Travel,
    decided,
    due,
    established,
    family,
    heard,
    in_step,
    ref_of,
    reported,
    served,
    supported,
)  # fmt: skip
from tests.rooms.examined import World, build
from tests.rooms.test_changes_linked import another, told
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Area, Office
from yimen.casework.awards import acts, change_queries as changes, versions
from yimen.casework.awards.changes.entries import FindingEntry, NewIncome, ReportEntry
from yimen.casework.awards.models import Award, AwardPerson
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import today
from yimen.law.rules import reckon_dibao
from yimen.law.rules.supplements import supplements_of
from yimen.law.standards import KEYS, Book, Figure

NEXT = "990101002"
RURAL = f"{NEXT}001"
MONTHS = ("2027-01", "2027-02", "2027-09")


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    made = build()
    Area.objects.create(code=NEXT, name="柳河镇", level="township", parent_id="990101", initials="lh")
    Area.objects.create(code=RURAL, name="东岗村", level="village", parent_id=NEXT, initials="dg", urban=False)
    office = Office.objects.create(area_id=NEXT, kind="township", name="柳河镇人民政府（示例）", mark="柳河")
    made.hire("马转入", office, "handler")
    return made


def _moved_in(world: World, award: Award, ref: str) -> str:
    state = acts.receive_transfer(world.officer("马转入"), ref=ref).state
    award.refresh_from_db()
    return state


def test_a_move_to_the_country_is_a_cut_by_the_standard_there(world: World, travel: Travel) -> None:
    award = family(world, travel)
    before = award.monthly_fen
    facts = changes.basis_of(award, today()).facts
    rural = reckon_dibao(facts, figures.book(), offices.scopes(RURAL), today(), False)
    change = established(world, reported(world, award, "transfer"), to_village=RURAL)
    finding = change.findings.get()
    assert (change.effect, change.ground) == ("transfer", "moved_away")
    assert (finding.before_fen, finding.after_fen) == (before, rural.amount_fen)
    assert rural.amount_fen < before
    with pytest.raises(Refused, match="必须听取本人意见"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    change = decided(world, heard(world, change))
    assert due(award, *MONTHS) == [before, rural.amount_fen, rural.amount_fen]
    papers = {paper.code: paper.data for paper in changes.papers_of(change)}
    assert {"views_record", "transfer_letter", "award_change_notice"} <= set(papers)
    assert "每月由" in papers["award_change_notice"]["decision"]
    assert any("第四十八条" in article for article in papers["award_change_notice"]["articles"])
    in_step()
    # The receiving township hands over the notice.
    assert _moved_in(world, award, change.ref) == "decided"
    assert due(award, *MONTHS) == [before, rural.amount_fen, rural.amount_fen]
    assert [row.urban for row in award.versions.order_by("seq")] == [True, False, False]
    cover = {row.person.ref: row.supplement_fen for row in award.persons.filter(active=True).select_related("person")}
    assert cover == dict(supplements_of(rural))
    in_step()


def test_without_a_figure_there_nothing_is_decided(
    world: World, travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    award = family(world, travel)
    change = reported(world, award, "transfer")
    whole = figures.book()
    keys = {"dibao.standard.rural"}
    less = Book(row for row in _every(whole) if row.key not in keys)
    with monkeypatch.context() as patched:
        patched.setattr(figures, "book", lambda: less)
        with pytest.raises(Refused, match="“农村低保标准”在2027-01-20未设置"):
            established(world, change, to_village=RURAL)
    Area.objects.filter(code=RURAL).update(urban=None)
    with pytest.raises(Refused, match="没有登记适用城市还是农村标准") as caught:
        established(world, changes.find(world.officer("陈经办"), change.ref), to_village=RURAL)
    assert caught.value.field == "to_village"
    assert not change.findings.exists()


def _every(book: Book) -> list[Figure]:
    return [row for key in KEYS for row in book.versions(key)]


def test_support_goes_by_the_table_of_the_new_place(world: World, travel: Travel) -> None:
    award = supported(world, travel)
    before = award.monthly_fen
    change = established(world, reported(world, award, "transfer"), to_village=RURAL)
    after = change.findings.get().after_fen
    assert after != before
    if after < before:
        change = heard(world, change)
    change = decided(world, change, by="郑区确认")
    assert _moved_in(world, award, change.ref) == "decided"
    assert due(award, *MONTHS) == [before, after, after]
    assert award.monthly_fen == after
    in_step()


def test_who_does_not_qualify_there_ends_here_after_a_hearing(world: World, travel: Travel) -> None:
    award = family(world, travel)
    wage = [NewIncome(ref_of(award, "王建国"), "wage", "打零工", 600_000)]
    change = reported(world, award, "transfer")
    with pytest.raises(Refused, match="停发（终止）、金额不变"):
        established(world, change, to_village=RURAL, new_incomes=wage, effect="transfer")
    change = established(world, changes.find(world.officer("陈经办"), change.ref), to_village=RURAL, new_incomes=wage)
    assert (change.effect, changes.ready(change, today()).hearing) == ("end", True)
    change = decided(world, heard(world, change))
    award.refresh_from_db()
    assert (change.state, award.phase, award.end_month) == ("decided", "ended", "2027-02")
    assert award.household.township_id == award.township_id != NEXT
    notice = next(paper.data for paper in changes.papers_of(change) if paper.code == "award_change_notice")
    assert notice["decision"] == "停发（终止）" and notice["remedies"]
    with pytest.raises(Unknown):
        acts.receive_transfer(world.officer("马转入"), ref=change.ref)
    in_step()


def test_what_rests_or_runs_out_moves_as_it_is(world: World, travel: Travel) -> None:
    Area.objects.filter(code=RURAL).update(urban=True)
    award = family(world, travel)
    before = award.monthly_fen
    held = established(world, reported(world, award, "other"), effect="suspend", ground="local.unreachable")
    served(world, decided(world, heard(world, held, how="not_possible", not_possible="三次上门无人。")))
    change = decided(world, established(world, reported(world, award, "transfer"), to_village=RURAL))
    assert _moved_in(world, award, change.ref) == "closed"
    assert (award.phase, award.monthly_fen, award.township_id) == ("held", before, NEXT)
    assert due(award, "2027-01", "2027-02", "2027-09") == [before, 0, 0]
    in_step()
    travel(date(2027, 4, 6))
    report = ReportEntry("other", today(), "office", "马转入", "已经联系上。")
    clerk = world.officer("马转入")
    back = acts.take_up_change(clerk, ref=acts.report_change(clerk, award_ref=award.ref, report=report).ref)
    entry = FindingEntry(reasons="已联系上。", effect="resume", ground="situation_settled")
    back = acts.record_change_findings(clerk, ref=back.ref, finding=entry)
    assert (back.effect, changes.finding_of(back).after_fen) == ("resume", before)


def test_a_grace_moves_with_its_last_month(world: World, travel: Travel) -> None:
    award = family(world, travel)
    before = award.monthly_fen
    wage = [NewIncome(ref_of(award, "王建国"), "wage", "物流公司工资", 480_000)]
    change = reported(world, award, "work", concerns=[ref_of(award, "王建国")])
    change = established(world, change, effect="grace", until_month="2027-06", new_incomes=wage)
    served(world, decided(world, change))
    # The standard there is lower; a 渐退期 keeps the amount that it was decided with.
    change = decided(world, established(world, reported(world, award, "transfer"), to_village=RURAL))
    assert _moved_in(world, award, change.ref) == "closed"
    assert (award.phase, award.monthly_fen) == ("grace", before) and due(award, *MONTHS) == [before] * 3
    assert changes.grace_ends(world.officer("马转入")) == [(award, "2027-06")]
    in_step()


def test_all_awards_of_a_household_are_received_together(world: World, travel: Travel) -> None:
    Area.objects.filter(code=RURAL).update(urban=True)
    award = family(world, travel)
    tekun = another(award, "tekun", "王建国", 90_000)
    versions.restate([award.pk], AwardCause.CHANGE, versions.Basis("test", "x", today()))
    first = told(world, award, "transfer")
    second = changes.open_of([tekun])[tekun.pk]
    first = decided(world, established(world, first, to_village=RURAL))
    clerk = world.officer("马转入")
    with pytest.raises(Refused, match="特困供养“迁往其他乡街或者区”待受理") as caught:
        acts.receive_transfer(clerk, ref=first.ref)
    assert caught.value.status == 409
    award.household.refresh_from_db()
    assert award.household.township_id != NEXT
    other = f"{NEXT}002"
    Area.objects.create(code=other, name="西岗村", level="village", parent_id=NEXT, initials="xg", urban=True)
    with pytest.raises(Refused, match="已核定迁往柳河镇东岗村") as caught:
        established(world, second, to_village=other)
    assert (caught.value.status, caught.value.field) == (422, "to_village")
    second = established(world, changes.find(world.officer("陈经办"), second.ref), to_village=RURAL)
    second = decided(world, second, by="吴区确认")
    assert [row.ready for row in changes.going(second)] == [True, True]
    acts.receive_transfer(clerk, ref=first.ref)
    for row in (award, tekun):
        row.refresh_from_db()
        assert (row.township_id, row.household.township_id) == (NEXT, NEXT)
        assert due(row, "2027-09") == [row.monthly_fen]
    assert changes.find(clerk, second.ref).state == "closed"
    in_step()


def test_single_cover_ends_here_where_the_standard_is_another(world: World, travel: Travel) -> None:
    award = family(world, travel)
    AwardPerson.objects.filter(award=award).update(programme="edge")
    Award.objects.filter(pk=award.pk).update(programme="edge", monthly_fen=0)
    single = another(award, "dibao", "王建国", 50_000, single=True)
    change = reported(world, single, "transfer")
    with pytest.raises(Refused, match="核定为停发，在迁入地按新申请办理") as caught:
        established(world, change, to_village=RURAL)
    assert caught.value.field == "to_village"
    change = changes.find(world.officer("陈经办"), change.ref)
    change = established(world, change, to_village=RURAL, effect="end")
    assert (change.effect, changes.ready(change, today()).hearing) == ("end", True)
