"""The demo district and cases walked through real acts, for the tests of the rooms and desks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.base.access.officer import Officer, officer_of
from yimen.casework.applications import acts as applications, queries
from yimen.casework.applications.entries import (
    ConsentEntry,
    IncomeEntry,
    Intake,
    MaterialEntry,
    PropertyEntry,
)
from yimen.casework.households.entries import AccountEntry, HomeEntry, PersonEntry
from yimen.demo import places
from yimen.demo.people import Crowd, Somebody
from yimen.law.calendar import today
from yimen.law.terms import MaterialState, Relation, Role

VILLAGE = "990101001001"
TOWNSHIP = "990101001"
NOT_YET = "990101101"
DISTRICT = places.DISTRICT
PASSWORD = "demo-password-1"


@dataclass
class World:
    """The district with a crowd to draw people from."""

    district: places.District
    crowd: Crowd

    def officer(self, code: str, role: Role, number: int = 0) -> Officer:
        """The officer holding a role somewhere, with the posts of today."""
        staff = self.district.who(code, role, number)
        return officer_of(self.district.accounts[staff.pk])

    def handler(self, township: str = TOWNSHIP, number: int = 0) -> Officer:
        return self.officer(township, Role.HANDLER, number)

    def head(self, township: str = TOWNSHIP) -> Officer:
        return self.officer(township, Role.HEAD)

    def aide(self, village: str = VILLAGE) -> Officer:
        return self.officer(village, Role.AIDE)

    def at_district(self, role: Role, number: int = 0) -> Officer:
        return self.officer(DISTRICT, role, number)


def make_world(seed: int = 7) -> World:
    """Places, staff and accounts; every password is PASSWORD."""
    return World(places.build(seed, today(), lambda: PASSWORD), Crowd(seed))


def member(somebody: Somebody, relation: str = Relation.SELF, **more: Any) -> PersonEntry:
    """A person entry of somebody drawn from the crowd."""
    return PersonEntry(name=somebody.name, identity=somebody.identity, relation=relation, **more)


def intake(world: World, *, village: str = VILLAGE, members: Sequence[PersonEntry] = (), **more: Any) -> Intake:
    """A small application: an old woman alone with a pension of 143 yuan a month, unless told otherwise."""
    people = members or [member(world.crowd.person(today(), 62, 75), work_capacity="lost")]
    facts: dict[str, Any] = {
        "incomes": [IncomeEntry("transfer", "pension", "城乡居民养老金", 14300, "month")],
        "properties": [PropertyEntry("deposit", "银行存款", 120000)],
        "account": AccountEntry(people[0].name, "示例农村商业银行", "9900000000000000018"),
        "materials": seen(),
    }
    facts.update(more)
    return Intake(
        applied_by="self",
        home=HomeEntry(village, "3组", "5号楼2单元301室"),
        members=people,
        reason="年老多病，没有劳动能力，生活困难。",
        poverty_cause="age",
        relative_declared=bool(facts.get("relatives")),
        **facts,
    )


def seen() -> list[MaterialEntry]:
    """All required papers established."""
    codes = ("identity_card", "hukou_book", "application_signed", "declaration_signed", "pledge_signed")
    return [MaterialEntry(code, MaterialState.ORIGINAL_SEEN) for code in codes]


def consents(application: Any, on: date | None = None) -> list[ConsentEntry]:
    """Everybody in the household signs today."""
    day = on or today()
    return [
        ConsentEntry(True, day, row.person.name, person_ref=row.person.ref) for row in queries.participants(application)
    ]


def applied(world: World, officer: Officer | None = None, **more: Any) -> Any:
    """An application registered, with papers established and consents signed."""
    by = officer or world.handler()
    application = applications.apply(by, intake=intake(world, **more))
    return applications.record_consent(by, application.ref, entries=consents(application))
