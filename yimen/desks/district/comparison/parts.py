"""What the pages of the monthly comparison share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.desks.shared.shapes import Cell, Column, Empty, Link, Row, Table, Tag
from yimen.gateways.provincial import monthly

TITLE = "每月比对"
IMPORT_NOTE = (
    "收 Excel（xlsx）和 JSON 两种结果文件，一个来源一份。一份文件要么全部采用，要么一行也不采用；"
    "同一份文件送来两次会被认出，不会记两次；不完整、被改动或者不是本区的文件不采用，并说明原因。"
)
_FEEDS = [
    "来源", "数据单位", Column("提请（人）", numeric=True), "反馈", Column("查不到（人）", numeric=True),
    Column("与上次不同（项）", numeric=True), "状态",
]  # fmt: skip


def crumbs(run: Any = None) -> list[Link]:
    """The way back to the list, and to the month."""
    home = [Link(TITLE, reverse("district:comparisons"))]
    return [*home, Link(run.month, url(run))] if run is not None else home


def url(run: Any) -> str:
    """The page of a month's comparison."""
    return reverse("district:comparison", args=[run.ref])


def state_tag(feed: Any) -> Tag:
    """How a source stands: late is red, not yet due blue, whole green."""
    if feed.whole:
        return Tag("green", feed.words)
    return Tag("red" if feed.late > 0 else "amber" if feed.late == 0 else "blue", feed.words)


def feed_table(feeds: Sequence[Any], label: str = "各来源的反馈") -> Table:
    """Every source of a run; what is late is a red line with its days."""
    rows = [
        Row(
            [
                feed.label,
                feed.body,
                feed.persons,
                f"{feed.last_on}" if feed.last_on else "—",
                Cell(str(feed.unanswered), note="下月再提请" if feed.unanswered else "") if feed.arrived else "—",
                feed.hits if feed.arrived else "—",
                Cell(tag=state_tag(feed)),
            ],
            tone="refused" if feed.late > 0 and not feed.whole else "",
        )
        for feed in feeds
    ]
    return Table(_FEEDS, rows, label=label, empty=Empty("还没有提请。"))


def latest_import(officer: Officer) -> jobs.JobView | None:
    """The officer's own latest import of a large file, while it is at work or when it failed."""
    found = next((view for view in jobs.jobs_of(officer.account.pk) if view.kind == monthly.JOB), None)
    return found if found is not None and found.state != "done" else None
