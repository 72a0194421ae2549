"""A Reckoning of a day before the law rests on the measures alone."""

from __future__ import annotations

from dataclasses import replace

from yimen.law.reckoning import Line, Reckoning
from yimen.law.rules.context import D13, D21, D23
from yimen.law.sources import LAW_FROM, dated

# Where the law is the only article of a line, what the measures of 2021 say of the same thing.
_MEASURES = {"test": D21, "test.income": D13, "amount": D23}


def as_of_its_day(found: Reckoning) -> Reckoning:
    """The same result citing only what was in force on its day; from the law's first day on the very same object."""
    if found.on >= LAW_FROM:
        return found
    failures = [replace(each, basis=_basis(each.code, each.basis, found)) for each in found.failures]
    return replace(found, lines=tuple(_line(line, found) for line in found.lines), failures=tuple(failures))


def _line(line: Line, found: Reckoning) -> Line:
    operands = tuple(_line(each, found) for each in line.operands)
    return replace(line, operands=operands, basis=_basis(line.code, line.basis, found))


def _basis(code: str, basis: str, found: Reckoning) -> str:
    return dated(basis, found.on) or (_MEASURES.get(code, "") if basis else "")
