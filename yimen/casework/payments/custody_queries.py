"""Reading the register of custody within an officer's scope."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.payments.custodies.acts import SHOWN
from yimen.casework.payments.models import Custody
from yimen.casework.payments.places import by_township

KIND = Custody.KIND


@gate.scope(Custody)
def _scope(officer: Officer) -> Q:
    return by_township(officer)


def custodies(officer: Officer) -> QuerySet[Custody]:
    """Every agreement, the newest first."""
    return gate.within(officer, Custody.objects.order_by("-id")).select_related(*SHOWN)


def custody(officer: Officer, ref: str) -> Custody:
    """One agreement. Raises Unknown."""
    return gate.fetch(officer, Custody.objects.select_related(*SHOWN), ref)


def kept(household: OuterRef) -> Exists:
    """For a query over households' rows: whether somebody on staff keeps the passbook or card now."""
    return Exists(Custody.objects.filter(household=household, ended_on__isnull=True))


def unfiled(household: OuterRef) -> Exists:
    """For a query over households' rows: whether somebody keeps it without the district having filed the agreement."""
    return Exists(Custody.objects.filter(household=household, ended_on__isnull=True, filed_on__isnull=True))
