"""What must hold of the month's money at any instant (security.md 5.2), asked of the rows themselves; in production too.

Each rule is a question to the database and answers with the rows that break it, in words; nothing is mended here. The
ledger of the funds is held against the bank's answers by ``payments.funds.checking`` (I1, I9).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from yimen.base.runs.desk import Bound
from yimen.casework.awards.models import Balance
from yimen.casework.monthclose.closing.freezing import BOUND
from yimen.casework.monthclose.models import FiledRow, MonthClose
from yimen.casework.payments.models import BankAnswer, LineEvent, PayKey, PayLine, PayPart, Roll
from yimen.casework.payments.roll_queries import with_status
from yimen.casework.payments.rolls import persons
from yimen.casework.payments.rolls.composing import line_digest
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.calendar import month_of
from yimen.law.closing import CLOSED, CloseState
from yimen.law.payments.bank_terms import ReturnState
from yimen.law.payments.terms import LineEventKind, PartKind

_SHOWN = 3
_NOT_PAID = (str(LineEventKind.HELD), str(LineEventKind.FAILED), str(LineEventKind.RETURNED))
_MOVED = (str(LineEventKind.PAID), str(LineEventKind.RETURNED))
"""What moves money, under the same word in a line's events and in the bank's answers."""


@dataclass(frozen=True)
class Broken:
    """An invariant that does not hold: its number, and in words which rows break it."""

    code: str
    words: str


def broken(since: str = "") -> list[Broken]:
    """Every rule that does not hold for lines of ``since`` (``"2026-09"``) and later, or of all months."""
    found = []
    for code, words, rule in RULES:
        if rows := list(rule(since)):
            more = f"等 {len(rows)} 处" if len(rows) > _SHOWN else ""
            found.append(Broken(code, f"{words}：{'、'.join(rows[:_SHOWN])}{more}"))
    return found


def _lines(since: str) -> QuerySet[PayLine]:
    return PayLine.objects.filter(month__gte=since).order_by("month", "id")


def _uncovered(since: str) -> Iterable[str]:
    """I2: whom a line says it pays, and nobody else, is kept from being paid for the month once more."""
    own = PayKey.objects.filter(line=OuterRef("pk"), month=OuterRef("month")).order_by().values("line")
    counted = _lines(since).annotate(kept=Coalesce(Subquery(own.annotate(many=Count("pk")).values("many")), 0))
    wanted = Case(When(due=True, then=F("persons")), default=0, output_field=IntegerField())
    return counted.exclude(kept=wanted).values_list("ref", flat=True)


def _same_person(since: str) -> Iterator[str]:
    """I4: who looked into the case of a line, who decided it and who released it are different persons."""
    paid = _lines(since).values("award")
    cases = persons.decided_by_who_looked().filter(application__awards__in=paid).distinct()
    yield from cases.values_list("application__number", flat=True)
    changes = persons.changed_by_who_looked().filter(award__in=paid)
    yield from changes.values_list("award__number", flat=True)
    for roll in Roll.objects.filter(month__gte=since, released_by__isnull=False).order_by("month", "id"):
        yield from persons.released_by_one_who_took_part(roll).order_by("position").values_list("ref", flat=True)


def _after_death(since: str) -> Iterator[str]:
    """I5: what was paid for a month after a death is held, has failed, or stands as an overpayment."""
    keys = PayKey.objects.filter(month__gte=since, person__died_on__isnull=False).select_related("line", "person")
    late = [key for key in keys.order_by("id") if key.month > month_of(key.person.died_on)]
    if not late:
        return
    paid = with_status(PayLine.objects.filter(pk__in={key.line_id for key in late})).order_by()
    status = dict(paid.values_list("pk", "status"))
    settled = Balance.objects.filter(award__in={key.line.award_id for key in late}, kind=BalanceKind.OVERPAID)
    over = set(settled.values_list("award_id", "month"))
    for key in late:
        if status[key.line_id] not in _NOT_PAID and (key.line.award_id, key.month) not in over:
            yield key.line.ref


def _unexplained(since: str) -> Iterable[str]:
    """I6: the amount of the month is that of the version, and the rest is explained part by part."""

    def parts(*kinds: PartKind) -> Coalesce:
        own = PayPart.objects.filter(line=OuterRef("pk"), kind__in=[str(kind) for kind in kinds])
        return Coalesce(Subquery(own.order_by().values("line").annotate(fen=Sum("fen")).values("fen")), 0)

    told = _lines(since).annotate(
        own=Case(When(due=True, then=F("version__monthly_fen")), default=0),
        added=parts(PartKind.ADDITION), later=parts(PartKind.MISSED, PartKind.ARREARS), back=parts(PartKind.RECOVERY),
    )  # fmt: skip
    right = Q(
        own=F("base_fen") + F("supplement_fen"), added=F("addition_fen"), later=F("arrears_fen"), back=F("recovery_fen")
    )
    return told.exclude(right).values_list("ref", flat=True)


def _unanswered(since: str) -> Iterator[str]:
    """I9: a line is paid, or its money came back, where a booked answer of the bank says so of it, to the fen; nowhere else."""
    booked = BankAnswer.objects.filter(returned__state=str(ReturnState.BOOKED))
    said = booked.filter(
        attempt__line=OuterRef("line"), attempt__attempt=OuterRef("attempt"), attempt__fen=OuterRef("line__total_fen"),
        kind=OuterRef("kind"),
    )  # fmt: skip
    events = LineEvent.objects.filter(line__month__gte=since, kind__in=_MOVED)
    yield from events.filter(~Exists(said)).order_by("id").values_list("line__ref", flat=True)
    told = LineEvent.objects.filter(
        line=OuterRef("attempt__line"), attempt=OuterRef("attempt__attempt"), kind=OuterRef("kind")
    )
    answers = booked.filter(attempt__line__month__gte=since, kind__in=_MOVED)
    yield from answers.filter(~Exists(told)).order_by("id").values_list("attempt__line__ref", flat=True)


def _tampered(since: str) -> Iterable[str]:
    """I10: a frozen line still has the digest with which it was frozen."""
    return _lines(since).exclude(digest=line_digest(F("township_id"), F("month"))).values_list("ref", flat=True)


def _refiled(since: str) -> Iterator[str]:
    """I12: what was filed of a month is what was bound when it was filed."""
    done = [str(state) for state in (*CLOSED, CloseState.REOPENED)]
    closes = MonthClose.objects.filter(month__gte=since, state__in=done, finished_at__isnull=False).select_related(
        "area"
    )
    for close in closes.order_by("month", "id"):
        rows = FiledRow.objects.filter(close=close).order_by("award_id").values_list(*BOUND)
        if str(Bound.over(rows.iterator(chunk_size=5_000))) != close.lines_digest:
            yield f"{close.area.name} {close.month}"


RULES: tuple[tuple[str, str, Callable[[str], Iterable[str]]], ...] = (
    ("I2", "发放行与防止重复发放的登记不一致", _uncovered),
    ("I4", "同一个人既调查又决定，或者办理过又发布了发放名册", _same_person),
    ("I5", "死亡以后的月份发放了，没有暂缓，也没有登记多发", _after_death),
    ("I6", "发放行的金额与保障金额、各组成部分不一致", _unexplained),
    ("I9", "已发放、已退回的登记与银行返回文件不一致", _unanswered),
    ("I10", "已冻结的发放行被改动过", _tampered),
    ("I12", "已报备的月份被改动过", _refiled),
)
"""The rules of this room and of payments, with their numbers in security.md 5.2."""
