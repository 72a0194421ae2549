"""The lines of a run: drawn up for the preview, bound by a digest, looked through before somebody confirms.

Drawing up is no act: nobody's case changes, and until it is submitted a preview may be drawn up again and again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.canonical import canonical, digest
from yimen.base.offices import queries as offices
from yimen.base.runs import desk as runs
from yimen.base.runs.desk import Bound, Tell, quiet, still
from yimen.casework.awards.ledgers.compare import compare, repeated
from yimen.casework.awards.ledgers.entries import LedgerRow, row_from_plain, row_to_plain
from yimen.casework.awards.ledgers.verdict import Verdict, ground
from yimen.casework.awards.models import LedgerHeads, LedgerLine, LedgerRun
from yimen.casework.households.queries import identity_index
from yimen.law.calendar import now, today
from yimen.law.ledger import LineState, RunState
from yimen.law.terms import Programme

PORTION = 1_000
COUNTED = ("rows", "new", "changed", "same", "error", "remarked", "persons", "monthly_fen")


def digest_of_rows(rows: Iterable[LedgerRow]) -> str:
    """64 hex signs over rows that came without a file."""
    total = hashlib.sha256()
    for row in rows:
        total.update(canonical(row_to_plain(row)))
    return total.hexdigest()


def draw_up(
    officer: Officer,
    ref: str,
    *,
    rows: Sequence[LedgerRow],
    skipped: Sequence[Mapping[str, Any]] = (),
    columns: Mapping[str, str] | None = None,
    sheets: Sequence[str] = (),
    tell: Tell = quiet,
) -> LedgerRun:
    """Compare the rows of a run with what is known and keep the preview, in portions; an earlier preview gives way.

    Raises Refused once the run has been submitted, law.standards.Unset without a table of categories.
    """
    run = runs.begin_anew(officer, LedgerRun, ref, RunState.READING, RunState.PREVIEWED)
    counts, total = dict.fromkeys(COUNTED, 0), Bound()
    for start, verdicts in _verdicts(run, rows):
        with transaction.atomic():
            still(run)
            LedgerLine.objects.bulk_create(_line(run, at, verdict) for at, verdict in enumerate(verdicts, start))
        for verdict in verdicts:
            _count(counts, verdict)
            total.add(_bound(verdict.state, verdict.changes, verdict.row))
        tell(start + len(verdicts), len(rows))
    with transaction.atomic():
        run = still(run)
        run.counts = {**counts, "skipped": len(skipped)}
        run.programme = _programme(rows)
        run.skipped, run.columns, run.sheets = list(skipped), dict(columns or {}), list(sheets)
        run.lines_digest, run.state, run.version = str(total), RunState.PREVIEWED, run.version + 1
        run.save()
    return run


def _verdicts(run: LedgerRun, rows: Sequence[LedgerRow]) -> Iterator[tuple[int, list[Verdict]]]:
    place = ground(run.township, today(), run.proposed_by_id, _programme(rows))
    twice = repeated(rows)
    for start in range(0, len(rows), PORTION):
        yield start, compare(place, rows[start : start + PORTION], twice)


def _programme(rows: Sequence[LedgerRow]) -> str:
    """The one programme that all rows of a ledger are of."""
    kinds = {str(row.programme) for row in rows}
    if len(kinds) > 1:
        raise Refused("一份台账只能是一类救助，请按低保、特困、边缘家庭、刚性支出分开导入。", "mixed", 422)
    return next(iter(kinds), str(Programme.DIBAO))


def _line(run: LedgerRun, position: int, verdict: Verdict) -> LedgerLine:
    row = verdict.row
    return LedgerLine(
        run=run,
        position=position,
        place=row.place,
        head_name=row.head_name[:100],
        village_name=row.village_name[:60],
        state=verdict.state,
        entry=row_to_plain(row),
        changes=verdict.changes,
        problems=verdict.problems,
        remarks=verdict.remarks,
        remarked=bool(verdict.remarks),
    )


def _count(counts: dict[str, int], verdict: Verdict) -> None:
    counts["rows"] += 1
    counts[str(verdict.state)] += 1
    counts["remarked"] += bool(verdict.remarks)
    if verdict.state is LineState.NEW:
        counts["persons"] += sum(person.covered for person in verdict.row.people)
        counts["monthly_fen"] += verdict.row.monthly_fen


def _bound(state: str, changes: list[list[str]], row: LedgerRow) -> list[Any]:
    return [str(state), changes, row_to_plain(row)]


def check_digest(run: LedgerRun) -> None:
    """Refuse where the rows are not those that were previewed and submitted."""
    rows = run.lines.order_by("position").values_list("state", "changes", "entry").iterator(chunk_size=PORTION)
    bound = Bound.over(_bound(state, changes, row_from_plain(entry)) for state, changes, entry in rows)
    if str(bound) != run.lines_digest:
        raise Refused("预览的内容与提交时不一致，不能导入。请退回后重新上传，并告知系统管理员。", "edited")


def check_recusal(run: LedgerRun, officer: Officer) -> None:
    """Refuse who is in the ledger themselves or with a registered close relative (K18)."""
    wanted = [str(LineState.NEW), str(LineState.CHANGED)]
    entries = run.lines.filter(state__in=wanted).order_by("position").values_list("place", "entry")
    own: dict[str, str] = {}
    for place, entry in entries.iterator(chunk_size=PORTION):
        for person in entry["people"]:
            own[identity_index(person["identity"])] = f"{place}{person['name']}"
    staff = officer.staff.pk
    theirs = {relative.identity_index for relative in offices.kin_of_staff(own) if relative.staff_id == staff}
    theirs |= {person.identity_index for person in offices.staff_among(own) if person.pk == staff}
    if theirs:
        names = "、".join(sorted(own[index] for index in theirs))
        raise Refused(
            f"{names}是您本人或您登记的近亲属，您应当回避。请由其他负责人确认，或请经办把这一户单独导入。",
            "recused",
            403,
        )


def keep_heads(officer: Officer, ref: str, *, signature: str, columns: Mapping[str, str]) -> None:
    """Remember for the office what the headings of this ledger mean."""
    run = gate.fetch(officer, LedgerRun.objects.all(), ref)
    facts = {"columns": dict(columns), "kept_by": officer.staff, "kept_at": now()}
    LedgerHeads.objects.update_or_create(office=run.office, signature=signature, defaults=facts)


def digest_of_part(positions: Sequence[int], touched: Mapping[str, Sequence[int]]) -> str:
    """The digest of what a part of a run wrote."""
    return digest({"positions": list(positions), **{word: list(rows) for word, rows in touched.items()}})
