"""Taking rows of a ledger in: people, homes, members, accounts, awards, each in a few statements for all rows.

Every row leaves a trace of what it did, by which it can be reversed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yimen.base.offices.models import Office
from yimen.casework.awards import versions
from yimen.casework.awards.changes import money
from yimen.casework.awards.ledgers.verdict import Ground, Verdict
from yimen.casework.awards.models import Award, AwardPerson, LedgerRun
from yimen.casework.households import enrolling
from yimen.casework.households.enrolling import Newcomer, NewHome
from yimen.casework.households.models import Person
from yimen.casework.households.queries import identity_index
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import month_of
from yimen.law.ledger import AwardOrigin
from yimen.law.terms import Programme

Trace = dict[str, Any]
NUMBER_MARK = "T"
_DAYS = ("recertify_on", "recognised_on", "valid_to")


def take(run: LedgerRun, place: Ground, verdicts: Sequence[Verdict]) -> list[Trace]:
    """Write what these verdicts say; their traces in the same order. A race with another act raises IntegrityError."""
    traces: list[Trace] = [{} for _ in verdicts]
    people = _people(verdicts)
    homes = _homes(verdicts, traces, place, people)
    _members(verdicts, traces, homes, people, place.on)
    _accounts(verdicts, traces, homes, place.on)
    awards = _awards(run, verdicts, traces, homes, place)
    _cover(verdicts, traces, awards, people, place.programme)
    _history(run, verdicts, awards, place.on)
    return traces


def _history(run: LedgerRun, verdicts: Sequence[Verdict], awards: Mapping[int, int], on: date) -> None:
    """New awards begin their history, corrected ones get a further version."""
    basis = versions.Basis(LedgerRun.KIND, run.ref, on, run.released_by_id)
    fresh = [awards[at] for at, verdict in enumerate(verdicts) if verdict.award is None]
    known = [(awards[at], verdict) for at, verdict in enumerate(verdicts) if verdict.award is not None]
    touched = [(award, v.award_facts) for award, v in known if v.award_facts or v.cover or v.uncover]
    # A corrected start counts from that start, everything else from the month in which the ledger is taken in, or from the
    # first that no roll has paid yet: what was paid stays as it was reckoned.
    versions.restate(fresh, AwardCause.TAKEN_OVER, basis)
    versions.restate([pk for pk, facts in touched if "start_month" in facts], AwardCause.LEDGER, basis)
    others = [pk for pk, facts in touched if "start_month" not in facts]
    for month, some in _first_unpaid(others, month_of(on)).items():
        versions.restate(some, AwardCause.LEDGER, basis, from_month=month)


def _first_unpaid(awards: Sequence[int], now: str) -> dict[str, list[int]]:
    """The awards by the month from which something else may be due: this one, or the one after their last roll."""
    paid = money.last_paid_of(awards)
    found: dict[str, list[int]] = {}
    for award in awards:
        month = max(now, later_month(paid[award], 1)) if award in paid else now
        found.setdefault(month, []).append(award)
    return found


def _people(verdicts: Sequence[Verdict]) -> Mapping[str, int]:
    """Create who is new; person by identity index for everybody in the rows."""
    enrolling.create_people(
        [
            Newcomer(person.name, person.identity, verdict.row.phone if person is verdict.row.people[0] else "")
            for verdict in verdicts
            for person in verdict.newcomers
        ]
    )
    indexes = {identity_index(person.identity) for verdict in verdicts for person in verdict.row.people}
    rows = Person.objects.filter(identity_index__in=indexes).order_by("id")
    return dict(rows.values_list("identity_index", "pk"))


def _homes(
    verdicts: Sequence[Verdict], traces: list[Trace], place: Ground, people: Mapping[str, int]
) -> dict[int, int]:
    """The household of each verdict, by position; moved where the row says so."""
    fresh = [position for position, verdict in enumerate(verdicts) if verdict.home is None]
    made = enrolling.create_homes(
        [
            NewHome(
                place.villages[verdicts[at].row.village],
                people[identity_index(verdicts[at].row.people[0].identity)],
                verdicts[at].row.group,
                verdicts[at].row.address,
                verdicts[at].row.urban,
            )
            for at in fresh
        ],
        place.on,
    )
    homes = {at: home.pk for at, home in zip(fresh, made, strict=True)}
    moves: dict[int, dict[str, Any]] = {}
    phones: dict[int, str | None] = {}
    for position, verdict in enumerate(verdicts):
        if verdict.home is not None:
            homes[position] = verdict.home.pk
            _move(verdict, traces[position], moves, phones, people)
        traces[position] |= {"home": homes[position], "home_new": verdict.home is None}
    enrolling.move_homes(moves)
    enrolling.correct_phones(phones)
    return homes


def _move(
    verdict: Verdict,
    trace: Trace,
    moves: dict[int, dict[str, Any]],
    phones: dict[int, str | None],
    people: Mapping[str, int],
) -> None:
    head = people[identity_index(verdict.row.people[0].identity)]
    if verdict.facts and verdict.home:
        facts = {**verdict.facts, "head_id": head} if "head_id" in verdict.facts else verdict.facts
        moves[verdict.home.pk] = facts
        trace["facts"] = [verdict.facts_before, facts]
    if verdict.phone:
        phones[head] = verdict.phone
        trace["phone"] = [head, verdict.phone_before, verdict.phone]


def _members(
    verdicts: Sequence[Verdict], traces: list[Trace], homes: Mapping[int, int], people: Mapping[str, int], on: date
) -> None:
    enrolling.leave([pk for verdict in verdicts for pk in verdict.leaving], on)
    entries, owners = [], []
    for position, verdict in enumerate(verdicts):
        for person in verdict.joining:
            entries.append((homes[position], people[identity_index(person.identity)], str(person.relation)))
            owners.append(position)
    for position, membership in zip(owners, enrolling.join(entries, on), strict=True):
        traces[position].setdefault("joined", []).append(membership.pk)
    enrolling.relate({pk: word for verdict in verdicts for pk, word in verdict.relations.items()})
    for position, verdict in enumerate(verdicts):
        if verdict.leaving:
            traces[position]["left"] = verdict.leaving
        if verdict.relations:
            traces[position]["relations"] = [
                [pk, verdict.related_before[pk], word] for pk, word in verdict.relations.items()
            ]


def _accounts(verdicts: Sequence[Verdict], traces: list[Trace], homes: Mapping[int, int], on: date) -> None:
    enrolling.close_accounts([verdict.closes for verdict in verdicts if verdict.closes], on)
    chosen = [(at, verdict.account) for at, verdict in enumerate(verdicts) if verdict.account]
    made = enrolling.open_accounts([(homes[at], account) for at, account in chosen], on)
    for (at, _), account in zip(chosen, made, strict=True):
        traces[at]["account"] = [account.pk, verdicts[at].closes]


def _awards(
    run: LedgerRun, verdicts: Sequence[Verdict], traces: list[Trace], homes: Mapping[int, int], place: Ground
) -> dict[int, int]:
    """The award of each verdict, by position."""
    fresh = [position for position, verdict in enumerate(verdicts) if verdict.award is None]
    numbers = _numbers(run, place, len(fresh))
    made = Award.objects.bulk_create(
        Award(
            number=number,
            household_id=homes[at],
            origin=AwardOrigin.LEDGER,
            run=run,
            programme=place.programme,
            township=place.township,
            **_dated(verdicts[at].award_facts),
        )
        for at, number in zip(fresh, numbers, strict=True)
    )
    awards = {at: award.pk for at, award in zip(fresh, made, strict=True)}
    changes = {}
    for at, verdict in enumerate(verdicts):
        if verdict.award is not None:
            awards[at] = verdict.award.pk
            if verdict.award_facts:
                changes[verdict.award.pk] = verdict.award_facts
        traces[at] |= {
            "award": awards[at],
            "award_new": verdict.award is None,
            "award_facts": [verdict.award_before, verdict.award_facts],
        }
    correct_awards(changes)
    return awards


def _numbers(run: LedgerRun, place: Ground, count: int) -> list[str]:
    """Numbers of a township's own series; its office row is the lock."""
    Office.objects.select_for_update().get(pk=run.office_id)
    prefix = f"{NUMBER_MARK}{(place.township.initials or 'XJ')[:2].upper()}-{place.township.code}-"
    taken = Award.objects.filter(number__startswith=prefix).count()  # also those that have moved away since
    return [f"{prefix}{taken + number:05d}" for number in range(1, count + 1)]


def _dated(facts: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(facts[name]) for name in _DAYS if isinstance(facts.get(name), str)}
    return {**facts, **days}


def correct_awards(changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Set columns of awards, by award."""
    rows = list(Award.objects.filter(pk__in=list(changes)).order_by("id"))
    columns: set[str] = set()
    for row in rows:
        for column, value in _dated(changes[row.pk]).items():
            setattr(row, column, value)
            columns.add(column.removesuffix("_id"))
    if columns:
        Award.objects.bulk_update(rows, sorted(columns), batch_size=100)


def _cover(
    verdicts: Sequence[Verdict],
    traces: list[Trace],
    awards: Mapping[int, int],
    people: Mapping[str, int],
    programme: Programme,
) -> None:
    ended = [pk for verdict in verdicts for pk in verdict.uncover]
    AwardPerson.objects.filter(pk__in=ended).update(active=False)
    rows, owners = [], []
    for position, verdict in enumerate(verdicts):
        if verdict.uncover:
            traces[position]["uncovered"] = verdict.uncover
        for person in verdict.cover:
            index = identity_index(person.identity)
            rows.append(AwardPerson(award_id=awards[position], person_id=people[index], programme=programme))
            owners.append(position)
    for position, row in zip(owners, AwardPerson.objects.bulk_create(rows), strict=True):
        traces[position].setdefault("covered", []).append(row.pk)
