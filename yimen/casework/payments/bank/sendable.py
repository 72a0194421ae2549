"""Which frozen lines go to a bank now, by its template, and which stay unsent with the reason. Set-based per township.

A line goes out for the first time, or once more for each failed attempt that was put right (K4). What is held now, or pays
nothing, stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yimen.casework.households.models import BankAccount
from yimen.casework.households.queries import in_use as used_on
from yimen.casework.payments import hold_queries
from yimen.casework.payments.bank import templates
from yimen.casework.payments.bank_models import BankAttempt, BankTemplate, Reissue
from yimen.casework.payments.models import PayLine
from yimen.law.money import Fen
from yimen.law.payments.bank_terms import Unsendable
from yimen.law.payments.terms import RollState


@dataclass(frozen=True)
class Ready:
    """A line on its way: fen, the account that will be told (its number stays sealed), and the number of the attempt."""

    line: int
    ref: str
    award: int
    number: str
    month: str
    programme: str
    urban: bool
    fen: Fen
    attempt: int
    account: int | None
    holder: str = ""
    bank: str = ""
    index: str = ""


@dataclass
class Batch:
    """What goes to one bank."""

    template: BankTemplate
    lines: list[Ready] = field(default_factory=list)

    @property
    def total_fen(self) -> Fen:
        return sum(line.fen for line in self.lines)

    @property
    def again(self) -> int:
        """How many are sent once more."""
        return sum(line.attempt > 1 for line in self.lines)


@dataclass
class Plan:
    """What a township can send, and what stays with the reason."""

    batches: list[Batch] = field(default_factory=list)
    left: list[tuple[Ready, Unsendable]] = field(default_factory=list)


def waiting(township: str) -> QuerySet[PayLine]:
    """Frozen lines that pay something and are with no bank: as many attempts as were put right."""
    rows = PayLine.objects.filter(township=township, roll__state=RollState.DONE, total_fen__gt=0)
    return rows.annotate(
        tries=_count(BankAttempt.objects.filter(line=OuterRef("pk"))),
        corrected=_count(Reissue.objects.filter(line=OuterRef("pk"))),
    ).filter(tries=F("corrected"))


def _count(rows: QuerySet[BankAttempt] | QuerySet[Reissue]) -> Coalesce:
    counted = rows.order_by().values("line").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


_COLUMNS = (
    "pk", "ref", "award_id", "award__number", "month", "programme", "urban", "total_fen", "tries", "household_id",
    "account_id", "account__holder", "account__bank", "account__number_index",
)  # fmt: skip


def plan(township: str, on: dt.date) -> Plan:
    """What a township can send on a day, bank by bank, in the order of the rolls."""
    rows = list(waiting(township).order_by("roll_id", "position").values_list(*_COLUMNS))
    now_used = in_use([row[9] for row in rows if row[8]], on)
    held = hold_queries.held(township)
    known = templates.in_force(township[:6], on)
    chosen: dict[str, BankTemplate | None] = {}
    batches: dict[int, Batch] = {}
    found = Plan()
    for row in rows:
        ready = _ready(row, now_used)
        if ready.bank not in chosen:
            chosen[ready.bank] = templates.serving(known, ready.bank)
        template = chosen[ready.bank]
        if ready.award in held:
            found.left.append((ready, Unsendable.HELD))
        elif ready.account is None:
            found.left.append((ready, Unsendable.NO_ACCOUNT))
        elif template is None:
            found.left.append((ready, Unsendable.NO_TEMPLATE))
        else:
            batches.setdefault(template.pk, Batch(template)).lines.append(ready)
    found.batches = sorted(batches.values(), key=lambda batch: batch.template.name)
    return found


def _ready(row: Sequence[Any], now_used: Mapping[int, tuple[Any, ...]]) -> Ready:
    tries, household = row[8], row[9]
    told = now_used.get(household, (None, "", "", "")) if tries else row[10:]
    account, holder, bank, index = told
    return Ready(*row[:8], tries + 1, account, holder or "", bank or "", index or "")


def in_use(households: Sequence[int], on: dt.date) -> dict[int, tuple[Any, ...]]:
    """The account that each household uses on a day: what goes out once more goes there."""
    found: dict[int, tuple[Any, ...]] = {}
    for some in range(0, len(households), 500):
        rows = BankAccount.objects.filter(used_on(on), household__in=households[some : some + 500]).order_by("pk")
        for household, *told in rows.values_list("household_id", "pk", "holder", "bank", "number_index"):
            found[household] = tuple(told)
    return found
