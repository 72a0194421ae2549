"""What a batch asks, under which consents, and its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yimen.base.offices.models import Area
from yimen.base.papers import desk as paper_desk
from yimen.base.papers.writing import day as written
from yimen.base.prepared import prepared
from yimen.casework.applications.models import Consent, Participant
from yimen.casework.applications.queries import programme_words
from yimen.casework.verification.models import CheckBatch, CheckPerson, CheckRequest
from yimen.law.terms import Relation


@prepared
def _words(applications: list[int]) -> QuerySet[Consent]:
    return Consent.objects.filter(application_id__in=applications).order_by("id")


def consents_in_force(applications: Iterable[int], on: date) -> dict[tuple[int, str, int], Consent]:
    """The latest word of each person of these applications, where it is a consent in force on a day (L40, L41)."""
    latest: dict[tuple[int, str, int], Consent] = {}
    for row in _words(list(applications)):
        kind, key = ("person", row.person_id) if row.person_id else ("obligor", row.obligor_id)
        latest[(row.application_id, kind, int(key or 0))] = row
    return {key: row for key, row in latest.items() if row.given and row.valid_to >= on}


def consent_key(application_id: int, person: CheckPerson) -> tuple[int, str, int]:
    """Where the consent of an asked person stands."""
    if person.person_id:
        return (application_id, "person", person.person_id)
    return (application_id, "obligor", int(person.obligor_id or 0))


def name_of(person: CheckPerson) -> str:
    """The asked person's name."""
    return person.person.name if person.person else person.obligor.name if person.obligor else ""


def identity_of(person: CheckPerson) -> str:
    """The asked person's identity number in clear."""
    known = person.person or person.obligor
    if known is None:
        raise ValueError("a check person without a person")
    return str(known.identity)


@prepared
def asked_of(requests: list[int]) -> QuerySet[CheckPerson]:
    """The persons of some requests."""
    return CheckPerson.objects.filter(request_id__in=requests).select_related("person", "obligor").order_by("id")


def lapsed(requests: Sequence[CheckRequest], on: date) -> dict[int, list[str]]:
    """Names whose consent is not in force any more, by request: such a request must not leave."""
    valid = consents_in_force([row.application_id for row in requests], on)
    found: dict[int, list[str]] = {}
    applications = {row.pk: row.application_id for row in requests}
    for person in asked_of(list(applications)):
        if consent_key(applications[person.request_id], person) not in valid:
            found.setdefault(person.request_id, []).append(name_of(person))
    return found


def next_number(district: Area, on: date) -> str:
    """The next batch number of a district's day; the district's row is the lock."""
    Area.objects.select_for_update().get(pk=district.pk)
    prefix = f"HD{district.code}-{on:%Y%m%d}-"
    return f"{prefix}{CheckBatch.objects.filter(number__startswith=prefix).count() + 1:02d}"


@prepared
def _cases(batch: int) -> QuerySet[CheckRequest]:
    rows = CheckRequest.objects.filter(batch_id=batch).select_related("application", "application__township")
    return rows.order_by("id")


@prepared
def _consents(keys: list[int]) -> QuerySet[Consent]:
    return Consent.objects.filter(pk__in=keys).order_by("id")


@prepared
def _members(applications: list[int]) -> QuerySet[Participant, tuple[int, int, str]]:
    rows = Participant.objects.filter(application_id__in=applications).order_by("id")
    return rows.values_list("application_id", "person_id", "relation")


def content(batch: CheckBatch) -> dict[str, Any]:
    """The batch as plain data, from which the gateway writes its file. Holds identity numbers in clear."""
    requests = _cases(batch.pk)
    applications = [row.application_id for row in requests]
    persons: dict[int, list[CheckPerson]] = {}
    for person in asked_of([row.pk for row in requests]):
        persons.setdefault(person.request_id, []).append(person)
    consents = {row.pk: row for row in _consents([p.consent_id for ps in persons.values() for p in ps])}
    numbers = paper_desk.numbers_of([row.paper_ref for row in consents.values() if row.paper_ref])
    relations = {(case, person): Relation(relation).label for case, person, relation in _members(applications)}
    return {
        "batch_number": batch.number,
        "district_code": batch.district_id,
        "district_name": batch.district.name,
        "prepared_on": batch.prepared_on,
        "sources": list(batch.sources),
        "cases": [
            {
                "request_ref": row.ref,
                "application_number": row.application.number,
                "programme": programme_words(row.application),
                "township": row.application.township.name,
                "persons": [
                    _person(row, person, consents[person.consent_id], numbers, relations) for person in persons[row.pk]
                ],
            }
            for row in requests
        ],
    }


def _person(
    request: CheckRequest,
    person: CheckPerson,
    consent: Consent,
    numbers: dict[str, str],
    relations: dict[tuple[int, int], str],
) -> dict[str, Any]:
    if person.obligor is not None:
        relation = f"义务人（{Relation(person.obligor.relation).label}）"
    else:
        relation = relations.get((request.application_id, int(person.person_id or 0)), Relation.OTHER.label)
    return {
        "person_ref": person.ref,
        "name": name_of(person),
        "identity": identity_of(person),
        "relation": relation,
        "consent_paper": consent_words(consent, numbers),
        "consent_until": consent.valid_to,
    }


def consent_words(consent: Consent, numbers: dict[str, str]) -> str:
    """The number of the signed paper, or its day where it was signed on paper of its own."""
    return numbers.get(consent.paper_ref) or f"{written(consent.signed_on)}签署"
