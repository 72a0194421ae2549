"""A household of a ledger as plain facts, already read: what a gateway or a desk hands to the acts on ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yimen.law.terms import Relation


@dataclass(frozen=True)
class LedgerPerson:
    """A person of the household. ``identity`` has 18 characters; ``relation`` is to the head."""

    name: str
    identity: str
    relation: str = Relation.SELF
    covered: bool = True


@dataclass(frozen=True)
class LedgerRow:
    """One household on assistance; ``people`` begins with the head.

    ``village`` is an area code, ``monthly_fen`` fen a month, ``start_month`` like ``2024-03``. What the ledger does not
    tell is empty and is left as it is. ``problems`` (column, sentence) found in reading keep the row out.
    ``sheet``, ``first`` and ``last`` say where the row stands in its file.
    """

    place: str
    village: str
    people: tuple[LedgerPerson, ...]
    category: str
    monthly_fen: int
    start_month: str
    group: str = ""
    address: str = ""
    phone: str = ""
    recertify_on: str = ""
    holder: str = ""
    bank: str = ""
    account: str = ""
    village_name: str = ""
    sheet: str = ""
    first: int = 0
    last: int = 0
    remarks: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def head_name(self) -> str:
        return self.people[0].name if self.people else ""

    @property
    def payee(self) -> str:
        """The holder of the account; the head where the ledger does not say."""
        return self.holder or self.head_name


@dataclass(frozen=True)
class LedgerSource:
    """Where the rows come from. ``file_ref`` is empty where no file was handed in; ``skipped`` are rows left out."""

    file_name: str
    file_sha256: str
    file_ref: str = ""


def row_to_plain(row: LedgerRow) -> dict[str, Any]:
    """The row in JSON's own types."""
    people = [
        {"name": each.name, "identity": each.identity, "relation": str(each.relation), "covered": each.covered}
        for each in row.people
    ]
    return {
        **vars(row),
        "people": people,
        "remarks": list(row.remarks),
        "problems": [list(pair) for pair in row.problems],
    }


def row_from_plain(plain: dict[str, Any]) -> LedgerRow:
    """The row of :func:`row_to_plain`."""
    people = tuple(LedgerPerson(**person) for person in plain["people"])
    problems = tuple((column, sentence) for column, sentence in plain["problems"])
    return LedgerRow(**{**plain, "people": people, "problems": problems, "remarks": tuple(plain["remarks"])})
