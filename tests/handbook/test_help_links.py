"""Help is one click away: every page of a desk leads to a chapter that exists, and what chapters quote is still said."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.house.sources import ROOT
from tests.rooms.world import make_world
from yimen.desks.shared.caseacts import load
from yimen.desks.shared.chapters import ACTS, CHAPTERS
from yimen.desks.shared.routes import all_routes
from yimen.law.terms import Role

BOOKLETS = ("clerk", "head", "village", "district")
SAID = re.compile(r"^\| (?!页面说|---)(?P<said>[^|]+?) \|", re.MULTILINE)


def test_every_chapter_that_a_page_names_exists(site: Path) -> None:
    assert {chapter for chapter in {*ACTS.values(), *CHAPTERS.values()} if not (site / chapter).is_file()} == set()


def test_every_act_has_its_chapter() -> None:
    assert load().keys() - ACTS.keys() == set()
    assert ACTS.keys() - load().keys() == set()


def test_no_chapter_is_named_for_a_page_that_is_gone() -> None:
    names = {row.name for row in all_routes()[0]}
    assert {name for name in CHAPTERS if name.split(":")[-1] not in names} == set()


def _quoted() -> Iterator[tuple[str, str]]:
    """Chapter and sentence of every row under 页面说."""
    for booklet in BOOKLETS:
        for path in sorted((ROOT / "docs/handbook" / booklet).glob("*.md")):
            for table in re.findall(
                r"^\| 页面说.*?(?:\n\n|\Z)", path.read_text(encoding="utf-8") + "\n\n", re.M | re.S
            ):
                yield from ((f"{booklet}/{path.name}", found["said"]) for found in SAID.finditer(table))


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """What the program may say, with … for what is filled in."""
    sys.path.insert(0, str(ROOT / "scripts/handbook"))
    from made_code import all_refusals

    return [said for rows in all_refusals().values() for said, _ in rows]


def _fits(quoted: str, said: str) -> bool:
    """Whether a quotation is (the beginning of) a sentence; … stands for anything."""
    pattern = ".*?".join(re.escape(part) for part in quoted.replace(" … ", "…").replace(" ", "").split("…"))
    return re.match(pattern, said.replace(" ", "").replace("〈…〉", "…")) is not None


def test_what_the_chapters_quote_is_what_the_program_says(sentences: list[str]) -> None:
    quoted = list(_quoted())
    wrong = [f"{chapter}: {said}" for chapter, said in quoted if not any(_fits(said, known) for known in sentences)]
    assert wrong == []
    assert len(quoted) >= 60


def test_the_link_of_a_page_leads_to_its_chapter(
    page: Page, sign_in: Callable[[Page, object], None], site: Path
) -> None:
    world = make_world()
    district = world.district
    handler = district.accounts[district.who("990101001", Role.HANDLER).pk]
    sign_in(page, handler)
    page.goto("/township/intake/")
    page.get_by_role("link", name="本页说明").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("登记申请")
    page.goto("/township/")
    page.get_by_label("主菜单").get_by_role("link", name="使用手册").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("使用手册")
