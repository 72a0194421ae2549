"""A household that moves between urban and rural places is paid by the standard of the new place, by the decision (D23, L19)."""

from __future__ import annotations

import pytest

from tests.rooms.changing import Travel, decided, due, established, family, heard, in_step, reported, supported
from tests.rooms.examined import World, build
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Area, Office
from yimen.casework.awards import acts, change_queries as changes
from yimen.casework.awards.models import Award
from yimen.casework.decisions.facts import supplement_of
from yimen.law.calendar import today
from yimen.law.rules import reckon_dibao
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
    assert cover == {ref: supplement_of(rural, ref) for ref in rural.covered_refs}
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
