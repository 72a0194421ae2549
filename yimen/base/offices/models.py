"""Places, offices, people on staff, posts, powers, the district's own calendar."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from yimen.base.refs import new_ref
from yimen.base.sealed import SealedText
from yimen.law.terms import DelegationMode, Duty, KinRelation, Level, OfficeKind, Order, Programme, Role


def _in_force(on: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


class Area(models.Model):
    """An administrative division by its statistical code (6, 9 or 12 digits)."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=Level.choices())
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    urban = models.BooleanField(null=True, help_text="village level: urban community or rural village")
    initials = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A body that holds posts; ``mark`` is its part of document numbers."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=20, choices=OfficeKind.choices())
    name = models.CharField(max_length=80)
    mark = models.CharField(max_length=20)
    address = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hotline = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["area_id", "kind"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "kind"], name="office_once_per_area")]

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """A person who handles assistance or sits on a village committee, with or without an account."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    name = models.CharField(max_length=100)
    initials = models.CharField(max_length=100, blank=True)
    identity = SealedText()
    identity_index = models.CharField(max_length=64, unique=True)
    phone = SealedText(null=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="staff")
    duty = models.CharField(max_length=24, choices=Duty.choices())
    title = models.CharField(max_length=40, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class StaffRelative(models.Model):
    """A close relative of a person on staff, registered by identity number (D11; K18)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="relatives")
    name = models.CharField(max_length=100)
    identity = SealedText()
    identity_index = models.CharField(max_length=64, db_index=True)
    relation = models.CharField(max_length=12, choices=KinRelation.choices())
    registered_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "identity_index"], name="relative_once_per_staff")
        ]


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A login of a person on staff."""

    username = models.CharField(max_length=40, unique=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    second_factor = SealedText(null=True)
    settings = models.JSONField(default=dict, blank=True)

    USERNAME_FIELD = "username"
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        ordering: ClassVar = ["id"]


class PostSet(models.QuerySet["Post"]):
    def in_force(self, on: date) -> PostSet:
        return self.filter(_in_force(on))


class Post(models.Model):
    """A role held at an office for a time. Rights are read anew at each request (K16)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices())
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = PostSet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="post_ends_after_start"
            )
        ]


class DelegationSet(models.QuerySet["Delegation"]):
    def in_force(self, on: date) -> DelegationSet:
        return self.filter(_in_force(on), released_at__isnull=False)


class Delegation(models.Model):
    """The power to decide, handed to a township for a programme from a date by a document (五(二); L44.2).

    Counts only once a second person has released it.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    programme = models.CharField(max_length=20, choices=Programme.choices())
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="delegations")
    mode = models.CharField(max_length=12, choices=DelegationMode.choices())
    document = models.CharField(max_length=120)
    basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    released_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationSet.as_manager()

    class Meta:
        ordering: ClassVar = ["township_id", "programme", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")),
                name="delegation_released_by_second_person",
            ),
            models.UniqueConstraint(fields=["programme", "township", "valid_from"], name="delegation_once_per_start"),
        ]


class OrderChoice(models.Model):
    """Which order of steps a district follows for applications from a date."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=20, choices=Programme.choices())
    order = models.CharField(max_length=12, choices=Order.choices())
    valid_from = models.DateField()
    document = models.CharField(max_length=120)
    chosen_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["area_id", "programme", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "programme", "valid_from"], name="order_once_per_start")
        ]


class CalendarYear(models.Model):
    """A year whose State Council holiday notice the district has entered; other years stay provisional."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    document = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["year"]


class CalendarDay(models.Model):
    """A holiday or make-up working day entered by the district; it overrides the shipped calendar."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40)
    document = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["day"]


class Standing(models.Model):
    """One row: the mark under which everything here stands, written by triggers alone (:mod:`standing`)."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    mark = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["id"]
