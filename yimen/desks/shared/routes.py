"""Every route declares action, object and scope (K15); an undeclared one fails the tests and `yimen routes`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver

from yimen.base.access.officer import ADMIN_ROLES, DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, VILLAGE_ROLES
from yimen.desks.shared.errors import forbidden
from yimen.law.terms import Role

View = Callable[..., HttpResponse]
CASE_STAFF = VILLAGE_ROLES | TOWNSHIP_ROLES | DISTRICT_ROLES
ANYBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Declared:
    """What a route does, to what, how far, and for whom (empty roles with ``public``: without login)."""

    action: str
    object: str
    scope: str
    roles: frozenset[Role]
    methods: tuple[str, ...]
    public: bool = False


def route(
    action: str,
    obj: str,
    scope: str,
    roles: Iterable[Role] = (),
    methods: Iterable[str] = ("GET",),
    *,
    public: bool = False,
) -> Callable[[View], View]:
    """Declare a view. ``scope``: place (own area through the gate), own, district, public, none."""
    declared = Declared(action, obj, scope, frozenset(roles), tuple(methods), public)

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in {*declared.methods, "HEAD", "OPTIONS"}:
                return HttpResponseNotAllowed(declared.methods)
            if declared.public:
                return view(request, *args, **kwargs)
            officer = request.officer  # type: ignore[attr-defined]
            if officer is None:
                return redirect(f"/login/?next={request.path}")
            if declared.roles and not officer.roles & declared.roles:
                return forbidden(request)
            return view(request, *args, **kwargs)

        checked.declared = declared  # type: ignore[attr-defined]
        return checked

    return decorate


@dataclass(frozen=True)
class RouteRow:
    """One line of `yimen routes`."""

    path: str
    name: str
    action: str
    object: str
    scope: str
    roles: tuple[str, ...]
    methods: tuple[str, ...]
    public: bool


def _walk(patterns: Iterable[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield path, pattern


def all_routes() -> tuple[list[RouteRow], list[str]]:
    """Every declared route, and the paths of undeclared ones."""
    rows: list[RouteRow] = []
    undeclared: list[str] = []
    for path, pattern in _walk(get_resolver().url_patterns, "/"):
        declared: Declared | None = getattr(pattern.callback, "declared", None)
        if declared is None:
            undeclared.append(path)
            continue
        roles = tuple(sorted(declared.roles))
        rows.append(
            RouteRow(
                path,
                pattern.name or "",
                declared.action,
                declared.object,
                declared.scope,
                roles,
                declared.methods,
                declared.public,
            )
        )
    return rows, undeclared


EVERY_ROLE = CASE_STAFF | PAYING_ROLES | ADMIN_ROLES
