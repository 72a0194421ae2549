"""What the households of some applications declared, as the comparison wants it; few statements for many cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from yimen.base.prepared import prepared
from yimen.casework.applications.models import Income, Participant, Property
from yimen.casework.households.models import Obligor, Person
from yimen.casework.households.queries import disability
from yimen.casework.verification.comparing import OBLIGOR_INCOME, Declared, Key, Party
from yimen.casework.verification.models import CheckPerson
from yimen.casework.verification.wording import LAND_AREA, amount
from yimen.law.checks import is_item, item
from yimen.law.terms import Marriage, PropertyKind, Relation

_ONE = 1


def parties_of(persons: Iterable[CheckPerson]) -> list[Party]:
    """The persons of a request as the comparison knows them."""
    found = []
    for row in persons:
        if row.person is not None:
            found.append(Party(("person", row.person.pk), row.person.name))
        elif row.obligor is not None:
            found.append(Party(("obligor", row.obligor.pk), row.obligor.name, obligor=True))
    return found


@prepared
def _members(applications: list[int]) -> QuerySet[Participant]:
    return Participant.objects.filter(application_id__in=applications).select_related("person").order_by("id")


@prepared
def _incomes(applications: list[int]) -> QuerySet[Income]:
    return Income.objects.filter(application_id__in=applications).order_by("id")


@prepared
def _properties(applications: list[int]) -> QuerySet[Property]:
    return Property.objects.filter(application_id__in=applications).order_by("id")


def declared_of(applications: Iterable[int]) -> dict[int, list[Declared]]:
    """Everything declared with these applications, by application."""
    ids = list(applications)
    found: dict[int, list[Declared]] = defaultdict(list)
    for row in _members(ids):
        found[row.application_id] += _of_person(row.person, Relation(row.relation).label)
    for income in _incomes(ids):
        found[income.application_id].append(_income(income))
    for thing in _properties(ids):
        found[thing.application_id].append(_property(thing))
    return found


def of_obligors(obligors: Iterable[Obligor]) -> list[Declared]:
    """The declared family income of obligors."""
    return [
        Declared(
            OBLIGOR_INCOME,
            f"家庭收入 {amount(row.monthly_income_fen, 'month')}",
            ("obligor", row.pk),
            row.monthly_income_fen,
            period="month",
        )
        for row in obligors
        if row.monthly_income_fen is not None
    ]


def _of_person(person: Person, relation: str) -> list[Declared]:
    key: Key = ("person", person.pk)
    found = [Declared("members", relation, key)]
    if person.marriage != Marriage.UNKNOWN:
        found.append(Declared("marriage", Marriage(person.marriage).label, key))
    if (words := disability(person)) != "无":
        found.append(Declared("disability", words, key))
    return found


def _key(person_id: int | None) -> Key | None:
    return ("person", person_id) if person_id else None


def _income(row: Income) -> Declared:
    return Declared(
        row.project,
        f"{row.label} {amount(row.amount_fen, row.period)}"[:120],
        _key(row.person_id),
        row.amount_fen,
        period=row.period,
        income_id=row.pk,
    )


def _property(row: Property) -> Declared:
    code = LAND_AREA if row.kind == PropertyKind.LAND else row.kind
    counted = is_item(code) and item(code).is_count
    words = row.label if row.value_fen is None else f"{row.label} {amount(row.value_fen, '')}"
    return Declared(
        code,
        words[:120],
        _key(row.person_id),
        None if counted else row.value_fen,
        _things(row) if counted else None,
        property_id=row.pk,
    )


def _things(row: Property) -> int:
    """How many things a declared line is: a house is one line each, for the rest a whole quantity counts."""
    if row.kind == PropertyKind.HOUSE or row.quantity is None or row.quantity != int(row.quantity):
        return _ONE
    return max(_ONE, int(row.quantity))
