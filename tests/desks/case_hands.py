"""Hands for the tests of the pages of acts: open a page, fill it as a person would, send it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django.forms import BaseForm
from django.test import Client

from tests.desks.district_hands import at, text
from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.access.second import code_now
from yimen.desks.shared.shapes import Section
from yimen.law.terms import Role

__all__ = ["aide", "code_of", "do", "filled", "handler", "head", "of", "send", "text", "told", "url"]

OFFICES = {Role.AIDE: VILLAGE, Role.HANDLER: TOWNSHIP, Role.HEAD: TOWNSHIP}


def of(world: World, role: Role, number: int = 0) -> Client:
    """A browser of somebody of the first street, its first community, or the district."""
    return at(world, role, number, **({"code": OFFICES[role]} if role in OFFICES else {}))


def handler(world: World) -> Client:
    return of(world, Role.HANDLER)


def head(world: World) -> Client:
    return of(world, Role.HEAD)


def aide(world: World) -> Client:
    return of(world, Role.AIDE)


def code_of(world: World, role: Role, code: str) -> str:
    """What the authenticator of the holder of a role shows now."""
    return code_now(world.district.accounts[world.district.who(code, role).pk])


def told(answer: Any) -> list[str]:
    """Why a page was refused: its sentence and every error at a field."""
    context = answer.context
    if context is None or "sections" not in context:
        return [text(answer)]
    refusal = [context["refusal"].sentence] if context["refusal"] else []
    return refusal + [
        f"{name}: {sentence}"
        for section in context["sections"]
        for form in _forms(section)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def url(case: Any, act: str) -> str:
    return f"/case/{case.ref}/{act}/"


def _forms(section: Section) -> Iterator[BaseForm]:
    if section.form is not None:
        yield section.form
    if section.formset is not None:
        yield section.formset.management_form
        yield from section.formset.forms


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value


def filled(answer: Any) -> dict[str, Any]:
    """What the browser would send back of a page just opened, its hidden values included."""
    data: dict[str, Any] = dict(answer.context["hidden"])
    for section in answer.context["sections"]:
        for form in _forms(section):
            for bound in form:
                value = bound.value()
                if value is not None and value is not False and value != []:
                    data[bound.html_name] = _plain(value)
    return data


def send(client: Client, case: Any, act: str, **fields: Any) -> Any:
    """Open the page of an act, change these fields (``visit__place`` for ``visit-place``), send it."""
    opened = client.get(url(case, act))
    assert opened.status_code == 200, text(opened)
    data = filled(opened)
    for name, value in fields.items():
        key = name.replace("__", "-")
        if value is None:
            data.pop(key, None)
        else:
            data[key] = value
    return client.post(url(case, act), data)


def do(client: Client, case: Any, act: str, **fields: Any) -> Any:
    """As :func:`send`; it must succeed. Returns the case as it stands now."""
    answer = send(client, case, act, **fields)
    assert answer.status_code == 302, told(answer)
    return type(case).objects.get(pk=case.pk)
