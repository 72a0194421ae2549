"""Long answers of a bank as jobs: judged, and booked, while their officer does other things."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.jobs import desk as jobs
from yimen.base.runs.desk import Tell
from yimen.base.runs.working import as_officer, ask
from yimen.casework.payments import acts, bank_queries as queries
from yimen.gateways.bank import door
from yimen.law.payments.bank_terms import ReturnState

JUDGE, BOOK = "bank_return_judge", "bank_return_book"
_WORK = {JUDGE: door.judge, BOOK: door.book}
_WORDS = {JUDGE: "正在逐笔核对", BOOK: "正在逐笔入账"}
_WAITING = {JUDGE: ReturnState.READING, BOOK: ReturnState.PREVIEWED}


def take(officer: Officer, *, file: str, content: bytes, name: str) -> Any:
    """Take an answer in: judged at once where it is short, else by the worker. Raises Refused."""
    with transaction.atomic():
        made = door.take(officer, file=file, content=content, name=name)
        if made.state == ReturnState.READING:
            start(officer, JUDGE, made)
    return made


def book(officer: Officer, found: Any) -> None:
    """Book a judged answer: at once where it is short, else by the worker. Raises Refused."""
    long = not found.letter and door.is_large(found.file.count, found.size)
    if long and found.state == ReturnState.PREVIEWED:
        start(officer, BOOK, found)
    else:
        door.book(officer, ref=found.ref)


def start(officer: Officer, kind: str, found: Any) -> None:
    """Put work on an answer in the queue. Two jobs on one do no harm: the later finds nothing to do."""
    with transaction.atomic():
        acts.note_return_job(officer, found.ref, ask(officer, kind, {"return": found.ref}))


def job_of(found: Any) -> jobs.JobView | None:
    """The latest job on an answer."""
    return jobs.job_view(found.job_ref) if found.job_ref else None


def _do(running: jobs.Running, kind: str) -> dict[str, Any]:
    ref = running.args["return"]

    def work(officer: Officer, tell: Tell) -> None:
        found = queries.find_return(officer, ref)
        running.tell(_WORDS[kind], total=found.file.count, done=0)
        # A worker that died after its act and before its last word has left nothing to do.
        if found.state != _WAITING[kind]:
            return
        try:
            _WORK[kind](officer, ref=ref)
        except Refused:
            if queries.find_return(officer, ref).state == _WAITING[kind]:
                raise  # else another worker did it while this one waited

    as_officer(running, _WORDS[kind], work)
    return dict(running.args)


@jobs.job(JUDGE)
def judge(running: jobs.Running) -> dict[str, Any]:
    """Hold a long answer against what was sent."""
    return _do(running, JUDGE)


@jobs.job(BOOK)
def enter(running: jobs.Running) -> dict[str, Any]:
    """Book a long answer."""
    return _do(running, BOOK)
