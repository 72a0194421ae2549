"""Households taken over from a ledger: who they are, and the income that their amount implies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.casework.households.models import Membership

NOT_DERIVED = "本户由台账接续，系统里没有收入资料，按原保障金也推不出家庭收入，请核定收入后办理变更。"


def add_people(held: Sequence[Any]) -> None:
    """The members of these households of now, with what the rules ask of a person, in one statement."""
    homes = {one.household: one for one in held}
    rows = Membership.objects.filter(household__in=list(homes), to_on__isnull=True).order_by("id")
    columns = ("ref", "name", "birth_date", "sex", "student", "health")
    for household, relation, *person in rows.values_list(
        "household", "relation", *(f"person__{column}" for column in columns)
    ):
        one = homes[household]
        one.people = one.people or []
        one.people.append((relation, *person))


def implied(held: Any, version: Any) -> tuple[dict[str, Any] | None, str]:
    """The household with the income that its amount implies on the day of its version, or why none follows."""
    return None, NOT_DERIVED
