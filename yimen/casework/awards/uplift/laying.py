"""Households on assistance laid down as rows, each with its facts: only for measuring, in an empty place of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yimen.base.offices import queries as offices
from yimen.base.offices.models import Staff
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion, LedgerRun
from yimen.casework.households.models import BankAccount, Household, Person
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import month_of, now, today
from yimen.law.ledger import AwardOrigin
from yimen.law.terms import OfficeKind, Programme

BANK = "示例银行"


@dataclass(frozen=True)
class Home:
    """A household: its number, village, facts in the form of law.rules.facts_form, amount in fen a month, category, whom it covers."""

    number: int
    village: str
    facts: dict[str, Any]
    amount_fen: int
    category: str
    cover: tuple[tuple[str, int], ...]


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
                ref=row["ref"], name=f"示例{home.number}", pinyin="shili", initials="sl", identity="", sex="female",
                identity_index=f"{row['ref']:0>64}", birth_date=date.fromisoformat(row["birth_date"]),
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
                household=household, holder=household.head.name, bank=BANK, number=f"99{home.number:017d}",
                number_index=f"{home.number:0>64}", from_on=today() - timedelta(days=1),
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
