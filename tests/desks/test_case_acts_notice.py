"""The pages of the public notice: begun, hung, objected to, answered, closed; the township's list; the announcement."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.desks.case_hands import aide, code_of, do, handler, head, send, text, url
from tests.desks.test_case_acts_decide import ENDED, proposed
from tests.rooms.world import TOWNSHIP, World
from yimen.casework.awards import queries as awards
from yimen.casework.decisions import queries
from yimen.law.calendar import today
from yimen.law.identity import mask_name
from yimen.law.terms import Role, Stage

Travel = Callable[[date], None]
BOARD, VILLAGE_BOARD = "乡街公开栏", "村（社区）公开栏"


def published(world: World) -> Any:
    return do(handler(world), proposed(world), "publish_notice")


def place(case: Any, name: str) -> str:
    notice = queries.current_notice(case)
    assert notice is not None
    return f"{notice.ref}|{name}"


def posted(world: World, case: Any, **more: Any) -> Any:
    case = do(handler(world), case, "record_posting", posting__place=place(case, BOARD), **more)
    return do(aide(world), case, "record_posting", posting__place=place(case, VILLAGE_BOARD))


def picture() -> SimpleUploadedFile:
    """A small photograph."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, "JPEG")
    return SimpleUploadedFile("板报.jpg", made.getvalue(), "image/jpeg")


def test_what_will_be_public_is_shown_before_it_is(world: World) -> None:
    case = proposed(world)
    page = text(handler(world).get(url(case, "publish_notice")))
    for expected in (case.applicant.name, mask_name(case.applicant.name), "7", BOARD, "异议电话"):
        assert expected in page
    assert case.applicant.identity not in page
    case = do(handler(world), case, "publish_notice")
    assert case.stage == Stage.ON_NOTICE


def test_the_village_hangs_it_without_a_picture_and_with_one(world: World) -> None:
    case, client = published(world), aide(world)
    home = text(client.get("/village/"))
    assert f"张贴：{BOARD}、{VILLAGE_BOARD}" in home
    answer = send(client, case, "record_posting", posting__place=place(case, VILLAGE_BOARD))
    assert (answer.status_code, answer.url) == (302, "/village/")
    do(handler(world), case, "record_posting", posting__place=place(case, BOARD), posting__photo=picture())
    notice = queries.current_notice(case)
    assert notice is not None
    assert {row.place: bool(row.photo_ref) for row in notice.postings.all()} == {VILLAGE_BOARD: False, BOARD: True}
    assert "没有要走访的家庭" in text(client.get("/village/"))


def test_a_posting_tomorrow_is_refused_at_the_day(world: World) -> None:
    case = published(world)
    answer = send(
        handler(world), case, "record_posting", posting__place=place(case, BOARD), posting__day="2026-11-25"
    )  # fmt: skip
    assert answer.status_code == 422
    assert "还没有到" in text(answer)
    assert answer.context["sections"][0].form.errors["day"]


def test_a_file_that_is_no_picture_is_refused_at_its_field(world: World) -> None:
    case = published(world)
    wrong = SimpleUploadedFile("板报.jpg", b"not a picture", "image/jpeg")
    answer = send(handler(world), case, "record_posting", posting__place=place(case, BOARD), posting__photo=wrong)
    assert answer.status_code == 422
    assert "不认识这个文件的内容" in str(answer.context["sections"][0].form.errors["photo"])


def test_it_does_not_close_before_its_time(world: World, travel: Travel) -> None:
    case = posted(world, published(world))
    early = send(handler(world), case, "close_notice")
    assert early.status_code == 409
    assert "公示期到 2026-12-01 结束时届满" in text(early)
    travel(ENDED)
    case = do(handler(world), case, "close_notice")
    assert case.stage == Stage.DECIDING
    assert f"取下：{BOARD}、{VILLAGE_BOARD}" in text(aide(world).get("/village/"))
    do(aide(world), case, "record_posting", posting__place=place(case, BOARD))
    notice = queries.current_notice(case)
    assert notice is not None
    assert notice.postings.get(place=BOARD).taken_down_on == today()


def test_an_objection_leads_back_and_is_closed_by_the_new_opinion(world: World) -> None:
    case = posted(world, published(world))
    empty = send(handler(world), case, "object_to_notice", objection__evidence="见其每日上班。")
    assert empty.status_code == 422
    assert "见其每日上班。" in text(empty)
    case = do(
        handler(world), case, "object_to_notice", objection__content="反映其有工资收入。", objection__objector="刘邻居"
    )
    assert case.stage == Stage.OBJECTED
    page = text(head(world).get(url(case, "answer_objection")))
    assert "反映其有工资收入。" in page
    assert "刘邻居" not in page
    case = do(head(world), case, "answer_objection", answer__way="appraisal", answer__reason="对收入有争议。")
    assert case.stage == Stage.APPRAISING
    assert "撤下" in text(handler(world).get("/township/notices/"))


def test_the_list_shows_what_waits_hangs_and_was_announced(world: World, travel: Travel) -> None:
    case = proposed(world)
    client = handler(world)
    assert f"/case/{case.ref}/publish_notice/" in text(client.get("/township/notices/"))
    case = do(client, case, "publish_notice")
    page = text(client.get("/township/notices/?kind=notice&state=running"))
    assert "剩 7 天" in page
    assert f"缺 {BOARD}、{VILLAGE_BOARD}" in page
    case = posted(world, case)
    travel(ENDED)
    case = do(handler(world), case, "close_notice")
    case = do(head(world), case, "approve", code=code_of(world, Role.HEAD, TOWNSHIP))
    assert f"/case/{case.ref}/announce/" in text(handler(world).get("/township/notices/?kind=announcement"))
    case = do(handler(world), case, "announce")
    assert case.stage == Stage.ON_ASSISTANCE
    page = text(handler(world).get("/township/notices/?kind=announcement"))
    assert case.applicant.name in page
    assert awards.award_of(case) is not None


def test_the_list_costs_the_same_for_many(world: World, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        published(world)
    client = handler(world)
    with django_assert_max_num_queries(20):
        assert text(client.get("/township/notices/")).count('/record_posting/">登记张贴') == 3


def test_an_empty_list_says_why(world: World) -> None:
    assert "当前没有公示" in text(handler(world).get("/township/notices/"))
    assert "当前没有公布" in text(handler(world).get("/township/notices/?kind=announcement"))
    assert aide(world).get("/township/notices/").status_code == 403
