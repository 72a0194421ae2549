"""The outcome of holding one row of a ledger against what is known, and the ground on which rows are judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yimen.base.figures.queries import figure
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Area
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.casework.awards.ledgers.known import Known
from yimen.casework.awards.models import Award
from yimen.casework.households.entries import AccountEntry
from yimen.casework.households.models import Household
from yimen.law.calendar import add_months, first_day
from yimen.law.ledger import LineState
from yimen.law.recertify import KEYS
from yimen.law.standards import Unset
from yimen.law.terms import Programme

CATEGORY_SCHEME = "category.scheme"
CORRECTS = "ledger.corrects_amounts"
VALIDITY = "rigid_expenditure.validity_max"
EARLIEST = "1993-06"
"""Dibao began in June 1993; no household is on it longer. 特困 goes back to the 五保 of 1956."""
EARLIEST_TEKUN = "1956-06"
UNDO_HOURS = 24
"""For how long a run can be undone as a whole."""


@dataclass(frozen=True)
class Ground:
    """Where and when rows are judged: the township, its villages, its categories with their interval in months.

    ``interval`` are the months between two reviews of a programme without categories, 0 for one that expires instead;
    ``validity`` for how many months a recognition that expires may hold at the most, 0 for one that need not expire.
    ``corrects`` whether a ledger may still change what a household has; None while the place has not said until when.
    """

    township: Area
    villages: dict[str, Area]
    categories: dict[str, int]
    on: date
    proposer: int
    programme: Programme = Programme.DIBAO
    interval: int = 0
    validity: int = 0
    corrects: bool | None = None


def ground(township: Area, on: date, proposer: int, programme: str = Programme.DIBAO) -> Ground:
    """The ground of a township on a day for a programme. Raises law.standards.Unset without the figures it needs (D31; R10)."""
    kind = Programme(programme)
    villages = {area.code: area for area in offices.villages(township.code)}
    categories: dict[str, int] = {}
    interval = validity = 0
    if kind is Programme.DIBAO:
        rows = figure(CATEGORY_SCHEME, township.code, on).as_rows()
        categories = {str(row["code"]): int(str(row["months"])) for row in rows}
    elif kind in KEYS:
        interval = figure(KEYS[kind], township.code, on).as_int()
    else:
        validity = figure(VALIDITY, township.code, on).as_int()
    return Ground(township, villages, categories, on, proposer, kind, interval, validity, _corrects(township, on))


def _corrects(township: Area, on: date) -> bool | None:
    try:
        return figure(CORRECTS, township.code, on).as_bool()
    except Unset:
        return None


def recertify_from(start_month: str, months: int, on: date) -> date:
    """The next day of recertification: whole intervals from the first month, the first that lies ahead."""
    first = first_day(start_month)
    passed = (on.year - first.year) * 12 + on.month - first.month
    due = add_months(first, max(passed // months, 0) * months)
    return due if due > on else add_months(due, months)


@dataclass
class Verdict:
    """What a row means: its state, what would change in words, and the same as facts to be written.

    Persons not known yet are ``newcomers``; ``joining`` and ``cover`` name persons of the row, ``leaving`` and
    ``uncover`` rows that end. ``closes`` is the account that ``account`` takes the place of.
    """

    row: LedgerRow
    state: LineState = LineState.SAME
    changes: list[list[str]] = field(default_factory=list)
    problems: list[list[str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    home: Household | None = None
    award: Award | None = None
    newcomers: list[LedgerPerson] = field(default_factory=list)
    joining: list[LedgerPerson] = field(default_factory=list)
    leaving: list[int] = field(default_factory=list)
    relations: dict[int, str] = field(default_factory=dict)
    related_before: dict[int, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    facts_before: dict[str, Any] = field(default_factory=dict)
    phone: str = ""
    phone_before: str = ""
    account: AccountEntry | None = None
    closes: int | None = None
    award_facts: dict[str, Any] = field(default_factory=dict)
    award_before: dict[str, Any] = field(default_factory=dict)
    cover: list[LedgerPerson] = field(default_factory=list)
    uncover: list[int] = field(default_factory=list)

    def lives_with_others(self, found: Known) -> bool:
        """Whether the person of a row of 特困 is one of several members of a household, or not its head."""
        if self.home is None:
            return False
        inside = found.members.get(self.home.pk, [])
        return len(inside) != 1 or inside[0].person_id != self.home.head_id

    def wrong(self, column: str, sentence: str) -> None:
        """Keep the row out, for this reason."""
        self.problems.append([column, sentence])

    def change(self, label: str, old: str, new: str) -> None:
        """One cell that would change."""
        self.changes.append([label, old or "（空）", new or "（空）"])
