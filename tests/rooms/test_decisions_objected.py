"""A notice objected to, a new opinion, a reasoned refusal; an extension; service (D19, D21, D22)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.rooms.examined import World, build, examined
from tests.rooms.test_decisions import PROPOSED, PUBLISHED, deciding, posted, published
from yimen.base.access.refusal import Refused
from yimen.base.clocks import desk as clocks
from yimen.base.figures import queries as figures
from yimen.base.papers import desk as papers
from yimen.casework.applications.models import Application
from yimen.casework.awards import queries as awards
from yimen.casework.decisions import acts, queries
from yimen.casework.decisions.models import NoticeObjection
from yimen.casework.verification.models import Comparison
from yimen.law.standards import Book, shipped_figures
from yimen.law.terms import Stage

Travel = Callable[[date], None]
OBJECTED, ANSWERED = date(2026, 11, 13), date(2026, 11, 16)


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def case(world: World) -> Application:
    return examined(world)


def objected(world: World, case: Application, travel: Travel) -> NoticeObjection:
    notice = published(world, case, travel)
    posted(world, case, notice, PUBLISHED)
    travel(OBJECTED)
    after = acts.object_to_notice(
        world.officer("孙审核"), case.ref, content="反映其仍有工资收入。", objector="刘邻居", evidence="见其每日上班"
    )
    assert after.stage == Stage.OBJECTED
    row = queries.open_objection(case)
    assert row is not None
    return row


def answered(world: World, case: Application, travel: Travel, way: str) -> Application:
    objected(world, case, travel)
    travel(ANSWERED)
    return acts.answer_objection(world.officer("赵负责"), case.ref, way=way, reason="对收入事实有争议。")


def back_to_examining(case: Application) -> None:
    """What the investigation room does in between."""
    Application.objects.filter(pk=case.pk).update(stage=Stage.EXAMINING)


def refused(world: World, case: Application, travel: Travel) -> Application:
    """Found after the objection: income above the standard."""
    answered(world, case, travel, "reinvestigation")
    Comparison.objects.filter(item="pension").update(adopted_fen=300_000)
    back_to_examining(case)
    return acts.propose(
        world.officer("孙审核"),
        case.ref,
        approve=False,
        reasons="重新调查查实收入高于标准。",
        objection_result="异议成立。",
    )


def test_an_objector_is_protected_and_the_period_stops(world: World, case: Application, travel: Travel) -> None:
    row = objected(world, case, travel)
    assert row.objector == "刘邻居" and row.named
    paper = next(paper for paper in papers.papers_of("application", case.ref) if paper.code == "notice_objection")
    assert "刘邻居" not in str(paper.data) and paper.data["protected"] == "实名保密"
    assert clocks.running("application", case.pk, "public_notice") is None


def test_an_unnamed_objection_counts_too(world: World, case: Application, travel: Travel) -> None:
    published(world, case, travel)
    acts.object_to_notice(world.officer("孙审核"), case.ref, content="反映收入不实。")
    row = queries.open_objection(case)
    assert row is not None and not row.named and row.objector is None


@pytest.mark.parametrize(("way", "stage"), [("reinvestigation", Stage.INVESTIGATING), ("appraisal", Stage.APPRAISING)])
def test_the_head_chooses_how_an_objection_is_answered(
    world: World, case: Application, travel: Travel, way: str, stage: Stage
) -> None:
    assert answered(world, case, travel, way).stage == stage
    assert queries.current_notice(case) is None and queries.open_objection(case) is None
    assert queries.public_board("notice", case.village_id) == []


def test_a_handler_does_not_choose_and_a_way_is_needed(world: World, case: Application, travel: Travel) -> None:
    objected(world, case, travel)
    with pytest.raises(Refused, match="乡街负责人"):
        acts.answer_objection(world.officer("孙审核"), case.ref, way="appraisal", reason="有争议。")
    with pytest.raises(Refused, match="重新调查或民主评议"):
        acts.answer_objection(world.officer("赵负责"), case.ref, way="", reason="有争议。")


def test_after_an_objection_the_new_opinion_hangs_again_where_the_place_says_so(
    world: World, case: Application, travel: Travel
) -> None:
    answered(world, case, travel, "reinvestigation")
    back_to_examining(case)
    with pytest.raises(Refused, match="公示异议的处理结果"):
        acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="维持原意见。")
    after = acts.propose(
        world.officer("孙审核"), case.ref, approve=True, reasons="维持原意见。", objection_result="异议不成立。"
    )
    assert after.stage == Stage.NOTICE_READY
    assert [row.result for row in queries.objections(case)] == ["异议不成立。"]


@pytest.mark.parametrize(("value", "stage"), [(False, Stage.DECIDING), (None, None)])
def test_or_goes_on_where_it_need_not_and_waits_where_nobody_has_said(
    world: World,
    case: Application,
    travel: Travel,
    monkeypatch: pytest.MonkeyPatch,
    value: bool | None,
    stage: Stage | None,
) -> None:
    key = "notice.repeat_after_objection"
    answered(world, case, travel, "appraisal")
    back_to_examining(case)
    rows = [replace(row, value=value) if row.key == key else row for row in shipped_figures()]
    left = Book(row for row in rows if row.key != key or value is not None)
    monkeypatch.setattr(figures, "book", lambda: left)
    more = {"approve": True, "reasons": "评议认为困难属实。", "objection_result": "异议不成立。"}
    if stage is None:
        with pytest.raises(Refused, match="是否再次公示"):
            acts.propose(world.officer("孙审核"), case.ref, **more)
        return
    assert acts.propose(world.officer("孙审核"), case.ref, **more).stage == stage
    after = acts.approve(world.officer("钱确认"), case.ref, code=world.code("钱确认"))
    assert after.stage == Stage.APPROVED


def test_a_refusal_says_condition_figures_article_and_remedy(world: World, case: Application, travel: Travel) -> None:
    assert refused(world, case, travel).stage == Stage.DECIDING
    after = acts.refuse(
        world.officer("钱确认"), case.ref, code=world.code("钱确认"), reasons="家庭月人均收入高于标准。"
    )
    assert after.stage == Stage.REFUSED_TELLING and awards.award_of(case) is None
    decision = queries.decision_of(case)
    assert decision is not None and not decision.approve
    assert "不低于当地低保标准" in decision.conditions[0] and "社会救助法第十八条" in decision.articles
    paper = next(row for row in papers.papers_of("application", case.ref) if row.code == "refusal_notice")
    assert "行政复议" in paper.data["remedies"][0]
    assert {"月人均收入", "低保标准"} <= {row["item"] for row in paper.data["figures"]}
    assert any("低保边缘家庭" in line for line in paper.data["other_programmes"])
    clock = clocks.running("application", case.pk, "refusal_notice")
    assert clock is not None and clock.length == 3
    assert clocks.running("application", case.pk, "total") is None


def test_a_refusal_does_not_go_out_without_its_remedies(
    world: World, case: Application, travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(world, case, travel)
    left = Book(row for row in shipped_figures() if row.key != "remedy.text")
    monkeypatch.setattr(figures, "book", lambda: left)
    with pytest.raises(Refused, match="救济途径的表述"):
        acts.refuse(world.officer("钱确认"), case.ref, code=world.code("钱确认"), reasons="收入高于标准。")
    assert queries.decision_of(case) is None


def test_what_was_proposed_for_refusal_cannot_be_approved(world: World, case: Application, travel: Travel) -> None:
    refused(world, case, travel)
    with pytest.raises(Refused, match="审核意见是不予确认，不能予以确认"):
        acts.approve(world.officer("钱确认"), case.ref, code=world.code("钱确认"))


def test_a_refusal_is_served_with_its_receipt(world: World, case: Application, travel: Travel) -> None:
    refused(world, case, travel)
    acts.refuse(world.officer("钱确认"), case.ref, code=world.code("钱确认"), reasons="收入高于标准。")
    entries = {"how": "直接送达", "served_on": ANSWERED, "to_whom": "王秀兰", "receipt": "本人签收"}
    with pytest.raises(Refused, match="送达方式"):
        acts.serve_refusal(world.officer("陈经办"), case.ref, **{**entries, "how": ""})
    with pytest.raises(Refused, match="不能早于"):
        acts.serve_refusal(world.officer("陈经办"), case.ref, **{**entries, "served_on": OBJECTED})
    after = acts.serve_refusal(world.officer("陈经办"), case.ref, **entries)
    assert after.stage == Stage.REFUSED
    assert clocks.running("application", case.pk, "refusal_notice") is None
    paper = next(row for row in papers.papers_of("application", case.ref) if row.code == "refusal_notice")
    assert papers.services(paper).get().receipt == "本人签收"


def test_an_approval_is_served_too(world: World, case: Application, travel: Travel) -> None:
    deciding(world, case, travel)
    acts.approve(world.officer("钱确认"), case.ref, code=world.code("钱确认"))
    paper = next(row for row in papers.papers_of("application", case.ref) if row.code == "approval_notice")
    acts.serve_paper(
        world.officer("李协理"),
        case.ref,
        paper_ref=paper.ref,
        how="委托送达",
        served_on=date(2026, 11, 19),
        to_whom="王秀兰",
        receipt="本人签收",
    )
    assert papers.services(paper).count() == 1


def test_the_total_is_extended_once_by_another_person_before_it_ends(
    world: World, case: Application, travel: Travel
) -> None:
    clock = clocks.running("application", case.pk, "total")
    assert clock is not None and clock.due_on is not None
    entries = {"ground": "家庭经济状况调查难度较大", "facts": "家庭成员长期在外地务工。"}
    with pytest.raises(Refused, match="请选择延期事由"):
        acts.extend(world.officer("赵负责"), case.ref, ground="忙", facts="忙。")
    with pytest.raises(Refused, match="具体情况"):
        acts.extend(world.officer("赵负责"), case.ref, ground="其他特殊情况", facts="")
    Application.objects.filter(pk=case.pk).update(handler=world.staff["赵负责"])
    with pytest.raises(Refused, match="经办人以外的人"):
        acts.extend(world.officer("赵负责"), case.ref, **entries)
    acts.extend(world.officer("钱确认"), case.ref, **entries)
    row = queries.extensions(case)[0]
    assert row.new_due > row.old_due == clock.due_on and queries.total_due(case) == row.new_due
    with pytest.raises(Refused, match="已经延期一次"):
        acts.extend(world.officer("钱确认"), case.ref, **entries)


def test_after_the_last_day_there_is_no_extension(world: World, case: Application, travel: Travel) -> None:
    travel(date(2026, 12, 20))
    with pytest.raises(Refused, match="届满后不能再延期"):
        acts.extend(world.officer("赵负责"), case.ref, ground="公示有异议", facts="需重新调查。")
