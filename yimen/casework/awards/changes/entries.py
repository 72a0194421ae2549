"""What an officer hands in about a change. Money in fen; people by reference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from yimen.casework.households.entries import AccountEntry, PersonEntry
from yimen.casework.investigation.programme_entries import SpentEntry


@dataclass(frozen=True)
class ReportEntry:
    """What has happened, since when, who says so. ``concerns`` are references of the members meant."""

    event: str
    since: dt.date | None
    source: str
    reported_by: str
    statement: str
    concerns: Sequence[str] = ()


@dataclass(frozen=True)
class NewIncome:
    """An income that was not there before: fen in a period, of a member by reference."""

    person: str
    kind: str
    label: str
    amount_fen: int
    period: str = "month"


@dataclass(frozen=True)
class NewThing:
    """Property that was not there before; without an owner it is the household's."""

    kind: str
    label: str
    value_fen: int
    owner: str = ""


@dataclass(frozen=True)
class HealthEntry:
    """A member's state as it is now; ``illness`` is a recognised serious illness, by name."""

    person: str
    disability_kind: str = "none"
    disability_grade: int | None = None
    illness: str = ""
    work_capacity: str = ""


@dataclass(frozen=True)
class FindingEntry:
    """What was established. Everything that is not named stays as it is stored.

    ``effect`` and ``ground`` empty mean: what the rules give, and the ground that the event leads to. ``incomes`` are
    amounts that are other now, by the reference of the line. ``dependents`` are grown members who cannot live independently
    and count (D7), ``uncounted`` members no longer covered though they live there. ``relations`` are relations to the head
    as confirmed. ``apart_head`` heads those who leave in a 分户; their relations are those to him.
    ``settled``: every income was entered person by person, who has none has none. Of 刚性支出 ``spent_anew`` says that ``spent``
    is the whole spending of the twelve months before the report; ``total_income_fen`` is the household's income of the
    twelve months. ``taken_from`` is the reference of the change whose findings were taken over. ``own_person`` with
    ``own_cut_fen`` is the own share cut (D34). The ``live_`` fields say where a household lives away from its hukou place, whom
    to ask and who helps there; ``live_village`` is a code of this district or empty.
    """

    reasons: str
    ground: str = ""
    effect: str = ""
    paid_through: str = ""
    leaving: Sequence[str] = ()
    new_head: str = ""
    relations: Mapping[str, str] = field(default_factory=dict)
    apart_head: str = ""
    joining: Sequence[PersonEntry] = ()
    dependents: Sequence[str] = ()
    uncounted: Sequence[str] = ()
    settled: bool = False
    incomes: Mapping[str, int] = field(default_factory=dict)
    new_incomes: Sequence[NewIncome] = ()
    property: Sequence[NewThing] = ()
    health: Sequence[HealthEntry] = ()
    spent_anew: bool = False
    spent: Sequence[SpentEntry] = ()
    total_income_fen: int | None = None
    own_person: str = ""
    own_cut_fen: int | None = None
    self_care: str = ""
    support_form: str = ""
    account: AccountEntry | None = None
    phone: str = ""
    group: str = ""
    address: str = ""
    live_village: str = ""
    live_address: str = ""
    live_contact: str = ""
    live_phone: str = ""
    live_helper: str = ""
    live_helper_phone: str = ""
    until_month: str = ""
    to_village: str = ""
    to_place: str = ""
    taken_from: str = ""

    def plain(self) -> dict[str, Any]:
        """As the finding keeps it."""
        return asdict(self)

    @staticmethod
    def of(plain: Mapping[str, Any]) -> FindingEntry:
        """What a finding has kept."""
        given = dict(plain)
        given["joining"] = [PersonEntry(**row) for row in given["joining"]]
        given["new_incomes"] = [NewIncome(**row) for row in given["new_incomes"]]
        given["property"] = [NewThing(**row) for row in given["property"]]
        given["health"] = [HealthEntry(**row) for row in given["health"]]
        given["spent"] = [_spent(row) for row in given.get("spent", ())]
        given["account"] = AccountEntry(**given["account"]) if given["account"] else None
        return FindingEntry(**given)


def _spent(plain: Mapping[str, Any]) -> SpentEntry:
    day = plain["paid_on"]
    return SpentEntry(**{**plain, "paid_on": dt.date.fromisoformat(day) if day else None})


@dataclass(frozen=True)
class ViewsEntry:
    """How the household was heard and what it said; or why it could not be heard."""

    how: str
    heard_on: dt.date | None
    officers: Sequence[str]
    who: str = ""
    place: str = ""
    view: str = ""
    said: str = ""
    evidence: str = ""
    answer: str = ""
    not_possible: str = ""


@dataclass(frozen=True)
class DecisionEntry:
    """What the leader adds: the reasons in writing, the other programmes looked at (T27)."""

    reasons: str
    other_programmes: str = ""


@dataclass(frozen=True)
class ServiceEntry:
    """How the notice reached the household."""

    how: str
    served_on: dt.date | None
    to_whom: str
    receipt: str
    note: str = ""
