"""Rows of a change of account: proposed by one person, confirmed by a second, told to the household by the district."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area, Staff
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedText
from yimen.casework.households.models import BankAccount, Household, Person
from yimen.law.payments.accounts import AccountState
from yimen.law.terms import Relation

_OPEN = Q(state=str(AccountState.PROPOSED))


class AccountChange(models.Model):
    """Another account for a household's money (K20). The accounts themselves are never rewritten: one ends, another begins.

    ``member`` is the holder who belongs to the household; without one ``authority`` says by what somebody outside draws the
    money, and his identity number is kept sealed. ``warnings`` are law.payments.accounts.AccountWarning as they stood at the
    confirmation, else at the proposal. ``first_used`` is the day from which the new account counts. ``told_on`` is when the
    district sent the letter: by somebody who neither proposed nor confirmed.
    """

    KIND: ClassVar[str] = "account_change"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="account_changes")
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AccountState.choices(), default=AccountState.PROPOSED)
    member = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.CharField(max_length=100)
    relation = models.CharField(max_length=16, choices=Relation.choices())
    identity = SealedText(null=True)
    identity_index = models.CharField(max_length=64, blank=True, db_index=True)
    authority = models.CharField(max_length=200, blank=True)
    bank = models.CharField(max_length=80)
    number = SealedText()
    number_index = models.CharField(max_length=64, db_index=True)
    reason = models.CharField(max_length=200)
    warnings = models.JSONField(default=list, blank=True)
    before = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="+")
    made = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="+")
    first_used = models.DateField(null=True)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decided_words = models.CharField(max_length=300, blank=True)
    told_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["township", "state"], name="account_change_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household"], condition=_OPEN, name="one_open_account_change"),
            models.CheckConstraint(
                condition=~Q(state__in=[str(AccountState.CONFIRMED), str(AccountState.REFUSED)])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="account_confirmed_by_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=str(AccountState.CONFIRMED)) | Q(made__isnull=False, first_used__isnull=False),
                name="a_confirmed_account_change_made_one",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False) | (~Q(authority="") & ~Q(identity_index="")),
                name="a_payee_outside_is_authorised",
            ),
            models.CheckConstraint(
                condition=Q(told_by__isnull=True) | (~Q(told_by=F("proposed_by")) & ~Q(told_by=F("decided_by"))),
                name="account_letter_sent_by_a_third",
            ),
        ]
