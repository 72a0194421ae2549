"""What a desk hands in about people: plain entries, already read by the law floor's own readers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class PersonEntry:
    """A member as typed. ``identity`` in clear, 18 characters; ``relation`` to the applicant."""

    name: str
    identity: str
    relation: str
    nationality: str = "汉族"
    marriage: str = "unknown"
    occupation: str = ""
    student: bool = False
    hukou_place: str = ""
    phone: str = ""
    disability_kind: str = "none"
    disability_grade: int | None = None
    disability_number: str = ""
    illness: str = ""
    work_capacity: str = ""
    employed: bool = False
    co_resident: bool = True
    long_co_resident: bool = False
    can_live_independently: bool = True
    not_counted: str = ""


@dataclass(frozen=True)
class ObligorEntry:
    """A person outside the household with a support duty; ``supports`` is the row of the member (0 = applicant)."""

    name: str
    identity: str
    relation: str
    supports: int = 0
    occupation: str = ""
    family_size: int = 1
    monthly_income_fen: int | None = None
    agreed_fee_fen: int = 0
    inability_reason: str = ""
    supported_count: int = 1


SHORTEST, LONGEST = 12, 22
"""Digits that the number of an account may have."""


@dataclass(frozen=True)
class AccountEntry:
    """The account for the allowance; the holder may be another member or the guardian."""

    holder: str
    bank: str
    number: str
    holder_relation: str = "self"


@dataclass(frozen=True)
class HomeEntry:
    """Where the household lives."""

    village: str
    group: str = ""
    address: str = ""
    land_mu: Decimal = Decimal(0)
