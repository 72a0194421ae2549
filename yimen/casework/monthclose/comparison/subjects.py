"""Who stands in a request file of the run, under which reference, and what the file says of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from yimen.base.papers import desk as paper_desk
from yimen.casework.applications.models import Consent
from yimen.casework.awards.models import Award
from yimen.casework.households.models import Membership
from yimen.casework.monthclose.models import ComparisonPart, ComparisonSubject
from yimen.casework.verification.batches import consent_words
from yimen.law.comparison import asks_obligors
from yimen.law.terms import Programme, Relation

_PORTION = 1_000


def ref_of(subject: int) -> str:
    """The reference of somebody asked about, as the files carry it."""
    return f"R{subject}"


def rows_of(part: ComparisonPart) -> QuerySet[ComparisonSubject]:
    """Who is asked about in a part, household by household; obligors only where their source is asked about them."""
    rows = ComparisonSubject.objects.filter(run_id=part.feed.run_id, part=part.part)
    if not asks_obligors(part.feed.source):
        rows = rows.filter(obligor__isnull=True)
    return rows.order_by("award_id", "pk")


def of_part(part: ComparisonPart) -> dict[str, int]:
    """Everybody asked about in a part by the reference of the file."""
    return {ref_of(pk): pk for pk in rows_of(part).order_by().values_list("pk", flat=True)}


def head_of(part: ComparisonPart) -> dict[str, Any]:
    """What the request file of a part says of itself."""
    run = part.feed.run
    return {
        "batch_number": part.number,
        "district_code": run.district_id,
        "district_name": run.district.name,
        "prepared_on": run.asked_on,
        "sources": (part.feed.source,),
        "case_count": part.cases,
        "person_count": part.persons,
    }


def cases_of(part: ComparisonPart) -> Iterator[dict[str, Any]]:
    """The households of a part as plain data, a portion at a time. Identity numbers in clear: the caller notes the reading."""
    rows = rows_of(part).select_related("person", "obligor")
    for _, mine in groupby(_with_words(rows), key=lambda pair: pair[0].award_id):
        people = list(mine)
        award: Award = people[0][1]["award"]
        yield {
            "request_ref": award.ref,
            "application_number": award.number,
            "programme": Programme(award.programme).label,
            "township": award.township.name,
            "persons": [_person(subject, words) for subject, words in people],
        }


def _with_words(rows: QuerySet[ComparisonSubject]) -> Iterator[tuple[ComparisonSubject, dict[str, Any]]]:
    """Each with what a portion needs: its award, the number and end of its consent, the relation to the head."""
    for portion in _portions(rows):
        consents = {row.pk: row for row in Consent.objects.filter(pk__in=[row.consent_id for row in portion])}
        numbers = paper_desk.numbers_of({row.paper_ref for row in consents.values() if row.paper_ref})
        awards = Award.objects.select_related("township").in_bulk({row.award_id for row in portion})
        people = [row.person_id for row in portion if row.person_id]
        homes = Membership.objects.filter(person__in=people, to_on__isnull=True).values_list("person_id", "relation")
        relations = dict(homes.order_by())
        for row in portion:
            consent = consents[row.consent_id]
            yield (
                row,
                {
                    "award": awards[row.award_id],
                    "consent": consent_words(consent, numbers),
                    "until": consent.valid_to,
                    "relation": relations.get(row.person_id, Relation.OTHER),
                },
            )


def _portions(rows: QuerySet[ComparisonSubject]) -> Iterator[list[ComparisonSubject]]:
    portion: list[ComparisonSubject] = []
    for row in rows.iterator(chunk_size=_PORTION):
        portion.append(row)
        if len(portion) == _PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _person(subject: ComparisonSubject, words: dict[str, Any]) -> dict[str, Any]:
    known = subject.obligor or subject.person
    if known is None:
        raise ValueError("a subject is somebody")
    label = Relation(subject.obligor.relation).label if subject.obligor else Relation(words["relation"]).label
    return {
        "person_ref": ref_of(subject.pk),
        "name": known.name,
        "identity": str(known.identity),
        "relation": f"义务人（{label}）" if subject.obligor else label,
        "consent_paper": words["consent"],
        "consent_until": words["until"],
    }
