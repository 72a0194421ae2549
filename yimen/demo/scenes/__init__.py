"""What happens next in a case: one scene a visit, each a real act by the person whose turn it is.

A scene answers after how many working days the case is looked at again; None when it has come to where its plan
wants it today, or to an end; WAITS when the province has to answer first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from yimen.demo.families import Maker
from yimen.demo.plans import Plan
from yimen.demo.scenes import checking, deciding, filing, visiting
from yimen.demo.scenes.cast import case_of
from yimen.law.terms import ENDS, Stage


def play(stage: Any, maker: Maker, plan: Plan, day: date) -> int | None:
    """The next scene of a plan."""
    if not plan.ref:
        return filing.apply(stage, maker, plan, day)
    case = case_of(plan)
    if _arrived(plan, case):
        return None
    scene = _SCENES.get(Stage(case.stage))
    return scene(stage, plan, case, day) if scene else None


def _arrived(plan: Plan, case: Any) -> bool:
    stage = Stage(case.stage)
    if stage in ENDS:
        return True
    # A notice is where the plan wants it once it hangs.
    return stage is plan.goal and (stage is not Stage.ON_NOTICE or plan.posted)


_SCENES: dict[Stage, Callable[[Any, Plan, Any, date], int | None]] = {
    Stage.REGISTERED: filing.registered,
    Stage.SUPPLEMENTING: filing.supplementing,
    Stage.ACCEPTED: checking.accepted,
    Stage.CHECKED: checking.checked_back,
    Stage.INVESTIGATING: visiting.investigating,
    Stage.APPRAISING: visiting.appraising,
    Stage.EXAMINING: deciding.examining,
    Stage.NOTICE_READY: deciding.notice_ready,
    Stage.ON_NOTICE: deciding.on_notice,
    Stage.OBJECTED: deciding.objected,
    Stage.DECIDING: deciding.deciding,
    Stage.APPROVED: deciding.approved,
    Stage.REFUSED_TELLING: deciding.telling,
}
