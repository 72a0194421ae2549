"""四(一): registering, consents, missing papers, relatives, ending."""

from __future__ import annotations

import pytest

from tests.rooms.world import TOWNSHIP, VILLAGE, World, applied, consents, intake, member
from yimen.base.access.refusal import Refused
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications import acts, queries
from yimen.casework.applications.entries import ConsentEntry, MaterialEntry, RelativeEntry
from yimen.demo.places import add_relative
from yimen.law.calendar import today
from yimen.law.terms import KinRelation, Order, Relation, Role, Stage


def test_applying_registers_household_papers_and_record(world: World) -> None:
    application = acts.apply(world.handler(), intake=intake(world))
    assert application.stage == Stage.REGISTERED
    assert application.order == Order.PLAN
    assert application.number == "QH-2026-0001"
    codes = {paper.code for paper in papers.papers_of("application", application.ref)}
    assert codes == {"application_form", "household_declaration", "application_receipt"}
    assert [entry.act for entry in record.entries_of("application", application.ref)] == ["apply"]


def test_the_receipt_carries_no_part_of_the_identity_number(world: World) -> None:
    application = acts.apply(world.handler(), intake=intake(world))
    receipt = papers.papers_of("application", application.ref).get(code="application_receipt")
    assert application.applicant.identity[-4:] not in str(receipt.data)


def test_a_wrong_identity_number_is_refused_at_its_row(world: World) -> None:
    wrong = member(world.crowd.person(today(), 60, 70))
    wrong = type(wrong)(
        name=wrong.name, identity=wrong.identity[:-1] + ("0" if wrong.identity[-1] != "0" else "1"), relation="self"
    )
    with pytest.raises(Refused, match="第1行.*校验位") as refused:
        acts.apply(world.handler(), intake=intake(world, members=[wrong]))
    assert refused.value.status == 422


def test_a_person_of_another_household_is_told_at_once(world: World) -> None:
    first = applied(world)
    person = first.applicant
    other = member(world.crowd.person(today(), 40, 50))
    again = type(other)(name=person.name, identity=person.identity, relation=Relation.PARENT)
    with pytest.raises(Refused, match="已是.*户的家庭成员"):
        acts.apply(world.handler(), intake=intake(world, members=[other, again]))


def test_nobody_applies_twice_at_once(world: World) -> None:
    first = applied(world)
    entry = member(world.crowd.person(today(), 30, 31))
    again = type(entry)(name=first.applicant.name, identity=first.applicant.identity, relation="self")
    with pytest.raises(Refused, match="正在办理"):
        acts.apply(world.handler(), intake=intake(world, members=[again]))


def test_the_same_person_twice_is_refused(world: World) -> None:
    one = member(world.crowd.person(today(), 40, 50))
    two = type(one)(name=one.name, identity=one.identity, relation=Relation.SPOUSE)
    with pytest.raises(Refused, match="填写了两次"):
        acts.apply(world.handler(), intake=intake(world, members=[one, two]))


def test_another_township_cannot_register_here(world: World) -> None:
    with pytest.raises(Refused, match="岗位不能办理"):
        acts.apply(world.handler("990101002"), intake=intake(world, village=VILLAGE))


def test_missing_papers_are_told_once_and_all_at_once(world: World) -> None:
    handler = world.handler()
    application = acts.apply(handler, intake=intake(world, materials=[]))
    acts.request_supplement(handler, application.ref, by_on=today().replace(day=30))
    notice = queries.supplement_notices(application)[0]
    assert len(notice.items) == 6
    acts.receive_supplement(handler, application.ref)
    with pytest.raises(Refused, match="已经一次性告知过"):
        acts.request_supplement(handler, application.ref, by_on=today().replace(day=30))


def test_an_obligor_consents_alone(world: World) -> None:
    from yimen.casework.households.entries import ObligorEntry

    child = world.crowd.person(today(), 35, 45)
    obligor = ObligorEntry(child.name, child.identity, Relation.CHILD, monthly_income_fen=500000)
    application = acts.apply(world.handler(), intake=intake(world, obligors=[obligor]))
    row = queries.obligors(application)[0]
    wrong = ConsentEntry(True, today(), application.applicant.name, obligor_ref=row.ref)
    with pytest.raises(Refused, match="本人签署"):
        acts.record_consent(world.handler(), application.ref, entries=[wrong])
    refusal = ConsentEntry(False, today(), row.name, obligor_ref=row.ref, refused_reason="不愿意")
    acts.record_consent(world.handler(), application.ref, entries=[refusal])
    assert queries.consent_of(application, obligor=row) is None
    acts.record_consent(world.handler(), application.ref, entries=consents(application))
    assert queries.missing_consents(application) == []


def test_a_registered_relative_may_not_act(world: World) -> None:
    old = world.crowd.person(today(), 62, 75)
    clerk = world.district.who(TOWNSHIP, Role.HANDLER)
    add_relative(clerk, old.name, old.identity, KinRelation.PARENT, today())
    with pytest.raises(Refused, match="应当回避"):
        acts.apply(world.handler(), intake=intake(world, members=[member(old)]))
    application = acts.apply(world.handler(number=1), intake=intake(world, members=[member(old)]))
    assert [row.matched for row in queries.relative_filings(application)] == [True]
    with pytest.raises(Refused, match="应当回避"):
        acts.record_material(world.handler(), application.ref, entries=[])
    acts.file_relative(world.handler(number=1), application.ref, hardship="年老多病")
    filed = queries.relative_filings(application)[0]
    assert filed.filed_on == today()
    assert papers.paper(filed.paper_ref).code == "close_relative_filing"


def test_a_declared_relation_is_kept(world: World) -> None:
    aide = world.district.who(VILLAGE, Role.AIDE)
    application = acts.apply(
        world.handler(), intake=intake(world, relatives=[RelativeEntry(aide.ref, 0, KinRelation.SIBLING)])
    )
    row = queries.relative_filings(application)[0]
    assert (row.declared, row.matched, row.staff_id) == (True, False, aide.pk)


def test_withdrawing_ends_the_procedure_with_a_paper(world: World) -> None:
    application = applied(world)
    ended = acts.end_procedure(world.head(), application.ref, withdrawn=True, reason="已找到工作，自愿撤回。")
    assert ended.stage == Stage.ENDED
    assert papers.papers_of("application", application.ref).filter(code="procedure_end_notice").exists()
    with pytest.raises(Refused, match="程序终止"):
        acts.record_material(world.handler(), application.ref, entries=[MaterialEntry("hukou_book", "promised")])


def test_a_relative_registered_later_waits_for_its_filing(world: World) -> None:
    case = applied(world)
    assert queries.unfiled_kin(case) == []
    colleague = world.district.who(VILLAGE, Role.AIDE)
    add_relative(colleague, case.applicant.name, case.applicant.identity, KinRelation.SIBLING, today())
    assert queries.unfiled_kin(case) == [(case.applicant.name, colleague.name)]
    acts.file_relative(world.handler(), case.ref, hardship="年老多病，没有收入。")
    assert queries.unfiled_kin(case) == []
    assert [row.matched for row in queries.relative_filings(case)] == [True]


def test_what_is_hoped_for_stands_on_the_form_and_decides_nothing(world: World) -> None:
    case = acts.apply(world.handler(), intake=intake(world, wished="tekun"))
    assert (queries.programme_words(case), queries.business_words(case)) == ("社会救助", "希望特困")
    form = papers.papers_of("application", case.ref).get(code="application_form")
    assert form.data["programmes"] == ["特困人员救助供养"]
    assert case.programmes == ("dibao",)
    open_to_all = acts.apply(world.handler(), intake=intake(world))
    assert (queries.programme_words(open_to_all), queries.business_words(open_to_all)) == ("社会救助", "项目未定")
    with pytest.raises(Refused) as refused:
        acts.apply(world.handler(), intake=intake(world, wished="monthly"))
    assert refused.value.field == "wished"
