"""Reading people and households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.sealed import blind_index
from yimen.casework.households.models import BankAccount, Household, Membership, Obligor, Person
from yimen.law.terms import DisabilityKind


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


def obligors(household: Household) -> list[Obligor]:
    """Obligors named now."""
    return list(
        Obligor.objects.filter(household=household, to_on__isnull=True).select_related("supports").order_by("id")
    )


def account(household: Household) -> BankAccount | None:
    """The account in use."""
    return BankAccount.objects.filter(household=household, to_on__isnull=True).first()


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


def people_like(text: str) -> Q:
    """Which persons a search text means: name, pinyin, initials (identity numbers go by their index)."""
    plain = text.strip()
    return Q(name__icontains=plain) | Q(pinyin__startswith=plain.lower()) | Q(initials__startswith=plain.lower())
