"""Lists of a month for people: our awards in the compared fields, and what has to be typed into the platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from yimen.casework.awards.models import AwardVersion
from yimen.casework.households.models import Person
from yimen.casework.households.queries import accounts_of
from yimen.casework.monthclose.platform import ours
from yimen.casework.monthclose.platform.showing import words
from yimen.casework.monthclose.platform_models import PlatformLine
from yimen.law.identity import mask_identity
from yimen.law.platform import FIELD_OF, STANDING_OF, LineKind
from yimen.law.terms import Programme


@dataclass(frozen=True)
class MonthRow:
    """One award of a month: its number, whose file it opens, and each compared field in words."""

    number: str
    household: str
    person: str
    told: dict[str, str]


def standing(township: str, month: str, programme: str = "") -> QuerySet[AwardVersion]:
    """The awards of a month by village and number, for a list that is cut into pages."""
    rows = ours.standing(township, month, programme).select_related("award__household__head", "village")
    return rows.defer("facts", "reckoning").order_by("village_id", "award__number")


def standing_in(townships: Sequence[str], month: str, programme: str = "") -> QuerySet[AwardVersion]:
    """The same for several townships, one after the other."""
    rows = ours.standing_in(townships, month, programme).select_related("award__household__head", "village")
    return rows.defer("facts", "reckoning").order_by("township_id", "village_id", "award__number")


def month_rows(rows: Sequence[AwardVersion], *, full: bool) -> list[MonthRow]:
    """These awards in words, numbers masked unless ``full``; three statements for all of them.

    Whoever shows whole numbers answers for right, reason and log (K23, K33).
    """
    homes = {row.award.household_id for row in rows}
    accounts = {home: each.number for home, each in accounts_of(homes).items()}
    wanted = {row.persons[0][0] for row in rows if row.award.programme == Programme.TEKUN and row.persons}
    people = {person.pk: person for person in Person.objects.filter(pk__in=wanted).order_by("id")}
    return [_month_row(row, people, accounts, full) for row in rows]


def _month_row(row: AwardVersion, people: dict[int, Person], accounts: dict[int, str], full: bool) -> MonthRow:
    award = row.award
    home = award.household
    person = people.get(row.persons[0][0], home.head) if row.persons else home.head
    values: dict[str, Any] = {
        "head_name": person.name,
        "head_identity": person.identity,
        "programme": award.programme,
        "urban": row.urban,
        "category": row.category,
        "persons": len(row.persons),
        "amount": row.monthly_fen,
        "supplement": sum(pair[1] for pair in row.persons),
        "account": accounts.get(home.pk, ""),
        "start_month": award.start_month,
        "village": row.village.name,
        "standing": str(STANDING_OF[row.phase]),  # type: ignore[index]  # a text that is a word of the phase
    }
    return MonthRow(
        award.number, home.ref, home.head.ref, {key: _told(key, values[key], award, full) for key in values}
    )


def _told(key: str, value: Any, award: Any, full: bool) -> str:
    each = FIELD_OF[key]
    if not each.applies(award.programme) or value == "":
        return ""
    if full and each.kind in ("identity", "account"):
        return str(value)
    return words(each.kind, value, {})


@dataclass(frozen=True)
class ToType:
    """What the officer needs at the platform: the person, the platform's own number, the value to type."""

    identity: str
    their_number: str
    value: str


def to_type(lines: Sequence[PlatformLine], *, full: bool) -> list[ToType]:
    """For each line what is to be typed, numbers masked unless ``full``; a constant number of statements."""
    awards = {line.award_id: line.award for line in lines if line.award is not None}
    versions = _latest(awards, lines)
    told = dict(zip(versions, month_rows(list(versions.values()), full=full), strict=True))
    made = []
    for line in lines:
        entry: dict[str, Any] = line.entry if isinstance(line.entry, dict) else {}
        row = told.get(line.award_id or 0)
        value = line.ours
        if row is not None and line.kind == LineKind.DIFFERS:
            value = row.told.get(line.field, line.ours) or line.ours
        identity = row.told["head_identity"] if row else _theirs(entry, full)
        made.append(ToType(identity, str(entry.get("their_number", "")), value))
    return made


def _theirs(entry: dict[str, Any], full: bool) -> str:
    number = str(entry.get("identity", ""))
    return number if full else mask_identity(number)


def _latest(awards: dict[Any, Any], lines: Sequence[PlatformLine]) -> dict[int, AwardVersion]:
    """The version in force in the month of the lines, of each of their awards."""
    if not lines:
        return {}
    run = lines[0].run
    rows = standing(run.township_id, run.month).filter(award__in=list(awards))
    return {row.award_id: row for row in rows}
