"""Every list can be taken along as it stands on the screen (T9; K23): the same heads, the same rows, in the same order."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.conftest import TODAY
from tests.desks.case_hands import aide, handler
from tests.desks.district_hands import send
from tests.journeys.grounds import Grounds, Visit
from tests.rooms.world import World, applied, make_world
from yimen.base.exports.models import Export, ExportLink
from yimen.base.record.models import Entry
from yimen.demo.build import build
from yimen.demo.places import DISTRICT
from yimen.desks.shared.lists import asked
from yimen.desks.shared.pages import LISTS
from yimen.law.calendar import now
from yimen.law.terms import Role

HOUSEHOLDS = 20
# Views of one list that show other rows or columns.
MORE = (
    (Role.HANDLER, "/township/?tab=all&sort=-%E7%94%B3%E8%AF%B7%E4%BA%BA"),
    (Role.HANDLER, "/township/?tab=done"),
    (Role.HANDLER, "/township/notices/?kind=announcement"),
    (Role.CHECKER, "/district/checks/?tab=back"),
    (Role.DISTRICT_DECIDER, "/district/cases/?tab=all"),
    (Role.DISTRICT_DECIDER, "/district/cases/?tab=ended"),
)


class Tables(HTMLParser):
    """The tables of a list page as a reader sees them: heads, and the words of every row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.open = self.within = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "table":
            self.within = "list" in classes
            self.tables += [[]] if self.within else []
        elif self.within and tag == "tr":
            self.tables[-1].append([])
        elif self.within and tag in ("td", "th"):
            self.open = "pick" not in classes
            self.tables[-1][-1] += [""] if self.open else []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.open = False
        elif tag == "table":
            self.within = False

    def handle_data(self, data: str) -> None:
        if self.open and self.within:
            self.tables[-1][-1][-1] += data


def plain(value: Any) -> str:
    """A cell without the marks that differ between paper and screen: blanks, brackets around notes, commas, zeros."""
    text = re.sub(r"[\s（）,]", "", str(value))
    if re.fullmatch(r"-?\d+\.\d+", text):
        text = text.rstrip("0").rstrip(".")
    return "" if text == "—" else text


def taken(client: Client, page: str) -> list[list[list[Any]]]:
    """Press 导出 Excel on the page, fetch the file, read its sheets but the last."""
    form = re.search(r'action="/exports/new/">(.*?)</form>', page, re.DOTALL)
    assert form, "no 导出 Excel"
    fields = {unescape(name): unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[1])}
    answer = client.post("/exports/new/", fields)
    assert answer.status_code == 302 and answer["Location"].startswith("/exports/file/"), answer
    got = client.get(answer["Location"])
    assert got.status_code == 200 and got["Content-Disposition"].startswith("attachment")
    book = CalamineWorkbook.from_filelike(BytesIO(got.content))
    assert book.sheet_names[-1] == "说明"
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names[:-1]]


@pytest.fixture
def grounds(db: None, settings: Any, tmp_path: Path) -> Grounds:
    settings.YIMEN_GATEWAY_DIR, settings.YIMEN_DEMO, settings.YIMEN_FILES_DIR = tmp_path, True, tmp_path / "files"
    made = Grounds(build(7, TODAY, HOUSEHOLDS).district)
    drafter = signed_in(made.account(Role.SUPERVISOR))
    fields = {"document": "示例文号", "valid_from": "2027-01-01"}
    send(drafter, "/district/figures/payment.day/new/", value="10", area=DISTRICT, **fields)
    power = {"township": "990101200", "programme": "dibao", "mode": "delegation", "basis": "示例"}
    send(drafter, "/district/delegations/new/", **power, **fields)
    return made


def signed_in(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    session = client.session
    session["started"] = now().isoformat()
    session.save()
    return client


def visits(grounds: Grounds) -> list[Visit]:
    seen = [visit for visit in grounds.visits() if visit.who is not None and not visit.name.startswith("act-")]
    return [*seen, *(Visit("more", url, grounds.account(role)) for role, url in MORE)]


def test_every_list_gives_what_it_shows(grounds: Grounds) -> None:
    wrong, given, pages = [], set(), set()
    for visit in visits(grounds):
        client = signed_in(visit.who)
        answer = client.get(visit.url)
        names = (
            {template.name for template in answer.templates if template.name} if answer.status_code == 200 else set()
        )
        if not names & LISTS or "/village/" in visit.url:
            continue
        page = answer.content.decode()
        shown = [table for table in Tables(page).tables if len(table) > 1]
        if not shown:
            continue
        pages |= names & LISTS
        sheets = taken(client, page)
        if len(sheets) != len(shown):
            wrong.append(f"{visit.url}: {len(shown)} tables became {len(sheets)} sheets")
        for screen, sheet in zip(shown, sheets, strict=False):
            told = [[plain(cell) for cell in row] for row in screen]
            kept = [[plain(cell) for cell in row] for row in sheet]
            if told != kept:
                line = next(
                    (pair for pair in zip(told, kept, strict=False) if pair[0] != pair[1]), (told[-1], kept[-1])
                )
                wrong.append(f"{visit.url}: {line[0]} became {line[1]}")
        given.add(visit.name)
    assert not wrong, "\n".join(wrong)
    assert pages >= {"township/queue.html", "township/notices.html", "district/cases.html", "district/checks.html"}
    assert {"queue", "notices", "cases", "checks", "batch", "overview", "delegations", "figures", "figure"} <= given


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    return make_world()


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
