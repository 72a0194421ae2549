"""The demo's own conveniences: becoming another of its people with one click. None of it exists outside demo mode.

Only at this machine, or for who is logged in already: the demo's password keeps others out wherever it can be reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yimen.base.offices.queries import account_named
from yimen.desks.shared.errors import not_found
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Link

_HERE = {"127.0.0.1", "::1"}
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Person:
    """One of the demo's people: the account, in one word for the strip, and in full."""

    username: str
    word: str
    role: str


PEOPLE = (
    Person("qh-jb1", "经办", "街道经办（青禾街道）"),
    Person("qh-fz", "负责人", "街道负责人（青禾街道，确认）"),
    Person("qh-ff", "发放", "街道资金发放（青禾街道）"),
    Person("qh-c1", "村协理", "社会救助协理员（站前社区）"),
    Person("check", "核对", "区级核对（区社会救助中心）"),
    Person("visit", "区经办", "区级经办（区民政局）"),
    Person("decide", "区确认", "区级确认（区民政局）"),
    Person("watch", "监督", "区级监督（区民政局）"),
    Person("audit", "审计", "审计管理员（区民政局）"),
)
_NAMES = {person.username: person for person in PEOPLE}


def person(username: str) -> Person:
    """The demo's person with that account."""
    return _NAMES[username]


def may_switch(request: HttpRequest) -> bool:
    """Whether this request may become somebody else without a password."""
    if not settings.YIMEN_DEMO:
        return False
    near = request.META.get("REMOTE_ADDR") in _HERE and "HTTP_X_FORWARDED_FOR" not in request.META
    return near or getattr(request, "officer", None) is not None


def people(request: HttpRequest) -> list[Link]:
    """Whom the strip offers; ``url`` is the account, which the form posts."""
    officer: Any = getattr(request, "officer", None)
    now = officer.account.username if officer else ""
    if not may_switch(request):
        return []
    return [Link(one.word, one.username, current=one.username == now, note=one.role) for one in PEOPLE]


def _target(wanted: str) -> str:
    good = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if good else reverse("home")


@route("demo.switch", "account", "none", methods=("POST",), public=True)
def switch(request: HttpRequest) -> HttpResponse:
    """Become another of the demo's people and go where the tour says, or to the desk of the role."""
    from yimen.desks.shared.views import enter

    if not may_switch(request):
        return not_found(request)
    name = request.POST.get("to", "")
    account = account_named(name) if name in _NAMES else None
    if account is None or not account.is_active:
        return HttpResponseRedirect(reverse("home"))
    return enter(request, account, _target(request.POST.get("next", "")))
