"""The income that a benefit implies: a household taken over from a ledger has an amount, but no income behind it.

Under the difference method the benefit is the standard times the members less the household's income, so the counted
income follows from the amount at the standard of that day. Where the amount does not tell it (tiers, a limit that was
reached, an amount above the highest possible), a sentence says why; nothing is guessed. Money is fen a month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from yimen.law.money import round_fen, show
from yimen.law.reckoning import Reckoning, number_of
from yimen.law.rules.amount import METHOD
from yimen.law.rules.dibao import reckon_dibao
from yimen.law.rules.facts import BadFacts, HouseholdFacts, IncomeFact
from yimen.law.rules.tekun_amount import reckon_standing
from yimen.law.standards import BadFigure, Book, Unset
from yimen.law.terms import IncomeKind, SelfCare, SupportForm

REF = "implied"
LABEL = "按原保障金倒推的家庭月收入"
Reckoned = Callable[[int], Reckoning]


class NotImplied(ValueError):
    """The income cannot be worked back from the amount; the message is a Chinese sentence that says why."""


@dataclass(frozen=True)
class Implied:
    """Facts with the one income line, that income, and the Reckoning that gives exactly the stored amount."""

    facts: HouseholdFacts
    income_fen: int
    reckoning: Reckoning


def implied(
    facts: HouseholdFacts,
    monthly_fen: int,
    book: Book,
    areas: Sequence[str],
    on: dt.date,
    urban: bool,
    *,
    supplements: Mapping[str, int] | None = None,
) -> Implied:
    """The household's income as its amount implies it at the standard of a day.

    ``facts`` are people without any income, cost, property or obligor; ``on`` is a day on which the amount was right.
    ``supplements`` are the stored ones by person, where they are known: they must be those of the rules. Raises
    NotImplied with the reason, law.standards.Missing for figures that are not set.
    """
    if facts.incomes or facts.expenses or facts.obligors:
        raise NotImplied("本户已经登记收入、支出或者义务人，不能再从金额倒推，请直接重新核算。")
    _by_difference(facts, book, areas, on)

    def reckoned(income: int) -> Reckoning:
        try:
            return reckon_dibao(with_income(facts, income), book, areas, on, urban)
        except (BadFacts, BadFigure) as bad:
            raise NotImplied(f"按登记的人员不能核算：{getattr(bad, 'sentence', bad)}") from bad

    found, income = _solved(reckoned, monthly_fen)
    _determined(found, income)
    _same_supplements(found, supplements)
    return Implied(with_income(facts, income), income, found)


def with_income(facts: HouseholdFacts, income_fen: int) -> HouseholdFacts:
    """The facts with one income line of the household under its head, marked as worked back from the amount."""
    line = IncomeFact(
        REF,
        facts.applicant.ref,
        IncomeKind.OTHER,
        income_fen,
        label=LABEL,
        source="按接续台账的保障金额推算，尚未核实",
    )
    return replace(facts, incomes=(line,))


def is_implied(facts: HouseholdFacts) -> bool:
    """Whether the household's income is one line worked back from its amount, of which nobody knows whose it is."""
    return any(income.ref == REF for income in facts.incomes)


def without_implied(facts: HouseholdFacts) -> HouseholdFacts:
    """The facts without that line: before a change, the incomes of each person are established instead."""
    return replace(facts, incomes=tuple(income for income in facts.incomes if income.ref != REF))


def _by_difference(facts: HouseholdFacts, book: Book, areas: Sequence[str], on: dt.date) -> None:
    if facts.single:
        raise NotImplied("单独申请人员的保障金不一定按家庭收入的差额计算，推不出收入，请重新核实收入。")
    try:
        method = book.figure(METHOD, areas, on)
    except Unset as unset:
        raise NotImplied(unset.sentence) from unset
    if method.as_code() != "gap":
        raise NotImplied("当地分档发放保障金，同一档的家庭收入不同，推不出收入，请重新核实收入。")


def _solved(reckoned: Reckoned, wanted: int) -> tuple[Reckoning, int]:
    """The income that gives the amount: fen for fen as a rule, else in proportion, else by halving.

    The amount never rises with income, so halving finds what there is to find.
    """
    highest = reckoned(0)
    if not highest.eligible:
        raise NotImplied(f"没有任何收入时也不符合条件：{highest.failures[0].sentence}")
    if wanted > highest.amount_fen:
        raise NotImplied(
            f"登记的保障金{show(wanted)}元，超过了没有任何收入时的最高金额{show(highest.amount_fen)}元"
            "（人员或者分类施保登记可能不全），推不出收入，请先核实。"
        )
    most = _exact(highest)
    income = max(0, round_fen(most - wanted, "up"))
    found = reckoned(income) if income else highest
    if found.eligible and found.amount_fen not in {wanted, highest.amount_fen}:
        # Where a yuan of income takes more or less than a yuan off the benefit.
        income = round_fen(income * (most - wanted) / (most - _exact(found)), "up")
        found = reckoned(income)
    if _amount(found) != wanted:
        income = _least(reckoned, wanted, int(highest.standard_fen * highest.members) + 1)
        found = reckoned(income)
    if _amount(found) != wanted:
        raise NotImplied(
            f"按当日的标准、下限和取整办法，没有哪个收入能得出登记的保障金{show(wanted)}元，请按实际收入重新核算。"
        )
    return found, income


def _exact(found: Reckoning) -> Fraction:
    """The amount before it was rounded, where it is rounded once."""
    exact = next((line for line in found.walk() if line.code == "amount.exact" and line.op != "ref"), None)
    return number_of(exact) if exact else Fraction(found.amount_fen)


def _amount(found: Reckoning) -> int:
    return found.amount_fen if found.eligible else -1


def _least(reckoned: Reckoned, wanted: int, too_much: int) -> int:
    """The least income whose amount is no more than the one wanted; ``too_much`` is an income that leaves nothing."""
    low, high = 0, too_much
    while low < high:
        middle = (low + high) // 2
        if _amount(reckoned(middle)) > wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _determined(found: Reckoning, income: int) -> None:
    """A limit that was reached hides the income behind it: another income would give the same amount."""
    lines = {line.code: line for line in found.walk() if line.op != "ref"}
    if "benefit.capped" in lines:
        base, cap = (number_of(part) for part in lines["benefit.capped"].operands)
        if base > cap or (base == cap and income):
            raise NotImplied("登记的保障金已达到上限，收入不同的家庭也是这个金额，推不出收入，请重新核实收入。")
    below = "benefit.rest" in lines and number_of(lines["benefit.rest"]) <= 0
    if "benefit.floored" in lines:
        base, floor = (number_of(part) for part in lines["benefit.floored"].operands)
        below = below or base <= floor
    if below:
        raise NotImplied("登记的保障金已低至下限，收入更高的家庭也是这个金额，推不出收入，请重新核实收入。")


def _same_supplements(found: Reckoning, stored: Mapping[str, int] | None) -> None:
    if stored is None:
        return
    for ref in found.covered_refs:
        lines = {line.code: line for line in found.walk() if line.op != "ref"}
        line = lines.get(f"supplement.{ref}.rounded") or lines.get(f"supplement.{ref}")
        by_rule = round_fen(number_of(line), "half_up") if line else 0
        if by_rule != stored.get(ref, 0):
            raise NotImplied(
                f"登记的分类施保{show(stored.get(ref, 0))}元与按规定计算的{show(by_rule)}元不一致，"
                "推不出收入，请先核实人员情况。"
            )


def fitting_support(
    monthly_fen: int, book: Book, areas: Sequence[str], on: dt.date, urban: bool
) -> tuple[tuple[SelfCare, SupportForm], ...]:
    """特困: every level and form whose published amounts add up to the amount on a day; a person says which it is.

    Two forms may well cost the same: what fits is offered, never chosen. None where figures are not set or nothing fits.
    """
    found = []
    for level in SelfCare:
        for form in SupportForm:
            try:
                reckoning = reckon_standing(level, form, "p", book, areas, on, urban)
            except Unset:
                continue
            if reckoning.amount_fen == monthly_fen:
                found.append((level, form))
    return tuple(found)
