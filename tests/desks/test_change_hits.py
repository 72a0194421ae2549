"""核对发现: a hit about a household on assistance becomes a change with one press, linked both ways; a fall links back too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.desks.case_hands import aide, handler, text
from tests.desks.district_hands import send
from tests.rooms.test_changes_linked import another
from tests.rooms.world import TOWNSHIP, World, applied
from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.casework.applications.models import Application
from yimen.casework.awards import acts, change_queries as changes
from yimen.casework.awards.models import Award, ChangeCase, ChangeHit
from yimen.casework.verification.models import CheckRequest, Comparison
from yimen.law.aftercare.hits import event_of, weightiest
from yimen.law.calendar import today


@pytest.fixture
def case(world: World) -> Any:
    """Another case, in which somebody of the household on assistance was asked about; its check has come back."""
    made = applied(world)
    _back(world, made, today())
    return made


def _back(world: World, case: Any, on: date) -> None:
    CheckRequest.objects.filter(application=case).delete()
    CheckRequest.objects.create(
        application=case, round=1, requested_on=on, requested_by=world.handler().staff, returned_on=on, complete=True
    )


def hit(award: Award, case: Any, item: str = "deposit", number: int = 0, **more: Any) -> Comparison:
    person = award.household.memberships.order_by("id")[number].person
    given = {
        "declared_text": "活期存款", "declared_fen": 100_000, "verified_text": "定期存款，80,000.00元", "verified_fen": 8_000_000,
        "source": "bank", "queried_on": today(), "match": "different",
    }  # fmt: skip
    return Comparison.objects.create(
        application=case, round=1, person=person, person_name=person.name, item=item, **{**given, **more}
    )


def test_one_press_makes_the_change_of_all_hits_and_links_both_ways(world: World, award: Award, case: Any) -> None:
    hits = [hit(award, case), hit(award, case, "wage", 1, source="tax", verified_fen=350_000)]
    client, tab, press = handler(world), f"/case/{case.ref}/?tab=check", f"/township/changes/hits/{award.ref}/"
    shown = text(client.get(tab))
    assert "在保家庭的核对发现" in shown and "核对发现 2 处，登记变动（最低生活保障）" in shown and press in shown
    assert press in text(client.get(f"/household/{award.household.ref}/"))
    answer = send(client, press)
    change = ChangeCase.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/township/changes/{change.ref}/"
    assert (change.event, change.source, change.since) == ("income", "check_hit", today())
    assert sorted(change.concerns) == sorted(row.person.ref for row in hits if row.person)
    assert (
        "的工资性收入：申报 活期存款，核对" in change.statement
        and "80,000.00元" in change.statement
        and case.number in change.reported_by
    )
    assert list(ChangeHit.objects.values_list("comparison", flat=True)) == [row.pk for row in hits]
    page = text(client.get(answer["Location"]))
    assert "来自信息核对" in page and f"/case/{case.ref}/?tab=check" in page
    shown = text(client.get(tab))
    assert answer["Location"] in shown and "已登记：" in shown and press not in shown
    # The village follows how far it is; what banks and tax offices said stays with the township.
    village = text(aide(world).get(answer["Location"]))
    assert "80,000.00" not in village and "来自信息核对" not in village and "这里不显示" in village
    with pytest.raises(Refused, match="没有待登记的核对发现"):
        acts.report_hits(world.handler(), award_ref=award.ref)


def test_what_is_refuted_or_older_than_the_award_is_no_hit(world: World, award: Award, case: Any) -> None:
    row = hit(award, case)
    clerk = world.handler()
    assert changes.waiting_hits(clerk, [award]) == {award.pk: [row]}
    assert changes.waiting_hits(world.aide(), [award]) == {}
    Comparison.objects.update(treatment="accept_declared", treatment_note="同名同姓，不是本人。")
    assert changes.waiting_hits(clerk, [award]) == {}
    Comparison.objects.update(treatment="", treatment_note="")
    _back(world, case, today() - timedelta(days=900))
    assert changes.waiting_hits(clerk, [award]) == {}


def test_a_death_is_asked_for_its_day_and_reported_alone(world: World, award: Award, case: Any) -> None:
    hit(award, case)
    hit(award, case, "death", 1, source="funeral", verified_fen=None, verified_text="有火化记录")
    client, press = handler(world), f"/township/changes/hits/{award.ref}/"
    assert "死亡日期" in text(client.get(press))
    answer = send(client, press)
    assert answer.status_code == 422 and not ChangeCase.objects.exists()
    answer = send(client, press, since=f"{today() - timedelta(days=9):%Y-%m-%d}")
    change = ChangeCase.objects.get()
    assert answer.status_code == 302 and (change.event, len(change.concerns)) == ("death", 1) and change.held_from
    # What is left waits until the open case is done, and is not lost.
    assert len(changes.waiting_hits(world.handler(), [award])[award.pk]) == 1
    assert "另有变更正在办理" in text(client.get(f"/case/{case.ref}/?tab=check"))
    answer = send(client, press)
    assert answer.status_code == 409 and "已有一件变更正在办理" in text(answer)


def test_a_hit_of_another_township_reaches_the_own_one_without_its_contents(
    world: World, award: Award, case: Any
) -> None:
    there = next(place for place in offices.townships(TOWNSHIP[:6]) if place.code != TOWNSHIP)
    village = offices.villages(there.code)[0]
    Application.objects.filter(pk=case.pk).update(township=there, village=village)
    row = hit(award, case)
    client, press = handler(world), f"/township/changes/hits/{award.ref}/"
    secret = ("80,000.00", "活期存款", case.number, case.ref)
    for page in ("/township/", "/township/changes/", press, f"/household/{award.household.ref}/"):
        shown = text(client.get(page))
        assert press in shown or page == press
        assert not any(word in shown for word in secret), page
    assert "其他乡街的核对发现" in text(client.get("/township/")) and there.name in text(client.get("/township/"))
    assert client.get(f"/case/{case.ref}/").status_code == 404
    # Whoever asked sees neither the household's file nor its change.
    asker = world.handler(there.code)
    assert changes.met_by(asker, case) == [] == changes.told_elsewhere(asker, 10)
    answer = send(client, press)
    change = ChangeCase.objects.get()
    assert answer.status_code == 302 and (change.event, change.source) == ("property", "check_hit")
    assert there.name in change.statement and "请向本户核实" in change.statement
    shown = text(client.get(answer["Location"])) + str(changes.papers_of(change)[0].data)
    assert there.name in shown and not any(word in shown for word in secret)
    assert ChangeHit.objects.get().comparison_id == row.pk and changes.became(asker, case) == []
    assert "其他乡街的核对发现" not in text(client.get("/township/"))
    assert changes.waiting_hits(world.handler(), [award]) == {} == changes.waiting_hits(world.aide(), [award])


def test_the_other_awards_of_the_household_are_shown_on_each_page(world: World, award: Award) -> None:
    who = award.household.memberships.order_by("id")[1].person
    tekun = another(award, "tekun", who.name, 90_000)
    fields = {"event": "work", "since": f"{today():%Y-%m-%d}", "statement": "在工地干活。", "source": "village"}
    answer = send(
        aide(world), f"/township/changes/report/{award.ref}/", reported_by="李协理", concerns=[who.ref], **fields
    )
    here, there = answer["Location"], f"/township/changes/{tekun.changes.get().ref}/"
    for page, other in ((here, there), (there, here)):
        shown = text(handler(world).get(page))
        assert "同一户的其他保障" in shown and other in shown and "在工地干活。" in shown
    assert there in text(aide(world).get(here)) and tekun.number not in text(aide(world).get(here))


def test_what_decides_about_eligibility_first_gives_the_change_its_name() -> None:
    assert [str(event_of(item)) for item in ("business", "house", "disability", "members")] == [
        "income", "property", "disability", "other",
    ]  # fmt: skip
    assert weightiest(["house", "wage"]) == "income" and weightiest(["wage", "death"]) == "death"
