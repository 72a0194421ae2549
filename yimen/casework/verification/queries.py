"""Reading the check: what waits, what came back from which source, and declared beside verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.memory import remembered
from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.base.prepared import prepared
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.verification import batches, comparing, comparisons, declarations, wording
from yimen.casework.verification.models import (
    CheckBatch,
    CheckObjection,
    CheckPerson,
    CheckRequest,
    Comparison,
    ResultFile,
    SourceResult,
)
from yimen.casework.verification.objecting import objections, open_objection, told  # noqa: F401  # handed on
from yimen.law.checks import AnswerState, all_source_codes, is_item, is_source, item, source
from yimen.law.terms import Match, Stage, Treatment

DIFFERING = Q(match=Match.DIFFERENT) | Q(match=Match.NO_SOURCE)
# A difference waits for a treatment; a line without source also rests when a home visit has confirmed it.
OPEN = Q(treatment="") & (Q(match=Match.DIFFERENT) | (Q(match=Match.NO_SOURCE) & ~Q(visit_holds=True)))
"""Lines of the current round that still need somebody."""


@gate.scope(CheckBatch)
def _batch_scope(officer: Officer) -> Q:
    return Q(district_id__in={code[:6] for code in officer.areas(DISTRICT_ROLES)})


@gate.scope(CheckRequest)
def _request_scope(officer: Officer) -> Q:
    return gate.by_place(officer, "application__township", "application__village")


@gate.scope(Comparison)
def _comparison_scope(officer: Officer) -> Q:
    return gate.by_place(officer, "application__township", "application__village")


@gate.scope(CheckObjection)
def _objection_scope(officer: Officer) -> Q:
    return gate.by_place(officer, "application__township", "application__village")


@gate.scope(ResultFile)
def _file_scope(officer: Officer) -> Q:
    return Q(batch__district_id__in={code[:6] for code in officer.areas(DISTRICT_ROLES)})


# -- requests, batches, files ------------------------------------------------------------


def waiting(district: str) -> QuerySet[CheckRequest]:
    """Requests of a district that have not left yet, oldest first; cases that ended meanwhile do not leave."""
    rows = CheckRequest.objects.filter(
        batch__isnull=True, application__township__code__startswith=district, application__stage=Stage.CHECKING
    )
    return rows.select_related(
        "application", "application__applicant", "application__township", "requested_by"
    ).order_by("id")


def waiting_with_counts(officer: Officer) -> QuerySet[CheckRequest]:
    """What the district's list shows: waiting requests within scope, each with ``asked`` persons."""
    rows = waiting(officer.district).annotate(asked=Count("persons"))
    return gate.within(officer, rows)


def lapsed(requests: Iterable[CheckRequest], on: date) -> dict[int, list[str]]:
    """Names whose consent is not in force any more, by request id."""
    return batches.lapsed(list(requests), on)


def visible_batches(officer: Officer) -> QuerySet[CheckBatch]:
    """Batches of the officer's district, newest first, each with ``open_cases`` that still wait for an answer."""
    rows = CheckBatch.objects.select_related("sent_by", "district").annotate(
        open_cases=Count("requests", filter=Q(requests__complete=False))
    )
    return gate.within(officer, rows).order_by("-id")


def batch(officer: Officer, ref: str) -> CheckBatch:
    """One batch within scope."""
    return gate.fetch(officer, CheckBatch.objects.select_related("sent_by", "district"), ref)


def batch_numbered(officer: Officer, number: str) -> CheckBatch | None:
    """The batch of a number within scope."""
    return gate.within(officer, CheckBatch.objects.select_related("sent_by", "district")).filter(number=number).first()


def requests_of(found: CheckBatch) -> QuerySet[CheckRequest]:
    """The cases of a batch."""
    return found.requests.select_related("application", "application__applicant", "application__township").order_by(
        "id"
    )


def request_content(found: CheckBatch) -> dict[str, Any]:
    """The batch as plain data for the gateway. Identity numbers in clear: the caller notes the reading (K33)."""
    return batches.content(found)


def files_of(found: CheckBatch) -> QuerySet[ResultFile]:
    """Result files taken in for a batch, newest first; ``summary`` counts new, same and late rows."""
    return ResultFile.objects.filter(batch=found).select_related("taken_by").order_by("-id")


@prepared
def _latest_requests(case: int) -> QuerySet[CheckRequest]:
    rows = CheckRequest.objects.filter(application_id=case).select_related("batch", "requested_by")
    return rows.order_by("-round")[:1]


@remembered
def latest_request(application: Application) -> CheckRequest | None:
    """The request of the latest round."""
    return next(iter(_latest_requests(application.pk)), None)


def latest_file(application: Application) -> ResultFile | None:
    """The result file that completed the latest round."""
    request = latest_request(application)
    if request is None or request.batch is None:
        return None
    rows = ResultFile.objects.filter(pk__in=SourceResult.objects.filter(person__request=request).values("file_id"))
    return rows.order_by("-id").first()


def round_of(application: Application) -> int:
    """The round whose comparison counts; 0 before the first request."""
    request = latest_request(application)
    return request.round if request else 0


# -- results by source -------------------------------------------------------------------


@dataclass(frozen=True)
class SourceLine:
    """One source about one person in the latest round."""

    person_name: str
    source_label: str
    state_label: str
    answered: bool
    queried_on: date | None
    found: str
    note: str


_STATES = {
    AnswerState.ANSWERED: "已反馈",
    AnswerState.NOT_AVAILABLE: "暂不能查询",
    AnswerState.ERROR: "查询出错，待重新反馈",
}


def sources_of(application: Application) -> list[SourceLine]:
    """What each asked source said about each person, what has not come included."""
    request = latest_request(application)
    if request is None:
        return []
    persons = comparisons.persons_of([request.pk]).get(request.pk, [])
    results = comparisons.results_of(persons, whole=True)
    asked = request.batch.sources if request.batch else list(all_source_codes())
    return [_source_line(person, code, results.get(person.pk, {}).get(code)) for person in persons for code in asked]


def _source_line(person: CheckPerson, code: str, result: SourceResult | None) -> SourceLine:
    label = source(code).label if is_source(code) else code
    name = batches.name_of(person)
    if result is None:
        return SourceLine(name, label, "待核对", False, None, "", "")
    answered = result.state == AnswerState.ANSWERED
    found = "；".join(row.text or "" for row in result.findings.all()) or ("未查到" if answered else "")
    return SourceLine(name, label, _STATES[AnswerState(result.state)], answered, result.queried_on, found, result.note)


def missing_words(application: Application) -> list[str]:
    """Who still waits for which source in the latest round, one phrase per person."""
    request = latest_request(application)
    if request is None or request.complete:
        return []
    persons = comparisons.persons_of([request.pk]).get(request.pk, [])
    asked = request.batch.sources if request.batch else []
    lacking: dict[str, list[str]] = {}
    for person, code in comparisons.missing(persons, comparisons.results_of(persons), asked):
        lacking.setdefault(batches.name_of(person), []).append(source(code).label)
    return [
        f"{name}：{'、'.join(labels[:4])}{f'等 {len(labels)} 项' if len(labels) > 4 else ''}"
        for name, labels in lacking.items()
    ]


# -- comparison --------------------------------------------------------------------------


@dataclass(frozen=True)
class ComparisonLine:
    """One line of S6 with everything in words; amounts in fen beside them."""

    ref: str
    person_name: str
    item: str
    label: str
    declared: str
    verified: str
    source_words: str
    queried_on: date | None
    match: str
    match_label: str
    tag_kind: str
    visit: str
    treatment: str
    treatment_label: str
    treatment_note: str
    adopted: str
    adopted_fen: int | None
    counted: bool
    open: bool


_TAGS = {Match.AGREED: "green", Match.DIFFERENT: "amber", Match.NO_SOURCE: "neutral", Match.PENDING: "blue"}


def comparison(application: Application) -> list[ComparisonLine]:
    """Declared beside verified; every line 待核对 until the round has come back whole (K10)."""
    request = latest_request(application)
    if request is None or not request.complete:
        return _pending(application, request)
    return [as_line(row) for row in current(application)]


@prepared
def _current(case: int) -> QuerySet[Comparison]:
    rows = Comparison.objects.filter(application_id=case, current=True)
    return rows.select_related("person", "obligor").order_by("id")


@remembered
def current(application: Application) -> list[Comparison]:
    """The rows that count."""
    return _current(application.pk)


def differing(application: Application) -> list[Comparison]:
    """The rows where declared and verified do not agree."""
    return list(Comparison.objects.filter(application=application, current=True, match=Match.DIFFERENT).order_by("id"))


def open_items(application: Application) -> list[Comparison]:
    """What a visit has to ask about: differences and lines without source that nobody has treated (V3)."""
    asked = (Match.DIFFERENT, Match.NO_SOURCE)
    return [row for row in current(application) if row.match in asked and not row.treatment]


def known_items(application: Application) -> list[Comparison]:
    """What need not be asked again: lines that agree or are treated."""
    asked = (Match.DIFFERENT, Match.NO_SOURCE)
    return [row for row in current(application) if row.match not in asked or row.treatment]


def open_differences(application_ids: Iterable[int]) -> dict[int, int]:
    """How many lines still need somebody, for a list of cases, in one statement."""
    rows = Comparison.objects.filter(OPEN, application_id__in=list(application_ids), current=True)
    return dict(rows.order_by().values_list("application_id").annotate(n=Count("id")))


def open_lines(application: Application) -> list[Comparison]:
    """The lines that keep the case from going on: :data:`OPEN`, read from the rows of the case."""
    return [row for row in current(application) if _is_open(row)]


def _is_open(row: Comparison) -> bool:
    unsourced = row.match == Match.NO_SOURCE and row.visit_holds is not True
    return not row.treatment and (row.match == Match.DIFFERENT or unsourced)


def _pending(application: Application, request: CheckRequest | None) -> list[ComparisonLine]:
    obligors = applications.obligors(application)
    parties = [
        comparing.Party(("person", row.person.pk), row.person.name) for row in applications.participants(application)
    ]
    parties += [comparing.Party(("obligor", row.pk), row.name, obligor=True) for row in obligors]
    said = declarations.declared_of([application.pk])[application.pk] + declarations.of_obligors(obligors)
    words = "尚未提请核对" if request is None else "核对结果未返回"
    return [
        ComparisonLine(
            "",
            line.name,
            line.item,
            comparing.item_label(line.item),
            line.declared_text,
            words,
            "",
            None,
            str(line.match),
            line.match.label,
            _TAGS[line.match],
            "",
            "",
            "",
            "",
            "",
            None,
            False,
            False,
        )
        for line in comparing.pending(parties, said)
    ]


def as_line(row: Comparison) -> ComparisonLine:
    """A row in words."""
    waits = not row.treatment and (
        row.match == Match.DIFFERENT or (row.match == Match.NO_SOURCE and not row.visit_holds)
    )
    match = Match(row.match)
    counted = is_item(row.item) and item(row.item).is_count
    return ComparisonLine(
        row.ref,
        row.person_name,
        row.item,
        comparing.item_label(row.item),
        row.declared_text,
        row.verified_text or "",
        _source_words(row),
        row.queried_on,
        row.match,
        match.label,
        _TAGS[match],
        _visit_words(row),
        row.treatment,
        Treatment(row.treatment).label if row.treatment else "",
        row.treatment_note,
        adopted_words(row),
        row.adopted_fen,
        counted,
        waits,
    )


def _source_words(row: Comparison) -> str:
    """来源，查询日."""
    label = source(row.source).label if is_source(row.source) else ""
    return f"{label}，{row.queried_on:%Y-%m-%d}" if label and row.queried_on else label


def _visit_words(row: Comparison) -> str:
    if row.visited_on is None:
        return ""
    amount = (
        f"，实际 {wording.amount(row.visit_fen, row.period or row.verified_period)}"
        if row.visit_fen is not None
        else ""
    )
    note = f"：{row.visit_note}" if row.visit_note else ""
    return f"{row.visited_on:%m-%d} 入户{'属实' if row.visit_holds else '不属实'}{amount}{note}"


def adopted_words(row: Comparison) -> str:
    """What counts, in words; empty while nobody has decided."""
    if row.adopted_fen is not None:
        return wording.amount(row.adopted_fen, row.adopted_period)
    if row.adopted_count is not None:
        return str(row.adopted_count)
    if row.treatment == Treatment.ACCEPT_VERIFIED:
        return row.verified_text or ""
    settled = row.treatment or row.match == Match.AGREED or row.visit_holds
    return row.declared_text if settled else ""
