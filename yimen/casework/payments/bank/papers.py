"""The paper 发放不成功、补发单 (forms.md 46): what the bank could not pay, and what is sent once more after its correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.offices.models import Office
from yimen.base.papers import desk as papers
from yimen.base.papers.models import Paper
from yimen.casework.payments.bank_models import BankAnswer, BankAttempt, BankReturn, Reissue
from yimen.law.payments.bank_terms import BankAnswerKind
from yimen.law.payments.terms import FailCause

CODE = "payment_correction"
_TELLING = (BankAnswerKind.FAILED, BankAnswerKind.RETURNED)


def failures(walk: Walk, found: BankReturn) -> list[Paper]:
    """The list of what a booked answer could not pay or brought back; none where everything was paid."""
    rows = BankAnswer.objects.filter(returned=found, kind__in=[str(kind) for kind in _TELLING])
    rows = rows.select_related("attempt__line__household__head", "attempt__account").order_by("row")
    lines = [_line(row.attempt, _why(row)) for row in rows]
    if not lines:
        return []
    return _issue(walk, BankReturn.KIND, found, found.file, "发放不成功", lines)


def reissued(walk: Walk, rows: Iterable[tuple[Reissue, BankAttempt]]) -> list[Paper]:
    """The list of what one officer put right at once, to be sent with the next file."""
    made = list(rows)
    lines = [
        _line(attempt, FailCause(row.cause).label if row.cause else BankAnswerKind.RETURNED.label, row.correction)
        for row, attempt in made
    ]
    return _issue(walk, Reissue.KIND, made[0][0], made[0][1].file, "补发", lines)


def _why(row: BankAnswer) -> str:
    label = FailCause(row.cause).label if row.cause else BankAnswerKind(row.kind).label
    return f"{label}（{row.words}）" if row.words and row.words != label else label


def _line(attempt: BankAttempt, cause: str, correction: str = "") -> Mapping[str, Any]:
    line = attempt.line
    return {
        "line": line.ref, "head": line.household.head.name, "holder": attempt.account.holder,
        "tail": attempt.account.number[-4:], "amount": attempt.fen, "cause": cause, "correction": correction,
        "attempt": attempt.attempt,
    }  # fmt: skip


def _issue(walk: Walk, kind: str, about: Any, file: Any, words: str, lines: list[Mapping[str, Any]]) -> list[Paper]:
    data = {
        "kind": words, "month": file.month, "batch": file.number, "bank": file.template.name, "made_on": walk.on,
        "count": len(lines), "total": sum(line["amount"] for line in lines), "lines": lines,
        "maker": {"person": walk.officer.staff.name, "date": walk.on},
    }  # fmt: skip
    office = Office.objects.filter(area=file.area_id).order_by("id").first()
    made = walk.issue_about([(CODE, papers.About(kind, about.ref, about.pk, data), "")], office)
    walk.issued.extend(made)
    return made
