"""What desks hand in about the programmes beside dibao, plain and already typed; money in fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AbilityEntry:
    """One obligor's ability: of the member ``person_ref``, or of ``obligor_ref`` outside; None is not established (T8).

    ``inquiry``: how the means of one who authorises no check were found out, or that no way told them (T13).
    """

    person_ref: str = ""
    obligor_ref: str = ""
    on_tekun: bool = False
    on_dibao: bool = False
    own_income_fen: int | None = None
    property_fits: bool | None = None
    disability: str = "none"
    disability_grade: int = 0
    situation: str = ""
    local_ground: str = ""
    ground: str = ""
    inquiry: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was entered."""
        return self == AbilityEntry(self.person_ref, self.obligor_ref)


@dataclass(frozen=True)
class TekunEntry:
    """What 特困 asks of one person; ``disabilities`` are kind and grade of each, for 多重.

    ``owners`` says of things declared for the household (their keys) which member owns them.
    """

    person_ref: str
    obligors_known: bool
    no_labour_ground: str = ""
    disabilities: Sequence[tuple[str, int]] = ()
    school: str = ""
    child_benefit_fits: bool = False
    child_benefit_choice: str = ""
    contracted_land: bool = False
    collective_income: bool = False
    relocated: bool = False
    form: str = ""
    abilities: Sequence[AbilityEntry] = ()
    owners: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True)
class SelfCareEntry:
    """An assessment: ``items`` says of every indicator whether the person manages it.

    Either ``assessors`` (references of staff), or a third party's ``body`` with the names of who came ``outside``.
    """

    person_ref: str
    items: Mapping[str, bool]
    assessed_on: date
    place: str
    present: str
    assessors: Sequence[str] = ()
    body: str = ""
    outside: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class SpentEntry:
    """One expense: ``paid_on`` a day, or in every ``period`` of the months that count; without ``person_ref`` of the household."""

    kind: str
    amount_fen: int
    label: str = ""
    person_ref: str = ""
    paid_on: date | None = None
    period: str = ""
    reimbursed_fen: int = 0
    schooling: str = ""
    public_fee_fen: int | None = None
    designated: bool = False
    receipt: str = ""
    recognised: str = ""
    item: str = ""


@dataclass(frozen=True)
class SpendingEntry:
    """All essential spending of the months before the application, and their total income where it is established."""

    rows: Sequence[SpentEntry]
    total_income_fen: int | None = None
    total_income_source: str = ""
    none_found: bool = False
