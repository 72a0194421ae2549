"""What the pages of the monthly comparison share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.desks.shared.shapes import Link
from yimen.gateways.provincial import monthly

TITLE = "每月比对"
IMPORT_NOTE = (
    "收 Excel（xlsx）和 JSON 两种结果文件，一个来源一份。一份文件要么全部采用，要么一行也不采用；"
    "同一份文件送来两次会被认出，不会记两次；不完整、被改动或者不是本区的文件不采用，并说明原因。"
)


def crumbs(run: Any = None) -> list[Link]:
    """The way back to the list, and to the month."""
    home = [Link(TITLE, reverse("district:comparisons"))]
    return [*home, Link(run.month, url(run))] if run is not None else home


def url(run: Any) -> str:
    """The page of a month's comparison."""
    return reverse("district:comparison", args=[run.ref])


def latest_import(officer: Officer) -> jobs.JobView | None:
    """The officer's own latest import of a large file, while it is at work or when it failed."""
    found = next((view for view in jobs.jobs_of(officer.account.pk) if view.kind == monthly.JOB), None)
    return found if found is not None and found.state != "done" else None
