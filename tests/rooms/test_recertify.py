"""Periodic review from start to the next due day; who may look and who may confirm; what a change does not do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.rooms.world import TOWNSHIP, VILLAGE, World, make_world
from yimen.base.access import second
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.offices.models import StaffRelative
from yimen.base.papers.models import Paper
from yimen.base.record import desk as record
from yimen.casework.awards import acts, queries, recertify_queries as recertify
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.casework.awards.models import Award, Recertification, RecertifyFinding
from yimen.casework.awards.recertify.entries import ChangeEntry, CheckEntry
from yimen.law.calendar import today
from yimen.law.recertify import Outcome, RecertifyState
from yimen.law.terms import Role

OTHER_TOWNSHIP = "990101002"


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    return make_world()


def line(world: World, number: int, **more: Any) -> LedgerRow:
    who = world.crowd.person(today(), 60, 70)
    facts: dict[str, Any] = {
        "village": VILLAGE, "category": "B", "monthly_fen": 35_000, "start_month": "2024-03", "recertify_on": "2026-11-20",
        "group": "3组", "holder": who.name, "bank": "城北农商银行", "account": f"{6217000010001234567 + number}",
    }  # fmt: skip
    return LedgerRow(
        place=f"第{number + 2}行",
        people=(LedgerPerson(who.name, who.identity, "self", covered=True),),
        **{**facts, **more},
    )


def on_assistance(world: World, many: int = 1, **more: Any) -> list[Award]:
    account = world.district.accounts[world.district.who(TOWNSHIP, Role.HEAD).pk]
    rows = [line(world, number, **more) for number in range(many)]
    acts.take_over(world.handler(), world.head(), rows=rows, code=second.code_now(account))
    return list(queries.running(world.handler()).order_by("id"))


def looked(world: World, *officers: Any, **more: Any) -> CheckEntry:
    who = officers or (world.handler(), world.aide())
    return CheckEntry(more.pop("checked_on", today()), [each.staff.ref for each in who], **more)


def started(world: World, awards: list[Award]) -> list[Recertification]:
    return acts.start_recertification(world.handler(), refs=[award.ref for award in awards])


def test_a_renewal_leaves_the_amount_and_sets_the_next_day(world: World) -> None:
    [award] = on_assistance(world)
    [review] = started(world, [award])
    assert (review.due_on, review.state) == (date(2026, 11, 20), RecertifyState.STARTED)
    acts.renew(world.handler(), refs=[review.ref], check=looked(world, checked_on=date(2026, 11, 23)))
    paper = Paper.objects.get(subject_kind="recertification", subject_id=review.pk)
    assert paper.code == "recertification_form" and paper.data["monthly"] == 35_000
    assert paper.data["outcome"] == Outcome.UNCHANGED.label and len(paper.data["investigators"]) == 2
    acts.confirm_recertification(world.head(), refs=[review.ref])
    review.refresh_from_db()
    award.refresh_from_db()
    assert (review.state, review.months, review.next_due_on) == (RecertifyState.DONE, 6, date(2027, 5, 23))
    assert (award.recertify_on, award.monthly_fen, award.end_month) == (date(2027, 5, 23), 35_000, "")
    told = [entry.act for entry in record.entries_of("recertification", review.ref)]
    assert told == ["start_recertification", "renew", "confirm_recertification"]
    assert recertify.last_done([award]) == {award.pk: date(2026, 11, 23)}


def test_a_second_review_begins_only_when_the_first_is_over(world: World) -> None:
    awards = on_assistance(world)
    [review] = started(world, awards)
    with pytest.raises(Refused, match="不重复开始"):
        started(world, awards)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recertification.objects.create(
            award=awards[0], due_on=today(), started_on=today(), started_by=world.handler().staff
        )
    acts.renew(world.handler(), refs=[review.ref], check=looked(world))
    acts.confirm_recertification(world.head(), refs=[review.ref])
    [again] = started(world, awards)
    with pytest.raises(Refused, match="上次已于"):
        acts.renew(world.handler(), refs=[again.ref], check=looked(world))


def test_a_change_changes_nothing_and_stays_open(world: World) -> None:
    [award] = on_assistance(world)
    [review] = started(world, [award])
    change = ChangeEntry(["income"], date(2026, 10, 1))
    with pytest.raises(Refused, match="变化的情况"):
        acts.record_change(world.handler(), ref=review.ref, check=looked(world), change=change)
    acts.record_change(world.handler(), ref=review.ref, check=looked(world, note="儿子找到工作"), change=change)
    acts.confirm_recertification(world.head(), refs=[review.ref])
    review.refresh_from_db()
    award.refresh_from_db()
    assert (review.state, review.next_due_on) == (RecertifyState.CHANGING, None)
    assert (award.monthly_fen, award.end_month, award.recertify_on) == (35_000, "", date(2026, 11, 20))
    finding = recertify.finding_of(review)
    assert finding is not None and finding.reckoned["problem"] == recertify.NO_FACTS
    with pytest.raises(Refused, match="待办变更"):
        started(world, [award])
    assert recertify.with_state(recertify.running(world.handler()), "changing").count() == 1
    assert recertify.progress(world.handler(), today())[TOWNSHIP].changing == 1


def test_the_leader_is_another_person_than_who_looked(world: World) -> None:
    first, other = on_assistance(world, 2)
    reviews = started(world, [first, other])
    acts.renew(world.head(), refs=[reviews[0].ref], check=looked(world))
    acts.renew(world.handler(), refs=[reviews[1].ref], check=looked(world, world.head(), world.aide()))
    for review in reviews:
        with pytest.raises(Refused, match="不能再由您确认"):
            acts.confirm_recertification(world.head(), refs=[review.ref])
    with pytest.raises(Refused, match="岗位不能办理"):
        acts.confirm_recertification(world.handler(number=1), refs=[reviews[0].ref])


def test_the_leader_returns_with_a_reason_and_the_old_finding_stays(world: World) -> None:
    [review] = started(world, on_assistance(world))
    acts.renew(world.handler(), refs=[review.ref], check=looked(world))
    with pytest.raises(Refused, match="为什么退回"):
        acts.return_recertification(world.head(), ref=review.ref, reason=" ")
    acts.return_recertification(world.head(), ref=review.ref, reason="没有写明核查了什么")
    review.refresh_from_db()
    assert (review.state, review.returned_reason) == (RecertifyState.STARTED, "没有写明核查了什么")
    acts.renew(world.handler(), refs=[review.ref], check=looked(world, note="看了存折"))
    assert RecertifyFinding.objects.filter(recertification=review).count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        RecertifyFinding.objects.filter(recertification=review).update(note="")


@pytest.mark.parametrize("kind", ["alone", "no township", "tomorrow", "too early", "different"])
def test_what_cannot_be_is_told_at_its_field(world: World, kind: str) -> None:
    [review] = started(world, on_assistance(world))
    cases = {
        "alone": (looked(world, world.handler()), "还差 1 人"),
        "no township": (looked(world, world.aide(), world.at_district(Role.SUPERVISOR)), "至少要有一名"),
        "tomorrow": (looked(world, checked_on=date(2026, 11, 25)), "不能晚于今天"),
        "too early": (looked(world, checked_on=date(2024, 2, 28)), "早于"),
        "different": (looked(world, data_check="different"), "写明理由"),
    }
    check, sentence = cases[kind]
    with pytest.raises(Refused, match=sentence) as caught:
        acts.renew(world.handler(), refs=[review.ref], check=check)
    assert caught.value.field and caught.value.status == 422
    assert not Paper.objects.filter(subject_kind="recertification").exists()


def test_relatives_neither_look_nor_decide(world: World) -> None:
    first, other = on_assistance(world, 2)
    head = first.household.head
    StaffRelative.objects.create(
        staff=world.handler(number=1).staff, identity_index=head.identity_index, name=head.name, relation="parent",
        identity=head.identity, registered_on=today(),
    )  # fmt: skip
    colleague = world.handler(number=1)
    with pytest.raises(Refused, match="应当回避"):
        acts.start_recertification(colleague, refs=[first.ref])
    acts.start_recertification(colleague, refs=[other.ref])
    [review] = started(world, [first])
    with pytest.raises(Refused, match="应当回避") as caught:
        acts.renew(world.handler(), refs=[review.ref], check=looked(world, world.handler(), colleague))
    assert caught.value.field == "investigators"


def test_only_the_own_township_and_no_other_role(world: World) -> None:
    [award] = on_assistance(world)
    with pytest.raises(Unknown):
        acts.start_recertification(world.handler(OTHER_TOWNSHIP), refs=[award.ref])
    with pytest.raises(Refused):
        acts.start_recertification(world.aide(), refs=[award.ref])
    with pytest.raises(Refused):
        acts.start_recertification(world.at_district(Role.SUPERVISOR), refs=[award.ref])
    with pytest.raises(Refused, match="没有选中"):
        acts.start_recertification(world.handler(), refs=[])


def test_a_category_that_no_table_knows_waits_for_the_district(world: World) -> None:
    [review] = started(world, on_assistance(world))
    acts.renew(world.handler(), refs=[review.ref], check=looked(world))
    Award.objects.update(category="X")
    with pytest.raises(Refused, match="没有“X”类"):
        acts.confirm_recertification(world.head(), refs=[review.ref])


def _statements(world: World, awards: list[Award]) -> int:
    with CaptureQueriesContext(connection) as seen:
        refs = [review.ref for review in started(world, awards)]
        acts.renew(world.handler(), refs=refs, check=looked(world))
        acts.confirm_recertification(world.head(), refs=refs)
    return len(seen)


def test_a_set_takes_no_more_statements_than_a_few(world: World) -> None:
    awards = on_assistance(world, 30)
    few = _statements(world, awards[:3])
    assert _statements(world, awards[3:]) <= few + 1
    assert Recertification.objects.filter(state="done").count() == 30


def test_progress_counts_each_township(world: World) -> None:
    awards = on_assistance(world, 4)
    Award.objects.filter(pk=awards[3].pk).update(recertify_on=date(2026, 11, 30))
    refs = [review.ref for review in started(world, awards[:2])]
    acts.renew(world.handler(), refs=refs[:1], check=looked(world))
    acts.confirm_recertification(world.head(), refs=refs[:1])
    found = recertify.progress(world.at_district(Role.SUPERVISOR), today())[TOWNSHIP]
    assert (found.late, found.due, found.done, found.under_way) == (2, 3, 1, 1)
