"""What walks through the procedure, and the keys that make a repeated POST harmless."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from yimen.base.offices import queries as offices
from yimen.base.offices.models import Account, Area
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON
from yimen.law.terms import ANY_MARK, MARKS, Order, Programme, Stage


class Subject(models.Model):
    """Something that walks through the procedure table: a stage, a version for compare-and-set (K7), a place."""

    KIND: ClassVar[str] = ""
    TAKEN_WITH: ClassVar[tuple[str, ...]] = ()
    """Relations that its acts nearly always look at: fetched with the row."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    stage = models.CharField(max_length=20, choices=Stage.choices(), db_index=True)
    version = models.PositiveIntegerField(default=1)
    order = models.CharField(max_length=12, choices=Order.choices())
    programme = models.CharField(max_length=20, choices=Programme.choices())
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def know_places(self) -> None:
        """Township and village as they stand, without asking for them again."""
        self.township, self.village = offices.area(self.township_id), offices.area(self.village_id)

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes over which whoever decides must hold the power."""
        return (self.programme,)

    @property
    def paper_mark(self) -> str:
        """The programme in the numbers of its papers."""
        marks = {MARKS[Programme(each)] for each in self.programmes}
        return marks.pop() if len(marks) == 1 else ANY_MARK

    def power_day(self) -> date:
        """The day whose delegation of power counts for this subject (五(二))."""
        raise NotImplementedError

    def delegated(self, on: date) -> bool:
        """Whether the township itself holds the power of decision over this subject on a day."""
        raise NotImplementedError


class OnceKey(models.Model):
    """An idempotency key of an account with the digest of what was sent and where it led (K6)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    body_digest = models.CharField(max_length=80)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="once_per_account")]


class UsedCode(models.Model):
    """A second-factor step already used by an account: codes work once (K36)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    step = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "step"], name="code_used_once")]


class KeptForm(models.Model):
    """A form sent after its session had expired: sealed, handed back after the same account logs in again."""

    token = models.CharField(max_length=64, unique=True)
    account_name = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    body = SealedJSON()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
