"""Law cases written as data: facts, date and place in, expected figures out."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from yimen.law.money import parse_yuan
from yimen.law.reckon_file import BadFile, assess, load, main_reckon, reckon
from yimen.law.reckoning import Reckoning
from yimen.law.reckoning.json_form import text_of, to_text
from yimen.law.rules import NotEstablished, memberships
from yimen.law.standards import Missing
from yimen.law.terms import Programme


def merged(value: Any) -> Any:
    """``<<: *other`` of YAML, which the plain loader leaves standing: the other group, then what is written beside it."""
    if isinstance(value, list):
        return [merged(item) for item in value]
    if not isinstance(value, dict):
        return value
    own = {name: merged(item) for name, item in value.items() if name != "<<"}
    return {**merged(value["<<"]), **own} if "<<" in value else own


FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [
    pytest.param(merged(case), id=f"{path.stem}-{number}")
    for path in FILES
    for number, case in enumerate(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader), 1)
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    text, expect = json.dumps(case["household"], ensure_ascii=False), dict(case["expect"])
    assert case["title"]
    assert case["article"]
    which = {"programme": Programme(case.get("programme", "dibao")), "person": case.get("person", "")}
    if "error" in expect:
        with pytest.raises(BadFile, match=expect["error"]):
            main_reckon(text, **which)
        return
    request = load(text)
    if "missing" in expect:
        with pytest.raises(Missing) as caught:
            reckon(request, **which)
        assert list(caught.value.keys) == expect["missing"]
        return
    if "unknown" in expect:
        with pytest.raises(NotEstablished, match=expect["unknown"]):
            reckon(request, **which)
        return
    if "outcomes" in expect:
        check_outcomes(request, expect)
        return
    found = reckon(request, **which)
    for name, value in expect.items():
        if name == "reasons":
            rows = {
                row.person.ref: row.reason
                for row in memberships(
                    request.facts,
                    request.book.gather(["member.excluded_statuses"], request.areas, request.on),
                    request.on,
                )
            }
            assert all(part in rows[ref] for ref, part in value.items())
        else:
            CHECKS[name](found, value)
    assert found.recompute() == found.amount_fen
    assert Reckoning.from_json(json.loads(json.dumps(found.to_json()))) == found
    assert to_text(found) == text_of(found.to_json())


def check_outcomes(request: Any, expect: dict[str, Any]) -> None:
    """Side by side: the verdict of each, what is proposed, and parts of the sentences."""
    found = assess(request)
    rows = {
        f"{each.programme}{':' if each.person else ''}{each.person}{'/' if each.scope else ''}{each.scope[:2]}": each
        for each in found.outcomes
    }
    assert {name: str(each.verdict) for name, each in rows.items()} == expect["outcomes"]
    assert [name for name, each in rows.items() if each.proposed] == expect.get("proposed", [])
    assert expect.get("says", "") in found.proposal
    for name, part in expect.get("because", {}).items():
        assert part in rows[name].shown
    for name, amount in expect.get("amounts", {}).items():
        assert rows[name].amount_fen == parse_yuan(amount), name
    for each in found.outcomes:
        if each.reckoning is not None:
            assert each.reckoning.recompute() == each.amount_fen
        assert all(reason.basis and reason.sentence.endswith("。") for reason in each.reasons)
        assert bool(each.reasons) is (each.verdict.value == "not_met")
    covered = [
        ref for each in found.proposed if each.reckoning and each.amount_fen for ref in each.reckoning.covered_refs
    ]
    assert len(covered) == len(set(covered)), "nobody is proposed for two benefits"
    assert json.loads(json.dumps(found.to_json()))["proposal"] in found.to_text()


def check_lines(found: Reckoning, wanted: dict[str, str]) -> None:
    for code, amount in wanted.items():
        assert found.line(code).value == parse_yuan(amount), code


def check_imputed(found: Reckoning, codes: list[str]) -> None:
    for code in codes:
        assert found.line(code if "." in code and not code[0].isdigit() else f"income.{code}").imputed


def check_warnings(found: Reckoning, parts: list[str]) -> None:
    assert len(found.warnings) == len(parts)
    assert all(part in warning for part, warning in zip(parts, found.warnings, strict=True)), found.warnings


def equals(name: str) -> Any:
    def check(found: Reckoning, wanted: str) -> None:
        assert str(getattr(found, name)) == wanted

    return check


def money(name: str) -> Any:
    def check(found: Reckoning, wanted: str) -> None:
        assert getattr(found, name) == parse_yuan(wanted)

    return check


def check_failures(found: Reckoning, codes: list[str]) -> None:
    assert [failure.code for failure in found.failures] == codes
    assert all(failure.sentence.endswith("。") and failure.basis for failure in found.failures)


CHECKS = {
    "result": equals("result"),
    "members": equals("members"),
    "covered": equals("covered"),
    "category": equals("category"),
    "months": equals("recertify_months"),
    "label": equals("category_label"),
    "urban": equals("urban"),
    "start": equals("start_month"),
    "amount": money("amount_fen"),
    "total": money("income_fen"),
    "per_capita": money("per_capita_fen"),
    "standard": money("standard_fen"),
    "failures": check_failures,
    "lines": check_lines,
    "imputed": check_imputed,
    "warnings": check_warnings,
}
