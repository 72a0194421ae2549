"""Carrying a confirmed run over, part by part: each part one transaction, one entry, and a place to go on from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from yimen.base.access.officer import Officer
from yimen.base.runs.desk import Tell, in_parts, quiet, write_part
from yimen.casework.awards.ledgers import taking, undoing
from yimen.casework.awards.ledgers.compare import compare, repeated
from yimen.casework.awards.ledgers.entries import row_from_plain
from yimen.casework.awards.ledgers.lines import digest_of_part
from yimen.casework.awards.ledgers.verdict import UNDO_HOURS, Verdict, ground
from yimen.casework.awards.models import LedgerLine, LedgerRun
from yimen.casework.awards.versions import Basis
from yimen.law.calendar import now, today
from yimen.law.ledger import LineOutcome, LineState, RunState
from yimen.law.terms import Role

PART = 500
_CHANGED_SINCE = "预览之后情况有变，这一行没有导入，请重新上传核对。"


def carry_on(officer: Officer, ref: str, tell: Tell = quiet) -> LedgerRun:
    """Take in (or reverse) what is left of a run; finished runs come back as they are.

    The officer is the one who confirmed, with the posts of today. Safe to call again after an interruption.
    """
    return in_parts(
        officer, LedgerRun, ref, at_work=(RunState.RUNNING, RunState.UNDOING), roles={Role.HEAD},
        part=lambda run: _part(officer, run), tell=tell,
    )  # fmt: skip


def _part(officer: Officer, run: LedgerRun) -> tuple[int, int]:
    forward = run.state == RunState.RUNNING
    rows = run.lines.filter(position__gte=run.position)
    if forward:
        rows = rows.filter(state__in=[str(LineState.NEW), str(LineState.CHANGED)], outcome=LineOutcome.WAITING)
    else:
        rows = rows.filter(outcome=LineOutcome.TAKEN)
    lines = list(rows.order_by("position")[:PART])
    if not lines:
        _finish(run)
        return _so_far(run)
    work = _take if forward else _reverse
    try:
        with transaction.atomic():
            touched = work(run, lines)
    except IntegrityError:
        # Somebody else wrote the same person a moment ago; a second look finds it and leaves that row out.
        touched = work(run, lines)
    _keep(lines)
    run.position = lines[-1].position + 1
    _write(officer, run, lines, touched)
    run.save(update_fields=["position"])
    return _so_far(run)


def _so_far(run: LedgerRun) -> tuple[int, int]:
    total = run.counts.get("rows", 0)
    return min(run.position, total), total


def _keep(lines: Sequence[LedgerLine]) -> None:
    """What became of the lines, in one statement for all: the ORM's own way costs more than everything else together."""
    sealed = LedgerLine._meta.get_field("trace")
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE awards_ledgerline SET outcome = %s, reason = %s, trace = %s WHERE id = %s",
            [
                (str(line.outcome), line.reason, sealed.get_db_prep_value(line.trace, connection), line.pk)
                for line in lines
            ],
        )


def _take(run: LedgerRun, lines: Sequence[LedgerLine]) -> dict[str, list[int]]:
    rows = [row_from_plain(line.entry) for line in lines]
    place = ground(run.township, today(), run.proposed_by_id, run.programme)
    chosen: list[tuple[LedgerLine, Verdict]] = []
    for line, verdict in zip(lines, compare(place, rows, repeated(rows)), strict=True):
        if verdict.state == line.state and verdict.changes == line.changes:
            chosen.append((line, verdict))
        else:
            why = "；".join(sentence for _, sentence in verdict.problems)
            line.outcome, line.reason = LineOutcome.LEFT, (why or _CHANGED_SINCE)[:400]
    traces = taking.take(run, place, [verdict for _, verdict in chosen])
    for (line, _), trace in zip(chosen, traces, strict=True):
        line.outcome, line.trace = LineOutcome.TAKEN, trace
    return dict(undoing.touched(traces))


def _reverse(run: LedgerRun, lines: Sequence[LedgerLine]) -> dict[str, list[int]]:
    standing = undoing.look([line.trace for line in lines], run.ref)
    chosen = []
    for line in lines:
        line.reason = undoing.built_on(line.trace, standing)
        line.outcome = LineOutcome.KEPT if line.reason else LineOutcome.REVERSED
        if not line.reason:
            chosen.append(line.trace)
    undoing.reverse(chosen, today(), Basis(LedgerRun.KIND, run.ref, today(), run.undone_by_id))
    return dict(undoing.touched(chosen))


def _finish(run: LedgerRun) -> None:
    moment = now()
    run.counts |= {str(outcome): run.lines.filter(outcome=outcome).count() for outcome in LineOutcome}
    if run.state == RunState.RUNNING:
        run.state, run.finished_at, run.undo_until = RunState.DONE, moment, moment + timedelta(hours=UNDO_HOURS)
    else:
        run.state, run.undone_at = RunState.UNDONE, moment
    run.version += 1
    run.save()


def _write(officer: Officer, run: LedgerRun, lines: Sequence[LedgerLine], touched: dict[str, list[int]]) -> None:
    act = "take_over_ledger" if run.state == RunState.RUNNING else "undo_ledger"
    facts: dict[str, Any] = {word: len(awards) for word, awards in touched.items()}
    facts |= {"file": run.file_sha256, "from": lines[0].place, "to": lines[-1].place, "part": len(lines)}
    facts["left"] = sum(line.outcome in (LineOutcome.LEFT, LineOutcome.KEPT) for line in lines)
    write_part(officer, run, act, "分批写入", digest_of_part([line.position for line in lines], touched), facts)
