"""Reading rolls and their lines, within an officer's scope; fen."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.changes.money import tells_last_paid
from yimen.casework.payments.models import DraftLine, LineEvent, PayLine, Roll
from yimen.casework.payments.places import by_township
from yimen.casework.payments.rolls.composing import line_digest
from yimen.law.payments.terms import RollState

KIND = Roll.KIND


@gate.scope(Roll)
def _rolls(officer: Officer) -> Q:
    return by_township(officer, "area")


@gate.scope(DraftLine)
def _drafts(officer: Officer) -> Q:
    return by_township(officer, "roll__area")


@gate.scope(PayLine)
def _lines(officer: Officer) -> Q:
    return by_township(officer)


def rolls(officer: Officer) -> QuerySet[Roll]:
    """The rolls of an officer's townships, the newest month first."""
    rows = gate.within(officer, Roll.objects.all())
    return rows.select_related("area", "proposed_by", "approved_by", "released_by")


def roll(officer: Officer, ref: str) -> Roll:
    """One roll. Raises Unknown."""
    rows = Roll.objects.select_related("area", "proposed_by", "approved_by", "released_by")
    return gate.fetch(officer, rows, ref)


def pay_line(officer: Officer, ref: str) -> PayLine:
    """One frozen line by what the bank's file calls it. Raises Unknown."""
    return gate.fetch(officer, PayLine.objects.select_related("roll", "award", "household__head"), ref)


def with_status(rows: QuerySet[PayLine]) -> QuerySet[PayLine]:
    """Lines with their last event: ``status`` (law.payments.terms.LineEventKind; none for a line only frozen), ``attempt``, ``cause``."""
    last = LineEvent.objects.filter(line=OuterRef("pk")).order_by("-id")
    return rows.annotate(
        status=Subquery(last.values("kind")[:1]),
        attempt=Subquery(last.values("attempt")[:1]),
        cause=Subquery(last.values("cause")[:1]),
    )


@tells_last_paid
def last_paid(awards: Collection[int]) -> dict[int, str]:
    """The last month for which each award stands in a frozen roll; who stands in none is left out."""
    rows = PayLine.objects.filter(award__in=awards, due=True).order_by()
    return dict(rows.values_list("award").annotate(last=Max("month")))


def tampered(found: Roll) -> list[str]:
    """Frozen lines whose columns do not match their digest any more, by what the bank's file calls them (I10)."""
    rows = PayLine.objects.filter(roll=found).exclude(digest=line_digest(F("township_id"), F("month")))
    return list(rows.order_by("position").values_list("ref", flat=True))


def released(township: str, month: str) -> list[Roll]:
    """The frozen rolls of a township's month, in the order of their making."""
    return list(Roll.objects.filter(area=township, month=month, state=RollState.DONE).order_by("id"))
