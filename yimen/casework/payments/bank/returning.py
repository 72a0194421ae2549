"""A bank's answer: taken in and judged without changing anything, then booked as one act by which lines are paid or not (K5).

How a file is read is given in by the gateway (``read``). Booking reads the sealed file anew and judges it against what
stands by then; answers, events and the ledger of the funds are one transaction, so an interruption leaves nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.files import vault
from yimen.base.refs import new_ref
from yimen.base.sealed import blind_index
from yimen.base.setwise import insert_rows
from yimen.casework.payments.bank import books, papers
from yimen.casework.payments.bank.judging import Read, Sent, Verdict, faults_in_words, judge, judge_letter
from yimen.casework.payments.bank.sending import lock, write_events
from yimen.casework.payments.bank_models import BankAnswer, BankAttempt, BankFile, BankReturn
from yimen.casework.payments.models import PayPart
from yimen.casework.payments.recovery import settling
from yimen.law.calendar import now
from yimen.law.payments.bank_layout import BankLayouts
from yimen.law.payments.bank_terms import COUNTED, BankAnswerKind, ReturnFault, ReturnState

Reader = Callable[[BankLayouts, bytes], Read]
_SHOWN = 200


@office_act("take_bank_return")
def take_bank_return(
    walk: Walk, *, file: str, content: bytes, name: str, read: Reader, later: bool = False
) -> BankReturn:
    """Take a bank's answer to a file in and judge it. Nothing is booked; one with a fault stays as refused, with its reasons.

    ``later``: it is only kept now, and judged by ``judge_bank_return``.
    """
    sent = gate.fetch(walk.officer, BankFile.objects.select_related("template"), file)
    check_place(walk, sent)
    sha256 = hashlib.sha256(content).hexdigest()
    known = BankReturn.objects.select_related("file").filter(sha256=sha256, state__in=COUNTED).first()
    later = later and known is None
    verdict = Verdict() if later else _replayed(known) if known else _judged(sent, content, read)
    ref = new_ref()
    vault.keep(ref, content)
    made = BankReturn(
        ref=ref, file=sent, name=name[:120], sha256=sha256, size=len(content), taken_by=walk.officer.staff, taken_at=now(),
    )  # fmt: skip
    if later:
        made.state = ReturnState.READING
    else:
        say(made, verdict)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as twice:
        raise Refused("同一份文件刚刚已由别人上传，请刷新页面。", "overtaken") from twice
    note(walk, made)
    return made


def say(row: BankReturn, verdict: Verdict) -> None:
    """What a file comes to, on its row."""
    row.counts, row.faults, row.sample = verdict.counts(), verdict.faults, _sample(verdict)
    row.state = ReturnState.REFUSED if verdict.faults else ReturnState.PREVIEWED


@office_act("judge_bank_return")
def judge_bank_return(walk: Walk, *, ref: str, read: Reader) -> BankReturn:
    """Judge an answer that was only kept when it came in: what ``take_bank_return`` does at once with a short one."""
    found = _locked(walk, ref, (ReturnState.READING,))
    say(found, _judged(found.file, _content(found), read))
    found.save()
    note(walk, found)
    return found


def note_return_job(officer: Officer, ref: str, job: str) -> None:
    """Remember which background job reads or books the answer, for its page."""
    found = gate.fetch(officer, BankReturn.objects.all(), ref)
    BankReturn.objects.filter(pk=found.pk).update(job_ref=job)


def check_place(walk: Walk, file: BankFile) -> None:
    """An answer is dealt with by the posts of its own township. Raises Refused."""
    if not walk.officer.holds(set(walk.row.roles), file.area_id):
        raise Refused("银行返回文件由本乡街的人员办理，您的岗位不能办理。", "wrong_role", 403)


def note(walk: Walk, row: BankReturn) -> None:
    """What the entry of an act says of an answer; no names, no accounts."""
    walk.note(
        subject=(BankReturn.KIND, row.ref), file=row.file.number, sha256=row.sha256, state=str(row.state), **row.counts,
        faults=sorted({each[1] for each in row.faults}),
    )  # fmt: skip


def _replayed(known: BankReturn) -> Verdict:
    found = Verdict()
    state = ReturnState(known.state).label
    words = f"这份文件已经收过一次（批次 {known.file.number}，{known.taken_at:%Y-%m-%d}，{state}），内容完全相同，没有改动任何内容。"
    found.fault(0, ReturnFault.REPLAYED, words)
    return found


def _judged(file: BankFile, content: bytes, read: Reader) -> Verdict:
    layouts = BankLayouts.of(file.template.layouts)
    return judge(
        layouts, file.number, attempts_of(file), read(layouts, content), lambda text: blind_index("account", text)
    )


def attempts_of(file: BankFile) -> list[Sent]:
    """Every line of a file as it went out, with what the bank has said of it so far."""
    last = BankAnswer.objects.filter(attempt=OuterRef("pk")).order_by("-id").values("kind")[:1]
    rows = BankAttempt.objects.filter(file=file).order_by("serial").annotate(last=Subquery(last))
    columns = rows.values_list("pk", "serial", "line__ref", "fen", "account_index", "last")
    return [Sent(*row[:5], row[5] or "") for row in columns.iterator(chunk_size=5_000)]


def _sample(verdict: Verdict) -> list[list[Any]]:
    """What is not simply paid, the first of it, for the preview."""
    rows = [answer for answer in verdict.answers if answer.kind is not BankAnswerKind.PAID][:_SHOWN]
    return [[each.row, each.sent.serial, str(each.kind), each.cause, each.code, each.words] for each in rows]


def _locked(walk: Walk, ref: str, states: Sequence[ReturnState] = (ReturnState.PREVIEWED,)) -> BankReturn:
    rows = BankReturn.objects.select_related("file__template", "file__area")
    found = gate.fetch(walk.officer, rows, ref, lock=True)
    check_place(walk, found.file)
    if found.state not in states:
        by = f"{found.booked_by.name} 已" if found.booked_by else ""
        state = ReturnState(found.state).label
        raise Refused(f"{by}办理过这份返回文件，现为“{state}”，没有再次办理。请刷新页面。", "overtaken")
    return found


@office_act("book_bank_return")
def book_bank_return(walk: Walk, *, ref: str, read: Reader) -> BankReturn:
    """Book a bank's answer: each line is paid, failed, unknown or come back, by this act alone. Once."""
    found = _locked(walk, ref)
    lock(found.file.area_id)
    content = _content(found)
    if found.letter:
        if found.taken_by_id == walk.officer.staff.pk:
            raise Refused("这份通知由您本人登记，须由另一位资金发放岗人员对照原件入账。", "separation", 403)
        verdict = judge_letter(json.loads(content), attempts_of(found.file))
    else:
        verdict = _judged(found.file, content, read)
    if verdict.faults:
        raise Refused(f"核对以后情况有变动，没有入账：{faults_in_words(verdict.faults)}请撤回这份文件。", "moved_on")
    if not verdict.answers:
        raise Refused("文件里没有新的答复，不需要入账。请撤回这份文件。", "nothing")
    found.state, found.counts = ReturnState.BOOKED, verdict.counts()
    found.booked_by, found.booked_on, found.booked_at = walk.officer.staff, walk.on, now()
    found.save()
    try:
        with transaction.atomic():
            _write(walk, found, verdict)
    except IntegrityError as twice:
        raise Refused("其中有的发放刚刚已由别人入账，这次没有入账。请刷新页面。", "overtaken") from twice
    books.post(walk, found)
    told = PayPart.objects.filter(line__attempts__answers__returned=found)
    settling.follow(settling.of_parts(told), walk.on)
    papers.failures(walk, found)
    note(walk, found)
    return found


def _content(found: BankReturn) -> bytes:
    try:
        content = vault.fetch(found.ref)
    except (FileNotFoundError, ValueError):
        raise Refused("返回文件的留存内容打不开，没有办理。请撤回后重新上传，并告知系统管理员。", "gone") from None
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise Refused("返回文件的内容与上传时登记的摘要不符，没有办理。请撤回后重新上传，并告知系统管理员。", "changed")
    return content


def _write(walk: Walk, found: BankReturn, verdict: Verdict) -> None:
    insert_rows(
        BankAnswer,
        ("returned", "attempt", "row", "kind", "cause", "code", "words"),
        (
            (found.pk, each.sent.pk, each.row, str(each.kind), each.cause, each.code, each.words)
            for each in verdict.answers
        ),
    )
    # The words of an answer are those of the event: 发放成功 is 已发放 of the line.
    write_events(
        walk, BankAnswer.objects.filter(returned=found), (BankReturn.KIND, found.ref),
        line=F("attempt__line_id"), kind=F("kind"), attempt=F("attempt__attempt"), cause=F("cause"), words=F("words"),
    )  # fmt: skip


@office_act("withdraw_bank_return")
def withdraw_bank_return(walk: Walk, *, ref: str, reason: str = "") -> BankReturn:
    """Put a judged answer aside before it is booked; it may then be uploaded again."""
    found = _locked(walk, ref, (ReturnState.READING, ReturnState.PREVIEWED))
    found.state, found.note = ReturnState.WITHDRAWN, reason.strip()[:200]
    found.save()
    walk.note(reason=found.note)
    note(walk, found)
    return found


def kinds(rows: Sequence[BankAnswer]) -> set[str]:
    """Which answers are among these rows."""
    return {str(row.kind) for row in rows}
