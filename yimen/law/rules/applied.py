"""What an application says beyond the household: what the other programmes ask, in rows of their own.

A household's facts stay as they are (they are bound to stored opinions by digest); whoever
weighs one application against every programme adds these. Money is fen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yimen.law.rules.facts import BadFacts, HouseholdFacts, PersonFacts, check_facts
from yimen.law.terms import (
    ChildBenefit,
    DisabilityKind,
    ExpenseKind,
    ObligorSituation,
    Period,
    Programme,
    Schooling,
    SupportForm,
    Term,
)


class NotEstablished(ValueError):
    """Facts that a rule needs are not known yet: nothing is approved and nothing refused.

    ``items`` are pairs of the field's path and a Chinese sentence.
    """

    def __init__(self, items: list[tuple[str, str]]) -> None:
        self.items = tuple(items)
        super().__init__("".join(sentence for _, sentence in items))


class SelfCareItem(Term):
    """The six indicators of self-care (T21)."""

    EAT = "eat", "自主吃饭"
    DRESS = "dress", "自主穿衣"
    BED = "bed", "自主上下床"
    TOILET = "toilet", "自主如厕"
    WALK = "walk", "室内自主行走"
    BATHE = "bathe", "自主洗澡"


@dataclass(frozen=True)
class TekunFacts:
    """What 特困 asks of one person.

    ``obligors_known``: the investigation has established who the legal obligors are; those
    are the rows of obligors and the members who owe support, and no others.
    ``no_labour_ground`` is a code of ``tekun.no_labour_local``; ``disabilities`` lists kind
    and grade where the certificate says 多重. ``in_tekun``: supported already.
    ``child_benefit_fits``: the minor also fits 孤儿 or 事实无人抚养儿童 (T9).
    A self-care item is None until it was assessed.
    """

    person: str
    obligors_known: bool = False
    no_labour_ground: str = ""
    disabilities: tuple[tuple[DisabilityKind, int], ...] = ()
    in_tekun: bool = False
    school: Schooling | None = None
    child_benefit_fits: bool = False
    child_benefit_choice: ChildBenefit | None = None
    contracted_land: bool = False
    collective_income: bool = False
    relocated: bool = False
    eat: bool | None = None
    dress: bool | None = None
    bed: bool | None = None
    toilet: bool | None = None
    walk: bool | None = None
    bathe: bool | None = None
    assessed_by: str = ""
    assessed_on: dt.date | None = None
    form: SupportForm | None = None

    def can(self, item: SelfCareItem) -> bool | None:
        """Whether the person manages an item; None while nobody has assessed it."""
        found: bool | None = getattr(self, item.value)
        return found


@dataclass(frozen=True)
class AbilityFacts:
    """Whether an obligor can perform the duty (T8): of a member (``person``) or one outside (``obligor``).

    ``own_income_fen`` a month and ``property_fits`` (within the local limits of low-income
    households) are None while they are not known. Disability of a member stands with the
    member. ``local_ground`` is a code of ``tekun.obligor_grounds_local``. ``unestablished``: every way of
    investigating was tried and the means stay unknown; what then counts is a figure of the place.
    """

    person: str = ""
    obligor: str = ""
    tekun: bool = False
    dibao: bool = False
    own_income_fen: int | None = None
    property_fits: bool | None = None
    disability: DisabilityKind = DisabilityKind.NONE
    disability_grade: int = 0
    situation: ObligorSituation | None = None
    local_ground: str = ""
    unestablished: bool = False


@dataclass(frozen=True)
class SpentFacts:
    """An essential expense of the household (R5), in one of five kinds.

    Either ``paid_on``, or ``period`` for a cost that ran through all the months that count.
    ``reimbursed_fen`` is what insurance, aid and subsidies bore. ``public_fee_fen`` is what a public
    kindergarten or school of the same kind in its place charges. ``receipt`` names the
    receipt; ``recognised`` is the reason for counting a cost without one. ``item`` is a code of
    ``rigid_expenditure.other_kinds``.
    """

    ref: str
    kind: ExpenseKind
    amount_fen: int
    person: str = ""
    paid_on: dt.date | None = None
    period: Period | None = None
    label: str = ""
    reimbursed_fen: int = 0
    public_fee_fen: int | None = None
    schooling: Schooling | None = None
    designated: bool = False
    receipt: str = ""
    recognised: str = ""
    item: str = ""


@dataclass(frozen=True)
class ApplicationFacts:
    """One application, ready to be weighed against every programme (一次申请、分类审核认定).

    ``applied_on`` is the day of the application (None: the day of the reckoning);
    ``standing`` are the programmes the household is on now; ``total_income_fen`` is its income
    of the twelve months before the application where it was established as a sum. ``spent_known``: the household was
    asked for its essential expenses, and ``spent`` are all of them.
    """

    household: HouseholdFacts
    tekun: tuple[TekunFacts, ...] = ()
    abilities: tuple[AbilityFacts, ...] = ()
    spent: tuple[SpentFacts, ...] = ()
    applied_on: dt.date | None = None
    standing: tuple[Programme, ...] = ()
    total_income_fen: int | None = None
    spent_known: bool = True

    def tekun_of(self, person: PersonFacts) -> TekunFacts | None:
        """A person's own row for 特困, or None."""
        return next((row for row in self.tekun if row.person == person.ref), None)


def check_application(facts: ApplicationFacts, on: dt.date) -> None:
    """Raise BadFacts at the first contradiction, in the household or in the rows beyond it."""
    check_facts(facts.household, on)
    for where, sentence in (*_tekun_problems(facts, on), *_ability_problems(facts), *_spent_problems(facts, on)):
        raise BadFacts(where, sentence)
    if facts.applied_on is not None and facts.applied_on > on:
        raise BadFacts("applied_on", f"申请日期{facts.applied_on}晚于核算日期{on}，请核对。")
    if (facts.total_income_fen or 0) < 0:
        raise BadFacts("total_income", "金额不能是负数。")


def _tekun_problems(facts: ApplicationFacts, on: dt.date) -> Iterator[tuple[str, str]]:
    people = {person.ref for person in facts.household.people}
    seen: set[str] = set()
    for number, row in enumerate(facts.tekun, 1):
        where = f"tekun[{number}]"
        if row.person not in people:
            yield f"{where}.person", f"“{row.person}”不是本户人员，请改为人员清单中的编号。"
        if row.person in seen:
            yield f"{where}.person", f"“{row.person}”写了两行，一人只写一行。"
        seen.add(row.person)
        if row.assessed_on is not None and row.assessed_on > on:
            yield f"{where}.assessed_on", f"评估日期{row.assessed_on}晚于核算日期{on}，请核对。"


def _ability_problems(facts: ApplicationFacts) -> Iterator[tuple[str, str]]:
    people = {person.ref for person in facts.household.people}
    obligors = {obligor.ref for obligor in facts.household.obligors}
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(facts.abilities, 1):
        where = f"abilities[{number}]"
        if bool(row.person) == bool(row.obligor):
            yield where, "应写明是哪一名家庭成员（person）或者哪一名户外义务人（obligor），只写一项。"
        elif row.person and row.person not in people:
            yield f"{where}.person", f"“{row.person}”不是本户人员，请改为人员清单中的编号。"
        elif row.obligor and row.obligor not in obligors:
            yield f"{where}.obligor", f"“{row.obligor}”不在义务人清单中，请改为清单中的编号。"
        if (row.person, row.obligor) in seen:
            yield where, "同一名义务人写了两行，请合为一行。"
        seen.add((row.person, row.obligor))
        if (row.own_income_fen or 0) < 0:
            yield f"{where}.own_income", "金额不能是负数。"
        if not 0 <= row.disability_grade <= 4 or bool(row.disability_grade) != (
            row.disability is not DisabilityKind.NONE
        ):
            yield where, "残疾类别和等级（一至四级）应当同时填写。"


def _spent_problems(facts: ApplicationFacts, on: dt.date) -> Iterator[tuple[str, str]]:
    people = {person.ref for person in facts.household.people}
    applied = facts.applied_on or on
    seen: set[str] = set()
    for row in facts.spent:
        where = f"spent.{row.ref}"
        if row.ref in seen:
            yield where, f"编号“{row.ref}”出现了两次，每行的编号应当不同。"
        seen.add(row.ref)
        if row.person and row.person not in people:
            yield f"{where}.person", f"“{row.person}”不是本户人员，请改为人员清单中的编号。"
        if (row.paid_on is None) == (row.period is None):
            yield where, "应写明支出日期，或者写明周期（整个核算期内每期都有的支出），只写一项。"
        if row.period is Period.ONCE:
            yield f"{where}.period", "一次性的支出请写支出日期。"
        if row.paid_on is not None and row.paid_on > applied:
            yield f"{where}.paid_on", f"支出日期{row.paid_on}晚于申请日期{applied}，请核对。"
        if min(row.amount_fen, row.reimbursed_fen, row.public_fee_fen or 0) < 0:
            yield where, "金额不能是负数。"
        if row.reimbursed_fen > row.amount_fen:
            yield f"{where}.reimbursed", "报销、补助的金额超过了支出金额，请核对。"


def months_of_period(period: Period) -> Fraction:
    """How many times a month a cost of a period falls due: 1 for 每月, 1/12 for 每年."""
    return Fraction(1, {Period.MONTH: 1, Period.QUARTER: 3, Period.SEASON: 6, Period.YEAR: 12}[period])
