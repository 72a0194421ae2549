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

RECONCILED = tuple(code for code, *_ in TOWNSHIPS[:-1])
"""The townships that reconcile last month and close it; the last one is late."""
_SHOWN = RECONCILED[0]
_NAMES = {code: name for code, name, *_ in TOWNSHIPS}
HEADS = ("序号", "家庭编码", *(field.label for field in FIELDS))
AT = {field.key: at for at, field in enumerate(FIELDS, 2)}
_KEPT = "平台启用时统一录入的起始月份，不影响发放"
_BEFORE_END = 3
Plant = Callable[[list[list[Any]]], None]


def _lines(township: str, month: str) -> list[list[Any]]:
    rows = listing.month_rows(list(listing.standing(township, month)), full=True)
    return [line(at, row) for at, row in enumerate(rows, 1)]


def line(at: int, row: listing.MonthRow) -> list[Any]:
    """One household as the platform exports it."""
    return [at, f"QH{at:06d}", *(_cell(field.kind, row.told[field.key]) for field in FIELDS)]


def _cell(kind: str, text: str) -> Any:
    if kind == "money" and text:
        return text.replace(",", "")
    return int(text) if kind == "count" and text else text


def file(township: str, month: str, plant: Plant) -> bytes:
    """The platform's export of a township's month."""
    lines = _lines(township, month)
    plant(lines)
    return ledger_files.sheet(title(township, month), HEADS, lines)


def title(township: str, month: str) -> str:
    """What stands above the platform's table."""
    year, number = month.split("-")
    return f"{_NAMES[township]}社会救助在保对象明细（{year}年{int(number)}月）"


def _set(lines: list[list[Any]], row: int, key: str, value: Any) -> None:
    if row < len(lines):
        lines[row][AT[key]] = value


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
        lines[9][AT["head_identity"]] = float(lines[9][AT["head_identity"]][:17]) * 10
        del lines[10]
    stranger = list(lines[0])
    stranger[AT["head_name"]], stranger[AT["head_identity"]] = "罗示例", ledger_files.number(977, "19600101")
    stranger[AT["account"]] = ""
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
            for number, code in enumerate(RECONCILED):
                with calendar.travel(at(day, 16, 40 + number)):
                    self._reconcile(code)

    def _reconcile(self, township: str) -> None:
        """Every planted difference is put right on the platform but the first month, which is kept with its reason."""
        if not listing.standing(township, self.month).exists():
            return
        by = self.stage.officer(township, Role.HANDLER)
        run = self._bring(by, township, _past, "平台在保对象.xlsx")
        lines = list(queries.line_rows(run))
        fix = [line.ref for line in lines if line.field != "start_month"]
        if kept := [line.ref for line in lines if line.field == "start_month"]:
            acts.handle_differences(by, refs=kept, how=str(Handling.KEPT), reason=_KEPT)
        if fix:
            acts.handle_differences(by, refs=fix, how=str(Handling.FIX))
            acts.tick_fixed(by, refs=fix)
            self._bring(by, township, _kept, "平台在保对象（改后）.xlsx")
        if not queries.reconciled(township, self.month).open:
            acts.issue_platform_sheet(by, township=township, month=self.month)

    def _bring(self, by: Any, township: str, plant: Plant, name: str) -> Any:
        return door.compare(by, door.upload(by, file(township, self.month, plant), name, month=self.month))

    def sample(self) -> bytes | None:
        """This month's export of the first township with planted differences; None where nobody is on assistance."""
        month = month_of(self.stage.today)
        return file(_SHOWN, month, _present) if listing.standing(_SHOWN, month).exists() else None
