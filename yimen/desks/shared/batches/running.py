"""A batch on its way: row after row, each in its own transaction; many rows in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.jobs import desk as jobs
from yimen.desks.shared.batches.kinds import KINDS
from yimen.desks.shared.models import Batch
from yimen.law.calendar import now

JOB = "batch"
AT_ONCE = 20
MOST = 500
OUT_OF_SIGHT = "这件不在您的办理范围内，或已不存在。"


def begin(officer: Officer, act: str, cases: Sequence[tuple[str, int | None]], fields: Mapping[str, Any]) -> Batch:
    """Take the batch on: few rows at once, more in the background. ``cases`` are references with the versions shown."""
    if not cases:
        raise Refused("没有勾选案件。请返回名单，勾选后再办理。", "nothing", 422)
    if len(cases) > MOST:
        raise Refused(f"一次最多 {MOST} 件，这次勾选了 {len(cases)} 件。请分几次办理。", "too_many", 422)
    rows = [{"ref": ref, "version": version, "state": "waiting", "told": ""} for ref, version in cases]
    plain = {name: ",".join(value) if isinstance(value, list) else str(value) for name, value in fields.items()}
    batch = Batch.objects.create(account=officer.account, act=act, fields=plain, rows=rows, asked_at=now())
    if len(rows) > AT_ONCE:
        made = jobs.enqueue(
            JOB,
            args={"batch": batch.ref},
            staff_id=officer.staff.pk,
            account_id=officer.account.pk,
            office_code=officer.office.area_id,
            once=batch.ref,
        )
        batch.job_ref = made.ref
        batch.save(update_fields=["job_ref"])
        return batch
    for place in range(len(rows)):
        _row(officer, batch, place)
    _finish(batch)
    return batch


@jobs.job(JOB)
def work(run: jobs.Running) -> dict[str, Any]:
    """In the background, with the posts of now; a row that was done is not done again."""
    batch = Batch.objects.select_related("account__staff").get(ref=run.args["batch"])
    officer = officer_of(batch.account)

    def portion(places: Sequence[int]) -> None:
        for place in places:
            _row(officer, batch, place)

    run.each(range(len(batch.rows)), portion, size=1)
    _finish(batch)
    return {"batch": batch.ref}


def _row(officer: Officer, batch: Batch, place: int) -> None:
    """One act and its outcome, kept together: both or neither."""
    row = batch.rows[place]
    if row["state"] != "waiting":
        return
    with transaction.atomic():
        state, told = _done(officer, batch, row)
        batch.rows[place] = {**row, "state": state, "told": told}
        Batch.objects.filter(pk=batch.pk).update(rows=batch.rows)


def _done(officer: Officer, batch: Batch, row: Mapping[str, Any]) -> tuple[str, str]:
    try:
        kind = KINDS[batch.act]
        kind.knock(officer, kind.over.fetch(officer, row["ref"]), row["version"], batch.fields)
    except Unknown:
        return "refused", OUT_OF_SIGHT
    except Refused as refused:
        return "refused", refused.sentence
    return "done", ""


def _finish(batch: Batch) -> None:
    batch.finished_at = now()
    batch.save(update_fields=["finished_at"])
