"""The form for a result file, and the imports that run in the background."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.desks.shared.moments import moment
from yimen.desks.shared.shapes import Block, Cell, Link, Row, Table, Tag
from yimen.gateways.provincial.opening import MAX_BYTES
from yimen.gateways.provincial.working import JOB

_TONES = {"waiting": "blue", "running": "blue", "done": "green", "failed": "red"}


class ResultFileForm(forms.Form):
    """One result file of the provincial agency."""

    file = forms.FileField(
        label="结果文件",
        help_text=f"xlsx 或 json，最大 {MAX_BYTES // 1024 // 1024} MB",
        error_messages={"required": "请选择核对机构提供的结果文件。", "empty": "文件是空的，请重新选择。"},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请核对机构分批提供。")
        return upload


def own_jobs(officer: Officer) -> list[jobs.JobView]:
    """Imports that this account asked for, newest first."""
    return [view for view in jobs.jobs_of(officer.account.pk) if view.kind == JOB]


def progress_words(view: jobs.JobView) -> dict[str, Any]:
    """What the progress card shows."""
    text = view.note or "正在排队，结果文件很快开始导入"
    return {
        "url": reverse("district:import_job", args=[view.ref]),
        "done": view.progress,
        "of": view.total or 1,
        "text": text,
    }


def progress_of(officer: Officer) -> dict[str, Any] | None:
    """The running import of this account, if any."""
    running = next((view for view in own_jobs(officer) if not view.over), None)
    return progress_words(running) if running else None


def import_jobs(officer: Officer) -> list[Block]:
    """How the latest background imports ended."""
    views = [view for view in own_jobs(officer) if view.over][:5]
    if not views:
        return []
    rows = []
    for view in views:
        found = view.result.get("file", "")
        result: Any = Link("查看结果", reverse("district:result_file", args=[found])) if found else view.error
        rows.append(Row([Cell(moment(view.created_at)), Tag(_TONES[view.state], view.state_label), result]))
    return [Block("后台导入", table=Table(["发起", "状态", "结果"], rows, label="后台导入"))]
