"""Long work on a roll as jobs: drawing it up and freezing it, each with progress."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.base.runs.working import as_officer, ask
from yimen.casework.payments import acts

DRAW, FREEZE = "roll_draw", "roll_freeze"


def start(officer: Officer, kind: str, roll: Any) -> None:
    """Put work on a roll in the queue. Two jobs on one roll do no harm: each looks where it stands."""
    with transaction.atomic():
        acts.note_roll_job(officer, roll.ref, ask(officer, kind, {"roll": roll.ref}))


@jobs.job(DRAW)
def draw(running: jobs.Running) -> dict[str, Any]:
    """Draw the roll up and keep the preview."""
    running.tell("正在准备")
    ref = running.args["roll"]
    as_officer(running, "正在编制", lambda officer, tell: acts.draw_up_roll(officer, ref, tell=tell))
    return dict(running.args)


@jobs.job(FREEZE)
def freeze(running: jobs.Running) -> dict[str, Any]:
    """Freeze a released roll, from where it stands."""
    running.tell("正在准备")
    ref = running.args["roll"]
    as_officer(running, "正在冻结", lambda officer, tell: acts.carry_on_roll(officer, ref, tell))
    return dict(running.args)
