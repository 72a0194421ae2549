"""The double-entry ledger of the assistance funds: its accounts, its sources, and which movements there are (plan 三(一)2, 六(三); L6).

Every movement takes fen from one account and gives it to another, so the whole always sums to nothing (I1). Money that the
finance office has promised is no money yet: it counts once it has arrived. The emergency reserve 应急储备金 is kept by the
township for 临时救助 (plan 六(三); 中办发〔2020〕18号 15).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yimen.law.money import show
from yimen.law.terms import Term


class FundProgramme(Term):
    """For what the money is: the stored words of the programmes that pay, and temporary assistance."""

    DIBAO = "dibao", "最低生活保障"
    TEKUN = "tekun", "特困人员救助供养"
    TEMPORARY = "temporary", "临时救助"


MONTHLY = (FundProgramme.DIBAO, FundProgramme.TEKUN)
"""What the monthly rolls pay."""


class FundSource(Term):
    """Which level of finance pays. What a township spends is spent from all it has been given, whatever its source."""

    CENTRAL = "central", "中央财政"
    PROVINCE = "province", "省级财政"
    CITY = "city", "市级财政"
    DISTRICT = "district", "区级财政"
    OTHER = "other", "其他"
    POOLED = "pooled", "统筹"


class FundAccount(Term):
    """Where money stands. The closed list of the ledger's accounts."""

    FINANCE = "finance", "财政部门"
    PROMISED = "promised", "预算未到位"
    DISTRICT = "district", "区级资金"
    TOWNSHIP = "township", "乡街资金"
    RESERVE = "reserve", "应急储备金"
    UNDER_WAY = "under_way", "已报送银行"
    SPENT = "spent", "支出"
    RETURNED = "returned", "退回"


HELD = frozenset(
    {
        FundAccount.PROMISED, FundAccount.DISTRICT, FundAccount.TOWNSHIP, FundAccount.RESERVE, FundAccount.UNDER_WAY,
        FundAccount.SPENT,
    }
)  # fmt: skip
"""Accounts that hold something: none of them may ever stand below zero."""

OF_TOWNSHIP = frozenset(
    {FundAccount.TOWNSHIP, FundAccount.RESERVE, FundAccount.UNDER_WAY, FundAccount.SPENT, FundAccount.RETURNED}
)
"""Accounts of which every township has its own; of the others the district has one."""


class FundMove(Term):
    """What two persons of the district may order."""

    PROMISE = "promise", "下达预算"
    ARRIVE = "arrive", "财政拨款到位"
    TRANSFER = "transfer", "拨付乡街"
    RESERVE = "reserve", "拨入应急储备金"
    BACK = "back", "乡街资金收回区级"
    RESERVE_BACK = "reserve_back", "储备金收回区级"
    SURRENDER = "surrender", "交回财政"
    REVERSE = "reverse", "冲正"


@dataclass(frozen=True)
class Movement:
    """From which account (credit) to which (debit) a movement goes."""

    debit: FundAccount
    credit: FundAccount

    @property
    def of_township(self) -> bool:
        """Whether it names the township that it concerns."""
        return bool({self.debit, self.credit} & OF_TOWNSHIP)


MOVEMENTS: dict[FundMove, Movement] = {
    FundMove.PROMISE: Movement(FundAccount.PROMISED, FundAccount.FINANCE),
    FundMove.ARRIVE: Movement(FundAccount.DISTRICT, FundAccount.PROMISED),
    FundMove.TRANSFER: Movement(FundAccount.TOWNSHIP, FundAccount.DISTRICT),
    FundMove.RESERVE: Movement(FundAccount.RESERVE, FundAccount.DISTRICT),
    FundMove.BACK: Movement(FundAccount.DISTRICT, FundAccount.TOWNSHIP),
    FundMove.RESERVE_BACK: Movement(FundAccount.DISTRICT, FundAccount.RESERVE),
    FundMove.SURRENDER: Movement(FundAccount.FINANCE, FundAccount.DISTRICT),
}

RESERVE_MOVES = frozenset({FundMove.RESERVE, FundMove.RESERVE_BACK})
"""Movements of the reserve, which is for 临时救助 only."""


class FundOrderState(Term):
    """Where an order stands: proposed by one person, released by a second."""

    PROPOSED = "proposed", "待复核"
    RELEASED = "released", "已记账"
    WITHDRAWN = "withdrawn", "已撤回"


def misfit(move: FundMove, programme: FundProgramme) -> bool:
    """Whether a movement is not for a programme: the reserve is for 临时救助 alone, and 临时救助 is paid from it alone."""
    reserve, temporary = move in RESERVE_MOVES, programme is FundProgramme.TEMPORARY
    return reserve != temporary and (reserve or move in (FundMove.TRANSFER, FundMove.BACK))


def lacking(name: str, programme: FundProgramme, held: int, wanted: int) -> str:
    """The sentence that says how much is lacking, in yuan."""
    return (
        f"{name}的{programme.label}资金现有 {show(held)} 元，需要 {show(wanted)} 元，差 {show(wanted - held)} 元。"
        "没有记账，请先由区级拨付。"
    )


# -- forecast --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shortage:
    """How far the money of a township and programme reaches; fen.

    ``needs`` are pairs of month and what is due in it, the next unpaid month first. ``month`` is the first one that the
    balance does not cover, "" where it covers all of them; ``lacks`` is what that month lacks.
    """

    township: str
    programme: FundProgramme
    balance: int
    needs: tuple[tuple[str, int], ...]

    @property
    def month(self) -> str:
        """The first month that is not covered."""
        return self._short[0]

    @property
    def lacks(self) -> int:
        """What the first uncovered month lacks."""
        return self._short[1]

    @property
    def needed(self) -> int:
        """All months together."""
        return sum(fen for _, fen in self.needs)

    @property
    def _short(self) -> tuple[str, int]:
        left = self.balance
        for month, fen in self.needs:
            if fen > left:
                return month, fen - left
            left -= fen
        return "", 0


def differences(
    ours: Mapping[tuple[str, ...], int], theirs: Mapping[tuple[str, ...], int]
) -> Iterable[tuple[tuple[str, ...], int, int]]:
    """What two sums by the same key differ in: key, ours, theirs."""
    for key in sorted({*ours, *theirs}):
        left, right = ours.get(key, 0), theirs.get(key, 0)
        if left != right:
            yield key, left, right
