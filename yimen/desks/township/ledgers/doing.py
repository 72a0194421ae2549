"""Small helps that the pages of ledgers share: the four steps, words and tags of a run, its progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.jobs import desk as jobs
from yimen.desks.shared import runs
from yimen.desks.shared.shapes import Link, Step, Tag
from yimen.gateways.ledgers import working
from yimen.law.calendar import now
from yimen.law.ledger import SHORT, RunState
from yimen.law.terms import Programme, Role

ROLES = TOWNSHIP_ROLES
TITLE = "导入中心"
_STEPS = ("下载模板或准备台账", "上传文件、核对列名", "核对预览并提交", "负责人确认导入")
_AT = {RunState.READING: 1, RunState.PREVIEWED: 2, RunState.SUBMITTED: 3, RunState.RUNNING: 3}
_TONES = {
    RunState.READING: "amber",
    RunState.PREVIEWED: "amber",
    RunState.SUBMITTED: "blue",
    RunState.RUNNING: "blue",
    RunState.UNDOING: "blue",
    RunState.DONE: "green",
    RunState.UNDONE: "neutral",
    RunState.WITHDRAWN: "neutral",
}
AT_WORK = (RunState.RUNNING, RunState.UNDOING)


def url(name: str, run: Any) -> str:
    """An address of a run."""
    return reverse(f"township:{name}", args=[run.ref])


def crumbs(run: Any = None) -> list[Link]:
    """The way back."""
    links = [Link(TITLE, reverse("township:ledgers"))]
    return [*links, Link(run.file_name, url("ledger", run))] if run is not None else links


def steps(run: Any = None) -> Sequence[Step]:
    """The four steps with where this run stands; none is "now" once it is over."""
    state = RunState(run.state) if run is not None else None
    at = _AT.get(state, 0) if state else 0
    over = state in (RunState.DONE, RunState.UNDOING, RunState.UNDONE)
    return [
        Step(text, "done" if over or number < at else "now" if number == at else "ahead")
        for number, text in enumerate(_STEPS)
    ]


def tag(run: Any) -> Tag:
    """Where a run stands."""
    state = RunState(run.state)
    return Tag(_TONES[state], state.label)


def kind(run: Any) -> str:
    """Of which assistance a ledger is; a dash until it has been recognised."""
    return SHORT[Programme(run.programme)] if run.programme else "—"


def is_head(officer: Officer, run: Any) -> bool:
    """Whether the officer leads the township of the run."""
    return officer.holds({Role.HEAD}, run.township_id)


def may_undo(officer: Officer, run: Any) -> bool:
    """Whether the way back is still open for this officer."""
    return (
        run.state == RunState.DONE and is_head(officer, run) and run.undo_until is not None and now() <= run.undo_until
    )


def progress(run: Any, view: jobs.JobView | None) -> dict[str, Any] | None:
    """What the progress card shows while a job is at work on the run."""
    return runs.progress(view, url("ledger_job", run))


def job_view(run: Any) -> jobs.JobView | None:
    """The job of a run, as long as it tells something about its present state."""
    view = working.job_of(run)
    if view is None or (view.state == "failed" and run.state not in (*AT_WORK, RunState.READING)):
        return None
    return view
