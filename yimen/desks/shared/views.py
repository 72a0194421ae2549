"""Coming in, going out, going home; switches of the user."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yimen.base.offices.models import Account
from yimen.base.offices.queries import posts_of
from yimen.desks.shared import kept
from yimen.desks.shared.errors import csrf_failed, failed, forbidden, not_found
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Page
from yimen.law.calendar import now, today
from yimen.law.terms import Level, Role

__all__ = ["csrf_failed", "failed", "forbidden", "home", "log_in", "log_out", "not_found", "size"]


class LoginForm(forms.Form):
    """Name and password."""

    username = forms.CharField(label="账号", max_length=40, error_messages={"required": "请填写账号。"})
    password = forms.CharField(
        label="密码", widget=forms.PasswordInput, max_length=200, error_messages={"required": "请填写密码。"}
    )


def _demo_accounts() -> list[Fact]:
    """Role and login name of the demo's accounts; passwords are printed by the command alone."""
    if not settings.YIMEN_DEMO:
        return []
    facts = []
    for account in (
        Account.objects.filter(username__in=settings.YIMEN_DEMO_SHOWN).select_related("staff").order_by("pk")
    ):
        posts = posts_of(account.staff_id, today())
        if posts:
            facts.append(Fact(Role(posts[0].role).label, account.username, posts[0].office.name))
    return facts


def _safe(target: str) -> str:
    good = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if good and not target.startswith("/logout") else ""


def _show(request: HttpRequest, form: LoginForm, status: int = 200, locked: str = "") -> HttpResponse:
    note = "登录已过期。您刚才填写的内容已经保存，重新登录后会自动恢复。" if kept.COOKIE in request.COOKIES else ""
    context = {
        "page": Page("登录"),
        "form": form,
        "login_url": reverse("login"),
        "next": _safe(request.GET.get("next", "")),
        "carried": {},
        "carried_note": note,
        "locked": locked,
        "accounts": _demo_accounts(),
        "setup": None,
    }
    return render(request, "shared/login.html", context, status=status)


@route("login", "account", "none", methods=("GET", "POST"), public=True)
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in; five wrong passwords close the account for fifteen minutes (K37)."""
    if request.method != "POST":
        return _show(request, LoginForm())
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _show(request, form, 422)
    user = authenticate(request, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
    if user is None:
        if getattr(request, "axes_locked_out", False):
            return _show(request, form, 403, "连续 5 次密码错误，账号已锁定 15 分钟。急需使用请联系安全管理员解锁。")
        form.add_error(None, "账号或密码不正确，请核对后再试。")
        return _show(request, form, 422)
    target = _safe(request.POST.get("next", "") or request.GET.get("next", "")) or reverse("home")
    return enter(request, user, target)


def enter(request: HttpRequest, user: Any, target: str) -> HttpResponse:
    """Begin the session of somebody known, and go there."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session["started"] = now().isoformat()
    response = HttpResponseRedirect(target)
    response.set_cookie(
        kept.NAME_COOKIE,
        user.get_username(),
        max_age=30 * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    # The size of letters goes by a cookie, since public pages know nobody; the account remembers it.
    if chosen := user.settings.get("size"):
        response.set_cookie("size", chosen, max_age=365 * 24 * 3600, samesite="Lax")
    return response


@route("logout", "account", "own", methods=("POST",))
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server and clear what the browser keeps."""
    logout(request)
    response = redirect("login")
    response.delete_cookie(kept.NAME_COOKIE)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


_HOMES = {Level.TOWNSHIP: "township:queue", Level.DISTRICT: "district:overview", Level.VILLAGE: "village:visits"}


@route("home", "desk", "own", public=True)
def home(request: HttpRequest) -> HttpResponse:
    """The desk of the role: 待办, 监督, 我的走访; the login page for strangers."""
    officer: Any = request.officer  # type: ignore[attr-defined]
    if officer is None:
        return redirect("login")
    if officer.roles == {Role.CHECKER}:
        return redirect("district:checks")
    if officer.roles == {Role.CASHIER}:
        return redirect("township:rolls")
    level = officer.level()
    return redirect(_HOMES[level] if level else "figures")


@route("size", "page", "none", public=True)
def size(request: HttpRequest) -> HttpResponse:
    """大字版: keep the chosen size of type in a cookie and go back."""
    response = HttpResponseRedirect(_safe(request.GET.get("back", "")) or "/")
    chosen = request.GET.get("to", "")
    response.set_cookie(
        "size", chosen if chosen in {"large", "larger"} else "", max_age=365 * 24 * 3600, samesite="Lax"
    )
    return response
