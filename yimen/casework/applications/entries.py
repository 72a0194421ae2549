"""What a desk hands in for an application (S3), plain and already typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yimen.casework.households.entries import AccountEntry, HomeEntry, ObligorEntry, PersonEntry


@dataclass(frozen=True)
class IncomeEntry:
    """A declared income; ``member`` is the row of the person, None for the household; fen per period."""

    kind: str
    project: str
    label: str
    amount_fen: int
    period: str
    member: int | None = 0
    quantity: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class PropertyEntry:
    """A declared property; fen where it has a value."""

    kind: str
    label: str
    value_fen: int | None = None
    quantity: Decimal | None = None
    detail: str = ""
    member: int | None = 0


@dataclass(frozen=True)
class ExpenseEntry:
    """A declared rigid expense in fen per period."""

    kind: str
    label: str
    amount_fen: int
    period: str
    member: int | None = 0


@dataclass(frozen=True)
class AgentEntry:
    """Who acts for the applicant, and the mandate."""

    name: str
    relation: str
    reason: str
    valid_to: date
    identity: str = ""
    phone: str = ""
    scope: str = "代为提出申请、提交材料、签收文书"


@dataclass(frozen=True)
class RelativeEntry:
    """A close relation as the applicant declares it: member row ``member`` is ``relation`` of the person on staff."""

    staff_ref: str
    member: int
    relation: str


@dataclass(frozen=True)
class ConsentEntry:
    """One signature, or one recorded refusal. Exactly one of ``person_ref`` and ``obligor_ref``."""

    given: bool
    signed_on: date
    signed_by: str
    valid_to: date | None = None
    person_ref: str = ""
    obligor_ref: str = ""
    refused_reason: str = ""
    file_ref: str = ""


@dataclass(frozen=True)
class MaterialEntry:
    """How one required paper was established."""

    code: str
    state: str
    note: str = ""
    file_ref: str = ""


@dataclass(frozen=True)
class Intake:
    """One application from first word to submission. ``members[0]`` is the applicant."""

    applied_by: str
    home: HomeEntry
    members: Sequence[PersonEntry]
    reason: str
    poverty_cause: str
    relative_declared: bool
    obligors: Sequence[ObligorEntry] = ()
    incomes: Sequence[IncomeEntry] = ()
    properties: Sequence[PropertyEntry] = ()
    expenses: Sequence[ExpenseEntry] = ()
    account: AccountEntry | None = None
    agent: AgentEntry | None = None
    relatives: Sequence[RelativeEntry] = ()
    materials: Sequence[MaterialEntry] = ()
    wished: str = ""
    dictated: bool = False
    witness: str = ""
    away_from_hukou: bool = False
    single_person: bool = False
    single_person_reason: str = ""
    single_person_ground: str = ""
    draft_ref: str = ""
