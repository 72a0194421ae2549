"""Rare characters for names: only what every paper can print, found by reading, radical or strokes, by keys alone."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from playwright.sync_api import Page, expect

import yimen
from yimen.law.identity import clean_name

HOME = Path(yimen.__file__).parent
TABLE = HOME / "desks/shared/static/yimen/rare.txt"
FONT = HOME / "base/papers/fonts/YimenSong-Regular.otf"
FOUND = ".rare-list button"


def test_the_table_offers_what_the_papers_can_print() -> None:
    rows = [line.split(" ") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    with TTFont(FONT) as font:
        printable = font.getBestCmap()
    assert len(rows) > 1500 and len({row[0] for row in rows}) == len(rows)
    for sign, radical, strokes, reading in rows:
        assert ord(sign) in printable, sign
        assert clean_name(f"王{sign}") == f"王{sign}"
        assert radical and strokes.isdigit() and (reading == "-" or reading.isascii())


def test_a_character_is_set_in_at_the_cursor(tab: Page) -> None:
    tab.goto("/intake/")
    tab.focus("#id_members-2-name")
    tab.keyboard.type("王明")
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("F8")
    asked = tab.get_by_label("拼音、部首或笔画数")
    expect(asked).to_be_focused()
    expect(tab.locator("dialog.rare [role=status]")).to_contain_text("共 15")
    tab.keyboard.type("火 10 yan")
    expect(tab.locator(FOUND)).to_have_text(["烻"])
    tab.keyboard.press("Enter")
    assert tab.input_value("#id_members-2-name") == "王烻明"
    expect(tab.locator("#id_members-2-name")).to_be_focused()
    tab.keyboard.type("一")
    assert tab.input_value("#id_members-2-name") == "王烻一明"


def test_the_button_the_arrows_and_escape(tab: Page) -> None:
    tab.goto("/intake/")
    tab.focus("#id_members-2-name")
    tab.click("[data-rare-open=members]")
    tab.keyboard.type("钅")
    expect(tab.locator(FOUND).nth(30)).to_be_visible()
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowUp"):
        tab.keyboard.press(key)
    second = tab.locator(FOUND).nth(1)
    expect(second).to_be_focused()
    sign = second.text_content()
    tab.keyboard.press("Enter")
    assert tab.input_value("#id_members-2-name") == sign
    tab.keyboard.press("F8")
    tab.keyboard.type("qqq")
    expect(tab.locator("dialog.rare [role=status]")).to_contain_text("没有找到")
    tab.keyboard.press("Escape")
    expect(tab.locator("#id_members-2-name")).to_be_focused()
    assert tab.input_value("#id_members-2-name") == sign
    assert tab.locator("[data-rare-open=incomes]").is_hidden()
