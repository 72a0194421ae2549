"""A roll drawn up: one line for each award to be paid, with its parts, account and digest. Nothing counts yet.

Everything is written from the award's versions inside the database; the number of statements is the same for ten
households and for a hundred thousand. ``law.payments.line`` says the same by itself, and a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Least, RowNumber

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.runs import desk as runs
from yimen.base.runs.desk import Bound, Tell, quiet, still
from yimen.base.setwise import Hashed, Length, PairsText, SecondsSum, insert_from, unnested
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.households.models import BankAccount
from yimen.casework.payments.hold_queries import waits
from yimen.casework.payments.models import DraftLine, DraftPart, PayLine, Roll
from yimen.casework.payments.rolls import parts, recovering
from yimen.casework.payments.rolls.standing import is_due, standing
from yimen.law.aftercare.months import later_month
from yimen.law.payments.terms import LeftOut, PartKind, RollState

_ON_TOP = (PartKind.MISSED, PartKind.ARREARS)
_NONE = Value(None)


def draw_up(officer: Officer, ref: str, *, tell: Tell = quiet) -> Roll:
    """Compose the roll anew from what stands now; an earlier preview gives way. Raises Refused once it was submitted."""
    roll = runs.begin_anew(officer, Roll, ref, RollState.DRAWING, RollState.PREVIEWED)
    with transaction.atomic():
        still(roll)
        parts.gather(roll)
        recovering.gather(roll)
        _write_lines(roll)
        mark_held(roll.lines.all())
        mark_paid_elsewhere(roll)
        mark_twins(roll)
        DraftLine.objects.filter(roll=roll).update(digest=line_digest(Value(roll.area_id), Value(roll.month)))
        roll.counts, roll.lines_digest = counts_of(roll), digest_of(roll)
        roll.state, roll.version = RollState.PREVIEWED, roll.version + 1
        roll.save()
    tell(roll.counts["households"], roll.counts["households"])
    return roll


# -- the lines -------------------------------------------------------------------------------


def _write_lines(roll: Roll) -> None:
    rows = standing(roll).annotate(
        pays=Case(When(is_due(roll.month), then=True), default=False, output_field=BooleanField()),
        addition=_parts(roll, PartKind.ADDITION),
        arrears=_parts(roll, *_ON_TOP),
        recovery=_parts(roll, PartKind.RECOVERY),
        several=Exists(DraftPart.objects.filter(roll=roll, award=OuterRef("award"))),
    )
    rows = rows.filter(Q(pays=True) | Q(several=True)).annotate(
        own=Case(When(pays=True, then=F("monthly_fen")), default=0),
        more=Case(When(pays=True, then=Least(SecondsSum("persons"), F("monthly_fen"))), default=0),
    )
    order = Window(RowNumber(), order_by=[F("village_id").asc(), F("award__number").asc()])
    insert_from(DraftLine, rows.order_by("village_id", "award__number"), _columns(roll, order))


def _columns(roll: Roll, order: Any) -> dict[str, Any]:
    return {
        "roll": Value(roll.pk),
        "position": order,
        "award": F("award_id"),
        "version": F("pk"),
        "household": F("award__household_id"),
        "village": F("village_id"),
        "programme": F("award__programme"),
        "urban": F("urban"),
        "category": F("category"),
        "account": Subquery(_account(roll).values("pk")[:1]),
        "due": F("pays"),
        "covered": Case(When(pays=True, then=PairsText("persons")), default=Value(""), output_field=TextField()),
        "persons": Case(When(pays=True, then=Length("persons")), default=0),
        "base_fen": F("own") - F("more"),
        "supplement_fen": F("more"),
        "addition_fen": F("addition"),
        "arrears_fen": F("arrears"),
        "recovery_fen": F("recovery"),
        "total_fen": F("own") + F("addition") + F("arrears") - F("recovery"),
        "last_fen": Subquery(_last(roll)[:1]),
        "left_out": Value(""),
        "digest": Value(""),
    }


def _parts(roll: Roll, *kinds: PartKind) -> Coalesce:
    own = DraftPart.objects.filter(roll=roll, award=OuterRef("award"), kind__in=[str(kind) for kind in kinds])
    return Coalesce(Subquery(own.order_by().values("award").annotate(fen=Sum("fen")).values("fen")), 0)


def _account(roll: Roll) -> QuerySet[BankAccount]:
    """The household's account on the day whose accounts count."""
    own = BankAccount.objects.filter(household=OuterRef("award__household"), from_on__lte=roll.frozen_on)
    return own.filter(Q(to_on__isnull=True) | Q(to_on__gte=roll.frozen_on)).order_by("-pk")


def _last(roll: Roll) -> Any:
    """What the line of the month before paid; where the township had no roll yet, what was due by the history."""
    before = later_month(roll.month, -1)
    if PayLine.objects.filter(township=roll.area_id, month=before).exists():
        return PayLine.objects.filter(award=OuterRef("award"), month=before).values("total_fen")
    then = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=before).order_by("-seq")
    paid = Case(When(is_due(before), then=F("monthly_fen")), default=_NONE)
    return then.values(fen=paid)


# -- who is left out -------------------------------------------------------------------------


def mark_held(lines: QuerySet[DraftLine]) -> int:
    """Leave out what is held now. How many."""
    return lines.filter(waits(), left_out="").update(left_out=LeftOut.HELD)


def mark_moved_on(lines: QuerySet[DraftLine], month: str) -> int:
    """Leave out what was decided anew since the preview: its difference would be settled by nobody. How many.

    Whoever decides about one of these awards now waits until the line stands, and settles by it; or was first, and is seen.
    """
    awards = Award.objects.select_for_update(no_key=True).filter(pk__in=lines.order_by().values("award"))
    list(awards.order_by("pk").values_list("pk", flat=True))
    return _moved_on(lines.filter(left_out=""), month).update(left_out=LeftOut.OVERTAKEN)


_ALL = 2**31 - 1
_CLASHES = """
SELECT DISTINCT d.id FROM payments_draftline d JOIN awards_awardversion v ON v.id = d.version_id {pairs}
JOIN payments_paykey k ON k.person_id = {person} AND k.programme = d.programme AND k.month = %s
WHERE d.roll_id = %s AND d.left_out = '' AND d.due AND d.position > %s AND d.position <= %s
"""
_CLASHES_BEFORE = """
SELECT DISTINCT d.id FROM payments_draftline d
JOIN payments_draftpart m ON m.roll_id = d.roll_id AND m.award_id = d.award_id AND m.kind = %s
JOIN awards_awardversion v ON v.id = m.version_id {pairs}
JOIN payments_paykey k ON k.person_id = {person} AND k.programme = d.programme AND k.month = m.month
WHERE d.roll_id = %s AND d.left_out = '' AND d.position > %s AND d.position <= %s
"""
_TWINS = """
SELECT d.id, {person} AS person, d.programme FROM payments_draftline d
JOIN awards_awardversion v ON v.id = d.version_id {pairs}
WHERE d.roll_id = %s AND d.left_out = '' AND d.due AND ({person}, d.programme) IN (
  SELECT {person}, d.programme FROM payments_draftline d JOIN awards_awardversion v ON v.id = d.version_id {pairs}
  WHERE d.roll_id = %s AND d.left_out = '' AND d.due GROUP BY {person}, d.programme HAVING COUNT(*) > 1)
ORDER BY d.position
"""


def mark_paid_elsewhere(roll: Roll, behind: int = 0, reached: int = _ALL) -> set[int]:
    """Leave out lines with somebody who has been paid elsewhere for a month that they pay; which they are."""
    pairs, person = unnested("v", "persons")
    place = [roll.pk, behind, reached]
    with connection.cursor() as cursor:
        cursor.execute(_CLASHES.format(pairs=pairs, person=person), [roll.month, *place])
        found = {row[0] for row in cursor.fetchall()}
        cursor.execute(_CLASHES_BEFORE.format(pairs=pairs, person=person), [str(PartKind.MISSED), *place])
        found |= {row[0] for row in cursor.fetchall()}
    _leave_out(found)
    return found


def mark_twins(roll: Roll) -> set[int]:
    """Leave out lines with somebody who stands in an earlier line of the roll too; which they are."""
    pairs, person = unnested("v", "persons")
    with connection.cursor() as cursor:
        cursor.execute(_TWINS.format(pairs=pairs, person=person), [roll.pk, roll.pk])
        found = _later_twins(cursor.fetchall())
    _leave_out(found)
    return found


def _leave_out(found: set[int]) -> None:
    numbers = sorted(found)
    for some in range(0, len(numbers), 500):
        DraftLine.objects.filter(pk__in=numbers[some : some + 500]).update(left_out=LeftOut.CLASH)


def _later_twins(rows: list[tuple[int, int, str]]) -> set[int]:
    """Of lines that share somebody in a programme, all but the first."""
    first: dict[tuple[int, str], int] = {}
    later = set()
    for line, person, programme in rows:
        if first.setdefault((person, programme), line) != line:
            later.add(line)
    return later


# -- what binds it ---------------------------------------------------------------------------

_TEXT = CharField()
_BOUND = (
    "position", "award_id", "version_id", "household_id", "village_id", "programme", "category", "covered", "persons",
    "base_fen", "supplement_fen", "addition_fen", "arrears_fen", "recovery_fen", "total_fen",
)  # fmt: skip


def line_digest(township: Any, month: Any) -> Hashed:
    """What binds a line: place, month, whom and what it pays, to which account; the same text on every database."""
    plain = [Cast(F(name), _TEXT) for name in _BOUND]
    flags = [Case(When(**{name: True}, then=Value("1")), default=Value("0")) for name in ("urban", "due")]
    maybe = [Coalesce(Cast(F(name), _TEXT), Value("")) for name in ("account_id", "last_fen")]
    return Hashed([township, month, *plain, *flags, *maybe])


def digest_of(roll: Roll) -> str:
    """What binds the preview: the digests of all its lines in order, with what is left out."""
    rows = DraftLine.objects.filter(roll=roll).order_by("position").values_list("position", "digest", "left_out")
    return str(Bound.over(rows.iterator(chunk_size=5_000)))


def check_digest(roll: Roll) -> None:
    """Refuse where the lines are not those that were previewed and approved."""
    if digest_of(roll) != roll.lines_digest:
        raise Refused("名册的内容与提交时不一致，不能发布。请撤回后重新编制，并告知系统管理员。", "edited")


SUMS = ("base_fen", "supplement_fen", "addition_fen", "arrears_fen", "recovery_fen", "total_fen")


def counts_of(roll: Roll) -> dict[str, int]:
    """Households, persons and fen of what is to be paid, and how many are left out."""
    rows = DraftLine.objects.filter(roll=roll)
    paid = rows.filter(left_out="").order_by()
    sums = paid.aggregate(
        households=Count("pk"), persons=Coalesce(Sum("persons"), 0), **{name: Coalesce(Sum(name), 0) for name in SUMS}
    )
    return sums | {"left_out": rows.exclude(left_out="").count()}


def moved_on(roll: Roll) -> int:
    """How many lines do not rest on the version now in force any more: decided anew since the preview."""
    return _moved_on(DraftLine.objects.filter(roll=roll), roll.month).count()


def _moved_on(lines: QuerySet[DraftLine], month: str) -> QuerySet[DraftLine]:
    last = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=month).order_by().values("award")
    return lines.annotate(seq=Subquery(last.annotate(top=Max("seq")).values("top"))).exclude(version__seq=F("seq"))
