"""Reading temporary relief: lists, what waits for its papers, person-times and money of a month, what hangs in public; fen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.base.papers.models import Paper
from yimen.casework.households import queries as households
from yimen.casework.households.models import Person
from yimen.casework.payments.models import FundPosting, ReliefCase, ReliefDecision
from yimen.law import identity
from yimen.law.calendar import first_day, last_day, today
from yimen.law.money import show
from yimen.law.payments.relief import ReliefState
from yimen.law.terms import OfficeKind

KIND = ReliefCase.KIND
ADULT = 18
_GRANTED = (str(ReliefState.GRANTED), str(ReliefState.PAID))


@gate.scope(ReliefCase)
def _scope(officer: Officer) -> Q:
    return gate.by_place(officer)


_SHOWN = ("person", "household", "township", "village", "registered_by", "decision__by", "paid_by", "account")


def cases(officer: Officer) -> QuerySet[ReliefCase]:
    """Every case within an officer's scope, the newest first."""
    return gate.within(officer, ReliefCase.objects.select_related(*_SHOWN)).order_by("-id")


def find(officer: Officer, ref: str) -> ReliefCase:
    """One case. Raises Unknown out of scope."""
    return gate.fetch(officer, ReliefCase.objects.select_related(*_SHOWN), ref)


def papers_missing(officer: Officer) -> QuerySet[ReliefCase]:
    """Urgent relief whose papers are still to come, the nearest day first."""
    rows = cases(officer).filter(papers_on=None, papers_due_on__isnull=False, state__in=_GRANTED)
    return rows.order_by("papers_due_on", "id")


def of_person(person: Person) -> list[ReliefCase]:
    """What somebody was given before, wherever it was, the newest first."""
    rows = ReliefCase.objects.filter(person=person, state__in=_GRANTED).select_related("township", "decision")
    return list(rows.order_by("-id"))


def known(number: str) -> households.KnownPerson | None:
    """Whom an identity number means, if anybody is known by it."""
    return households.known(number)


def papers_of(case: ReliefCase) -> list[Paper]:
    """Its papers, the newest first."""
    return list(Paper.objects.filter(subject_kind=KIND, subject_ref=case.ref).order_by("-id"))


def of_papers(officer: Officer, papers: Iterable[Paper]) -> dict[int, ReliefCase]:
    """The cases behind these papers within an officer's scope, by number."""
    numbers = {paper.subject_id for paper in papers if paper.subject_kind == KIND}
    return {row.pk: row for row in cases(officer).filter(pk__in=numbers)} if numbers else {}


# -- statistics ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """Relief of a place in a month: cases, person-times, fen."""

    cases: int = 0
    persons: int = 0
    fen: int = 0


def granted_in(townships: Iterable[str], month: str) -> QuerySet[ReliefDecision]:
    """What was granted in a month and not cancelled since, the earliest first."""
    rows = ReliefDecision.objects.filter(
        granted=True, case__state__in=_GRANTED, case__township__in=list(townships),
        on__gte=first_day(month), on__lte=last_day(month),
    )  # fmt: skip
    return rows.select_related("case__person", "case__township", "case__village").order_by("on", "id")


def cases_granted_in(officer: Officer, month: str) -> QuerySet[ReliefCase]:
    """The cases that :func:`granted_in` counts, within an officer's scope."""
    days = Q(decision__on__gte=first_day(month), decision__on__lte=last_day(month))
    return cases(officer).filter(days, decision__granted=True, state__in=_GRANTED)


def counts(townships: Iterable[str], month: str) -> dict[tuple[str, bool], Given]:
    """What was granted in a month by township and urban or rural (statistics.md §1: person-times, not persons)."""
    rows = granted_in(townships, month).select_related(None).order_by()
    sums = rows.values_list("case__township_id", "case__urban").annotate(
        many=Count("id"), persons=Sum("case__persons"), fen=Sum("fen")
    )
    return {(str(code), urban): Given(many, persons, fen) for code, urban, many, persons, fen in sums}


def problems(district: str = "") -> list[str]:
    """Where the ledger does not say what was granted; empty where every case is booked to the fen (I1)."""
    wanted = ReliefDecision.objects.filter(granted=True, case__township__code__startswith=district).order_by()
    granted = dict(wanted.filter(case__state__in=_GRANTED).values_list("case__ref", "fen"))
    rows = FundPosting.objects.filter(district__code__startswith=district).order_by()
    booked: dict[str, int] = {}
    for kind, sign in (("relief", 1), ("relief_back", -1)):
        for ref, fen in rows.filter(basis_kind=kind).values_list("basis_ref").annotate(fen=Sum("fen")):
            booked[ref] = booked.get(ref, 0) + sign * fen
    return [
        f"临时救助 {ref}：资金账支出 {show(booked.get(ref, 0))} 元，决定的是 {show(granted.get(ref, 0))} 元。"
        for ref in sorted({*booked, *granted})
        if booked.get(ref, 0) != granted.get(ref, 0)
    ]


# -- what hangs in public --------------------------------------------------------------------


@dataclass(frozen=True)
class ReliefRow:
    """All that a board says of relief: the name fit for its channel, the place, the amount; nothing of what happened."""

    ref: str
    name: str
    village: str
    township: str
    persons: int
    amount_fen: int
    from_on: dt.date
    to_on: dt.date
    objection_phone: str


def showing(on: dt.date | None = None) -> QuerySet[ReliefCase]:
    """What is announced on a day (L45)."""
    day = on or today()
    rows = ReliefCase.objects.filter(state__in=_GRANTED, shown_to__gte=day, decision__on__lte=day)
    return rows.select_related("person", "village", "township", "decision").order_by("village_id", "id")


def _row(case: ReliefCase, *, web: bool) -> ReliefRow:
    minor = households.age(case.person.birth_date, today()) < ADULT
    name = identity.web_name(case.person.name, minor) if web else identity.board_name(case.person.name, minor)
    office = offices.find_office(case.township_id, OfficeKind.TOWNSHIP)
    return ReliefRow(
        case.ref, name, case.village.name, case.township.name, case.persons, case.decision.fen, case.decision.on,
        case.shown_to or case.decision.on, office.phone if office else "",
    )  # fmt: skip


def web_row(case: ReliefCase) -> ReliefRow:
    """One announcement for the public web."""
    return _row(case, web=True)


def web_rows(village: str) -> list[ReliefRow]:
    """What hangs for a village on the public web: names masked."""
    return [_row(case, web=True) for case in showing().filter(village=village)]


def board(*, township: str = "", village: str = "") -> list[ReliefRow]:
    """What hangs on the board or screen of a township or a village: names in full."""
    rows = showing().filter(village=village) if village else showing().filter(township=township)
    return [_row(case, web=False) for case in rows]


def counted(district: str) -> Mapping[str, Mapping[str, int]]:
    """How many hang, by township and village."""
    rows = showing().filter(township__code__startswith=district).order_by()
    found: dict[str, dict[str, int]] = {}
    for township, village, many in rows.values_list("township_id", "village_id").annotate(many=Count("id")):
        found.setdefault(township, {})[village] = many
    return found
