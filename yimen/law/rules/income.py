"""Household income: five kinds, each line monthly, with exclusions, costs and deductions (D13; rules.md §2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from yimen.law.reckoning import Line, compute, figure_line, given, group, number_of, ref
from yimen.law.rules.context import DIBAO, MONTHS, Case, Terms, per_month, share_line
from yimen.law.rules.exclusions import PENSION_ITEM, PENSION_KEY, excluded_share, exclusion_keys
from yimen.law.rules.facts import ExpenseFact, HouseholdFacts, IncomeFact, Method
from yimen.law.rules.imputed import imputed_amount, imputed_keys
from yimen.law.rules.support import support_keys, support_lines
from yimen.law.standards import Figure, exact
from yimen.law.terms import IncomeKind, Period

EMPLOYMENT_COST = "deduction.employment_cost"
NEGATIVE_KINDS = "income.negative_kinds"
LOOKBACK = "income.lookback"


def income_keys(facts: HouseholdFacts, terms: Terms = DIBAO) -> Iterator[str]:
    """Figures that these incomes, expenses and obligors ask for."""
    for income in facts.incomes:
        yield from exclusion_keys(income, terms)
        yield from imputed_keys(income)
        if income.period is Period.ONCE:
            yield LOOKBACK
        if _is_wage(income):
            yield from (EMPLOYMENT_COST,) if terms.deductions else ()
        elif income.costs_fen > income.amount_fen:
            yield NEGATIVE_KINDS
    for expense in facts.expenses if terms.deductions else ():
        yield f"deduction.{expense.kind}"
        if expense.period is Period.ONCE:
            yield LOOKBACK
    yield from support_keys(facts, terms)


def income_section(case: Case) -> Line:
    """All kinds, the deductions, the household's income and the income per member, all a month."""
    total = income_total(case)
    members = given("members.used", "家庭人口", len(case.counted), "person")
    per_capita = compute(
        "income.per_capita",
        "家庭月人均收入",
        "over",
        [ref(total), members],
        "fen",
        formula="家庭月收入÷家庭人口（不取整）",
        basis=case.terms.income,
    )
    uncounted = [_uncounted(income) for income in case.facts.incomes if not case.is_counted(income.person)]
    aside = [group("income.uncounted", "不计入家庭人员的收入（不核算）", uncounted)] if uncounted else []
    return group("income", "家庭收入", [total, per_capita, *aside])


def income_total(case: Case) -> Line:
    """All kinds less the deductions, a month, never below zero."""
    kinds = [kind for kind in (_kind_line(case, kind) for kind in IncomeKind) if kind is not None]
    spent = case.facts.expenses if case.terms.deductions else ()
    deductions = [_expense_line(case, expense) for expense in spent if case.is_counted(expense.person)]
    return _total(case, kinds, deductions)


def _uncounted(income: IncomeFact) -> Line:
    return given(f"income.{income.ref}", income.label or income.kind.label, income.amount_fen, "fen")


def _total(case: Case, kinds: list[Line], deductions: list[Line]) -> Line:
    basis = case.terms.income
    gross = compute("income.gross", "各类收入合计", "sum", kinds, "fen", formula="各类收入之和", basis=basis)
    if deductions:
        spent = compute(
            "income.deductions", "刚性支出扣减", "sum", deductions, "fen", formula="各项扣减之和", basis=basis
        )
        gross = compute(
            "income.net", "扣减后收入", "minus", [gross, spent], "fen", formula="各类收入合计−刚性支出扣减", basis=basis
        )
    return compute(
        "income.total",
        f"{case.terms.whose}月收入",
        "max",
        [gross, given("zero", "零", 0, "fen")],
        "fen",
        formula=f"{gross.name}，不低于零",
        basis=basis,
    )


def _kind_line(case: Case, kind: IncomeKind) -> Line | None:
    incomes = [income for income in case.facts.incomes if income.kind is kind and case.is_counted(income.person)]
    lines = [_income_line(case, income) for income in incomes]
    if kind is IncomeKind.TRANSFER:
        lines += support_lines(case)
    if not lines:
        return None
    subtotal = compute(
        f"income.kind.{kind}.sum", kind.label, "sum", lines, "fen", formula="各项之和", basis=case.terms.income
    )
    if kind is IncomeKind.WAGE:
        subtotal = _less_employment_cost(case, incomes, lines, subtotal)
    return _not_negative(case, kind, subtotal)


def _not_negative(case: Case, kind: IncomeKind, subtotal: Line) -> Line:
    if number_of(subtotal) >= 0:
        return subtotal
    figure = case.figures[NEGATIVE_KINDS]
    if figure.as_code() == "offset":
        return subtotal
    return compute(
        f"income.kind.{kind}",
        f"{kind.label}（净额）",
        "max",
        [subtotal, given("zero", "零", 0, "fen")],
        "fen",
        formula="净收入为负按零计算",
        basis=case.terms.income,
        figure=figure,
    )


def _income_line(case: Case, income: IncomeFact) -> Line:
    name = _name(case, income)
    code = f"income.{income.ref}"
    reckon = _stated if income.method is Method.STATED else imputed_amount
    monthly = reckon(case, income, code, name)
    excluded = excluded_share(case, income)
    if excluded is None:
        return monthly
    share, figure, label = excluded
    rest = figure_line(figure, 1 - share, name="计入比例", unit="ratio")
    return compute(
        f"{code}.counted",
        f"{name}（计入）",
        "times",
        [monthly, rest],
        "fen",
        formula=f"{label}{'不计入' if share == 1 else '部分不计入'}{case.terms.whose}收入",
        basis=case.terms.income,
    )


def _name(case: Case, income: IncomeFact) -> str:
    return f"{case.facts.person(income.person).name}：{income.label or income.kind.label}"


def _stated(case: Case, income: IncomeFact, code: str, name: str) -> Line:
    amount = given(
        f"{code}.amount",
        f"{name}（{income.period.label}）",
        income.amount_fen,
        "fen",
        note=income.source,
        declared=income.declared_fen,
    )
    if income.costs_fen and income.kind is not IncomeKind.WAGE:
        costs = given(f"{code}.costs", "成本、税费等支出", income.costs_fen, "fen")
        amount = compute(
            f"{code}.net",
            f"{name}（净额）",
            "minus",
            [amount, costs],
            "fen",
            formula="收入−支出",
            basis=case.terms.income,
        )
    if income.period is Period.ONCE:
        return per_month(f"{code}.monthly", name, amount, 0, figure=case.figures[LOOKBACK])
    return per_month(f"{code}.monthly", name, amount, MONTHS[income.period])


def _is_wage(income: IncomeFact) -> bool:
    return income.kind is IncomeKind.WAGE and income.method is Method.STATED


def _less_employment_cost(case: Case, incomes: list[IncomeFact], lines: list[Line], subtotal: Line) -> Line:
    """Wages less the necessary cost of work, deducted once and never more than the wage (D13 names it twice)."""
    by_person: dict[str, list[tuple[IncomeFact, Line]]] = {}
    for income, line in zip(incomes, lines, strict=True):
        if _is_wage(income):
            by_person.setdefault(income.person, []).append((income, line))
    figure = case.figures.get(EMPLOYMENT_COST)
    if not by_person or figure is None or figure.as_record().get("by") == "none":
        return subtotal
    costs = [_employment_cost(case, figure, ref_, rows) for ref_, rows in by_person.items()]
    return compute(
        f"income.kind.{IncomeKind.WAGE}.net",
        "工资性收入（扣除就业成本）",
        "minus",
        [subtotal, *costs],
        "fen",
        formula="工资性收入−必要的就业成本",
        basis=case.terms.income,
    )


def _employment_cost(case: Case, figure: Figure, person: str, rows: list[tuple[IncomeFact, Line]]) -> Line:
    name = f"{case.facts.person(person).name}：必要的就业成本"
    code = f"employment_cost.{person}"
    wages = compute(f"{code}.wages", "本人工资", "sum", [ref(line) for _, line in rows], "fen", formula="各项工资之和")
    record = figure.as_record()
    by = figure.as_record().get("by")
    if by == "actual":
        cost = compute(
            f"{code}.actual", "实际就业成本", "sum", [_actual(row) for row, _ in rows], "fen", formula="各项之和"
        )
    elif by == "flat":
        cost = figure_line(figure, exact(record.get("fen"), figure.key), name="定额", unit="fen")
    else:
        base = case.standard() if by == "share_of_standard" else wages
        cost = share_line(f"{code}.share", name, base, figure, exact(record.get("share"), figure.key))
    return compute(
        code,
        name,
        "min",
        [wages, cost],
        "fen",
        formula="按规定计算，不超过本人工资",
        basis=case.terms.income,
        figure=figure,
    )


def _actual(income: IncomeFact) -> Line:
    months = MONTHS.get(income.period, 1)
    costs = given(f"income.{income.ref}.work_costs", "就业成本", income.costs_fen, "fen")
    return per_month(f"income.{income.ref}.work_cost", "就业成本（每月）", costs, months)


def _expense_line(case: Case, expense: ExpenseFact) -> Line:
    """A rigid cost of disability or illness: the share and the cap that the place allows."""
    name = f"{case.facts.person(expense.person).name}：{expense.label or '刚性支出'}"
    code, figure = f"expense.{expense.ref}", case.figures[f"deduction.{expense.kind}"]
    amount = given(
        f"{code}.amount", f"{name}（{expense.period.label}）", expense.amount_fen, "fen", note=expense.source
    )
    once = case.figures[LOOKBACK] if expense.period is Period.ONCE else None
    monthly = per_month(f"{code}.monthly", name, amount, MONTHS.get(expense.period, 1), figure=once)
    record = figure.as_record()
    part = share_line(code, name, monthly, figure, exact(record.get("share"), figure.key), basis=case.terms.income)
    if "cap_fen" not in record:
        return part
    cap = figure_line(figure, exact(record["cap_fen"], figure.key), name="扣减上限", unit="fen")
    return compute(
        f"{code}.capped", name, "min", [part, cap], "fen", formula="按比例扣减，不超过上限", basis=case.terms.income
    )


def warnings(case: Case) -> Iterator[str]:
    """What an officer should see beside the income: the pension rule that no national text continues."""
    if case.terms.pension == PENSION_KEY and any(income.item == PENSION_ITEM for income in case.facts.incomes):
        figure = case.figures[PENSION_KEY]
        if case.on.year > 2025:
            yield f"基础养老金按“{figure.source}”处理；国家规定只写到“十四五”末（2025年），请核对当地现行文件。"
    if any(income.method is Method.LABOUR for income in case.facts.incomes):
        yield "有按劳动力系数推算的收入；对确实难以就业或者较长时间无法获得收入的，应根据实际困难综合判断（民发〔2022〕83号一（一））。"
