"""办理进度: the code alone opens nothing; the page says where one's own case stands, and nothing about anybody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.rooms.world import TOWNSHIP, World, applied, make_world, member
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications import acts
from yimen.desks.public import throttle, walked
from yimen.desks.public.models import ProgressTry
from yimen.desks.shared.paperviews import note_case_read
from yimen.law.calendar import ZONE, today
from yimen.law.terms import Relation

pytestmark = pytest.mark.django_db
Travel = Callable[[datetime], None]
START = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{16,19})(?![0-9A-Za-z])")


@pytest.fixture
def world(travel: Travel) -> World:
    throttle.forget()
    travel(START)
    return make_world()


@pytest.fixture
def case(world: World) -> Any:
    people = [
        member(world.crowd.person(today(), 62, 70), work_capacity="lost"),
        member(world.crowd.person(today(), 62, 70), Relation.SPOUSE, work_capacity="lost"),
    ]
    return applied(world, members=people)


def url(case: Any) -> str:
    return reverse("public:progress", args=[case.progress_code])


def last_four(case: Any) -> str:
    return str(case.applicant.identity[-4:])


def wrong(case: Any) -> str:
    return "0000" if last_four(case) != "0000" else "1111"


def opened(client: Client, case: Any) -> str:
    assert client.post(url(case), {"last_four": last_four(case)}).status_code == 302
    answer: Any = client.get(url(case))
    return str(answer.content.decode())


def test_the_address_alone_opens_nothing(client: Client, case: Any) -> None:
    page = client.get(url(case)).content.decode()
    assert "身份证号后 4 位" in page and case.number not in page and case.applicant.name not in page


def test_the_right_four_open_it_and_never_stand_in_the_address(client: Client, case: Any) -> None:
    answer = client.post(url(case), {"last_four": f" {last_four(case).lower()}"})
    assert answer.status_code == 302 and answer["Location"] == url(case)
    assert last_four(case) not in answer["Location"].rpartition("/p/")[2].replace(case.progress_code, "")
    page = client.get(url(case)).content.decode()
    assert (
        "办到哪一步" in page and "2026-11-24" in page and "下一步：提请信息核对，由安澜区青禾街道办事处办理。" in page
    )
    assert "000-5550-1000" in page


def test_the_page_keeps_incomes_members_and_numbers_to_itself(client: Client, case: Any) -> None:
    page = opened(client, case)
    assert case.applicant.name not in page and not LONG_NUMBER.search(page)
    spouse = case.household.memberships.exclude(person=case.applicant).get().person
    for secret in (spouse.name, "143.00", "1,200.00", "养老金", "9900000000000000018", last_four(case)):
        assert secret not in page.replace(case.progress_code, "").replace(case.number, "")
    assert not any(entry.staff_name in page for entry in record.entries_of("application", case.ref))


def test_code_and_four_may_be_typed(client: Client, case: Any) -> None:
    ask = reverse("public:ask")
    assert "查询码" in client.get(ask).content.decode()
    answer = client.post(ask, {"code": case.progress_code.upper(), "last_four": last_four(case)})
    assert answer.status_code == 302 and answer["Location"] == url(case)
    assert client.post(ask, {"code": "", "last_four": ""}).status_code == 422


def test_wrong_and_unknown_are_answered_alike(client: Client, case: Any) -> None:
    answers = []
    for address in (url(case), reverse("public:progress", args=["0bcd5fghjkmn"])):
        answer = client.post(address, {"last_four": wrong(case)})
        answers.append((answer.status_code, "未找到，请核对回执上的查询码" in answer.content.decode()))
    assert answers == [(422, True), (422, True)]
    assert client.post(url(case), {"last_four": ""}).status_code == 422


def test_five_wrong_answers_close_it_for_an_hour(client: Client, case: Any, travel: Travel) -> None:
    for _ in range(4):
        assert client.post(url(case), {"last_four": wrong(case)}).status_code == 422
    answer = client.post(url(case), {"last_four": wrong(case)})
    assert answer.status_code == 403 and "错误次数过多，请于 10:00 后再试。" in answer.content.decode()
    elsewhere = Client()
    assert elsewhere.post(url(case), {"last_four": last_four(case)}).status_code == 403
    assert elsewhere.get(url(case)).status_code == 403
    travel(START + timedelta(minutes=59))
    assert elsewhere.post(url(case), {"last_four": last_four(case)}).status_code == 403
    travel(START + timedelta(minutes=61))
    assert elsewhere.post(url(case), {"last_four": last_four(case)}).status_code == 302


def test_closing_is_the_same_for_a_code_that_does_not_exist(client: Client, world: World) -> None:
    nowhere = reverse("public:progress", args=["0bcd5fghjkmn"])
    told = [client.post(nowhere, {"last_four": "0000"}).status_code for _ in range(6)]
    assert told == [422, 422, 422, 422, 403, 403]


def test_a_right_answer_wipes_the_wrong_ones_and_old_ones_lapse(client: Client, case: Any, travel: Travel) -> None:
    for _ in range(4):
        client.post(url(case), {"last_four": wrong(case)})
    opened(client, case)
    assert not ProgressTry.objects.exists()
    for _ in range(4):
        client.post(url(case), {"last_four": wrong(case)})
    travel(START + timedelta(minutes=61))
    client.post(url(case), {"last_four": wrong(case)})
    assert ProgressTry.objects.get().wrong == 1


def test_it_stays_open_a_quarter_of_an_hour_in_this_browser(client: Client, case: Any, travel: Travel) -> None:
    opened(client, case)
    assert "办到哪一步" not in Client().get(url(case)).content.decode()
    travel(START + timedelta(minutes=14))
    assert "办到哪一步" in client.get(url(case)).content.decode()
    travel(START + timedelta(minutes=16))
    assert "办到哪一步" not in client.get(url(case)).content.decode()


def test_the_reader_may_close_it(client: Client, case: Any) -> None:
    opened(client, case)
    assert client.post(reverse("public:leave", args=[case.progress_code])).status_code == 302
    assert "办到哪一步" not in client.get(url(case)).content.decode()


def test_one_code_opens_no_other_case(client: Client, world: World, case: Any) -> None:
    other = applied(world)
    opened(client, case)
    assert "办到哪一步" not in client.get(url(other)).content.decode()


def test_own_letters_are_there_as_pdf_and_nothing_else(client: Client, world: World, case: Any) -> None:
    page = opened(client, case)
    issued = list(papers.papers_of("application", case.ref))
    receipt = next(row for row in issued if row.code == "application_receipt")
    letter = reverse("public:letter", args=[case.progress_code, receipt.ref])
    assert letter in page
    answer = client.get(letter)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"
    for row in issued:
        if row.code not in walked.LETTERS:
            assert client.get(reverse("public:letter", args=[case.progress_code, row.ref])).status_code == 404
    other = applied(world)
    foreign = papers.papers_of("application", other.ref).filter(code="application_receipt").get()
    assert client.get(reverse("public:letter", args=[case.progress_code, foreign.ref])).status_code == 404
    assert Client().get(letter).status_code == 302


def test_who_looked_is_told_by_office_purpose_and_day(client: Client, world: World, case: Any) -> None:
    officer = world.handler()
    for _ in range(2):
        note_case_read(officer, case, "办理本案", "page")
    page = opened(client, case)
    assert "青禾街道：办理本案 2 次" in page and officer.staff.name not in page
    assert "凭查询码查询" in page


def test_an_ended_case_says_how_it_ended(world: World, case: Any) -> None:
    assert "下一步" in walked.next_step(case)
    ended = acts.end_procedure(world.head(), case.ref, withdrawn=True, reason="本人书面申请撤回。")
    assert walked.next_step(ended).startswith("办理程序已终止")
    assert {step.state for step in walked.steps(ended)} <= {"done", "skipped"}


def test_the_way_to_object_is_one_click_away(client: Client, case: Any) -> None:
    remedy = reverse("public:remedy", args=[TOWNSHIP])
    assert remedy in opened(client, case)
    page = client.get(remedy).content.decode()
    assert "行政复议" in page and "12345" in page
