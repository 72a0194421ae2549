"""The monthly comparison: who is asked, what came back, what is new since last month, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.journeys import neighbour
from tests.rooms.comparisons import answered, asked, cars, dead, deposit, households, name, part, pension, result, shown
from tests.rooms.world import NOT_YET, TOWNSHIP, World, make_world
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.record import desk as record
from yimen.casework.applications.models import Consent
from yimen.casework.awards.models import AwardPerson, ChangeCase
from yimen.casework.households.models import Obligor
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.comparison import queries
from yimen.casework.monthclose.models import (
    ComparisonAnswer,
    ComparisonFinding,
    ComparisonHit,
    ComparisonLeftOut,
    ComparisonRun,
    ComparisonSubject,
)
from yimen.casework.payments import holding
from yimen.casework.payments.models import Hold
from yimen.gateways.provincial.plain import result_to_plain
from yimen.law.calendar import today
from yimen.law.terms import Relation, Role

OCTOBER = date(2026, 10, 20)
Travel = Callable[[Any], None]


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    return make_world()


def test_everybody_with_a_consent_is_asked_and_the_others_are_listed(world: World) -> None:
    awards = households(world, 4)
    people = [AwardPerson.objects.get(award=award).person for award in awards]
    Consent.objects.filter(person=people[1]).update(valid_to=today() - timedelta(days=1))
    Consent.objects.filter(person=people[2]).update(given=False)
    Consent.objects.filter(person=people[3]).delete()
    child = Obligor.objects.create(
        household=awards[0].household, supports=people[0], name="在外子", identity="990101198001010015",
        identity_index="child", relation=Relation.CHILD,
    )  # fmt: skip
    run = asked(world, "social_insurance", "bank")
    assert [row.person_id for row in ComparisonSubject.objects.filter(run=run)] == [people[0].pk]
    assert {(row.person_id, row.obligor_id, row.reason) for row in ComparisonLeftOut.objects.filter(run=run)} == {
        (people[1].pk, None, "lapsed"), (people[2].pk, None, "refused"), (people[3].pk, None, "none"),
        (None, child.pk, "none"),
    }  # fmt: skip
    assert run.counts == {"households": 1, "persons": 1, "obligors": 0, "left_out": 3, "obligors_left_out": 1}
    assert record.entries_of("comparison", run.ref).get().act == "ask_comparison"
    assert queries.left_out(world.handler(), run).count() == 3
    assert queries.left_out(world.handler(), run, obligors=True).count() == 1
    assert queries.left_out(world.handler("990101002"), run).count() == 0


def test_an_obligor_who_agreed_is_asked_only_where_it_is_necessary(world: World) -> None:
    (award,) = households(world)
    person = AwardPerson.objects.get(award=award).person
    child = Obligor.objects.create(
        household=award.household, supports=person, name="在外子", identity="990101198001010015",
        identity_index="child", relation=Relation.CHILD, monthly_income_fen=300_000,
    )  # fmt: skip
    Consent.objects.create(
        application=Consent.objects.get(person=person).application, obligor=child, given=True, signed_on=today(),
        valid_to=today(), signed_by="在外子",
    )  # fmt: skip
    run = asked(world, "social_insurance", "bank", "funeral")
    assert [part(run, source).persons for source in ("social_insurance", "bank", "funeral")] == [2, 1, 2]
    answered(world, run, "social_insurance", {"在外子": [pension(250_000)]})
    assert shown(run) == []  # the family has declared more than that
    answered(world, run, "funeral", {"在外子": [dead()]})
    assert [row[:2] for row in shown(run)] == [("death", "在外子")] and not Hold.objects.exists()
    change = acts.confirm_hits(world.handler(), award_ref=award.ref)
    assert (change.event, list(change.concerns)) == ("obligor", [])


def test_an_obligor_on_assistance_elsewhere_is_told_to_the_household_that_he_supports(world: World) -> None:
    """Who is himself assisted owes no support fee: it is no benefit drawn twice, but help that he gets."""
    (award,) = households(world)
    person = AwardPerson.objects.get(award=award).person
    child = Obligor.objects.create(
        household=award.household, supports=person, name="在外子", identity="990101198001010015",
        identity_index="child", relation=Relation.CHILD,
    )  # fmt: skip
    Consent.objects.create(
        application=Consent.objects.get(person=person).application, obligor=child, given=True, signed_on=today(),
        valid_to=today(), signed_by="在外子",
    )  # fmt: skip
    run = asked(world, "assistance_register")
    assert part(run, "assistance_register").persons == 2
    answered(world, run, "assistance_register", {"在外子": [neighbour.duplicate("另一个区")]})
    assert [(kind, who) for kind, who, *_ in shown(run)] == [("assistance", "在外子")] and not Hold.objects.exists()
    change = acts.confirm_hits(world.handler(), award_ref=award.ref)
    assert change.event == "obligor" and "义务人在外子" in change.statement


def test_asked_once_in_the_month_that_it_is(world: World) -> None:
    checker = world.at_district(Role.CHECKER)
    with pytest.raises(Refused, match="没有可以比对的人员"):
        asked(world)
    assert not ComparisonRun.objects.exists()
    households(world)
    for fields, message in (
        ({"month": "2026-10", "due_on": today()}, "只能提请本月"), ({"month": "2026-11", "due_on": None}, "请填写"),
        ({"month": "2026-11", "due_on": date(2026, 12, 1)}, "本月之内"),
        ({"month": "2026-11", "due_on": today(), "sources": ["moon"]}, "不认识"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=message):
            acts.ask_comparison(checker, **fields)
    run = asked(world)
    assert len(run.sources) == 17 and run.number == "BD990101-202611"
    with pytest.raises(Refused, match="每月只提请一次"):
        asked(world)
    with pytest.raises(Refused):
        acts.ask_comparison(world.handler(), month="2026-11", due_on=today())


def test_the_first_month_shows_what_the_household_had_not_said_and_the_second_only_what_changed(
    world: World, travel: Travel
) -> None:
    travel(OCTOBER)
    first, second = households(world, 2, until=date(2027, 10, 1))
    october = asked(world, "social_insurance", "bank", "vehicle_register")
    answered(world, october, "social_insurance", {name(first): [pension(14_300)]})
    answered(world, october, "bank", {name(first): [deposit(500_000)], name(second): [deposit(120_000)]})
    answered(world, october, "vehicle_register", {name(second): [cars(1)]})
    assert [row[:3] for row in shown(october)] == [
        ("pension", name(first), ""), ("savings", name(first), ""), ("vehicle", name(second), ""),
    ]  # fmt: skip  # a deposit below the district's figure is none
    travel(date(2026, 11, 24))
    november = asked(world, "social_insurance", "bank", "vehicle_register")
    answered(world, november, "social_insurance", {name(first): [pension(24_300)]})
    answered(world, november, "bank", {name(first): [deposit(560_000)], name(second): [deposit(120_000)]})
    answered(world, november, "vehicle_register", {})
    assert [(kind, who) for kind, who, _, _ in shown(november)] == [("pension", name(first)), ("vehicle", name(second))]
    (_, _, before, now), (_, _, car, gone) = shown(november)
    assert "143.00元/月" in before and "243.00元/月" in now and "小型轿车" in car and gone == "未查到"
    assert ComparisonHit.objects.filter(run=november, kind="pension").get().before_from == "2026-10 比对"
    assert queries.open_hits(TOWNSHIP, "2026-10").count() == 3 and queries.open_hits(TOWNSHIP, "2026-11").count() == 5
    assert queries.waiting_households(TOWNSHIP, "2026-11") == 2


def test_who_a_source_could_not_answer_about_is_compared_with_the_month_before_that(
    world: World, travel: Travel
) -> None:
    travel(date(2026, 9, 20))
    (award,) = households(world, until=date(2027, 10, 1))
    answered(world, asked(world, "vehicle_register"), "vehicle_register", {name(award): [cars(1)]})
    travel(OCTOBER)
    october = asked(world, "vehicle_register")
    answer = answered(world, october, "vehicle_register", silent=[name(award)])
    assert answer.unanswered == 1 and shown(october) == []
    travel(date(2026, 11, 24))
    november = asked(world, "vehicle_register")
    answered(world, november, "vehicle_register", {name(award): [cars(1)]})
    assert shown(november) == []


def test_a_file_that_is_foreign_cut_altered_partial_or_replayed_changes_nothing(world: World) -> None:
    households(world, 2)
    run = asked(world, "social_insurance", "bank")
    checker, good = world.at_district(Role.CHECKER), result(run, "bank")
    cut = replace(good, rows=good.rows[:1], row_count=1)
    alien = replace(good, batch_number="BD220302-202611-01-001")
    other = replace(good, rows=tuple(replace(row, source="social_insurance") for row in good.rows))
    unknown = replace(good, rows=(replace(good.rows[0], person_ref="R999"), *good.rows[1:]))
    for bad, message in (
        (cut, "缺少 1 人"), (alien, "不是本区"), (other, "没有向“社会保险”提请"), (unknown, "不在批次"),
        (replace(good, partial=True), "部分反馈"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=message):
            acts.import_comparison(checker, content=result_to_plain(bad))
    assert not ComparisonAnswer.objects.exists() and not ComparisonFinding.objects.exists()
    acts.import_comparison(checker, content=result_to_plain(good))
    again = result(run, "bank", {name(households_of(run)[0]): [deposit(900_000)]}, number="R2")
    for replay, code in ((good, "replayed"), (again, "contradicts")):
        with pytest.raises(Refused, match="没有改动任何内容") as caught:
            acts.import_comparison(checker, content=result_to_plain(replay))
        assert caught.value.code == code
    assert ComparisonAnswer.objects.count() == 1 and not ComparisonHit.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        ComparisonAnswer.objects.update(rows=9)


def households_of(run: ComparisonRun) -> list[Any]:
    return [row.award for row in ComparisonSubject.objects.filter(run=run).select_related("award__household__head")]


def test_a_missing_feed_is_a_red_line_with_its_days(world: World, travel: Travel) -> None:
    travel(date(2026, 11, 16))
    households(world, until=date(2027, 10, 1))
    assert queries.month_state(TOWNSHIP, "2026-11", today()).words == "本月比对还没有提请"
    run = asked(world, "bank", "tax", due_on=date(2026, 11, 20))
    answered(world, run, "bank")
    early = queries.month_state(TOWNSHIP, "2026-11", today())
    assert [feed.words for feed in early.feeds] == ["已反馈", "还有 4 天"] and not early.late
    late = queries.month_state(TOWNSHIP, "2026-11", date(2026, 11, 24))
    assert [feed.words for feed in late.feeds] == ["已反馈", "逾期 4 天未反馈"]
    assert late.words == "税务逾期 4 天未反馈" and not late.answered
    travel(date(2026, 11, 24))
    answered(world, run, "tax")
    assert queries.month_state(TOWNSHIP, "2026-11", today()).answered


def test_a_death_holds_the_pay_at_once_and_a_second_person_frees_it(world: World) -> None:
    (award,) = households(world)
    run = asked(world, "funeral")
    answered(world, run, "funeral", {name(award): [dead()]})
    hit = ComparisonHit.objects.get()
    held = Hold.objects.get()
    assert hit.held and (held.award_id, held.kind, held.basis_kind, held.basis_ref) == (
        award.pk, "death", "comparison_hit", hit.ref,
    )  # fmt: skip
    with pytest.raises(Refused):
        acts.confirm_hits(world.handler(), award_ref=award.ref)  # nobody has said on which day
    change = acts.confirm_hits(world.handler(), award_ref=award.ref, since=date(2026, 11, 12))
    hit.refresh_from_db()
    assert (hit.state, hit.change, change.event, change.source) == ("confirmed", change, "death", "check_hit")
    assert "每月比对发现" in change.statement and run.number in change.reported_by
    assert queries.became(world.handler(), change) == [hit] and held.open
    holding.free_hold(world.head(), refs=[held.ref], reason="已按死亡变更办结。")


def test_hits_are_settled_with_reason_by_the_own_township_alone(world: World) -> None:
    first, second = households(world, 2)
    run = asked(world, "vehicle_register", "funeral", "bank")
    both = {name(first): [cars(1)], name(second): [cars(2)]}
    answered(world, run, "vehicle_register", both)
    answered(world, run, "funeral", {name(first): [dead()], name(second): [dead()]})
    answered(world, run, "bank", {name(first): [deposit(3_000_000)]})
    by = {kind: list(ComparisonHit.objects.filter(kind=kind)) for kind in ("vehicle", "death", "savings")}
    vehicles = [hit.ref for hit in by["vehicle"]]
    handler = world.handler()
    for refs, more, message in (
        ([], {"reason": "登记错误"}, "请勾选"), (vehicles, {"reason": " "}, "请填写理由"),
        ([hit.ref for hit in by["death"]], {"reason": "同名"}, "须逐户核实"),
        ([vehicles[0], by["death"][1].ref], {"reason": "同名"}, "只选同一类"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=message):
            acts.dismiss_comparison_hits(handler, refs=refs, **more)
    with pytest.raises(Refused, match="不在您的办理范围"):
        acts.dismiss_comparison_hits(world.handler(NOT_YET), refs=vehicles, reason="登记错误")
    assert not queries.hits(world.aide()).exists()
    acts.dismiss_comparison_hits(handler, refs=vehicles, reason="车管所误登，已去函更正。")
    with pytest.raises(Refused, match="佐证"):
        acts.explain_comparison_hits(handler, refs=[by["savings"][0].ref], reason="征地补偿款代收", evidence="")
    acts.explain_comparison_hits(handler, refs=[by["savings"][0].ref], reason="代收后已转付", evidence="银行流水复印件")
    assert record.entries_of("comparison_hit", by["savings"][0].ref).get().act == "explain_comparison_hits"
    with pytest.raises(Refused, match="已处理为“不属实”"):
        acts.dismiss_comparison_hits(world.head(), refs=vehicles[:1], reason="再看一次")
    assert queries.counts(handler) == {"death": 2}
    with pytest.raises(Unknown):
        acts.confirm_hits(world.handler(NOT_YET), award_ref=first.ref)


def test_one_person_of_two_townships_reaches_each_without_the_others_file(world: World) -> None:
    """Somebody covered here who supports a household elsewhere: two subjects, each township sees its own."""
    first, second = households(world, 2)
    person = AwardPerson.objects.get(award=first).person
    elsewhere = world.handler(NOT_YET)
    type(second).objects.filter(pk=second.pk).update(township_id=NOT_YET)
    son = Obligor.objects.create(
        household=second.household, supports=AwardPerson.objects.get(award=second).person, name=person.name,
        identity=person.identity, identity_index=person.identity_index, relation=Relation.CHILD,
    )  # fmt: skip
    Consent.objects.create(
        application=Consent.objects.get(person=person).application, obligor=son, given=True, signed_on=today(),
        valid_to=today(), signed_by=person.name,
    )  # fmt: skip
    run = asked(world, "funeral")
    answered(world, run, "funeral", {person.name: [dead()]})
    assert [hit.award_id for hit in queries.hits(world.handler())] == [first.pk]
    assert [hit.award_id for hit in queries.hits(elsewhere)] == [second.pk]


def test_statements_do_not_grow_with_the_households(world: World, travel: Travel) -> None:
    travel(OCTOBER)
    households(world, 1, until=date(2027, 10, 1))
    _statements(world, 500_000)
    travel(date(2026, 11, 20))
    few = _statements(world, 700_000)
    travel(date(2026, 12, 8))
    households(world, 49, until=date(2027, 10, 1))
    assert _statements(world, 950_000) == few


def _statements(world: World, fen: int) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as asking:
        run = asked(world, "bank")
    content = result_to_plain(result(run, "bank", {name(each): [deposit(fen)] for each in households_of(run)}))
    with CaptureQueriesContext(connection) as importing:
        acts.import_comparison(world.at_district(Role.CHECKER), content=content)
    assert ComparisonHit.objects.filter(run=run).count() == len(households_of(run))
    return _count(asking), _count(importing)


def _count(captured: CaptureQueriesContext) -> int:
    """Statements; rows that SQLite takes in several portions for its limit of parameters count once."""
    kept = [each["sql"].split("VALUES")[0] for each in captured.captured_queries]
    inserts = {sql for sql in kept if sql.startswith("INSERT")}
    return len(inserts) + sum(not sql.startswith("INSERT") for sql in kept)


def test_begun_anew_after_any_interruption_gives_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking and taking in are one transaction each: whatever stops them leaves nothing, and the next try makes all of it."""
    awards = households(world, 3)
    for broken in ("_gather", "_write_feeds", "_digest"):
        with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
            patch.setattr(f"yimen.casework.monthclose.comparison.asking.{broken}", lambda *_: 1 / 0)
            asked(world, "funeral")
        assert not ComparisonRun.objects.exists() and not ComparisonSubject.objects.exists()
    run = asked(world, "funeral")
    for broken in ("differences.write", "holding.hold_the_dead"):
        with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
            patch.setattr(f"yimen.casework.monthclose.comparison.{broken}", lambda *_: 1 / 0)
            answered(world, run, "funeral", {name(awards[0]): [dead()]})
        assert not ComparisonAnswer.objects.exists() and not ComparisonHit.objects.exists()
    answered(world, run, "funeral", {name(awards[0]): [dead()]})
    assert (ComparisonHit.objects.count(), Hold.objects.count(), ChangeCase.objects.count()) == (1, 1, 0)


def test_a_consent_given_while_on_assistance_lets_the_next_comparison_ask(world: World, travel: Travel) -> None:
    travel(OCTOBER)
    first, second = households(world, 2, until=date(2027, 10, 1))
    person = AwardPerson.objects.get(award=second).person
    Consent.objects.filter(person=person).delete()
    assert asked(world, "bank").counts["left_out"] == 1
    handler, who = world.handler(), [(second.ref, person.ref)]
    for fields, message in (
        ({"who": [], "signed_on": OCTOBER}, "请勾选"), ({"who": who, "signed_on": date(2026, 10, 21)}, "不能晚于今天"),
        ({"who": who, "signed_on": OCTOBER, "guardian": "某某"}, "已成年"),
        ({"who": [(second.ref, first.household.head.ref)], "signed_on": OCTOBER}, "不在这一户"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=message):
            acts.record_standing_consents(handler, **fields)
    with pytest.raises(Refused, match="办理范围"):
        acts.record_standing_consents(world.handler(NOT_YET), who=who, signed_on=OCTOBER)
    (made,) = acts.record_standing_consents(handler, who=who, signed_on=OCTOBER)
    assert (made.household_id, made.application_id, made.signed_by) == (second.household_id, None, person.name)
    travel(date(2026, 11, 24))
    november = asked(world, "bank")
    assert november.counts["left_out"] == 0 and november.counts["persons"] == 2
    assert f"{OCTOBER:%Y年}" in result_words(november)


def result_words(run: ComparisonRun) -> str:
    """The papers that the request file names."""
    cases = queries.request_cases(part(run, "bank"))
    return "".join(person["consent_paper"] for case in cases for person in case["persons"])
