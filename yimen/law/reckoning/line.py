"""One line of a Reckoning, and the functions that build lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yimen.law.money import show_exact
from yimen.law.reckoning.ops import LEAVES, LineValue, apply
from yimen.law.standards import Figure, key_of

_UNIT_LABELS = {
    "fen": "元",
    "fen/month": "元/月",
    "fen/year": "元/年",
    "person": "人",
    "month": "个月",
    "mu": "亩",
    "vehicle": "辆",
    "house": "套",
    "age": "周岁",
}


class NotReckoned(ValueError):
    """A tree whose figures do not follow from each other; ``codes`` names the lines."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(f"核算单前后不一致，请重新计算：{'、'.join(codes)}")


@dataclass(frozen=True)
class Line:
    """A figure with its name, its formula in words, what it was made from and what it rests on.

    ``value`` is exact (fen for money). ``op`` says how it follows from ``operands``;
    ``given`` is a fact, ``figure`` a parameter, ``ref`` repeats the line of that code,
    ``group`` holds lines together without a value of its own. ``declared`` is what the
    applicant stated, in fen, where something else was adopted.
    """

    code: str
    name: str
    value: LineValue
    unit: str
    op: str = "given"
    formula: str = ""
    operands: tuple[Line, ...] = ()
    basis: str = ""
    figure: Figure | None = None
    note: str = ""
    imputed: bool = False
    declared: int | None = None

    @property
    def inputs(self) -> tuple[Line, ...]:
        """The operands that are facts, parameters or repeats."""
        return tuple(line for line in self.operands if not line.operands)

    @property
    def children(self) -> tuple[Line, ...]:
        """The operands that have operands themselves."""
        return tuple(line for line in self.operands if line.operands)

    @property
    def shown(self) -> str:
        """The value in Chinese, money in yuan."""
        return shown(self.value, self.unit)

    def walk(self) -> Iterator[Line]:
        """This line and all below it."""
        yield self
        for line in self.operands:
            if line.operands:
                yield from line.walk()
            else:  # most lines end here: no generator of their own
                yield line


def shown(value: LineValue, unit: str) -> str:
    """A value with its unit in Chinese; empty for a group."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    label = _UNIT_LABELS.get(unit, "")
    return f"{show_exact(value)}{label}" if unit.startswith("fen") else f"{plain(value)}{label}"


def plain(value: int | Fraction) -> str:
    """A number that is no money: decimals where they end, else a fraction."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    for places in range(1, 7):
        if 10**places % exact.denominator == 0:
            scaled = abs(exact) * 10**places
            digits = str(scaled.numerator).rjust(places + 1, "0")
            return f"{'-' if exact < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return f"{exact.numerator}/{exact.denominator}"


def given(
    code: str, name: str, value: LineValue, unit: str, *, note: str = "", basis: str = "", declared: int | None = None
) -> Line:
    """A fact."""
    return Line(code, name, value, unit, basis=basis, note=note, declared=declared)


def figure_line(figure: Figure, value: LineValue = None, *, name: str = "", unit: str = "") -> Line:
    """A parameter, whole or the part of it that applies."""
    number = figure.as_fraction() if value is None else value
    if isinstance(number, Fraction) and number.denominator == 1:
        number = number.numerator
    return Line(
        f"figure:{figure.key}",
        name or key_of(figure.key).label,
        number,
        unit or figure.unit,
        op="figure",
        basis=key_of(figure.key).basis,
        figure=figure,
    )


def compute(
    code: str,
    name: str,
    op: str,
    operands: Iterable[Line],
    unit: str,
    *,
    formula: str = "",
    basis: str = "",
    note: str = "",
    figure: Figure | None = None,
    imputed: bool = False,
) -> Line:
    """A line whose value follows from its operands."""
    lines = tuple(operands)
    value = apply(op, [line.value for line in lines])
    return Line(code, name, value, unit, op, formula, lines, basis, figure, note, imputed)


def group(code: str, name: str, lines: Iterable[Line], *, note: str = "", basis: str = "") -> Line:
    """Lines that belong together."""
    return Line(code, name, None, "", "group", "", tuple(lines), basis, note=note)


def ref(line: Line) -> Line:
    """A repeat of a line that stands elsewhere in the same tree."""
    return Line(line.code, line.name, line.value, line.unit, op="ref")


def recomputed(line: Line) -> LineValue:
    """The value that follows from the leaves below a line."""
    if line.op in LEAVES:
        return line.value
    return apply(line.op, [recomputed(operand) for operand in line.operands])


def broken(lines: Sequence[Line]) -> tuple[str, ...]:
    """Codes of lines that do not follow from their operands, or repeat what stands nowhere so."""
    every = [found for line in lines for found in line.walk()]
    stated = {(line.code, line.value) for line in every if line.op != "ref"}
    return tuple(
        line.code
        for line in every
        if (line.op == "ref" and (line.code, line.value) not in stated)
        or (line.op not in LEAVES and not _same(line.value, recomputed(line)))
    )


def _same(stored: LineValue, fresh: LineValue) -> bool:
    return isinstance(stored, bool) == isinstance(fresh, bool) and stored == fresh


def number_of(line: Line) -> Fraction:
    """The exact number of a line. Raises ValueError for a line without one."""
    if line.value is None or isinstance(line.value, str):
        raise ValueError(f"{line.code} is no number")
    return Fraction(line.value)


def money_of(line: Line) -> int:
    """The whole fen of a rounded line. Raises ValueError for anything unrounded."""
    number = number_of(line)
    if number.denominator != 1:
        raise ValueError(f"{line.code} is not rounded")
    return number.numerator
