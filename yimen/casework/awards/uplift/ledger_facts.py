"""Households taken over from a ledger: who they are as facts, and the amount from which their income is worked back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from yimen.casework.households.models import Membership
from yimen.law.again import Amount
from yimen.law.rules import HouseholdFacts, PersonFacts
from yimen.law.rules.facts_form import to_plain
from yimen.law.terms import DisabilityKind, Relation, Sex, WorkCapacity

if TYPE_CHECKING:
    from yimen.casework.awards.uplift.basis import Held, Version

NOBODY = "本户没有登记家庭成员，不能核算，请先登记成员并核定收入。"
_PERSON = ("ref", "name", "birth_date", "sex", "student", "health")


def add_people(found: Sequence[Held]) -> None:
    """The members these households have now, in one statement."""
    homes: dict[int, list[Held]] = {}
    for held in found:
        homes.setdefault(held.household, []).append(held)
    rows = Membership.objects.filter(household__in=list(homes), to_on__isnull=True).order_by("id")
    columns = (f"person__{name}" for name in _PERSON)
    for household, relation, *person in rows.values_list("household", "relation", *columns):
        for held in homes[household]:
            held.people.append(_person(relation, *person))


def _person(relation: str, ref: str, name: str, birth_date: Any, sex: str, student: bool, health: Any) -> PersonFacts:
    known = health or {}
    kind = DisabilityKind(known.get("disability_kind") or DisabilityKind.NONE)
    return PersonFacts(
        ref=ref,
        name=name,
        relation=Relation(relation),
        birth_date=birth_date,
        sex=Sex(sex),
        full_time_student=student,
        disability=kind,
        disability_grade=int(known.get("disability_grade") or 0) if kind is not DisabilityKind.NONE else 0,
        serious_illness=bool(known.get("illness")),
        work_capacity=WorkCapacity(known.get("work_capacity") or WorkCapacity.NONE),
    )


def people_of(held: Held) -> dict[str, Any] | None:
    """The household of people alone, as facts without income; None where nobody is registered."""
    return to_plain(HouseholdFacts(tuple(held.people))) if held.people else None


def amount_of(held: Held, version: Version, book: int) -> Amount:
    """The amount of a version written from a ledger, as what the income is worked back from."""
    cover = tuple(held.refs[person] for person, _ in version.persons if person in held.refs)
    return Amount(version.monthly_fen, version.on, version.urban, cover, book)
