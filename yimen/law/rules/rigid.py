"""刚性支出困难家庭: four conditions, in force since 2025 (R; L22; rules.md §4). A recognition of at most twelve months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from yimen.law.calendar import add_months
from yimen.law.reckoning import Failure, Line, Reckoning, compute, figure_line, given, group, number_of, ref
from yimen.law.rules.applied import ApplicationFacts, NotEstablished, check_application
from yimen.law.rules.context import L22, R4, R10, RIGID, Case, monthly_line
from yimen.law.rules.dating import as_of_its_day
from yimen.law.rules.recognition import Condition, Place, Weighed, recognised, someone_left, weigh
from yimen.law.rules.rigid_spending import OTHER, share_of, spending_section, without_receipt
from yimen.law.standards import Book, Figure, Missing, Unset, key_of
from yimen.law.terms import Programme

BASE, RATIO, COMPARISON = "rigid_expenditure.base_income", "rigid_expenditure.ratio", "rigid_expenditure.comparison"
LOOKBACK, VALIDITY = "rigid_expenditure.lookback", "rigid_expenditure.validity_max"
TOTAL, ZERO, EXTRA = (
    "rigid_expenditure.total_income",
    "rigid_expenditure.zero_income",
    "rigid_expenditure.extra_conditions",
)
UNASKED = "申请前十二个月的刚性支出还没有登记。"
BASIS = f"{R4}；{L22}"
EXCLUDED = (Programme.DIBAO, Programme.TEKUN, Programme.EDGE)


def reckon_rigid(facts: ApplicationFacts, book: Book, areas: Sequence[str], on: dt.date, urban: bool) -> Reckoning:
    """Whether the household is burdened by essential expenses: a recognition without an amount.

    Raises Missing, NotEstablished (expenses nobody has asked for, a school fee that is not known), BadFacts, BadFigure.
    """
    check_application(facts, on)
    return as_of_its_day(_reckon(facts, Place(book, tuple(areas), on, urban)))


def _reckon(facts: ApplicationFacts, place: Place) -> Reckoning:
    weighed = weigh(
        facts.household, place, RIGID, (BASE, RATIO, COMPARISON, LOOKBACK, TOTAL), (OTHER, EXTRA, ZERO), (VALIDITY,)
    )
    case = weighed.case
    free, standing = _not_on_others(facts)
    below, too_much = _below(case, weighed.per_capita)
    left, all_covered = someone_left(weighed)
    owned = weighed.sections[2].operands[0]
    fails = [*standing, *too_much, *all_covered, *weighed.failures]
    others, months = _labels(case.figures.get(OTHER)), case.figures[LOOKBACK].as_int()
    spent, aside = spending_section(case, facts, months, others, strict=not fails)
    total = _total_income(weighed, facts)
    exceeds, too_little = _exceeds(case, spent, total, decided=bool(fails))
    met = compute(
        "test",
        "符合刚性支出困难家庭条件",
        "all",
        [free, below, left, ref(owned), exceeds],
        "yes",
        formula="各项条件均符合",
        basis=BASIS,
    )
    if too_little and not fails and not facts.spent_known:
        raise NotEstablished([("spent", UNASKED)])
    failures = [*fails, *(too_little if facts.spent_known else ())]
    sections = (group("spent", "刚性支出与家庭总收入", [spent, total, *aside]),)
    notes = [*_notes(case), *without_receipt(facts), *_folded(facts, case)]
    found = recognised(
        weighed, place, Programme.RIGID_EXPENDITURE, group("tests", "条件审查", [met]), failures, sections, notes
    )
    if failures:
        return found
    if weighed.waiting:
        raise Missing(weighed.waiting)
    return _valid(found, case)


def _not_on_others(facts: ApplicationFacts) -> Condition:
    on_now = [programme.label for programme in EXCLUDED if programme in facts.standing]
    name = "未纳入低保、特困供养，未认定为低保边缘家庭"
    line = given("rigid.not_on_others", name, not on_now, "yes", note="、".join(on_now), basis=f"{R4}（一）")
    if not on_now:
        return line, ()
    return line, (Failure(line.code, f"家庭已纳入{'、'.join(on_now)}，不再认定为刚性支出困难家庭。", R4),)


def _below(case: Case, per_capita: Line) -> Condition:
    base = monthly_line("rigid.base", "上年度当地人均可支配收入（每月）", case.figures[BASE])
    line = compute(
        "test.income",
        "人均收入低于上年度人均可支配收入",
        "below",
        [ref(per_capita), base],
        "yes",
        formula="家庭月人均收入＜上年度人均可支配收入÷12",
        basis=BASIS,
    )
    if line.value:
        return line, ()
    sentence = f"家庭月人均收入{per_capita.shown}，不低于上年度当地居民人均可支配收入（每月{base.shown}）。"
    return line, (Failure(line.code, sentence, BASIS, f"{per_capita.shown}≥{base.shown}"),)


def _total_income(weighed: Weighed, facts: ApplicationFacts) -> Line:
    """The household's income of the same months: the sum established, else the monthly income times the months."""
    case = weighed.case
    if facts.total_income_fen is not None:
        return given(
            "rigid.total_income",
            "申请前十二个月家庭总收入",
            facts.total_income_fen,
            "fen",
            note="经查明的合计数",
            basis=R4,
        )
    months = figure_line(case.figures[LOOKBACK])
    basis_of = case.figures[TOTAL]
    monthly = weighed.income.operands[0]
    if basis_of.as_code() == "gross":
        monthly = next(line for line in monthly.walk() if line.code == "income.gross")
    return compute(
        "rigid.total_income",
        "申请前十二个月家庭总收入",
        "times",
        [ref(monthly), months],
        "fen",
        formula=f"{monthly.name}×月数",
        basis=R4,
        figure=basis_of,
    )


def _exceeds(case: Case, spent: Line, total: Line, *, decided: bool) -> Condition:
    """Rigid expenditure over total income beyond the local ratio; without any income the ratio has no value."""
    if number_of(total) <= 0:
        return _without_income(case, spent, decided=decided)
    share = compute(
        "rigid.share",
        "刚性支出占家庭总收入的比例",
        "over",
        [ref(spent), ref(total)],
        "ratio",
        formula="刚性支出总额÷家庭总收入",
    )
    limit = figure_line(case.figures[RATIO], name="规定比例", unit="ratio")
    at_least = case.figures[COMPARISON].as_code() == "at_least"
    line = compute(
        "test.ratio",
        "刚性支出占家庭总收入比例超出规定",
        "at_most" if at_least else "below",
        [limit, share],
        "yes",
        formula="规定比例≤比例" if at_least else "规定比例＜比例",
        basis=BASIS,
        figure=case.figures[COMPARISON],
    )
    if line.value:
        return line, ()
    shown, least = share_of(number_of(share)), share_of(number_of(limit))
    verb = "达到" if at_least else "超过"
    sentence = f"申请前十二个月刚性支出{spent.shown}，占家庭总收入{total.shown}的{shown}，没有{verb}规定的{least}。"
    return line, (Failure(line.code, sentence, BASIS, f"{shown}{'＜' if at_least else '≤'}{least}"),)


def _without_income(case: Case, spent: Line, *, decided: bool) -> Condition:
    """No income, so no ratio: the place says whether any essential expense then exceeds it."""
    figure = case.figures.get(ZERO)
    name, note = "刚性支出占家庭总收入比例超出规定", "家庭总收入为零，比例无从计算"
    if figure is None:
        if decided:
            return given("test.ratio", name, False, "yes", note=f"{note}；其他条件已不符合"), ()
        raise Missing([Unset(ZERO, key_of(ZERO).label)])
    rule = figure_line(figure, figure.as_bool(), unit="yes")
    some = compute(
        "spent.some", "有刚性支出", "below", [given("zero", "零", 0, "fen"), ref(spent)], "yes", formula="总额＞0"
    )
    line = compute("test.ratio", name, "all", [rule, some], "yes", basis=BASIS, note=note)
    if line.value:
        return line, ()
    why = "没有可以计入的刚性支出" if some.value is False else "按当地规定不视为超出规定比例"
    return line, (Failure(line.code, f"家庭总收入为零，{why}。", BASIS),)


def _labels(figure: Figure | None) -> dict[str, str]:
    return {str(row.get("code")): str(row.get("label", row.get("code"))) for row in figure.as_rows()} if figure else {}


def _notes(case: Case) -> list[str]:
    extra = _labels(case.figures.get(EXTRA))
    return [f"当地另有条件须人工核对：{'、'.join(extra.values())}（{R4}（五））。"] if extra else []


def _folded(facts: ApplicationFacts, case: Case) -> list[str]:
    if facts.total_income_fen is not None:
        return []
    return [f"家庭总收入按月收入乘以{case.figures[LOOKBACK].as_int()}个月折算；已查明十二个月合计数的，请填写合计数。"]


def _valid(found: Reckoning, case: Case) -> Reckoning:
    months = case.figures[VALIDITY].as_int()
    until = add_months(found.on, months)
    validity = group(
        "validity",
        "有效期",
        [
            figure_line(case.figures[VALIDITY], months, unit="month"),
            given("validity.day", "按此日期作出认定", found.on.isoformat(), "text"),
            given("validity.until", "有效期至", until.isoformat(), "text", basis=R10),
        ],
        basis=R10,
    )
    return replace(found, eligible=True, recertify_months=months, lines=(*found.lines, validity))
