"""特困: the end after hearing and seven days of notice, an objection, a death; self-care and form of support."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest

from tests.rooms.changing import Travel, decided, due, established, heard, in_step, reported, served, supported
from tests.rooms.examined import World, build
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused
from yimen.base.clocks.models import Clock
from yimen.base.papers.models import Paper
from yimen.casework.awards import acts, change_queries as changes
from yimen.casework.awards.changes import stopping
from yimen.casework.awards.models import Award, ChangeCase
from yimen.law.calendar import today
from yimen.law.terms import Programme


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def award(world: World, travel: Travel) -> Iterator[Award]:
    yield supported(world, travel)
    in_step()


def able(world: World, award: Award) -> ChangeCase:
    """A new obligor: the end is proposed and she was heard."""
    change = reported(world, award, "obligor", statement="侄子过继为养子，有赡养能力。")
    change = established(world, change, effect="end", ground="obligor_able")
    return heard(world, change)


def published(world: World, change: ChangeCase, **more: str) -> ChangeCase:
    change = acts.publish_stop_notice(world.officer("陈经办"), ref=change.ref, **more)
    notice = changes.last_notice(change)
    assert notice is not None and len(notice.places) > 1
    return acts.post_stop_notice(world.officer("陈经办"), ref=change.ref, places=notice.places, posted_on=today())


def test_no_end_without_hearing_and_seven_days_of_notice(world: World, award: Award, travel: Travel) -> None:
    change = reported(world, award, "obligor")
    change = established(world, change, effect="end", ground="obligor_able")
    with pytest.raises(Refused, match="先听取本人意见"):
        published(world, change)
    change = heard(world, change)
    with pytest.raises(Refused, match="须先公示期满"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    change = published(world, change)
    notice = changes.last_notice(change)
    assert notice is not None and (notice.from_on, notice.to_on) == (date(2027, 1, 20), date(2027, 1, 27))
    paper = Paper.objects.get(code="termination_public_notice").data
    assert paper["rows"] == [{"applicant": "李德厚", "village": "站前社区", "ground": "不再符合救助供养条件"}]
    travel(date(2027, 1, 27))
    with pytest.raises(Refused, match="须先公示期满"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    travel(date(2027, 1, 28))
    change = decided(world, change, by="吴区确认")
    award.refresh_from_db()
    assert (award.end_month, change.from_month) == ("2027-02", "2027-02")
    assert due(award, "2027-01", "2027-02") == [award.monthly_fen, 0]
    notice_paper = Paper.objects.get(code="award_change_notice").data
    assert "第二十六条" in "".join(notice_paper["articles"]) and notice_paper["other_programmes"]
    assert served(world, change).state == "closed"


def test_the_days_count_from_when_it_hangs_everywhere(world: World, award: Award, travel: Travel) -> None:
    """Hung a day late at the second place: the web shows it, masked and without a figure, until the moved last day."""
    change = able(world, award)
    change = acts.publish_stop_notice(world.officer("陈经办"), ref=change.ref)
    notice = changes.last_notice(change)
    assert notice is not None
    first, *others = notice.places
    hang = partial(acts.post_stop_notice, world.officer("陈经办"), ref=change.ref)
    for places, day, words in (
        ([], today(), "请选择张贴地点"),
        (["村口"], today(), "请选择张贴地点"),
        ([first], date(2027, 1, 19), "不能早于公示开始"),
        ([first], None, "请填写张贴日期"),
    ):
        with pytest.raises(Refused, match=words):
            hang(places=places, posted_on=day)
    hang(places=[first], posted_on=date(2027, 1, 20))
    travel(date(2027, 1, 21))
    hang(places=others, posted_on=date(2027, 1, 21))
    with pytest.raises(Refused, match="不需要再登记"):
        hang(places=[first], posted_on=date(2027, 1, 21))
    notice.refresh_from_db()
    assert (notice.from_on, notice.to_on) == (date(2027, 1, 21), date(2027, 1, 28))
    assert Clock.objects.get(code="stop_notice", stopped_on=None).due_on == date(2027, 1, 28)
    assert next((row.place, row.posted_by.name) for row in notice.postings.all()) == (first, "陈经办")
    [row] = stopping.web_rows(award.village_id)
    assert (row.name, row.ground, row.to_on) == ("李*厚", "不再符合救助供养条件", date(2027, 1, 28))
    assert stopping.counted("990101") == {award.township_id: {award.village_id: 1}}
    travel(date(2027, 1, 29))
    assert stopping.web_rows(award.village_id) == [] and not stopping.counted("990101")
    assert acts.submit_change(world.officer("陈经办"), ref=change.ref).state == "deciding"


def test_no_submission_before_it_hangs_everywhere(world: World, award: Award, travel: Travel) -> None:
    change = acts.publish_stop_notice(world.officer("陈经办"), ref=able(world, award).ref)
    travel(date(2027, 1, 28))
    with pytest.raises(Refused, match="还没有登记在.*张贴"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)


def test_an_objection_takes_it_down_and_it_is_shown_again(world: World, award: Award, travel: Travel) -> None:
    change = published(world, able(world, award))
    change = acts.object_to_stop(world.officer("陈经办"), ref=change.ref, content="养子已去世。", objector="邻居")
    assert change.state == "reckoned" and Clock.objects.get(code="stop_decision", stopped_on=None).length == 15
    travel(date(2027, 2, 10))
    with pytest.raises(Refused, match="须先公示期满"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    with pytest.raises(Refused, match="复核结论"):
        published(world, change)
    change = published(world, change, answer="经核实养子健在，有给付能力。")
    assert not Clock.objects.filter(code="stop_decision", stopped_on=None).exists()
    travel(date(2027, 2, 18))
    decided(world, change, by="吴区确认")


def test_a_death_is_held_at_once_and_ended_after_the_notice(world: World, award: Award, travel: Travel) -> None:
    person = str(award.household.head.ref)
    change = reported(world, award, "death", concerns=[person], since=date(2027, 1, 10))
    assert change.held_from == "2027-02"
    change = established(world, change)
    assert (change.effect, change.ground) == ("end", "death_last")
    with pytest.raises(Refused, match="须先公示期满"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    change = published(world, change)
    travel(date(2027, 3, 2))
    change = decided(world, change, by="吴区确认")
    award.refresh_from_db()
    assert (award.end_month, due(award, "2027-01", "2027-02", "2027-04")) == ("2027-04", [award.monthly_fen, 0, 0])


def test_a_lower_level_of_self_care_raises_the_care(world: World, award: Award) -> None:
    before = award.monthly_fen
    change = reported(world, award, "self_care", statement="卧床，吃饭、如厕要人帮。")
    assert Clock.objects.get(code="reassess").length == 10
    change = established(world, change, self_care="lost")
    assert (change.effect, change.ground) == ("increase", "self_care")
    change = decided(world, change, by="吴区确认")
    award.refresh_from_db()
    assert award.self_care == "lost" and award.monthly_fen > before
    assert due(award, "2027-01", "2027-02") == [before, award.monthly_fen]
    assert not Clock.objects.filter(code="reassess", stopped_on=None).exists()


def test_the_district_decides_where_the_power_was_not_handed_over(world: World, award: Award) -> None:
    change = established(world, reported(world, award, "self_care"), self_care="lost")
    acts.submit_change(world.officer("陈经办"), ref=change.ref)
    change.refresh_from_db()
    with pytest.raises(Refused, match="须由区级民政部门决定"):
        decided(world, change, by="赵负责")
    assert Programme(award.programme) is Programme.TEKUN
