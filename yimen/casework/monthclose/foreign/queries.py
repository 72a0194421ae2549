"""Templates of somebody else, and the lists that they are filled with, in plain values by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.offices import queries as offices
from yimen.casework.awards.models import AwardVersion
from yimen.casework.households import queries as households
from yimen.casework.households.models import Membership, Person
from yimen.casework.monthclose.foreign_models import ForeignTemplate
from yimen.casework.monthclose.platform import listing
from yimen.law.identity import mask_identity
from yimen.law.platform import ForeignList
from yimen.law.terms import Relation

__all__ = ["KIND", "find", "rows", "templates", "total"]
KIND = ForeignTemplate.KIND
_PORTION = 2_000


@gate.scope(ForeignTemplate)
def _scope(officer: Officer) -> Q:
    """Whoever works in its district."""
    if not officer.roles & (TOWNSHIP_ROLES | DISTRICT_ROLES):
        return gate.NOBODY
    return Q(district=officer.district)


def templates(officer: Officer) -> QuerySet[ForeignTemplate]:
    """Those of the officer's district, in use first."""
    rows = ForeignTemplate.objects.select_related("office", "kept_by", "retired_by")
    return gate.within(officer, rows).order_by("retired_at", "-id")


def find(officer: Officer, ref: str) -> ForeignTemplate:
    """The template of a reference within the officer's district, else Unknown."""
    return gate.fetch(officer, ForeignTemplate.objects.select_related("office", "kept_by"), ref)


def _awards(officer: Officer, month: str, township: str, programme: str) -> QuerySet[AwardVersion]:
    """The awards of a month: of a township of the officer, or of all of the district for who works there."""
    own = [township] if township else officer.areas(TOWNSHIP_ROLES)
    codes = own or [row.code for row in offices.townships(officer.district)]
    allowed = [code for code in codes if officer.holds(TOWNSHIP_ROLES, code) or officer.holds(DISTRICT_ROLES, code[:6])]
    return listing.standing_in(allowed, month, programme)


def total(officer: Officer, what: str, month: str, township: str = "", programme: str = "") -> int:
    """How many rows the list would have."""
    rows = _awards(officer, month, township, programme)
    if what == ForeignList.AWARDS:
        return rows.count()
    return sum(len(persons) for (persons,) in rows.order_by().values_list("persons").iterator())


def rows(
    officer: Officer, what: str, month: str, township: str = "", programme: str = "", *, full: bool = False
) -> Iterator[tuple[dict[str, Any], tuple[str, str, str]]]:
    """Each row as values by field (amounts in fen, the rest text or whole numbers) with whose file it opens, in portions.

    Numbers of persons and accounts are masked unless ``full``; who asks for them answers for right, reason and log.
    """
    source = _awards(officer, month, township, programme).iterator(chunk_size=_PORTION)
    serial = 0
    while part := list(islice(source, _PORTION)):
        people = _people(part) if what == ForeignList.PERSONS else {}
        for row, said in zip(part, _of_awards(part, month, full=full), strict=True):
            home = row.award.household
            reads = ("household", home.ref, home.head.ref)
            for each in [said] if what == ForeignList.AWARDS else _of_persons(row, said, people, full=full):
                serial += 1
                yield {"serial": serial, **each}, reads


def _of_awards(part: Sequence[AwardVersion], month: str, *, full: bool) -> Iterator[dict[str, Any]]:
    homes = {row.award.household_id for row in part}
    accounts = households.accounts_of(homes)
    names = offices.names_of({row.township_id for row in part})
    for row, told in zip(part, listing.month_rows(part, full=full), strict=True):
        account = accounts.get(row.award.household_id)
        yield {
            **told.told,
            "persons": len(row.persons),
            "amount": row.monthly_fen,
            "supplement": sum(pair[1] for pair in row.persons),
            "number": told.number,
            "month": month,
            "township": names.get(row.township_id, ""),
            "group": row.award.household.group,
            "holder": account.holder if account else "",
            "bank": account.bank if account else "",
        }


_Known = dict[int, tuple[Person, str]]


def _people(part: Sequence[AwardVersion]) -> _Known:
    """Every covered person of these awards with the relation to the head."""
    wanted = {pair[0] for row in part for pair in row.persons}
    people = {person.pk: person for person in Person.objects.filter(pk__in=wanted).order_by("id")}
    rows = Membership.objects.filter(person_id__in=wanted, to_on__isnull=True).order_by("id")
    relations = dict(rows.values_list("person_id", "relation"))
    return {pk: (person, str(relations.get(pk, Relation.OTHER))) for pk, person in people.items()}


def _of_persons(row: AwardVersion, said: dict[str, Any], known: _Known, *, full: bool) -> Iterator[dict[str, Any]]:
    for pk, supplement in row.persons:
        person, relation = known[pk]
        yield {
            **said,
            "member_name": person.name,
            "member_identity": person.identity if full else mask_identity(person.identity),
            "relation": Relation(relation).label,
            "supplement": supplement,
        }
