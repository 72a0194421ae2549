"""The register of overpayments, what an order still has open, and what a month's roll takes back; fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award, Balance
from yimen.casework.payments.models import DraftPart, LineEvent, PayPart, RecoveredBalance, Recovery, Refund
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.payments.recovery import Planned, RecoveryState, RecoveryWay, instalment
from yimen.law.payments.terms import OPEN as OPEN_ROLLS, LineEventKind, PartKind, RollState

KIND = Recovery.KIND
_SAID = [str(kind) for kind in (LineEventKind.PAID, LineEventKind.FAILED, LineEventKind.RETURNED)]
_UNPAID = [str(kind) for kind in (LineEventKind.FAILED, LineEventKind.RETURNED)]


@gate.scope(Recovery)
def _scope(officer: Officer) -> Q:
    return gate.by_place(officer, "award__township", "award__village")


@gate.scope(Refund)
def _refund_scope(officer: Officer) -> Q:
    return gate.by_place(officer, "recovery__award__township", "recovery__award__village")


_SHOWN = ("award__household__head", "award__township", "award__village", "proposed_by", "ordered_by")


def recoveries(officer: Officer) -> QuerySet[Recovery]:
    """Every recovery within an officer's scope, the newest first."""
    return gate.within(officer, Recovery.objects.select_related(*_SHOWN)).order_by("-id")


def find(officer: Officer, ref: str) -> Recovery:
    """One recovery. Raises Unknown out of scope."""
    return gate.fetch(officer, Recovery.objects.select_related(*_SHOWN), ref)


def refund(officer: Officer, ref: str) -> Refund:
    """One refund. Raises Unknown out of scope."""
    return gate.fetch(officer, Refund.objects.select_related("recovery__award__household__head", "by"), ref)


# -- the register ----------------------------------------------------------------------------


def open_balances() -> QuerySet[Balance]:
    """Overpaid months that no line has settled and no order takes back."""
    settled = PayPart.objects.filter(balance=OuterRef("pk"))
    ordered = RecoveredBalance.objects.filter(balance=OuterRef("pk"))
    return Balance.objects.filter(~Exists(settled), ~Exists(ordered), kind=BalanceKind.OVERPAID)


def of_award(award: Award) -> list[Balance]:
    """What an award was paid too much and nobody has ordered back yet, by month."""
    return list(open_balances().filter(award=award).order_by("month", "id"))


@dataclass(frozen=True)
class Overpaid:
    """An award of the register: how many months, fen in all, the first and last month, the causes; and its open recovery."""

    award: Award
    months: tuple[str, ...]
    fen: int
    causes: str
    recovery: Recovery | None


def register(officer: Officer) -> QuerySet[Award]:
    """Awards that were paid too much and have no order for it, within an officer's scope, by number."""
    left = open_balances().filter(award=OuterRef("pk"))
    rows = gate.within(officer, Award.objects.filter(Exists(left)))
    return rows.select_related("household__head", "township", "village").order_by("township_id", "number")


def overpaid(awards: Iterable[Award]) -> list[Overpaid]:
    """What each of these awards was paid too much, in two statements."""
    found = list(awards)
    by_award: dict[int, list[Balance]] = {}
    for row in open_balances().filter(award__in=[award.pk for award in found]).order_by("month", "id"):
        by_award.setdefault(row.award_id, []).append(row)
    waiting = Recovery.objects.filter(
        award__in=[award.pk for award in found], state__in=[str(RecoveryState.PROPOSED), str(RecoveryState.RETURNED)]
    ).order_by("id")
    proposed = {row.award_id: row for row in waiting}
    return [
        Overpaid(
            award,
            tuple(dict.fromkeys(row.month for row in by_award.get(award.pk, ()))),
            sum(row.fen for row in by_award.get(award.pk, ())),
            "、".join(dict.fromkeys(row.cause for row in by_award.get(award.pk, ()))),
            proposed.get(award.pk),
        )
        for award in found
    ]


def balances_of(recovery: Recovery) -> list[Balance]:
    """The overpaid months of a recovery, proposed or ordered."""
    return list(Balance.objects.filter(pk__in=[number for number, _ in recovery.parts]).order_by("month", "id"))


# -- what is left ----------------------------------------------------------------------------


def refunds_of(recovery: Recovery) -> list[Refund]:
    """Every refund with the second person's word, the oldest first."""
    return list(recovery.refunds.select_related("by", "check_row__by").order_by("id"))


def deductions_of(recovery: Recovery) -> list[PayPart]:
    """What the rolls have taken back for it, by month; ``unpaid`` where the bank has said last that the line was not paid."""
    rows = _deductions().filter(award=recovery.award_id, order_ref=recovery.ref)
    return list(rows.annotate(unpaid=Q(said__in=_UNPAID)).select_related("line").order_by("line__month", "id"))


def unpaid_parts() -> QuerySet[PayPart]:
    """Deductions from lines of which the bank has said last that they were not paid."""
    return _deductions().filter(said__in=_UNPAID).order_by()


def _deductions() -> QuerySet[PayPart]:
    """Parts that take something back, with the last word ``said`` by the bank of their line."""
    last = LineEvent.objects.filter(line=OuterRef("line"), kind__in=_SAID).order_by("-id").values("kind")[:1]
    return PayPart.objects.filter(kind=PartKind.RECOVERY).annotate(said=Coalesce(Subquery(last), Value("")))


def in_preview(recovery: Recovery) -> int:
    """What rolls that are not frozen yet are going to take back for it."""
    rolls = [*OPEN_ROLLS, RollState.RUNNING]
    rows = DraftPart.objects.filter(kind=PartKind.RECOVERY, award=recovery.award_id, order_ref=recovery.ref)
    fen: int | None = rows.filter(roll__state__in=[str(state) for state in rolls]).aggregate(fen=Sum("fen"))["fen"]
    return fen or 0


def waiting(recoveries: Iterable[Recovery]) -> dict[str, int]:
    """Refunds that nobody has checked yet."""
    rows = Refund.objects.filter(recovery__in=[row.pk for row in recoveries], check_row__isnull=True).order_by()
    return dict(rows.values_list("recovery__ref").annotate(fen=Sum("fen")))


def returned(recoveries: Iterable[Recovery]) -> dict[str, int]:
    """What has come back for each of these: deducted from frozen lines, and refunds that were checked; two statements."""
    rows = list(recoveries)
    refs = [row.ref for row in rows]
    found = dict.fromkeys(refs, 0)
    # By the award as well, which is what the parts are found by.
    parts = PayPart.objects.filter(
        kind=PartKind.RECOVERY, award__in=[row.award_id for row in rows], order_ref__in=refs
    ).order_by()
    for ref, fen in parts.values_list("order_ref").annotate(fen=Sum("fen")):
        found[ref] += fen
    paid = Refund.objects.filter(recovery__ref__in=refs, check_row__accepted=True).order_by()
    for ref, fen in paid.values_list("recovery__ref").annotate(fen=Sum("fen")):
        found[ref] += fen
    return found


def remaining(recovery: Recovery) -> int:
    """What is still to be paid back."""
    return recovery.total_fen - returned([recovery])[recovery.ref]


def with_left(rows: QuerySet[Recovery]) -> QuerySet[Recovery]:
    """Recoveries with what is still to be paid back as ``left``, reckoned in the database."""
    parts = PayPart.objects.filter(
        kind=PartKind.RECOVERY, award=OuterRef("award"), order_ref=OuterRef("ref")
    ).order_by()
    cash = Refund.objects.filter(recovery=OuterRef("pk"), check_row__accepted=True).order_by()
    deducted = parts.values("order_ref").annotate(fen=Sum("fen")).values("fen")
    refunded = cash.values("recovery").annotate(fen=Sum("fen")).values("fen")
    left = F("total_fen") - Coalesce(Subquery(deducted), 0) - Coalesce(Subquery(refunded), 0)
    return rows.annotate(left=left)


def planned(awards: Any, month: str) -> dict[int, Planned]:
    """What a month's payments take back by order, by the award's number; awards that owe nothing are not in it.

    ``awards`` are awards, their numbers, or a queryset of either. Four statements, however many awards.
    An award with several orders pays off the older one first. What a line does not hold stays open. A refund that
    waits for its second person is not deducted as well; where it turns out not to have come, later months do.
    """
    rows = Recovery.objects.filter(
        award__in=awards, state=RecoveryState.ORDERED, way=RecoveryWay.INSTALMENTS, from_month__lte=month
    ).order_by("award_id", "id")
    orders = list(rows)
    back, brought = returned(orders), waiting(orders)
    found: dict[int, Planned] = {}
    for order in orders:
        fen = instalment(order.total_fen - back[order.ref] - brought.get(order.ref, 0), order.monthly_fen or 0)
        if fen and order.award_id not in found:
            found[order.award_id] = Planned(fen, order.ref)
    return found


def papers_of(recovery: Recovery) -> list[Paper]:
    """Its papers, the newest first."""
    return list(Paper.objects.filter(subject_kind=KIND, subject_ref=recovery.ref).order_by("-id"))


def of_papers(officer: Officer, papers: Iterable[Paper]) -> dict[int, Recovery]:
    """The recoveries behind these papers within an officer's scope, by number."""
    numbers = {paper.subject_id for paper in papers if paper.subject_kind == KIND}
    return {row.pk: row for row in recoveries(officer).filter(pk__in=numbers)} if numbers else {}
