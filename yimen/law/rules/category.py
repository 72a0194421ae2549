"""Category and recertification interval by the place's own table (D31; O 7; rules.md §1 row 11)."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.law.reckoning import Line, figure_line, given, group, number_of
from yimen.law.rules.context import D31, Case
from yimen.law.rules.facts import Method
from yimen.law.standards import BadFigure, Value
from yimen.law.terms import WorkCapacity

KEY = "category.scheme"
_LABOUR = {"able": "有劳动能力成员", "partly": "有部分丧失劳动能力成员", "none": "没有有劳动能力的成员"}
_INCOME = {"none": "没有收入", "stable": "收入稳定", "irregular": "收入不固定"}


@dataclass(frozen=True)
class Category:
    """A category of the table, with its interval in months and the lines that explain it."""

    code: str
    label: str
    months: int
    section: Line


def categorise(case: Case, income: Line) -> Category:
    """The first row of the table that fits. Raises BadFigure when none does or a row is incomplete."""
    figure = case.figures[KEY]
    labour, steadiness = labour_of(case), steadiness_of(case, income)
    for row in figure.as_rows():
        if _fits(row, "labour", labour) and _fits(row, "income", steadiness):
            return _category(case, row, labour, steadiness)
    raise BadFigure(
        f"保障类别表（{figure.source}）没有适用于“{_LABOUR[labour]}、{_INCOME[steadiness]}”的类别，请补充后再计算。"
    )


def labour_of(case: Case) -> str:
    """The strongest capacity to work among the members: able, partly or none."""
    found = {person.work_capacity for person in case.counted}
    if WorkCapacity.ABLE in found:
        return "able"
    return "partly" if WorkCapacity.PARTLY in found else "none"


def steadiness_of(case: Case, income: Line) -> str:
    """Whether there is income, and whether it comes regularly (imputed work and trade do not)."""
    if number_of(income) == 0:
        return "none"
    irregular = any(
        row.irregular or row.method in {Method.LABOUR, Method.TRADE}
        for row in case.facts.incomes
        if case.is_counted(row.person)
    )
    return "irregular" if irregular else "stable"


def _fits(row: dict[str, Value], name: str, code: str) -> bool:
    wanted = row.get(name)
    return not isinstance(wanted, list) or code in wanted


def _category(case: Case, row: dict[str, Value], labour: str, steadiness: str) -> Category:
    figure, months = case.figures[KEY], row.get("months")
    label = str(row.get("label", row.get("code")))
    if not isinstance(months, int) or isinstance(months, bool):
        raise BadFigure(f"保障类别“{label}”没有写明核查间隔月数，请补充后再计算。")
    section = group(
        "category",
        "类别与定期核查",
        [
            given("category.labour", "劳动能力", _LABOUR[labour], "text"),
            given("category.income", "收入情况", _INCOME[steadiness], "text"),
            figure_line(figure, label, name="保障类别", unit="text"),
            figure_line(figure, months, name="核查间隔", unit="month"),
        ],
        basis=D31,
    )
    return Category(str(row.get("code")), label, months, section)
