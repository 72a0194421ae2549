"""A Reckoning: the tree in which every figure says what it is, how it came about and what it rests on."""

from yimen.law.reckoning.line import (
    Line,
    NotReckoned,
    compute,
    figure_line,
    given,
    group,
    money_of,
    number_of,
    ref,
)
from yimen.law.reckoning.ops import LineValue
from yimen.law.reckoning.result import Failure, Reckoning

__all__ = [
    "Failure",
    "Line",
    "LineValue",
    "NotReckoned",
    "Reckoning",
    "compute",
    "figure_line",
    "given",
    "group",
    "money_of",
    "number_of",
    "ref",
]
