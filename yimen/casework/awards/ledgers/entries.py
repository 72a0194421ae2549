"""A household of a ledger as plain facts, already read: what a gateway or a desk hands to the acts on ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yimen.law.terms import Programme, Relation


@dataclass(frozen=True)
class LedgerPerson:
    """A person of the household. ``identity`` has 18 characters; ``relation`` is to the head."""

    name: str
    identity: str
    relation: str = Relation.SELF
    covered: bool = True


@dataclass(frozen=True)
class LedgerRow:
    """One household on assistance or recognised; ``people`` begins with the head. Of 特困 a row is one person.

    ``village`` is an area code, ``monthly_fen`` fen a month (0 for a recognition), ``start_month`` like ``2024-03``. What
    the ledger does not tell is empty and is left as it is. ``problems`` (column, sentence) found in reading keep the row
    out. ``sheet``, ``first`` and ``last`` say where the row stands in its file. ``basic_fen`` and ``care_fen`` are the
    parts of 特困, None where only the sum is told; ``urban`` is which standard applies, None where nothing is said.
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
    programme: str = Programme.DIBAO
    self_care: str = ""
    support_form: str = ""
    institution: str = ""
    basic_fen: int | None = None
    care_fen: int | None = None
    urban: bool | None = None
    recognised_on: str = ""
    valid_to: str = ""

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


_LATER: dict[str, Any] = {
    "programme": Programme.DIBAO, "self_care": "", "support_form": "", "institution": "", "basic_fen": None,
    "care_fen": None, "urban": None, "recognised_on": "", "valid_to": "",
}  # fmt: skip
"""Fields that ledgers of 低保 do not have: they stay out of the plain form, whose digest binds rows submitted before."""


def row_to_plain(row: LedgerRow) -> dict[str, Any]:
    """The row in JSON's own types."""
    people = [
        {"name": each.name, "identity": each.identity, "relation": str(each.relation), "covered": each.covered}
        for each in row.people
    ]
    told = {name: value for name, value in vars(row).items() if name not in _LATER or value != _LATER[name]}
    if "programme" in told:
        told["programme"] = str(told["programme"])
    return {
        **told,
        "people": people,
        "remarks": list(row.remarks),
        "problems": [list(pair) for pair in row.problems],
    }


def row_from_plain(plain: dict[str, Any]) -> LedgerRow:
    """The row of :func:`row_to_plain`."""
    people = tuple(LedgerPerson(**person) for person in plain["people"])
    problems = tuple((column, sentence) for column, sentence in plain["problems"])
    return LedgerRow(**{**plain, "people": people, "problems": problems, "remarks": tuple(plain["remarks"])})
