"""最低生活保障边缘家庭: not eligible for dibao, income below the edge standard, property within its own limits (D8; N 一(四); L21)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yimen.law.reckoning import Failure, Line, Reckoning, compute, figure_line, given, group, ref
from yimen.law.rules.context import D8, EDGE, L21, N14, Case
from yimen.law.rules.dating import as_of_its_day
from yimen.law.rules.dibao import meets_dibao, reckon_dibao
from yimen.law.rules.facts import HouseholdFacts, check_facts
from yimen.law.rules.recognition import Condition, Place, Weighed, all_missing, recognised, someone_left, weigh
from yimen.law.sources import LAW_FROM
from yimen.law.standards import Book, Missing, Unset
from yimen.law.standards.places import COUNTRY
from yimen.law.terms import Programme

MULTIPLE, RECERTIFY = "edge.income_multiple", "edge.recertify"
BASIS = f"{N14}；{L21}"
ON_DIBAO = Failure("edge.not_dibao", "家庭符合最低生活保障条件，应按最低生活保障办理。", N14)


def reckon_edge(facts: HouseholdFacts, book: Book, areas: Sequence[str], on: dt.date, urban: bool) -> Reckoning:
    """Whether the household is an edge household: a recognition without an amount.

    There is no lower bound of income: who fails only dibao's property test may be one. Raises
    Missing with every figure that cannot be used (dibao's conditions among them, for an edge household
    is by definition not eligible there), BadFacts, BadFigure.
    """
    check_facts(facts, on)
    return as_of_its_day(_reckon(facts, Place(book, tuple(areas), on, urban)))


def edge_line(case: Case) -> Line:
    """The edge standard a month: dibao's standard times the multiple."""
    multiple = figure_line(case.figures[MULTIPLE], unit="ratio")
    return compute(
        "edge.standard",
        "低保边缘家庭标准",
        "times",
        [case.standard(), multiple],
        "fen",
        formula="低保标准×倍数",
        basis=BASIS,
    )


def _reckon(facts: HouseholdFacts, place: Place) -> Reckoning:
    weighed = _weighed(facts, place)
    owned = weighed.sections[2].operands[0]
    below, too_much = _below(weighed.case, weighed.per_capita)
    left, covered_failures = someone_left(weighed)
    own = [*too_much, *covered_failures, *weighed.failures]
    outside, dibao_failures = _not_dibao(facts, place, decided=bool(own))
    met = compute(
        "test",
        "符合低保边缘家庭条件",
        "all",
        [outside, below, left, ref(owned)],
        "yes",
        formula="各项条件均符合",
        basis=f"{D8}；{BASIS}",
    )
    failures = [*dibao_failures, *own]
    found = recognised(
        weighed, place, Programme.EDGE, group("tests", "条件审查", [met]), failures, notes=list(_notes(weighed.case))
    )
    if failures:
        return found
    if weighed.waiting:
        raise Missing(weighed.waiting)
    months = weighed.case.figures[RECERTIFY].as_int()
    validity = group("validity", "定期核查", [figure_line(weighed.case.figures[RECERTIFY], months, unit="month")])
    return replace(found, eligible=True, recertify_months=months, lines=(*found.lines, validity))


def _weighed(facts: HouseholdFacts, place: Place) -> Weighed:
    """The household under edge's terms; what dibao's conditions lack is named along with what edge's own lack."""
    try:
        return weigh(facts, place, EDGE, (MULTIPLE,), (), (RECERTIFY,))
    except Missing as own:
        try:
            _dibao(facts, place)
        except Unset as more:
            raise all_missing(own.items, more.items if isinstance(more, Missing) else (more,)) from own
        raise


def _below(case: Case, per_capita: Line) -> Condition:
    standard = edge_line(case)
    line = compute(
        "test.income",
        "人均收入低于边缘家庭标准",
        "below",
        [ref(per_capita), standard],
        "yes",
        formula="家庭月人均收入＜低保边缘家庭标准",
        basis=BASIS,
    )
    if line.value:
        return line, ()
    sentence = f"家庭月人均收入{per_capita.shown}，不低于当地低保边缘家庭标准{standard.shown}。"
    return line, (Failure(line.code, sentence, BASIS, f"{per_capita.shown}≥{standard.shown}"),)


def _not_dibao(facts: HouseholdFacts, place: Place, *, decided: bool) -> Condition:
    """Not eligible for dibao. Where another condition fails already, an unknown dibao result changes nothing."""
    try:
        eligible, why = _dibao(facts, place)
    except Unset:
        if not decided:
            raise
        return given(
            "edge.not_dibao", "不符合低保条件", True, "yes", note="低保条件未能核算，不影响本结果", basis=N14
        ), ()
    line = given("edge.not_dibao", "不符合低保条件", not eligible, "yes", note=why, basis=N14)
    return line, (ON_DIBAO,) if eligible else ()


def _dibao(facts: HouseholdFacts, place: Place) -> tuple[bool, str]:
    household = replace(facts, single_ground="", single_reason="")
    args = (household, place.book, place.areas, place.on, place.urban)
    found = meets_dibao(*args)
    if not found.failures:
        try:
            found = reckon_dibao(*args)
        except Missing:
            return True, ""
    return not found.failures, "".join(failure.sentence for failure in found.failures).rstrip("。")


def _notes(case: Case) -> Iterator[str]:
    """From the law's first day the province sets the uplift; until it has, the general rule of 1.5 stands (L21.3)."""
    figure = case.figures[MULTIPLE]
    if case.on >= LAW_FROM and figure.area == COUNTRY:
        yield (
            f"低保边缘家庭标准按一般规定取低保标准的{figure.shown()}倍；"
            "社会救助法第二十一条第三款规定由省级人民政府确定上浮比例，请核对当地是否已有规定。"
        )
