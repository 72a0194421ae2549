"""Supplements for the old, minors, the severely disabled and the seriously ill (D27; L20): once per person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yimen.law.calendar import age
from yimen.law.money import round_fen
from yimen.law.reckoning import Line, Reckoning, compute, figure_line, given, number_of
from yimen.law.rules.context import D27, L20, Case
from yimen.law.rules.facts import PersonFacts
from yimen.law.rules.members import ADULT
from yimen.law.standards import Figure

STACKING = "dibao.supplement.stacking"
BASIS = f"{D27}；{L20}"
OLD = 70


def grounds(person: PersonFacts, case: Case) -> Iterator[str]:
    """Keys of the supplements that a person's situation calls for."""
    years = age(person.birth_date, case.on)
    if person.serious_illness:
        yield "dibao.supplement.serious_illness"
    if person.severely_disabled:
        yield "dibao.supplement.severe_disability"
    if years >= OLD:
        yield "dibao.supplement.aged_70"
    if years < ADULT:
        yield "dibao.supplement.minor"


def supplement_keys(case: Case) -> Iterator[str]:
    """Figures that the covered persons ask for."""
    keys = [key for person in case.covered for key in grounds(person, case)]
    yield from keys
    if keys:
        yield STACKING


def supplement_lines(case: Case, own_benefit: Line) -> list[Line]:
    """One line for each covered person who is due a supplement; ``own_benefit`` is one person's share."""
    lines = (_of_person(case, person, own_benefit) for person in case.covered)
    return [line for line in lines if line is not None]


def _of_person(case: Case, person: PersonFacts, own_benefit: Line) -> Line | None:
    parts = [_part(case, person, case.figures[key], own_benefit) for key in grounds(person, case)]
    if not parts:
        return None
    stacking = case.figures[STACKING]
    highest = stacking.as_code() == "highest_only"
    return compute(
        f"supplement.{person.ref}",
        f"{person.name}：分类施保",
        "max" if highest else "sum",
        parts,
        "fen",
        formula="就高不重复" if highest else "各项相加",
        basis=BASIS,
        figure=stacking,
    )


def _part(case: Case, person: PersonFacts, figure: Figure, own_benefit: Line) -> Line:
    kind = figure.key.removeprefix("dibao.supplement.")
    code = f"supplement.{person.ref}.{kind}"
    rate = figure_line(figure)
    if figure.unit == "fen/month":
        return compute(code, rate.name, "times", [rate, given("one", "人数", 1, "person")], "fen", formula="定额")
    own = figure.unit == "ratio_of_own_benefit"
    base = own_benefit if own else case.standard()
    return compute(code, rate.name, "times", [base, rate], "fen", formula=f"{'本人保障金' if own else '低保标准'}×比例")


def supplements_of(found: Reckoning) -> tuple[tuple[str, int], ...]:
    """Each covered person's supplement a month in fen; 0 without one. A share of the whole, shown and never added up."""
    lines = {
        line.code: line for line in reversed(found.every) if line.op != "ref" and line.code.startswith("supplement.")
    }
    return tuple((ref, _supplement(lines, ref)) for ref in found.covered_refs)


def _supplement(lines: Mapping[str, Line], ref: str) -> int:
    best = lines.get(f"supplement.{ref}.rounded") or lines.get(f"supplement.{ref}")
    return round_fen(number_of(best), "half_up") if best is not None else 0
