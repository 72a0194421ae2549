"""渐退期: a household that has found work and is now above the standard may keep its benefit for a while (D33; N 一(三)).

It may be given, it need not be; the longest is the figure ``dibao.grace_max`` (in principle six months). 超过 is strictly
more: a household exactly at the standard is neither below it nor above it. Money is fen a month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from yimen.law.aftercare.history import Version
from yimen.law.aftercare.months import Ask, later_month
from yimen.law.aftercare.terms import AwardCause, AwardPhase
from yimen.law.articles import cited
from yimen.law.calendar import last_day
from yimen.law.money import show_exact
from yimen.law.reckoning import Reckoning
from yimen.law.rules.facts import HouseholdFacts, IncomeFact
from yimen.law.terms import IncomeKind, Programme

MAX = "dibao.grace_max"
ARTICLES = (cited("D33"), cited("N一（三）"))
_EARNED = frozenset({IncomeKind.WAGE, IncomeKind.BUSINESS})


class NoGrace(ValueError):
    """No grace may be given; the message is a Chinese sentence that says why."""


@dataclass(frozen=True)
class Grace:
    """Months from ``from_month`` to ``to_month``, both included, in which the benefit stays as it was."""

    from_month: str
    to_month: str
    months: int
    monthly_fen: int
    document: str
    articles: tuple[str, ...] = ARTICLES

    @property
    def ends_on(self) -> dt.date:
        """The last day of the grace, of which the household is reminded."""
        return last_day(self.to_month)

    def versions(self, seq: int, on: dt.date) -> tuple[Version, Version]:
        """The two versions that it writes: the grace itself, and the end after its last month. ``seq`` numbers the first."""
        return (
            Version(seq, self.from_month, AwardPhase.GRACE, self.monthly_fen, on, AwardCause.GRACE),
            Version(seq + 1, later_month(self.to_month, 1), AwardPhase.ENDED, 0, on, AwardCause.ENDED),
        )


def why_no_grace(
    programme: Programme,
    before: HouseholdFacts,
    after: HouseholdFacts,
    reckon: Callable[[HouseholdFacts], Reckoning],
) -> str:
    """Why the law gives this household no grace; empty where it may be given.

    ``before`` are the facts of the running award, ``after`` those with the new work, ``reckon`` weighs facts on the day of
    the decision. The household must have become ineligible by nothing but its income, that income must exceed the
    standard, and without what its members have newly earned it would still be eligible.
    """
    if programme is not Programme.DIBAO:
        return f"渐退期只适用于最低生活保障家庭，{programme.label}没有渐退期。"
    found = reckon(after)
    if found.eligible:
        return "本户仍符合低保条件，按新的收入调整金额，不需要渐退期。"
    others = [failure.sentence for failure in found.failures if failure.code not in {"test.income", "amount"}]
    if others:
        return f"本户不只是收入超过标准，不适用渐退期：{others[0]}"
    if found.per_capita_fen <= found.standard_fen:
        return (
            f"家庭月人均收入{show_exact(found.per_capita_fen)}元没有超过低保标准{show_exact(found.standard_fen)}元，"
            "渐退期只适用于就业后超过标准的家庭。"
        )
    if _earned(after) == _earned(before):
        return "本户没有新的就业收入，收入超过标准不是因为就业，不适用渐退期。"
    if not reckon(replace(after, incomes=_without_new_work(before, after))).eligible:
        return "不计新的就业收入，本户也已不符合低保条件，不适用渐退期。"
    return ""


def grant(from_month: str, months: int, monthly_fen: int, ask: Ask) -> Grace:
    """A grace of some months from the month in which the benefit would have stopped; the amount stays.

    Work that had a grace before gives no second one. Raises NoGrace for no month, too many or nothing to keep,
    law.standards.Unset while the longest is not set.
    """
    figure = ask(MAX)
    longest = figure.as_int()
    if months < 1:
        raise NoGrace("渐退期至少一个月，请填写月数。")
    if months > longest:
        raise NoGrace(f"渐退期最长{longest}个月，现在填写的是{months}个月，请改短。")
    if monthly_fen <= 0:
        raise NoGrace("本户现在没有发放中的保障金，没有可以保留的金额，不能给予渐退期。")
    return Grace(from_month, later_month(from_month, months - 1), months, monthly_fen, figure.document)


def _earned(facts: HouseholdFacts) -> set[tuple[object, ...]]:
    return {
        (row.person, row.kind, row.amount_fen, row.period, row.method) for row in facts.incomes if row.kind in _EARNED
    }


def _without_new_work(before: HouseholdFacts, after: HouseholdFacts) -> tuple[IncomeFact, ...]:
    """The incomes of now with wages and business as they were before."""
    here = {person.ref for person in after.people}
    old = [row for row in before.incomes if row.kind in _EARNED and row.person in here]
    rest = [row for row in after.incomes if row.kind not in _EARNED]
    taken = {row.ref for row in rest}
    return (*rest, *(row if row.ref not in taken else replace(row, ref=f"{row.ref}.before") for row in old))
