"""Around every request: its number, session limits, no stored pages, refusals as pages, expired forms kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused, Unknown
from yimen.desks.shared import kept
from yimen.desks.shared.errors import refused_page, unknown_page
from yimen.law.calendar import now

Answer = Callable[[HttpRequest], HttpResponse]


class YimenRequest(HttpRequest):
    """What the middleware adds to a request, for the type checker and the reader."""

    number: str
    officer: Officer | None


class RequestNumber:
    """A short number per request: the 错误编号 on error pages and in the record."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(5)  # type: ignore[attr-defined]
        request.officer = None  # type: ignore[attr-defined]
        response = self.answer(request)
        response["X-Request-Number"] = request.number  # type: ignore[attr-defined]
        return response


class SessionLimits:
    """Twelve hours from login at most, 15 idle minutes (the session's age), and the officer of this request (K16, K37).

    That somebody is still there is noted once a minute, not with every page: reading a list then writes nothing.
    """

    LONGEST = timedelta(hours=12)
    NOTED_EVERY = timedelta(minutes=1)

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            started = request.session.get("started")
            real = datetime.fromisoformat(started) if started else None
            moment = now()
            if real is None or moment - real > self.LONGEST:
                logout(request)
            else:
                seen = request.session.get("seen")
                if seen is None or abs(moment - datetime.fromisoformat(seen)) >= self.NOTED_EVERY:
                    request.session["seen"] = moment.isoformat()
                request.officer = officer_of(request.user, request.number)  # type: ignore[arg-type,attr-defined]
        return self.answer(request)


class KeepExpiredForm:
    """A form sent after its session ended is sealed and handed back after login: nothing typed is lost (T20)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and kept.worth_keeping(request):
            token = kept.keep(request)
            response = redirect(f"/login/?next={request.path}")
            response.set_cookie(
                kept.COOKIE, token, max_age=12 * 3600, httponly=True, samesite="Lax", secure=request.is_secure()
            )
            return response
        return self.answer(request)


class NoStore:
    """Answers to officers are stored nowhere (K26)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        response.setdefault("X-Robots-Tag", "noindex")
        return response


class Refusals:
    """A refusal that no view has turned into its own page becomes one here: 4xx with a sentence, never 5xx."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Unknown):
            return unknown_page(request)
        if isinstance(error, Refused):
            return refused_page(request, error)
        return None
