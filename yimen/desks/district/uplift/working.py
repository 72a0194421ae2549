"""Long work over the whole district as jobs: reckoning a raise, carrying it out, checking the register; each with progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.jobs import desk as jobs
from yimen.base.offices.models import Account
from yimen.casework.awards import acts
from yimen.casework.awards.uplift.checking import check_register
from yimen.law.standards import Unset

DRAW, CARRY, CHECK = "uplift_draw", "uplift_carry", "register_check"
_WORDS = {DRAW: "正在核算", CARRY: "正在执行", CHECK: "正在核对"}
Tell = Callable[[int, int], None]


def start(officer: Officer, kind: str, run: Any) -> str:
    """Put work on a run in the queue; the job's reference. Two jobs on one run do no harm: each looks where it stands."""
    with transaction.atomic():
        job = _enqueue(officer, kind, {"run": run.ref})
        acts.note_uplift_job(officer, run.ref, job.ref)
    return job.ref


def start_check(officer: Officer) -> str:
    """Have the register of the officer's district checked; the job's reference."""
    return _enqueue(officer, CHECK, {"area": officer.district}).ref


def _enqueue(officer: Officer, kind: str, args: dict[str, str]) -> Any:
    return jobs.enqueue(
        kind, args=args, staff_id=officer.staff.pk, account_id=officer.account.pk, office_code=officer.office.area_id
    )


def latest_check(officer: Officer) -> jobs.JobView | None:
    """The officer's own latest check, while it is at work or when it failed."""
    found = next((view for view in jobs.jobs_of(officer.account.pk) if view.kind == CHECK), None)
    return found if found is not None and found.state != "done" else None


def _work(running: jobs.Running, work: Callable[[Officer, Tell], Any]) -> dict[str, Any]:
    """Do work as the officer who asked, with the posts of today."""
    account = Account.objects.select_related("staff").filter(pk=running.job.account_id, is_active=True).first()
    if account is None:
        raise jobs.JobFailed("发起人的账号已停用，没有继续。请由现任人员重新办理。")
    officer, words = officer_of(account, f"job-{running.job.ref}"), _WORDS[running.job.kind]

    def tell(done: int, total: int) -> None:
        running.tell(f"{words}，已处理 {done} / {total} 户", total=total, done=done)

    try:
        work(officer, tell)
    except Refused as refused:
        raise jobs.JobFailed(refused.sentence) from refused
    except Unset as unset:
        raise jobs.JobFailed(str(unset)) from unset
    except Unknown:
        raise jobs.JobFailed("不在本区范围内，没有继续。") from None
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
