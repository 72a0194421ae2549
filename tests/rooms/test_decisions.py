"""A case from its opinion to assistance, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.rooms.examined import SECOND_VILLAGE, TOWNSHIP, VILLAGE, World, build, examined
from yimen.base.access.refusal import Refused
from yimen.base.files import desk as files
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications.models import Application
from yimen.casework.awards import queries as awards
from yimen.casework.decisions import acts, queries
from yimen.casework.decisions.models import Notice
from yimen.law.terms import Stage

pytestmark = pytest.mark.django_db
Travel = Callable[[date], None]

PROPOSED, PUBLISHED = date(2026, 11, 10), date(2026, 11, 11)
ENDED = date(2026, 11, 19)


@pytest.fixture
def world(travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def case(world: World) -> Application:
    return examined(world)


def proposed(world: World, case: Application) -> Application:
    return acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="收入低于标准，财产符合规定。")


def published(world: World, case: Application, travel: Travel) -> Notice:
    proposed(world, case)
    travel(PUBLISHED)
    acts.publish_notice(world.officer("孙审核"), case.ref)
    notice = queries.current_notice(case)
    assert notice is not None
    return notice


def posted(world: World, case: Application, notice: Notice, on: date) -> None:
    for place in notice.places:
        acts.record_posting(world.officer("李协理"), case.ref, notice_ref=notice.ref, place=place, posted_on=on)


def deciding(world: World, case: Application, travel: Travel) -> Application:
    notice = published(world, case, travel)
    posted(world, case, notice, PUBLISHED)
    travel(ENDED)
    return acts.close_notice(world.officer("孙审核"), case.ref)


def picture(case: Application) -> str:
    """A scan laid into the case's folder."""
    return files.store(
        b"%PDF-1.4\n%%EOF\n",
        name="公示栏.pdf",
        document_class="notice",
        subject_kind="application",
        subject_ref=case.ref,
        staff_id=None,
        staff_name="",
        account_id=None,
        office_code=TOWNSHIP,
    ).ref


def test_a_case_walks_from_opinion_to_assistance(world: World, case: Application, travel: Travel) -> None:
    after = deciding(world, case, travel)
    assert after.stage == Stage.DECIDING
    acts.approve(world.officer("钱确认"), case.ref, version=after.version, code=world.code("钱确认"))
    decision = queries.decision_of(case)
    assert decision is not None and decision.approve
    assert decision.amount_fen > 0 and decision.start_month == "2026-12"
    assert decision.body == "青禾街道办事处（示例）" and "示例省人民政府" in decision.basis
    award = awards.award_of(case)
    assert award is not None and award.monthly_fen == decision.amount_fen
    assert [row.person.name for row in awards.persons(award)] == ["王秀兰"]
    assert award.recertify_on == date(2027, 11, 19)
    last = acts.announce(world.officer("孙审核"), case.ref)
    assert last.stage == Stage.ON_ASSISTANCE
    codes = [paper.code for paper in papers.papers_of("application", case.ref)]
    assert codes == [
        "reckoning",
        "approval_form",
        "public_notice",
        "approval_notice",
        "amount_explanation",
        "approval_form",
        "announcement",
    ]
    assert not any(line.missing for line in queries.papers_checklist(case))


def test_every_act_leaves_one_entry(world: World, case: Application, travel: Travel) -> None:
    deciding(world, case, travel)
    done = [entry.act for entry in record.entries_of("application", case.ref)]
    assert done == ["propose", "publish_notice", "record_posting", "record_posting", "close_notice"]
    assert queries.when(case)["propose"]["by"] == "孙审核"


def test_the_opinion_is_what_was_reckoned(world: World, case: Application) -> None:
    proposed(world, case)
    opinion = queries.current_opinion(case)
    assert opinion is not None
    now = queries.reckon(case, PROPOSED)
    assert (opinion.amount_fen, opinion.members, opinion.covered) == (now.amount_fen, now.members, now.covered)
    assert now.recompute() == opinion.amount_fen
    assert opinion.digest.startswith("sha256:")


def test_an_opinion_against_the_reckoning_is_refused(world: World, case: Application) -> None:
    with pytest.raises(Refused, match="核算结果符合条件") as refusal:
        acts.propose(world.officer("孙审核"), case.ref, approve=False, reasons="不同意。")
    assert refusal.value.status == 422 and refusal.value.field == "approve"
    rich = examined(world, wage_fen=300_000, home=None, number="QH-2026-0002")
    with pytest.raises(Refused, match="不低于当地低保标准"):
        acts.propose(world.officer("孙审核"), rich.ref, approve=True, reasons="同意。")


def test_an_opinion_says_why(world: World, case: Application) -> None:
    with pytest.raises(Refused, match="审核意见和理由"):
        acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="  ")
    assert queries.opinions(case) == []


def test_the_notice_counts_seven_days_after_the_day_it_hangs(world: World, case: Application, travel: Travel) -> None:
    notice = published(world, case, travel)
    assert (notice.from_on, notice.to_on) == (PUBLISHED, PUBLISHED + timedelta(days=7))
    posted(world, case, notice, PUBLISHED)
    travel(date(2026, 11, 18))
    with pytest.raises(Refused, match="公示期到 2026-11-18 结束时届满"):
        acts.close_notice(world.officer("孙审核"), case.ref)
    travel(date(2026, 11, 19))
    assert acts.close_notice(world.officer("孙审核"), case.ref).stage == Stage.DECIDING


def test_a_late_posting_moves_the_period(world: World, case: Application, travel: Travel) -> None:
    notice = published(world, case, travel)
    travel(date(2026, 11, 13))
    posted(world, case, notice, date(2026, 11, 13))
    notice.refresh_from_db()
    assert (notice.from_on, notice.to_on) == (date(2026, 11, 13), date(2026, 11, 20))
    travel(date(2026, 11, 19))
    with pytest.raises(Refused, match="2026-11-20"):
        acts.close_notice(world.officer("孙审核"), case.ref)


def test_a_notice_nobody_hung_does_not_end(world: World, case: Application, travel: Travel) -> None:
    published(world, case, travel)
    travel(ENDED)
    with pytest.raises(Refused, match="还没有登记张贴：乡街公开栏、村（社区）公开栏"):
        acts.close_notice(world.officer("孙审核"), case.ref)


def test_a_posting_is_proven_and_comes_down_after_the_period(world: World, case: Application, travel: Travel) -> None:
    notice = published(world, case, travel)
    place = notice.places[0]
    with pytest.raises(Refused, match="张贴日期"):
        acts.record_posting(world.officer("李协理"), case.ref, notice_ref=notice.ref, place=place)
    with pytest.raises(Refused, match="还没有到"):
        acts.record_posting(world.officer("李协理"), case.ref, notice_ref=notice.ref, place=place, posted_on=ENDED)
    posted(world, case, notice, PUBLISHED)
    with pytest.raises(Refused, match="次日起方可取下"):
        acts.record_posting(
            world.officer("李协理"), case.ref, notice_ref=notice.ref, place=place, taken_down_on=PUBLISHED
        )
    travel(ENDED)
    acts.record_posting(
        world.officer("李协理"),
        case.ref,
        notice_ref=notice.ref,
        place=place,
        taken_down_on=ENDED,
        taken_down_photo_ref=picture(case),
    )
    with pytest.raises(Refused, match="不在本件的材料之中"):
        acts.record_posting(
            world.officer("李协理"),
            case.ref,
            notice_ref=notice.ref,
            place=notice.places[1],
            taken_down_on=ENDED,
            taken_down_photo_ref="photo0000002",
        )
    view = queries.notice_view(world.officer("孙审核"), notice.ref)
    assert view.postings[0].taken_down_on == ENDED and view.missing_places == []


def test_boards_mask_by_channel_and_forget_what_is_over(world: World, case: Application, travel: Travel) -> None:
    published(world, case, travel)
    assert [row.name for row in queries.board("notice", township=TOWNSHIP)] == ["王秀兰"]
    assert [row.name for row in queries.public_board("notice", VILLAGE)] == ["王*兰"]
    assert queries.public_board("notice", SECOND_VILLAGE) == []
    assert queries.public_places("notice", "990101") == {TOWNSHIP: {VILLAGE: 1}}
    travel(date(2026, 11, 18))
    assert len(queries.public_board("notice", VILLAGE)) == 1
    travel(date(2026, 11, 19))
    assert queries.public_board("notice", VILLAGE) == [] and queries.public_places("notice", "990101") == {}


def test_a_minor_is_named_by_surname_on_every_channel(world: World, travel: Travel) -> None:
    child = examined(world, minor_applicant=True, number="QH-2026-0003")
    notice = published(world, child, travel)
    rows = queries.board_rows_of(notice)
    assert rows["print"].name == rows["web"].name == "王某"
    paper = papers.paper(Notice.objects.get(pk=notice.pk).paper_ref)
    assert paper is not None and paper.data["rows"][0]["applicant"] == "王某" and "王秀兰" not in str(paper.data)


def test_notices_never_carry_more_than_the_list(world: World, case: Application, travel: Travel) -> None:
    notice = published(world, case, travel)
    paper = papers.paper(notice.paper_ref)
    assert paper is not None
    hidden = (case.applicant.identity, "5号楼", "养老金", "年老", "JBSWY")
    assert not any(word in str(paper.data) for word in hidden)
    assert set(paper.data["rows"][0]) == {"applicant", "village", "members", "category", "amount"}
