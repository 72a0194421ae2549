"""Rows of this room, by part."""

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
]
