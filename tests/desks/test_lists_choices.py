"""A list as its reader likes it: sorted by its heads, filters remembered, columns chosen, views named (T9, T21, T25)."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desks.case_hands import handler, text
from tests.desks.district_hands import at
from tests.rooms.world import TOWNSHIP, VILLAGE, World, applied
from yimen.base.exports.models import Export
from yimen.base.jobs.worker import run_one
from yimen.casework.applications.queries import applications
from yimen.desks.shared.lists import collecting
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.models import ListView
from yimen.law.terms import Role

ALL = "/township/?tab=all"


def heads(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", head) for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)][1:]


def people(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)</a>', page)


def kept(page: str, name: str) -> str:
    found = re.search(rf'action="/lists/save/">.*?name="{name}" value="([^"]*)"', page, re.DOTALL)
    assert found
    return unescape(found[1])


def test_heads_sort_both_ways_names_by_their_sound(world: World) -> None:
    for _ in range(6):
        applied(world)
    client = handler(world)
    page = text(client.get(ALL))
    link = re.search(r'<a href="(\?[^"]+)">申请人</a>', page)
    assert link
    up = text(client.get("/township/" + unescape(link[1])))
    by_sound = [row.applicant.name for row in applications().order_by("applicant__pinyin", "id")]
    assert people(up) == by_sound and 'aria-sort="ascending"' in up
    down = re.search(r'<a href="(\?[^"]+)">申请人</a>', up)
    assert down and people(text(client.get("/township/" + unescape(down[1])))) == by_sound[::-1]
    # Only what the list allows sorts; anything else is as if nothing had been asked.
    assert client.get(ALL + "&sort=applicant__identity_index").status_code == 200


def test_filters_are_remembered_said_and_cleared(world: World) -> None:
    applied(world)
    client = handler(world)
    assert people(text(client.get(f"{ALL}&village=990101001002&stage=&handler="))) == []
    page = text(client.get(ALL))
    assert people(page) == [] and "仍按您上次的筛选显示" in page
    clear = re.search(r'href="(\?[^"]+)">显示全部', page)
    assert clear and len(people(text(client.get("/township/" + unescape(clear[1]))))) == 1
    assert "仍按您上次" not in text(client.get(ALL))
    assert len(people(text(at(world, Role.HANDLER, 1, TOWNSHIP).get(ALL)))) == 1


def test_a_link_with_its_own_filter_is_not_narrowed_by_an_earlier_one(world: World) -> None:
    applied(world)
    client = handler(world)
    client.get(f"{ALL}&village=990101001002&stage=&handler=")
    assert len(people(text(client.get(f"{ALL}&stage=registered")))) == 1


def test_columns_are_chosen_and_ordered_the_name_stays(world: World) -> None:
    applied(world)
    client = handler(world)
    assert heads(text(client.get(ALL)))[:3] == ["申请人", "案号", "村（社区）"]
    fields = {"listing": "queue", "back": ALL, "use": ["下一步", "经办", "不存在的列"], "place-6": "3", "place-7": "2"}
    assert client.post("/lists/columns/", fields)["Location"] == ALL
    assert heads(text(client.get(ALL))) == ["申请人", "经办", "下一步"]
    client.post("/lists/columns/", {"listing": "queue", "back": "//a.example/x", "usual": "1"})
    assert "案号" in heads(text(client.get(ALL)))
    assert client.post("/lists/columns/", {"listing": "queue", "back": "//a.example/x"})["Location"] == "/x"
    assert client.post("/lists/columns/", {"listing": "nowhere"})["Location"] == "/"


def test_a_named_view_brings_back_filters_order_and_columns(world: World) -> None:
    applied(world)
    client = handler(world)
    client.post("/lists/columns/", {"listing": "queue", "back": ALL, "use": ["下一步"], "place-6": "1"})
    page = text(client.get(f"{ALL}&village={VILLAGE}&stage=&handler=&sort=案号&size=100"))
    saved = {name: kept(page, name) for name in ("listing", "path", "query", "size")}
    answer = client.post("/lists/save/", {**saved, "name": "站前全部", "back": ALL})
    client.get(f"{ALL}&village=&stage=&handler=&sort=")
    client.post("/lists/columns/", {"listing": "queue", "back": ALL, "usual": "1"})
    page = text(client.get(answer["Location"]))
    assert heads(page) == ["申请人", "下一步"] and len(people(page)) == 1 and "站前全部" in page
    assert f'value="{VILLAGE}" selected' in page and 'value="all" selected' in page
    view = ListView.objects.get(name="站前全部")
    assert (view.size, view.sort) == (100, "案号") and "站前全部" not in text(
        at(world, Role.HANDLER, 1, TOWNSHIP).get(ALL)
    )
    at(world, Role.HANDLER, 1, TOWNSHIP).post("/lists/drop/", {"view": view.ref, "back": ALL})
    assert ListView.objects.filter(name="站前全部").exists()
    assert (
        client.post("/lists/drop/", {"view": view.ref, "back": f"/township/?view={view.ref}"})["Location"]
        == "/township/"
    )
    assert not ListView.objects.filter(name="站前全部").exists()


def test_a_view_needs_a_name_and_there_are_not_too_many(world: World) -> None:
    applied(world)
    client = handler(world)
    fields = {"listing": "queue", "path": "/township/", "query": "", "size": "50", "back": ALL}
    assert "请先填写名称" in text(client.post("/lists/save/", {**fields, "name": " "}, follow=True))
    for number in range(12):
        client.post("/lists/save/", {**fields, "name": f"视图{number}"})
    assert "最多保存 12 个" in text(client.post("/lists/save/", {**fields, "name": "多一个"}, follow=True))


def test_a_list_that_names_what_it_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have"):
        Listing("wrong", "错", ("甲", "乙"), sorts={"丙": ("id",)})


def _statements(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(ALL).status_code == 200
    return len(seen)


def test_the_number_of_statements_does_not_grow_with_the_cases(world: World) -> None:
    applied(world)
    client = handler(world)
    client.get(ALL)
    one = _statements(client)
    for _ in range(9):
        applied(world)
    assert _statements(client) == one


def test_a_long_list_is_written_in_the_background_portion_by_portion(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "AT_ONCE", 4)
    monkeypatch.setattr(collecting, "PORTION", 3)
    monkeypatch.setattr("yimen.desks.shared.lists.exporting.PORTION", 3)
    for _ in range(8):
        applied(world)
    client = handler(world)
    page = text(client.post("/exports/new/", {"path": "/township/", "query": "tab=all"}, follow=True))
    assert "正在后台生成" in page and 'id="progress"' in page
    assert run_one()
    export = Export.objects.get()
    assert (export.state, export.rows) == ("ready", 8)
    assert "可以下载" in text(client.get("/exports/"))
    assert client.get(client.post(f"/exports/{export.ref}/link/")["Location"]).status_code == 200
