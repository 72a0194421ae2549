"""Rows of this room, by part."""

from yimen.casework.monthclose.close_models import FiledPerson, FiledRow, MonthClose
from yimen.casework.monthclose.comparison_models import (
    ComparisonAnswer,
    ComparisonFeed,
    ComparisonFinding,
    ComparisonGap,
    ComparisonHit,
    ComparisonLeftOut,
    ComparisonPart,
    ComparisonRun,
    ComparisonSubject,
)
from yimen.casework.monthclose.foreign_models import ForeignTemplate
from yimen.casework.monthclose.paper_models import MonthPaper
from yimen.casework.monthclose.platform_models import PlatformHeads, PlatformLine, PlatformRun, PlatformSheet

__all__ = [
    "ComparisonAnswer",
    "ComparisonFeed",
    "ComparisonFinding",
    "ComparisonGap",
    "ComparisonHit",
    "ComparisonLeftOut",
    "ComparisonPart",
    "ComparisonRun",
    "ComparisonSubject",
    "FiledPerson",
    "FiledRow",
    "ForeignTemplate",
    "MonthClose",
    "MonthPaper",
    "PlatformHeads",
    "PlatformLine",
    "PlatformRun",
    "PlatformSheet",
]
