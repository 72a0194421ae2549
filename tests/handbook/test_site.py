"""The built handbook: whole, linked, lawful in every page, and made from the code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from tests.house.sources import ROOT
from yimen.law.standards import KEYS
from yimen.law.terms import Role, Stage

BOOKLETS = ("clerk", "head", "village", "district", "administrator", "policy")
SERVED = {"../", "search/"}
HEAVIEST_PICTURE, HEAVIEST_FOLDER = 120_000, 2_500_000


class Read(HTMLParser):
    """Links, ids, sources, headings, and what a strict policy refuses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.headings = 0
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in ("href", "src", "action") if name in given]
        self.ids += [given["id"]] if "id" in given else []
        self.headings += tag == "h1"
        self.forbidden += [name for name in given if name == "style" or name.startswith("on")]
        self.forbidden += [tag] if tag in {"script", "style", "iframe", "object"} else []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _pages(site: Path) -> Iterator[tuple[Path, Read]]:
    for path in sorted(site.rglob("*.html")):
        yield path, Read(path.read_text(encoding="utf-8"))


def test_every_page_is_plain_and_has_one_heading(site: Path) -> None:
    wrong = [
        f"{path.relative_to(site)}: {read.headings} headings, {read.forbidden}"
        for path, read in _pages(site)
        if read.headings != 1 or read.forbidden or len(read.ids) != len(set(read.ids))
    ]
    assert wrong == []


def test_every_link_and_picture_leads_somewhere(site: Path) -> None:
    pages = dict(_pages(site))
    wrong = []
    for path, read in pages.items():
        for link in read.links:
            target, _, anchor = unquote(link).partition("#")
            found = (path.parent / target).resolve() if target else path
            if any(target.endswith(served) for served in SERVED):
                continue
            if "//" in link or not found.is_file() or not found.is_relative_to(site):
                wrong.append(f"{path.relative_to(site)}: {link}")
            elif anchor and found in pages and anchor not in pages[found].ids:
                wrong.append(f"{path.relative_to(site)}: no {link}")
    assert wrong == []


def test_nothing_is_in_the_folder_that_no_page_needs(site: Path) -> None:
    kinds = {path.suffix for path in site.rglob("*") if path.is_file()}
    assert kinds == {".html", ".css", ".svg", ".png", ".pdf", ".json", ""}
    assert [path.name for path in site.rglob("*") if path.suffix == "" and path.is_file()] == [".stamp"]


@pytest.mark.parametrize("name", BOOKLETS)
def test_each_booklet_has_a_first_page_and_a_print(name: str, site: Path) -> None:
    assert (site / name / "index.html").is_file()
    assert (site / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    start = Read((site / "index.html").read_text(encoding="utf-8"))
    assert f"{name}/index.html" in start.links


def test_each_booklet_leads_to_all_its_chapters(site: Path) -> None:
    for name in BOOKLETS:
        body = (
            (site / name / "index.html").read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        )
        chapters = {path.name for path in (site / name).glob("*.html")} - {"index.html"}
        named = {Path(link).name for link in Read(body).links}
        assert chapters - named == set(), f"{name}: not on its first page"


def test_what_is_generated_is_there(site: Path) -> None:
    def words(page: str) -> str:
        return "".join(Read((site / page).read_text(encoding="utf-8")).words)

    assert all(role.label in words("glossary/index.html") for role in Role)
    assert all(stage.label in words("glossary/index.html") for stage in Stage)
    assert all(key.key in words("policy/figures.html") for key in KEYS.values())
    assert "每月保障金" in words("policy/amount.html")
    assert "yimen reckon" in words("administrator/commands.html")
    assert "/case/<str:ref>/" in words("developer/routes.html")
    catalogue = words("administrator/errors.html")
    assert "请选择处理方式。" in catalogue and "opinion_current" in catalogue
    for page in site.rglob("*.html"):
        assert "<!-- yimen:" not in page.read_text(encoding="utf-8"), f"{page.name}: a mark was left"


def test_the_handbook_speaks_the_words_of_the_law(site: Path) -> None:
    """The plan's old words only where they are quoted as such."""
    wrong = [
        str(path.relative_to(site)) for path, read in _pages(site)
        if path.parent.name in BOOKLETS[:4] and "审批" in re.sub("“审批[^”]*”|延期审批表", "", "".join(read.words))
    ]  # fmt: skip
    assert wrong == []


def test_the_pictures_are_light_and_all_are_used(site: Path) -> None:
    folder = ROOT / "docs/pictures"
    sizes = {path.name: path.stat().st_size for path in folder.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > HEAVIEST_PICTURE} == {}
    assert sum(sizes.values()) <= HEAVIEST_FOLDER
    used = {path.name for path in (site / "_images").iterdir()}
    readmes = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    assert {name for name in sizes if name not in used and f"pictures/{name}" not in readmes} == set()
    assert {name: _mode(folder / name) for name in sizes} == dict.fromkeys(sizes, "P")


def test_the_index_knows_every_page(site: Path) -> None:
    entries = json.loads((site / "search.json").read_text(encoding="utf-8"))
    known = {entry["url"].partition("#")[0] for entry in entries}
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.html")} == known
    assert all(entry["title"] and entry["page"] for entry in entries)


def _mode(path: Path) -> str:
    with Image.open(path) as picture:
        return picture.mode
