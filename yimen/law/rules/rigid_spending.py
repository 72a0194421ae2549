"""必需支出: what counts of the five kinds within the twelve months before the application (R5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction

from yimen.law.calendar import add_months
from yimen.law.reckoning import Line, compute, given, group
from yimen.law.rules.applied import ApplicationFacts, NotEstablished, SpentFacts, months_of_period
from yimen.law.rules.context import R4, R5, Case
from yimen.law.terms import ExpenseKind, Schooling

OTHER = "rigid_expenditure.other_kinds"
_NO_RECEIPT = "没有有效票据"


def window(applied: dt.date, months: int) -> tuple[dt.date, dt.date]:
    """First and last day of the months before the application: the day of applying itself is outside."""
    return add_months(applied, -months), applied - dt.timedelta(days=1)


def spending_section(
    case: Case, facts: ApplicationFacts, months: int, others: Mapping[str, str], *, strict: bool = True
) -> tuple[Line, list[Line]]:
    """The sum of what counts, and the lines set aside with the reason.

    ``others`` are the codes and labels of the kinds that the county has added. A school fee that is not known
    raises NotEstablished, or where the result is decided anyway (not ``strict``) is set aside.
    """
    first, last = window(facts.applied_on or case.on, months)
    counted: list[Line] = []
    aside: list[Line] = []
    unclear: list[tuple[str, str]] = []
    for row in facts.spent:
        why = _why_not(case, row, first, last, others)
        if why:
            aside.append(given(f"spent.{row.ref}", _name(case, row), row.amount_fen, "fen", note=why))
        elif row.kind is ExpenseKind.EDUCATION and row.public_fee_fen is None:
            sentence = f"{_name(case, row)}：请写明学校所在地同类公办学校（幼儿园）的收费标准。"
            unclear.append((f"spent.{row.ref}.public_fee", sentence))
            aside.append(given(f"spent.{row.ref}", _name(case, row), row.amount_fen, "fen", note="公办收费标准未查明"))
        else:
            counted.append(_counted(case, row, months))
    if unclear and strict:
        raise NotEstablished(unclear)
    by_kind = [
        compute(
            f"spent.kind.{kind}", f"{kind.label}支出", "sum", lines, "fen", formula="各项之和", basis=_article(kind)
        )
        for kind in ExpenseKind
        if (lines := [line for line in counted if line.code.startswith(f"spent.{kind}.")])
    ]
    note = f"{first}至{last}"
    total = compute(
        "spent.total",
        f"申请前{months}个月刚性支出总额",
        "sum",
        by_kind,
        "fen",
        formula="各类支出之和",
        basis=R4,
        note=note,
    )
    return total, [group("spent.aside", "不计入的支出", aside)] if aside else []


def _article(kind: ExpenseKind) -> str:
    numbers = {"living": "一", "medical": "二", "education": "三", "rehabilitation": "四", "other": "五"}
    return f"{R5}（{numbers[kind.value]}）"


def _name(case: Case, row: SpentFacts) -> str:
    label = row.label or f"{row.kind.label}支出"
    return f"{case.facts.person(row.person).name}：{label}" if row.person else label


def _why_not(case: Case, row: SpentFacts, first: dt.date, last: dt.date, others: Mapping[str, str]) -> str:
    """Why a row does not count; empty when it does."""
    if row.person and not case.is_counted(row.person):
        return "不是共同生活家庭成员的支出，不计入"
    if row.paid_on is not None and not first <= row.paid_on <= last:
        return f"支出日期{row.paid_on}不在{first}至{last}之内，不计入"
    return _OWN_RULES[row.kind](case, row, others)


def _living(case: Case, row: SpentFacts, others: Mapping[str, str]) -> str:
    return ""


def _medical(case: Case, row: SpentFacts, others: Mapping[str, str]) -> str:
    if not row.designated:
        return "不是在定点医药机构发生的费用，不计入"
    return _by_receipt(row)


def _education(case: Case, row: SpentFacts, others: Mapping[str, str]) -> str:
    if row.schooling is None or row.schooling is Schooling.OTHER:
        return "不属于规定的幼儿园、学校阶段，不计入"
    return ""


def _rehabilitation(case: Case, row: SpentFacts, others: Mapping[str, str]) -> str:
    if not row.person or not case.facts.person(row.person).disability_grade:
        return "不是残疾人的康复支出，不计入"
    return _by_receipt(row)


def _other(case: Case, row: SpentFacts, others: Mapping[str, str]) -> str:
    return "" if row.item in others else "不属于区级另外认定的支出，不计入"


def _by_receipt(row: SpentFacts) -> str:
    return "" if row.receipt or row.recognised else f"{_NO_RECEIPT}，不计入"


_OWN_RULES: dict[ExpenseKind, Callable[[Case, SpentFacts, Mapping[str, str]], str]] = {
    ExpenseKind.LIVING: _living,
    ExpenseKind.MEDICAL: _medical,
    ExpenseKind.EDUCATION: _education,
    ExpenseKind.REHABILITATION: _rehabilitation,
    ExpenseKind.OTHER: _other,
}


def _counted(case: Case, row: SpentFacts, months: int) -> Line:
    """What the household itself bore: less insurance, aid and subsidy; education at most at the public fee."""
    code, name = f"spent.{row.kind}.{row.ref}", _name(case, row)
    note = "；".join(
        part
        for part in (row.receipt, f"另行认定：{row.recognised}" if row.recognised and not row.receipt else "")
        if part
    )
    line = given(f"{code}.amount", name, row.amount_fen, "fen", note=note)
    if row.reimbursed_fen:
        paid = given(f"{code}.reimbursed", "报销、补助", row.reimbursed_fen, "fen")
        line = compute(
            f"{code}.net",
            f"{name}（个人负担）",
            "minus",
            [line, paid],
            "fen",
            formula="支出−报销、补助",
            basis=_article(row.kind),
        )
    if row.kind is ExpenseKind.EDUCATION:
        fee = given(f"{code}.public_fee", "同类公办学校（幼儿园）收费标准", row.public_fee_fen, "fen")
        line = compute(
            f"{code}.capped",
            name,
            "min",
            [line, fee],
            "fen",
            formula="个人负担，不超过公办收费标准",
            basis=_article(row.kind),
        )
    if row.period is None:
        return compute(code, name, "sum", [line], "fen", note=str(row.paid_on))
    times = months_of_period(row.period) * months
    count = given(f"{code}.times", f"{months}个月内的期数", times if times.denominator > 1 else times.numerator, "")
    return compute(code, name, "times", [line, count], "fen", formula=f"{row.period.label}支出×期数")


def without_receipt(facts: ApplicationFacts) -> list[str]:
    """Costs counted for another reason than a receipt: R5 says 原则上, so a person looks."""
    rows = [row.label or row.kind.label for row in facts.spent if row.recognised and not row.receipt]
    return [f"没有有效票据而另行认定的支出：{'、'.join(rows)}，请核对理由。"] if rows else []


def share_of(number: Fraction) -> str:
    """A ratio as percent for a sentence: one decimal where that is exact, else two with halves upwards."""
    hundredths = int(number * 10_000 + Fraction(1, 2))
    exact = hundredths % 10 == 0
    return f"{hundredths // 100}.{hundredths % 100 // 10 if exact else f'{hundredths % 100:02d}'}%"
