"""Support fee of obligors outside the household: by formula, or what is paid or ordered if that is more.

rules.md §8.1: a share of what exceeds k times the standard in the supporter's family
income per head, divided among the supported.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from yimen.law.calendar import age
from yimen.law.reckoning import Line, compute, figure_line, given
from yimen.law.rules.context import DIBAO, Case, Terms
from yimen.law.rules.facts import HouseholdFacts, ObligorFact
from yimen.law.standards import Value, exact
from yimen.law.terms import Relation

FORMULA = "support_fee.formula"
EXEMPT = "single_person.support_exempt_share"
EXEMPT_ARTICLE = "民发〔2022〕83号一（一）"
LIKE_SINGLE = "like_single"
OLD = 60


def support_keys(facts: HouseholdFacts, terms: Terms = DIBAO) -> Iterator[str]:
    """The formula where an obligor's income is known; the exemption where a person applies like a single."""
    if not terms.formula:
        return
    if any(obligor.family_income_fen is not None for obligor in facts.obligors):
        yield FORMULA
    if facts.single_ground == LIKE_SINGLE and facts.obligors:
        yield EXEMPT


def support_lines(case: Case) -> list[Line]:
    """One line for each obligor of a counted member."""
    return [_fee(case, obligor) for obligor in case.facts.obligors if case.is_counted(obligor.supports)]


def _fee(case: Case, obligor: ObligorFact) -> Line:
    code = f"support.{obligor.ref}"
    name = f"{case.facts.person(obligor.supports).name}：{obligor.name}应付赡养（抚养、扶养）费"
    paid = [
        given(f"{code}.actual", "实际给付（每月）", obligor.actual_fen, "fen"),
        given(f"{code}.court", "判决、调解确定（每月）", obligor.court_fen, "fen"),
    ]
    if not case.terms.formula:
        return compute(code, name, "max", paid, "fen", formula="实际给付、判决确定两者取高", basis=case.terms.income)
    by_formula, why = _by_formula(case, obligor, code)
    fee = compute(
        code,
        name,
        "max",
        [*([by_formula] if by_formula else []), *paid],
        "fen",
        formula="按办法计算、实际给付、判决确定三者取高",
        basis=case.terms.income,
        note="；".join(part for part in (why, obligor.note) if part),
        imputed=by_formula is not None,
    )
    return _exempted(case, obligor, fee)


def _by_formula(case: Case, obligor: ObligorFact, code: str) -> tuple[Line | None, str]:
    if obligor.family_income_fen is None:
        return None, "未取得义务人收入，不按办法推算"
    record = case.figures[FORMULA].as_record()
    nothing = _why_nothing(record, obligor, case)
    if nothing:
        return None, nothing
    return _excess_share(case, record, obligor, code), ""


def _why_nothing(record: dict[str, Value], obligor: ObligorFact, case: Case) -> str:
    years = age(obligor.birth_date, case.on)
    below, start = record.get("nil_below_age"), record.get("nil_from_age")
    if isinstance(below, int) and years < below:
        return f"义务人未满{below}周岁，不计算"
    if isinstance(start, int) and years >= start:
        return f"义务人已满{start}周岁，不计算"
    return "义务人本人享受社会救助，不计算" if obligor.assisted else ""


def _excess_share(case: Case, record: dict[str, Value], obligor: ObligorFact, code: str) -> Line:
    figure = case.figures[FORMULA]
    income = given(f"{code}.income", "义务人家庭月收入", obligor.family_income_fen, "fen")
    people = given(f"{code}.people", "义务人家庭人口", obligor.family_members, "person")
    head = compute(
        f"{code}.head", "义务人家庭人均月收入", "over", [income, people], "fen", formula="家庭月收入÷家庭人口"
    )
    multiple = figure_line(figure, exact(record.get("threshold_multiple"), FORMULA), name="倍数", unit="ratio")
    line = compute(f"{code}.line", "起算线", "times", [case.standard(), multiple], "fen", formula="低保标准×倍数")
    gap = compute(f"{code}.gap", "超出部分", "minus", [head, line], "fen", formula="人均月收入−起算线")
    excess = compute(
        f"{code}.excess", "超出部分（不低于零）", "max", [gap, given("zero", "零", 0, "fen")], "fen", formula="不低于零"
    )
    share = figure_line(figure, _share(record, obligor), name="给付比例", unit="ratio")
    whole = compute(f"{code}.share", "应付总额", "times", [excess, share], "fen", formula="超出部分×给付比例")
    count = given(f"{code}.supported", "被赡养（抚养、扶养）人数", obligor.supported_count, "person")
    return compute(f"{code}.formula", "按办法计算", "over", [whole, count], "fen", formula="应付总额÷被赡养人数")


def _share(record: dict[str, Value], obligor: ObligorFact) -> Fraction:
    many = record.get("many_children")
    name = "share_many" if isinstance(many, int) and obligor.children_count >= many else "share"
    return exact(record.get(name), FORMULA)


def _exempted(case: Case, obligor: ObligorFact, fee: Line) -> Line:
    """A jobless severely disabled adult: support by siblings or people of 60 may be left out (N 一(一))."""
    old = age(obligor.birth_date, case.on) >= OLD
    if case.facts.single_ground != LIKE_SINGLE or not (old or obligor.relation is Relation.SIBLING):
        return fee
    figure = case.figures[EXEMPT]
    rest = figure_line(figure, 1 - figure.as_fraction(), name="计入比例", unit="ratio")
    return compute(
        f"{fee.code}.counted",
        f"{fee.name}（计入）",
        "times",
        [fee, rest],
        "fen",
        formula="按规定豁免后计入",
        basis=EXEMPT_ARTICLE,
    )
