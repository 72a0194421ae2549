"""Long work in somebody's name: put in the queue, done with the posts that he holds on the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.jobs import desk as jobs
from yimen.base.offices.models import Account
from yimen.base.runs.desk import Tell
from yimen.law.standards import Unset


def ask(officer: Officer, kind: str, args: dict[str, Any]) -> str:
    """Put work in the queue in the officer's name; the job's reference."""
    made = jobs.enqueue(
        kind, args=args, staff_id=officer.staff.pk, account_id=officer.account.pk, office_code=officer.office.area_id
    )
    return str(made.ref)


def as_officer(running: jobs.Running, words: str, work: Callable[[Officer, Tell], Any]) -> None:
    """Do the work as the officer who asked, telling ``words`` and how many households are done.

    Raises JobFailed with the sentence where it was refused, a figure is unset, or the officer is none any more.
    """
    account = Account.objects.select_related("staff").filter(pk=running.job.account_id or 0, is_active=True).first()
    if account is None:
        raise jobs.JobFailed("发起人的账号已停用，没有继续。请由现任人员重新办理。")

    def tell(done: int, total: int) -> None:
        running.tell(f"{words}，已处理 {done} / {total} 户", total=total, done=done)

    try:
        work(officer_of(account, f"job-{running.job.ref}"), tell)
    except Refused as refused:
        raise jobs.JobFailed(refused.sentence) from refused
    except Unset as unset:
        raise jobs.JobFailed(str(unset)) from unset
    except Unknown:
        raise jobs.JobFailed("不在本单位的范围内，没有继续。") from None
