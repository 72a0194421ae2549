"""What the data check found about a household on assistance, and the change that one press makes of it (D17, D30; L46).

A hit is a line of a comparison in force that differs, about a present member, of a case other than the award's own that
came back since the award was opened. One that an officer refuted (he kept what was declared, or counted nothing) is none.

Of a case of another township the hit still reaches the household's own: that something was found about whom, where and on which
day, so that it looks into it itself. What was found, and the case, stay with the township that asked (L70).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.casework.applications.models import Application
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.changes.together import linked_with, report_together
from yimen.casework.awards.models import Award, AwardVersion, ChangeCase, ChangeHit
from yimen.casework.households.models import Membership
from yimen.casework.verification import queries as verification
from yimen.casework.verification.comparing import UNDECLARED
from yimen.casework.verification.models import CheckRequest, Comparison
from yimen.law.aftercare.changing import OPEN
from yimen.law.aftercare.hits import event_of, heaviest
from yimen.law.aftercare.terms import ChangeEvent, ChangeSource
from yimen.law.calendar import today
from yimen.law.terms import Match, Treatment

_STANDING = ("", str(Treatment.ACCEPT_VERIFIED), str(Treatment.ADJUSTED))
_LONGEST = 1000
_SINGLE = "信息核对"


def _found(officer: Officer, people: Iterable[int]) -> list[Comparison]:
    """The differences about these people, each with the day on which its check came ``back``; ask of own households only."""
    if not officer.roles & TOWNSHIP_ROLES:
        return []
    return list(
        _standing().filter(person__in=list(people)).select_related("person", "application__township").order_by("id")
    )


def _standing() -> QuerySet[Comparison]:
    """Differences in force that nobody refuted and whose check has come back."""
    round_ = CheckRequest.objects.filter(application=OuterRef("application"), round=OuterRef("round"))
    rows = Comparison.objects.filter(current=True, match=str(Match.DIFFERENT), treatment__in=_STANDING)
    return rows.annotate(back=Subquery(round_.values("returned_on")[:1])).filter(back__isnull=False)


def elsewhere(row: Comparison, award: Award) -> bool:
    """Whether a hit about an award's household is of a case of another township."""
    return row.application.township_id != award.township_id


def told_elsewhere(officer: Officer, most: int) -> list[tuple[Award, list[Comparison]]]:
    """Running awards of the officer's own township with waiting hits of cases of other townships, and those hits.

    Set-based; an award whose own change is open keeps that one and is not told again.
    """
    if not officer.roles & TOWNSHIP_ROLES:
        return []
    foreign = _standing().exclude(application__township__in=officer.areas(TOWNSHIP_ROLES))
    lives = Membership.objects.filter(household=OuterRef("household"), to_on__isnull=True)
    busy = ChangeCase.objects.filter(state__in=[str(state) for state in OPEN], award=OuterRef("pk"))
    rows = gate.within(officer, Award.objects.filter(end_month="")).filter(
        ~Exists(busy), Exists(lives.filter(Exists(foreign.filter(person=OuterRef("person")))))
    )
    awards = list(rows.select_related("household__head", "village").order_by("id")[:most])
    found = waiting(officer, awards) if awards else {}
    mine = [(award, [row for row in found.get(award.pk, ()) if elsewhere(row, award)]) for award in awards]
    return [(award, hits) for award, hits in mine if hits]


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
    entry, chosen = drawn_up([_plain(row, award) for row in hits], _SINGLE, since)
    return entry, [row.key for row in chosen]


def _plain(row: Comparison, award: Award) -> Found:
    person, day = row.person.ref if row.person else "", row.queried_on or row.back  # type: ignore[attr-defined]
    number = f"{row.application.township.name}转来" if elsewhere(row, award) else row.application.number
    return Found(row, event_of(row.item), person, day, number, sentence(row, award))


def sentence(row: Comparison, award: Award) -> str:
    """One hit in words: who, what, declared beside found, from which source on which day.

    Of another township's case only about whom and where it was asked: it is for this one to look into.
    """
    line = verification.as_line(row)
    if elsewhere(row, award):
        place = row.application.township.name
        return f"{line.person_name}的{line.label}：{place}办理另一件案件时核对到与申报不一致，请向本户核实"
    declared = "" if line.declared == UNDECLARED else line.declared
    said = f"申报 {declared}，" if declared else "没有申报，"
    return (
        f"{line.person_name}的{line.label}：{said}核对 {line.verified or '不一致'}（{line.source_words or '来源不详'}）"
    )


def report_hits(officer: Officer, *, award_ref: str, since: dt.date | None = None) -> ChangeCase:
    """Register the change that the waiting hits of an award point to; each hit is kept with the change it became.

    ``since`` is asked for a death alone. Raises Refused where nothing waits, and whatever ``report_together`` refuses.
    """
    with transaction.atomic():
        award = gate.fetch(officer, Award.objects.select_related("household__head"), award_ref, lock=True)
        hits = [_plain(row, award) for row in waiting(officer, [award]).get(award.pk, [])]
        made, chosen = report_found(officer, award_ref=award_ref, found=hits, said=_SINGLE, since=since)
        ChangeHit.objects.bulk_create(ChangeHit(change=each, comparison=row.key) for each in made for row in chosen)
    return made[0]
