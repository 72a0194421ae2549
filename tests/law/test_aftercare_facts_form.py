"""Facts to JSON and back: the same to the last fraction, and what cannot be read is refused with its field."""

import datetime as dt
import json
from dataclasses import fields
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from tests.law.test_cases import FILES, merged
from yimen.law.reckon_file import BadFile, load
from yimen.law.rules import BadFacts, HouseholdFacts, IncomeFact, PersonFacts
from yimen.law.rules.applied import AbilityFacts, ApplicationFacts, SpentFacts, TekunFacts
from yimen.law.rules.facts import ExpenseFact, ObligorFact, PropertyFact
from yimen.law.rules.facts_form import from_plain, household_of, read_as, to_plain
from yimen.law.terms import DisabilityKind, IncomeKind, Relation, Sex

P = PersonFacts(
    "p1", "王大山", Relation.SELF, dt.date(1948, 2, 29), Sex.MALE, disability=DisabilityKind.MENTAL, disability_grade=3
)
KINDS = (
    PersonFacts,
    IncomeFact,
    ExpenseFact,
    PropertyFact,
    ObligorFact,
    HouseholdFacts,
    TekunFacts,
    AbilityFacts,
    SpentFacts,
    ApplicationFacts,
)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_every_kind_of_facts_comes_back_as_it_was(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    facts = data.draw(st.from_type(kind))  # type: ignore[arg-type]
    again = read_as(kind, json.loads(json.dumps(to_plain(facts))))
    assert again == facts
    assert [type(getattr(again, field.name)) for field in fields(kind)] == [  # type: ignore[arg-type]
        type(getattr(facts, field.name))
        for field in fields(kind)  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_of_the_law_comes_back_as_it_was(path: Any) -> None:
    import yaml

    for case in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader):
        try:
            facts = load(json.dumps(merged(case)["household"], ensure_ascii=False)).facts
        except BadFile:
            continue
        assert from_plain(json.loads(json.dumps(to_plain(facts)))) == facts


def test_an_older_form_lacks_fields_that_have_a_default() -> None:
    plain = to_plain(HouseholdFacts((P,)))
    del plain["edge_confirmed"], plain["people"][0]["spouse_of"]
    assert household_of(plain) == HouseholdFacts((P,))
    assert household_of(to_plain(ApplicationFacts(HouseholdFacts((P,))))) == HouseholdFacts((P,))


INCOME = to_plain(IncomeFact("i", "p1", IncomeKind.BUSINESS, quantity=Fraction(7, 3)))


@pytest.mark.parametrize(
    ("kind", "data", "where"),
    [
        (IncomeFact, {**INCOME, "surprise": 1}, "IncomeFact.surprise"),
        (IncomeFact, {"ref": "i"}, "IncomeFact.kind"),
        (IncomeFact, {**INCOME, "kind": "gift"}, "IncomeFact.kind"),
        (IncomeFact, {**INCOME, "amount_fen": True}, "IncomeFact.amount_fen"),
        (IncomeFact, {**INCOME, "amount_fen": "1"}, "IncomeFact.amount_fen"),
        (IncomeFact, {**INCOME, "quantity": "1/0"}, "IncomeFact.quantity"),
        (IncomeFact, {**INCOME, "irregular": 1}, "IncomeFact.irregular"),
        (PersonFacts, {**to_plain(P), "birth_date": "2026-02-29"}, "PersonFacts.birth_date"),
        (PersonFacts, {**to_plain(P), "birth_date": None}, "PersonFacts.birth_date"),
        (HouseholdFacts, {"people": {}}, "HouseholdFacts.people"),
        (HouseholdFacts, [], "HouseholdFacts"),
        (TekunFacts, {"person": "p1", "disabilities": [["visual"]]}, "TekunFacts.disabilities"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_field(kind: Any, data: Any, where: str) -> None:
    with pytest.raises(BadFacts, match="保存的事实") as caught:
        read_as(kind, data)
    assert caught.value.where == where


def test_fractions_stay_exact() -> None:
    assert INCOME["quantity"] == "7/3"
    assert read_as(IncomeFact, INCOME).quantity == Fraction(7, 3)
    assert to_plain(Fraction(4, 2)) == 2
