"""The rows of a list without a mouse: walked, opened, ticked one by one or as a range, found again (B3)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page


def focused(page: Page) -> Any:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_rows_are_walked_opened_and_ticked(tab: Page) -> None:
    tab.goto("/queue-full/")
    tab.keyboard.press("j")
    assert focused(tab) == "王秀兰"
    tab.keyboard.press("ArrowDown")
    assert focused(tab) == "赵德发"
    tab.keyboard.press("x")
    assert tab.locator("[data-select]:checked").count() == 1
    tab.keyboard.press("k")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/cases/0/")


def test_a_range_is_ticked_and_struck_as_in_excel(tab: Page) -> None:
    """Shift takes every row from the last one to this one along, by mouse, by space and by x; the count is told."""
    tab.goto("/queue-full/")
    box, ticked, told = tab.locator("[data-select]"), tab.locator("[data-select]:checked"), tab.locator("[data-picked]")
    box.nth(4).click(modifiers=["Shift"])
    assert ticked.count() == 1
    box.nth(1).click(modifiers=["Shift"])
    assert ticked.count() == 4 and told.text_content() == "已选 4 行"
    box.nth(7).focus()
    tab.keyboard.press("Shift+Space")
    assert ticked.count() == 7 and told.text_content() == "已选 7 行"
    box.nth(6).focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("k")
    tab.keyboard.press("k")
    tab.keyboard.press("Shift+X")
    assert ticked.count() == 4 and told.text_content() == "已选 4 行"
    assert tab.evaluate("getSelection().isCollapsed")


def test_going_back_finds_the_row_that_was_left(tab: Page) -> None:
    tab.goto("/queue-full/")
    for key in ("j", "j", "j"):
        tab.keyboard.press(key)
    left = focused(tab)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.go_back()
    assert focused(tab) == left
    with tab.expect_navigation():
        tab.evaluate("location.assign('/queue/')")
    assert tab.evaluate("document.activeElement.tagName") == "H1"
