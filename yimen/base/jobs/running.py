"""What a job's function holds in its hands, and the register of functions."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction

from yimen.base.jobs.models import Job
from yimen.law import calendar

LEASE = timedelta(seconds=120)
WAITING = "处理中断（数据库正忙、磁盘已满或者正在重启），几分钟内自动接着办，已完成的部分有效。一再出现时请系统管理员查看磁盘。"
"""What is told of a job that could not write, or whose worker is gone."""
Item = TypeVar("Item")


class JobFailed(Exception):
    """The work cannot be done; the message is the Chinese sentence shown to the officer who asked."""


class LeaseLost(Exception):
    """Another worker has taken the job up; this one must write nothing more."""


class Running:
    """A job under lease: who asked, with which arguments; report progress here."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.args: dict[str, Any] = job.args

    def tell(self, note: str, *, total: int | None = None, done: int | None = None) -> None:
        """Renew the lease and say what is going on. Raises :class:`LeaseLost`.

        ``done`` of ``total`` shows how far work is that starts anew when it is taken up again; work that goes on where
        it stood uses :meth:`each`.
        """
        counts = {"total": total, "progress": done}
        self._save(note=note[:200], **{name: value for name, value in counts.items() if value is not None})

    def each(self, items: Sequence[Item], work: Callable[[Sequence[Item]], None], *, size: int = 200) -> None:
        """Do ``work`` on portions of ``items``, each portion in one transaction with its progress.

        ``items`` must be the same and in the same order when the job is taken up again; portions already done are not
        handed out a second time, so the work needs no bookkeeping of its own.
        """
        self._save(total=len(items))
        for start in range(self.job.progress, len(items), size):
            portion = items[start : start + size]
            with transaction.atomic():
                work(portion)
                self._save(progress=start + len(portion))

    def _save(self, **changes: Any) -> None:
        changes["lease_until"] = calendar.now() + LEASE
        if not held(self.job).update(**changes):
            raise LeaseLost(self.job.ref)
        for name, value in changes.items():
            setattr(self.job, name, value)


def held(job: Job) -> Any:
    """The row, if this worker still holds it: whoever takes a job up counts its attempts one higher."""
    return Job.objects.filter(pk=job.pk, state="running", attempts=job.attempts)


Work = Callable[[Running], dict[str, Any] | None]
_works: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of a kind. It returns the result as plain data, or None."""

    def register(work: Work) -> Work:
        if _works.setdefault(kind, work) is not work:
            raise ValueError(f"two functions for the jobs of kind {kind!r}")
        return work

    return register


def work_of(kind: str) -> Work | None:
    """The function for a kind."""
    return _works.get(kind)


def known_kinds() -> Iterable[str]:
    """Every registered kind."""
    return sorted(_works)
