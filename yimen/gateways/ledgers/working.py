"""Long work on ledgers as jobs: reading a large file, taking a confirmed ledger in, undoing it, each with progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.jobs import desk as jobs
from yimen.base.offices.models import Account
from yimen.casework.awards import acts, ledger_queries as queries
from yimen.gateways.ledgers import door
from yimen.law.ledger import RunState
from yimen.law.standards import Unset

READ, CARRY = "ledger_read", "ledger_carry"
_WORDS = {READ: "正在读取并核对", CARRY: "正在写入"}


def start(officer: Officer, kind: str, run: Any, **args: Any) -> str:
    """Put work on a run in the queue; the job's reference. Two jobs on one run do no harm: each looks where it stands."""
    with transaction.atomic():
        job = jobs.enqueue(
            kind,
            args={"run": run.ref, **args},
            staff_id=officer.staff.pk,
            account_id=officer.account.pk,
            office_code=officer.office.area_id,
        )
        acts.note_job(officer, run.ref, job.ref)
    return job.ref


def job_of(run: Any) -> jobs.JobView | None:
    """The latest job on a run."""
    return jobs.job_view(run.job_ref) if run.job_ref else None


def _work(running: jobs.Running, work: Callable[[Officer, Callable[[int, int], None]], Any]) -> dict[str, Any]:
    """Do work on the run as the officer who asked, with the posts of today."""
    account = Account.objects.select_related("staff").filter(pk=running.job.account_id, is_active=True).first()
    if account is None:
        raise jobs.JobFailed("发起人的账号已停用，没有继续。请由现任人员重新办理。")
    officer = officer_of(account, f"job-{running.job.ref}")
    words = _WORDS[running.job.kind]

    def tell(done: int, total: int) -> None:
        running.tell(f"{words}，已处理 {done} / {total} 户", total=total, done=done)

    try:
        work(officer, tell)
    except Refused as refused:
        raise jobs.JobFailed(refused.sentence) from refused
    except Unset as unset:
        raise jobs.JobFailed(str(unset)) from unset
    except Unknown:
        raise jobs.JobFailed("这次导入已不在本单位，没有继续。") from None
    return {"run": running.args["run"]}


@jobs.job(READ)
def read_ledger(running: jobs.Running) -> dict[str, Any]:
    """Read a large file and draw its preview up."""
    running.tell("正在打开文件")

    def work(officer: Officer, tell: Callable[[int, int], None]) -> None:
        run = queries.run(officer, running.args["run"])
        if run.state in (RunState.READING, RunState.PREVIEWED):
            door.preview(officer, run, running.args.get("sheets", ()), running.args.get("fields", ()), tell)

    return _work(running, work)


@jobs.job(CARRY)
def carry_ledger(running: jobs.Running) -> dict[str, Any]:
    """Take a confirmed ledger in, or reverse it, from where it stands."""
    running.tell("正在准备")
    return _work(running, lambda officer, tell: acts.carry_on(officer, running.args["run"], tell))
