"""The permission matrix (K14, K15): every address as everybody, with GET and POST, on one and the same case.

What is allowed and what is denied share one set-up: an address that answers the right officer and nobody else cannot
have been denied for a missing object, and what is foreign answers exactly like what does not exist.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as place_settings
from django.db import transaction
from django.test import override_settings

from tests.conftest import TODAY
from tests.house.permissions import Actor, Scene, build
from yimen.base.exports.desk import RELEASERS
from yimen.casework.applications.models import Draft
from yimen.desks.public import throttle
from yimen.desks.shared.routes import EVERY_ROLE, RouteRow, all_routes
from yimen.law.calendar import travel
from yimen.law.terms import Role

ROWS, UNDECLARED = all_routes()
GROUPS = sorted({row.path.split("/")[1] for row in ROWS})
SCOPES = {"place", "own", "district", "public", "none"}
NOWHERE = "000000000000"
FORBIDDEN = "您的岗位不能使用这个页面。"
# Objects seen by the whole district's staff, by their owner alone, or by everybody who may use the page at all.
OF_THE_DISTRICT = {
    "foreign_fill",
    "foreign_retire",
    "batch",
    "request_file",
    "result_file",
    "delegation_release",
    "figure_release",
    "uplift_print",
}
OF_THE_OWNER = {"discard", "import_job", "batch_run"}
# Seen by who asked for the list, and by those of the place who may let it go.
OF_AN_EXPORT = {"export_job", "export_link", "export_release", "export_file"}
# Addresses that name a township, not an object of it.
OF_A_TOWNSHIP = frozenset({"close_of"})
# Money: seen besides by who releases it and sees no case.
OF_PAYMENT = ("roll", "account", "custody", "bank", "close_")
# Says the same of one's own draft, another's and none; another's stays where it is.
QUIET = {"discard"}
# Public addresses that keep a second question or a key to themselves.
PUBLIC_MISSING = {"notice"}


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One for all tests of this file: every request is undone, and all of it when they have passed."""
    place = override_settings(YIMEN_DEMO=True, YIMEN_GATEWAY_DIR=tmp_path_factory.mktemp("gateway"))
    with django_db_blocker.unblock(), place, transaction.atomic():
        with travel(TODAY):
            made = build()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _forgetful(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are what is wanted here; only a failure is worth a line in the log."""
    caplog.set_level(logging.ERROR, logger="django.request")
    throttle.forget()


def address(row: RouteRow, scene: Scene, *, ref: str = "") -> str:
    """The path with an example for each parameter; one without an example fails here."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if ref and name == "ref":
            return ref
        return scene.values.get(f"{row.name}:{name}") or scene.values[name]

    return re.sub(r"<\w+:(\w+)>", value, row.path)


def ask(actor: Actor, method: str, url: str) -> Any:
    """One request, undone afterwards."""
    with transaction.atomic():
        answer = actor.browser().generic(
            method, url, "once=0123456789bc", content_type="application/x-www-form-urlencoded"
        )
        transaction.set_rollback(True)
    return answer


def outcome(answer: Any) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/login/?next="):
        return "login"
    if answer.status_code == 403:
        return "forbidden" if FORBIDDEN in answer.content.decode() else "answered"
    named = {404: "missing", 405: "method"} | dict.fromkeys((200, 204, 302, 409, 422), "answered")
    return named.get(answer.status_code, str(answer.status_code))


def foreign(row: RouteRow, actor: Actor) -> bool:
    """Whether the object in the address lies beyond the actor."""
    if row.name in {"export_file", "print_run", "print_file", "foreign_columns"}:
        return actor.name != "handler"
    if "<str:ref>" not in row.path and row.name not in OF_A_TOWNSHIP:
        return False
    if row.name in OF_AN_EXPORT:
        return actor.name != "handler" and not (actor.sees and actor.roles & RELEASERS)
    if row.name.startswith(OF_PAYMENT):
        return not (actor.sees or actor.name == "cashier")
    if row.name in OF_THE_OWNER:
        return not actor.owns
    return not (actor.home if row.name in OF_THE_DISTRICT else actor.sees)


def fits(row: RouteRow, actor: Actor) -> bool:
    """Whether a post of the actor is among those of the address."""
    return bool(actor.session) and (not row.roles or bool(actor.roles & {Role(role) for role in row.roles}))


def expected(row: RouteRow, actor: Actor) -> str:
    if row.public:
        return "missing" if row.name in PUBLIC_MISSING else "answered"
    if not actor.session:
        return "login"
    if not fits(row, actor):
        return "forbidden"
    return "missing" if foreign(row, actor) and row.name not in QUIET else "answered"


def test_no_address_is_undeclared() -> None:
    assert UNDECLARED == []
    names = {
        row.path: (row.action, row.scope)
        for row in ROWS
        if not (row.action and row.object and row.name and row.scope in SCOPES and row.methods)
    }
    assert names == {}


def test_only_public_addresses_go_without_roles() -> None:
    assert [row.path for row in ROWS if not row.public and not row.roles] == ["/logout/", "/password/", "/settings/"]
    assert {row.path for row in ROWS if row.public and row.roles} == set()
    assert sorted(row.path for row in ROWS if row.public and not row.path.startswith(("/public/", "/p/", "/help/"))) == [
        "/", "/login/", "/size/",
    ]  # fmt: skip


def test_everybody_takes_part(scene: Scene) -> None:
    tried = {role for actor in scene.actors for role in actor.roles}
    assert tried == EVERY_ROLE
    assert len(scene.actors) >= 18


@pytest.mark.parametrize("group", GROUPS)
def test_each_address_as_everybody(group: str, scene: Scene) -> None:
    wrong = []
    for row in _of(group):
        url, answered = address(row, scene), 0
        for actor in scene.actors:
            throttle.forget()
            # An undeclared method is refused before anybody is looked at; two actors show that.
            for method in ("GET", "POST", "DELETE") if actor.name in {"anonymous", "handler"} else ("GET", "POST"):
                wanted = expected(row, actor) if method in row.methods else "method"
                found = outcome(ask(actor, method, url))
                answered += found == "answered"
                if found != wanted:
                    wrong.append(f"{method} {url} as {actor.name}: {found} instead of {wanted}")
        if not answered and row.name not in PUBLIC_MISSING:
            wrong.append(f"{url} answers nobody: a denial proves nothing")
    assert wrong == []


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_foreign_answers_like_what_does_not_exist(group: str, scene: Scene) -> None:
    wrong = []
    for row in _of(group):
        if "<str:ref>" not in row.path or row.public:
            continue
        strangers = [actor for actor in scene.actors if fits(row, actor) and foreign(row, actor)]
        if not strangers:
            wrong.append(f"nobody is a stranger to {row.path}")
        for actor in strangers:
            for method in row.methods:
                there, nowhere = (_said(ask(actor, method, url)) for url in _both(row, scene))
                if there != nowhere:
                    wrong.append(f"{method} {row.path} tells {actor.name} that the object exists")
    assert wrong == []


def test_nobody_discards_the_draft_of_another(scene: Scene) -> None:
    row = next(row for row in ROWS if row.name == "discard")
    left = {}
    for actor in [actor for actor in scene.actors if fits(row, actor)]:
        with transaction.atomic():
            actor.browser().post(address(row, scene))
            left[actor.owns] = Draft.objects.filter(ref=scene.values["discard:ref"]).exists()
            transaction.set_rollback(True)
    assert left == {True: False, False: True}


def _of(group: str) -> list[RouteRow]:
    return [row for row in ROWS if row.path.split("/")[1] == group]


def _both(row: RouteRow, scene: Scene) -> tuple[str, str]:
    return address(row, scene), address(row, scene, ref=NOWHERE)


def _said(answer: Any) -> tuple[int, str]:
    number = str(answer.headers.get("X-Request-Number", ""))
    return answer.status_code, answer.content.decode().replace(number, "")


def test_the_matrix_is_large_enough(scene: Scene) -> None:
    cells = len(ROWS) * len(scene.actors) * 2
    assert cells >= 3000 and place_settings.YIMEN_TESTING
