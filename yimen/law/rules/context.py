"""What every rule is handed: the facts, the figures of the day, and who counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from yimen.law.reckoning import Line, compute, figure_line, given
from yimen.law.rules.facts import HouseholdFacts, PersonFacts
from yimen.law.rules.members import Membership
from yimen.law.standards import Figure
from yimen.law.terms import Period

D7, D8 = "民发〔2021〕57号第七条", "民发〔2021〕57号第八条"
D13, D14 = "民发〔2021〕57号第十三条", "民发〔2021〕57号第十四条"
D21, D23 = "民发〔2021〕57号第二十一条", "民发〔2021〕57号第二十三条"
D27, D31 = "民发〔2021〕57号第二十七条", "民发〔2021〕57号第三十一条"
L18, L20, L23 = "社会救助法第十八条", "社会救助法第二十条", "社会救助法第二十三条"
L16, L17 = "社会救助法第十六条", "社会救助法第十七条"
L21, L22 = "社会救助法第二十一条", "社会救助法第二十二条"
T4, T5, T6, T7, T8, T9 = (f"民发〔2021〕43号第{number}条" for number in "四五六七八九")
T13, T17, T19, T22 = (
    "民发〔2021〕43号第十三条",
    "民发〔2021〕43号第十七条",
    "民发〔2021〕43号第十九条",
    "民发〔2021〕43号第二十二条",
)
R4, R5, R10 = "民发〔2024〕57号第四条", "民发〔2024〕57号第五条", "民发〔2024〕57号第十条"
N14 = "民发〔2022〕83号一（四）"

MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.SEASON: 6, Period.YEAR: 12}


@dataclass(frozen=True)
class Terms:
    """What a programme says of income and property: its articles, its own lists and its own limits.

    ``limits`` begins the keys of its property limits; ``pension`` is the key that leaves the base
    pension out; ``exclusions`` are the keys of what else does not count, the national list first.
    ``deductions``: the costs of D13 come off. ``formula``: an obligor's support fee is estimated;
    otherwise only what is paid or ordered by a court counts.
    """

    income: str = D13
    property: str = D14
    limits: str = "property.dibao"
    pension: str = "dibao.exclude_base_pension"
    exclusions: tuple[str, ...] = ("dibao.income_exclusions", "dibao.income_exclusions_local")
    deductions: bool = True
    formula: bool = True
    whose: str = "家庭"


DIBAO = Terms()
EDGE = Terms(property=N14, limits="property.edge")
"""An edge household's income is reckoned as dibao's (D8 names the same household); its limits are its own."""
RIGID = Terms(property=R4, limits="property.rigid")
TEKUN = Terms(
    income=T6,
    property=T7,
    limits="property.tekun",
    pension="tekun.exclude_base_pension",
    exclusions=("tekun.income_exclusions",),
    deductions=False,
    formula=False,
    whose="本人",
)


@dataclass(frozen=True)
class Case:
    """One household on one date. ``figures`` holds every figure the facts ask for."""

    facts: HouseholdFacts
    figures: Mapping[str, Figure]
    on: dt.date
    urban: bool
    members: tuple[Membership, ...]
    terms: Terms = DIBAO

    @cached_property
    def counted(self) -> tuple[PersonFacts, ...]:
        """The household members in the sense of D7."""
        return tuple(row.person for row in self.members if row.counted)

    @cached_property
    def covered(self) -> tuple[PersonFacts, ...]:
        """The persons whom the benefit is for."""
        return tuple(row.person for row in self.members if row.covered)

    def is_counted(self, ref: str) -> bool:
        """Whether a person of that reference is a member."""
        return any(person.ref == ref for person in self.counted)

    def standard(self) -> Line:
        """The local standard a month: as published, or a twelfth of a yearly one."""
        figure = self.figures[standard_key(self.urban)]
        if figure.unit == "fen/year":
            return per_month("standard.month", "低保标准（每月）", figure_line(figure), 12)
        return figure_line(figure, unit="fen/month")


def standard_key(urban: bool) -> str:
    """Key of the standard that applies."""
    return "dibao.standard.urban" if urban else "dibao.standard.rural"


def per_month(code: str, name: str, amount: Line, months: int, *, figure: Figure | None = None) -> Line:
    """An amount over some months as a monthly one, exactly; the months of ``figure`` if it is given."""
    if months == 1:
        return amount
    divisor = figure_line(figure) if figure else given(f"{code}.months", "折算月数", months, "month")
    return compute(code, name, "over", [amount, divisor], "fen", formula=f"{amount.name}÷月数")


def monthly_line(code: str, name: str, figure: Figure) -> Line:
    """A published amount a month: as it stands, or a twelfth of a yearly one."""
    if figure.unit == "fen/year":
        return per_month(code, name, figure_line(figure), 12)
    return figure_line(figure, name=name, unit="fen/month")


def share_line(code: str, name: str, amount: Line, figure: Figure, share: Fraction, *, basis: str = "") -> Line:
    """A share of an amount, the share being (part of) a parameter."""
    part = figure_line(figure, share, name="比例", unit="ratio")
    return compute(code, name, "times", [amount, part], "fen", formula=f"{amount.name}×比例", basis=basis)
