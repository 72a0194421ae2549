"""Acts on the import of a ledger (plan 四(五)): one person proposes, the head confirms, within a day it can be undone.

Opening, submitting, confirming, withdrawing and undoing are acts of the office with one entry each. The rows themselves
are taken in (or reversed) in parts by :func:`carry_on`, each part one transaction with one entry that binds the digest
of what it wrote (K11); a part that was interrupted has left nothing, and work goes on with the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.access import second
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.base.runs import desk as runs
from yimen.casework.awards.ledgers import lines
from yimen.casework.awards.ledgers.entries import LedgerRow, LedgerSource
from yimen.casework.awards.ledgers.lines import draw_up, keep_heads
from yimen.casework.awards.ledgers.parts import carry_on
from yimen.casework.awards.ledgers.verdict import UNDO_HOURS
from yimen.casework.awards.models import LedgerRun
from yimen.law.calendar import as_moment, now
from yimen.law.ledger import RunState
from yimen.law.terms import OfficeKind, Role

__all__ = [
    "UNDO_HOURS", "carry_on", "draw_up", "keep_heads", "note_job", "open_ledger", "submit_ledger", "take_over", "take_over_ledger",
    "undo_ledger", "withdraw_ledger",
]  # fmt: skip

_OPEN = (RunState.READING, RunState.PREVIEWED, RunState.SUBMITTED)


def _place(officer: Officer, township: str, roles: frozenset[Role]) -> str:
    """The township meant: the one given, else the officer's own; refused where the officer holds no such post there."""
    code = township or next(iter(officer.areas(roles)), "")
    if not code or not officer.holds(roles, code):
        raise Refused("只能导入本乡街的台账。请由该乡街的经办或负责人办理。", "other_township", 403)
    return code


def _locked(
    walk: Walk, ref: str, states: Sequence[RunState], roles: frozenset[Role], version: int | None = None
) -> LedgerRun:
    run = runs.locked(walk, LedgerRun, ref, states, version)
    _place(walk.officer, run.township_id, roles)
    return run


@office_act("open_ledger")
def open_ledger(
    walk: Walk, *, source: LedgerSource, township: str = "", ref: str = "", programme: str = ""
) -> LedgerRun:
    """Begin the import of a ledger of the officer's township. Nothing of it counts yet.

    ``programme`` is of which assistance it is where the officer said so; else it is recognised when the ledger is read.
    """
    code = _place(walk.officer, township, TOWNSHIP_ROLES)
    run = LedgerRun.objects.create(
        ref=ref or new_ref(),
        township_id=code,
        office=offices.office_of(code, OfficeKind.TOWNSHIP),
        programme=programme,
        file_ref=source.file_ref,
        file_name=source.file_name,
        file_sha256=source.file_sha256,
        proposed_by=walk.officer.staff,
        proposed_at=now(),
    )
    walk.note(subject=(LedgerRun.KIND, run.ref), file=source.file_sha256)
    return run


@office_act("submit_ledger")
def submit_ledger(walk: Walk, *, ref: str, version: int | None = None) -> LedgerRun:
    """Hand the previewed rows to the head; only who opened the run, and only where something is to be taken in."""
    run = _locked(walk, ref, (RunState.PREVIEWED,), TOWNSHIP_ROLES, version)
    if run.proposed_by_id != walk.officer.staff.pk:
        raise Refused(f"这份台账由{run.proposed_by.name}上传，请由本人核对预览后提交。", "not_yours", 403)
    if not run.counts.get("new", 0) + run.counts.get("changed", 0):
        raise Refused("没有可以导入的行：全部无变化或有错误。请下载错误行改正后重新上传。", "nothing_to_take")
    walk.note(**_bound(run))
    return runs.move(walk, run, RunState.SUBMITTED, submitted_at=now())


def _bound(run: LedgerRun) -> dict[str, Any]:
    """What an entry binds: the file, the rows as previewed, the counts."""
    return {"file": run.file_sha256, "lines": run.lines_digest, "programme": run.programme, **run.counts}


@office_act("take_over_ledger")
def take_over_ledger(walk: Walk, *, ref: str, version: int | None = None, code: str = "") -> LedgerRun:
    """Confirm a submitted ledger, by a second person with a fresh second factor; the rows are then carried over in parts.

    Raises Refused where the officer proposed it, stands in it, or another import is at work in the township.
    """
    run = _locked(walk, ref, (RunState.SUBMITTED,), frozenset({Role.HEAD}), version)
    if run.proposed_by_id == walk.officer.staff.pk:
        raise Refused("这份台账由您本人上传，须由另一位负责人确认（上传与确认须由不同的人办理）。", "separation", 403)
    _check_idle(run)
    lines.check_digest(run)
    lines.check_recusal(run, walk.officer)
    second.spend(walk.officer.account, code)
    walk.note(**_bound(run), proposed_by=run.proposed_by.name)
    return runs.released(walk, run, RunState.RUNNING)


def _check_idle(run: LedgerRun) -> None:
    busy = LedgerRun.objects.filter(township_id=run.township_id, state__in=[RunState.RUNNING, RunState.UNDOING])
    if busy.exists():
        raise Refused("本乡街另一份台账正在导入或撤销，请等它完成后再办理。", "busy")


@office_act("withdraw_ledger")
def withdraw_ledger(walk: Walk, *, ref: str, reason: str = "") -> LedgerRun:
    """Take a ledger back before it is confirmed; its rows are dropped, its file and entry stay."""
    run = _locked(walk, ref, _OPEN, TOWNSHIP_ROLES)
    run.lines.all().delete()
    walk.note(reason=reason[:200])
    return runs.move(walk, run, RunState.WITHDRAWN, note=reason[:200], finished_at=now())


@office_act("undo_ledger")
def undo_ledger(walk: Walk, *, ref: str, reason: str, code: str = "") -> LedgerRun:
    """Reverse an import within a day, with a reason and a fresh second factor; rows built on since are left as they are."""
    run = _locked(walk, ref, (RunState.DONE,), frozenset({Role.HEAD}))
    if run.undo_until is None or now() > run.undo_until:
        until = f"{as_moment(run.undo_until):%m-%d %H:%M}" if run.undo_until else ""
        raise Refused(f"导入满 {UNDO_HOURS} 小时（至 {until}）后不能整批撤销，请逐户办理变更或停保。", "too_late")
    if not reason.strip():
        raise Refused("请写明为什么撤销。", "reason", 422, "reason")
    _check_idle(run)
    second.spend(walk.officer.account, code)
    walk.note(reason=reason.strip()[:200], file=run.file_sha256)
    return runs.move(
        walk, run, RunState.UNDOING, undone_by=walk.officer.staff, undo_reason=reason.strip()[:200], position=0
    )


def note_job(officer: Officer, ref: str, job: str) -> None:
    """Remember which background job works on the run, for its page."""
    runs.note_job(officer, LedgerRun, ref, job)


def take_over(
    proposer: Officer,
    releaser: Officer,
    *,
    rows: Sequence[LedgerRow],
    code: str,
    source: LedgerSource | None = None,
    township: str = "",
) -> LedgerRun:
    """All four steps at once for rows that are at hand: opened and submitted by one person, confirmed by another.

    ``code`` is the releaser's second factor. Rows with problems stay out, as on the page; the run's counts tell.
    """
    from_rows = source or LedgerSource("在保台账", lines.digest_of_rows(rows))
    run = open_ledger(proposer, source=from_rows, township=township)
    draw_up(proposer, run.ref, rows=rows)
    submit_ledger(proposer, ref=run.ref)
    take_over_ledger(releaser, ref=run.ref, code=code)
    return carry_on(releaser, run.ref)
