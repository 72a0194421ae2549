"""The few operations a figure can come from. Building a line and recomputing it use the same ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod
from typing import TypeAlias

from yimen.law.money import ROUNDING_LABELS, round_fen

LineValue: TypeAlias = bool | int | Fraction | str | None
Number: TypeAlias = int | Fraction
Numbers: TypeAlias = Sequence[Number]

_ARITHMETIC: dict[str, Callable[[Numbers], Number]] = {
    "sum": sum,
    "minus": lambda numbers: numbers[0] - sum(numbers[1:]),
    "times": prod,
    "over": lambda numbers: Fraction(numbers[0]) / numbers[1],
    "max": max,
    "min": min,
}
_COMPARISONS: dict[str, Callable[[Numbers], bool]] = {
    "below": lambda numbers: numbers[0] < numbers[1],
    "at_most": lambda numbers: numbers[0] <= numbers[1],
}
_ROUND = {f"round:{mode}": mode for mode in ROUNDING_LABELS}

LEAVES = frozenset({"given", "figure", "ref", "group"})
"""Operations whose value is not computed from operands."""


def apply(op: str, values: Sequence[LineValue]) -> LineValue:
    """The value of an operation: exact numbers, or yes and no.

    Raises ValueError for an unknown operation or a value that is no number.
    """
    if op == "all":
        return all(values)
    if op == "any":
        return any(values)
    numbers = [_number(value) for value in values]
    if op in _COMPARISONS:
        return _COMPARISONS[op](numbers)
    if op in _ROUND:
        return round_fen(Fraction(numbers[0]), _ROUND[op])
    if op not in _ARITHMETIC:
        raise ValueError(f"unknown operation {op}")
    return tidy(_ARITHMETIC[op](numbers))


def tidy(number: Number) -> Number:
    """A whole number as int."""
    return number.numerator if number.denominator == 1 else number


def _number(value: LineValue) -> Number:
    if value is None or isinstance(value, str):
        raise ValueError(f"no number: {value!r}")
    return int(value) if isinstance(value, bool) else value
