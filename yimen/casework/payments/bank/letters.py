"""A payment that came back outside the bank's files: told by a paper, typed by one person, booked by another (K5, K17).

What was typed takes the place of the file: it lies sealed under the answer's reference, is judged like one, and is booked by
the same act. Only a payment that had been paid can come back so; that one was paid is said by a file alone.
"""

from __future__ import annotations

import hashlib

from django.db import IntegrityError, transaction

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.canonical import canonical
from yimen.base.files import vault
from yimen.base.refs import new_ref
from yimen.casework.awards.changes.common import past, text
from yimen.casework.payments.bank.entries import LetterEntry
from yimen.casework.payments.bank.judging import faults_in_words, judge_letter
from yimen.casework.payments.bank.returning import attempts_of, check_place, note, say
from yimen.casework.payments.bank_models import BankAttempt, BankReturn
from yimen.casework.payments.models import PayLine
from yimen.law.calendar import now
from yimen.law.payments.terms import FailCause


@office_act("take_bank_letter")
def take_bank_letter(walk: Walk, *, line: str, entry: LetterEntry) -> BankReturn:
    """Type a bank's paper by which a paid line came back. Nothing is booked before another person has held it against the paper.

    Raises Refused at its field for what is lacking, and for a line that the bank has not paid or whose paper was typed before.
    """
    attempt = _paid(walk, line)
    cause = next((each for each in FailCause if each == entry.cause), None)
    if cause is None:
        raise Refused("请选择退回的原因。", "missing", 422, "cause")
    letter, words = text(entry.letter, "letter", "通知编号", 60), text(entry.words, "words", "银行的说明", 80)
    on = past(entry.on, walk.on, "on", "通知日期")
    if on < attempt.file.on:
        raise Refused("通知日期早于报送日，请核对。", "too_early", 422, "on")
    told = {
        "letter": letter, "on": on.isoformat(), "line": line, "serial": attempt.serial, "fen": attempt.fen,
        "cause": str(cause), "words": words,
    }  # fmt: skip
    verdict = judge_letter(told, attempts_of(attempt.file))
    if verdict.faults:
        raise Refused(faults_in_words(verdict.faults), "not_paid")
    ref, content = new_ref(), canonical(told)
    made = BankReturn(
        ref=ref, file=attempt.file, name=f"退汇通知 {letter}", letter=letter, sha256=hashlib.sha256(content).hexdigest(),
        size=len(content), taken_by=walk.officer.staff, taken_at=now(),
    )  # fmt: skip
    say(made, verdict)
    vault.keep(ref, content)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as twice:
        raise Refused("这份通知里的这一笔已经登记过，请在批次里查看。", "twice", 422, "letter") from twice
    walk.note(line=line, letter=letter)
    note(walk, made)
    return made


def _paid(walk: Walk, ref: str) -> BankAttempt:
    line = gate.fetch(walk.officer, PayLine.objects.all(), ref)
    rows = BankAttempt.objects.filter(line=line).select_related("file__template", "file__area")
    attempt = rows.order_by("-attempt").first()
    if attempt is None:
        raise Refused("这一笔还没有报送银行，不能登记退回。", "not_sent")
    check_place(walk, attempt.file)
    return attempt
