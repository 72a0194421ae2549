"""Half-written forms on the server: whose they are, what they never hold, when they end, and two windows at once (T20)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from tests.desks.case_hands import filled, handler, head, of, send, text, url
from tests.rooms.checking import accepted
from tests.rooms.visiting import concluded
from tests.rooms.world import World
from yimen.base.record.models import Entry
from yimen.casework.applications.models import Draft
from yimen.casework.verification.queries import open_lines
from yimen.desks.shared.models import FormDraft
from yimen.law import calendar
from yimen.law.terms import Role

SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
WORDS = "核对、入户一致，邻里都说这家人老实，没有争议。"


def keep(client: Client, address: str, aloud: bool = False, **fields: Any) -> Any:
    """What the script sends every 20 seconds; ``aloud`` as the button does without a script."""
    data = {**filled(client.get(address)), "draft_step": "save"}
    data.update({name.replace("__", "-"): value for name, value in fields.items()})
    return client.post(address, data, **({} if aloud else SCRIPT))


@pytest.fixture
def case(world: World) -> Any:
    return concluded(world)


def test_a_draft_comes_back_with_its_hour_and_ends_with_the_act(world: World, case: Any) -> None:
    client, address, entries = of(world, Role.HANDLER, 1), url(case, "propose"), Entry.objects.count()
    kept = keep(client, address, opinion__reasons=WORDS)
    assert kept.status_code == 204
    hour = kept.headers["X-Saved-At"]
    page = client.get(address)
    assert f"已恢复 {hour} 保存的草稿。" in text(page) and WORDS in text(page) and "丢弃这份草稿" in text(page)
    assert page.context["hidden"]["draft_edition"] == kept.headers["X-Draft-Edition"]
    assert "需要改正" not in text(page)
    assert Entry.objects.count() == entries
    assert send(client, case, "propose").status_code == 302
    assert not FormDraft.objects.exists()


def test_a_half_filled_form_comes_back_unjudged(world: World) -> None:
    case, client = accepted(world), handler(world)
    keep(client, url(case, "home_visit"), visit__eating="稀饭、馒头。", visit__conclusion="")
    page = text(client.get(url(case, "home_visit")))
    assert "稀饭、馒头。" in page and "请填写" not in page and 'aria-invalid="true"' not in page


def test_it_belongs_to_one_account(world: World, case: Any) -> None:
    keep(of(world, Role.HANDLER, 1), url(case, "propose"), opinion__reasons=WORDS)
    assert WORDS not in text(handler(world).get(url(case, "propose")))
    assert keep(of(world, Role.AIDE), url(case, "home_visit"), aloud=False).status_code in {204, 404}
    stranger = keep_blind(of(world, Role.CHECKER), url(case, "propose"))
    assert stranger.status_code == 403 and FormDraft.objects.filter(path=url(case, "propose")).count() == 1


def keep_blind(client: Client, address: str) -> Any:
    return client.post(address, {"draft_step": "save", "opinion-reasons": "偷看"}, **SCRIPT)


def test_what_is_secret_is_never_kept_and_the_rest_lies_sealed(world: World, case: Any) -> None:
    client = head(world)
    keep(client, url(case, "approve"), decide__reasons=WORDS, code="123456")
    body = FormDraft.objects.get().body
    assert body["decide-reasons"] == [WORDS]
    assert not {"code", "once", "version", "csrfmiddlewaretoken", "draft_step"} & body.keys()
    with connection.cursor() as cursor:
        cursor.execute("select body from desks_formdraft")
        assert WORDS not in str(cursor.fetchone())
    before = FormDraft.objects.count()
    client.post("/password/", {"draft_step": "save", "old": "x", "new": "y", "again": "y"}, **SCRIPT)
    assert FormDraft.objects.count() == before


def test_it_outlives_the_session_but_not_the_week(world: World, case: Any, travel: Any) -> None:
    address = url(case, "propose")
    keep(handler(world), address, opinion__reasons=WORDS)
    Session.objects.all().delete()
    assert WORDS in text(handler(world).get(address))
    travel(calendar.now() + timedelta(days=6))
    page = text(handler(world).get(address))
    assert WORDS in page and "已恢复 11-24" in page
    travel(calendar.now() + timedelta(days=8))
    assert WORDS not in text(handler(world).get(address))
    keep(handler(world), url(case, "file_relative"), filing__hardship="x")
    assert not FormDraft.objects.filter(path=address).exists()


def test_the_last_keeping_of_a_form_that_was_sent_revives_nothing(world: World, case: Any) -> None:
    client, address = handler(world), url(case, "propose")
    data = filled(client.get(address))
    assert client.post(address, data).status_code == 302
    assert client.post(address, {**data, "draft_step": "save"}, **SCRIPT).status_code == 204
    assert not FormDraft.objects.exists()


def test_without_a_script_a_button_keeps_and_discards(world: World, case: Any) -> None:
    client, address = handler(world), url(case, "propose")
    answer = keep(client, address, aloud=True, opinion__reasons=WORDS)
    assert (answer.status_code, answer.url) == (302, address)
    page = text(client.get(address))
    assert "草稿已保存。" in page and WORDS in page
    assert client.post(address, {"draft_step": "discard"}).status_code == 302
    assert WORDS not in text(client.get(address)) and not FormDraft.objects.exists()


def test_two_windows_do_not_overwrite_each_other(world: World, case: Any) -> None:
    client, address = handler(world), url(case, "propose")
    first = filled(client.get(address))
    keep(client, address, opinion__reasons="第一个窗口写的。")
    mine = {**first, "opinion-reasons": "第二个窗口写的。", "draft_step": "save"}
    assert client.post(address, mine, **SCRIPT).status_code == 409
    page = client.post(address, {**mine, "draft_step": "compare"})
    assert page.status_code == 409 and "第一个窗口写的。" in text(page) and "第二个窗口写的。" in text(page)
    chosen = {
        **dict(page.context["carried"]), **page.context["hidden"], "draft_step": "save",
        "take:opinion-reasons": "theirs", "theirs:opinion-reasons": "第一个窗口写的。",
    }  # fmt: skip
    assert client.post(address, chosen).status_code == 302
    assert FormDraft.objects.get().body["opinion-reasons"] == ["第一个窗口写的。"]


def test_each_line_of_the_comparison_has_its_own(world: World) -> None:
    case, client = accepted(world, truth={}), handler(world)
    lines, address = open_lines(case), url(case, "settle_difference")
    for line in lines[:2]:
        data = {"treat-comparison_ref": line.ref, "treat-note": f"正在写{line.ref}", "draft_step": "save"}
        assert client.post(address, data, **SCRIPT).status_code == 204
    page = text(client.get(address))
    assert all(f"正在写{line.ref}" in page for line in lines[:2]) and page.count("丢弃这份草稿") == 2
    first = {"treat-comparison_ref": lines[0].ref, "draft_step": "discard"}
    client.post(address, first)
    assert FormDraft.objects.get().slot == lines[1].ref


def test_an_application_in_two_windows_and_after_a_week(world: World, travel: Any) -> None:
    client = handler(world)
    page = client.get("/township/intake/")
    data = {**filled(page), "reason-reason": "家里遇到困难。", "members-0-name": "王秀兰", "draft_step": "save"}
    kept = client.post("/township/intake/", data, **SCRIPT)
    assert kept.status_code == 204 and Draft.objects.get().title == "王秀兰"
    again = client.post("/township/intake/", {**data, "reason-reason": "另一个窗口。"}, **SCRIPT)
    assert again.status_code == 409
    shown = client.get(f"/township/intake/?draft={data['draft']}")
    assert "家里遇到困难。" in text(shown) and "需要改正" not in text(shown)
    assert "接着写：王秀兰" in text(client.get("/township/intake/"))
    travel(calendar.now() + timedelta(days=8))
    assert "接着写" not in text(handler(world).get("/township/intake/"))
