"""What every public answer has: phones at the foot, nothing kept on the way, nothing for search engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yimen.base.offices import queries as offices
from yimen.desks.public.throttle import limited
from yimen.desks.shared.frame import frame_of
from yimen.desks.shared.pages import complete
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact
from yimen.law.terms import OfficeKind

View = Callable[..., HttpResponse]
HOTLINE = Fact("政务服务热线", "12345")


def phones(township: str = "") -> list[Fact]:
    """Whom to call (A14): the township if one is meant, the district, 12345."""
    found = []
    for code, kind in ((township, OfficeKind.TOWNSHIP), (settings.YIMEN_DISTRICT, OfficeKind.DEPARTMENT)):
        office = offices.find_office(code, kind) if code else None
        if office and (office.hotline or office.phone):
            found.append(Fact(office.name, office.hotline or office.phone))
    return [*found, HOTLINE]


def page(request: HttpRequest, template: str, status: int = 200, *, township: str = "", **given: Any) -> HttpResponse:
    """A public page with its phones."""
    frame = replace(frame_of(request), phones=phones(township))
    return render(request, template, {**complete(template, **given), "frame": frame}, status=status)


def public(action: str, obj: str, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Declare a public view: counted per address, kept by no browser, proxy or search engine (K22, K25)."""

    def decorate(view: View) -> View:
        @route(action, obj, "public", methods=methods, public=True)
        @limited
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
            return response

        return answered

    return decorate
