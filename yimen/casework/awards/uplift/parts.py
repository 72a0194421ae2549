"""Carrying a released run out, part by part: each part one transaction, one entry that names its awards, a place to go on from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from yimen.base.access.officer import Officer
from yimen.base.canonical import digest
from yimen.base.runs.desk import Tell, in_parts, quiet, write_part
from yimen.casework.awards import versions
from yimen.casework.awards.changes import money
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion, Balance, UpliftLine, UpliftRun
from yimen.casework.awards.uplift import sheets
from yimen.casework.awards.uplift_queries import KIND
from yimen.law import procedure
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.aftercare.history import dues
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.terms import PAYING, AwardCause
from yimen.law.aftercare.uplift import UpliftEffect, UpliftOutcome, UpliftState
from yimen.law.calendar import month_of, now, today
from yimen.law.reckoning import Reckoning
from yimen.law.terms import Programme

PART = 500
_ACT = "release_uplift"
MOVED_ON = "核算之后本户又有变动，没有执行，请重新核算或者办理变更。"
CAUSE = "提高标准补发"
_PAYING = frozenset(str(phase) for phase in PAYING)


def carry_on(officer: Officer, ref: str, tell: Tell = quiet) -> UpliftRun:
    """Raise what is left of a run; a finished one comes back as it is. Safe to call again after an interruption.

    The officer is one of those who may release, with the posts of today.
    """
    return in_parts(
        officer, UpliftRun, ref, at_work=(UpliftState.RUNNING,), roles=procedure.OFFICE_STEPS[_ACT].roles,
        part=lambda run: _part(officer, run), tell=tell,
    )  # fmt: skip


def _part(officer: Officer, run: UpliftRun) -> tuple[int, int]:
    raised = UpliftLine.objects.filter(run=run, effect=UpliftEffect.RAISED)
    rows = raised.filter(outcome=UpliftOutcome.WAITING, position__gte=run.position)
    lines = list(rows.defer("sheets").order_by("position")[:PART])
    if lines:
        taken = _take(run, lines)
        run.position = lines[-1].position + 1
        run.save(update_fields=["position"])
        _write(officer, run, lines, taken)
    else:
        _finish(run)
    return raised.filter(position__lt=run.position).count(), run.counts.get("raised", 0)


def _take(run: UpliftRun, lines: Sequence[UpliftLine]) -> list[UpliftLine]:
    """Those carried out; an award that has moved on since the preview is left with the reason."""
    numbers = [line.award_id for line in lines]
    list(Award.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True))
    last = versions.last_of(numbers)
    taken = [line for line in lines if last.get(line.award_id) == line.seq]
    left = [line.pk for line in lines if last.get(line.award_id) != line.seq]
    UpliftLine.objects.filter(pk__in=left).update(outcome=UpliftOutcome.LEFT, reason=MOVED_ON)
    if not taken:
        return []
    arrears = _arrears(run, taken)
    said = [(line.award_id, line.seq, columns) for line in taken for columns in _columns(line)]
    versions.add_many(said, AwardCause.UPLIFT, versions.Basis(KIND, run.ref, today(), run.released_by_id))
    _set_awards(taken)
    _set_supplements(taken)
    _set_tekun(taken)
    Balance.objects.bulk_create(
        [
            Balance(award_id=award, basis_kind=KIND, basis_ref=run.ref, kind=BalanceKind.ARREARS, month=month,
                    fen=fen, cause=CAUSE, on=today())
            for award, months in arrears.items() for month, fen in months.items()
        ],
        batch_size=500,
    )  # fmt: skip
    UpliftLine.objects.filter(pk__in=[line.pk for line in taken]).update(outcome=UpliftOutcome.DONE)
    return taken


def _columns(line: UpliftLine) -> list[dict[str, Any]]:
    """The versions of a line; where there are several, each keeps the facts that it follows."""
    if len(line.plan) == 1:
        return list(line.plan)
    kept = UpliftLine.objects.filter(pk=line.pk).values_list("sheets", flat=True)[0]
    facts = {row["month"]: row.get("facts") for row in sheets.unpack(kept)}
    return [{**columns, "facts": facts.get(columns["from_month"])} for columns in line.plan]


def _present(line: UpliftLine) -> dict[str, Any] | None:
    """What the award pays after the raise: its last stretch in which something is due."""
    return next((columns for columns in reversed(line.plan) if columns["phase"] in _PAYING), None)


def _set_awards(taken: Sequence[UpliftLine]) -> None:
    """The amounts in one statement for all: the ORM's own way costs more than everything else together."""
    rows = [(columns["monthly_fen"], line.award_id) for line in taken if (columns := _present(line)) is not None]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE awards_award SET monthly_fen = %s WHERE id = %s", rows)


def _set_supplements(taken: Sequence[UpliftLine]) -> None:
    wanted = {
        (line.award_id, person): fen
        for line in taken
        if (columns := _present(line)) is not None
        for person, fen in columns["persons"]
    }
    awards = [line.award_id for line in taken]
    rows = AwardPerson.objects.filter(award__in=awards, active=True).values_list(
        "pk", "award", "person", "supplement_fen"
    )
    changed = [
        (wanted[award, person], pk)
        for pk, award, person, fen in rows
        if (award, person) in wanted and wanted[award, person] != fen
    ]
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE awards_awardperson SET supplement_fen = %s WHERE id = %s", changed)


def _set_tekun(taken: Sequence[UpliftLine]) -> None:
    """特困: the two parts of the amount that the award keeps for lists, from the last sheet."""
    rows = UpliftLine.objects.filter(pk__in=[line.pk for line in taken], award__programme=Programme.TEKUN)
    parts = [(award, _tekun_parts(kept)) for award, kept in rows.values_list("award", "sheets")]
    with connection.cursor() as cursor:
        for award, (basic, care) in parts:
            cursor.execute("UPDATE awards_award SET basic_fen = %s, care_fen = %s WHERE id = %s", [basic, care, award])


def _tekun_parts(kept: Any) -> tuple[int | None, int | None]:
    amount = Reckoning.from_json(sheets.unpack(kept)[-1]["sheet"]).line("amount")
    values = [line.value for line in amount.operands if isinstance(line.value, int)]
    # A twelfth of a yearly standard may be no whole fen; then the sum alone is known.
    return (values[0], values[1]) if amount.op == "sum" and len(values) > 1 else (None, None)


def _arrears(run: UpliftRun, taken: Sequence[UpliftLine]) -> dict[int, dict[str, int]]:
    """What is more for months that are over or paid out already, by award and month; none where the raise begins later."""
    over, paid = later_month(month_of(today()), -1), money.last_paid_of([line.award_id for line in taken])
    until = {line.award_id: max(over, paid.get(line.award_id, "")) for line in taken}
    if run.month > max(until.values()):
        return {}
    histories: dict[int, list[Any]] = {}
    rows = AwardVersion.objects.filter(award__in=[line.award_id for line in taken])
    for row in rows.only("award_id", "seq", "from_month", "phase", "monthly_fen", "on").order_by("award", "seq"):
        histories.setdefault(row.award_id, []).append(row)
    found = {}
    for line in taken:
        before = dues(histories[line.award_id], run.month, until[line.award_id])
        months = {month: _due(line, month) - fen for month, fen in before.items()}
        found[line.award_id] = {month: fen for month, fen in months.items() if fen > 0}
    return found


def _due(line: UpliftLine, month: str) -> int:
    """What is due in a month by the plan of a line; before its first stretch nothing is, as before."""
    stretches = [columns for columns in line.plan if columns["from_month"] <= month]
    if not stretches:
        return 0
    last = stretches[-1]
    return int(last["monthly_fen"]) if last["phase"] in _PAYING else 0


def _finish(run: UpliftRun) -> None:
    rows = UpliftLine.objects.filter(run=run)
    run.counts |= {
        "done": rows.filter(outcome=UpliftOutcome.DONE).count(),
        "left": rows.filter(outcome=UpliftOutcome.LEFT).count(),
        "arrears_fen": sum(Balance.objects.filter(basis_kind=KIND, basis_ref=run.ref).values_list("fen", flat=True)),
    }
    run.state, run.finished_at, run.version = UpliftState.DONE, now(), run.version + 1
    run.save()


def _write(officer: Officer, run: UpliftRun, lines: Sequence[UpliftLine], taken: Sequence[UpliftLine]) -> None:
    refs = dict(Award.objects.filter(pk__in=[line.award_id for line in taken]).values_list("pk", "number"))
    done = [[refs[line.award_id], line.before_fen, line.after_fen] for line in taken]
    facts = {
        "month": run.month,
        "part": len(lines),
        "left": len(lines) - len(taken),
        "awards": [each[0] for each in done],
    }
    write_part(officer, run, _ACT, "分批执行", digest(done), facts)
