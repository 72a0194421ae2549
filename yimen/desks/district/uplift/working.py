"""Long work over the whole district as jobs: reckoning a raise, carrying it out, checking the register; each with progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.base.runs.desk import Tell
from yimen.base.runs.working import as_officer, ask
from yimen.casework.awards import acts
from yimen.casework.awards.uplift.checking import check_register

DRAW, CARRY, CHECK = "uplift_draw", "uplift_carry", "register_check"
_WORDS = {DRAW: "正在核算", CARRY: "正在执行", CHECK: "正在核对"}


def start(officer: Officer, kind: str, run: Any) -> None:
    """Put work on a run in the queue. Two jobs on one run do no harm: each looks where it stands."""
    with transaction.atomic():
        acts.note_uplift_job(officer, run.ref, ask(officer, kind, {"run": run.ref}))


def start_check(officer: Officer) -> None:
    """Have the register of the officer's district checked."""
    ask(officer, CHECK, {"area": officer.district})


def latest_check(officer: Officer) -> jobs.JobView | None:
    """The officer's own latest check, while it is at work or when it failed."""
    found = next((view for view in jobs.jobs_of(officer.account.pk) if view.kind == CHECK), None)
    return found if found is not None and found.state != "done" else None


def _work(running: jobs.Running, work: Callable[[Officer, Tell], Any]) -> dict[str, Any]:
    as_officer(running, _WORDS[running.job.kind], work)
    return dict(running.args)


@jobs.job(DRAW)
def draw(running: jobs.Running) -> dict[str, Any]:
    """Reckon everybody anew and keep the preview."""
    running.tell("正在准备")
    return _work(running, lambda officer, tell: acts.draw_up_uplift(officer, running.args["run"], tell=tell))


@jobs.job(CARRY)
def carry(running: jobs.Running) -> dict[str, Any]:
    """Carry a released run out, from where it stands."""
    running.tell("正在准备")
    return _work(running, lambda officer, tell: acts.carry_on_uplift(officer, running.args["run"], tell))


@jobs.job(CHECK)
def check(running: jobs.Running) -> dict[str, Any]:
    """Check the register of the district."""
    running.tell("正在准备")
    return _work(running, lambda officer, tell: check_register(officer, tell=tell))
