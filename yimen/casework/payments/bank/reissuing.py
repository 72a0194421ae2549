"""Failures put right: the same line is sent once more with the next file, as a new attempt, never a new line (K4)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.casework.awards.models import Award
from yimen.casework.awards.recertify import looking
from yimen.casework.payments.bank import papers, sendable
from yimen.casework.payments.bank_models import BankAnswer, BankAttempt, Reissue
from yimen.casework.payments.models import PayLine
from yimen.law.calendar import now
from yimen.law.payments.bank_terms import BankAnswerKind
from yimen.law.payments.terms import FailCause

MOST = 200
_AGAIN = (BankAnswerKind.FAILED, BankAnswerKind.RETURNED)
_OTHER_ACCOUNT = (FailCause.CLOSED, FailCause.NO_ACCOUNT)


@office_act("reissue_payment")
def reissue_payment(walk: Walk, *, refs: Sequence[str], correction: str) -> list[Reissue]:
    """Put failed or returned lines right, with what was corrected; they go out with the next file. All of them or none.

    Raises Refused for a line of which the bank has not said that it failed, and for an account that was closed or not found
    and is still the one in use.
    """
    words = correction.strip()
    if not words:
        raise Refused("请写明更正了什么，例如“已更换账号”。", "missing", 422, "correction")
    if len(words) > 200:
        raise Refused(f"更正说明最多 200 字，现有 {len(words)} 字，请精简。", "too_long", 422, "correction")
    wanted = sorted(set(refs))
    if not 0 < len(wanted) <= MOST:
        raise Refused(f"请选择要补发的户，一次最多 {MOST} 户。", "missing", 422, "refs")
    lines = [_line(walk, ref) for ref in wanted]
    looking.check_unrelated(Award.objects.filter(pk__in=[line.award_id for line in lines]), walk.officer.staff)
    made = [(_row(walk, line, attempt, answer, words), attempt) for line, attempt, answer in map(_last, lines)]
    try:
        with transaction.atomic():
            Reissue.objects.bulk_create([row for row, _ in made])
    except IntegrityError as twice:
        raise Refused("其中有的刚刚已由别人列入补发，请刷新页面。", "overtaken") from twice
    papers.reissued(walk, made)
    walk.note(subject=(Reissue.KIND, made[0][0].ref), lines=[line.ref for line in lines], correction=words)
    return [row for row, _ in made]


def _line(walk: Walk, ref: str) -> PayLine:
    line = gate.fetch(walk.officer, PayLine.objects.select_related("household__head"), ref)
    if not walk.officer.holds(set(walk.row.roles), line.township_id):
        raise Refused("补发由当地乡街的人员登记，您的岗位不能办理。", "wrong_role", 403)
    return line


def _last(line: PayLine) -> tuple[PayLine, BankAttempt, BankAnswer]:
    """The last attempt of a line and what the bank has said of it."""
    name = line.household.head.name
    rows = BankAttempt.objects.filter(line=line).select_related("file__template", "account", "line__household__head")
    attempt = rows.order_by("-attempt").first()
    answer = BankAnswer.objects.filter(attempt=attempt).order_by("-id").first() if attempt else None
    if attempt is None or answer is None:
        raise Refused(f"{name}家庭的这一笔银行还没有答复，不能补发。请等银行返回。", "not_answered")
    if answer.kind == BankAnswerKind.UNKNOWN:
        raise Refused(f"{name}家庭的这一笔结果不明，可能已经到账。请先向银行查清，取得返回文件后再办。", "unknown")
    if answer.kind not in _AGAIN:
        raise Refused(f"{name}家庭的这一笔已发放成功，不能补发。", "paid")
    return line, attempt, answer


def _row(walk: Walk, line: PayLine, attempt: BankAttempt, answer: BankAnswer, words: str) -> Reissue:
    used = sendable.in_use([line.household_id], walk.on).get(line.household_id)
    changed = used is not None and used[-1] != attempt.account_index
    if answer.cause in _OTHER_ACCOUNT and not changed:
        cause = FailCause(answer.cause).label
        raise Refused(
            f"{line.household.head.name}家庭的{cause}，登记的收款账号还是原来的。请先办理账号变更，再列入补发。",
            "same_account",
        )
    return Reissue(
        line=line, attempt=attempt.attempt, cause=answer.cause, correction=words, changed=changed,
        by=walk.officer.staff, on=walk.on, at=now(),
    )  # fmt: skip
