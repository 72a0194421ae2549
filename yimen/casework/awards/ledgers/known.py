"""What is already known of the people and homes of some rows: a constant number of queries for any number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model

from yimen.base.offices import queries as offices
from yimen.casework.applications.models import Application
from yimen.casework.awards.changes import money
from yimen.casework.awards.ledgers.entries import LedgerRow
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.households.enrolling import account_index
from yimen.casework.households.models import BankAccount, Household, Membership, Person
from yimen.casework.households.queries import identity_index
from yimen.law.terms import ENDS

T = TypeVar("T", bound=Model)


@dataclass
class Known:
    """The database's side of a comparison, by identity index, person, household and award.

    ``covered`` are the rows of whom an award covers now, ``owners`` whom it covers or ever covered; ``elsewhere`` the
    cover that a person has in another household or on another programme; ``paid`` the last month in a frozen roll.
    """

    people: dict[str, Person] = field(default_factory=dict)
    home_of: dict[int, Membership] = field(default_factory=dict)
    homes: dict[int, Household] = field(default_factory=dict)
    members: dict[int, list[Membership]] = field(default_factory=dict)
    accounts: dict[int, BankAccount] = field(default_factory=dict)
    sharing: dict[str, set[int]] = field(default_factory=dict)
    awards: dict[int, list[Award]] = field(default_factory=dict)
    covered: dict[int, dict[int, int]] = field(default_factory=dict)
    owners: dict[int, set[int]] = field(default_factory=dict)
    elsewhere: dict[int, list[AwardPerson]] = field(default_factory=dict)
    applying: dict[int, str] = field(default_factory=dict)
    kin: dict[str, str] = field(default_factory=dict)
    staff: dict[str, set[int]] = field(default_factory=dict)
    paid: dict[int, str] = field(default_factory=dict)


def known(rows: Sequence[LedgerRow]) -> Known:
    """Look everything up that concerns these rows."""
    indexes = {identity_index(person.identity) for row in rows for person in row.people if person.identity}
    found = Known()
    people = Person.objects.filter(identity_index__in=indexes).defer("identity", "health").order_by("id")
    found.people = {person.identity_index: person for person in people}
    _homes(found)
    _benefits(found, {str(row.programme) for row in rows})
    _accounts(found, rows)
    _kin(found, indexes)
    return found


def _homes(found: Known) -> None:
    ids = [person.pk for person in found.people.values()]
    now_in = Membership.objects.filter(person__in=ids, to_on__isnull=True).order_by("id")
    found.home_of = {row.person_id: row for row in now_in}
    homes = {row.household_id for row in found.home_of.values()}
    rows = Household.objects.filter(pk__in=homes).select_related("village", "township", "head")
    found.homes = {row.pk: row for row in rows.defer("head__identity", "head__health").order_by("id")}
    found.members = defaultdict(list)
    inside = Membership.objects.filter(household__in=homes, to_on__isnull=True).select_related("person")
    for row in inside.defer("person__identity", "person__health", "person__phone").order_by("id"):
        found.members[row.household_id].append(row)
    applying = Application.objects.filter(household__in=homes).exclude(stage__in=[*ENDS]).order_by("id")
    found.applying = dict(applying.values_list("household_id", "number"))


def _benefits(found: Known, programmes: set[str]) -> None:
    found.awards, found.covered = defaultdict(list), defaultdict(dict)
    found.owners, found.elsewhere = defaultdict(set), defaultdict(list)
    rows = Award.objects.filter(household__in=list(found.homes), voided_on__isnull=True).select_related(
        "village", "decision"
    )
    for award in rows.order_by("id"):
        found.awards[award.household_id].append(award)
    found.paid = money.last_paid_of([award.pk for several in found.awards.values() for award in several])
    ids = [person.pk for person in found.people.values()]
    active = AwardPerson.objects.filter(person__in=ids, active=True).order_by("id")
    at = {person: row.household_id for person, row in found.home_of.items()}
    places = active.values_list("pk", "person_id", "award__household_id", "programme")
    outside = [pk for pk, person, home, kind in places if at.get(person) != home or kind not in programmes]
    related = ("person", "award__household__head", "award__township", "award__village")
    for row in AwardPerson.objects.filter(pk__in=outside).select_related(*related).order_by("id"):
        found.elsewhere[row.person_id].append(row)
    mine = AwardPerson.objects.filter(award__household__in=list(found.homes)).order_by("id")
    for pk, award_id, person, covers in mine.values_list("pk", "award_id", "person_id", "active"):
        found.owners[award_id].add(person)
        if covers:
            found.covered[award_id][person] = pk


def _accounts(found: Known, rows: Iterable[LedgerRow]) -> None:
    indexes = {account_index(row.account) for row in rows if row.account}
    own = BankAccount.objects.filter(household__in=list(found.homes), to_on__isnull=True).order_by("id")
    found.accounts = {row.household_id: row for row in own}
    found.sharing = defaultdict(set)
    same = BankAccount.objects.filter(number_index__in=indexes, to_on__isnull=True).order_by("id")
    for index, home in same.values_list("number_index", "household_id"):
        found.sharing[index].add(home)


def _kin(found: Known, indexes: set[str]) -> None:
    """Registered relatives of staff, and staff themselves, among the persons of the rows (K18)."""
    found.staff = defaultdict(set)
    for relative in offices.kin_of_staff(indexes):
        found.kin[relative.identity_index] = f"{relative.staff.office.name}{relative.staff.name}"
        found.staff[relative.identity_index].add(relative.staff_id)
    for person in offices.staff_among(indexes):
        found.kin[person.identity_index] = f"{person.office.name}{person.name}"
        found.staff[person.identity_index].add(person.pk)
