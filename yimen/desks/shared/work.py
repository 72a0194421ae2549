"""Lists of work: which case waits for whom, how its clock stands, what comes next. A constant number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.clocks.desk import ClockView, clocks_of
from yimen.base.offices import queries as offices
from yimen.casework.applications.queries import business_words
from yimen.desks.shared.nextstep import Standing
from yimen.desks.shared.shapes import Cell, Link, Row, Tag
from yimen.law.procedure import Body, Step
from yimen.law.terms import ENDS, Role, Stage

# What nobody here can move on: the applicant or the province must answer first.
_WAITING = {Stage.SUPPLEMENTING: "等待申请人补正", Stage.CHECKING: "等待核对结果", Stage.ON_NOTICE: "等待公示期满"}


@dataclass(frozen=True)
class Work:
    """One case in a list. ``application`` is a row of the applications room, read only."""

    application: Any
    clocks: tuple[ClockView, ...]
    step: Step | None
    mine: bool
    waiting: str

    @property
    def stage(self) -> Stage:
        return Stage(self.application.stage)

    @property
    def pressing(self) -> ClockView | None:
        """The clock that shows: the first to fall due."""
        return self.clocks[0] if self.clocks else None

    @property
    def left(self) -> int | None:
        return self.pressing.left if self.pressing else None

    @property
    def overdue(self) -> bool:
        return any(clock.overdue and clock.code != "public_notice" for clock in self.clocks)

    @property
    def near(self) -> bool:
        return any(clock.left is not None and 0 <= clock.left <= 3 for clock in self.clocks)

    @property
    def paused(self) -> bool:
        return self.stage is Stage.SUPPLEMENTING or any(clock.paused_for for clock in self.clocks)


class Powers:
    """Delegations of a district held once per list, so that a list needs no query per row."""

    def __init__(self, district: str) -> None:
        rows = offices.delegations(district).filter(released_at__isnull=False)
        self._rows = [(row.programme, row.township_id, row.valid_from, row.valid_to) for row in rows]

    def delegated(self, application: Any, on: date) -> bool:
        """Whether the township holds the power over every programme that a case is about, on the day that counts."""
        day = application.accepted_on or on
        handed = {
            programme
            for programme, code, since, to in self._rows
            if code == application.township_id and since <= day and (to is None or day <= to)
        }
        return handed.issuperset(application.programmes)


def fits(officer: Officer, row: Step, application: Any, powers: Powers, on: date) -> bool:
    """Whether the officer's post is one that takes this step, without a query per row."""
    roles = set(row.roles)
    if row.body is Body.DISTRICT:
        return officer.holds(roles, application.township_id[:6])
    if row.body is Body.DECIDING:
        if powers.delegated(application, on):
            return officer.holds({Role.HEAD} & roles, application.township_id)
        return officer.holds({Role.DISTRICT_DECIDER} & roles, application.township_id[:6])
    if officer.holds(roles & TOWNSHIP_ROLES, application.township_id):
        return True
    return row.body is Body.VILLAGE_OR_TOWNSHIP and officer.holds(roles & VILLAGE_ROLES, application.village_id)


def work_of(officer: Officer, applications: Iterable[Any], on: date, *, keep_order: bool = False) -> list[Work]:
    """Cases as work, overdue first, then by due day, then by number; or in the order in which they come."""
    rows = list(applications)
    clocks = clocks_of("application", [row.pk for row in rows], on)
    powers, standing = Powers(officer.district), Standing([row for row in rows if Stage(row.stage) not in ENDS], on)
    found = []
    for row in rows:
        running = tuple(clocks.get(row.pk, ()))
        step = standing.step(row, running)
        mine = step is not None and fits(officer, step, row, powers, on)
        found.append(Work(row, running, step, mine, _WAITING.get(Stage(row.stage), "")))
    if not keep_order:
        found.sort(key=_pressing_first)
    return found


def _pressing_first(work: Work) -> tuple[bool, bool, date, int]:
    clock = work.pressing
    due = clock.due_on if clock and clock.due_on else date.max
    return (not work.overdue, clock is None or clock.due_on is None, due, -work.application.pk)


def clock_cell(work: Work) -> Cell:
    """The statutory limit as a tag; paused and waiting cases say for whom."""
    if work.stage in ENDS:
        return Cell(tag=Tag("neutral", work.stage.label))
    clock = work.pressing
    if clock is None:
        before = work.application.accepted_on is None
        return Cell(tag=Tag("neutral", work.waiting or ("受理后起算" if before else "没有在计的时限")))
    return Cell(tag=Tag(clock.tone, clock.text), note=clock.label)


def case_url(ref: str, tab: str = "") -> str:
    """Address of a case page, or of one of its tabs."""
    return reverse("case", args=[ref]) + (f"?tab={tab}" if tab else "")


def act_url(ref: str, act: str) -> str:
    """Address of the page of an act on a case."""
    return reverse(f"act-{act}", args=[ref])


def next_cell(work: Work) -> Link | str:
    """The one link 下一步, or whom the case waits for."""
    if work.waiting and not work.mine:
        return work.waiting
    if work.step is None:
        return "已办结" if work.stage in ENDS else "查看"
    if not work.mine:
        return f"等待：{work.step.label}"
    return Link(work.step.label, act_url(work.application.ref, work.step.act))


def row_of(work: Work, *, township: bool = False) -> Row:
    """A row of the queue: the name first, and it is the link."""
    item = work.application
    place = [Cell(item.township.name)] if township else []
    return Row(
        cells=[
            Link(item.applicant.name, case_url(item.ref)),
            item.number,
            *place,
            item.village.name,
            f"{business_words(item)}·新申请",
            work.stage.label,
            clock_cell(work),
            next_cell(work),
        ],
        ref=item.ref,
        name=item.applicant.name,
    )


def more_cells(work: Work) -> list[Cell | str]:
    """What a list of work can show besides: who handles the case, when it was applied for."""
    item = work.application
    return [item.handler.name if item.handler else "—", f"{item.applied_on:%Y-%m-%d}"]


COLUMNS = ["申请人", "案号", "村（社区）", "业务", "当前环节", "法定时限", "下一步"]
MORE = ["经办", "申请日期"]
COLUMNS_DISTRICT = ["申请人", "案号", "乡街", "村（社区）", "业务", "当前环节", "法定时限", "下一步"]
_STAGES = {stage: place for place, stage in enumerate(Stage)}
SORTS = {
    "申请人": ("applicant__pinyin",),
    "案号": ("number",),
    "村（社区）": ("village_id",),
    "当前环节": ("stage",),
    "经办": ("handler__initials",),
    "申请日期": ("applied_on",),
}
KEYS: dict[str, Callable[[Work], Any]] = {
    "申请人": lambda work: (work.application.applicant.pinyin, work.application.pk),
    "案号": lambda work: work.application.number,
    "村（社区）": lambda work: (work.application.village_id, work.application.applicant.pinyin),
    "当前环节": lambda work: (_STAGES[work.stage], work.application.pk),
    "法定时限": _pressing_first,
    "经办": lambda work: work.application.handler.initials if work.application.handler else "",
    "申请日期": lambda work: (work.application.applied_on, work.application.pk),
}
