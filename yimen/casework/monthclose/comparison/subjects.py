"""Who stands in a request file of the run, under which reference, and what the file says of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from yimen.base.papers import desk as paper_desk
from yimen.casework.applications.models import Consent
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


def of_part(part: ComparisonPart) -> dict[str, tuple[int, int]]:
    """Everybody asked about in a part by the reference of the file, household by household: his number, the award's."""
    return {ref_of(pk): (pk, award) for pk, award in rows_of(part).values_list("pk", "award_id")}


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
    for _, mine in groupby(_with_words(part), key=lambda row: row["award"]):
        people = list(mine)
        first = people[0]
        yield {
            "request_ref": first["award__ref"],
            "application_number": first["award__number"],
            "programme": Programme(first["award__programme"]).label,
            "township": first["award__township__name"],
            "persons": [_person(row) for row in people],
        }


def tails_of(part: ComparisonPart) -> Iterator[tuple[str, str, str]]:
    """Everybody of a part as a result file is held against him: reference of the household, his own, identity number in clear."""
    rows = (
        rows_of(part)
        .order_by("award_id", "pk")
        .values_list("pk", "award__ref", "person__identity", "obligor__identity")
    )
    for pk, award, person, obligor in rows.iterator(chunk_size=_PORTION):
        yield award, ref_of(pk), person or obligor


_COLUMNS = (
    "pk", "award", "consent_id", "person", "person__name", "person__identity", "obligor__name", "obligor__identity",
    "obligor__relation", "award__ref", "award__number", "award__programme", "award__township__name",
)  # fmt: skip


def _with_words(part: ComparisonPart) -> Iterator[dict[str, Any]]:
    """Each with what a portion needs: the number and end of the consent, the relation to the head."""
    for portion in _portions(rows_of(part).values(*_COLUMNS)):
        said = Consent.objects.filter(pk__in=[row["consent_id"] for row in portion])
        consents: dict[int, Any] = {
            row.pk: row for row in said.values_list("pk", "paper_ref", "signed_on", "valid_to", named=True)
        }
        numbers = paper_desk.numbers_of({row.paper_ref for row in consents.values() if row.paper_ref})
        homes = Membership.objects.filter(
            person__in=[row["person"] for row in portion if row["person"]], to_on__isnull=True
        )
        relations = dict(homes.order_by().values_list("person_id", "relation"))
        for row in portion:
            consent = consents[row["consent_id"]]
            relation = relations.get(row["person"], Relation.OTHER)
            row |= {"consent": consent_words(consent, numbers), "until": consent.valid_to, "relation": relation}
            yield row


def _portions(rows: Any) -> Iterator[list[dict[str, Any]]]:
    portion: list[dict[str, Any]] = []
    for row in rows.iterator(chunk_size=_PORTION):
        portion.append(row)
        if len(portion) == _PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _person(row: dict[str, Any]) -> dict[str, Any]:
    own = row["person"] is not None
    label = Relation(row["relation"] if own else row["obligor__relation"]).label
    return {
        "person_ref": ref_of(row["pk"]),
        "name": row["person__name"] if own else row["obligor__name"],
        "identity": str(row["person__identity"] if own else row["obligor__identity"]),
        "relation": label if own else f"义务人（{label}）",
        "consent_paper": row["consent"],
        "consent_until": row["until"],
    }
