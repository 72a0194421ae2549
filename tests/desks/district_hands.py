"""Hands for the tests of the district's desk: who is at the keyboard, and forms with their keys."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.rooms.world import DISTRICT, World
from yimen.base.refs import new_ref
from yimen.law.calendar import now
from yimen.law.terms import Role


def at(world: World, role: Role, number: int = 0, code: str = DISTRICT) -> Client:
    """A browser in which the holder of a role is logged in."""
    staff = world.district.who(code, role, number)
    client = Client()
    client.force_login(world.district.accounts[staff.pk])
    session = client.session
    session["started"] = now().isoformat()
    session.save()
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def send(client: Client, url: str, **fields: Any) -> Any:
    """A form sent with a fresh key."""
    return client.post(url, {"once": new_ref(), **fields})
