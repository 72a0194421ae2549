"""The pages of opinion, decision and service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.desks.case_hands import code_of, do, handler, head, of, send, text, told, url
from tests.desks.district_hands import at
from tests.rooms.checking import accepted, taken_in
from tests.rooms.visiting import concluded, visited
from tests.rooms.world import NOT_YET, TOWNSHIP, World, applied
from yimen.base.papers import desk as papers
from yimen.casework.applications.entries import IncomeEntry
from yimen.casework.decisions import acts, queries
from yimen.casework.investigation import acts as investigation
from yimen.casework.verification import acts as verification
from yimen.casework.verification.queries import open_lines
from yimen.law.calendar import today
from yimen.law.terms import Role, Stage

Travel = Callable[[date], None]
ENDED = date(2026, 12, 2)


def proposed(world: World, case: Any = None) -> Any:
    case = case or concluded(world)
    found = queries.trial(case).reckoning
    assert found is not None
    return acts.propose(world.handler(number=1), case.ref, approve=found.eligible, reasons=found.proposal)


def deciding(world: World, travel: Travel, case: Any = None) -> Any:
    """A case hung and not objected to, before its decision; the day is over."""
    case = proposed(world, case)
    if case.stage == Stage.DECIDING:
        return case
    acts.publish_notice(world.handler(), case.ref)
    notice = queries.current_notice(case)
    assert notice is not None
    for place in notice.places:
        acts.record_posting(world.handler(), case.ref, notice_ref=notice.ref, place=place, posted_on=today())
    travel(ENDED)
    return acts.close_notice(world.handler(), case.ref)


def rich(world: World, fen: int = 300_000) -> Any:
    """A case whose pension lies above the standard."""
    case = accepted(world, truth={}, incomes=[IncomeEntry("transfer", "pension", "养老金", fen, "month")])
    for line in open_lines(case):
        verification.settle_difference(
            world.handler(), case.ref, comparison_ref=line.ref, treatment="accept_declared", note="本人申报，附存折。"
        )
    case = visited(world, case)
    return investigation.conclude_investigation(world.handler(), case.ref, disputed=False, reason="没有争议。")


def test_the_opinion_opens_with_what_the_program_proposes(world: World) -> None:
    case, client = concluded(world), handler(world)
    page = client.get(url(case, "propose"))
    words = text(page)
    assert "金额怎么算出来的" in words
    assert "核对结果已全部返回" in words
    assert "建议确认同意" in words
    case = do(client, case, "propose")
    assert case.stage == Stage.NOTICE_READY
    opinion = queries.current_opinion(case)
    assert opinion is not None
    assert opinion.approve


def test_an_opinion_against_the_figures_is_refused_at_its_field(world: World) -> None:
    case = concluded(world)
    answer = send(handler(world), case, "propose", opinion__approve="no", opinion__reasons="我看不行。")
    assert answer.status_code == 422
    assert "核算结果符合条件，不能提出不予确认的意见" in text(answer)
    assert "我看不行。" in text(answer)


def test_the_head_decides_with_a_fresh_code(world: World, travel: Travel) -> None:
    case = deciding(world, travel)
    client = head(world)
    words = text(client.get(url(case, "approve")))
    for expected in (
        "确认决定",
        "拟予以确认",
        "没有担任本件的调查人员",
        "没有担任本件的审核意见拟定人",
        "公示已满",
        "动态口令",
    ):
        assert expected in words
    assert f"/case/{case.ref}/refuse/" in words
    assert f"/case/{case.ref}/send_back/" in words
    wrong = send(client, case, "approve", code="000000", decide__reasons="同意。")
    assert wrong.status_code == 422
    assert "动态口令不正确或已过期" in text(wrong)
    assert "同意。" in text(wrong)
    case = do(client, case, "approve", code=code_of(world, Role.HEAD, TOWNSHIP))
    assert case.stage == Stage.APPROVED


def test_who_investigated_sees_why_another_must_decide(world: World, travel: Travel) -> None:
    people = [world.head().staff.ref, world.aide().staff.ref]
    case = visited(world, accepted(world), investigators=people, leader=people[0])
    case = investigation.conclude_investigation(world.handler(), case.ref, disputed=False, reason="没有争议。")
    case = deciding(world, travel, case)
    client = head(world)
    assert "您在其中，须由另一位负责人办理" in text(client.get(url(case, "approve")))
    answer = send(client, case, "approve", code=code_of(world, Role.HEAD, TOWNSHIP))
    assert answer.status_code == 403
    assert "您是本件的调查人员" in text(answer)


def test_a_case_goes_back_with_its_reason(world: World, travel: Travel) -> None:
    case, client = deciding(world, travel), head(world)
    assert send(client, case, "send_back", decide__to="examining").status_code == 422
    case = do(client, case, "send_back", decide__to="examining", decide__reason="重新核对养老金。")
    assert case.stage == Stage.EXAMINING
    assert "重新核对养老金。" in text(handler(world).get(url(case, "propose")))


def test_a_refusal_is_reasoned_and_served(world: World, travel: Travel) -> None:
    case, client = deciding(world, travel, rich(world)), head(world)
    assert case.stage == Stage.DECIDING
    assert "请按“不予确认”办理" in text(client.get(url(case, "approve")))
    words = text(client.get(url(case, "refuse")))
    assert "低保标准" in words
    case = do(client, case, "refuse", code=code_of(world, Role.HEAD, TOWNSHIP))
    assert case.stage == Stage.REFUSED_TELLING
    assert "不予确认" in text(handler(world).get(url(case, "serve_refusal")))
    case = do(handler(world), case, "serve_refusal")
    assert case.stage == Stage.REFUSED


def test_papers_are_served_one_by_one(world: World) -> None:
    case, client = proposed(world), handler(world)
    paper = papers.papers_of("application", case.ref).filter(code="acceptance_notice").get()
    assert send(client, case, "serve_paper").status_code == 422
    do(client, case, "serve_paper", service__paper_ref=paper.ref, service__how="直接送达")
    assert [row.to_whom for row in papers.services(paper)] == [case.applicant.name]
    assert "已于 2026-11-24 送达" in text(client.get(url(case, "serve_paper")))


def test_the_limit_is_lengthened_by_somebody_else(world: World) -> None:
    case, client = concluded(world), head(world)
    assert "人户分离" in text(client.get(url(case, "extend")))
    do(client, case, "extend", extend__ground="人户分离", extend__facts="户籍在外区，核查需时。")
    assert len(queries.extensions(case)) == 1
    again = send(client, case, "extend", extend__ground="人户分离", extend__facts="再延。")
    assert again.status_code == 409
    assert "已经延期一次" in text(again)


def test_before_the_delegation_the_township_reads_who_decides(world: World) -> None:
    case = accepted_at(world, f"{NOT_YET}001")
    page = text(of(world, Role.DISTRICT_DECIDER).get(url(case, "extend")))
    assert "现有期限" in page
    answer = send(
        at(world, Role.HEAD, code=NOT_YET), case, "extend", extend__ground="人户分离", extend__facts="核查需时。"
    )
    assert answer.status_code == 403, told(answer)
    assert "确认权限自 2026-12-01 起移交" in told(answer)[0]


def accepted_at(world: World, village: str) -> Any:
    """An accepted case of a village whose township does not decide yet."""
    officer = world.handler(village[:9])
    case = applied(world, officer, village=village)
    verification.request_check(officer, case.ref)
    batch = verification.send_checks(world.at_district(Role.CHECKER))
    taken_in(world, batch)
    return verification.accept(officer, case.ref)


def test_a_decision_page_without_opinion_says_so(world: World) -> None:
    case = concluded(world)
    assert "本件还没有审核意见" in text(head(world).get(url(case, "approve")))
    answer = send(head(world), case, "approve", code="123456")
    assert answer.status_code == 409
    assert "还不能（或不再需要）办理" in text(answer)
    assert of(world, Role.DISTRICT_DECIDER).get(url(case, "approve")).status_code == 200
