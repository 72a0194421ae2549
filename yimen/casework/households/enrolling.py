"""Writing many people and households at once, for runs over a ledger: few statements, no row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from yimen.base.offices.models import Area
from yimen.base.sealed import blind_index
from yimen.casework.households.entries import AccountEntry
from yimen.casework.households.models import BankAccount, Household, Membership, Person
from yimen.casework.households.pinyin import spell
from yimen.casework.households.queries import identity_index, phone_tail
from yimen.law.identity import Identity, read_identity


@dataclass(frozen=True)
class Newcomer:
    """A person not known yet. ``identity`` is a number of 18 characters that its reader has passed."""

    name: str
    identity: str
    phone: str = ""


@dataclass(frozen=True)
class NewHome:
    """A household not known yet; ``head`` is the person at its head by id. ``urban`` is None where the village says it."""

    village: Area
    head: int
    group: str = ""
    address: str = ""
    urban: bool | None = None


def account_index(number: str) -> str:
    """The blind index by which an account number is found."""
    return blind_index("account", number)


def _facts(number: str) -> Identity:
    return read_identity(number, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING)


def create_people(entries: Sequence[Newcomer]) -> list[Person]:
    """The persons, in the order given. An identity number known by now raises IntegrityError."""
    rows = []
    for entry in entries:
        identity, (full, initials) = _facts(entry.identity), spell(entry.name)
        rows.append(
            Person(
                name=entry.name,
                pinyin=full,
                initials=initials,
                identity=identity.number,
                identity_index=identity_index(identity.number),
                sex=identity.sex,
                birth_date=identity.birth_date,
                phone=entry.phone or None,
                phone_tail=phone_tail(entry.phone),
            )
        )
    return Person.objects.bulk_create(rows)


def create_homes(entries: Sequence[NewHome], on: date) -> list[Household]:
    """The households, in the order given, without members yet."""
    return Household.objects.bulk_create(
        Household(
            township_id=str(entry.village.parent_id),
            village=entry.village,
            group=entry.group,
            head_id=entry.head,
            address=entry.address or None,
            urban=bool(entry.village.urban if entry.urban is None else entry.urban),
            opened_on=on,
        )
        for entry in entries
    )


def join(entries: Sequence[tuple[int, int, str]], on: date) -> list[Membership]:
    """Members from a day on: household, person, relation to the head. A person at home elsewhere raises IntegrityError."""
    return Membership.objects.bulk_create(
        Membership(household_id=home, person_id=person, relation=relation, from_on=on)
        for home, person, relation in entries
    )


def leave(memberships: Sequence[int], on: date) -> int:
    """End these memberships; how many were still running."""
    return Membership.objects.filter(pk__in=memberships, to_on__isnull=True).update(to_on=on)


def come_back(memberships: Sequence[int]) -> int:
    """Let memberships that a run had ended run on."""
    return Membership.objects.filter(pk__in=memberships).update(to_on=None)


def relate(relations: Mapping[int, str]) -> None:
    """Correct relations to the head, by membership."""
    for relation in sorted(set(relations.values())):
        chosen = [membership for membership, word in relations.items() if word == relation]
        Membership.objects.filter(pk__in=chosen).update(relation=relation)


def move_homes(changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Correct columns of households: village, group, address, head."""
    _correct(Household, changes, ("village_id", "urban", "group", "address", "head_id"))


def correct_phones(phones: Mapping[int, str | None]) -> None:
    """Correct the telephone of persons."""
    changes = {person: {"phone": phone, "phone_tail": phone_tail(phone)} for person, phone in phones.items()}
    _correct(Person, changes, ("phone", "phone_tail"))


def _correct(model: Any, changes: Mapping[int, Mapping[str, Any]], columns: Sequence[str]) -> None:
    rows = list(model.objects.filter(pk__in=list(changes)).order_by("id"))
    touched = [column for column in columns if any(column in change for change in changes.values())]
    for row in rows:
        for column, value in changes[row.pk].items():
            setattr(row, column, value)
    if rows and touched:
        model.objects.bulk_update(rows, [column.removesuffix("_id") for column in touched], batch_size=200)


def open_accounts(entries: Sequence[tuple[int, AccountEntry]], on: date) -> list[BankAccount]:
    """Accounts in use from a day on; the one before must have been closed."""
    return BankAccount.objects.bulk_create(
        BankAccount(
            household_id=home,
            holder=entry.holder,
            holder_relation=entry.holder_relation,
            bank=entry.bank,
            number=entry.number,
            number_index=account_index(entry.number),
            from_on=on,
        )
        for home, entry in entries
    )


def close_accounts(accounts: Sequence[int], on: date) -> int:
    """End these accounts."""
    return BankAccount.objects.filter(pk__in=accounts, to_on__isnull=True).update(to_on=on)


def reopen_accounts(accounts: Sequence[int]) -> int:
    """Let accounts that a run had ended be in use again."""
    return BankAccount.objects.filter(pk__in=accounts).update(to_on=None)
