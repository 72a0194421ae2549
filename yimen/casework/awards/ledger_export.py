"""Awards as rows of the ledger: what is exported so that importing it again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.households.models import BankAccount, Membership
from yimen.law.ledger import SEPARATOR, named_members

_PORTION = 5_000


def ledger_rows(awards: Iterable[Award]) -> list[dict[str, Any]]:
    """One mapping per award with every key of ``law.ledger.LEDGER_COLUMNS``, identity numbers and account in clear.

    ``amount`` is fen, ``covered`` a whole number, the rest text. Four queries for every 5,000. Whoever shows or hands
    out the secret columns answers for right, masking and log (K23, K33).
    """
    rows = list(awards)
    return [made for start in range(0, len(rows), _PORTION) for made in _portion(rows[start : start + _PORTION])]


def _portion(rows: list[Award]) -> list[dict[str, Any]]:
    members, accounts, covered = _members(rows), _accounts(rows), _covered(rows)
    return [_row(award, members[award.household_id], accounts, covered[award.pk]) for award in rows]


def _members(awards: list[Award]) -> Mapping[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    homes = {award.household_id for award in awards}
    rows = Membership.objects.filter(household_id__in=homes, to_on__isnull=True).select_related("person")
    for row in rows.order_by("id"):
        found[row.household_id].append(row)
    return found


def _accounts(awards: list[Award]) -> Mapping[int, BankAccount]:
    homes = {award.household_id for award in awards}
    rows = BankAccount.objects.filter(household_id__in=homes, to_on__isnull=True).order_by("id")
    return {row.household_id: row for row in rows}


def _covered(awards: list[Award]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = AwardPerson.objects.filter(award__in=[award.pk for award in awards], active=True).order_by("id")
    for award, person in rows.values_list("award_id", "person_id"):
        found[award].add(person)
    return found


def _row(
    award: Award, members: list[Membership], accounts: Mapping[int, BankAccount], covered: set[int]
) -> dict[str, Any]:
    home, account = award.household, accounts.get(award.household_id)
    others = [row for row in members if row.person_id != home.head_id]
    outside = [row.person.name for row in members if row.person_id not in covered]
    return {
        "number": award.number,
        "village": award.village.name,
        "group": home.group,
        "head_name": home.head.name,
        "head_identity": home.head.identity,
        "members": named_members([(row.person.name, row.relation) for row in others]),
        "member_identities": SEPARATOR.join(row.person.identity for row in others),
        "covered": len(covered),
        "uncovered": SEPARATOR.join(outside),
        "category": award.category,
        "amount": award.monthly_fen,
        "start_month": award.start_month,
        "recertify_on": f"{award.recertify_on:%Y-%m-%d}",
        "holder": account.holder if account else "",
        "bank": account.bank if account else "",
        "account": account.number if account else "",
    }
