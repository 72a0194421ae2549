"""What is taken along from a list: whole, without names in addresses, by those who may, from pages that are lists (K23)."""

from __future__ import annotations

import pytest

from tests.desks.case_hands import aide, handler
from tests.desks.export_hands import Tables, taken
from tests.rooms.world import World, applied
from yimen.base.exports.models import Export, ExportLink
from yimen.base.record.models import Entry
from yimen.desks.shared.lists import asked


def test_a_search_is_taken_along_without_a_name_in_an_address(world: World) -> None:
    case, client = applied(world), handler(world)
    page = client.post("/search/", {"q": case.applicant.name}).content.decode()
    sheet = taken(client, page)[0]
    assert [row[0] for row in sheet[1:]] == [case.applicant.name]
    export = Export.objects.get()
    assert export.words == f"搜索：{case.applicant.name}" and export.state == "ready" and export.downloads == 1
    assert ExportLink.objects.get().used_at and case.applicant.name not in str(Entry.objects.last().facts_text)


def test_the_screen_shows_a_page_and_the_file_holds_the_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "SIZES", (5, 50))
    for _ in range(7):
        applied(world)
    client = handler(world)
    page = client.get("/township/?tab=all&size=5").content.decode()
    assert len(Tables(page).tables[0]) == 6 and "下一页" in page
    assert len(taken(client, page)[0]) == 8


def test_a_village_helper_takes_nothing_along(world: World) -> None:
    case, client = applied(world), aide(world)
    page = client.post("/search/", {"q": case.applicant.name}).content.decode()
    assert case.applicant.name in page and "导出 Excel" not in page
    assert client.post("/exports/new/", {"path": "/search/"}).status_code == 403


def test_what_is_no_list_is_not_taken_along(world: World) -> None:
    case, client = applied(world), handler(world)
    for path in (
        f"/case/{case.ref}/",
        "/public/",
        "/settings/",
        "/nowhere/",
        "https://a.example/township/",
        "",
        "/district/cases/",
    ):
        answer = client.post("/exports/new/", {"path": path})
        assert answer.status_code in (403, 404, 422) or path.startswith("https"), path
    assert not Export.objects.exclude(title="待办").exists()
