"""Large result files as jobs: the officer sees progress and the page does not wait."""

from __future__ import annotations

from typing import Any

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused
from yimen.base.files import desk as files
from yimen.base.jobs import desk as jobs
from yimen.base.offices.models import Account
from yimen.casework.verification import queries
from yimen.gateways.provincial import door
from yimen.gateways.provincial.errors import BadFile
from yimen.gateways.provincial.shapes import ResultFile

JOB = "import_check_results"


def start(officer: Officer, result: ResultFile, data: bytes, name: str) -> str:
    """Keep the file and put its import in the queue; the job's reference."""
    batch = queries.batch_numbered(officer, result.batch_number)
    if batch is None:
        raise Refused(f"没有编号为“{result.batch_number}”的核对批次。", "unknown_batch", 422, "file")
    kept = door.keep_for_job(officer, data, name, batch.ref)
    job = jobs.enqueue(
        JOB,
        args={"file": kept.ref, "rows": result.row_count},
        staff_id=officer.staff.pk,
        account_id=officer.account.pk,
        office_code=officer.office.area_id,
    )
    return job.ref


@jobs.job(JOB)
def import_check_results(running: jobs.Running) -> dict[str, Any]:
    """Read the kept file anew and hand it to the room, as the officer who brought it, with the posts of today."""
    kept = files.find(running.args["file"])
    account = Account.objects.select_related("staff").filter(pk=running.job.account_id, is_active=True).first()
    if kept is None or account is None:
        raise jobs.JobFailed("导入的文件或账号已不在，没有改动任何内容。请重新导入。")
    officer = officer_of(account, f"job-{running.job.ref}")
    rows = int(running.args["rows"])
    running.tell(f"正在读取 {rows} 行结果", total=rows)
    data = files.read(kept)
    try:
        result = door.read(officer, data)
        running.tell(f"正在比对并写入 {rows} 行结果")
        taken = door.take_kept(officer, result)
    except BadFile as bad:
        raise jobs.JobFailed(bad.sentence) from bad
    except Refused as refused:
        if refused.code == "replayed" and (mine := _taken_before(officer, result)):
            return {"file": mine}  # a worker died after the act and before its last word
        raise jobs.JobFailed(refused.sentence) from refused
    return {"file": taken.ref}


def _taken_before(officer: Officer, result: ResultFile) -> str:
    batch = queries.batch_numbered(officer, result.batch_number)
    if batch is None:
        return ""
    rows = queries.files_of(batch).filter(digest=result.digest, taken_by=officer.staff)
    return next(iter(rows.values_list("ref", flat=True)), "")
