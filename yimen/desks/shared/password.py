"""修改密码: everybody their own, never an administrator for somebody (K19, K35)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, QueryDict

from yimen.base.access.officer import Officer
from yimen.base.offices.passwords import change, weakness
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import required
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Link, Page, Section


class Secret(forms.CharField):
    """A password field."""

    def __init__(self, label: str, **more: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": more.pop("autocomplete")})
        super().__init__(
            label=label, max_length=200, widget=widget, strip=False, error_messages=required(label), **more
        )
        self.article = ""


class PasswordForm(forms.Form):
    """The old password and the new one, twice."""

    old = Secret("现在的密码", autocomplete="current-password")
    new = Secret("新密码", autocomplete="new-password")
    again = Secret("再输一次新密码", autocomplete="new-password")

    def __init__(self, *args: Any, officer: Officer, **more: Any) -> None:
        super().__init__(*args, **more)
        self.officer = officer

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("old") and not self.officer.account.check_password(data["old"]):
            self.add_error("old", "现在的密码不正确，请重新输入。")
        if data.get("new") and (sentence := weakness(self.officer.account, data["new"])):
            self.add_error("new", sentence)
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两次输入的新密码不一样，请重新输入。")
        return data


@route("account.password", "account", "own", methods=("GET", "POST"))
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the account end."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        note = "至少 10 位，大写字母、小写字母、数字、符号中至少三类。"
        return [Section("password", "修改密码", note, form=PasswordForm(data, officer=officer))]

    def run(sections: Sequence[Section]) -> str:
        change(officer.account, sections[0].form.cleaned_data["new"], officer.request_id)  # type: ignore[union-attr]
        update_session_auth_hash(request, officer.account)
        return "/"

    page = Page("修改密码", "只有您本人能修改自己的密码，管理员也看不到。")
    return ActPage(page, build, run, "修改密码", cancel=Link("返回", "/"), enter_next=False, drafts=False).answer(
        request
    )
