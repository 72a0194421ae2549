"""What the pages of 月末办结 share: how a stage is shown, where a blocker is put right, the two cut-offs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from yimen.casework.monthclose.queries import closing as queries
from yimen.desks.shared.deadlines import SOON, UNSET, left_words
from yimen.desks.shared.shapes import Action, Cell, Column, Row, Table, Tag, Tile
from yimen.law.closing import CUT_OFFS, CloseStage, CloseState, StageView, Standing, Waits
from yimen.law.monthclose import CutOff

TONES = {Standing.DONE: "green", Standing.OPEN: "blue", Standing.BLOCKED: "amber"}
STATES = {
    CloseState.SIGNED: "blue",
    CloseState.RUNNING: "blue",
    CloseState.FILED: "green",
    CloseState.RECEIVED: "green",
    CloseState.RETURNED: "amber",
    CloseState.REOPENED: "red",
}
_WHERE = {
    "comparison": ("去比对", "township:comparison"),
    "changes": ("去办变更", "township:changes"),
    "queue": ("去待办", "township:queue"),
    "rolls": ("去名册", "township:rolls"),
    "bank": ("去银行发放", "township:banks"),
    "platform": ("去对账", "township:platform_month"),
    "figures": ("去设置", "figures"),
}
_OF_MONTH = frozenset({"township:platform_month"})
"""Pages that are about one month, and take it."""
_OVER = {
    Waits.HIT: ("比对结果待核实", "township:comparison"),
    Waits.HELD: ("暂缓发放", "township:holds"),
    Waits.FAILED: ("发放不成功", "township:banks"),
}
_STAGES = ["阶段", "状态", Column("已办", numeric=True), Column("待办", numeric=True), "说明", "截止", "办理"]
_OVERS = ["转入下月的原因", Column("户数", numeric=True), "办理"]


def cut_off_tiles(township: str, month: str, on: dt.date, filed: dt.date | None = None) -> list[Tile]:
    """The two cut-offs of a month with the countdown, whichever month it is; of a ``filed`` one the day of that instead."""
    return [_tile(what, township, month, on, filed) for what in CutOff]


def _tile(what: CutOff, township: str, month: str, on: dt.date, filed: dt.date | None) -> Tile:
    found = queries.cut_off_of(what, township, month, on)
    if found is None:
        return Tile(what.label, "未设置", note=UNSET, tone="red")
    if filed is not None:
        return Tile(what.label, f"{found.day.month}月{found.day.day}日", note=f"已于 {filed.month}月{filed.day}日报备")
    left = found.left(on)
    tone = "red" if left < 0 else "amber" if left <= SOON else ""
    return Tile(what.label, f"{found.day.month}月{found.day.day}日", note=left_words(found, on), tone=tone)


def tag(view: StageView) -> Tag:
    """How a stage stands."""
    return Tag(TONES[view.standing], view.standing.label)


def state_tag(state: str) -> Tag:
    """How a close stands."""
    found = CloseState(state)
    return Tag(STATES[found], found.label)


def stage_table(views: Sequence[StageView], township: str, month: str, on: dt.date, own: bool) -> Table:
    """The stages of a township's month in their order; ``own``: the reader works there and gets the links."""
    due = {what: queries.cut_off_of(what, township, month, on) for what in CutOff}
    rows = []
    for number, view in enumerate(views, 1):
        cut = CUT_OFFS.get(view.stage)
        day = due[cut] if cut else None
        rows.append(
            Row(
                [
                    Cell(f"{number} {view.stage.label}", strong=True),
                    tag(view),
                    view.done,
                    view.left,
                    _words(view),
                    f"{day.day}" if day else "—",
                    _link(view, month) if own else "",
                ],
                tone="different" if view.blockers else "",
            )
        )
    return Table(_STAGES, rows, label="六个阶段")


def _words(view: StageView) -> str:
    return "；".join(each.words for each in view.blockers) or view.words or "—"


def _link(view: StageView, month: str) -> Action | str:
    if not view.blockers:
        return ""
    text, name = _WHERE[view.blockers[0].where]
    return Action(text, reverse(name, args=[month] if name in _OF_MONTH else []))


def over_table(views: Sequence[StageView], own: bool) -> Table | None:
    """The households that go over to the next month, by reason; None where there are none."""
    rows = [
        Row([_OVER[why][0], count, Action("查看", reverse(_OVER[why][1])) if own else ""])
        for view in views
        for why, count in view.over.items()
        if count
    ]
    return Table(_OVERS, rows, label="转入下月的家庭") if rows else None


def short(view: StageView) -> Cell:
    """A stage in one cell of the district's table."""
    if view.stage is CloseStage.FILING:
        return Cell(tag=Tag("green" if not view.left else "blue", view.words))
    if not view.blockers:
        return Cell(tag=tag(view))
    return Cell(
        tag=Tag("amber", f"待办 {view.left or sum(each.count for each in view.blockers)}"), note=view.blockers[0].words
    )
