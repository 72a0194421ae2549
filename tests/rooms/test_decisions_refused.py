"""Who may not decide, what must not be decided, and every refusal in a sentence that helps (K7, K8, K17, K18, K36)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from django.db import Error, connection, connections, transaction

from tests.rooms.examined import TOWNSHIP, World, build, delegate, examined, relate
from tests.rooms.test_decisions import ENDED, PROPOSED, PUBLISHED, deciding, posted, proposed, published
from yimen.base.access import second
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.clocks import desk as clocks
from yimen.base.figures import queries as figures
from yimen.base.figures.models import FigureVersion
from yimen.base.offices.models import Area, Office
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications.models import Application, Expense, Income
from yimen.casework.decisions import acts, queries
from yimen.casework.decisions.models import Decision, Opinion
from yimen.casework.investigation.models import HomeVisit
from yimen.casework.verification.models import Comparison
from yimen.law.calendar import now, travel as travelling
from yimen.law.standards import Book, shipped_figures
from yimen.law.terms import Stage

Travel = Callable[[date], None]


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def case(world: World) -> Application:
    return examined(world)


def approve(world: World, case: Application, name: str = "钱确认") -> Application:
    return acts.approve(world.officer(name), case.ref, code=world.code(name))


def sentence(world: World, case: Application, name: str = "钱确认") -> Refused:
    with pytest.raises(Refused) as refusal:
        approve(world, case, name)
    assert queries.decision_of(case) is None
    return refusal.value


def release(key: str, value: object, world: World, *, unit: str = "text", since: date = PROPOSED) -> None:
    """A figure of the district, proposed by one and released by another."""
    FigureVersion.objects.create(
        key=key,
        area_id="990101",
        value=value,
        unit=unit,
        valid_from=since,
        document="示例文号 99号",
        proposed_by=world.staff["周区办"],
        proposed_at=now(),
        released_by=world.staff["吴区确认"],
        released_at=now(),
    )


# -- persons -----------------------------------------------------------------------------


def test_an_investigator_does_not_decide(world: World, case: Application, travel: Travel) -> None:
    HomeVisit.objects.get().investigators.add(world.staff["钱确认"])
    deciding(world, case, travel)
    refused = sentence(world, case)
    assert refused.code == "separation" and "调查" in refused.sentence and refused.status == 403


def test_who_proposed_does_not_decide(world: World, case: Application, travel: Travel) -> None:
    acts.propose(world.officer("赵负责"), case.ref, approve=True, reasons="收入低于标准。")
    acts_deciding(world, case, travel)
    refused = sentence(world, case, "赵负责")
    assert "审核意见拟定人" in refused.sentence
    assert approve(world, case).stage == Stage.APPROVED


def acts_deciding(world: World, case: Application, travel: Travel) -> None:
    """From an opinion already put down to the decider's desk."""
    travel(PUBLISHED)
    acts.publish_notice(world.officer("孙审核"), case.ref)
    notice = queries.current_notice(case)
    assert notice is not None
    posted(world, case, notice, PUBLISHED)
    travel(ENDED)
    acts.close_notice(world.officer("孙审核"), case.ref)


def test_a_relative_does_not_decide(world: World, case: Application, travel: Travel) -> None:
    relate(world, case, "钱确认")
    deciding(world, case, travel)
    refused = sentence(world, case)
    assert refused.code == "recused" and "回避" in refused.sentence


def test_a_registered_relative_brings_the_district_to_the_home(world: World, case: Application, travel: Travel) -> None:
    relate(world, case, "钱确认")
    deciding(world, case, travel)
    assert "区级入户核查" in sentence(world, case, "赵负责").sentence
    visit = HomeVisit.objects.create(
        application=case,
        by_district=True,
        district_reason="近亲属备案",
        visited_on=ENDED,
        visited_at=time(10),
        leader=world.staff["周区办"],
        present="王秀兰",
        residents_match=True,
        conclusion="属实。",
        signed_by_investigators=True,
        signed_by_member="王秀兰",
    )
    visit.investigators.set([world.staff["周区办"]])
    assert approve(world, case, "赵负责").stage == Stage.APPROVED


def test_the_township_decides_only_from_its_day(db: None, travel: Travel) -> None:
    travel(PROPOSED)
    world = build(delegated=False)
    delegate(world, since=date(2026, 12, 1))
    case = examined(world)
    deciding(world, case, travel)
    refused = sentence(world, case)
    assert refused.code == "not_the_power" and "2026-12-01" in refused.sentence and "安澜区民政局" in refused.sentence
    assert approve(world, case, "吴区确认").stage == Stage.APPROVED
    decision = queries.decision_of(case)
    assert decision is not None and decision.body == "安澜区民政局（示例）" and not decision.delegated


def test_under_entrustment_the_department_answers(db: None, travel: Travel) -> None:
    travel(PROPOSED)
    world = build(delegated=False)
    delegate(world, mode="entrustment")
    case = examined(world)
    deciding(world, case, travel)
    approve(world, case)
    decision = queries.decision_of(case)
    assert decision is not None and decision.body == "安澜区民政局（示例）" and "受委托" in decision.basis
    notice = next(row for row in papers.papers_of("application", case.ref) if row.code == "approval_notice")
    assert notice.office_name == "安澜区民政局（示例）"


def test_the_district_clock_runs_only_where_the_district_decides(db: None, travel: Travel) -> None:
    travel(PROPOSED)
    world = build(delegated=False)
    case = examined(world)
    deciding(world, case, travel)
    assert clocks.running("application", case.pk, "district_decision") is not None
    approve(world, case, "吴区确认")
    assert clocks.running("application", case.pk, "district_decision") is None
    assert clocks.running("application", case.pk, "total") is None


# -- second factor -----------------------------------------------------------------------


def test_a_wrong_or_used_code_decides_nothing(world: World, case: Application, travel: Travel) -> None:
    deciding(world, case, travel)
    with pytest.raises(Refused, match="动态口令不正确"):
        acts.approve(world.officer("钱确认"), case.ref, code="000000")
    code = world.code("钱确认")
    acts.send_back(world.officer("钱确认"), case.ref, to="examining", reason="请补充说明。")
    acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="已补充。")
    acts.approve(world.officer("钱确认"), case.ref, code=code)
    with pytest.raises(Refused, match="已经用过一次"):
        second.spend(world.officer("钱确认").account, code)


# -- figures and facts -------------------------------------------------------------------


def unset(monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    """A district that has not set these figures yet."""
    left = Book(figure for figure in shipped_figures() if figure.key not in keys)
    monkeypatch.setattr(figures, "book", lambda: left)


def test_an_unset_figure_blocks_the_opinion_and_is_named(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    unset(monkeypatch, "dibao.standard.urban", "benefit.rounding_mode")
    trial = queries.trial(case)
    assert trial.reckoning is None and trial.unset == ("城市低保标准", "保障金的取整")
    with pytest.raises(Refused, match="城市低保标准") as refusal:
        acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="同意。")
    assert "未设置" in refusal.value.sentence and refusal.value.code == "unset"
    assert queries.opinions(case) == []


@pytest.mark.parametrize(
    ("key", "words"),
    [("seal", "决定书所用印章"), ("dibao.payment_start", "从哪个月起发放"), ("remedy.text", "救济途径的表述")],
)
def test_an_unset_figure_blocks_the_decision_and_is_named(
    world: World, case: Application, travel: Travel, monkeypatch: pytest.MonkeyPatch, key: str, words: str
) -> None:
    deciding(world, case, travel)
    unset(monkeypatch, key)
    assert words in sentence(world, case).sentence


def test_an_unset_figure_blocks_the_notice_and_is_named(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(world, case)
    unset(monkeypatch, "notice.places")
    with pytest.raises(Refused, match="公示、公布的地点"):
        acts.publish_notice(world.officer("孙审核"), case.ref)
    assert queries.notices_of(case) == []


def test_a_standard_changed_since_the_opinion_is_named(world: World, case: Application, travel: Travel) -> None:
    proposed(world, case)
    before = queries.current_opinion(case)
    acts_deciding(world, case, travel)
    release("dibao.standard.urban", 80_000, world, unit="fen/month", since=ENDED)
    refused = sentence(world, case)
    assert "城市低保标准" in refused.sentence and "800.00" in refused.sentence and "月保障金由" in refused.sentence
    acts.send_back(world.officer("钱确认"), case.ref, to="examining", reason="标准已调整，请重新核算。")
    again = acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="按新标准核算。")
    assert again.stage == Stage.NOTICE_READY, "another amount hangs in public again"
    after = queries.current_opinion(case)
    assert before is not None and after is not None and after.version == 2 and after.amount_fen > before.amount_fen


def test_a_fact_changed_since_the_opinion_is_named(world: World, case: Application, travel: Travel) -> None:
    deciding(world, case, travel)
    Comparison.objects.filter(item="pension").update(adopted_fen=40_000)
    assert "收入“养老金”由 300.00 元变为 400.00 元" in sentence(world, case).sentence


def test_what_was_published_in_full_is_not_published_again(world: World, case: Application, travel: Travel) -> None:
    deciding(world, case, travel)
    back = acts.send_back(world.officer("钱确认"), case.ref, to="examining", reason="理由写得不够。")
    assert back.stage == Stage.EXAMINING and queries.sent_back(case)[0].reason == "理由写得不够。"
    assert acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="已补写理由。").stage == Stage.DECIDING
    assert approve(world, case).stage == Stage.APPROVED


def test_the_decider_cannot_refuse_what_was_proposed_for_approval(
    world: World, case: Application, travel: Travel
) -> None:
    deciding(world, case, travel)
    with pytest.raises(Refused, match="请退回并写明理由"):
        acts.refuse(world.officer("钱确认"), case.ref, code=world.code("钱确认"), reasons="不同意。")


def test_a_decision_cannot_be_edited(world: World, case: Application, travel: Travel) -> None:
    deciding(world, case, travel)
    approve(world, case)
    for model in (Decision, Opinion):
        with pytest.raises(Error), transaction.atomic():
            model.objects.update(amount_fen=1)
        with pytest.raises(Error), transaction.atomic():
            model.objects.all()._raw_delete(using="default")


# -- two at once -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_deciders_at_one_moment_one_decides(travel: Travel) -> None:
    travel(PROPOSED)
    world = build()
    case = examined(world)
    after = deciding(world, case, travel)
    barrier, answers = threading.Barrier(2), {}

    def decide(name: str) -> None:
        try:
            with travelling(ENDED):
                officer, code = world.officer(name), world.code(name)
                barrier.wait(20)
                answers[name] = acts.approve(officer, case.ref, version=after.version, code=code)
        except Refused as refused:
            answers[name] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("钱确认", "赵负责")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 2
    refusals = [answer for answer in answers.values() if isinstance(answer, Refused)]
    assert len(refusals) == 1 and Decision.objects.count() == 1
    winner = next(name for name, answer in answers.items() if not isinstance(answer, Refused))
    assert winner in refusals[0].sentence and "予以确认" in refusals[0].sentence and refusals[0].status == 409
    assert [row.act for row in record.entries_of("application", case.ref)].count("approve") == 1
    assert connection.vendor in {"sqlite", "postgresql"}


def test_trial_shows_the_reckoning_while_the_case_is_open(world: World, case: Application) -> None:
    trial = queries.trial(case)
    assert trial.reckoning is not None and trial.reckoning.eligible and trial.unset == ()
    Income.objects.update(amount_fen=90_000)
    Comparison.objects.filter(item="pension").update(adopted_fen=90_000)
    again = queries.trial(case)
    assert again.reckoning is not None and not again.reckoning.eligible
    assert TOWNSHIP in again.reckoning.areas


def test_a_published_case_of_another_street_is_unknown(world: World, case: Application, travel: Travel) -> None:
    notice = published(world, case, travel)
    Area.objects.create(code="990101002", name="新桥街道", level="township", parent_id="990101", initials="xq")
    office = Office.objects.create(area_id="990101002", kind="township", name="新桥街道办事处（示例）", mark="新桥")
    world.hire("外街经办", office, "handler")
    with pytest.raises(Unknown):
        queries.notice_view(world.officer("外街经办"), notice.ref)
    with pytest.raises(Unknown):
        acts.close_notice(world.officer("外街经办"), case.ref)


def test_a_forbidden_number_blocks_the_notice_and_names_the_field(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(world, case)
    rows = [
        replace(row, value=f"找 {case.applicant.identity}") if row.key == "notice.objection_phone" else row
        for row in shipped_figures()
    ]
    monkeypatch.setattr(figures, "book", lambda: Book(rows))
    with pytest.raises(Refused, match="异议电话"):
        acts.publish_notice(world.officer("孙审核"), case.ref)
    assert queries.notices_of(case) == []


def test_a_page_can_ask_what_stands_in_the_way(world: World, case: Application, travel: Travel) -> None:
    assert "还不能" in queries.obstacles(world.officer("钱确认"), case, "approve")[0]
    deciding(world, case, travel)
    case.refresh_from_db()
    assert queries.obstacles(world.officer("钱确认"), case, "approve") == []
    relate(world, case, "钱确认")
    HomeVisit.objects.get().investigators.add(world.staff["钱确认"])
    words = "".join(queries.obstacles(world.officer("钱确认"), case, "approve"))
    assert "回避" in words and "调查人员" in words and "区级入户核查" in words
    assert "区级确认" not in "".join(queries.obstacles(world.officer("赵负责"), case, "send_back"))
    assert "须由" in "".join(queries.obstacles(world.officer("孙审核"), case, "approve"))


def test_the_decider_sees_what_would_be_otherwise(world: World, case: Application) -> None:
    assert queries.alternatives(case) == []
    Expense.objects.create(
        application=case, person=case.applicant, kind="medical", label="门诊", amount_fen=20_000, period="month"
    )
    found = queries.alternatives(case)
    assert [row.label for row in found] == ["若不作支出扣减"]
    trial = queries.trial(case)
    assert trial.reckoning is not None and found[0].amount_fen < trial.reckoning.amount_fen


def test_the_form_grows_with_the_case(world: World, case: Application, travel: Travel) -> None:
    assert queries.approval_blocks(case)["township_opinion"] == {}
    deciding(world, case, travel)
    approve(world, case)
    blocks = queries.approval_blocks(case)
    assert blocks["public_notice"]["result"] == "无异议" and blocks["appraisal"]["result"] == "无争议，不评议"
    assert blocks["decision"]["person"] == "孙审核" and blocks["decision"]["leader"] == "钱确认"
    assert "陈经办" in blocks["investigation"]["person"]
