"""Turning answers into comparison rows: set-based, for all cases that a result file completed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from yimen.base.prepared import prepared
from yimen.casework.verification import batches, comparing, declarations
from yimen.casework.verification.comparing import Answers, Found, Key, Line
from yimen.casework.verification.models import CheckPerson, CheckRequest, Comparison, SourceResult
from yimen.law.checks import AnswerState
from yimen.law.terms import Match

RETURNED = (AnswerState.ANSWERED, AnswerState.NOT_AVAILABLE)
_CARRIED = (
    "treatment",
    "treatment_note",
    "adopted_fen",
    "adopted_count",
    "adopted_period",
    "treated_by_id",
    "treated_on",
    "visited_on",
    "visit_holds",
    "visit_fen",
    "visit_note",
)


def persons_of(requests: Iterable[int]) -> dict[int, list[CheckPerson]]:
    """Persons by request."""
    found: dict[int, list[CheckPerson]] = defaultdict(list)
    for row in batches.asked_of(list(requests)):
        found[row.request_id].append(row)
    return found


@prepared
def _said(persons: list[int]) -> QuerySet[SourceResult]:
    rows = SourceResult.objects.filter(person_id__in=persons, superseded=False)
    return rows.select_related("file").order_by("id")


def results_of(persons: Iterable[CheckPerson], *, whole: bool = False) -> dict[int, dict[str, SourceResult]]:
    """The results that count with their files, by person and source; ``whole`` with their findings."""
    rows = _said([row.pk for row in persons])
    if whole:
        prefetch_related_objects(rows, "findings")
    found: dict[int, dict[str, SourceResult]] = defaultdict(dict)
    for row in rows:
        found[row.person_id][row.source] = row
    return found


def missing(
    persons: Sequence[CheckPerson], results: Mapping[int, Mapping[str, SourceResult]], sources: Iterable[str]
) -> list[tuple[CheckPerson, str]]:
    """Who still waits for which source: nothing came, or only an error."""
    wanted = list(sources)
    return [
        (person, code)
        for person in persons
        for code in wanted
        if code not in results.get(person.pk, {}) or results[person.pk][code].state not in RETURNED
    ]


def _key(person: CheckPerson) -> Key:
    return ("person", person.person_id) if person.person_id else ("obligor", person.obligor_id or 0)


def _answers(
    persons: Sequence[CheckPerson],
    results: Mapping[int, Mapping[str, SourceResult]],
    asked: frozenset[str],
) -> Answers:
    states: dict[tuple[Key, str], str] = {}
    found: list[Found] = []
    for person in persons:
        for code, result in results.get(person.pk, {}).items():
            states[(_key(person), code)] = result.state
            found += [
                Found(
                    _key(person),
                    row.item,
                    code,
                    row.text or "",
                    result.queried_on,
                    row.amount_fen,
                    row.count,
                    row.period,
                )
                for row in result.findings.all()
            ]
    return Answers(asked, states, tuple(found))


def _row(request: CheckRequest, line: Line) -> Comparison:
    kind, key = line.party or ("", None)
    agreed = line.match is Match.AGREED
    return Comparison(
        application_id=request.application_id,
        round=request.round,
        person_name=line.name,
        person_id=key if kind == "person" else None,
        obligor_id=key if kind == "obligor" else None,
        item=line.item,
        income_id=line.income_id,
        property_id=line.property_id,
        declared_text=line.declared_text,
        declared_fen=line.declared_fen,
        declared_count=line.declared_count,
        period=line.period,
        verified_text=line.verified_text or None,
        verified_fen=line.verified_fen,
        verified_count=line.verified_count,
        verified_period=line.verified_period,
        source=line.source,
        queried_on=line.queried_on,
        match=line.match,
        adopted_fen=line.declared_fen if agreed else None,
        adopted_count=line.declared_count if agreed else None,
        adopted_period=line.period if agreed else "",
    )


def _same(row: Comparison) -> tuple[Any, ...]:
    """What makes a line of a new round the same question as one of the round before."""
    return (
        row.application_id,
        row.person_id,
        row.obligor_id,
        row.item,
        row.income_id,
        row.property_id,
        row.declared_fen,
        row.declared_count,
        row.verified_fen,
        row.verified_count,
        row.verified_text,
        row.match,
    )


@prepared
def _current(applications: list[int]) -> QuerySet[Comparison]:
    return Comparison.objects.filter(application_id__in=applications, current=True).order_by("id")


def write(
    requests: Sequence[CheckRequest],
    asked: frozenset[str],
    persons: Mapping[int, Sequence[CheckPerson]],
    results: Mapping[int, Mapping[str, SourceResult]],
) -> int:
    """Comparison rows of completed requests from their persons and whole results.

    A difference already treated and unchanged keeps its treatment.
    """
    ids = [row.application_id for row in requests]
    declared = declarations.declared_of(ids)
    rows: list[Comparison] = []
    for request in requests:
        mine = persons[request.pk]
        said = [
            *declared[request.application_id],
            *declarations.of_obligors(row.obligor for row in mine if row.obligor),
        ]
        lines = comparing.compare(declarations.parties_of(mine), said, _answers(mine, results, asked))
        rows += [_row(request, line) for line in lines]
    before = {_same(row): row for row in _current(ids)}
    for row in rows:
        if old := before.get(_same(row)):
            for name in _CARRIED:
                setattr(row, name, getattr(old, name))
    if before:
        Comparison.objects.filter(application_id__in=ids, current=True).update(current=False)
    Comparison.objects.bulk_create(rows, batch_size=500)
    return len(rows)
