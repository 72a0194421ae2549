"""Long files of the platform as jobs, with progress."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.base.runs.desk import Tell
from yimen.base.runs.working import as_officer, ask
from yimen.casework.monthclose.platform import acts, queries
from yimen.gateways.platform import door
from yimen.law.platform import PlatformState

COMPARE = "platform_compare"


def start(officer: Officer, run: Any, sheet: str = "", fields: Any = ()) -> None:
    """Put the comparison of a file in the queue. Two jobs on one file do no harm: the later one gives way."""
    args = {"run": run.ref, "sheet": sheet, "fields": list(fields)}
    with transaction.atomic():
        acts.note_job(officer, run.ref, ask(officer, COMPARE, args))


def job_of(run: Any) -> jobs.JobView | None:
    """The latest job on a file."""
    return jobs.job_view(run.job_ref) if run.job_ref else None


@jobs.job(COMPARE)
def compare(running: jobs.Running) -> dict[str, Any]:
    """Compare a long file."""
    running.tell("正在打开文件")

    def work(officer: Officer, tell: Tell) -> None:
        run = queries.run(officer, running.args["run"])
        if run.state != PlatformState.REPLACED:
            door.compare(officer, run, running.args["sheet"], running.args["fields"], tell)

    as_officer(running, "正在比对", work)
    return {"run": running.args["run"]}
