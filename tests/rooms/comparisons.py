"""Households on assistance with consents, asked about for a month and answered by sources: for the tests of the comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.rooms.test_recertify import on_assistance
from tests.rooms.world import World, applied
from yimen.casework.applications.models import Consent
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.models import ComparisonAnswer, ComparisonHit, ComparisonPart, ComparisonRun
from yimen.gateways.provincial import monthly
from yimen.gateways.provincial.plain import make_result, result_to_plain
from yimen.gateways.provincial.shapes import Finding, ResultFile, SourceAnswer
from yimen.law.calendar import month_of, today
from yimen.law.terms import Role

Truth = Mapping[str, Sequence[Finding]]
"""Name of a person -> what the source finds."""


def households(world: World, many: int = 1, *, until: date | None = None) -> list[Award]:
    """Households on assistance, everybody covered with a consent in force."""
    awards = on_assistance(world, many)
    consented(world, awards, until=until)
    return awards


def consented(world: World, awards: Sequence[Award], *, until: date | None = None) -> None:
    """A consent in force of everybody covered."""
    case = applied(world)
    day = until or today() + timedelta(days=365)
    Consent.objects.bulk_create(
        Consent(
            application=case, person_id=person, given=True, signed_on=date(2026, 1, 5), valid_to=day, signed_by="本人"
        )
        for person in AwardPerson.objects.filter(award__in=awards).values_list("person_id", flat=True)
    )


def name(award: Award) -> str:
    return award.household.head.name


def asked(world: World, *sources: str, due_on: date | None = None) -> ComparisonRun:
    return acts.ask_comparison(
        world.at_district(Role.CHECKER), month=month_of(today()), due_on=due_on or today(), sources=sources
    )


def part(run: ComparisonRun, source: str, number: int = 1) -> ComparisonPart:
    rows = ComparisonPart.objects.select_related("feed__run__district")
    return rows.get(feed__run=run, feed__source=source, part=number)


def result(
    run: ComparisonRun, source: str, truth: Truth | None = None, *, silent: Sequence[str] = (), number: str = "R1"
) -> ResultFile:
    """The answer of a source: what ``truth`` says of each, nothing of the others, no answer about who is ``silent``."""
    request = monthly.request_of(part(run, source))
    rows = [
        SourceAnswer(
            case.request_ref, person.person_ref, person.identity[-4:], source,
            "not_available" if person.name in silent else "answered", today(),
            () if person.name in silent else tuple((truth or {}).get(person.name, ())),
        )
        for case, person in request.people()
    ]  # fmt: skip
    return make_result(request.batch_number, number, today(), "示例省核对中心", rows)


def answered(
    world: World, run: ComparisonRun, source: str, truth: Truth | None = None, **more: Any
) -> ComparisonAnswer:
    checker = world.at_district(Role.CHECKER)
    return acts.import_comparison(checker, content=result_to_plain(result(run, source, truth, **more)))


def pension(fen: int) -> Finding:
    return Finding("pension", "城乡居民养老保险待遇", fen, None, "month", today())


def deposit(fen: int) -> Finding:
    return Finding("deposit", "活期存款", fen, None, "balance", today())


def cars(number: int) -> Finding:
    return Finding("vehicle", "小型轿车", None, number, "", today())


def dead() -> Finding:
    return Finding("death", "2026-11-12 火化登记")


def shown(run: ComparisonRun) -> list[tuple[str, str, str, str]]:
    """Hits of a run as kind, who, before and now."""
    rows = ComparisonHit.objects.filter(run=run).select_related("subject__person", "subject__obligor").order_by("id")
    return [
        (hit.kind, (hit.subject.person or hit.subject.obligor).name, hit.before_text or "", hit.now_text or "")
        for hit in rows
    ]
