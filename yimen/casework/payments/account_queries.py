"""Reading changes of account within an officer's scope."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.casework.payments.accounts.acts import SHOWN
from yimen.casework.payments.models import AccountChange
from yimen.casework.payments.places import by_township
from yimen.law.payments.accounts import AccountState

KIND = AccountChange.KIND


@gate.scope(AccountChange)
def _scope(officer: Officer) -> Q:
    return by_township(officer)


def account_changes(officer: Officer) -> QuerySet[AccountChange]:
    """Every proposed, confirmed, refused or withdrawn change of account, the newest first."""
    return gate.within(officer, AccountChange.objects.order_by("-id")).select_related(*SHOWN)


def account_change(officer: Officer, ref: str) -> AccountChange:
    """One change. Raises Unknown."""
    return gate.fetch(officer, AccountChange.objects.select_related(*SHOWN), ref)


def letter_of(officer: Officer, ref: str) -> AccountChange:
    """The change whose letter an officer wants to open: the district's alone, who changed the account has no hand in it.

    Raises Unknown.
    """
    if not officer.roles & DISTRICT_ROLES:
        raise Unknown(ref)
    return account_change(officer, ref)


def changes_of(officer: Officer, household: int) -> list[AccountChange]:
    """Every change of a household, the newest first."""
    return list(account_changes(officer).filter(household_id=household))


def letters_to_send(officer: Officer) -> int:
    """How many confirmed changes wait for the district's letter."""
    return account_changes(officer).filter(state=AccountState.CONFIRMED, told_on__isnull=True).count()
