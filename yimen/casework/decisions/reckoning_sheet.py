"""收入财产核算单: every line with declared, counted, how, article and parameter version (forms.md 24; L45, L48).

Nine columns share a page, so articles stand in their short form and parameters by number; both are spelled out below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from yimen.base.papers import writing
from yimen.casework.applications.letters import head
from yimen.casework.applications.models import Application
from yimen.casework.decisions.grants import Grant, reckoning_for
from yimen.casework.decisions.models import Opinion
from yimen.casework.decisions.sheets import find, rounding_of, shown_of, stored
from yimen.law.calendar import month_of
from yimen.law.money import show, show_exact
from yimen.law.reckoning import Line, Reckoning
from yimen.law.reckoning.assessment import Assessment, Outcome
from yimen.law.standards import Figure, key_of
from yimen.law.standards.places import place_name
from yimen.law.terms import IncomeKind, Programme

SECTIONS = {"people": "R", "income": "S", "property": "P", "single": "D", "tests": "T", "benefit": "J", "category": "L",
            "start": "Q"}  # fmt: skip
HELPERS = frozenset({"zero", "one", "members.used", "covered.used"})
KINDS = {f"income.kind.{kind.value}": f"I{number}" for number, kind in enumerate(IncomeKind, start=1)}
_SHORT = (("民发〔2021〕57号", "57号"), ("社会救助法", "救助法"))
_DAY, _MONTH = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}")


def reckoning(application: Application, opinion: Opinion, grant: Grant | None = None) -> dict[str, Any]:
    """The data of the paper: of the Reckoning that speaks for the household, or of that of one grant."""
    found = reckoning_for(opinion, grant) if grant else stored(opinion)
    data = head(application)
    return {
        "applicant": data["applicant"],
        "case_number": data["case_number"],
        "household_size": found.members,
        "covered_persons": found.covered,
        "reckoned_on": found.on,
        "month": month_of(found.on),
        "trial": "正式",
        "lines": list(_lines(found)),
        "limits": list(_limits(found)),
        "results": _results(found, opinion),
        "parameters": [_parameter(number, figure) for number, figure in enumerate(found.figures, start=1)],
        "unrounded": shown_of(found, "amount.exact"),
        "rounding": rounding_of(found),
        "handler": opinion.by.name,
    }


def _lines(found: Reckoning) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for section in found.lines:
        letter = SECTIONS.get(section.code, "X")
        for number, line in enumerate(_worth_showing(found, section, seen), start=1):
            yield {
                "code": _kind_code(line) or letter,
                "item": line.name,
                "declared": show(line.declared) if line.declared is not None else "",
                "counted": _bare(line),
                "found": _bare(line) if line.declared is not None else "",
                "how": line.formula or line.note,
                "rule": f"{letter}-{number:02d}",
                "article": _short(line.basis),
                "parameter": _reference(found, line.figure),
            }


def _worth_showing(found: Reckoning, section: Line, seen: set[str]) -> Iterator[Line]:
    """Lines with a value, each once; repeats and plain numbers of persons add nothing to a sheet."""
    everybody = found.members == found.covered
    for line in section.walk():
        if line.op in {"ref", "group"} or line.value is None or line.code in HELPERS or line.code in seen:
            continue
        if everybody and line.code.startswith("covered."):
            continue
        seen.add(line.code)
        yield line


def _kind_code(line: Line) -> str:
    return next((code for prefix, code in KINDS.items() if line.code.startswith(prefix)), "")


def _bare(line: Line) -> str:
    if line.unit == "fen":
        return line.shown.removesuffix("元")
    if _DAY.fullmatch(line.shown):
        return writing.day(date.fromisoformat(line.shown))
    return writing.month(line.shown) if _MONTH.fullmatch(line.shown) else line.shown


def _short(basis: str) -> str:
    for whole, short in _SHORT:
        basis = basis.replace(whole, short)
    return basis


def _reference(found: Reckoning, figure: Figure | None) -> str:
    return f"参{found.figures.index(figure) + 1}" if figure is not None else ""


def _parameter(number: int, figure: Figure) -> dict[str, Any]:
    since = writing.day(figure.valid_from) if figure.valid_from else figure.since_text
    return {"number": f"参{number}", "name": key_of(figure.key).label, "value": figure.shown(),
            "version": f"{place_name(figure.area)}，{figure.document}", "since": since}  # fmt: skip


def _limits(found: Reckoning) -> Iterator[dict[str, Any]]:
    met = find(found, "property.met")
    for test in met.operands if met else ():
        actual, limit = test.operands[0], test.operands[1]
        figure = next((each.figure for each in limit.walk() if each.figure), None)
        article = "；".join(part for part in (_short(test.basis), _reference(found, figure)) if part)
        yield {
            "item": actual.name,
            "found": actual.shown,
            "limit": limit.shown,
            "result": "符合" if test.value else "超过",
            "article": article,
        }


def _results(found: Reckoning, opinion: Opinion) -> list[dict[str, Any]]:
    """Every programme's result, the reasons with each no; of an opinion from before they were weighed, dibao's."""
    if opinion.assessment is None:
        return [_result(found)]
    return [_outcome(each) for each in Assessment.from_json(opinion.assessment).outcomes]


def _outcome(outcome: Outcome) -> dict[str, Any]:
    if outcome.programme is Programme.DIBAO and outcome.reckoning is not None:
        return {**_result(outcome.reckoning), "programme": outcome.title}
    why = "".join(outcome.open_points) or "；".join(reason.sentence.rstrip("。") for reason in outcome.reasons)
    return {
        "programme": outcome.title,
        "result": outcome.verdict.label,
        "amount": outcome.amount_fen or None,
        "why": why or "各项条件均符合",
    }


def _result(found: Reckoning) -> dict[str, Any]:
    why = "；".join(failure.sentence.rstrip("。") for failure in found.failures) or (
        f"月人均收入 {show_exact(found.per_capita_fen)} 元低于标准 {show_exact(found.standard_fen)} 元，财产符合规定"
    )
    return {
        "programme": "最低生活保障",
        "result": "符合" if found.eligible else "不符合",
        "amount": found.amount_fen if found.eligible else None,
        "why": why,
    }
