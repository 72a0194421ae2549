"""How each stage of a township's month stands: what is done, what is left, what stands in the way and where it is done.

Every figure is counted from the rows of the rooms when the page is read; nothing is kept that could disagree with them.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet

from yimen.base.clocks.models import Clock
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications.models import Application
from yimen.casework.awards.models import AwardVersion, ChangeCase
from yimen.casework.awards.months import due_in_month
from yimen.casework.monthclose.comparison import queries as comparison
from yimen.casework.monthclose.models import MonthClose
from yimen.casework.monthclose.platform import queries as platform
from yimen.casework.payments.hold_queries import waits
from yimen.casework.payments.models import PayLine, Roll
from yimen.casework.payments.roll_queries import with_status
from yimen.law.aftercare.changing import OPEN, ChangeState
from yimen.law.closing import CLOSED, STANDING, Blocker, CloseStage, CloseState, StageView, Waits, views_of
from yimen.law.monthclose import CutOff, Deadline, deadline
from yimen.law.payments.terms import LineEventKind, RollKind, RollState
from yimen.law.platform import MonthState
from yimen.law.standards import Unset

_UNDECIDED = [str(state) for state in OPEN if state not in {ChangeState.DECIDED, ChangeState.MOVING}]
_ASKED = (None, str(LineEventKind.SENT), str(LineEventKind.UNKNOWN))


def stages(township: str, month: str, on: dt.date) -> list[StageView]:
    """The six stages of a month, in their order; about thirty statements, whatever the number of households."""
    return [
        _comparison(township, month, on),
        _cases(township, month, on),
        _roll(township, month),
        _payment(township, month),
        _platform(township, month),
        _filing(township, month),
    ]


def stages_seen(township: str, month: str, on: dt.date) -> list[StageView]:
    """The stages as they were filed, once a month is: what came later belongs to another month. Counted anew before that."""
    close = close_of(township, month)
    if close is None or close.state not in CLOSED:
        return stages(township, month, on)
    kept = [view for view in views_of(close.stages) if view.stage is not CloseStage.FILING]
    return [*kept, _filing(township, month)]


def cut_off_of(what: CutOff, township: str, month: str, on: dt.date) -> Deadline | None:
    """A cut-off of a month in a township; None while the district has not set it."""
    try:
        return deadline(what, month, partial(figures.figure, area=township, on=on), offices.working_calendar())
    except Unset:
        return None


def _comparison(township: str, month: str, on: dt.date) -> StageView:
    state = comparison.month_state(township, month, on)
    whole = sum(feed.whole for feed in state.feeds)
    waiting = comparison.waiting_households(township, month)
    blockers = () if state.answered else (Blocker("comparison", state.words, max(len(state.lacking), 1)),)
    return StageView(
        CloseStage.COMPARISON,
        whole,
        len(state.feeds) - whole,
        state.words,
        blockers,
        {Waits.HIT: waiting} if waiting else {},
    )


# -- cases ------------------------------------------------------------------------------------


def _cases(township: str, month: str, on: dt.date) -> StageView:
    """What the law or the plan wants decided by the cut-off: applications and changes whose limit falls by then."""
    cut = cut_off_of(CutOff.CASES, township, month, on)
    if cut is None:
        return StageView(
            CloseStage.CASES, blockers=(Blocker("figures", "每月办结截止日未设置，由区级在政策与标准中设置"),)
        )
    changes, applications = undecided_changes(township), _undecided_applications(township)
    late = changes.filter(due_on__lte=cut.day).count()
    pressing = applications.filter(Exists(_due_by(Application.KIND, cut.day))).count()
    blockers = []
    if late:
        blockers.append(
            Blocker("changes", f"{late} 件变更的期限在截止日（{cut.day.month}月{cut.day.day}日）以前，还没有决定", late)
        )
    if pressing:
        blockers.append(Blocker("queue", f"{pressing} 件申请的期限在截止日以前，还没有决定", pressing))
    open_ = changes.count() + applications.count()
    over = open_ - late - pressing
    words = f"另有 {over} 件在期限内继续办理" if over else "没有在办的申请和变更" if not open_ else ""
    return StageView(CloseStage.CASES, over, late + pressing, words, tuple(blockers))


def undecided_changes(township: str) -> QuerySet[ChangeCase]:
    """Changes of a township's awards that nobody has decided yet."""
    return ChangeCase.objects.filter(award__township_id=township, state__in=_UNDECIDED)


def _undecided_applications(township: str) -> QuerySet[Application]:
    going = Clock.objects.filter(
        subject_kind=Application.KIND, subject_id=OuterRef("pk"), code="total", stopped_on__isnull=True
    )
    return Application.objects.filter(Exists(going), township_id=township)


def _due_by(kind: str, day: dt.date) -> QuerySet[Clock]:
    return Clock.objects.filter(
        subject_kind=kind, subject_id=OuterRef("pk"), code="total", stopped_on__isnull=True, due_on__lte=day
    )


# -- money ------------------------------------------------------------------------------------


def _roll(township: str, month: str) -> StageView:
    rolls = Roll.objects.filter(area=township, month=month).exclude(state=RollState.WITHDRAWN)
    monthly = rolls.filter(kind=RollKind.MONTHLY).first()
    lines = PayLine.objects.filter(township=township, month=month).count()
    if monthly is None or monthly.state != RollState.DONE:
        words = "月度名册还没有编制" if monthly is None else f"月度名册：{RollState(monthly.state).label}"
        return StageView(
            CloseStage.ROLL, lines, due_in_month(township, month).count() - lines, words, (Blocker("rolls", words),)
        )
    missing = without_line(township, month)
    held = missing.filter(waits()).count()
    left = missing.count() - held
    blockers = []
    if busy := rolls.exclude(state=RollState.DONE).first():
        blockers.append(Blocker("rolls", f"补充名册：{RollState(busy.state).label}"))
    if left:
        blockers.append(Blocker("rolls", f"{left} 户本月应发而不在名册里，请编制补充名册", left))
    return StageView(
        CloseStage.ROLL, lines, left, f"名册 {lines} 户", tuple(blockers), {Waits.HELD: held} if held else {}
    )


def without_line(township: str, month: str) -> QuerySet[AwardVersion]:
    """What is due in a month and stands in no roll of it."""
    lined = PayLine.objects.filter(award=OuterRef("award"), month=month)
    return due_in_month(township, month).filter(~Exists(lined)).order_by()


def _payment(township: str, month: str) -> StageView:
    lines = with_status(PayLine.objects.filter(township=township, month=month, total_fen__gt=0)).order_by()
    told = dict.fromkeys(_ASKED, 0)
    for status in lines.values_list("status", flat=True).iterator(chunk_size=5_000):
        told[status] = told.get(status, 0) + 1
    if not sum(told.values()) and not PayLine.objects.filter(township=township, month=month).exists():
        waiting = due_in_month(township, month).count()
        return StageView(CloseStage.PAYMENT, 0, waiting, "等名册冻结" if waiting else "本月没有要发放的")
    done = told.get(str(LineEventKind.PAID), 0)
    failed = sum(told.get(str(kind), 0) for kind in (LineEventKind.FAILED, LineEventKind.RETURNED))
    unsent, unanswered = told[None], told[str(LineEventKind.SENT)] + told[str(LineEventKind.UNKNOWN)]
    blockers = []
    if unsent:
        blockers.append(Blocker("bank", f"{unsent} 户还没有报送银行", unsent))
    if unanswered:
        blockers.append(Blocker("bank", f"{unanswered} 户银行还没有答复", unanswered))
    words = f"已发放 {done} 户" if told and (done or failed) else ""
    return StageView(
        CloseStage.PAYMENT, done, unsent + unanswered, words, tuple(blockers), {Waits.FAILED: failed} if failed else {}
    )


# -- papers -----------------------------------------------------------------------------------


def _platform(township: str, month: str) -> StageView:
    found = platform.reconciled(township, month)
    if found.state is MonthState.AGREED and found.sheet:
        return StageView(CloseStage.PLATFORM, found.same, 0, f"一致 {found.same} 户，对账表已打印")
    if found.state is MonthState.NONE:
        words = "还没有导入平台数据"
    elif found.open or found.lacking:
        words = f"{found.open} 处不同待处理" if found.open else "有项目还没有导入平台数据"
    else:
        words = "已一致，对账表还没有打印"
    left = max(found.open, 1)
    return StageView(CloseStage.PLATFORM, found.same, left, words, (Blocker("platform", words, left),))


def close_of(township: str, month: str) -> MonthClose | None:
    """The close of a month that counts now."""
    rows = MonthClose.objects.filter(area=township, month=month, state__in=[str(state) for state in STANDING])
    return rows.select_related("proposed_by", "released_by", "received_by").first()


def _filing(township: str, month: str) -> StageView:
    close = close_of(township, month)
    if close is None:
        return StageView(CloseStage.FILING, 0, 2, "等待经办人签字")
    words = CloseState(close.state).label
    return StageView(
        CloseStage.FILING, 1 if close.state == CloseState.SIGNED else 2, int(close.state == CloseState.SIGNED), words
    )
