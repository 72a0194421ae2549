"""Income that is reckoned instead of found: by land, by trade, by capacity to work (rules.md §2.2).

It is always shown as imputed (推算) and can be contested.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from yimen.law.calendar import age
from yimen.law.reckoning import Line, compute, figure_line, given
from yimen.law.rules.context import D13, Case
from yimen.law.rules.facts import BadFacts, IncomeFact, Method, PersonFacts
from yimen.law.standards import BadFigure, Figure, Value, exact

LABOUR_ARTICLE = "民发〔2022〕83号一（一）"
COEFFICIENT, BASE, PICK = "income.coefficient", "income.coefficient_base", "income_reference.pick"
MONTHS_A_YEAR = 12


def imputed_keys(income: IncomeFact) -> Iterator[str]:
    """Figures that an imputed income asks for."""
    if income.method is Method.LABOUR:
        yield from (COEFFICIENT, BASE)
    elif income.method in {Method.CROP, Method.TRADE}:
        yield f"income_reference.{income.method}"
        if income.rate_fen is None:
            yield PICK


def imputed_amount(case: Case, income: IncomeFact, code: str, name: str) -> Line:
    """The monthly amount of an imputed income. Raises BadFacts for an item the table lacks."""
    if income.method is Method.LABOUR:
        return _by_capacity(case, income, code, name)
    return _by_reference(case, income, code, name)


def _by_capacity(case: Case, income: IncomeFact, code: str, name: str) -> Line:
    person = case.facts.person(income.person)
    table = case.figures[COEFFICIENT]
    factor = figure_line(table, _coefficient(table, person, case), name="劳动力系数", unit="ratio")
    return compute(
        f"{code}.monthly",
        name,
        "times",
        [figure_line(case.figures[BASE], unit="fen/month"), factor],
        "fen",
        formula="基数×劳动力系数",
        basis=LABOUR_ARTICLE,
        note=f"{person.work_capacity.label}，{age(person.birth_date, case.on)}周岁",
        imputed=True,
    )


def _coefficient(table: Figure, person: PersonFacts, case: Case) -> Fraction:
    years = age(person.birth_date, case.on)
    for row in table.as_rows():
        if row.get("capacity") == person.work_capacity and _fits(row, person, years):
            return exact(row.get("coefficient"), table.key)
    if any(row.get("capacity") == person.work_capacity for row in table.as_rows()):
        return Fraction(0)
    raise BadFigure(f"劳动力系数表（{table.source}）没有“{person.work_capacity.label}”一行，请补充后再计算。")


def _fits(row: dict[str, Value], person: PersonFacts, years: int) -> bool:
    if row.get("sex") and row["sex"] != person.sex:
        return False
    low, below = row.get("age_from"), row.get("age_below")
    return not (isinstance(low, int) and years < low) and not (isinstance(below, int) and years >= below)


def _by_reference(case: Case, income: IncomeFact, code: str, name: str) -> Line:
    table = case.figures[f"income_reference.{income.method}"]
    row = _row(table, income)
    rate = figure_line(table, _rate(case, table, row, income), name=str(row.get("label", income.item)), unit="fen")
    if income.method is Method.CROP:
        operands = [rate, given(f"{code}.mu", "面积", income.quantity, "mu")]
        words = "每亩年收入×面积÷12"
    else:
        operands = [rate, given(f"{code}.worked", "每年从业月数", income.quantity, "month")]
        words = "月收入参考×从业月数÷12"
    yearly = compute(f"{code}.yearly", f"{name}（每年）", "times", operands, "fen", formula="参考值×数量", imputed=True)
    year = given(f"{code}.months", "折算月数", MONTHS_A_YEAR, "month")
    return compute(
        f"{code}.monthly",
        name,
        "over",
        [yearly, year],
        "fen",
        formula=words,
        basis=D13,
        note=income.source,
        imputed=True,
    )


def _row(table: Figure, income: IncomeFact) -> dict[str, Value]:
    for row in table.as_rows():
        if row.get("code") == income.item:
            return row
    known = "、".join(str(row.get("code")) for row in table.as_rows())
    raise BadFacts(f"incomes.{income.ref}.item", f"收入参考表中没有“{income.item}”，可选：{known}。")


def _rate(case: Case, table: Figure, row: dict[str, Value], income: IncomeFact) -> Fraction:
    low, high = exact(row.get("low_fen"), table.key), exact(row.get("high_fen"), table.key)
    if income.rate_fen is not None:
        if not low <= income.rate_fen <= high:
            raise BadFacts(f"incomes.{income.ref}.rate", "取值超出收入参考表的区间，请在上下限之间选取。")
        return Fraction(income.rate_fen)
    pick = case.figures[PICK].as_code()
    return {"low": low, "high": high, "middle": (low + high) / 2}[pick]
