"""What the two files say, as plain frozen values between the room and the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yimen.law.money import Fen


@dataclass(frozen=True)
class AskedPerson:
    """One person to be checked; asked only with consent on paper (Law Art. 41).

    ``relation`` is the Chinese label, ``consent_paper`` the number of the signed authorisation.
    """

    person_ref: str
    name: str
    identity: str
    relation: str
    consent_paper: str
    consent_until: date


@dataclass(frozen=True)
class AskedCase:
    """One application (or award) whose people are checked. ``programme`` and ``township`` are Chinese labels."""

    request_ref: str
    application_number: str
    programme: str
    township: str
    persons: tuple[AskedPerson, ...]


@dataclass(frozen=True)
class RequestFile:
    """One batch from the district to the agency; ``sources`` are catalogue codes of yimen.law.checks."""

    batch_number: str
    district_code: str
    district_name: str
    prepared_on: date
    cases: tuple[AskedCase, ...]
    sources: tuple[str, ...]

    def people(self) -> Iterator[tuple[AskedCase, AskedPerson]]:
        """Every asked person with the case; a person may stand in several cases."""
        return ((case, person) for case in self.cases for person in case.persons)

    @property
    def person_count(self) -> int:
        """How many rows of people the file carries."""
        return sum(len(case.persons) for case in self.cases)


@dataclass(frozen=True)
class Finding:
    """One thing that a source found. ``amount_fen`` for items of money, ``count`` for items counted.

    ``period`` is a code of ``FoundPeriod`` or empty; ``data_date`` is the day for which the source vouches.
    """

    item: str
    value_text: str
    amount_fen: Fen | None = None
    count: int | None = None
    period: str = ""
    data_date: date | None = None
    detail: str = ""


@dataclass(frozen=True)
class SourceAnswer:
    """One source about one person. Answered without findings means: looked and found nothing.

    ``identity_tail`` holds the last four signs of the identity number; ``rows`` are the rows of the file it came from.
    """

    request_ref: str
    person_ref: str
    identity_tail: str
    source: str
    state: str
    queried_on: date
    findings: tuple[Finding, ...] = ()
    note: str = ""
    rows: tuple[int, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """Case, person and source: answered at most once in a file."""
        return (self.request_ref, self.person_ref, self.source)


@dataclass(frozen=True)
class ResultFile:
    """One answer of the agency to one batch; ``rows`` has one entry per case, person and source.

    ``digest`` binds batch number and rows only, so it stays the same when the file is saved again or its
    head is numbered anew. ``partial`` says that the agency will send more.
    """

    batch_number: str
    result_number: str
    answered_on: date
    agency: str
    rows: tuple[SourceAnswer, ...]
    row_count: int
    digest: str
    partial: bool = False
