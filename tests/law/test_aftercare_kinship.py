"""Everybody's relation to a new head: derived where the data tell it, named for confirmation where they do not."""

import datetime as dt
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from yimen.law.aftercare.kinship import Derived, relations_to
from yimen.law.rules import PersonFacts
from yimen.law.terms import Relation

CASES = yaml.safe_load((Path(__file__).parent / "aftercare" / "relations.yaml").read_text("utf-8"))
WORDS = {relation.label: relation for relation in Relation}


def person(text: str) -> PersonFacts:
    ref, relation, *ties = text.split()
    more: dict[str, Any] = dict(tie.split("=") for tie in ties)
    return PersonFacts(ref, f"成员{ref}", WORDS[relation], dt.date(1970, 1, 1), **more)


def derived(case: dict[str, Any], people: list[PersonFacts]) -> dict[str, Derived]:
    rows = relations_to(people, case["head"], frozenset({case["gone"]} if "gone" in case else ()))
    assert [row.ref for row in rows] == [each.ref for each in people if each.ref != case.get("gone")]
    return {row.ref: row for row in rows}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_relations(case: dict[str, Any]) -> None:
    found = derived(case, [person(text) for text in case["people"]])
    assert {ref: row.relation.label + ("" if row.sure else "？") for ref, row in found.items()} == case["expect"]
    for name in ("child_of", "spouse_of"):
        for ref, other in case.get(name, {}).items():
            assert getattr(found[ref], name) == other
    assert all(bool(row.why) != row.sure for row in found.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_the_order_of_the_people_never_matters(case: dict[str, Any]) -> None:
    people = [person(text) for text in case["people"]]
    expected = derived(case, people)
    for order in list(permutations(people))[::7]:
        assert derived(case, list(order)) == expected


def test_what_is_not_known_is_asked_in_words() -> None:
    rows = relations_to([person("h 本人"), person("s 配偶"), person("c 子女"), person("o 其他")], "s", frozenset({"h"}))
    assert [row.why for row in rows] == [
        "",
        "成员c与新户主的关系推定为“子女”，请核对户口簿后确认。",
        "按现有资料推不出成员o与新户主的关系，请填写。",
    ]
