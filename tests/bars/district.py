"""A small demo district built once per test process, and a fresh copy of its database for every module that asks.

The copy is a database of its own (a file, or one made from a template), switched to for the length of the module: the
tests in it read and write as the live server does, and nothing has to be emptied after each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.conftest import TODAY
from tests.database import copy, drop, is_file, use
from tests.desks.district_hands import send
from tests.environment import DATA
from tests.journeys.grounds import Grounds
from tests.rooms.world import PASSWORD
from yimen.demo import places
from yimen.demo.build import build
from yimen.demo.places import DISTRICT
from yimen.law import calendar
from yimen.law.calendar import now
from yimen.law.terms import Role

SEED, HOUSEHOLDS = 7, 20


def _other(suffix: str) -> str:
    name = str(connection.settings_dict["NAME"])
    return str(DATA / f"{suffix}.sqlite3") if is_file() else f"{name}_{suffix}"


@contextmanager
def another_database(source: str, suffix: str) -> Iterator[str]:
    """Inside, the program works on a copy of ``source``; afterwards on what it had before, and the copy is gone."""
    before, name = str(connection.settings_dict["NAME"]), _other(suffix)
    copy(source, name)
    use(name)
    try:
        yield name
    finally:
        use(before)
        drop(name)


class Store:
    """The district, built at the first wish."""

    def __init__(self) -> None:
        self.name = ""
        self.district: Any = None

    @contextmanager
    def opened(self, files: Path, *, empty: bool = False) -> Iterator[Grounds]:
        """A copy of the district to work on, under the demo's settings; ``empty`` is a place before its first case."""
        settings.YIMEN_DEMO = True
        settings.YIMEN_GATEWAY_DIR = files / "gateway"
        calendar.pin_today(TODAY)
        if empty:
            with another_database(str(connection.settings_dict["NAME"]), "fresh"):
                yield Grounds(places.build(SEED, TODAY, lambda: PASSWORD))
            return
        if not self.name:
            self._build()
        with another_database(self.name, "copy"):
            yield Grounds(self.district)

    def _build(self) -> None:
        empty, name = str(connection.settings_dict["NAME"]), _other("district")
        copy(empty, name)
        use(name)
        try:
            self.district = build(SEED, TODAY, HOUSEHOLDS).district
            wait_for_a_second_person(Grounds(self.district))
        finally:
            use(empty)
        self.name = name

    def close(self) -> None:
        if self.name:
            drop(self.name)


def wait_for_a_second_person(grounds: Grounds) -> None:
    """A hand-over and a figure are drafted, so that their pages lead somewhere."""
    drafter = client_of(grounds.account(Role.SUPERVISOR))
    fields = {"document": "示例文号", "valid_from": "2027-01-01"}
    send(drafter, "/district/figures/payment.day/new/", value="10", area=DISTRICT, **fields)
    power = {"township": "990101200", "programme": "dibao", "mode": "delegation", "basis": "示例"}
    send(drafter, "/district/delegations/new/", **power, **fields)


def password_for(account: Any) -> str:
    """A password that lets an account in, set now; the account that other modules share stays as it was built."""
    here = type(account).objects.get(pk=account.pk)
    here.set_password(PASSWORD)
    here.save(update_fields=["password"])
    return PASSWORD


def client_of(account: Any) -> Client:
    """A browser without windows in which somebody is logged in."""
    client = Client()
    client.force_login(account)
    session = client.session
    session["started"] = now().isoformat()
    session.save()
    return client
