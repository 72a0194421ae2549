"""Freezing a filed month as a job, with progress."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.base.runs.working import as_officer, ask
from yimen.casework.monthclose import acts

FREEZE = "close_freeze"


def start(officer: Officer, close: Any) -> None:
    """Put the work in the queue. Two jobs on one close do no harm: each looks where it stands."""
    with transaction.atomic():
        acts.note_close_job(officer, close.ref, ask(officer, FREEZE, {"close": close.ref}))


@jobs.job(FREEZE)
def freeze(running: jobs.Running) -> dict[str, Any]:
    """Freeze a filed month, from where it stands."""
    running.tell("正在准备")
    ref = running.args["close"]
    as_officer(running, "正在存档", lambda officer, tell: acts.carry_on_close(officer, ref, tell))
    return dict(running.args)
