"""Papers for the way to a family: what is known is printed in, what is open stays open, and every signature has its line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rooms.checking import accepted
from tests.rooms.visiting import visited
from tests.rooms.world import World, applied, intake, member, seen
from yimen.base.papers import checking, desk, library
from yimen.base.papers.models import Paper
from yimen.casework.applications import acts, letters
from yimen.casework.applications.entries import AgentEntry, ConsentEntry, MaterialEntry
from yimen.casework.households.entries import ObligorEntry
from yimen.casework.investigation import field_papers
from yimen.law.calendar import today
from yimen.law.terms import MaterialState, Relation

MISSING = [
    MaterialEntry(code, MaterialState.MISSING) for code in ("application_signed", "declaration_signed", "pledge_signed")
]


def family(world: World) -> list[Any]:
    grown, child = world.crowd.person(today(), 40, 50), world.crowd.person(today(), 6, 10)
    return [
        member(world.crowd.person(today(), 62, 75), work_capacity="lost"),
        member(grown, Relation.CHILD),
        member(child, Relation.GRANDCHILD),
    ]


def obligor(world: World) -> ObligorEntry:
    somebody = world.crowd.person(today(), 40, 50)
    return ObligorEntry(somebody.name, somebody.identity, Relation.CHILD, agreed_fee_fen=20000, occupation="司机")


def registered(world: World, **more: Any) -> Any:
    return acts.apply(world.handler(), intake=intake(world, **more))


@pytest.mark.parametrize("code", list(field_papers.KNOWN))
def test_each_can_be_drawn_for_a_case(world: World, code: str) -> None:
    case = registered(world, members=family(world), obligors=[obligor(world)], materials=MISSING)
    found = field_papers.sheets(code, case)
    assert found
    for data in found:
        assert checking.forbidden(library.form(code), checking.normalise(data)) == []
    assert desk.blank(code, found[0], case_ref=case.ref, demo=True).startswith(b"%PDF")


def test_the_visit_carries_what_the_check_settled(world: World) -> None:
    case = accepted(world)
    (data,) = field_papers.sheets("home_visit", case)
    assert data["household_size"] == 1 and case.applicant.identity not in str(data)
    assert any("143.00" in line for line in data["known"])
    assert "income_findings" not in data


def test_every_signature_that_is_wanting_has_a_line(world: World) -> None:
    case = registered(world, members=family(world), materials=MISSING)
    names = [row.person.name for row in case.participants.order_by("id")]
    rows = [(row["paper"], row["signer"], row["relation"]) for row in field_papers.signatures(case)]
    assert rows[0] == ("社会救助申请书", names[0], "本人")
    assert [signer for paper, signer, _ in rows if paper == "居民家庭信息申报表"] == names[:2]
    pledges = [(signer, role) for paper, signer, role in rows if paper == "诚信承诺和授权委托书"]
    assert pledges == [(names[0], "本人"), (names[1], "本人"), (names[2], "由监护人签")]
    numbers = {row["paper"]: row["number"] for row in field_papers.signatures(case)}
    assert "申〔2026〕" in numbers["社会救助申请书"]


def test_who_has_signed_is_not_asked_again(world: World) -> None:
    case = applied(world, materials=seen())
    assert list(field_papers.signatures(case)) == []


def test_the_visit_is_signed_until_it_was_made(world: World) -> None:
    case = accepted(world)
    assert [row["relation"] for row in field_papers.signatures(case)] == ["调查人员", "调查人员", "在场家庭成员"]
    visited(world, case)
    assert list(field_papers.signatures(case)) == []


def test_an_agent_signs_the_mandate_and_the_form(world: World) -> None:
    agent = AgentEntry("李代办", "邻居", "行动不便", date(2027, 6, 1))
    somebody = intake(world, agent=agent, materials=MISSING)
    case = acts.apply(world.handler(), intake=somebody.__class__(**{**somebody.__dict__, "applied_by": "other"}))
    rows = [(row["paper"], row["signer"]) for row in field_papers.signatures(case)]
    assert ("代理申请委托书", "李代办") in rows and ("社会救助申请书", "李代办") in rows


def test_an_obligor_signs_alone_on_a_paper_of_his_own(world: World) -> None:
    first, second = obligor(world), obligor(world)
    case = registered(world, obligors=[first, second])
    assert [data["obligor"] for data in field_papers.sheets("obligor_consent", case)] == [first.name, second.name]
    row = case.household.obligors.order_by("id").first()
    acts.record_consent(world.handler(), case.ref, entries=[ConsentEntry(True, today(), row.name, obligor_ref=row.ref)])
    assert [data["obligor"] for data in field_papers.sheets("obligor_consent", case)] == [second.name]
    assert first.name not in str(list(field_papers.signatures(case)))


def test_supporters_have_their_sheet_from_the_application_on(world: World) -> None:
    entry = obligor(world)
    case = registered(world, obligors=[entry])
    (row,) = Paper.objects.get(subject_ref=case.ref, code="supporter_sheet").data["supporters"]
    assert row["name"] == entry.name and row["yearly_fee"] == 240000 and row["sex"] in {"男", "女"}
    assert not Paper.objects.filter(code="supporter_sheet").exclude(subject_ref=case.ref).exists()


def test_a_promise_in_place_of_a_proof_is_a_paper(world: World) -> None:
    case = registered(world)
    promise = MaterialEntry("income_proof", MaterialState.PROMISED, "打零工月均收入约800元")
    acts.record_material(world.handler(), case.ref, entries=[promise])
    paper = Paper.objects.get(subject_ref=case.ref, code="informed_commitment")
    assert paper.data["item"] == "收入证明" and paper.data["content"] == "打零工月均收入约800元"
    assert "第七十三条" in paper.data["consequences"]


def test_an_address_is_written_from_the_village_down_and_nothing_twice(world: World) -> None:
    case = registered(world)
    village = case.village.name
    assert letters.home_of(case) == f"{village}3组5号楼2单元301室"
    case.household.address = f"{village}3组8号"
    assert letters.home_of(case) == f"{village}3组8号"
