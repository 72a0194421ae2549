"""Long work on ledgers as jobs: reading a large file, taking a confirmed ledger in, undoing it, each with progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.base.runs.desk import Tell
from yimen.base.runs.working import as_officer, ask
from yimen.casework.awards import acts, ledger_queries as queries
from yimen.gateways.ledgers import door
from yimen.law.ledger import RunState

READ, CARRY = "ledger_read", "ledger_carry"
_WORDS = {READ: "正在读取并核对", CARRY: "正在写入"}


def start(officer: Officer, kind: str, run: Any, **args: Any) -> None:
    """Put work on a run in the queue. Two jobs on one run do no harm: each looks where it stands."""
    with transaction.atomic():
        acts.note_job(officer, run.ref, ask(officer, kind, {"run": run.ref, **args}))


def job_of(run: Any) -> jobs.JobView | None:
    """The latest job on a run."""
    return jobs.job_view(run.job_ref) if run.job_ref else None


def _work(running: jobs.Running, work: Callable[[Officer, Tell], Any]) -> dict[str, Any]:
    as_officer(running, _WORDS[running.job.kind], work)
    return {"run": running.args["run"]}


@jobs.job(READ)
def read_ledger(running: jobs.Running) -> dict[str, Any]:
    """Read a large file and draw its preview up."""
    running.tell("正在打开文件")

    def work(officer: Officer, tell: Tell) -> None:
        run = queries.run(officer, running.args["run"])
        if run.state in (RunState.READING, RunState.PREVIEWED):
            door.preview(officer, run, running.args.get("sheets", ()), running.args.get("fields", ()), tell)

    return _work(running, work)


@jobs.job(CARRY)
def carry_ledger(running: jobs.Running) -> dict[str, Any]:
    """Take a confirmed ledger in, or reverse it, from where it stands."""
    running.tell("正在准备")
    return _work(running, lambda officer, tell: acts.carry_on(officer, running.args["run"], tell))
