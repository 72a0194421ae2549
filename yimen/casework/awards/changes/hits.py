"""What the data check found about a household on assistance, and the change that one press makes of it (D17, D30; L46).

A hit is a line of a comparison in force that differs, about a present member, of a case other than the award's own that
came back since the award was opened. One that an officer refuted (he kept what was declared, or counted nothing) is none.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.casework.applications.models import Application
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.changes.together import linked_with, report_together
from yimen.casework.awards.models import Award, AwardVersion, ChangeCase, ChangeHit
from yimen.casework.households.models import Membership
from yimen.casework.verification import queries as verification
from yimen.casework.verification.models import CheckRequest, Comparison
from yimen.law.aftercare.hits import event_of, heaviest
from yimen.law.aftercare.terms import ChangeEvent, ChangeSource
from yimen.law.calendar import today
from yimen.law.terms import Match, Treatment

_STANDING = ("", str(Treatment.ACCEPT_VERIFIED), str(Treatment.ADJUSTED))
_LONGEST = 1000
_SINGLE = "信息核对"


def _found(officer: Officer, people: Iterable[int]) -> list[Comparison]:
    """The differences within scope about these people, each with the day on which its check came ``back``."""
    if not officer.roles & TOWNSHIP_ROLES:
        return []
    round_ = CheckRequest.objects.filter(application=OuterRef("application"), round=OuterRef("round"))
    rows = Comparison.objects.filter(
        person__in=list(people), current=True, match=str(Match.DIFFERENT), treatment__in=_STANDING
    )
    rows = rows.annotate(back=Subquery(round_.values("returned_on")[:1])).filter(back__isnull=False)
    return list(gate.within(officer, rows.select_related("person", "application")).order_by("id"))


def _same(row: Comparison) -> tuple[Any, ...]:
    """What makes a line of a later round the hit that was reported already."""
    return row.application_id, row.person_id, row.item, row.verified_fen, row.verified_count, row.verified_text


def waiting(officer: Officer, awards: Sequence[Award]) -> dict[int, list[Comparison]]:
    """The hits of each of these awards that no change has taken up yet, by award, set-based; only what still runs has any."""
    running = [award for award in awards if not award.end_month]
    people: dict[int, set[int]] = defaultdict(set)
    members = Membership.objects.filter(household__in=[row.household_id for row in running], to_on__isnull=True)
    for home, person in members.order_by().values_list("household_id", "person_id"):
        people[home].add(person)
    rows = _found(officer, set().union(*people.values()))
    if not rows:
        return {}
    opened = dict(AwardVersion.objects.filter(award__in=running, seq=1).values_list("award_id", "on"))
    taken: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    for hit in ChangeHit.objects.filter(change__award__in=running).select_related("change", "comparison"):
        taken[hit.change.award_id].add(_same(hit.comparison))
    found = {}
    for award in running:
        mine = [
            row for row in rows
            if row.person_id in people[award.household_id] and row.application_id != award.application_id
            and award.pk in opened and row.back >= opened[award.pk]  # type: ignore[attr-defined]
            and _same(row) not in taken[award.pk]
        ]  # fmt: skip
        if mine:
            found[award.pk] = mine
    return found


def met_by(officer: Officer, application: Application) -> list[tuple[Award, list[Comparison]]]:
    """The running awards within scope that hits of this case are about, each with those of its hits that wait."""
    people = Comparison.objects.filter(application=application, current=True, match=str(Match.DIFFERENT))
    homes = Membership.objects.filter(person__in=people.values("person"), to_on__isnull=True).values("household")
    rows = gate.within(officer, Award.objects.filter(household__in=homes, end_month=""))
    awards = list(rows.select_related("household__head").order_by("id"))
    found = waiting(officer, awards)
    mine = [(each, [row for row in found.get(each.pk, ()) if row.application_id == application.pk]) for each in awards]
    return [(each, hits) for each, hits in mine if hits]


def became(officer: Officer, application: Application) -> list[ChangeHit]:
    """What hits of this case have become: each with its change, within scope."""
    seen = gate.within(officer, ChangeCase.objects.all())
    rows = ChangeHit.objects.filter(comparison__application=application, change__in=seen)
    return list(rows.select_related("change__award__household__head", "comparison").order_by("id"))


def hits_of(officer: Officer, change: ChangeCase) -> list[Comparison]:
    """The hits that a change came from and the officer may see, in the order of the check."""
    rows = Comparison.objects.filter(changes__change=change).select_related("application")
    return list(gate.within(officer, rows).order_by("id"))


@dataclass(frozen=True)
class Found:
    """One difference in plain values, from whichever check: about whom (nobody of the household for an obligor), on which
    day, under which ``number``, in words; ``key`` is what the caller knows it by.
    """

    key: Any
    event: ChangeEvent
    person: str
    day: dt.date
    number: str
    words: str


def drawn_up(found: Sequence[Found], said: str, since: dt.date | None = None) -> tuple[ReportEntry, list[Found]]:
    """The report that these differences make, and those of them that it is about; ``said`` names the check in words.

    A death is reported alone and for one person; its day is in no register's figures, so that it is ``since`` that says it.
    """
    if not found:
        raise Refused("这一户没有待登记的核对发现：已经登记变更，或者核对结果已有别的认定。请刷新页面。", "nothing")
    event, chosen = heaviest(row.event for row in found), list(found)
    if event is ChangeEvent.DEATH:
        dead = next(row.person for row in found if row.event is event)
        chosen = [row for row in found if row.event is event and row.person == dead]
    first = since if event is ChangeEvent.DEATH else min([*(row.day for row in chosen), today()])
    people = list(dict.fromkeys(row.person for row in chosen if row.person))
    numbers = "、".join(sorted({row.number for row in chosen}))
    words = "；".join(row.words for row in chosen)
    entry = ReportEntry(
        event=str(event), since=first, source=str(ChangeSource.CHECK_HIT), reported_by=f"{said}（{numbers}）"[:100],
        statement=f"{said}发现：{words}。"[:_LONGEST], concerns=people,
    )  # fmt: skip
    return entry, chosen


def report_found(
    officer: Officer, *, award_ref: str, found: Sequence[Found], said: str, since: dt.date | None = None
) -> tuple[list[ChangeCase], list[Found]]:
    """Register the change that differences of a check point to: the cases made, the award's own first, and what they are about.

    Raises Refused where there are none, and whatever ``report_together`` refuses.
    """
    with transaction.atomic():
        entry, chosen = drawn_up(found, said, since)
        change = report_together(officer, award_ref=award_ref, report=entry)
        return [change, *linked_with(officer, change)], chosen


def drawn(
    award: Award, hits: Sequence[Comparison], since: dt.date | None = None
) -> tuple[ReportEntry, list[Comparison]]:
    """The report that the hits of single checks make, and those of them that it is about; see :func:`drawn_up`."""
    entry, chosen = drawn_up([_plain(row) for row in hits], _SINGLE, since)
    return entry, [row.key for row in chosen]


def _plain(row: Comparison) -> Found:
    person, day = row.person.ref if row.person else "", row.queried_on or row.back  # type: ignore[attr-defined]
    return Found(row, event_of(row.item), person, day, row.application.number, sentence(row))


def sentence(row: Comparison) -> str:
    """One hit in words: who, what, declared beside found, from which source on which day."""
    line = verification.as_line(row)
    said = f"申报 {line.declared}，" if line.declared else "没有申报，"
    return (
        f"{line.person_name}的{line.label}：{said}核对 {line.verified or '不一致'}（{line.source_words or '来源不详'}）"
    )


def report_hits(officer: Officer, *, award_ref: str, since: dt.date | None = None) -> ChangeCase:
    """Register the change that the waiting hits of an award point to; each hit is kept with the change it became.

    ``since`` is asked for a death alone. Raises Refused where nothing waits, and whatever ``report_together`` refuses.
    """
    with transaction.atomic():
        award = gate.fetch(officer, Award.objects.select_related("household__head"), award_ref, lock=True)
        hits = [_plain(row) for row in waiting(officer, [award]).get(award.pk, [])]
        made, chosen = report_found(officer, award_ref=award_ref, found=hits, said=_SINGLE, since=since)
        ChangeHit.objects.bulk_create(ChangeHit(change=each, comparison=row.key) for each in made for row in chosen)
    return made[0]
