"""A filed month frozen, part by part: every award that stood, moved or ended in it, what was due, what the bank has paid.

Each part is one transaction with one entry; going on begins behind the last one. A month that was frozen after an
interruption is the same as one that was not interrupted.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat

from yimen.base.access.officer import Officer
from yimen.base.runs.desk import Bound, Tell, in_parts, quiet, write_part
from yimen.base.setwise import SecondsSum, insert_from, unnested
from yimen.casework.awards.belonging import InTownship
from yimen.casework.awards.models import Award
from yimen.casework.awards.months import compare_month, with_movement
from yimen.casework.monthclose.models import ComparisonHit, FiledRow, MonthClose
from yimen.casework.payments.hold_queries import waits
from yimen.casework.payments.models import PayLine
from yimen.casework.payments.roll_queries import with_status
from yimen.law import procedure
from yimen.law.aftercare.movement import Standing
from yimen.law.calendar import now
from yimen.law.closing import CloseState, Waits
from yimen.law.comparison import HitState
from yimen.law.payments.terms import LineEventKind

PART = 5_000
_ACT = "file_month"
_FAILED = (str(LineEventKind.FAILED), str(LineEventKind.RETURNED))


def carry_on(officer: Officer, ref: str, tell: Tell = quiet) -> MonthClose:
    """Freeze what is left of a filed month; a finished one comes back as it is. Safe to call again after an interruption."""
    return in_parts(
        officer, MonthClose, ref, at_work=(CloseState.RUNNING,), roles=procedure.OFFICE_STEPS[_ACT].roles,
        part=lambda close: _part(officer, close), tell=tell,
    )  # fmt: skip


def _awards(close: MonthClose) -> QuerySet[Award]:
    return InTownship(close.area_id).ever(Award.objects.all())


def _part(officer: Officer, close: MonthClose) -> tuple[int, int]:
    rows = _awards(close).filter(pk__gt=close.position)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:PART])
    total = _awards(close).count()
    if not numbers:
        _finish(close)
        return total, total
    first, last = numbers[0], numbers[-1]
    _freeze(close, first, last)
    _write(officer, close, first, last)
    close.position = last
    close.save(update_fields=["position"])
    return _awards(close).filter(pk__lte=last).count(), total


def _freeze(close: MonthClose, first: int, last: int) -> None:
    some = Award.objects.filter(pk__gte=first, pk__lte=last)
    rows = with_movement(compare_month(some, close.month, InTownship(close.area_id))).annotate(
        hit=Exists(_hits()),
        held=Case(When(waits("pk"), then=True), default=False, output_field=BooleanField()),
        line=Subquery(_lines(close).values("pk")[:1]),
        told=Subquery(_lines(close).values("status")[:1]),
        total=Subquery(_lines(close).values("total_fen")[:1]),
    )
    due = Q(after=str(Standing.DUE))
    columns = {
        "close": Value(close.pk),
        "award": F("pk"),
        "version": F("now__pk"),
        "line": F("line"),
        "programme": F("programme"),
        "village": F("at"),
        "urban": F("now__urban"),
        "category": F("now__category"),
        "standing": F("after"),
        "movement": F("movement"),
        "cause": F("cause"),
        "ground": Coalesce(F("ground"), Value("")),
        "persons": F("after_persons"),
        "persons_before": F("before_persons"),
        "due_fen": F("after_fen"),
        "before_fen": F("before_fen"),
        "supplement_fen": Case(When(due, then=SecondsSum("now__persons")), default=0),
        "paid_fen": Case(When(told=str(LineEventKind.PAID), then=F("total")), default=0),
        "waits": _waits(),
    }
    insert_from(FiledRow, rows.order_by("pk"), columns)
    _write_people(close, first, last)


def _hits() -> QuerySet[ComparisonHit]:
    return ComparisonHit.objects.filter(household=OuterRef("household"), state=str(HitState.OPEN))


def _lines(close: MonthClose) -> QuerySet[PayLine]:
    return with_status(PayLine.objects.filter(award=OuterRef("pk"), month=close.month))


def _waits() -> Concat:
    """Why a household goes over, each reason with a comma behind it."""
    asked = {Waits.HIT: Q(hit=True), Waits.HELD: Q(held=True), Waits.FAILED: Q(told__in=_FAILED)}
    words = [Case(When(when, then=Value(f"{why},")), default=Value("")) for why, when in asked.items()]
    return Concat(*words, output_field=CharField())


_PEOPLE = """
INSERT INTO monthclose_filedperson (row_id, person_id)
SELECT r.id, {person} FROM monthclose_filedrow r
JOIN awards_awardversion v ON v.id = r.version_id {pairs}
WHERE r.close_id = %s AND r.award_id >= %s AND r.award_id <= %s AND r.standing = %s
ORDER BY r.id
"""


def _write_people(close: MonthClose, first: int, last: int) -> None:
    pairs, person = unnested("v", "persons")
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE.format(pairs=pairs, person=person), [close.pk, first, last, str(Standing.DUE)])


BOUND = ("award_id", "version_id", "line_id", "movement", "persons", "due_fen", "before_fen", "paid_fen", "waits")


def _write(officer: Officer, close: MonthClose, first: int, last: int) -> None:
    rows = FiledRow.objects.filter(close=close, award_id__gte=first, award_id__lte=last)
    digest = Bound.over(rows.order_by("award_id").values_list(*BOUND).iterator(chunk_size=5_000))
    facts = {"month": close.month, "awards": rows.count()}
    write_part(officer, close, _ACT, "分批存档", str(digest), facts)


def _finish(close: MonthClose) -> None:
    rows = FiledRow.objects.filter(close=close).order_by()
    due = rows.filter(standing=str(Standing.DUE))
    sums = due.aggregate(
        households=Count("pk"), persons=Coalesce(Sum("persons"), 0), due_fen=Coalesce(Sum("due_fen"), 0),
        paid_fen=Coalesce(Sum("paid_fen"), 0),
    )  # fmt: skip
    close.counts = sums | {"rows": rows.count(), "over": rows.exclude(waits="").count()}
    close.lines_digest = str(Bound.over(rows.order_by("award_id").values_list(*BOUND).iterator(chunk_size=5_000)))
    close.state, close.finished_at, close.version = CloseState.FILED, now(), close.version + 1
    close.save()
