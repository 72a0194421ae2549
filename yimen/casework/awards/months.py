"""What is due in a month and what became of it since the month before, reckoned in the database; money in fen.

Every figure rests on the history: due in a month is the version with the highest number among those that begin in it or
before. A household is counted where it belonged in the month; additions for everybody (价格临时补贴) are reckoned elsewhere.
The number of statements is the same for ten households and for a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from yimen.base.setwise import Length, Translated
from yimen.casework.awards.belonging import Belonging, highest
from yimen.casework.awards.models import Award, AwardVersion, ChangeCase, ChangeDecision
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.movement import Movement, Standing, compared, movement
from yimen.law.aftercare.terms import PAYING, AwardPhase
from yimen.law.calendar import first_day

_PAYING = [str(phase) for phase in PAYING]
_WAS, _NOW = "was", "now"

CAUSELESS = frozenset({Movement.EXPIRED, Movement.MOVED_OUT})
"""Movements whose cause is not that of the version now in force."""

Awards = QuerySet[Any, Any]
"""Awards with what ``compare_month`` adds to them."""


# -- what is due -------------------------------------------------------------------------


def due_in_month(township: str, month: str) -> QuerySet[AwardVersion]:
    """The versions by which money is due in a month in a township, one for each award, by village and number.

    ``monthly_fen``, ``persons``, ``category``, ``village`` and the basis are those of the month, a household counts where it
    belonged then; ``award`` comes with its household.
    """
    later = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=month, seq__gt=OuterRef("seq"))
    rows = AwardVersion.objects.filter(
        ~Exists(later),
        Q(award__valid_to__isnull=True) | Q(award__valid_to__gte=first_day(month)),
        township=township,
        from_month__lte=month,
        phase__in=_PAYING,
        monthly_fen__gt=0,
    )
    shown = rows.select_related("award__household__head", "award__village", "village").defer("facts", "reckoning")
    return shown.order_by("village_id", "award__number")


# -- two months side by side -------------------------------------------------------------


def compare_month(rows: QuerySet[Award], month: str, places: Belonging | None = None) -> Awards:
    """Awards with a month and the one before: ``before`` and ``after`` (Standing), ``before_fen``, ``after_fen``, ``sign``,
    ``restated``, ``before_persons``, ``after_persons``, and of the version now in force ``cause``, ``from_month``, its basis.

    An award that had not begun by the month is left out. With ``places`` the awards are those that belong there in one of the
    two months, and in the other one they stand elsewhere; ``now_at`` and ``was_at`` are the townships of both, ``at`` the village.
    """
    last = later_month(month, -1)
    begun = places.ever(rows) if places else rows
    joined = begun.annotate(
        now=FilteredRelation("versions", condition=Q(versions__from_month__lte=month)),
        was=FilteredRelation("versions", condition=Q(versions__from_month__lte=last)),
    )
    # One condition for all: a further one on the same relation would be asked of another join.
    here = places.of(_NOW) | places.of(_WAS) if places else Q()
    joined = joined.filter(highest(_NOW, month), highest(_WAS, last), here, now__isnull=False)
    stood = joined.annotate(before=_standing(_WAS, last, places), after=_standing(_NOW, month, places))
    due = stood.annotate(
        before_fen=_while_due("before", "was__monthly_fen"),
        after_fen=_while_due("after", "now__monthly_fen"),
        before_persons=_while_due("before", Length("was__persons")),
        after_persons=_while_due("after", Length("now__persons")),
    )
    return due.annotate(
        sign=Case(When(after_fen__gt=F("before_fen"), then=1), When(after_fen__lt=F("before_fen"), then=-1), default=0),
        restated=Case(When(was__id=F("now__id"), then=False), default=True, output_field=BooleanField()),
        at=_village(places),
        now_at=F("now__township"),
        was_at=F("was__township"),
        cause=F("now__cause"),
        from_month=F("now__from_month"),
        basis_kind=F("now__basis_kind"),
        basis_ref=F("now__basis_ref"),
        ground=_ground("ground"),
        ground_label=_ground("ground_label"),
    )


def _standing(name: str, month: str, places: Belonging | None) -> Case:
    """law.aftercare.movement.standing, in the database; a test holds the two together."""
    begun = [When(**{f"{name}__phase__isnull": True}, then=Value(str(Standing.NOT_YET)))]
    if places:
        # Asked the positive way round: what is not said to belong here stands elsewhere.
        begun.append(When(places.of(name), then=_stands(name, month)))
    return Case(
        *begun, default=Value(str(Standing.ELSEWHERE)) if places else _stands(name, month), output_field=CharField()
    )


def _stands(name: str, month: str) -> Case:
    return Case(
        When(**{f"{name}__phase": str(AwardPhase.VOIDED)}, then=Value(str(Standing.OVER))),
        When(valid_to__lt=first_day(month), then=Value(str(Standing.EXPIRED))),
        When(**{f"{name}__phase": str(AwardPhase.ENDED)}, then=Value(str(Standing.OVER))),
        When(**{f"{name}__phase__in": _PAYING}, then=Value(str(Standing.DUE))),
        default=Value(str(Standing.HELD)),
        output_field=CharField(),
    )


def _village(places: Belonging | None) -> Case | F:
    """Where it belongs in the month; where it belonged before, for those who see it go."""
    if places is None:
        return F("now__village")
    return Case(When(places.of(_NOW), then=F("now__village")), default=F("was__village"), output_field=CharField())


def _while_due(when: str, what: Any) -> Case:
    return Case(When(**{when: str(Standing.DUE)}, then=what), default=0, output_field=IntegerField())


def _ground(name: str) -> Case:
    """Of the decision on a change, where the version rests on one."""
    found = ChangeDecision.objects.filter(change__ref=OuterRef("now__basis_ref")).order_by("pk")
    asked = When(now__basis_kind=ChangeCase.KIND, then=Subquery(found.values(name)[:1]))
    return Case(asked, default=None, output_field=CharField())


def with_movement(rows: Awards) -> Awards:
    """Compared awards with ``movement`` as the database finds it, without those of which there was and is nothing."""
    meanings = {key: str(wanted) for wanted in Movement for key in _keys(wanted)}
    named: Awards = rows.annotate(movement=Translated(_key(), meanings))
    return named.filter(movement__isnull=False)


def movement_of(row: Any) -> Movement | None:
    """The movement of a compared award, or of a group of them."""

    def read(name: str) -> Any:
        return row[name] if isinstance(row, Mapping) else getattr(row, name)

    return movement(Standing(read("before")), Standing(read("after")), read("sign"), restated=bool(read("restated")))


def moved(rows: Awards, wanted: Movement) -> Awards:
    """Those compared awards to which this has happened."""
    found: Awards = rows.alias(key=_key()).filter(key__in=_keys(wanted))
    return found


def _keys(wanted: Movement) -> list[str]:
    return [f"{before}|{after}|{sign}|{int(restated)}" for before, after, sign, restated in compared(wanted)]


def _key() -> Concat:
    bar = Value("|")
    return Concat(
        "before", bar, "after", bar, Cast("sign", CharField()), bar,
        Case(When(restated=True, then=Value("1")), default=Value("0")), output_field=CharField(),
    )  # fmt: skip


def due(rows: Awards) -> Awards:
    """Those compared awards that stand in the month."""
    return rows.filter(after=str(Standing.DUE))
