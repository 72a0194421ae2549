"""A recognition (边缘家庭, 刚性支出困难家庭) or 单人保 that runs, weighed anew: whether it is kept, and why (D8; R4; L21, L22, L46).

The rules are those of the first decision. Two things differ while it runs. A household that has become so poor that it
meets the conditions of dibao keeps its recognition: nobody enters dibao without an application (D28), and the decision on
it ends the recognition (0025). And 单人保 goes on only while the household of the person is an edge household.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from yimen.law.reckoning import Failure, Line, Reckoning, number_of
from yimen.law.rules.applied import ApplicationFacts
from yimen.law.rules.assess import EDGE_DISABILITY, EDGE_ILLNESS, apart
from yimen.law.rules.dibao import reckon_dibao
from yimen.law.rules.edge import ON_DIBAO, reckon_edge
from yimen.law.rules.facts import BadFacts, HouseholdFacts, PersonFacts
from yimen.law.rules.recognition import Place
from yimen.law.rules.rigid import reckon_rigid
from yimen.law.rules.rigid_spending import share_of
from yimen.law.standards import Book
from yimen.law.terms import Programme

NOBODY = "核算结果里没有本项保障，请单独核实。"
FAMILY_OVER = "单人保以所在家庭是低保边缘家庭为条件，所在家庭的认定已经终止。"
APPLY = "家庭现在符合最低生活保障条件：认定继续有效，请及时帮助其申请低保，作出低保决定时本项认定同时终止。"
BEFORE = "按原来的确认或者台账单独保障"
"""The reason where none was kept: it was asked when the cover began, not now."""
_FAMILY = "single.edge"


@dataclass(frozen=True)
class Kept:
    """What the rules find of a running award. ``family`` is the edge test of the household of 单人保, where its facts are known."""

    reckoning: Reckoning
    family: Reckoning | None = None

    @property
    def poorer(self) -> bool:
        """Whether all that speaks against a recognition is that the household now meets the conditions of dibao."""
        return _only_poorer(self.reckoning)

    @property
    def holds(self) -> bool:
        """Whether it is kept."""
        return self.reckoning.eligible or self.poorer

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Why it is not kept; empty where it is."""
        return () if self.holds else tuple(self._failure(each) for each in self.reckoning.failures)

    def _failure(self, each: Failure) -> Failure:
        if each.code != _FAMILY:
            return each
        if self.family is None or self.family.eligible or _only_poorer(self.family):
            return replace(each, sentence=FAMILY_OVER)
        why = "".join(failure.sentence for failure in self.family.failures)
        return replace(each, sentence=f"所在家庭不再符合低保边缘家庭条件：{why}")

    @property
    def notes(self) -> tuple[str, ...]:
        """What the officer should know beside the result."""
        poorer = self.poorer or (self.family is not None and _only_poorer(self.family))
        return (*((APPLY,) if poorer else ()), *self.reckoning.warnings)


def _only_poorer(found: Reckoning) -> bool:
    return bool(found.failures) and {failure.code for failure in found.failures} == {ON_DIBAO.code}


# -- the three of them -------------------------------------------------------------------------


def keep_edge(household: HouseholdFacts, place: Place) -> Kept:
    """An edge household on a day. Raises law.standards.Unset, BadFacts, BadFigure."""
    return Kept(reckon_edge(_whole(household), *_args(place)))


def keep_rigid(facts: ApplicationFacts, place: Place) -> Kept:
    """A household with rigid expenditure on a day. Raises as ``keep_edge``, and NotEstablished."""
    return Kept(reckon_rigid(replace(facts, household=_whole(facts.household)), *_args(place)))


def keep_single(household: HouseholdFacts, ref: str, place: Place, *, recognised: bool, reason: str) -> Kept:
    """The person of a reference on 单人保. ``recognised``: the recognition of the household runs; ``reason``: why alone.

    Where one person had applied alone, the household's own facts are not known and its recognition speaks for it.
    Raises as ``keep_edge``.
    """
    person = next((each for each in household.people if each.ref == ref), None)
    if person is None:
        raise BadFacts("people", NOBODY)
    if household.single:
        return Kept(reckon_dibao(replace(household, edge_confirmed=recognised), *_args(place)))
    family = reckon_edge(_whole(household), *_args(place))
    edge = recognised and (family.eligible or _only_poorer(family))
    alone = replace(
        apart(household, person),
        single_ground=_ground(person),
        single_reason=reason or household.single_reason or BEFORE,
        edge_confirmed=edge,
    )
    return Kept(reckon_dibao(alone, *_args(place)), family)


def _args(place: Place) -> tuple[Book, tuple[str, ...], dt.date, bool]:
    return place.book, place.areas, place.on, place.urban


def _whole(household: HouseholdFacts) -> HouseholdFacts:
    return replace(household, single_ground="", single_reason="", edge_confirmed=False)


def _ground(person: PersonFacts) -> str:
    """The ground that he meets; of one who meets none, the one that he comes nearest to."""
    disabled = person.severely_disabled or (bool(person.disability_grade) and not person.serious_illness)
    return EDGE_DISABILITY if disabled else EDGE_ILLNESS


# -- why ---------------------------------------------------------------------------------------

_GROUNDS = (
    ("property.", "property_over"),
    ("test.income", "income_over"),
    ("amount", "income_over"),
    ("test.ratio", "spending_over"),
    ("single.", "single_over"),
    ("test.covered", "moved_over"),
    ("rigid.not_on_others", "moved_over"),
)


def ground_of_failures(codes: tuple[str, ...], programme: Programme) -> str:
    """The ground of the list that what failed first leads to; empty where none does."""
    for code in codes:
        for start, ground in _GROUNDS:
            if code.startswith(start):
                return "other_programme" if ground == "moved_over" and programme is Programme.DIBAO else ground
    return ""


@dataclass(frozen=True)
class Condition:
    """One condition in words: what it asks, whether it is met, by which figures and which article."""

    name: str
    met: bool
    why: str


def conditions(kept: Kept) -> tuple[Condition, ...]:
    """Every condition of the programme, of 单人保 first those of its household."""
    made = [_condition(line) for line in _tests(kept.reckoning)]
    if kept.family is None:
        return tuple(made)
    family = [line for line in _tests(kept.family) if line.code != ON_DIBAO.code]
    return (*(replace(row, name=f"所在家庭：{row.name}") for row in map(_condition, family)), *made)


def _tests(found: Reckoning) -> list[Line]:
    """The lines of the conditions; of the property each limit by itself."""
    lines = [found.line(part.code) for part in found.line("test").operands]
    every: list[Line] = []
    for line in lines:
        every += line.operands if line.op == "all" and line.code in {"property.met", "single.met"} else [line]
    return every


def _condition(line: Line) -> Condition:
    said = [line.note]
    if line.op in {"below", "at_most"}:
        said = ["，".join(_said(part) for part in line.operands if part.code != "zero")]
    if line.formula and line.op != "all":
        said.append(line.formula)
    why = "；".join(part for part in said if part)
    why = f"{why}（{line.basis}）" if why and line.basis else why or line.basis
    return Condition(line.name, bool(line.value), why)


def _said(line: Line) -> str:
    return f"{line.name} {_shown(line)}"


def _shown(line: Line) -> str:
    return share_of(number_of(line)) if line.unit == "ratio" else line.shown


_FIGURES = {
    Programme.EDGE: (
        ("家庭人口", "members"), ("认定人员", "covered"), ("全家月收入", "income.total"), ("月人均收入", "income.per_capita"),
        ("低保边缘家庭标准", "edge.standard"), ("存款等金融资产", "property.financial"), ("金融资产上限", "property.deposit_limit"),
    ),
    Programme.RIGID_EXPENDITURE: (
        ("家庭人口", "members"), ("认定人员", "covered"), ("全家月收入", "income.total"), ("月人均收入", "income.per_capita"),
        ("存款等金融资产", "property.financial"), ("金融资产上限", "property.deposit_limit"),
        ("十二个月刚性支出", "spent.total"), ("十二个月家庭总收入", "rigid.total_income"), ("支出占收入的比例", "rigid.share"),
    ),
    Programme.DIBAO: (
        ("本人月收入", "income.total"), ("本人存款等金融资产", "property.financial"), ("金融资产上限", "property.deposit_limit"),
    ),
}  # fmt: skip


def told(kept: Kept) -> dict[str, tuple[str, str]]:
    """The figures that the conditions rest on: by name the value in words, and how it came about."""
    rows = {}
    if kept.family is not None:
        rows["所在家庭月人均收入"] = _figure(kept.family.line("income.per_capita"))
    for name, code in _FIGURES[Programme(kept.reckoning.programme)]:
        line = next((each for each in kept.reckoning.every if each.code == code and each.op != "ref"), None)
        if line is not None:
            rows[name] = _figure(line)
    return rows


def _figure(line: Line) -> tuple[str, str]:
    how = "；".join(part for part in (line.formula, line.note, line.basis) if part)
    return _shown(line), how
