"""The sources of a monthly comparison as both desks show them: what is late is a red line with its days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.desks.shared.shapes import Cell, Column, Empty, Row, Table, Tag

_FEEDS = [
    "来源", "数据单位", Column("提请（人）", numeric=True), "反馈", Column("查不到（人）", numeric=True),
    Column("与上次不同（项）", numeric=True), "状态",
]  # fmt: skip


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
