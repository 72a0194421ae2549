"""Declared beside verified: matches, treatments, what is adopted."""

from __future__ import annotations

import pytest

from tests.rooms.checking import AS_DECLARED, DEPOSIT, IN_REGISTER, PENSION, checked, fresh
from tests.rooms.world import World
from yimen.base.access.refusal import Refused
from yimen.casework.applications.entries import IncomeEntry, PropertyEntry
from yimen.casework.verification import acts, comparing, queries
from yimen.casework.verification.comparing import Answers, Declared, Found, Party
from yimen.casework.verification.means import adopted_means
from yimen.law.terms import Match, Treatment

ANNA = Party(("person", 1), "王秀兰")
BEN = Party(("person", 2), "张建国")
SON = Party(("obligor", 3), "张建华", obligor=True)
ASKED = frozenset({"bank", "social_insurance", "medical_insurance", "tax", "vehicle_register", "household_register"})


def _answers(*found: Found, parties: tuple[Party, ...] = (ANNA,), state: str = "answered") -> Answers:
    return Answers(ASKED, {(party.key, code): state for party in parties for code in ASKED}, found)


def _wage(fen: int, period: str, source: str = "social_insurance", who: Party = ANNA) -> Found:
    return Found(who.key, "wage", source, f"工资 {fen}", None, fen, None, period)


def _lines(declared: list[Declared], answers: Answers, parties: tuple[Party, ...] = (ANNA,)) -> list[comparing.Line]:
    return comparing.compare(parties, declared, answers)


@pytest.mark.parametrize(
    ("fen", "period", "found", "found_period", "match"),
    [
        (100000, "month", 100000, "month", Match.AGREED),
        (100000, "month", 1200000, "year", Match.AGREED),
        (1200000, "year", 100000, "month", Match.AGREED),
        (10033, "month", 120400, "year", Match.AGREED),
        (10034, "month", 120400, "year", Match.DIFFERENT),
        (100000, "month", 100001, "month", Match.DIFFERENT),
        (300000, "quarter", 100000, "month", Match.AGREED),
        (100000, "once", 100000, "month", Match.DIFFERENT),
        (0, "month", 1, "month", Match.DIFFERENT),
    ],
)
def test_amounts_agree_to_the_fen_after_conversion(
    fen: int, period: str, found: int, found_period: str, match: Match
) -> None:
    said = Declared("wage", "工资", ANNA.key, fen, period=period)
    assert [line.match for line in _lines([said], _answers(_wage(found, found_period)))] == [match]


def test_what_nobody_declared_is_a_difference() -> None:
    line = _lines([], _answers(_wage(401250, "month")))[0]
    assert (line.match, line.declared_text, line.verified_fen) == (Match.DIFFERENT, "未申报", 401250)


def test_nothing_declared_and_nothing_found_makes_no_line() -> None:
    assert _lines([], _answers()) == []


def test_without_any_answer_nothing_agrees() -> None:
    said = Declared("wage", "工资", ANNA.key, 0, period="month")
    lines = _lines([said], _answers(state="not_available"))
    assert {line.match for line in lines} == {Match.NO_SOURCE}
    assert {line.item for line in lines} >= {"wage", "deposit", "vehicle"}


def test_declared_but_not_found_is_a_difference() -> None:
    said = Declared("deposit", "存款", ANNA.key, 5000)
    line = _lines([said], _answers())[0]
    assert (line.match, line.verified_fen, line.verified_text) == (Match.DIFFERENT, 0, "来源已反馈，未查到")


def test_a_thing_that_no_source_knows_has_no_source() -> None:
    line = _lines([Declared("other", "零工", ANNA.key, 80000, period="month")], _answers())[0]
    assert line.match is Match.NO_SOURCE


def test_several_accounts_stand_beside_one_declared_sum() -> None:
    found = [Found(ANNA.key, "deposit", "bank", "账户", None, fen, None, "balance") for fen in (3000, 2000)]
    line = _lines([Declared("deposit", "存款", ANNA.key, 5000)], _answers(*found))[0]
    assert (line.match, line.verified_fen) == (Match.AGREED, 5000)


def test_equal_amounts_meet_and_the_rest_is_undeclared() -> None:
    said = [Declared("deposit", f"存款{fen}", ANNA.key, fen, property_id=fen) for fen in (1000, 2000)]
    found = [Found(ANNA.key, "deposit", "bank", "账户", None, fen, None, "balance") for fen in (2000, 1000)]
    assert [line.match for line in _lines(said, _answers(*found))] == [Match.AGREED, Match.AGREED]


def test_a_household_thing_is_found_with_any_member() -> None:
    found = Found(BEN.key, "deposit", "bank", "账户", None, 5000, None, "balance")
    lines = _lines([Declared("deposit", "存款", None, 5000)], _answers(found, parties=(ANNA, BEN)), (ANNA, BEN))
    assert [(line.name, line.match) for line in lines] == [("家庭", Match.AGREED)]


def test_a_second_source_with_another_amount_is_named_and_differs() -> None:
    said = Declared("wage", "工资", ANNA.key, 100000, period="month")
    line = _lines([said], _answers(_wage(100000, "month"), _wage(150000, "month", "medical_insurance")))[0]
    assert line.match is Match.DIFFERENT
    assert "另据医疗保险" in line.verified_text


def test_the_same_amount_from_two_sources_is_not_added() -> None:
    said = Declared("wage", "工资", ANNA.key, 100000, period="month")
    line = _lines([said], _answers(_wage(100000, "month"), _wage(1200000, "year", "tax")))[0]
    assert (line.match, line.verified_fen) == (Match.AGREED, 100000)


@pytest.mark.parametrize(
    ("declared", "count", "match"), [(1, 1, Match.AGREED), (1, 2, Match.DIFFERENT), (0, 0, Match.AGREED)]
)
def test_things_are_counted(declared: int, count: int, match: Match) -> None:
    said = [Declared("vehicle", "摩托车", ANNA.key, count=declared)] if declared else []
    found = Found(ANNA.key, "vehicle", "vehicle_register", "两轮摩托车", None, None, count)
    assert [line.match for line in _lines(said, _answers(found))] == [match]


@pytest.mark.parametrize(
    ("declared", "match"), [(500000, Match.AGREED), (100000, Match.DIFFERENT), (None, Match.DIFFERENT)]
)
def test_the_income_of_an_obligor_must_not_exceed_what_was_declared(declared: int | None, match: Match) -> None:
    said = [Declared(comparing.OBLIGOR_INCOME, "", SON.key, declared, period="month")] if declared else []
    lines = _lines(said, _answers(_wage(400000, "month", who=SON), parties=(SON,)), (SON,))
    assert [line.match for line in lines] == [match]


def test_the_register_of_the_dead_contradicts_every_application() -> None:
    found = Found(ANNA.key, "death", "funeral", "2025 年火化", None)
    assert (
        _lines([], Answers(frozenset({"funeral"}), {(ANNA.key, "funeral"): "answered"}, (found,)))[0].match
        is Match.DIFFERENT
    )


# -- in the room -------------------------------------------------------------------------

RICH = {
    "household_register": [IN_REGISTER],
    "social_insurance": [PENSION],
    "bank": [{**DEPOSIT, "amount_fen": 9000000}],
}


def _rich(world: World) -> object:
    """A case whose deposit is larger than declared."""
    from tests.rooms.world import applied

    case = applied(world)
    return checked(world, case, {case.applicant.name: RICH})


def _line(case: object, item: str = "deposit") -> queries.ComparisonLine:
    return next(line for line in queries.comparison(case) if line.item == item)


def test_a_difference_shows_both_sides_and_waits(world: World) -> None:
    line = _line(_rich(world))
    assert (line.declared, line.match_label, line.open) == ("银行存款 1,200.00元", "不一致", True)
    assert "90,000.00元" in line.verified
    assert line.source_words.startswith("银行存款，")


def _settle(world: World, case: object, treatment: Treatment, note: str = "已核对流水", **more: object) -> object:
    return acts.settle_difference(
        world.handler(), case.ref, comparison_ref=_line(case).ref, treatment=treatment, note=note, **more
    )


@pytest.mark.parametrize(
    ("treatment", "more", "fen"),
    [
        (Treatment.ACCEPT_VERIFIED, {}, 9000000),
        (Treatment.ACCEPT_DECLARED, {}, 120000),
        (Treatment.NOT_COUNTED, {}, 0),
        (Treatment.ADJUSTED, {"adopted_fen": 300000}, 300000),
    ],
)
def test_a_treatment_settles_the_line(world: World, treatment: Treatment, more: dict[str, int], fen: int) -> None:
    case = _rich(world)
    _settle(world, case, treatment, **more)
    line = _line(case)
    assert (line.open, line.adopted_fen, line.treatment_label) == (False, fen, treatment.label)
    deposit = next(one for one in adopted_means(case) if one["kind"] == "deposit")
    assert (deposit["declared_fen"], deposit["adopted_fen"], deposit["settled"]) == (120000, fen, True)


def test_a_treatment_needs_its_reason(world: World) -> None:
    with pytest.raises(Refused, match="写明处理理由") as refused:
        _settle(world, _rich(world), Treatment.ACCEPT_VERIFIED, note=" ")
    assert refused.value.field == "treatment_note"


def test_an_adjustment_needs_its_amount(world: World) -> None:
    with pytest.raises(Refused, match="填写认定金额"):
        _settle(world, _rich(world), Treatment.ADJUSTED)


def test_after_acceptance_an_adjustment_needs_a_visit(world: World) -> None:
    case = acts.accept(world.handler(), _rich(world).ref)
    with pytest.raises(Refused, match="须有入户调查对这一项的回答"):
        _settle(world, case, Treatment.ADJUSTED, adopted_fen=1)


def test_what_agrees_needs_no_treatment(world: World) -> None:
    case = checked(world)
    with pytest.raises(Refused, match="不需要处理"):
        _settle(world, case, Treatment.ACCEPT_VERIFIED)


def test_adopted_means_of_a_case_that_agrees(world: World) -> None:
    case = checked(world)
    found = {one["kind"]: one for one in adopted_means(case)}
    assert (found["transfer"]["adopted_fen"], found["transfer"]["adopted_period"]) == (14300, "month")
    assert found["transfer"]["source"] == "社会保险核对"
    assert all(one["settled"] for one in found.values())


def test_undeclared_wages_become_an_income_line(world: World) -> None:
    from tests.rooms.world import applied

    case = applied(world)
    wage = {"item": "wage", "value": "职工社保", "amount_fen": 401250, "period": "month"}
    truth = {**AS_DECLARED, "social_insurance": [PENSION, wage]}
    case = checked(world, case, {case.applicant.name: truth})
    acts.settle_difference(
        world.handler(),
        case.ref,
        comparison_ref=_line(case, "wage").ref,
        treatment=Treatment.ACCEPT_VERIFIED,
        note="社保缴费记录",
    )
    line = next(one for one in adopted_means(case) if one["project"] == "wage")
    assert (line["kind"], line["declared_fen"], line["adopted_fen"], line["adopted_period"]) == (
        "wage",
        0,
        401250,
        "month",
    )


def test_two_declared_vehicles_are_counted_once(world: World) -> None:
    from tests.rooms.world import applied

    case = applied(
        world, properties=[PropertyEntry("vehicle", "摩托车"), PropertyEntry("vehicle", "三轮车")], incomes=[]
    )
    found = {"household_register": [IN_REGISTER], "vehicle_register": [{"item": "vehicle", "value": "车", "count": 2}]}
    case = checked(world, case, {case.applicant.name: found})
    assert _line(case, "vehicle").match == Match.AGREED
    vehicles = [one for one in adopted_means(case) if one["kind"] == "vehicle"]
    assert [one["adopted_count"] for one in vehicles] == [2, None]
    assert "counted_with" in vehicles[1]


def test_an_income_that_no_source_knows_waits_for_a_visit(world: World) -> None:
    case = checked(world, incomes=[IncomeEntry("business", "other", "卖菜", 30000, "month")], properties=[])
    line = next(line for line in queries.comparison(case) if line.label == "其他收入")
    assert (line.match_label, line.open) == ("无可核对来源", True)
    assert fresh(case).stage == "checked"
