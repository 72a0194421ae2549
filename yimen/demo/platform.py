"""The provincial platform beside the demo: last month reconciled down to the sheet, this month's export to be tried.

The platform's file is drawn from the district's own awards of the month, with planted differences: nobody in it is real.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from yimen.casework.monthclose.platform import acts, listing, queries
from yimen.demo import ledger_files
from yimen.demo.places import TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.gateways.platform import door
from yimen.law import calendar
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import first_day, month_of
from yimen.law.platform import FIELDS, Handling
from yimen.law.terms import Role

TOWNSHIP, NAME = TOWNSHIPS[0][0], TOWNSHIPS[0][1]
_HEADS = ("序号", "家庭编码", *(field.label for field in FIELDS))
_AT = {field.key: at for at, field in enumerate(FIELDS, 2)}
_KEPT = "平台启用时统一录入的起始月份，不影响发放"
_BEFORE_END = 3
Plant = Callable[[list[list[Any]]], None]


def _lines(month: str) -> list[list[Any]]:
    rows = listing.month_rows(list(listing.standing(TOWNSHIP, month)), full=True)
    return [
        [at, f"QH{at:06d}", *(_cell(field.kind, row.told[field.key]) for field in FIELDS)]
        for at, row in enumerate(rows, 1)
    ]


def _cell(kind: str, text: str) -> Any:
    if kind == "money" and text:
        return text.replace(",", "")
    return int(text) if kind == "count" and text else text


def file(month: str, plant: Plant) -> bytes:
    """The platform's export of a month."""
    lines = _lines(month)
    plant(lines)
    year, number = month.split("-")
    return ledger_files.sheet(f"{NAME}社会救助在保对象明细（{year}年{int(number)}月）", _HEADS, lines)


def _set(lines: list[list[Any]], row: int, key: str, value: Any) -> None:
    if row < len(lines):
        lines[row][_AT[key]] = value


def _kept(lines: list[list[Any]]) -> None:
    _set(lines, 2, "start_month", "2025-01")


def _past(lines: list[list[Any]]) -> None:
    _kept(lines)
    _set(lines, 4, "amount", "1.00")
    _set(lines, 5, "head_name", "示例错字")


def _present(lines: list[list[Any]]) -> None:
    """Differences of every kind for whoever tries the file."""
    _kept(lines)
    _set(lines, 3, "amount", "888.00")
    _set(lines, 5, "account", "9900990099009900123")
    _set(lines, 6, "village", "幸福里社区")
    _set(lines, 7, "standing", "停保")
    _set(lines, 8, "persons", 9)
    if len(lines) > 11:
        lines[9][_AT["head_identity"]] = float(lines[9][_AT["head_identity"]][:17]) * 10
        del lines[10]
    stranger = list(lines[0])
    stranger[_AT["head_name"]], stranger[_AT["head_identity"]] = "罗示例", ledger_files.number(977, "19600101")
    stranger[_AT["account"]] = ""
    lines.append(stranger)


class Platform:
    """Plays the reconciliation of last month, three working days before its end."""

    def __init__(self, stage: Theatre) -> None:
        self.stage = stage
        self.month = later_month(month_of(stage.today), -1)
        days = [date.fromordinal(first_day(self.month).toordinal() + number) for number in range(31)]
        working = [day for day in days if month_of(day) == self.month and stage.days.is_working_day(day)]
        self.on = working[-_BEFORE_END]

    def day(self, day: date) -> None:
        """What this day brings, if it is the one."""
        if day == self.on:
            with calendar.travel(at(day, 16, 40)):
                self._reconcile()

    def _reconcile(self) -> None:
        by = self.stage.officer(TOWNSHIP, Role.HANDLER)
        run = self._bring(by, _past, "平台在保对象.xlsx")
        lines = {line.field: line.ref for line in queries.line_rows(run)}
        if {"amount", "head_name", "start_month"} <= lines.keys():
            fix = [lines["amount"], lines["head_name"]]
            acts.handle_differences(by, refs=fix, how=str(Handling.FIX))
            acts.tick_fixed(by, refs=fix)
            acts.handle_differences(by, refs=[lines["start_month"]], how=str(Handling.KEPT), reason=_KEPT)
            self._bring(by, _kept, "平台在保对象（改后）.xlsx")
        if not queries.reconciled(TOWNSHIP, self.month).open:
            acts.issue_platform_sheet(by, township=TOWNSHIP, month=self.month)

    def _bring(self, by: Any, plant: Plant, name: str) -> Any:
        return door.compare(by, door.upload(by, file(self.month, plant), name, month=self.month))

    def sample(self) -> bytes | None:
        """This month's export with planted differences; None where nobody is on assistance."""
        month = month_of(self.stage.today)
        return file(month, _present) if listing.standing(TOWNSHIP, month).exists() else None
