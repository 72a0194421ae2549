"""A change of 低保 from report to served notice: cut, increase, end, no change; hearing, separation of duties, recusal, rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.rooms.changing import (
    Travel,
    decided,
    due,
    established,
    family,
    heard,
    in_step,
    income_ref,
    ref_of,
    reported,
    served,
)  # fmt: skip
from tests.rooms.examined import World, build
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.offices.models import StaffRelative
from yimen.base.papers.models import Paper
from yimen.base.record import desk as record
from yimen.casework.awards import acts, change_queries as changes
from yimen.casework.awards.changes.entries import NewIncome
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase, ChangeFinding, ViewsRecord
from yimen.law.calendar import today


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def award(world: World, travel: Travel) -> Iterator[Award]:
    yield family(world, travel)
    in_step()


def codes(change: ChangeCase) -> list[str]:
    return [paper.code for paper in changes.papers_of(change)]


def cut(world: World, award: Award) -> ChangeCase:
    """More income: reported by the village, established."""
    change = reported(world, award, "income")
    return established(world, change, ground="income_up", incomes={income_ref(award): 60_000})


def test_a_cut_is_heard_decided_by_another_and_told_in_writing(world: World, award: Award) -> None:
    before = award.monthly_fen
    change = cut(world, award)
    assert (change.state, change.effect, change.award_id) == ("reckoned", "decrease", award.pk)
    finding = changes.finding_of(change)
    assert finding is not None and finding.after_fen == before - 30_000
    assert {"item": "月保障金"}.items() <= finding.figures[-1].items()
    change = served(world, decided(world, heard(world, change)))
    award.refresh_from_db()
    assert (change.state, change.from_month, award.monthly_fen) == ("closed", "2027-02", before - 30_000)
    assert due(award, "2027-01", "2027-02", "2030-01") == [before, before - 30_000, before - 30_000]
    assert codes(change) == ["change_report", "views_record", "award_change_notice"]
    notice = Paper.objects.get(code="award_change_notice")
    assert (
        notice.data["remedies"]
        and notice.data["articles"]
        and "《中华人民共和国社会救助法》第四十七条、第四十八条" in "".join(notice.data["articles"])
    )
    assert "已听取" in notice.data["answer"] and notice.office_name.startswith("青禾街道")
    told = [entry.act for entry in record.entries_of("change", change.ref)]
    assert told == [
        "report_change", "take_up_change", "record_change_findings", "hear_views", "submit_change", "decide_change",
        "serve_change_notice",
    ]  # fmt: skip


def test_no_cut_without_a_hearing_of_the_very_proposal(world: World, award: Award) -> None:
    change = cut(world, award)
    with pytest.raises(Refused, match="必须听取本人意见"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    heard(world, change)
    # A new finding makes a new proposal: what was said to the old one does not count.
    established(world, change, ground="income_up", incomes={income_ref(award): 80_000})
    with pytest.raises(Refused, match="必须听取本人意见"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    change = decided(world, heard(world, change, view="objects", said="活不稳定。", answer="按三个月平均核定。"))
    assert "答复：按三个月平均核定" in Paper.objects.get(code="award_change_notice").data["answer"]
    assert ViewsRecord.objects.filter(change=change).count() == 2 == ChangeFinding.objects.filter(change=change).count()


def test_whoever_objects_gets_an_answer_and_who_cannot_be_heard_a_reason(world: World, award: Award) -> None:
    change = cut(world, award)
    for more, sentence in (
        ({"view": "objects", "answer": " "}, "答复"),
        ({"said": ""}, "本人陈述"),
        ({"view": ""}, "态度"),
        ({"who": ""}, "听取了谁"),
        ({"how": "not_possible"}, "为什么无法听取"),
        ({"heard_on": date(2027, 1, 21)}, "还没有到"),
        ({"heard_on": date(2027, 1, 19)}, "不能早于登记变动"),
        ({"officers": [world.staff["陈经办"].ref]}, "还差 1 人"),
    ):
        with pytest.raises(Refused, match=sentence) as caught:
            heard(world, change, **more)
        assert caught.value.status == 422 and caught.value.field
    heard(world, change, how="not_possible", not_possible="外出务工，三次联系不上。", view="", said="", who="")
    decided(world, change)
    assert "未能听取" in Paper.objects.get(code="award_change_notice").data["answer"]


def test_more_is_granted_without_a_hearing_and_with_a_notice(world: World, award: Award) -> None:
    before = award.monthly_fen
    change = reported(world, award, "income", source="household")
    change = established(world, change, ground="income_down", incomes={income_ref(award): 0})
    assert change.effect == "increase"
    with pytest.raises(Refused, match="不需要听取意见"):
        heard(world, change)
    change = decided(world, change)
    award.refresh_from_db()
    assert award.monthly_fen == before + 30_000 and due(award, "2027-01", "2027-02") == [before, before + 30_000]
    assert (change.state, codes(change)) == ("decided", ["change_report", "award_change_notice"])


def test_an_end_after_a_hearing_frees_the_persons(world: World, award: Award) -> None:
    change = reported(world, award, "work", concerns=[ref_of(award, "王建国")])
    wage = NewIncome(ref_of(award, "王建国"), "wage", "物流公司工资", 480_000)
    change = established(world, change, ground="employed_over", new_incomes=[wage])
    assert change.effect == "end"
    change = heard(world, change)
    acts.submit_change(world.officer("陈经办"), ref=change.ref)
    change.refresh_from_db()
    with pytest.raises(Refused, match="其他救助项目"):
        decided(world, change, others="")
    change = served(world, decided(world, change))
    award.refresh_from_db()
    assert (award.end_month, award.phase, change.state) == ("2027-02", "ended", "closed")
    assert due(award, "2027-01", "2027-02") == [award.monthly_fen, 0]
    assert not AwardPerson.objects.filter(award=award, active=True).exists()
    with pytest.raises(Refused, match="已停止"):
        reported(world, award, "income")


def test_what_turns_out_unchanged_is_closed_by_the_leader(world: World, award: Award) -> None:
    change = established(world, reported(world, award, "income", source="complaint"))
    assert change.effect == "unchanged"
    change = decided(world, change)
    assert (change.state, change.from_month, codes(change)) == ("closed", "", ["change_report"])
    assert award.versions.count() == 1


def test_the_rules_say_what_may_be_chosen_and_on_which_ground(world: World, award: Award) -> None:
    change = reported(world, award, "income")
    acts.take_up_change(world.officer("陈经办"), ref=change.ref)
    more = {"incomes": {income_ref(award): 60_000}}
    with pytest.raises(Refused, match="可以办理的是：减发") as caught:
        established(
            world, changes.find(world.officer("陈经办"), change.ref), ground="income_down", effect="increase", **more
        )
    assert caught.value.field == "effect"
    with pytest.raises(Refused, match="所选事由不能用于“减发”") as caught:
        established(world, changes.find(world.officer("陈经办"), change.ref), ground="death_last", **more)
    assert caught.value.field == "ground"


def test_who_had_a_part_in_it_does_not_decide(world: World, award: Award) -> None:
    change = reported(world, award, "income", by="赵负责")
    change = heard(world, established(world, change, ground="income_up", incomes={income_ref(award): 60_000}))
    with pytest.raises(Refused, match="不能再由您决定"):
        decided(world, change, by="赵负责")
    with pytest.raises(Refused, match="须由青禾街道办事处"):
        decided(world, changes.find(world.officer("陈经办"), change.ref), by="吴区确认")
    with pytest.raises(Refused, match="岗位不能办理"):
        decided(world, changes.find(world.officer("陈经办"), change.ref), by="孙审核")
    with pytest.raises(Refused, match="动态口令"):
        acts.decide_change(world.officer("钱确认"), ref=change.ref, decision=acts_entry(), code="000000")
    decided(world, changes.find(world.officer("陈经办"), change.ref), by="钱确认")


def acts_entry() -> object:
    from yimen.casework.awards.changes.entries import DecisionEntry

    return DecisionEntry("同意。", "")


def test_a_relative_neither_reports_nor_hears_nor_decides(world: World, award: Award) -> None:
    head = award.household.head
    StaffRelative.objects.create(
        staff=world.staff["孙审核"], identity_index=head.identity_index, identity=head.identity, name=head.name,
        relation="parent", registered_on=today(),
    )  # fmt: skip
    with pytest.raises(Refused, match="应当回避"):
        reported(world, award, "income", by="孙审核")
    change = cut(world, award)
    with pytest.raises(Refused, match="应当回避") as caught:
        heard(world, change, officers=[world.staff[name].ref for name in ("陈经办", "孙审核")])
    assert caught.value.field == "investigators"


def test_the_village_reports_and_does_nothing_more(world: World, award: Award) -> None:
    change = reported(world, award, "income", by="李协理")
    assert change.state == "reported" and changes.find(world.officer("李协理"), change.ref)
    with pytest.raises(Refused, match="岗位不能办理"):
        acts.take_up_change(world.officer("李协理"), ref=change.ref)
    with pytest.raises(Refused, match="已有一件变更正在办理"):
        reported(world, award, "property")
    with pytest.raises(Unknown):
        acts.take_up_change(world.officer("陈经办"), ref="000000000000")


def test_the_leader_returns_and_it_is_established_and_heard_anew(world: World, award: Award) -> None:
    change = heard(world, cut(world, award))
    acts.submit_change(world.officer("陈经办"), ref=change.ref)
    with pytest.raises(Refused, match="为什么退回"):
        acts.return_change(world.officer("赵负责"), ref=change.ref, reason=" ")
    acts.return_change(world.officer("赵负责"), ref=change.ref, reason="请补工资流水")
    with pytest.raises(Refused, match="没有生效"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    found = changes.find(world.officer("陈经办"), change.ref)
    assert (found.state, found.returned_reason) == ("handling", "请补工资流水")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"event": "quarrel"}, "event"),
        ({"source": "dream"}, "source"),
        ({"since": date(2027, 1, 21)}, "since"),
        ({"statement": " "}, "statement"),
        ({"reported_by": ""}, "reported_by"),
        ({"event": "death"}, "concerns"),
        ({"concerns": ["000000000000"]}, "concerns"),
    ],
)
def test_a_report_that_cannot_be_is_told_at_its_field(world: World, award: Award, more: dict, field: str) -> None:
    given = {"event": "income", **more}
    with pytest.raises(Refused) as caught:
        reported(world, award, given.pop("event"), **given)
    assert (caught.value.field, caught.value.status) == (field, 422)
    assert not ChangeCase.objects.exists()


def test_what_was_found_heard_and_decided_is_never_rewritten(world: World, award: Award) -> None:
    change = decided(world, heard(world, cut(world, award)))
    for row in (changes.finding_of(change), changes.views(change)[0], changes.decision_of(change)):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(by=world.staff["孙审核"])
