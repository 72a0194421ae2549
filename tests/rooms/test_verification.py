"""四(二): asking, sending, taking in, accepting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.checking import AS_DECLARED, asked, checked, content, fresh, rows, taken_in
from tests.rooms.world import NOT_YET, World, applied, intake, member
from yimen.base.access.acts import ACTS
from yimen.base.access.refusal import Refused
from yimen.base.clocks import desk as clocks
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications import acts as applications
from yimen.casework.applications.entries import ConsentEntry
from yimen.casework.households.entries import ObligorEntry
from yimen.casework.verification import acts, queries
from yimen.casework.verification.models import CheckPerson, ResultFile, SourceResult
from yimen.law.calendar import today
from yimen.law.terms import Match, Relation, Role, Stage


def test_asking_needs_everybodys_consent_and_names_who_is_missing(world: World) -> None:
    handler = world.handler()
    application = applications.apply(handler, intake=intake(world))
    with pytest.raises(Refused, match=f"{application.applicant.name}还没有有效的诚信承诺"):
        acts.request_check(handler, application.ref)


def _with_obligor(world: World) -> tuple[object, object]:
    son = world.crowd.person(today(), 30, 40)
    case = applied(world, obligors=[ObligorEntry(name=son.name, identity=son.identity, relation=Relation.CHILD)])
    return case, queries.applications.obligors(case)[0]


def test_an_obligor_is_asked_about_only_with_consent(world: World) -> None:
    case, _ = _with_obligor(world)
    acts.request_check(world.handler(), case.ref)
    assert [row.obligor for row in CheckPerson.objects.order_by("id")] == [None]
    entry = record.entries_of("application", case.ref).last()
    assert (entry.facts["persons"], entry.facts["not_asked"]) == (1, 1)


def test_a_consenting_obligor_is_asked_about(world: World) -> None:
    case, obligor = _with_obligor(world)
    consent = ConsentEntry(True, today(), obligor.name, obligor_ref=obligor.ref)
    applications.record_consent(world.handler(), case.ref, entries=[consent])
    acts.request_check(world.handler(), case.ref)
    batch = acts.send_checks(world.at_district(Role.CHECKER))
    persons = queries.request_content(batch)["cases"][0]["persons"]
    assert [person["relation"] for person in persons] == ["本人", "义务人（子女）"]
    assert persons[1]["identity"] == obligor.identity
    assert persons[1]["consent_until"] >= today()


def test_asking_moves_the_case_and_starts_the_districts_clock(world: World) -> None:
    case = applied(world)
    acts.request_check(world.handler(), case.ref)
    case = fresh(case)
    assert case.stage == Stage.CHECKING
    assert case.check_requested_on == today()
    assert clocks.running("application", case.pk, "check_start") is not None
    assert papers.papers_of("application", case.ref).filter(code="check_request").count() == 1


def test_sending_takes_all_waiting_cases_in_one_batch_and_stops_their_clocks(world: World) -> None:
    first, second = applied(world), applied(world)
    for case in (first, second):
        acts.request_check(world.handler(), case.ref)
    batch = acts.send_checks(world.at_district(Role.CHECKER))
    assert (batch.cases, batch.persons) == (2, 2)
    assert batch.number == f"HD990101-{today():%Y%m%d}-01"
    assert batch.digest.startswith("sha256:")
    assert clocks.running("application", first.pk, "check_start") is None
    assert queries.waiting("990101").count() == 0
    with pytest.raises(Refused, match="没有等待发出"):
        acts.send_checks(world.at_district(Role.CHECKER))


def test_a_lapsed_consent_keeps_its_case_at_home(world: World, travel) -> None:
    lasting, lapsing = applied(world), applied(world)
    person = queries.applications.participants(lapsing)[0].person
    short = ConsentEntry(True, today(), person.name, valid_to=today(), person_ref=person.ref)
    applications.record_consent(world.handler(), lapsing.ref, entries=[short])
    for case in (lasting, lapsing):
        acts.request_check(world.handler(), case.ref)
    travel(today() + timedelta(days=1))
    batch = acts.send_checks(world.at_district(Role.CHECKER))
    assert [row.application for row in queries.requests_of(batch)] == [lasting]
    with pytest.raises(Refused, match=f"{person.name}的授权已失效"):
        acts.send_checks(world.at_district(Role.CHECKER))


def test_only_the_checker_of_the_district_sends(world: World) -> None:
    with pytest.raises(Refused, match="岗位不能办理"):
        acts.send_checks(world.handler())


def test_a_whole_answer_moves_the_case_once_with_one_entry(world: World) -> None:
    case, batch = asked(world)
    taken_in(world, batch)
    moved = fresh(case)
    assert (moved.stage, moved.version, moved.check_returned_on) == (Stage.CHECKED, case.version + 1, today())
    assert [entry.act for entry in record.entries_of("application", case.ref)].count("take_results") == 1
    assert record.entries_of("check_batch", batch.ref).last().act == "import_results"
    assert {line.match for line in queries.comparison(moved)} == {Match.AGREED}
    batch.refresh_from_db()
    assert batch.returned_on == today()


def test_the_same_file_again_changes_nothing_and_says_who_took_it_in(world: World) -> None:
    _, batch = asked(world)
    file = taken_in(world, batch)
    checker = world.at_district(Role.CHECKER)
    with pytest.raises(
        Refused, match=rf"已由{checker.staff.name}于 .*导入批次 {batch.number}，这次没有改动任何内容"
    ) as refused:
        taken_in(world, batch)
    assert refused.value.status == 409
    assert list(ResultFile.objects.order_by("id")) == [file]


def test_a_partial_answer_leaves_the_case_waiting_and_a_later_file_completes_it(world: World) -> None:
    case, batch = asked(world)
    checker = world.at_district(Role.CHECKER)
    acts.import_results(checker, content=content(batch, rows(batch, leave_out=["bank"])))
    assert fresh(case).stage == Stage.CHECKING
    assert {line.match for line in queries.comparison(case)} == {Match.PENDING}
    assert queries.missing_words(case) == [f"{case.applicant.name}：银行存款"]
    acts.import_results(checker, content=content(batch, rows(batch), "R2"))
    assert fresh(case).stage == Stage.CHECKED
    latest = ResultFile.objects.order_by("-id")[0]
    assert (latest.summary["new"], latest.summary["same"]) == (1, len(batch.sources) - 1)


def test_an_error_keeps_the_case_waiting_until_it_is_answered(world: World) -> None:
    case, batch = asked(world)
    checker = world.at_district(Role.CHECKER)
    acts.import_results(checker, content=content(batch, rows(batch, states={"bank": "error"})))
    assert fresh(case).stage == Stage.CHECKING
    acts.import_results(checker, content=content(batch, rows(batch), "R2"))
    assert fresh(case).stage == Stage.CHECKED
    assert SourceResult.objects.filter(source="bank", superseded=False).get().state == "answered"


def test_an_unavailable_source_counts_as_returned_but_never_as_agreed(world: World) -> None:
    case, batch = asked(world)
    taken_in(world, batch, states={"bank": "not_available"})
    lines = {line.item: line for line in queries.comparison(fresh(case))}
    assert fresh(case).stage == Stage.CHECKED
    assert lines["deposit"].match == Match.NO_SOURCE
    assert lines["deposit"].open
    assert queries.open_differences([case.pk]) == {case.pk: 1}


def test_nothing_is_taken_from_a_file_with_one_bad_row(world: World) -> None:
    case, batch = asked(world)
    lines = rows(batch)
    lines[3] = {**lines[3], "person_ref": "nobody000000"}
    with pytest.raises(Refused, match=r"第 4 行.*不在批次") as refused:
        acts.import_results(world.at_district(Role.CHECKER), content=content(batch, lines))
    assert refused.value.status == 422
    assert not SourceResult.objects.exists()
    assert fresh(case).stage == Stage.CHECKING


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"source": "stars"}, "来源代码"),
        ({"state": "perhaps"}, "反馈状态"),
        ({"queried_on": None}, "缺少查询日期"),
        ({"findings": [{"item": "moon"}]}, "核对项目代码"),
        ({"findings": [{"item": "deposit", "value": "存款"}]}, "缺少金额"),
        ({"findings": [{"item": "deposit", "value": "存款", "amount_fen": -1}]}, "不小于零"),
        ({"findings": [{"item": "vehicle", "value": "轿车"}]}, "缺少数量"),
        ({"findings": [{"item": "wage", "value": "工资", "amount_fen": 1, "period": "week"}]}, "期间"),
    ],
)
def test_a_wrong_value_names_its_row(world: World, change: dict[str, object], sentence: str) -> None:
    _, batch = asked(world)
    lines = rows(batch)
    lines[0] = {**lines[0], **change}
    with pytest.raises(Refused, match=rf"第 1 行：.*{sentence}"):
        acts.import_results(world.at_district(Role.CHECKER), content=content(batch, lines))


def test_a_row_twice_is_refused(world: World) -> None:
    _, batch = asked(world)
    lines = rows(batch)
    with pytest.raises(Refused, match="出现了两次"):
        acts.import_results(world.at_district(Role.CHECKER), content=content(batch, [*lines, lines[0]]))


def test_another_answer_of_a_source_that_has_answered_is_refused(world: World) -> None:
    case, batch = asked(world)
    checker = world.at_district(Role.CHECKER)
    acts.import_results(checker, content=content(batch, rows(batch, leave_out=["tax"])))
    richer = {
        case.applicant.name: {
            **AS_DECLARED,
            "bank": [{"item": "deposit", "value": "存款", "amount_fen": 1, "period": ""}],
        }
    }
    with pytest.raises(Refused, match="已有反馈"):
        acts.import_results(checker, content=content(batch, rows(batch, richer), "R2"))


def test_an_answer_after_the_check_is_whole_is_counted_and_not_adopted(world: World) -> None:
    _, batch = asked(world)
    taken_in(world, batch, states={"bank": "not_available"})
    with pytest.raises(Refused, match=r"迟到 1 行.*重新提请核对"):
        taken_in(world, batch)
    assert SourceResult.objects.filter(source="bank").get().state == "not_available"


def test_a_file_of_another_district_is_unknown(world: World) -> None:
    _, batch = asked(world)
    lines = rows(batch)
    with pytest.raises(Refused, match="不是本区发出的核对批次"):
        acts.import_results(
            world.at_district(Role.CHECKER), content={**content(batch, lines), "batch_number": "HD000000-1"}
        )


def _statements_of_taking_in(world: World, many: int) -> int:
    cases = [applied(world) for _ in range(many)]
    for case in cases:
        acts.request_check(world.handler(), case.ref)
    batch = acts.send_checks(world.at_district(Role.CHECKER))
    checker, found = world.at_district(Role.CHECKER), content(batch, rows(batch))
    with CaptureQueriesContext(connection) as done:
        acts.import_results(checker, content=found)
    assert {fresh(case).stage for case in cases} == {Stage.CHECKED}
    return len(done)


def test_taking_in_many_cases_costs_few_statements_more(world: World) -> None:
    six = _statements_of_taking_in(world, 6)
    assert six <= 40
    # The record entry of each further case, and now and then a further portion of a bulk insert.
    assert _statements_of_taking_in(world, 16) - six < 2 * 10


def test_a_list_knows_its_open_lines_in_one_statement(world: World, django_assert_num_queries) -> None:
    cases = [checked(world, truth={}) for _ in range(2)]
    with django_assert_num_queries(1):
        assert set(queries.open_differences([case.pk for case in cases])) == {case.pk for case in cases}


def test_accepting_starts_the_clocks_of_the_law(world: World) -> None:
    case = acts.accept(world.handler(), checked(world).ref)
    assert (case.stage, case.accepted_on, case.handler) == (Stage.INVESTIGATING, today(), world.handler().staff)
    total = clocks.running("application", case.pk, "total")
    notice = papers.papers_of("application", case.ref).get(code="acceptance_notice")
    assert total is not None
    assert notice.data["due_on"] == total.due_on.isoformat()
    assert notice.data["limit"] == f"自受理之日起{total.length}个工作日"
    assert clocks.running("application", case.pk, "investigation_start") is not None


def test_nothing_is_accepted_while_the_answer_is_missing(world: World) -> None:
    case, batch = asked(world)
    with pytest.raises(Refused, match=r"信息核对中.*还不能"):
        acts.accept(world.handler(), case.ref)
    acts.import_results(world.at_district(Role.CHECKER), content=content(batch, rows(batch, leave_out=["bank", "tax"])))
    with pytest.raises(Refused, match="信息核对中"):
        acts.accept(world.handler(), case.ref)


def test_the_longer_limit_stands_where_the_district_still_decides(world: World) -> None:
    officer = world.handler(NOT_YET)
    case = applied(world, officer, village=f"{NOT_YET}001")
    acts.request_check(officer, case.ref)
    batch = acts.send_checks(world.at_district(Role.CHECKER))
    taken_in(world, batch)
    case = acts.accept(officer, case.ref)
    assert clocks.running("application", case.pk, "total").length == 30


def test_each_row_of_this_room_has_its_function() -> None:
    assert {
        "request_check",
        "send_checks",
        "import_results",
        "take_results",
        "settle_difference",
        "tell_check_result",
        "object_to_check",
        "conclude_recheck",
        "accept",
        "decline",
    } <= set(ACTS)


def test_two_members_are_both_asked_about(world: World) -> None:
    husband = member(world.crowd.person(today(), 62, 70), work_capacity="lost")
    wife = member(world.crowd.person(today(), 62, 70), Relation.SPOUSE, work_capacity="lost")
    case, batch = asked(world, members=[husband, wife])
    assert batch.persons == 2
    taken_in(world, batch, {husband.name: AS_DECLARED, wife.name: {}})
    members = [line for line in queries.comparison(fresh(case)) if line.item == "members"]
    assert [line.match for line in members] == [Match.AGREED, Match.DIFFERENT]
