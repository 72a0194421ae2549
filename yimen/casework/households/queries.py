"""Reading people and households."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.memory import remembered
from yimen.base.access.officer import Officer
from yimen.base.prepared import prepared
from yimen.base.sealed import blind_index
from yimen.casework.households.models import BankAccount, Household, Membership, Obligor, Person
from yimen.law.calendar import today
from yimen.law.terms import DisabilityKind

TAIL = 4
_IDENTITY = re.compile(r"\d{15}|\d{17}[\dXx]")


@gate.scope(Household)
def _household_scope(officer: Officer) -> Q:
    return gate.by_place(officer)


@dataclass(frozen=True)
class KnownPerson:
    """Where an identity number is already known: said at once at intake."""

    person: Person
    household: Household | None


def identity_index(number: str) -> str:
    """The blind index by which an identity number is found."""
    return blind_index("identity", number)


def households() -> QuerySet[Household]:
    """Households with what their pages always show."""
    return Household.objects.select_related("head", "village", "township")


def home_of(person: Person) -> Membership | None:
    """The membership a person has now."""
    rows = Membership.objects.filter(person=person, to_on__isnull=True)
    return rows.select_related("household", "household__village", "household__township", "household__head").first()


def known(number: str) -> KnownPerson | None:
    """The person of an identity number and the household they are in."""
    person = Person.objects.filter(identity_index=identity_index(number)).first()
    if person is None:
        return None
    home = home_of(person)
    return KnownPerson(person, home.household if home else None)


def members(household: Household, *, former: bool = False) -> list[Membership]:
    """Members of a household now, or also those of before."""
    rows = Membership.objects.filter(household=household).select_related("person").order_by("id")
    return list(rows if former else rows.filter(to_on__isnull=True))


@prepared
def _obligors(household: int) -> QuerySet[Obligor]:
    rows = Obligor.objects.filter(household_id=household, to_on__isnull=True)
    return rows.select_related("supports").order_by("id")


@remembered
def obligors_of(household_id: int) -> list[Obligor]:
    """Obligors named now, by the household's number."""
    return _obligors(household_id)


def obligors(household: Household) -> list[Obligor]:
    """Obligors named now."""
    return obligors_of(household.pk)


def in_use(on: date) -> Q:
    """Accounts that money goes to on a day, of several of a household the one made last. One confirmed for later is not yet."""
    return Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gt=on))


@prepared
def _accounts(household: int, on: date) -> QuerySet[BankAccount]:
    known = Q(to_on__isnull=True) | Q(to_on__gt=on)
    return BankAccount.objects.filter(known, household_id=household).order_by("id")


@remembered
def _now_and_later(household: int, on: date) -> tuple[BankAccount | None, BankAccount | None]:
    now = later = None
    for row in _accounts(household, on):
        if row.from_on <= on:
            now = row
        elif row.to_on is None:
            later = row
    return now, later


def account_now_and_later(household: Household) -> tuple[BankAccount | None, BankAccount | None]:
    """The account in use today, and the one that is confirmed and begins on a later day, its ``from_on``."""
    return _now_and_later(household.pk, today())


def account(household: Household) -> BankAccount | None:
    """The account in use today."""
    return account_now_and_later(household)[0]


def account_at_last(household: Household) -> BankAccount | None:
    """The account in use once everything that is confirmed has begun."""
    now, later = account_now_and_later(household)
    return later or now


def accounts_of(household_ids: Iterable[int]) -> dict[int, BankAccount]:
    """The accounts in use today of many households, in one statement."""
    rows = BankAccount.objects.filter(in_use(today()), household_id__in=list(household_ids)).order_by("id")
    return {row.household_id: row for row in rows}


def identity(person: Person | Obligor) -> str:
    """The identity number in clear. Reading it onto a page is for the caller to log (K33)."""
    return str(person.identity)


def age(birth_date: date, on: date) -> int:
    """Completed years on a day; a 29 February birthday counts from 1 March in common years."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def disability(person: Person) -> str:
    """Disability in words, for forms: 肢体二级."""
    kind = person.health.get("disability_kind") or "none"
    if kind == DisabilityKind.NONE:
        return "无"
    grade = person.health.get("disability_grade")
    return DisabilityKind(kind).label + (f"{'一二三四'[int(grade) - 1]}级" if grade else "")


def phone_tail(phone: str | None) -> str:
    """The blind index by which the last four digits of a telephone are found; "" without one."""
    digits = "".join(sign for sign in phone or "" if sign.isdigit())
    return blind_index("phone tail", digits[-TAIL:])[:16] if len(digits) >= TAIL else ""


def begins(field: str, text: str) -> Q:
    """Rows whose column begins with a text, in a form that the index of either database serves."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": f"{text}{chr(0x10FFFF)}"})


def people_like(text: str) -> Q:
    """Which persons a search text means: a whole identity number, the last four digits of a telephone, letters of the
    pinyin, else how the name begins. Each goes by an index (T6)."""
    plain = text.strip()
    if _IDENTITY.fullmatch(plain):
        return Q(identity_index=identity_index(plain))
    if plain.isascii() and plain.isdigit():
        return Q(phone_tail=phone_tail(plain)) if len(plain) == TAIL else Q(pk__in=[])
    if plain.isascii():
        return begins("pinyin", plain.lower()) | begins("initials", plain.lower())
    return begins("name", plain)


def people_containing(text: str) -> Q:
    """Persons with the text anywhere in their name: slower, for when nothing begins with it (秀兰 for 王秀兰)."""
    plain = text.strip()
    return Q(pk__in=[]) if plain.isascii() else Q(name__contains=plain)


def search(officer: Officer, text: str) -> QuerySet[Household]:
    """Households within scope with a member that the text means; by village, then by the name of the head."""
    plain = text.strip()
    if not plain:
        return Household.objects.none()
    rows = gate.within(officer, households())
    for people in (people_like(plain), people_containing(plain)):
        homes = Membership.objects.filter(person__in=Person.objects.filter(people), to_on__isnull=True)
        found = rows.filter(pk__in=homes.order_by().values("household_id")).order_by("village_id", "head__pinyin", "id")
        if found.exists():
            return found
    return rows.none()


def sizes(homes: Iterable[Household]) -> dict[int, int]:
    """How many members these households have now, in one statement."""
    rows = Membership.objects.filter(household__in=[home.pk for home in homes], to_on__isnull=True).order_by()
    return dict(rows.values_list("household_id").annotate(count=Count("id")))
