"""The result of the rules for one household on one date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from yimen.law.reckoning.line import Line, NotReckoned, broken, recomputed
from yimen.law.reckoning.proposals import RECOGNITIONS, proposal_of
from yimen.law.standards import Figure


@dataclass(frozen=True)
class Failure:
    """A condition that is not met: why in one sentence, the article, the figures in words."""

    code: str
    sentence: str
    basis: str
    figures: str = ""


@dataclass(frozen=True)
class Reckoning:
    """What the rules find; the program proposes, a person decides.

    Money is fen a month. ``income_fen``, ``per_capita_fen`` and ``standard_fen`` are
    exact and unrounded; ``amount_fen`` is 0 unless ``eligible``. ``member_refs`` are
    counted in the household, ``covered_refs`` among the covered persons.
    """

    programme: str
    on: dt.date
    areas: tuple[str, ...]
    urban: bool
    lines: tuple[Line, ...]
    member_refs: tuple[str, ...]
    covered_refs: tuple[str, ...]
    income_fen: Fraction
    per_capita_fen: Fraction
    standard_fen: Fraction
    eligible: bool
    amount_fen: int
    category: str
    category_label: str
    recertify_months: int
    start_month: str
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def members(self) -> int:
        """Household size (家庭人口)."""
        return len(self.member_refs)

    @property
    def covered(self) -> int:
        """Number of covered persons (保障人数)."""
        return len(self.covered_refs)

    @property
    def result(self) -> str:
        """``approve`` or ``refuse``: a proposal."""
        return "approve" if self.eligible else "refuse"

    @property
    def proposal(self) -> str:
        """The proposal as one Chinese sentence."""
        return proposal_of(self)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every parameter version used, once."""
        found: list[Figure] = []
        seen: set[int] = set()
        alike: dict[str, list[Figure]] = {}
        for line in self.every:
            # The same object comes again and again; to compare whole figures each time takes longer than the rest.
            if line.figure is None or id(line.figure) in seen:
                continue
            seen.add(id(line.figure))
            same_key = alike.setdefault(line.figure.key, [])
            if line.figure not in same_key:
                same_key.append(line.figure)
                found.append(line.figure)
        return tuple(found)

    @property
    def demo(self) -> bool:
        """Whether invented figures took part: every page and paper must then say 示例."""
        return any(figure.confidence == "demo" for figure in self.figures)

    def summary(self) -> tuple[Line, ...]:
        """The main figures in order, for a panel: income, per head, standard, benefit, supplements, amount."""
        main = ("income.total", "income.per_capita", f"figure:dibao.standard.{'urban' if self.urban else 'rural'}")
        found = {line.code: line for line in self.walk() if line.op != "ref"}
        supplements = sorted(code for code in found if code.startswith("supplement.") and code.count(".") == 1)
        codes = (*main, "benefit.base", *supplements, "amount")
        return tuple(found[code] for code in codes if code in found)

    def walk(self) -> Iterator[Line]:
        """All lines of the tree."""
        return iter(self.every)

    @cached_property
    def every(self) -> tuple[Line, ...]:
        """All lines of the tree, gathered once: most of what is asked of a Reckoning goes through them."""
        return tuple(found for line in self.lines for found in line.walk())

    def line(self, code: str) -> Line:
        """The line of a code (not a repeat). Raises KeyError."""
        for line in self.walk():
            if line.code == code and line.op != "ref":
                return line
        raise KeyError(code)

    def recompute(self) -> int:
        """The amount in fen as it follows from facts and parameters alone.

        Raises NotReckoned when any figure of the tree does not follow from its parts.
        """
        codes = broken(self.lines)
        if codes:
            raise NotReckoned(codes)
        if not self.eligible:
            return 0
        if self.programme in RECOGNITIONS:
            return self._recognised()
        amount = recomputed(self.line("amount"))
        if not isinstance(amount, int) or amount != self.amount_fen:
            raise NotReckoned(["amount"])
        return amount

    def _recognised(self) -> int:
        """0, for a recognition has no amount. Raises NotReckoned when its conditions do not hold by themselves."""
        if recomputed(self.line("test")) is not True or self.amount_fen:
            raise NotReckoned(["test"])
        return 0

    def to_json(self) -> dict[str, object]:
        """A plain structure that ``from_json`` reads back; numbers between two fen as ``"n/d"``."""
        from yimen.law.reckoning.json_form import to_json

        return to_json(self)

    @classmethod
    def from_json(cls, data: object) -> Reckoning:
        """Read what ``to_json`` wrote. Raises ValueError when it is no such structure."""
        from yimen.law.reckoning.json_form import from_json

        return from_json(data)

    def to_text(self) -> str:
        """The whole tree in Chinese, indented."""
        from yimen.law.reckoning.text_form import to_text

        return to_text(self)
