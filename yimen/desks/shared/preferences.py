"""我的设置: how somebody likes to work - shortcuts, Enter, density, size of letters; kept with the account."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict

from yimen.base.access.officer import Officer
from yimen.base.offices.preferences import keep
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Pick, Yes
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Link, Page, Section

DENSITY = [("standard", "标准（行高 40）"), ("compact", "紧凑（行高 32，一屏多看几行）")]
SIZES = [("normal", "标准"), ("large", "大字（24 像素）"), ("larger", "特大字（30 像素）")]
YEAR = 365 * 24 * 3600


class SettingsForm(forms.Form):
    """Four switches."""

    keys = Yes("使用快捷键")
    enter_next = Yes("填表时按 Enter 跳到下一格")
    density = Pick("列表密度", DENSITY, radio=True)
    size = Pick("字号", SIZES, radio=True)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields[
            "keys"
        ].help_text = "按 ? 看全部快捷键。与输入法、读屏软件或其他软件的按键冲突时，可以关掉；关掉后所有功能仍可用 Tab、Enter、空格操作。"
        self.fields[
            "enter_next"
        ].help_text = "打开：Enter 下一格，Shift+Enter 上一格，Ctrl+Enter 提交。关掉：用 Tab 换格，Enter 提交。"


def _now(officer: Officer) -> dict[str, object]:
    own = officer.account.settings
    return {
        "keys": own.get("keys", True),
        "enter_next": own.get("enter_next", True),
        "density": "compact" if own.get("compact") else "standard",
        "size": own.get("size") or "normal",
    }


@route("account.settings", "account", "own", methods=("GET", "POST"))
def preferences(request: HttpRequest) -> HttpResponse:
    """Everybody's own switches; they follow the account to any computer."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def build(data: QueryDict | None, files: object) -> Sequence[Section]:
        note = "只对您自己有效，换一台电脑登录也一样。"
        return [Section("settings", "我的设置", note, form=SettingsForm(data, initial=_now(officer)))]

    def run(sections: Sequence[Section]) -> str:
        given = sections[0].form.cleaned_data  # type: ignore[union-attr]
        keep(
            officer.account,
            keys=given["keys"],
            enter_next=given["enter_next"],
            compact=given["density"] == "compact",
            size="" if given["size"] == "normal" else given["size"],
        )
        messages.success(request, "设置已保存。")
        return request.path

    page = Page("我的设置", "快捷键、换格方式、列表密度和字号。")
    answer = ActPage(page, build, run, "保存设置", cancel=Link("返回", "/"), drafts=False, enter_next=False).answer(
        request
    )
    if answer.status_code == 302:
        # Before login and on public pages only the cookie is there to say which size.
        answer.set_cookie("size", officer.account.settings["size"], max_age=YEAR, samesite="Lax")
    return answer
