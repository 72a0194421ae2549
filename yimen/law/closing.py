"""The close of a month (plan 四(六)): its stages, what stands in the way of each, and how it is signed and filed.

Some things stand in the way of the whole township, others keep only their own household back: that household goes over to
the next month by name, and the close of the others is not delayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yimen.law.monthclose import CutOff
from yimen.law.terms import Term


class CloseStage(Term):
    """The stages of a month, in their order."""

    COMPARISON = "comparison", "核对比对"
    CASES = "cases", "认定、变更办结"
    ROLL = "roll", "发放名册"
    PAYMENT = "payment", "银行发放"
    PLATFORM = "platform", "平台对账"
    FILING = "filing", "签字报备"


CUT_OFFS = {
    CloseStage.COMPARISON: CutOff.CASES,
    CloseStage.CASES: CutOff.CASES,
    CloseStage.PLATFORM: CutOff.PLATFORM,
    CloseStage.FILING: CutOff.PLATFORM,
}
"""The cut-off by which a stage has to be done; the roll and its payment follow the day of payment."""


class CloseState(Term):
    """Where the close of a month stands. The district alone reopens it, with a reason."""

    SIGNED = "signed", "已签字待负责人报备"
    RUNNING = "running", "正在存档"
    FILED = "filed", "已报备"
    RECEIVED = "received", "区级已收"
    RETURNED = "returned", "已退回"
    REOPENED = "reopened", "区级已重开"


STANDING = (CloseState.SIGNED, CloseState.RUNNING, CloseState.FILED, CloseState.RECEIVED)
"""States in which a month has its close; a month has one."""

CLOSED = (CloseState.RUNNING, CloseState.FILED, CloseState.RECEIVED)
"""States in which nothing of the month is changed any more; what comes later belongs to the next one."""


FROZEN = (CloseState.FILED, CloseState.RECEIVED)
"""States in which the frozen rows of a month speak for it."""


class Standing(Term):
    """How a stage stands."""

    DONE = "done", "已完成"
    OPEN = "open", "办理中"
    BLOCKED = "blocked", "有待办"


class Waits(Term):
    """Why one household goes over to the next month, while the others are closed."""

    HIT = "hit", "比对结果待核实"
    HELD = "held", "暂缓发放"
    FAILED = "failed", "发放不成功"


@dataclass(frozen=True)
class Blocker:
    """Something to be done before a stage is: in words that say what and how many, with the key of where to do it."""

    where: str
    words: str
    count: int = 1


@dataclass(frozen=True)
class StageView:
    """A stage of one township's month. ``over`` counts households that go over by name, by reason."""

    stage: CloseStage
    done: int = 0
    left: int = 0
    words: str = ""
    blockers: tuple[Blocker, ...] = ()
    over: dict[Waits, int] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """Blocked while something of the whole township is to be done; open while it is only waiting."""
        if self.blockers:
            return Standing.BLOCKED
        return Standing.OPEN if self.left else Standing.DONE


def blocking(stages: Iterable[StageView]) -> list[Blocker]:
    """What stands in the way of the close as a whole, in the order of the stages."""
    return [blocker for stage in stages if stage.stage is not CloseStage.FILING for blocker in stage.blockers]


def plain(stages: Iterable[StageView]) -> list[dict[str, object]]:
    """The stages in plain values, for the record and for what is signed."""
    return [
        {
            "stage": str(view.stage), "done": view.done, "left": view.left, "words": view.words,
            "over": {str(why): count for why, count in sorted(view.over.items())},
            "blockers": [[blocker.where, blocker.words, blocker.count] for blocker in view.blockers],
        }
        for view in stages
    ]  # fmt: skip


def views_of(kept: Iterable[Mapping[str, Any]]) -> list[StageView]:
    """The stages again out of their plain values."""
    return [
        StageView(
            CloseStage(each["stage"]), each["done"], each["left"], each["words"],
            tuple(Blocker(*blocker) for blocker in each["blockers"]),
            {Waits(why): count for why, count in each["over"].items()},
        )
        for each in kept
    ]  # fmt: skip
