"""The handbook in the product: everybody may read it, nothing outside its folder, and the search finds Chinese words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from yimen.desks.public.help import shelf

PHONE = {"width": 390, "height": 844}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def client(site: Path, db: None) -> Client:
    return Client()


def test_every_page_answers_before_login(client: Client, site: Path) -> None:
    wrong = [
        path for path in site.rglob("*")
        if path.suffix in shelf.TYPES and client.get(f"/help/{path.relative_to(site)}").status_code != 200
    ]  # fmt: skip
    assert wrong == []


def test_a_folder_is_its_first_page(client: Client) -> None:
    assert client.get("/help/clerk")["Location"] == "/help/clerk/"
    assert client.get("/help/").content.decode().count("<h1") == 1
    assert "乡街经办" in client.get("/help/clerk/").content.decode()


def test_types_are_true(client: Client) -> None:
    kinds = {
        "clerk.pdf": "application/pdf",
        "_static/tokens.css": "text/css; charset=utf-8",
        "index.html": "text/html; charset=utf-8",
    }
    for path, kind in kinds.items():
        answer = client.get(f"/help/{path}")
        assert answer["Content-Type"] == kind
        assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "../views.py", "..%2fviews.py", "%2e%2e/views.py", "clerk/../../views.py", "/etc/passwd", "%2fetc/passwd", ".stamp",
        "search.json", "nothing.html", "clerk/nothing/", "_static/", "index.html/", "x%00.html", "_static/../../../urls.py",
    ],
)  # fmt: skip
def test_nothing_else_is_given_out(path: str, client: Client) -> None:
    answer = client.get(f"/help/{path}")
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text("secret", encoding="utf-8")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("page", encoding="utf-8")
    (folder / "away.html").symlink_to(outside)
    monkeypatch.setattr(shelf, "SITE", folder)
    assert shelf.file("index.html") and shelf.file("away.html") is None


@pytest.mark.parametrize("path", ["", "clerk/", "_static/tokens.css"])
def test_without_a_handbook_a_page_says_how_to_build_it(
    path: str, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "SITE", tmp_path)
    answer = Client().get(f"/help/{path}")
    assert answer.status_code == 200 and "scripts/handbook.sh" in answer.content.decode()
    assert "没有同时写到" in Client().get("/help/search/?q=公示").content.decode()


def test_search_finds_parts_of_words_and_all_of_several(client: Client) -> None:
    def found(asked: str) -> list[Any]:
        return list(client.get("/help/search/", {"q": asked}).context["results"])

    assert found("示异") and found("ＹＩＭＥＮ") and found("yimen") and not found("没有人会写的词语")
    assert len(found("公示 异议")) < len(found("公示")) + 1
    for link, hit in found("公示 异议"):
        assert client.get(link.url.partition("#")[0]).status_code == 200
        assert hit.title
    assert not found("") and not found("   ")


def test_what_is_searched_for_is_escaped(client: Client) -> None:
    page = client.get("/help/search/", {"q": "<script>alert(1)</script>" + "长" * 500}).content.decode()
    assert "<script" not in page


def test_the_demo_says_so_and_letters_grow(client: Client, settings: Any) -> None:
    assert "演示数据，均为虚构" not in client.get("/help/").content.decode()
    settings.YIMEN_DEMO = True
    client.cookies["size"] = "larger"
    page = client.get("/help/").content.decode()
    assert '<aside class="demo"' in page and '<body class="desk handbook larger">' in page


PAGES = ("", "clerk/", "policy/amount.html", "administrator/users.html", "search/?q=公示", "search/?q=没有的词语")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_sound_at_both_widths(path: str, page: Page, axe: Callable[[Page], None], site: Path) -> None:
    page.goto(f"/help/{path}")
    for size in ({"width": 1366, "height": 768}, PHONE):
        page.set_viewport_size(size)
        axe(page)
        assert page.evaluate(SIDEWAYS) <= 0


def test_reading_and_searching_by_hand(page: Page, site: Path) -> None:
    page.goto("/help/")
    page.get_by_label("手册目录").get_by_role("link", name="乡街负责人", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("乡街负责人")
    page.get_by_label("搜索手册").fill("取整")
    page.get_by_role("button", name="搜索").click()
    page.locator("main .found a").first.click()
    expect(page.locator("article")).to_contain_text("取整")
    page.get_by_role("link", name="回到系统").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
