"""What the amount of an award rests on: its versions, and for each of them the facts it was reckoned from.

Everything is looked up for many awards at once, in a constant number of statements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from yimen.base.offices import queries as offices
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion
from yimen.casework.awards.uplift import ledger_facts
from yimen.casework.awards.uplift.library import Library
from yimen.law.aftercare.terms import PAYING, AwardCause, AwardPhase
from yimen.law.again import Asked
from yimen.law.calendar import first_day
from yimen.law.ledger import AwardOrigin
from yimen.law.rules import PersonFacts
from yimen.law.terms import Programme

LEDGER_CAUSES = frozenset({AwardCause.TAKEN_OVER, AwardCause.LEDGER})
# Causes whose facts are those of the version before.
_FOLLOWING = frozenset({AwardCause.UPLIFT, AwardCause.RESUMED, AwardCause.TRANSFERRED_IN, AwardCause.GRACE})
# Causes that carry an amount on as it was.
_REPEATING = frozenset({AwardCause.RESUMED, AwardCause.TRANSFERRED_IN})
_PAYING = frozenset(str(phase) for phase in PAYING)
OTHERWISE = "现金额按当时的决定另有调整，与核算结果不同，请单独核实后办理变更。"
NO_FACTS = "没有可以核算的资料，请先核定收入后办理变更。"


@dataclass(frozen=True)
class Version:
    """A version without what is heavy. ``said_fen`` is the amount of its own Reckoning, None where it keeps none."""

    seq: int
    from_month: str
    cause: str
    phase: str
    monthly_fen: int
    category: str
    urban: bool
    persons: tuple[tuple[int, int], ...]
    basis_kind: str
    basis_ref: str
    facts: dict[str, Any] | None
    on: dt.date
    reckoned_on: dt.date | None = None
    said_fen: int | None = None

    @property
    def paying(self) -> bool:
        """Whether something is due under it."""
        return self.phase in _PAYING


@dataclass
class Held:
    """An award with its history; ``refs`` are the references of the persons that its versions name."""

    pk: int
    ref: str
    number: str
    household: int
    head: str
    programme: str
    single: bool
    origin: str
    township: str
    village: str
    monthly_fen: int
    end_month: str
    level: str
    form: str
    facts: dict[str, Any] | None
    decided: dt.date | None
    granted: dict[str, Any] | None
    versions: list[Version] = field(default_factory=list)
    refs: dict[int, str] = field(default_factory=dict)
    people: list[PersonFacts] = field(default_factory=list)

    @property
    def taken(self) -> tuple[str, ...]:
        """Members whom another award of the same decision takes out of the household's: those on 特困."""
        whole = self.programme != Programme.TEKUN and not self.single
        rows = (self.granted or {}).get("granted", ()) if whole else ()
        return tuple(ref for row in rows if row["programme"] == Programme.TEKUN for ref, _ in row["covered"])

    @property
    def last(self) -> Version | None:
        """The version written last."""
        return self.versions[-1] if self.versions else None

    def source(self, version: Version) -> Version:
        """The version whose facts this one follows: itself, or an earlier one."""
        for row in reversed(self.versions[: self.versions.index(version) + 1]):
            if row.facts is not None or (row.paying and AwardCause(row.cause) not in _FOLLOWING):
                return row
        return version


_COLUMNS = (
    "pk", "ref", "number", "household_id", "household__head__name", "programme", "single", "origin", "township_id", "village_id",
    "monthly_fen", "end_month", "self_care", "support_form", "decision__opinion__inputs", "decision__opinion__on",
    "decision__opinion__grants",
)  # fmt: skip


def load(awards: Iterable[int]) -> list[Held]:
    """These awards with everything their amounts rest on, in the order of their numbers."""
    wanted = list(awards)
    rows = Award.objects.filter(pk__in=wanted).order_by("pk").values_list(*_COLUMNS)
    found = {row[0]: Held(*row[:14], (row[14] or {}).get("facts"), row[15], row[16]) for row in rows}
    _versions(found)
    _persons(found)
    ledger_facts.add_people([held for held in found.values() if held.origin == AwardOrigin.LEDGER])
    return list(found.values())


def _versions(found: Mapping[int, Held]) -> None:
    names = (
        "seq",
        "from_month",
        "cause",
        "phase",
        "monthly_fen",
        "category",
        "urban",
        "persons",
        "basis_kind",
        "basis_ref",
    )
    rows = AwardVersion.objects.filter(award__in=list(found)).order_by("award", "seq")
    said = _said(list(found))
    for award, *columns, facts, on in rows.values_list("award", *names, "facts", "on"):
        columns[7] = tuple((int(who), int(fen)) for who, fen in columns[7])
        day, fen = said.get((award, columns[0]), (None, None))
        found[award].versions.append(Version(*columns, facts, on, day, fen))


def _said(awards: list[int]) -> dict[tuple[int, int], tuple[dt.date | None, int | None]]:
    """Day and amount of the Reckonings that versions keep themselves."""
    rows = AwardVersion.objects.filter(award__in=awards, reckoning__isnull=False)
    found = {}
    for award, seq, sheet in rows.values_list("award", "seq", "reckoning"):
        day, fen = sheet.get("on"), sheet.get("amount_fen")
        found[award, seq] = (dt.date.fromisoformat(day) if day else None, fen)
    return found


def _persons(found: Mapping[int, Held]) -> None:
    rows = AwardPerson.objects.filter(award__in=list(found)).order_by("id")
    for award, person, ref in rows.values_list("award", "person", "person__ref"):
        found[award].refs[person] = ref


# -- what to reckon --------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """What to ask the rules about a version, or why nothing can be asked."""

    asked: Asked | None
    why: str = ""


def repeated(held: Held, version: Version) -> Version:
    """The version whose amount this one goes on paying: itself, unless it only resumes or moves what was paid before."""
    rows = [row for row in held.versions if row.paying and row.seq <= version.seq]
    while len(rows) > 1 and AwardCause(rows[-1].cause) in _REPEATING and rows[-1].facts is None:
        if rows[-1].monthly_fen != rows[-2].monthly_fen:
            break
        rows.pop()
    return rows[-1] if rows else version


def question(held: Held, version: Version, library: Library) -> Question:
    """How a version's amount came about: its facts on its own day, with the figures as they were known then."""
    version = repeated(held, version)
    return ask(held, version, _day(held, version), library.number(known(held, version)), library)


def ask(held: Held, version: Version, on: dt.date, book: int, library: Library) -> Question:
    """The facts of a version, to be reckoned on any day by the figures of a book."""
    source = held.source(version)
    person = held.refs.get(version.persons[0][0], "") if version.persons else ""
    alone = held.single or held.programme == Programme.TEKUN
    asked = Asked(
        programme=held.programme,
        facts=None,
        areas=offices.scopes(held.village),
        urban=version.urban,
        on=on,
        single=held.single,
        person=person if alone else "",
        level=held.level,
        form=held.form,
        taken=held.taken,
        reason=(held.granted or {}).get("single_reason", ""),
        book=book,
    )
    if held.programme == Programme.TEKUN:
        return Question(asked)
    if source.facts is not None:
        return Question(replace(asked, facts=source.facts))
    if AwardCause(source.cause) in LEDGER_CAUSES:
        people = ledger_facts.people_of(held)
        amount = ledger_facts.amount_of(held, source, library.number(source.on))
        return Question(replace(asked, facts=people, amount=amount)) if people else Question(None, ledger_facts.NOBODY)
    return Question(replace(asked, facts=held.facts)) if held.facts is not None else Question(None, NO_FACTS)


def _day(held: Held, version: Version) -> dt.date:
    """The day by which a version was reckoned: of a raise the first of its month, of a decision that of its opinion."""
    if version.reckoned_on is not None:
        return version.reckoned_on
    cause = AwardCause(version.cause)
    if cause is AwardCause.UPLIFT:
        return first_day(version.from_month)
    if cause is AwardCause.GRANTED and held.decided is not None:
        return held.decided
    return version.on


def known(held: Held, version: Version) -> dt.date:
    """The day until whose end the figures of a version were known."""
    granted = AwardCause(version.cause) is AwardCause.GRANTED and held.decided is not None
    return held.decided if granted and held.decided else version.on


def paying_versions(held: Held) -> Sequence[Version]:
    """Versions under which something is due, the last written last."""
    return [version for version in held.versions if version.paying]


def in_grace(version: Version) -> bool:
    """Whether it is a month of 渐退期, in which the amount stays whatever the rules give."""
    return version.phase == AwardPhase.GRACE
