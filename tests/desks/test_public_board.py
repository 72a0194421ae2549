"""The notice board for everybody: by place only, masked for its channel, gone when it is over, never too fast."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.rooms.examined import SECOND_VILLAGE, TOWNSHIP, VILLAGE, World, build, examined
from yimen.casework.applications.models import Application
from yimen.casework.decisions import acts, queries
from yimen.casework.decisions.models import Notice
from yimen.desks.public import throttle
from yimen.desks.public.screen import key_of, screen_url
from yimen.law.calendar import now

pytestmark = pytest.mark.django_db
Travel = Callable[[date], None]
PROPOSED, LAST, OVER = date(2026, 11, 10), date(2026, 11, 18), date(2026, 11, 19)
BOARD = reverse("public:board", args=[TOWNSHIP, VILLAGE, "notice"])
# Runs of digits as long as an identity number or an account (B19).
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{16,19})(?![0-9A-Za-z])")


@pytest.fixture
def world(travel: Travel) -> World:
    throttle.forget()
    travel(PROPOSED)
    return build()


@pytest.fixture
def notice(world: World, travel: Travel) -> Notice:
    """王秀兰 of 站前社区 hangs from 11 to 18 November."""
    return hung(world, examined(world), travel)


def hung(world: World, case: Application, travel: Travel) -> Notice:
    acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="收入低于标准，财产符合规定。")
    travel(date(2026, 11, 11))
    acts.publish_notice(world.officer("孙审核"), case.ref)
    found = queries.current_notice(case)
    assert found is not None and found.to_on == LAST
    return found


def text(client: Client, url: str, status: int = 200) -> str:
    answer: Any = client.get(url)
    assert answer.status_code == status, url
    return str(answer.content.decode())


def test_one_walks_from_township_to_village(client: Client, notice: Notice) -> None:
    assert reverse("public:township", args=[TOWNSHIP]) in text(client, reverse("public:places"))
    village = text(client, reverse("public:township", args=[TOWNSHIP]))
    assert BOARD in village and "站前社区（1）" in village and "河东社区" in village
    assert "王*兰" in text(client, BOARD)
    empty = text(client, reverse("public:board", args=[TOWNSHIP, SECOND_VILLAGE, "notice"]))
    assert "当前没有公示。" in empty and "王" not in empty


def test_the_web_masks_and_says_nothing_else(client: Client, notice: Notice) -> None:
    page = text(client, BOARD)
    assert "王秀兰" not in page and notice.application.number not in page and notice.application.ref not in page
    assert not LONG_NUMBER.search(page)
    for secret in ("养老金", "年老", "因病", notice.application.applicant.identity[-4:]):
        assert secret not in page


def test_there_is_no_search_and_nothing_to_take_away(client: Client, notice: Notice) -> None:
    page = text(client, BOARD)
    assert "<form" not in page and "<input" not in page and ".pdf" not in page and "download" not in page
    assert "王*兰" in text(client, f"{BOARD}?q=没有这个人")


def test_no_search_engine_and_no_cache_keeps_it(client: Client, notice: Notice) -> None:
    answer = client.get(BOARD)
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive" and answer["Cache-Control"] == "no-store"
    assert 'name="robots" content="noindex' in answer.content.decode()


def test_a_minor_stands_by_surname(client: Client, notice: Notice) -> None:
    Notice.objects.update(applicant_is_minor=True)
    for url in (BOARD, screen_url(TOWNSHIP)):
        page = text(client, url)
        assert "王某" in page and "王*兰" not in page and "王秀兰" not in page


def test_what_is_over_is_gone_on_the_day(client: Client, notice: Notice, travel: Travel) -> None:
    own = reverse("public:notice", args=[notice.ref])
    travel(LAST)
    assert "王*兰" in text(client, own) and "王*兰" in text(client, BOARD)
    travel(OVER)
    text(client, own, 404)
    assert "当前没有公示。" in text(client, BOARD)
    assert "当前没有公示和公布的内容。" in text(client, screen_url(TOWNSHIP))


def test_what_is_withdrawn_is_gone_at_once(client: Client, notice: Notice) -> None:
    Notice.objects.update(withdrawn_on=date(2026, 11, 11))
    text(client, reverse("public:notice", args=[notice.ref]), 404)
    assert "王" not in text(client, BOARD)


@pytest.mark.parametrize(
    "url",
    [
        "/public/990102001/",
        "/public/nowhere/",
        f"/public/{TOWNSHIP}/990101002001/notice/",
        f"/public/{TOWNSHIP}/{VILLAGE}/opinion/",
        "/public/notice/000000000000/",
    ],
)
def test_another_place_is_not_found(client: Client, world: World, url: str) -> None:
    text(client, url, 404)


def test_notice_and_announcement_stand_apart(client: Client, notice: Notice) -> None:
    Notice.objects.update(kind="announcement")
    assert "当前没有公示。" in text(client, BOARD)
    other = text(client, reverse("public:board", args=[TOWNSHIP, VILLAGE, "announcement"]))
    assert "王*兰" in other and "拟月保障金" not in other


def test_the_phones_stand_at_the_foot(client: Client, notice: Notice) -> None:
    foot = text(client, BOARD).partition("<footer")[2]
    assert "000-5550-2001" in foot and "000-5550-3000" in foot and "12345" in foot


def test_the_screen_names_the_applicant_and_needs_its_key(client: Client, notice: Notice) -> None:
    page = text(client, screen_url(TOWNSHIP))
    assert "王秀兰" in page and "第 1 页，共 1 页" in page and 'http-equiv="refresh"' in page
    assert not LONG_NUMBER.search(page)
    assert "王秀兰" in text(client, screen_url(VILLAGE))
    text(client, reverse("public:screen", args=[TOWNSHIP, "guessed"]), 404)
    text(client, reverse("public:screen", args=[SECOND_VILLAGE, key_of(VILLAGE)]), 404)


def test_the_screen_turns_twelve_rows_at_a_time(client: Client, notice: Notice) -> None:
    rows = [Notice.objects.get() for _ in range(13)]
    for number, row in enumerate(rows):
        row.pk, row.ref, row.applicant, row._state.adding = None, f"row{number:09d}", f"李甲{number}", True
    Notice.objects.bulk_create(rows)
    first = text(client, screen_url(TOWNSHIP))
    second = text(client, f"{screen_url(TOWNSHIP)}?page=2")
    assert first.count("<tr>") == 13 and second.count("<tr>") == 3
    assert "?page=2" in first and "?page=1" in second and "第 2 页，共 2 页" in second
    for odd in ("0", "3", "99999999999999999999", "x", "-1", "²"):
        assert "第 1 页" in text(client, f"{screen_url(TOWNSHIP)}?page={odd}")


def test_an_officer_is_led_to_the_screen_of_the_own_place(world: World, client: Client) -> None:
    client.force_login(world.staff["陈经办"].accounts.get())
    session = client.session
    session["started"] = now().isoformat()
    session.save()
    assert client.get(reverse("public:own_screen"))["Location"] == screen_url(TOWNSHIP)


def test_the_large_type_stays_chosen(client: Client, notice: Notice) -> None:
    answer = client.get(reverse("size"), {"to": "larger", "back": BOARD})
    assert answer["Location"] == BOARD
    assert 'class="public larger"' in text(client, BOARD)


def test_a_list_takes_as_many_queries_for_one_row_as_for_twenty(client: Client, notice: Notice) -> None:
    _queries(client)  # what stands still is asked once and kept
    alone = _queries(client)
    rows = [Notice.objects.get(pk=notice.pk) for _ in range(20)]
    for number, row in enumerate(rows):
        row.pk, row.ref, row._state.adding = None, f"row{number:09d}", True
    Notice.objects.bulk_create(rows)
    assert _queries(client) == alone


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as caught:
        client.get(BOARD)
    return len(caught)


def test_more_than_sixty_a_minute_is_told_to_wait(client: Client, notice: Notice) -> None:
    for _ in range(throttle.MOST):
        assert client.get(BOARD).status_code == 200
    answer = client.get(BOARD)
    assert answer.status_code == 429 and answer["Retry-After"] == "60"
    assert "已暂停一分钟" in answer.content.decode()
    assert client.get(BOARD, REMOTE_ADDR="198.51.100.9").status_code == 200


def test_the_count_weighs_the_minute_before(settings: Any) -> None:
    throttle.forget()
    assert not any(throttle.too_many("a", 59.0) for _ in range(60))
    assert throttle.too_many("a", 60.0)  # the whole of the minute before still counts
    assert not throttle.too_many("b", 60.0)
    assert not throttle.too_many("a", 119.0)
    assert not throttle.too_many("a", 400.0)


def test_who_asks_is_known_behind_the_proxy_and_not_made_up(settings: Any, rf: Any) -> None:
    forged = rf.get("/", REMOTE_ADDR="203.0.113.5", headers={"X-Forwarded-For": "1.1.1.1, 198.51.100.7"})
    settings.YIMEN_TLS = False
    assert throttle.address(forged) == "203.0.113.5"
    settings.YIMEN_TLS = True
    assert throttle.address(forged) == "198.51.100.7"
    six = rf.get("/", headers={"X-Forwarded-For": "2001:db8:1:2:3::4"})
    assert throttle.address(six) == "2001:db8:1:2::/64"
