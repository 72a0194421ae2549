"""Print runs as jobs, and their files cleared away after a day."""

from __future__ import annotations

from typing import Any

from yimen.base.jobs import desk as jobs
from yimen.base.jobs.worker import every_minute
from yimen.base.papers import runs
from yimen.base.papers.models import PrintRun
from yimen.desks.shared.printing.choosing import JOB


@jobs.job(JOB)
def print_papers(running: jobs.Running) -> dict[str, Any]:
    """Draw the papers of a run; which they are was settled, within the asker's scope, when it was asked for."""
    run = PrintRun.objects.filter(ref=running.args["run"]).first()
    if run is None:
        raise jobs.JobFailed("没有找到这次打印，请重新选择文书。")
    if run.state == "waiting":
        run = runs.make(run, lambda words: running.tell(words, total=1))
    if run.state == "failed":
        raise jobs.JobFailed(run.why)
    return {"run": run.ref}


every_minute(runs.sweep)
