"""The counter of the jobs: ask for work, look how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yimen.base.jobs.models import STATES, Job
from yimen.base.jobs.running import WAITING, JobFailed, Running, job
from yimen.law import calendar

__all__ = ["JobFailed", "JobView", "Running", "enqueue", "job", "job_view", "jobs_of"]


@dataclass(frozen=True)
class JobView:
    """How far a job is, for a page."""

    ref: str
    kind: str
    state: str
    state_label: str
    progress: int
    total: int
    note: str
    error: str
    result: dict[str, Any]
    staff_id: int | None
    account_id: int | None
    office_code: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def over(self) -> bool:
        """Whether the page may stop asking."""
        return self.state in ("done", "failed")

    @property
    def percent(self) -> int:
        """Progress in whole percent; 100 only when the job is done."""
        if self.state == "done":
            return 100
        return min(99, 100 * self.progress // self.total) if self.total else 0


def enqueue(
    kind: str,
    *,
    args: Mapping[str, Any],
    staff_id: int | None,
    account_id: int | None,
    office_code: str,
    once: str = "",
) -> Job:
    """Put a job in the queue, in the caller's transaction. ``args`` hold references, never personal data.

    With ``once`` a second call with the same word returns the first job: a form sent twice starts one piece of work.
    """
    fields = {"staff_id": staff_id, "account_id": account_id, "office_code": office_code, "args": dict(args)}
    try:
        with transaction.atomic():
            return Job.objects.create(kind=kind, once=once, created_at=calendar.now(), **fields)
    except IntegrityError:
        if not once:
            raise
        return Job.objects.get(kind=kind, once=once)


def job_view(ref: str) -> JobView | None:
    """The job of a reference; whether the asker may see it is the gate's question."""
    found = Job.objects.filter(ref=ref).order_by("id").first()
    return None if found is None else _view(found)


def jobs_of(account_id: int, *, limit: int = 20) -> list[JobView]:
    """The latest jobs an account asked for, newest first."""
    return [_view(found) for found in Job.objects.filter(account_id=account_id).order_by("-id")[:limit]]


def _view(found: Job) -> JobView:
    own = {name: getattr(found, name) for name in JobView.__dataclass_fields__ if name != "state_label"}
    if found.state == "running" and found.lease_until is not None and found.lease_until < calendar.now():
        own["note"] = WAITING
    return JobView(state_label=STATES[found.state], **own)
