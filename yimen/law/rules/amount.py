"""The amount: difference or tier, cap, floor, supplements, and one rounding (D23; rules.md §2.5).

Cap and floor apply to the exact benefit before supplements; the household's total is
rounded once, last. Where the place rounds each person's share, every share and every
supplement is rounded by itself and nothing after.
"""

from __future__ import annotations

from collections.abc import Iterator

from yimen.law.money import ROUNDING_LABELS
from yimen.law.reckoning import Line, compute, figure_line, given, group, number_of, ref
from yimen.law.rules.context import D8, D23, L18, Case
from yimen.law.rules.supplements import supplement_keys, supplement_lines
from yimen.law.standards import BadFigure, Figure, Value, exact

METHOD, TIERS, READING = "benefit.method", "benefit.tiers", "benefit.covered_reading"
MODE, STAGE, FLOOR, CAP = "benefit.rounding_mode", "benefit.rounding_stage", "benefit.floor", "benefit.cap"
SINGLE = "single_person.amount"
BASIS = f"{D23}；{L18}"


def amount_keys(case: Case) -> Iterator[str]:
    """Figures that the amount of an eligible household asks for."""
    yield from (MODE, STAGE, FLOOR, CAP)
    if case.facts.single:
        yield SINGLE
    else:
        yield METHOD
        method = case.figures.get(METHOD)
        if method is not None and method.value == "tier":
            yield TIERS
        elif len(case.counted) != len(case.covered):
            yield READING
    yield from supplement_keys(case)


def amount_section(case: Case, income: Line, per_capita: Line, category: str) -> Line:
    """The amount a month, in whole fen, as the line ``amount``."""
    base = _floored(case, _capped(case, _base(case, income, per_capita, category)))
    mode = case.figures[MODE]
    apart = case.figures[STAGE].as_code() == "per_person"
    own = _own(case, base)
    extras = supplement_lines(case, own)
    if apart:
        parts = [_times_covered(case, _rounded(own, mode)), *(_rounded(line, mode) for line in extras)]
        total = compute(
            "amount",
            "每月保障金",
            "sum",
            parts,
            "fen",
            formula="每人取整后相加",
            basis=BASIS,
            figure=case.figures[STAGE],
        )
    else:
        whole = compute("amount.exact", "合计（取整前）", "sum", [base, *extras], "fen", formula="保障金＋分类施保")
        total = _rounded(whole, mode, code="amount", name="每月保障金")
    return group("benefit", "保障金", [total])


def _rounded(line: Line, mode: Figure, *, code: str = "", name: str = "") -> Line:
    how = mode.as_code()
    return compute(
        code or f"{line.code}.rounded",
        name or f"{line.name}（取整）",
        f"round:{how}",
        [line],
        "fen",
        formula=ROUNDING_LABELS[how],
        figure=mode,
        basis=BASIS if code else "",
    )


def _own(case: Case, base: Line) -> Line:
    people = given("covered.used", "保障人口", len(case.covered), "person")
    return compute("benefit.own", "每人保障金", "over", [base, people], "fen", formula="保障金÷保障人口")


def _times_covered(case: Case, own: Line) -> Line:
    people = given("covered.used", "保障人口", len(case.covered), "person")
    return compute(
        "benefit.rounded", "保障金（每人取整）", "times", [own, people], "fen", formula="每人保障金×保障人口"
    )


# -- the benefit before limits -----------------------------------------------------------


def _base(case: Case, income: Line, per_capita: Line, category: str) -> Line:
    if case.facts.single:
        record = case.figures[SINGLE].as_record()
        if record.get("by") == "share_of_standard":
            return _share_of_standard(case, case.figures[SINGLE])
        return _gap(case, income)
    if case.figures[METHOD].as_code() == "tier":
        return _tier(case, per_capita, category)
    if len(case.counted) == len(case.covered):
        return _gap(case, income)
    return _gap_of_covered(case, income, per_capita)


def _share_of_standard(case: Case, figure: Figure) -> Line:
    share = figure_line(figure, exact(figure.as_record().get("share"), figure.key), name="比例", unit="ratio")
    return compute(
        "benefit.base", "保障金", "times", [case.standard(), share], "fen", formula="低保标准×比例", basis=D8
    )


def _gap(case: Case, income: Line) -> Line:
    people = given("members.used", "家庭人口", len(case.counted), "person")
    whole = compute("benefit.whole", "标准总额", "times", [case.standard(), people], "fen", formula="低保标准×家庭人口")
    method = case.figures.get(METHOD) or case.figures.get(SINGLE)
    return compute(
        "benefit.base",
        "保障金",
        "minus",
        [whole, ref(income)],
        "fen",
        formula="低保标准×家庭人口−家庭月收入",
        basis=BASIS,
        figure=method,
    )


def _gap_of_covered(case: Case, income: Line, per_capita: Line) -> Line:
    """Fewer covered persons than members: the two readings of rules.md §2.5, 5."""
    reading = case.figures[READING]
    people = given("covered.used", "保障人口", len(case.covered), "person")
    if reading.as_code() == "gap_times_covered":
        gap = compute(
            "benefit.gap", "人均差额", "minus", [case.standard(), ref(per_capita)], "fen", formula="低保标准−人均收入"
        )
        return compute(
            "benefit.base",
            "保障金",
            "times",
            [gap, people],
            "fen",
            formula="人均差额×保障人口",
            basis=BASIS,
            figure=reading,
        )
    whole = compute("benefit.whole", "标准总额", "times", [case.standard(), people], "fen", formula="低保标准×保障人口")
    rest = compute("benefit.rest", "差额", "minus", [whole, ref(income)], "fen", formula="低保标准×保障人口−家庭月收入")
    return compute(
        "benefit.base",
        "保障金",
        "max",
        [rest, given("zero", "零", 0, "fen")],
        "fen",
        formula="低保标准×保障人口−家庭月收入，不低于零",
        basis=BASIS,
        figure=reading,
    )


def _tier(case: Case, per_capita: Line, category: str) -> Line:
    figure = case.figures[TIERS]
    row = next((row for row in figure.as_rows() if _in_tier(row, per_capita, category, figure)), None)
    if row is None:
        raise BadFigure(f"分档标准（{figure.source}）没有适用于本户的一档，请补充后再计算。")
    each = figure_line(
        figure, exact(row.get("fen"), figure.key), name=str(row.get("label", row.get("code"))), unit="fen"
    )
    people = given("covered.used", "保障人口", len(case.covered), "person")
    return compute("benefit.base", "保障金", "times", [each, people], "fen", formula="每人标准×保障人口", basis=BASIS)


def _in_tier(row: dict[str, Value], per_capita: Line, category: str, figure: Figure) -> bool:
    if row.get("category"):
        return row["category"] == category
    below = row.get("income_below_fen")
    return below is None or number_of(per_capita) < exact(below, figure.key)


# -- cap and floor -----------------------------------------------------------------------


def _capped(case: Case, base: Line) -> Line:
    figure = case.figures[CAP]
    record = figure.as_record()
    if record.get("by") == "none":
        return base
    share = figure_line(figure, exact(record.get("share"), figure.key), name="上限比例", unit="ratio")
    people = given("covered.used", "保障人口", len(case.covered), "person")
    limit = compute(
        "benefit.cap", "保障金上限", "times", [case.standard(), share, people], "fen", formula="低保标准×比例×保障人口"
    )
    return compute(
        "benefit.capped", "保障金（不超过上限）", "min", [base, limit], "fen", formula="两者取低", figure=figure
    )


def _floored(case: Case, base: Line) -> Line:
    figure = case.figures[FLOOR]
    record = figure.as_record()
    if record.get("by") == "none":
        return base
    least = figure_line(figure, exact(record.get("fen"), figure.key), name="保障金下限", unit="fen")
    if record.get("by") == "person":
        people = given("covered.used", "保障人口", len(case.covered), "person")
        least = compute("benefit.floor", "全户下限", "times", [least, people], "fen", formula="每人下限×保障人口")
    return compute(
        "benefit.floored", "保障金（不低于下限）", "max", [base, least], "fen", formula="两者取高", figure=figure
    )
