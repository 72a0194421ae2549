"""The two orders of steps, as whole tables.

``PLAN`` checks before it accepts (plan 四(二)); ``MINISTRY`` accepts on complete papers and checks
afterwards (D10, D15-D18). Both put the opinion on public notice before the decision
(D19) and announce the decision after it (D24): the plan's notice after approval is the 公布.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from yimen.law.procedure import shared_steps as rows
from yimen.law.procedure.step import Body, Step
from yimen.law.terms import ENDS, Order, Stage

_ACCEPT_ARTICLES = ("民发〔2021〕57号第十条", "社会救助法第四十三条")
_CHECK_ARTICLES = ("民发〔2021〕57号第十七条", "社会救助法第四十条", "第四十一条")


def _request_check(stages: tuple[Stage, ...], needs: tuple[str, ...]) -> Step:
    return Step(
        "request_check", "提请信息核对", Body.TOWNSHIP, rows.CLERKS, "四（二）", _CHECK_ARTICLES,
        stages=stages, to=(Stage.CHECKING,), needs=("consents_complete", *needs), papers=("check_request",),
        starts=("check_start",), room="verification", primary=True,
    )


def _take_results(to: Stage) -> Step:
    return Step(
        "take_results", "核对结果返回", Body.DISTRICT, (), "四（二）", _CHECK_ARTICLES,
        stages=(Stage.CHECKING,), to=(to, Stage.CHECKING), papers=("check_report",), room="verification",
    )


PLAN: tuple[Step, ...] = (
    *rows.FILING,
    _request_check((Stage.REGISTERED, Stage.CHECKED), ("materials_complete",)),
    _take_results(Stage.CHECKED),
    *rows.COMPARISON,
    Step(
        "accept", "受理", Body.TOWNSHIP, rows.CLERKS, "四（二）", _ACCEPT_ARTICLES,
        stages=(Stage.CHECKED,), to=(Stage.INVESTIGATING,),
        needs=("materials_complete", "consents_complete", "check_returned", "check_objection_closed"),
        papers=("acceptance_notice",), starts=("total", "investigation_start"), then=("tekun_clock",), room="verification",
        primary=True,
    ),
    Step(
        "decline", "不予受理", Body.TOWNSHIP, rows.CLERKS, "四（二）", ("实施方案四（二）", "社会救助法第七十条"),
        stages=(Stage.CHECKED,), to=(Stage.DECLINED,),
        needs=("check_returned", "check_result_told", "check_objection_closed", "objection_time_over"),
        papers=("decline_notice",), stops=("*",), room="verification",
    ),
    *rows.INVESTIGATION,
    *rows.DECISION,
)

MINISTRY: tuple[Step, ...] = (
    *rows.FILING,
    Step(
        "accept", "受理", Body.TOWNSHIP, rows.CLERKS, "四（二）", _ACCEPT_ARTICLES,
        stages=(Stage.REGISTERED,), to=(Stage.ACCEPTED,), needs=("materials_complete", "consents_complete"),
        papers=("acceptance_notice",), starts=("total", "investigation_start"), then=("tekun_clock",), room="verification",
        primary=True,
    ),
    _request_check((Stage.ACCEPTED, Stage.INVESTIGATING), ()),
    _take_results(Stage.INVESTIGATING),
    *rows.COMPARISON,
    *rows.INVESTIGATION,
    *rows.DECISION,
)

TABLES: dict[Order, tuple[Step, ...]] = {Order.PLAN: PLAN, Order.MINISTRY: MINISTRY}


@dataclass(frozen=True)
class Milestone:
    """A line of the case page's timeline: reached by ``acts``, current while the case stands in ``stages``."""

    code: str
    label: str
    acts: tuple[str, ...]
    stages: tuple[Stage, ...]
    basis: str


_APPLY = Milestone("apply", "申请登记", ("apply",), (Stage.REGISTERED, Stage.SUPPLEMENTING), "四（一）")
_CONSENT = Milestone("consent", "授权承诺、近亲属申明", ("record_consent",), (), "四（一）")
_CHECK = Milestone("check", "信息核对", ("take_results",), (Stage.CHECKING,), "四（二）")
_ACCEPT = Milestone("accept", "受理", ("accept", "decline"), (Stage.CHECKED, Stage.DECLINED), "四（二）")
_REST = (
    Milestone("visit", "入户调查、邻里访问", ("conclude_investigation",), (Stage.INVESTIGATING,), "四（三）"),
    Milestone("appraise", "民主评议", ("appraise",), (Stage.APPRAISING, Stage.OBJECTED), "四（三）"),
    Milestone("opinion", "审核意见", ("propose",), (Stage.EXAMINING,), "四（三）"),
    Milestone("notice", "公示", ("close_notice",), (Stage.NOTICE_READY, Stage.ON_NOTICE), "四（三）"),
    Milestone("decide", "确认决定、书面告知", ("approve", "refuse"), (Stage.DECIDING, Stage.REFUSED_TELLING, Stage.REFUSED), "四（三）"),
    Milestone("announce", "公布", ("announce",), (Stage.APPROVED,), "四（三）"),
    Milestone("award", "纳入保障", ("announce",), (Stage.ON_ASSISTANCE,), "四（六）"),
)
TIMELINES: dict[Order, tuple[Milestone, ...]] = {
    Order.PLAN: (_APPLY, _CONSENT, _CHECK, _ACCEPT, *_REST),
    Order.MINISTRY: (
        _APPLY,
        _CONSENT,
        Milestone("accept", "受理", ("accept",), (Stage.ACCEPTED,), "四（二）"),
        _CHECK,
        *_REST,
    ),
}


@cache
def _by_act(order: Order) -> dict[str, Step]:
    return {row.act: row for row in TABLES[order]}


def steps(order: Order) -> tuple[Step, ...]:
    """All rows of an order, in the order of the plan."""
    return TABLES[order]


def step(order: Order, act: str) -> Step | None:
    """The row of an act in an order, or None where that order has no such act."""
    return _by_act(order).get(act)


@cache
def next_steps(order: Order, stage: Stage) -> tuple[Step, ...]:
    """Rows that may be taken from a stage, primary ones first; none from an end."""
    open_rows = [row for row in TABLES[order] if stage in row.stages]
    if stage in ENDS:
        open_rows = [row for row in open_rows if not row.to]
    return tuple(sorted(open_rows, key=lambda row: not row.primary))
