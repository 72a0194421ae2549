"""Households on assistance laid down as rows, each with its facts: only for measuring, in an empty place of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from yimen.base.offices import queries as offices
from yimen.base.offices.models import Staff
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion, LedgerRun
from yimen.casework.households.enrolling import account_index
from yimen.casework.households.models import BankAccount, Household, Person
from yimen.casework.households.queries import identity_index
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import month_of, now, today
from yimen.law.ledger import AwardOrigin
from yimen.law.terms import OfficeKind, Programme

BANK = "示例农村商业银行"
_NAMES = tuple(f"{family}示例" for family in "赵钱孙李周吴郑王冯陈")


@dataclass(frozen=True)
class Home:
    """A household: its number, village, facts in the form of law.rules.facts_form, amount in fen a month, category, whom it covers.

    ``identities`` are the identity numbers of its people by their refs, where anybody asks for them.
    """

    number: int
    village: str
    facts: dict[str, Any]
    amount_fen: int
    category: str
    cover: tuple[tuple[str, int], ...]
    identities: Mapping[str, str] = field(default_factory=dict)


def open_books(township: str, staff: Staff) -> LedgerRun:
    """The run that these households stand in."""
    return LedgerRun.objects.create(
        township=offices.area(township), office=offices.office_of(township, OfficeKind.TOWNSHIP), file_name="测速",
        file_sha256="0" * 64, proposed_at=now(), proposed_by=staff, state="done",
    )  # fmt: skip


def lay_down(township: str, run_: LedgerRun, portion: list[Home]) -> None:
    """These households with their awards and histories, in a constant number of statements."""
    people = Person.objects.bulk_create(
        [
            Person(
                ref=row["ref"], name=_NAMES[home.number % len(_NAMES)], pinyin="shili", initials="sl", sex="female",
                birth_date=date.fromisoformat(row["birth_date"]), **_identity(home, row["ref"]),
            )
            for home in portion for row in home.facts["people"]
        ],
        batch_size=1_000,
    )  # fmt: skip
    of = {person.ref: person for person in people}
    homes = Household.objects.bulk_create(
        Household(
            township_id=township, village_id=home.village, head=of[home.facts["people"][0]["ref"]], urban=True,
            opened_on=today(),
        )
        for home in portion
    )  # fmt: skip
    BankAccount.objects.bulk_create(
        (
            BankAccount(
                household=household, holder=household.head.name, bank=BANK, number=(number := f"99{home.number:017d}"),
                number_index=account_index(number), from_on=today() - timedelta(days=1),
            )
            for home, household in zip(portion, homes, strict=True)
        ),
        batch_size=1_000,
    )  # fmt: skip
    awards = Award.objects.bulk_create(
        Award(
            number=f"CS{home.number:07d}", household=household, origin=AwardOrigin.LEDGER, run=run_,
            programme=Programme.DIBAO, township_id=township, village_id=home.village, category=home.category,
            monthly_fen=home.amount_fen, start_month=month_of(today()), recertify_on=today() + timedelta(days=365),
        )
        for home, household in zip(portion, homes, strict=True)
    )  # fmt: skip
    AwardPerson.objects.bulk_create(
        [
            AwardPerson(award=award, person=of[ref], programme=Programme.DIBAO, supplement_fen=fen)
            for home, award in zip(portion, awards, strict=True) for ref, fen in home.cover
        ],
        batch_size=1_000,
    )  # fmt: skip
    AwardVersion.objects.bulk_create(
        AwardVersion(
            award=award, township_id=township, village_id=home.village, seq=1, from_month=award.start_month,
            cause=AwardCause.TAKEN_OVER, monthly_fen=home.amount_fen,
            category=home.category, urban=True, persons=[[of[ref].pk, fen] for ref, fen in home.cover],
            basis_kind="ledger_run", basis_ref=run_.ref, facts=home.facts, on=today(),
        )
        for home, award in zip(portion, awards, strict=True)
    )  # fmt: skip


def _identity(home: Home, ref: str) -> dict[str, str]:
    """The number of somebody with its index; without one an index that nobody else has."""
    number = home.identities.get(ref, "")
    return {"identity": number, "identity_index": identity_index(number) if number else f"{ref:0>64}"}
