"""The monthly comparison of everybody on assistance: what is watched, what counts as a change (plan 四(六); L40–L42).

A change is looked at by kind. What holds for a kind stands in :data:`WATCHES`; from which amount on a change of income or
savings is worth a look is a figure of the place, and while it is unset every change is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from yimen.law.checks import item, source
from yimen.law.standards import Figure, Unset
from yimen.law.terms import Period, Term

Ask = Callable[[str], Figure]

LEAST_INCOME, LEAST_SAVINGS = "month_close.least_income_change", "month_close.least_savings_change"
_MONTHS: dict[str, int] = {Period.MONTH: 1, Period.QUARTER: 3, Period.SEASON: 6, Period.YEAR: 12}


class HitKind(Term):
    """What a change found by the monthly comparison is about."""

    DEATH = "death", "死亡"
    DUPLICATE = "duplicate", "异地重复救助"
    ASSISTANCE = "assistance", "其他救助待遇"
    PENSION = "pension", "养老金"
    INCOME = "income", "其他收入"
    COMPANY = "company", "市场主体"
    VEHICLE = "vehicle", "车辆"
    HOUSE = "house", "房屋"
    SAVINGS = "savings", "金融资产"
    REGISTER = "register", "户籍、婚姻、残疾"


class HitState(Term):
    """What became of a hit. Only an open one keeps its household from the close of the month."""

    OPEN = "open", "待处理"
    CONFIRMED = "confirmed", "属实，已登记变动"
    EXPLAINED = "explained", "已说明"
    DISMISSED = "dismissed", "不属实"


class LeftOutReason(Term):
    """Why somebody covered is not asked about (L40, L41)."""

    NONE = "none", "没有登记授权书"
    REFUSED = "refused", "不同意核对"
    LAPSED = "lapsed", "授权已过有效期"


@dataclass(frozen=True)
class Watch:
    """How a kind is watched.

    ``of_obligors``: also where it is found of somebody with a support duty. ``gone``: also that nothing is found any more.
    ``least``: the figure from which on a change of the amount counts. ``stops_pay``: pay is held until a person has looked.
    ``in_bulk``: several households may be settled with one reason; never where somebody's death or double benefit is at stake.
    """

    kind: HitKind
    items: tuple[str, ...]
    of_obligors: bool = False
    gone: bool = False
    least: str = ""
    stops_pay: bool = False
    in_bulk: bool = True


WATCHES: tuple[Watch, ...] = (
    Watch(HitKind.DEATH, ("death",), of_obligors=True, stops_pay=True, in_bulk=False),
    Watch(HitKind.DUPLICATE, ("duplicate",), in_bulk=False),
    Watch(HitKind.ASSISTANCE, ("assistance",), of_obligors=True),
    Watch(HitKind.PENSION, ("pension",), of_obligors=True, gone=True, least=LEAST_INCOME),
    Watch(HitKind.INCOME, ("wage", "tax", "land"), of_obligors=True, gone=True, least=LEAST_INCOME),
    Watch(HitKind.COMPANY, ("business",), gone=True),
    Watch(HitKind.VEHICLE, ("vehicle",), gone=True),
    Watch(HitKind.HOUSE, ("house",), gone=True),
    Watch(HitKind.SAVINGS, ("deposit", "securities", "insurance", "claim", "fund"), least=LEAST_SAVINGS),
    Watch(HitKind.REGISTER, ("members", "marriage", "disability"), gone=False),
)
_BY_ITEM = {code: watch for watch in WATCHES for code in watch.items}
_BY_KIND = {watch.kind: watch for watch in WATCHES}


def watch_of(item_code: str, *, obligor: bool = False) -> Watch | None:
    """How an item is watched; None for one that no kind is about, or not of somebody with a support duty.

    What help an ``obligor`` draws, here or elsewhere, is no benefit twice: who is himself assisted may be unable to support
    (rules.md §3 and §8.1: no able obligor, no support fee).
    """
    found = _BY_ITEM.get(item_code)
    if found is None or not obligor:
        return found
    meant = _BY_KIND[HitKind.ASSISTANCE] if found.kind is HitKind.DUPLICATE else found
    return meant if meant.of_obligors else None


def watch_of_kind(kind: str) -> Watch:
    """How a kind is watched. Raises ValueError for an unknown one."""
    return _BY_KIND[HitKind(kind)]


def asks_obligors(source_code: str) -> bool:
    """Whether a source is asked about people with a support duty at all: only where it is necessary (L41)."""
    watches = [watch_of(code) for code in source(source_code).items]
    return any(watch is not None and watch.of_obligors for watch in watches)


@dataclass(frozen=True)
class Value:
    """What is known of one item of one person: fen with their period, a number, or the mark of the words."""

    fen: int | None = None
    period: str = ""
    count: int | None = None
    mark: str = ""

    @property
    def plain(self) -> bool:
        """Whether it is an amount, or nothing at all: words with amounts that cannot be added are neither."""
        return self.fen is not None or not self.mark

    @property
    def monthly(self) -> Fraction | None:
        """The amount per month where it is one of a period, else as it stands; fen."""
        return None if self.fen is None else Fraction(self.fen, _MONTHS.get(self.period, 1))


def least_fen(watch: Watch, ask: Ask) -> int:
    """From which change in fen (a month for income) on a kind counts; 0 while the place has set none."""
    if not watch.least:
        return 0
    try:
        return ask(watch.least).as_int()
    except Unset:
        return 0


def changed(item_code: str, before: Value, now: Value, least: int = 0) -> bool:
    """Whether ``now`` is a change that somebody looks at; ``least`` in fen, as :func:`least_fen` gives it."""
    known = item(item_code)
    if known.is_count:
        return (before.count or 0) != (now.count or 0)
    if known.is_money and before.plain and now.plain:
        old, new = before.monthly or Fraction(0), now.monthly or Fraction(0)
        return old != new and abs(new - old) >= least
    return before.mark != now.mark
