"""The households behind a figure of the township's form: each of these names narrows the frozen rows of a close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from yimen.casework.awards.models import ChangeDecision
from yimen.casework.monthclose.models import FiledPerson, FiledRow, MonthClose
from yimen.casework.payments.models import LineEvent, PayPart
from yimen.casework.reports.working import with_asked, with_hits, with_settled
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.movement import Movement, Standing
from yimen.law.aftercare.terms import AwardPhase
from yimen.law.calendar import add_months, first_day
from yimen.law.payments.terms import LineEventKind, PartKind
from yimen.law.rules.members import ADULT
from yimen.law.statistics import STOPPED, StopCause, grounds_of
from yimen.law.terms import Sex, Term

Rows = QuerySet[FiledRow]
AGED = 60
LATER = (PartKind.MISSED, PartKind.ARREARS, PartKind.RECOVERY)
"""Parts of a payment that put an earlier month right."""
_STOPPED = [str(movement) for movement in STOPPED]


class Behind(Term):
    """Figures that are not a programme, a place or a movement alone."""

    FRESH = "fresh", "新增（不含转入）"
    CAME = "came", "由其他项目转入"
    GRACE = "grace", "渐退期内"
    GRACE_ENDS = "grace_ends", "渐退期本月期满"
    ASKED = "asked", "每月比对提请"
    HIT = "hit", "有比对差异"
    SETTLED = "settled", "比对差异已办结"
    FAILED = "failed", "发放不成功"
    AGAIN = "again", "补发"
    WOMEN = "women", "有女性"
    AGED = "aged", "有60周岁以上"
    MINORS = "minors", "有未成年人"


def came_over(rows: Rows) -> Rows:
    """Rows annotated with ``came``: its household left another programme in this month; ``went``: it entered another one."""
    other = FiledRow.objects.filter(close=OuterRef("close"), award__household=OuterRef("award__household"))
    other = other.exclude(programme=OuterRef("programme"))
    return rows.annotate(
        came=Exists(other.filter(movement__in=_STOPPED)), went=Exists(other.filter(movement=str(Movement.NEW)))
    )


def in_grace(rows: Rows) -> Rows:
    """Awards that are paid in a 渐退期."""
    return rows.filter(standing=str(Standing.DUE), version__phase=str(AwardPhase.GRACE))


def grace_ends(rows: Rows) -> Rows:
    """Awards of which this is the last month of the 渐退期, by the decision that gave it."""
    last = ChangeDecision.objects.filter(change__award=OuterRef("award"), until_month=OuterRef("close__month"))
    return in_grace(rows).filter(Exists(last))


def failed() -> Q:
    """Of an event: the bank could not pay."""
    return Q(kind=str(LineEventKind.FAILED))


def again() -> Q:
    """Of an event: sent once more after a first attempt."""
    return Q(kind=str(LineEventKind.SENT), attempt__gt=1)


def women(month: str) -> Q:
    """Of somebody covered: a woman."""
    return Q(person__sex=str(Sex.FEMALE))


def aged(month: str) -> Q:
    """Of somebody covered: sixty or older on the last day of a month."""
    return Q(person__birth_date__lt=add_months(_after(month), -12 * AGED))


def minors(month: str) -> Q:
    """Of somebody covered: not of age on the last day of a month."""
    return Q(person__birth_date__gte=add_months(_after(month), -12 * ADULT))


def _after(month: str) -> dt.date:
    return first_day(later_month(month, 1))


Narrow = Callable[[Rows, MonthClose], Rows]


def _with_event(asked: Q) -> Narrow:
    events = LineEvent.objects.filter(asked, line=OuterRef("line"))
    return lambda rows, close: rows.filter(Exists(events))


def _with_person(asked: Callable[[str], Q]) -> Narrow:
    return lambda rows, close: rows.filter(Exists(FiledPerson.objects.filter(asked(close.month), row=OuterRef("pk"))))


_NARROW: dict[str, Narrow] = {
    Behind.FRESH: lambda rows, close: came_over(rows).filter(movement=str(Movement.NEW), came=False),
    Behind.CAME: lambda rows, close: came_over(rows).filter(movement=str(Movement.NEW), came=True),
    Behind.GRACE: lambda rows, close: in_grace(rows),
    Behind.GRACE_ENDS: lambda rows, close: grace_ends(rows),
    Behind.ASKED: with_asked,
    Behind.HIT: with_hits,
    Behind.SETTLED: with_settled,
    Behind.FAILED: _with_event(failed()),
    Behind.AGAIN: _with_event(again()),
    Behind.WOMEN: _with_person(women),
    Behind.AGED: _with_person(aged),
    Behind.MINORS: _with_person(minors),
}


def _stopped(rows: Rows, cause: StopCause) -> Rows:
    """Who left for a cause, as the form counts them: who entered another programme left for that, whatever the ground."""
    told = came_over(rows).filter(movement__in=_STOPPED)
    if cause is StopCause.OVER:
        moved = Q(movement=str(Movement.MOVED_OUT))
        return told.filter(Q(went=True) | (Q(ground__in=grounds_of(cause)) & ~moved))
    moved, told = Q(movement=str(Movement.MOVED_OUT)), told.filter(went=False)
    if cause is StopCause.MOVED:
        return told.filter(moved | Q(ground__in=grounds_of(cause)))
    if cause is StopCause.OTHER:
        known = [ground for each in StopCause for ground in grounds_of(each)]
        return told.exclude(moved).exclude(ground__in=known)
    return told.exclude(moved).filter(ground__in=grounds_of(cause))


def narrowed(rows: Rows, what: str, close: MonthClose) -> Rows:
    """The frozen rows of a close behind a figure; none for a name that there is not."""
    if made := _NARROW.get(what):
        return made(rows, close)
    if what in {str(cause) for cause in StopCause}:
        return _stopped(rows, StopCause(what))
    kind, _, of = what.partition(":")
    if kind not in {str(each) for each in LATER}:
        return rows.none()
    return rows.filter(Exists(PayPart.objects.filter(line=OuterRef("line"), kind=kind, month=of)))


# -- what puts earlier months right ----------------------------------------------------------


Later = tuple[PartKind, str, int, int]
"""A kind of correction, the month that it concerns, households, fen."""


def later(closes: Sequence[MonthClose]) -> list[Later]:
    """What was paid or taken back in a filed month for earlier ones, by kind and month; one statement."""
    lines = FiledRow.objects.filter(close__in=[close.pk for close in closes], line__isnull=False).values("line")
    parts = PayPart.objects.filter(line__in=lines, kind__in=[str(kind) for kind in LATER]).order_by()
    sums = parts.values_list("kind", "month").annotate(households=Count("line", distinct=True), sum=Sum("fen"))
    found = [(PartKind(kind), month, households, fen) for kind, month, households, fen in sums]
    return sorted(found, key=lambda each: (LATER.index(each[0]), each[1]))


def later_key(kind: PartKind, month: str) -> str:
    """The name of these households for :func:`narrowed`."""
    return f"{kind}:{month}"


def later_words(kind: PartKind, month: str) -> str:
    """A correction in words, with the month that it concerns."""
    return f"{kind.label}（{month}）"


def choices(closes: Sequence[MonthClose]) -> list[tuple[str, str]]:
    """Every name with its words, for the filter of the rows."""
    stops = [(str(cause), f"停发：{cause.label}") for cause in StopCause]
    return [
        *Behind.choices(), *stops,
        *((later_key(kind, month), later_words(kind, month)) for kind, month, _, _ in later(closes)),
    ]  # fmt: skip
