"""Awards as rows of the ledger: what is exported so that importing it again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import prefetch_related_objects

from yimen.casework.awards.ledgers.benefits import recognised_on
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.households import queries as households
from yimen.casework.households.models import BankAccount, Membership, Person
from yimen.law.ledger import COLUMNS, RECOGNISED, RURAL, SEPARATOR, URBAN, named_members
from yimen.law.terms import Programme, SelfCare, SupportForm

_PORTION = 5_000


def ledger_rows(awards: Iterable[Award]) -> list[dict[str, Any]]:
    """One mapping per award with every key of the columns of its programme's ledger, numbers and account in clear.

    Amounts are fen (None where not known), ``covered`` a whole number, the rest text. Five queries for every 5,000.
    Whoever shows or hands out the secret columns answers for right, masking and log (K23, K33).
    """
    rows = list(awards)
    return [made for start in range(0, len(rows), _PORTION) for made in _portion(rows[start : start + _PORTION])]


def _portion(rows: list[Award]) -> list[dict[str, Any]]:
    members, accounts, covered = _members(rows), _accounts(rows), _covered(rows)
    prefetch_related_objects([award for award in rows if award.programme in RECOGNISED], "decision")
    made = []
    for award in rows:
        inside, account = members[award.household_id], accounts.get(award.household_id)
        if award.programme == Programme.TEKUN:
            values = _person_row(award, covered[award.pk], account)
        else:
            values = _row(award, inside, account, set(covered[award.pk]))
        made.append({column.key: values[column.key] for column in COLUMNS[Programme(award.programme)]})
    return made


def _members(awards: list[Award]) -> Mapping[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    homes = {award.household_id for award in awards}
    rows = Membership.objects.filter(household_id__in=homes, to_on__isnull=True).select_related("person")
    for row in rows.order_by("id"):
        found[row.household_id].append(row)
    return found


def _accounts(awards: list[Award]) -> Mapping[int, BankAccount]:
    return households.accounts_of({award.household_id for award in awards})


def _covered(awards: list[Award]) -> Mapping[int, dict[int, Person]]:
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    rows = AwardPerson.objects.filter(award__in=[award.pk for award in awards], active=True).order_by("id")
    for row in rows.select_related("person"):
        found[row.award_id][row.person_id] = row.person
    return found


def _common(award: Award, account: BankAccount | None) -> dict[str, Any]:
    """What the ledgers of all programmes tell in the same way."""
    return {
        "number": award.number,
        "village": award.village.name,
        "group": award.household.group,
        "amount": award.monthly_fen,
        "start_month": award.start_month,
        "recertify_on": f"{award.recertify_on:%Y-%m-%d}" if award.recertify_on else "",
        "holder": account.holder if account else "",
        "bank": account.bank if account else "",
        "account": account.number if account else "",
    }


def _person_row(award: Award, covered: Mapping[int, Person], account: BankAccount | None) -> dict[str, Any]:
    """A person on 特困. The parts are told while they make the sum; the account only where he is the head of his home."""
    person = next(iter(covered.values()), award.household.head)
    known = (award.basic_fen or 0) + (award.care_fen or 0) == award.monthly_fen
    return {
        **_common(award, account if person.pk == award.household.head_id else None),
        "head_name": person.name,
        "head_identity": person.identity,
        "urban": URBAN if award.household.urban else RURAL,
        "support_form": SupportForm(award.support_form).label if award.support_form else "",
        "self_care": SelfCare(award.self_care).label if award.self_care else "",
        "institution": award.institution,
        "basic": award.basic_fen if known else None,
        "care": award.care_fen if known else None,
    }


def _row(award: Award, members: list[Membership], account: BankAccount | None, covered: set[int]) -> dict[str, Any]:
    home = award.household
    others = [row for row in members if row.person_id != home.head_id]
    outside = [row.person.name for row in members if row.person_id not in covered]
    day = recognised_on(award)
    return {
        **_common(award, account),
        "head_name": home.head.name,
        "head_identity": home.head.identity,
        "members": named_members([(row.person.name, row.relation) for row in others]),
        "member_identities": SEPARATOR.join(row.person.identity for row in others),
        "covered": len(covered),
        "uncovered": SEPARATOR.join(outside),
        "category": award.category,
        "recognised_on": f"{day:%Y-%m-%d}" if day else "",
        "valid_to": f"{award.valid_to:%Y-%m-%d}" if award.valid_to else "",
    }
