"""How far a month's comparison is, and which households it keeps from the close: what the cockpit of the month asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from yimen.casework.awards.models import Award
from yimen.casework.monthclose.models import (
    ComparisonAnswer,
    ComparisonFeed,
    ComparisonHit,
    ComparisonPart,
    ComparisonRun,
)
from yimen.law.checks import is_source, source
from yimen.law.comparison import HitState

_OPEN = str(HitState.OPEN)
SHOWN = (
    "award__household__head", "award__township", "award__village", "subject__person", "subject__obligor", "run",
    "settled_by", "change",
)  # fmt: skip


def run_of(area: str, month: str) -> ComparisonRun | None:
    """The comparison of a month for a township or its district; None where nobody has asked."""
    return ComparisonRun.objects.filter(district_id=area[:6], month=month).first()


@dataclass(frozen=True)
class FeedState:
    """One source of a run: how many of its parts have come, and how late it is; ``late`` in days past the day it was due."""

    feed: ComparisonFeed
    label: str
    body: str
    parts: int
    arrived: int
    persons: int
    rows: int
    unanswered: int
    hits: int
    last_on: date | None
    late: int

    @property
    def whole(self) -> bool:
        """Whether everything of it is there."""
        return self.arrived == self.parts

    @property
    def words(self) -> str:
        """How it stands, for one cell."""
        if self.whole:
            return "已反馈"
        part = f"（{self.parts} 份到 {self.arrived} 份）" if self.arrived else ""
        if self.late > 0:
            return f"逾期 {self.late} 天未反馈{part}"
        return f"还有 {-self.late} 天{part}" if self.late < 0 else f"今天到期{part}"


def feeds(found: ComparisonRun, on: date) -> list[FeedState]:
    """Every source of a run in the order of its request, on a day; in four statements."""
    parts = ComparisonPart.objects.filter(feed__run=found).order_by().values("feed")
    asked = {row["feed"]: row for row in parts.annotate(n=Count("pk"), persons=Sum("persons"))}
    answers = ComparisonAnswer.objects.filter(part__feed__run=found, part__whole_at__isnull=False).order_by()
    come: dict[int, list[ComparisonAnswer]] = {}
    for answer in answers.select_related("part"):
        come.setdefault(answer.part.feed_id, []).append(answer)
    hits = ComparisonHit.objects.filter(run=found).order_by().values_list("source").annotate(n=Count("pk"))
    by_source = dict(hits)
    rows = ComparisonFeed.objects.filter(run=found).select_related("run").order_by("position")
    return [_feed(feed, asked[feed.pk], come.get(feed.pk, []), by_source.get(feed.source, 0), on) for feed in rows]


def _feed(feed: ComparisonFeed, asked: dict[str, int], come: list[ComparisonAnswer], hits: int, on: date) -> FeedState:
    known = source(feed.source) if is_source(feed.source) else None
    return FeedState(
        feed=feed, label=known.label if known else feed.source, body=known.body if known else "",
        parts=asked["n"], arrived=len(come), persons=asked["persons"],
        rows=sum(row.rows for row in come), unanswered=sum(row.unanswered for row in come), hits=hits,
        last_on=max((row.answered_on for row in come), default=None), late=(on - feed.run.due_on).days,
    )  # fmt: skip


def open_hits(township: str, month: str) -> QuerySet[ComparisonHit]:
    """Hits of a township that wait, of this month's comparison or an earlier one: each keeps its own household only."""
    rows = ComparisonHit.objects.filter(award__township_id=township, run__month__lte=month, state=_OPEN)
    return rows.select_related(*SHOWN).order_by("award__village_id", "household_id", "id")


def waiting_households(township: str, month: str) -> int:
    """How many households of a township are kept from the close of the month by a hit that waits."""
    return open_hits(township, month).order_by().values("household").distinct().count()


def households_waiting(township: str, month: str) -> set[int]:
    """Which households (their numbers in the database) a hit that waits keeps from the close of the month."""
    return set(open_hits(township, month).order_by().values_list("household_id", flat=True))


def waiting_among(awards: Iterable[int]) -> set[int]:
    """Which of these awards belong to a household with a hit that waits, in one statement."""
    waits = ComparisonHit.objects.filter(household=OuterRef("household"), state=_OPEN)
    rows = Award.objects.filter(Exists(waits), pk__in=list(awards)).order_by()
    return set(rows.values_list("pk", flat=True))


@dataclass(frozen=True)
class MonthState:
    """How far a month's comparison is: ``asked`` at all, sources ``due`` that came or lack, those ``late``."""

    run: ComparisonRun | None
    feeds: tuple[FeedState, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether anybody has asked."""
        return self.run is not None

    @property
    def lacking(self) -> tuple[FeedState, ...]:
        """Sources of which something is missing."""
        return tuple(feed for feed in self.feeds if not feed.whole)

    @property
    def late(self) -> tuple[FeedState, ...]:
        """Sources past their day."""
        return tuple(feed for feed in self.lacking if feed.late > 0)

    @property
    def answered(self) -> bool:
        """Whether every source has answered everything."""
        return self.asked and not self.lacking

    @property
    def words(self) -> str:
        """The state in one sentence."""
        if self.run is None:
            return "本月比对还没有提请"
        if self.late:
            return f"{'、'.join(feed.label for feed in self.late)}逾期 {max(feed.late for feed in self.late)} 天未反馈"
        if self.lacking:
            return f"{len(self.feeds)} 个来源已反馈 {len(self.feeds) - len(self.lacking)} 个"
        return f"{len(self.feeds)} 个来源全部反馈"


def month_state(area: str, month: str, on: date) -> MonthState:
    """The comparison of a month for a township or its district, on a day."""
    found = run_of(area, month)
    return MonthState(found, tuple(feeds(found, on))) if found else MonthState(None)
