"""What holds for every application under every programme: nothing twice, order never matters, months add up, figures recompute."""

import datetime as dt
import json
from dataclasses import replace

from hypothesis import given, settings, strategies as st

from tests.law.test_properties import AREAS, ON, births, fen, households
from yimen.law.reckon_file import assess, described_application, load
from yimen.law.reckoning import Reckoning
from yimen.law.reckoning.assessment import Assessment, Verdict
from yimen.law.reckoning.json_form import text_of, to_text
from yimen.law.rules import (
    AbilityFacts,
    ApplicationFacts,
    HouseholdFacts,
    IncomeFact,
    NotEstablished,
    PersonFacts,
    PropertyFact,
    SpentFacts,
    TekunFacts,
    assess_all,
    reckon_rigid,
    reckon_tekun,
)
from yimen.law.standards import shipped_book
from yimen.law.terms import (
    ExpenseKind,
    IncomeKind,
    ObligorSituation,
    Period,
    Programme,
    PropertyKind,
    Relation,
    Schooling,
    SupportForm,
)

BENEFITS = {Programme.DIBAO, Programme.TEKUN}
BOOK = shipped_book()
unknown = st.none() | st.booleans()


@st.composite
def applications(draw: st.DrawFn) -> ApplicationFacts:
    household = draw(households())
    # Now and then enough income for the narrow band between dibao and the edge standard.
    band = IncomeFact("band", "p0", IncomeKind.OTHER, draw(st.integers(726_00, 1_089_00)) * len(household.people))
    if draw(st.booleans()):
        household = replace(household, incomes=(band,), obligors=(), expenses=())
    refs = [person.ref for person in household.people]
    chosen = draw(st.lists(st.sampled_from(refs), unique=True, max_size=3))
    abilities = [
        AbilityFacts(
            person=ref,
            tekun=draw(st.booleans()),
            dibao=draw(st.booleans()),
            own_income_fen=draw(st.none() | fen),
            property_fits=draw(unknown),
            situation=draw(st.none() | st.sampled_from(ObligorSituation)),
        )
        for ref in draw(st.lists(st.sampled_from(refs), unique=True, max_size=3))
    ]
    return ApplicationFacts(
        replace(household, single_reason=draw(st.sampled_from(["", "本人申请"]))),
        tuple(draw(tekun_rows(ref)) for ref in chosen),
        tuple(abilities),
        tuple(draw(spent(str(number), draw(st.sampled_from(refs)))) for number in range(draw(st.integers(0, 4)))),
        applied_on=draw(st.none() | st.just(dt.date(2026, 11, 10))),
        standing=draw(st.sampled_from([(), (), (Programme.EDGE,), (Programme.DIBAO,)])),
        total_income_fen=draw(st.none() | st.integers(0, 9_000_000)),
    )


@st.composite
def tekun_rows(draw: st.DrawFn, ref: str) -> TekunFacts:
    full = draw(st.booleans())
    able = st.booleans() if full else unknown
    return TekunFacts(
        ref,
        obligors_known=full or draw(st.booleans()),
        in_tekun=draw(st.booleans()),
        school=draw(st.none() | st.sampled_from(Schooling)),
        child_benefit_fits=draw(st.booleans()),
        contracted_land=draw(st.booleans()),
        relocated=draw(st.booleans()),
        eat=draw(able),
        dress=draw(able),
        bed=draw(able),
        toilet=draw(able),
        walk=draw(able),
        bathe=draw(able),
        assessed_by="区民政局",
        assessed_on=ON,
        form=draw(st.sampled_from(SupportForm)),
    )


@st.composite
def spent(draw: st.DrawFn, ref: str, person: str) -> SpentFacts:
    dated = draw(st.booleans())
    amount = draw(st.integers(0, 3_000_000))
    return SpentFacts(
        ref,
        draw(st.sampled_from(ExpenseKind)),
        amount,
        person,
        paid_on=draw(st.dates(dt.date(2025, 9, 1), dt.date(2026, 11, 9))) if dated else None,
        period=None if dated else draw(st.sampled_from([Period.MONTH, Period.QUARTER, Period.YEAR])),
        reimbursed_fen=draw(st.integers(0, amount)),
        public_fee_fen=draw(st.none() | fen),
        schooling=draw(st.sampled_from(Schooling)),
        designated=draw(st.booleans()),
        receipt=draw(st.sampled_from(["", "票据"])),
        item=draw(st.sampled_from(["", "accident"])),
    )


def weighed(facts: ApplicationFacts) -> Assessment:
    return assess_all(facts, BOOK, AREAS, ON, urban=True)


@given(applications())
@settings(max_examples=35, deadline=None)
def test_every_explanation_recomputes_and_every_no_has_a_reason(facts: ApplicationFacts) -> None:
    found = weighed(facts)
    for outcome in found.outcomes:
        assert bool(outcome.reasons) is (outcome.verdict is Verdict.NOT_MET)
        assert bool(outcome.open_points) is (outcome.verdict is Verdict.OPEN)
        assert all(reason.basis and reason.sentence for reason in outcome.reasons)
        if outcome.reckoning is not None:
            assert outcome.reckoning.recompute() == outcome.amount_fen
            assert Reckoning.from_json(json.loads(json.dumps(outcome.reckoning.to_json()))) == outcome.reckoning
            assert to_text(outcome.reckoning) == text_of(outcome.reckoning.to_json())
    assert json.loads(json.dumps(found.to_json()))["outcomes"]
    assert found.proposal in found.to_text()


@given(applications())
@settings(max_examples=35, deadline=None)
def test_what_is_proposed_is_lawful_side_by_side(facts: ApplicationFacts) -> None:
    proposed = weighed(facts).proposed
    assert all(outcome.verdict is Verdict.MET for outcome in proposed)
    household = [outcome.programme for outcome in proposed if not outcome.person]
    assert len(household) <= 1
    singly = [each for each in proposed if each.programme is Programme.DIBAO and each.person]
    assert not singly or household == [Programme.EDGE]
    rows = [each.reckoning for each in proposed if each.programme in BENEFITS and each.reckoning is not None]
    covered = [ref for row in rows for ref in row.covered_refs]
    assert len(covered) == len(set(covered))


@given(applications(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_rows_never_matters(facts: ApplicationFacts, random) -> None:  # type: ignore[no-untyped-def]
    def mixed(rows: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(random.sample(rows, len(rows)))

    household = replace(facts.household, people=mixed(facts.household.people), incomes=mixed(facts.household.incomes))
    other = replace(
        facts,
        household=household,
        tekun=mixed(facts.tekun),
        abilities=mixed(facts.abilities),
        spent=mixed(facts.spent),
    )
    assert results(weighed(facts)) == results(weighed(other))


def results(found: Assessment) -> set[tuple[object, ...]]:
    return {(row.programme, row.person, row.scope, row.verdict, row.amount_fen, row.proposed) for row in found.outcomes}


@given(applications(), st.integers(1, 500_00))
@settings(max_examples=35, deadline=None)
def test_more_income_never_brings_anybody_into_tekun_or_rigid(facts: ApplicationFacts, more: int) -> None:
    known = replace(facts, total_income_fen=None)
    extra = IncomeFact("extra", "p0", IncomeKind.OTHER, more)
    richer = replace(known, household=replace(known.household, incomes=(*known.household.incomes, extra)))
    before, after = met(known), met(richer)
    assert after <= before


def met(facts: ApplicationFacts) -> set[tuple[str, str]]:
    found = set()
    for row in facts.tekun:
        try:
            reckoning = reckon_tekun(facts, row.person, BOOK, AREAS, ON, urban=True)
        except NotEstablished:
            found.add(("tekun", row.person))
            continue
        found |= {("tekun", row.person)} if reckoning.eligible else set()
    try:
        if reckon_rigid(facts, BOOK, AREAS, ON, urban=True).eligible:
            found.add(("rigid", ""))
    except NotEstablished:
        found.add(("rigid", ""))
    return found


def one(*spent_rows: SpentFacts) -> Reckoning:
    person = PersonFacts("p0", "方志强", Relation.SELF, dt.date(1976, 12, 1))
    income = IncomeFact("1", "p0", IncomeKind.OTHER, 2_000_00)
    return reckon_rigid(
        ApplicationFacts(HouseholdFacts((person,), (income,)), spent=spent_rows), BOOK, AREAS, ON, urban=True
    )


@given(st.integers(0, 500_000))
@settings(max_examples=30, deadline=None)
def test_twelve_months_add_up(amount: int) -> None:
    monthly = SpentFacts("1", ExpenseKind.LIVING, amount, period=Period.MONTH)
    months = [dt.date(2025 + (number + 10) // 12, (number + 10) % 12 + 1, 22) for number in range(12)]
    dated = [SpentFacts(str(day), ExpenseKind.LIVING, amount, paid_on=day) for day in months]
    assert one(monthly).line("spent.total").value == one(*dated).line("spent.total").value == 12 * amount


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000))
@settings(max_examples=30, deadline=None)
def test_an_expense_in_two_parts_is_the_same_expense(first: int, second: int) -> None:
    def row(ref: str, amount: int) -> SpentFacts:
        day = dt.date(2026, 5, 22)
        return SpentFacts(ref, ExpenseKind.MEDICAL, amount, "p0", day, designated=True, receipt="票据")

    whole, parts = one(row("1", first + second)), one(row("1", first), row("2", second))
    assert whole.line("spent.total").value == parts.line("spent.total").value
    assert whole.eligible is parts.eligible


@given(applications())
@settings(max_examples=15, deadline=None)
def test_before_the_law_only_the_measures_are_cited(facts: ApplicationFacts) -> None:
    day = dt.date(2026, 6, 30)
    rows = tuple(replace(row, assessed_on=day) for row in facts.tekun)
    births = [row.birth_date for row in (*facts.household.people, *facts.household.obligors)]
    if max(births) > day:
        return
    spent_then = tuple(row for row in facts.spent if row.paid_on is None or row.paid_on < day)
    then = replace(facts, tekun=rows, spent=spent_then, applied_on=None)
    for outcome in assess_all(then, BOOK, AREAS, day, urban=True).outcomes:
        if outcome.reckoning is not None:
            bases = [line.basis for line in outcome.reckoning.walk()] + [each.basis for each in outcome.reasons]
            assert not any("社会救助法" in basis for basis in bases)
            assert outcome.programme is Programme.DIBAO or "57号第二十三条" not in "".join(bases)


def able_row(can: list[bool], form: SupportForm) -> TekunFacts:
    eat, dress, bed, toilet, walk, bathe = can
    return TekunFacts(
        "p0",
        obligors_known=True,
        eat=eat,
        dress=dress,
        bed=bed,
        toilet=toilet,
        walk=walk,
        bathe=bathe,
        assessed_by="区民政局",
        assessed_on=ON,
        form=form,
    )


@given(births, st.lists(st.booleans(), min_size=6, max_size=6), st.sampled_from(SupportForm), st.integers(0, 5))
@settings(max_examples=35, deadline=None)
def test_losing_one_more_indicator_never_lowers_the_care(
    born: dt.date, can: list[bool], form: SupportForm, lost: int
) -> None:
    person = PersonFacts("p0", "赵守田", Relation.SELF, min(born, dt.date(1960, 1, 1)))

    def amount(able: list[bool]) -> int:
        row = able_row(able, form)
        facts = ApplicationFacts(HouseholdFacts((person,)), (row,))
        return reckon_tekun(facts, "p0", BOOK, AREAS, ON, urban=True).amount_fen

    assert amount([*can[:lost], False, *can[lost + 1 :]]) >= amount(can)


@given(applications())
@settings(max_examples=25, deadline=None)
def test_an_application_survives_the_file_form(facts: ApplicationFacts) -> None:
    text = json.dumps(described_application(facts, area="990101001", on=ON, urban=True), ensure_ascii=False)
    request = load(text)
    assert request.application == facts
    assert assess(request).outcomes == weighed(facts).outcomes


def test_property_of_the_household_asks_for_its_owner_before_anybody_is_let_in() -> None:
    born = dt.date(1950, 1, 1)
    people = (PersonFacts("p0", "甲", Relation.SELF, born), PersonFacts("p1", "乙", Relation.SIBLING, born))
    household = HouseholdFacts(people, properties=(PropertyFact("d", PropertyKind.DEPOSIT, 1),))
    row = able_row([True] * 6, SupportForm.AT_HOME)
    outcome = weighed(ApplicationFacts(household, (row,))).of(Programme.TEKUN)[0]
    assert outcome.open_points == ("请写明银行存款归谁所有：特困人员只看甲本人的财产。",)
