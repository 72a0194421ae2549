"""The township's monthly form (statistics.md §2): new, stopped by cause, changed, money, persons; from frozen months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from yimen.casework.monthclose.models import FiledPerson, FiledRow, MonthClose
from yimen.casework.payments.models import LineEvent
from yimen.casework.reports import behind
from yimen.casework.reports.working import Worked, worked
from yimen.law.aftercare.movement import Movement, Standing
from yimen.law.statistics import STOPPED, Counted, StopCause, stop_cause
from yimen.law.terms import Programme

Key = tuple[Programme, bool]
"""A programme, urban or rural."""

K = TypeVar("K")


@dataclass(frozen=True)
class Money:
    """Paid awards of a month: households, persons, fen due in two parts, fen the bank has paid."""

    households: int = 0
    persons: int = 0
    base_fen: int = 0
    supplement_fen: int = 0
    paid_fen: int = 0


@dataclass
class Monthly:
    """The blocks of the form, for one township or several, each figure by programme and urban or rural.

    A household that goes from one programme to the other is under ``came_over`` there and stopped here as 转为其他项目: never
    new as well (statistics.md §2). ``changed`` counts by movement, with what is due more or less. ``failed`` and ``again``
    are payments that did not succeed and attempts after the first. ``grace`` and ``grace_ends`` are awards in a 渐退期 and
    those of which it is the last month. ``later`` is what the month's payments put right of earlier months.
    """

    standing: dict[Key, Counted] = field(default_factory=dict)
    new: dict[Key, Counted] = field(default_factory=dict)
    came_over: dict[Key, Counted] = field(default_factory=dict)
    stopped: dict[tuple[Key, StopCause], Counted] = field(default_factory=dict)
    changed: dict[tuple[Key, Movement], Counted] = field(default_factory=dict)
    money: dict[Key, Money] = field(default_factory=dict)
    failed: int = 0
    again: int = 0
    women: int = 0
    aged: int = 0
    minors: int = 0
    grace: int = 0
    grace_ends: int = 0
    worked: Worked = field(default_factory=Worked)
    later: Sequence[behind.Later] = ()


def monthly(closes: Iterable[MonthClose]) -> Monthly:
    """The form from frozen months of one month; a constant number of statements, whatever their size."""
    chosen = list(closes)
    made = Monthly()
    rows = FiledRow.objects.filter(close__in=[close.pk for close in chosen]).order_by()
    for group in _groups(rows):
        _sort(made, group)
    _count_payments(made, rows)
    if chosen:
        _count_people(made, rows, chosen[0].month)
        made.grace, made.grace_ends = behind.in_grace(rows).count(), behind.grace_ends(rows).count()
        made.worked, made.later = worked(chosen), behind.later(chosen)
    return made


def _groups(rows: QuerySet[FiledRow]) -> Any:
    told = behind.came_over(rows)
    return told.values("programme", "urban", "movement", "ground", "standing", "came", "went").annotate(
        households=Count("pk"), people=Coalesce(Sum("persons"), 0), people_before=Coalesce(Sum("persons_before"), 0),
        fen=Coalesce(Sum("due_fen"), 0), fen_before=Coalesce(Sum("before_fen"), 0),
        supplement=Coalesce(Sum("supplement_fen"), 0), paid=Coalesce(Sum("paid_fen"), 0),
    )  # fmt: skip


def _sort(made: Monthly, group: Mapping[str, Any]) -> None:
    key = (Programme(group["programme"]), bool(group["urban"]))
    movement = Movement(group["movement"])
    now = Counted(group["households"], group["people"], group["fen"])
    if movement in STOPPED:
        cause = StopCause.OVER if group["went"] else stop_cause(movement, group["ground"])
        _add(made.stopped, (key, cause), Counted(now.households, group["people_before"], group["fen_before"]))
    elif movement is Movement.NEW:
        _add(made.came_over if group["came"] else made.new, key, now)
    elif movement is not Movement.UNCHANGED:
        more = Counted(now.households, now.persons - group["people_before"], now.fen - group["fen_before"])
        _add(made.changed, (key, movement), more)
    if group["standing"] == str(Standing.DUE):
        _add(made.standing, key, now)
        there = made.money.get(key, Money())
        made.money[key] = Money(
            there.households + now.households, there.persons + now.persons,
            there.base_fen + now.fen - group["supplement"], there.supplement_fen + group["supplement"],
            there.paid_fen + group["paid"],
        )  # fmt: skip


def _add(found: dict[K, Counted], key: K, counted: Counted) -> None:
    found[key] = found.get(key, Counted()) + counted


def _count_payments(made: Monthly, rows: QuerySet[FiledRow]) -> None:
    events = LineEvent.objects.filter(line__in=rows.filter(line__isnull=False).values("line")).order_by()
    found = events.aggregate(failed=Count("pk", filter=behind.failed()), again=Count("pk", filter=behind.again()))
    made.failed, made.again = found["failed"], found["again"]


def _count_people(made: Monthly, rows: QuerySet[FiledRow], month: str) -> None:
    """Women, aged and minors among those covered, by their age on the last day of the month; each person once."""
    people = FiledPerson.objects.filter(row__in=rows.values("pk")).order_by()

    def each(asked: Q) -> Count:
        return Count("person", filter=asked, distinct=True)

    found = people.aggregate(
        women=each(behind.women(month)), aged=each(behind.aged(month)), minors=each(behind.minors(month))
    )
    made.women, made.aged, made.minors = found["women"], found["aged"], found["minors"]
