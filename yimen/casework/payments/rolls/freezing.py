"""A released roll frozen, part by part: lines, whom each pays for which month, parts; one entry for each part.

Each part is one transaction, so an interruption leaves whole parts only; going on begins behind the last one. Whoever has
been held, paid elsewhere or decided anew since the preview is left out with the reason, and comes into a further roll.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Count, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat, Replace

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.runs.desk import Bound, Tell, in_parts, quiet, write_part
from yimen.base.setwise import insert_from, unnested
from yimen.casework.payments.models import DraftLine, DraftPart, PayLine, PayPart, Roll
from yimen.casework.payments.recovery import settling
from yimen.casework.payments.roll_models import LineColumns, PartColumns
from yimen.casework.payments.rolls.composing import SUMS, mark_held, mark_moved_on, mark_paid_elsewhere
from yimen.law import procedure
from yimen.law.calendar import now, today
from yimen.law.payments.terms import PartKind, RollState

PART = 5_000
_ACT = "release_roll"
_LINE = [field.name for field in LineColumns._meta.get_fields()]
_PART = [field.name for field in PartColumns._meta.get_fields()]


def carry_on(officer: Officer, ref: str, tell: Tell = quiet) -> Roll:
    """Freeze what is left of a released roll; a finished one comes back as it is. Safe to call again after an interruption."""
    try:
        return in_parts(
            officer, Roll, ref, at_work=(RollState.RUNNING,), roles=procedure.OFFICE_STEPS[_ACT].roles,
            part=lambda roll: _part(officer, roll), tell=tell,
        )  # fmt: skip
    except IntegrityError as clash:
        raise Refused(
            "冻结时发现有成员刚刚列入其他名册，这一部分没有写入。请点“继续冻结”，这些家庭会自动剔除。", "clash", 409
        ) from clash


def _part(officer: Officer, roll: Roll) -> tuple[int, int]:
    rows = DraftLine.objects.filter(roll=roll, position__gt=roll.position)
    last = rows.order_by("position").values_list("position", flat=True)[PART - 1 : PART].first()
    mine = rows.filter(position__lte=last) if last else rows
    total = DraftLine.objects.filter(roll=roll).count()
    if not mine.exists():
        _finish(roll)
        settling.follow(settling.of_parts(PayPart.objects.filter(line__roll=roll)), today())
        return total, total
    reached = last or mine.order_by("-position").values_list("position", flat=True)[0]
    mark_moved_on(mine, roll.month)
    mark_held(mine)
    mark_paid_elsewhere(roll, roll.position, reached)
    _freeze(roll, reached)
    _write(officer, roll, reached)
    roll.position = reached
    roll.save(update_fields=["position"])
    return DraftLine.objects.filter(roll=roll, position__lte=reached).count(), total


def _freeze(roll: Roll, reached: int) -> None:
    mine = DraftLine.objects.filter(roll=roll, left_out="", position__gt=roll.position, position__lte=reached)
    name = Concat(Replace(Value(roll.month), Value("-"), Value("")), F("award__ref"))
    own = {"roll": Value(roll.pk), "township": Value(roll.area_id), "month": Value(roll.month), "ref": name}
    insert_from(PayLine, mine.order_by("position"), _copied(PayLine, _LINE) | own)
    _write_keys(roll, reached)
    line = PayLine.objects.filter(roll=roll, award=OuterRef("award")).values("pk")[:1]
    some = DraftPart.objects.filter(roll=roll, award__in=mine.order_by().values("award"))
    insert_from(PayPart, some.order_by("pk"), _copied(PayPart, _PART) | {"line": Subquery(line)})


def _copied(model: Any, names: list[str]) -> dict[str, Any]:
    return {name: F(model._meta.get_field(name).attname) for name in names}


_KEYS = """
INSERT INTO payments_paykey (line_id, person_id, programme, month)
SELECT l.id, {person}, l.programme, l.month FROM payments_payline l
JOIN awards_awardversion v ON v.id = l.version_id {pairs}
WHERE l.roll_id = %s AND l.position > %s AND l.position <= %s AND l.due
ORDER BY l.position
"""
_MISSED = """
INSERT INTO payments_paykey (line_id, person_id, programme, month)
SELECT l.id, {person}, l.programme, p.month FROM payments_payline l
JOIN payments_draftpart p ON p.roll_id = l.roll_id AND p.award_id = l.award_id AND p.kind = %s
JOIN awards_awardversion v ON v.id = p.version_id {pairs}
WHERE l.roll_id = %s AND l.position > %s AND l.position <= %s
ORDER BY l.position, p.month
"""


def _write_keys(roll: Roll, reached: int) -> None:
    """Whom the lines pay for the month, and for the months that they make good."""
    pairs, person = unnested("v", "persons")
    where = [roll.pk, roll.position, reached]
    with connection.cursor() as cursor:
        cursor.execute(_KEYS.format(pairs=pairs, person=person), where)
        cursor.execute(_MISSED.format(pairs=pairs, person=person), [str(PartKind.MISSED), *where])


def _write(officer: Officer, roll: Roll, reached: int) -> None:
    rows = PayLine.objects.filter(roll=roll, position__gt=roll.position, position__lte=reached)
    bound = Bound.over(rows.order_by("position").values_list("position", "digest").iterator(chunk_size=5_000))
    sums = rows.order_by().aggregate(lines=Count("pk"), fen=Coalesce(Sum("total_fen"), 0))
    facts = {"month": roll.month, "from": roll.position + 1, "to": reached, **sums}
    write_part(officer, roll, _ACT, "分批冻结", str(bound), facts)


def _finish(roll: Roll) -> None:
    """The frozen lines are the roll now; of the preview only who was left out is kept, with the reason."""
    rows = PayLine.objects.filter(roll=roll).order_by()
    left = DraftLine.objects.filter(roll=roll)
    roll.counts = rows.aggregate(
        households=Count("pk"), persons=Coalesce(Sum("persons"), 0), **{name: Coalesce(Sum(name), 0) for name in SUMS}
    ) | {"left_out": left.exclude(left_out="").count()}
    roll.lines_digest = str(Bound.over(rows.order_by("position").values_list("position", "digest").iterator(5_000)))
    left.filter(left_out="").delete()
    DraftPart.objects.filter(roll=roll).delete()
    roll.state, roll.finished_at, roll.version = RollState.DONE, now(), roll.version + 1
    roll.save()
