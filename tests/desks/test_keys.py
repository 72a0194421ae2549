"""The keyboard in a real browser: rows, Enter to the next field, blocks from Excel, drafts - and nothing while composing (B3, B4)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"
PASTE = """(text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def focused(page: Page) -> Any:
    return page.evaluate(FOCUSED)


def compose(page: Page, key: str) -> None:
    """What an input method sends: a key with number 229 that only ends the composition."""
    page.evaluate(
        """key => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', {key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))""",
        key,
    )


def test_search_help_and_jumps(tab: Page) -> None:
    tab.goto("/queue/")
    tab.keyboard.press("/")
    assert focused(tab) == "search"
    tab.keyboard.type("n?jx")
    assert tab.input_value("#search") == "n?jx"
    tab.keyboard.press("Escape")
    tab.keyboard.press("j")
    tab.keyboard.press("?")
    assert tab.locator("#shortcuts").is_visible()
    tab.keyboard.press("Escape")
    assert not tab.locator("#shortcuts").is_visible()
    assert focused(tab) == "王秀兰"
    tab.keyboard.press("g")
    tab.keyboard.press("h")
    tab.wait_for_url("**/households/")


def test_shortcuts_can_be_switched_off(tab: Page) -> None:
    tab.goto("/quiet/")
    for key in ("/", "j", "?", "n"):
        tab.keyboard.press(key)
    assert tab.evaluate("document.activeElement === document.body")
    assert tab.url.endswith("/quiet/")


def test_enter_walks_the_fields(tab: Page) -> None:
    tab.goto("/intake/")
    tab.focus("#id_agent")
    tab.keyboard.press("Enter")
    assert focused(tab) == "id_phone"
    tab.keyboard.press("Shift+Enter")
    assert focused(tab) == "id_agent"
    tab.focus("#id_reason")
    tab.keyboard.type("病")
    tab.keyboard.press("Enter")
    assert focused(tab) == "id_reason"
    assert tab.input_value("#id_reason") == "病\n"
    assert tab.url.endswith("/intake/")


class InputMethod:
    """A real composition through the browser's own door, as the operating system hands it over."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def compose(self, text: str) -> None:
        self.session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )

    def key(self, key: str, code: str, modifiers: int = 0) -> None:
        """A key that the input method takes for itself arrives with number 229."""
        event = {"key": key, "code": code, "windowsVirtualKeyCode": 229, "modifiers": modifiers}
        self.session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **event})
        self.session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    def commit(self, text: str) -> None:
        self.session.send("Input.insertText", {"text": text})


@pytest.mark.parametrize(("field", "then"), [("#id_agent", "id_phone"), ("#id_members-2-name", "id_members-2-number")])
def test_a_real_composition_moves_and_sends_nothing(tab: Page, field: str, then: str) -> None:
    """B4: Enter, Ctrl+Enter, Ctrl+S, Ctrl+D and letters belong to the input method until the word is there."""
    sent: list[str] = []
    tab.goto("/intake/")
    tab.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    tab.focus(field)
    method = InputMethod(tab)
    method.compose("wang")
    for key, code, modifiers in (("Enter", "Enter", 0), ("Process", "Enter", 2), ("Process", "KeyS", 2),
                                 ("Process", "KeyD", 2), ("Process", "Slash", 0), ("Enter", "Enter", 8)):  # fmt: skip
        method.key(key, code, modifiers)
        assert focused(tab) == field[1:]
    method.commit("王秀兰")
    assert tab.input_value(field) == "王秀兰"
    assert sent == [] and tab.url.endswith("/intake/")
    tab.keyboard.press("Enter")
    assert focused(tab) == then


def test_shortcuts_wait_for_the_input_method_in_the_search_box(tab: Page) -> None:
    tab.goto("/queue/")
    tab.keyboard.press("/")
    method = InputMethod(tab)
    method.compose("wxl")
    method.key("Enter", "Enter")
    method.key("Process", "KeyN")
    assert tab.url.endswith("/queue/") and focused(tab) == "search"
    method.commit("王秀兰")
    assert tab.input_value("#search") == "王秀兰"
    tab.evaluate("document.activeElement.blur()")
    compose(tab, "n")
    assert tab.url.endswith("/queue/")


def test_a_key_number_alone_is_enough(tab: Page) -> None:
    """Old browsers send 229 without saying that they compose."""
    tab.goto("/intake/")
    tab.focus("#id_agent")
    compose(tab, "Enter")
    assert focused(tab) == "id_agent"


def test_enter_takes_a_group_as_one_field_and_passes_over_the_striking_out(tab: Page) -> None:
    tab.goto("/intake/")
    tab.focus("[name=applied_by][value=self]")
    tab.keyboard.press("Enter")
    assert focused(tab) == "id_agent"
    tab.keyboard.press("Shift+Enter")
    assert tab.evaluate("document.activeElement.name") == "applied_by"
    tab.focus("#id_members-0-disabled")
    tab.keyboard.press("Enter")
    assert focused(tab) == "id_members-1-name"


def test_a_block_from_excel_fills_cells_and_grows_the_table(tab: Page) -> None:
    tab.goto("/intake/")
    tab.focus("#id_members-2-name")
    tab.evaluate(PASTE, "王秀兰\t990101195803020020\t本人\t丧失劳动能力\t是\r\n王小宝\t99010120150601001X\t子女\r\n")
    assert tab.input_value("#id_members-2-work") == "lost"
    assert tab.is_checked("#id_members-2-disabled")
    assert tab.input_value("#id_members-3-name") == "王小宝"
    assert tab.input_value("#id_members-3-relation") == "child"
    assert tab.input_value("#id_members-TOTAL_FORMS") == "4"
    assert "已粘贴 2 行" in str(tab.text_content("[data-pasted=members]"))
    assert tab.locator("tr.pasted").count() == 2
    tab.focus("#id_members-3-number")
    tab.keyboard.press("Control+d")
    assert tab.input_value("#id_members-3-number") == "990101195803020020"


def test_a_pasted_block_is_shown_before_it_counts_and_can_be_taken_back(tab: Page) -> None:
    """Heads say where a column goes, what fits nowhere is named, nothing is lost by taking it back."""
    tab.goto("/intake/")
    tab.fill("#id_members-2-name", "原来的人")
    tab.focus("#id_members-2-name")
    tab.evaluate(PASTE, '身份证号\t姓名\t与申请人关系\t备注\r\n990101195803020020\t"王\n秀兰"\t老伴\t多病\r\n')
    assert tab.input_value("#id_members-2-number") == "990101195803020020"
    assert tab.input_value("#id_members-2-relation") == "self"
    told = str(tab.text_content("[data-pasted=members]"))
    assert "第 3 行“与申请人关系”：“老伴”不能填在这一栏" in told and "第 3 行：“多病”没有对应的栏" in told
    assert "还没有登记，请核对后再提交" in told
    tab.get_by_role("button", name="撤销粘贴").focus()
    tab.keyboard.press("Enter")
    assert tab.input_value("#id_members-2-name") == "原来的人" and tab.input_value("#id_members-2-number") == ""
    assert tab.locator("tr.pasted").count() == 0 and focused(tab) == "id_members-2-number"


def test_rows_are_added_and_struck(tab: Page) -> None:
    tab.goto("/intake/")
    tab.click("[data-row-add=incomes]")
    assert focused(tab) == "id_incomes-3-person"
    tab.check("#id_incomes-3-DELETE")
    assert tab.locator("tr.removed").count() == 1


def test_a_draft_is_kept_when_a_field_is_left(tab: Page) -> None:
    tab.goto("/intake/")
    with tab.expect_request("**/draft/") as sent:
        tab.fill("#id_agent", "张网格")
        tab.focus("#id_phone")
    assert sent.value.headers["x-csrftoken"] == "sample"
    assert 'name="agent"' in str(sent.value.post_data)
    expect(tab.locator("[data-draft-status]")).to_contain_text("已保存")


def test_ctrl_s_saves_and_ctrl_enter_submits(tab: Page) -> None:
    tab.goto("/intake/")
    tab.focus("#id_phone")
    with tab.expect_request("**/draft/"):
        tab.keyboard.press("Control+s")
    # The page that answers is waited for: to close a window on its way somewhere may hang the browser.
    with tab.expect_navigation() as sent:
        tab.keyboard.press("Control+Enter")
    assert sent.value.request.method == "POST" and sent.value.url.endswith("/intake/")


def test_errors_take_the_focus(tab: Page) -> None:
    tab.goto("/intake-error/")
    assert tab.evaluate("document.activeElement.className") == "errors"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#id_applied_by")


def test_a_phone_page_has_no_keyboard_map_and_loses_nothing(tab: Page) -> None:
    """The village's forms: what is wrong comes into view, a composition moves nothing, a draft is kept."""
    tab.goto("/visit-form-error/")
    assert tab.evaluate("document.activeElement.matches('.errors, .refusal')")
    tab.goto("/visit-form/")
    wanted = tab.locator("main input[type=text], main textarea").first
    wanted.focus()
    before = focused(tab)
    compose(tab, "Enter")
    assert focused(tab) == before and tab.url.endswith("/visit-form/")
    with tab.expect_request("**/draft/") as sent:
        tab.keyboard.type("情况属实")
        tab.keyboard.press("Tab")
    assert sent.value.method == "POST"
    expect(tab.locator("[data-draft-status]")).to_contain_text("已保存")


def test_focus_survives_a_partial_update(tab: Page) -> None:
    tab.goto("/comparison/")
    tab.evaluate("document.querySelector('main').dataset.old = 'yes'")
    tab.select_option("#id_a-treatment", "accept_verified")
    tab.click("#item-2 button[type=submit]")
    expect(tab.locator("main:not([data-old]) .errors")).to_be_focused()
    assert tab.evaluate("document.querySelectorAll('main').length") == 1


def test_public_and_phone_targets_are_large(browser: Browser, origin: str) -> None:
    """Every control of the phone column is at least 44 px high and wide (B15)."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, base_url=origin)
    for name in ("queue", "case", "intake", "visit-form"):
        page.goto(f"/{name}/")
        assert page.locator("main a, main button").count()
        small = page.evaluate(
            """() => [...document.querySelectorAll('a[href], button, select, summary, textarea, input')]
                .filter(node => node.offsetParent && node.type !== 'hidden' && !node.closest('.choice, .skip'))
                .map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
                .filter(([words, box]) => box.height < 43.5 || box.width < 43.5)
                .map(([words, box]) => `${words} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
        )
        assert small == [], name
    page.close()
