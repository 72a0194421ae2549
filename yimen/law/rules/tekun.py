"""特困人员救助供养: the three conditions of one person, then basic living and care by table (T; L16, L17; rules.md §3).

The person's own income and property count, not the household's. Published amounts decide; the formula only warns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from yimen.law.calendar import age
from yimen.law.reckoning import Failure, Line, Reckoning, compute, given, group, ref
from yimen.law.rules.applied import ApplicationFacts, NotEstablished, TekunFacts, check_application
from yimen.law.rules.context import L16, T4, T6, T9, TEKUN, Case, standard_key
from yimen.law.rules.dating import as_of_its_day
from yimen.law.rules.facts import HouseholdFacts, PersonFacts
from yimen.law.rules.income import income_keys, income_total
from yimen.law.rules.members import ADULT, Membership
from yimen.law.rules.property import property_keys, property_section
from yimen.law.rules.recognition import Place, all_missing
from yimen.law.rules.refusal import refusal
from yimen.law.rules.tekun_amount import Support, amount_figures, support_of, support_sections
from yimen.law.rules.tekun_duty import JOINT, LOCAL as LOCAL_DUTY, UNESTABLISHED, Duty, duty_keys, duty_section
from yimen.law.rules.tekun_labour import (
    LOCAL as LOCAL_LABOUR,
    labour_keys,
    labour_line,
    unclear,
    warning,
    why_able,
)
from yimen.law.standards import Book, Figure, Missing, Unconfirmed, Unset
from yimen.law.terms import ChildBenefit, Programme

OPTIONAL = (LOCAL_LABOUR, LOCAL_DUTY, JOINT, UNESTABLISHED)


def reckon_tekun(
    facts: ApplicationFacts, person: str, book: Book, areas: Sequence[str], on: dt.date, urban: bool
) -> Reckoning:
    """The three conditions for one member and, where all are met, the two amounts a month.

    Raises Missing with every figure that cannot be used, NotEstablished with every fact that
    must still be found out, BadFacts for contradictions. A condition that fails refuses,
    whatever else is open.
    """
    check_application(facts, on)
    place = Place(book, tuple(areas), on, urban)
    return as_of_its_day(_decided(facts, person, place, _together(facts, place)))


def no_labour(facts: ApplicationFacts, person: str, book: Book, areas: Sequence[str], on: dt.date) -> bool:
    """Whether the first condition is met (or not yet established) for a member. Raises Missing."""
    someone = facts.household.person(person)
    row = facts.tekun_of(someone) or TekunFacts(person)
    local, _ = book.attempt(OPTIONAL, areas, on)
    figures = book.gather(labour_keys(someone, row, on), areas, on)
    return labour_line(someone, row, local | figures, on).value is True or bool(unclear(someone, row))


@dataclass(frozen=True)
class _Weighed:
    """The conditions of one person: what was found, what fails, what is open."""

    case: Case
    person: PersonFacts
    sections: tuple[Line, ...]
    failures: tuple[Failure, ...]
    unclear: tuple[tuple[str, str], ...]
    duty: Duty
    warnings: tuple[str, ...]


def _together(facts: ApplicationFacts, place: Place) -> frozenset[str]:
    """The members with a row of their own who meet every condition if the others of them do: nobody else's row decides.

    The largest such group: begin with all, leave out whoever fails, until nobody does.
    """
    group_ = frozenset(row.person for row in facts.tekun)
    while group_:
        kept = frozenset(ref_ for ref_ in group_ if _meets(facts, ref_, place, group_ - {ref_}))
        if kept == group_:
            return group_
        group_ = kept
    return group_


def _meets(facts: ApplicationFacts, person: str, place: Place, assumed: frozenset[str]) -> bool:
    try:
        weighed = _weigh(facts, person, place, assumed)
    except (Unset, NotEstablished):
        return False
    return not weighed.failures and not weighed.unclear and not weighed.duty.unsettled


def _decided(facts: ApplicationFacts, person: str, place: Place, together: frozenset[str]) -> Reckoning:
    joint, lacking = place.book.attempt([JOINT], place.areas, place.on)
    allowed = bool(lacking) or joint[JOINT].as_bool()
    row = facts.tekun_of(facts.household.person(person)) or TekunFacts(person)
    support = support_of(row, place.urban)
    figures, waiting = amount_figures(support, place.book, place.areas, place.on)
    try:
        weighed = _weigh(facts, person, place, together - {person} if allowed else frozenset())
    except Missing as conditions:
        raise all_missing(conditions.items, waiting) from conditions
    plain = _refusal(weighed, place)
    if plain.failures:
        return plain
    waiting += lacking if weighed.duty.together else []
    waiting += place.book.attempt([UNESTABLISHED], place.areas, place.on)[1] if weighed.duty.unsettled else []
    if waiting:
        raise all_missing(waiting)
    if weighed.unclear or support.unclear:
        raise NotEstablished([*weighed.unclear, *support.unclear])
    return _approval(plain, support, {**weighed.case.figures, **figures}, place)


def _weigh(facts: ApplicationFacts, person: str, place: Place, assumed: frozenset[str]) -> _Weighed:
    """The three conditions and the choice of T9. Raises Missing when a figure lacks that they need."""
    someone = facts.household.person(person)
    row = facts.tekun_of(someone) or TekunFacts(person)
    own = _own(facts.household, someone)
    keys = [
        *labour_keys(someone, row, place.on),
        standard_key(place.urban),
        *income_keys(own, TEKUN),
        *property_keys(own, TEKUN),
        *duty_keys(facts, someone, place.on),
    ]
    local, absent = place.book.attempt(OPTIONAL, place.areas, place.on)
    figures, missing = place.book.attempt(keys, place.areas, place.on)
    missing += [each for each in absent if isinstance(each, Unconfirmed)]
    if missing:
        raise Missing(missing)
    members = (Membership(someone, True, True, "特困人员按本人认定", T4),)
    case = Case(own, local | figures, place.on, place.urban, members, TEKUN)
    return _conditions(case, facts, someone, row, assumed)


def _own(household: HouseholdFacts, person: PersonFacts) -> HouseholdFacts:
    """The household as it concerns one person alone: own income, support and property.

    Of a household of several, property without an owner is nobody's yet: ``_undivided`` asks whose it is.
    """
    mine = {"", person.ref} if len(household.people) == 1 else {person.ref}
    return replace(
        household,
        incomes=tuple(income for income in household.incomes if income.person == person.ref),
        expenses=(),
        properties=tuple(owned for owned in household.properties if owned.owner in mine),
        obligors=tuple(obligor for obligor in household.obligors if obligor.supports == person.ref),
        single_ground="",
    )


def _undivided(household: HouseholdFacts, person: PersonFacts) -> list[tuple[str, str]]:
    """Things whose owner decides about a person of a household of several."""
    things = [owned for owned in household.properties if not owned.owner]
    if len(household.people) == 1 or not things:
        return []
    names = "、".join(owned.label or owned.kind.label for owned in things)
    return [("properties.owner", f"请写明{names}归谁所有：特困人员只看{person.name}本人的财产。")]


def _conditions(
    case: Case, facts: ApplicationFacts, person: PersonFacts, row: TekunFacts, assumed: frozenset[str]
) -> _Weighed:
    labour = labour_line(person, row, case.figures, case.on)
    income, below = _income(case)
    owned, failures = property_section(case)
    duty = duty_section(case, facts, person, row, assumed)
    choice, chosen_away, unchosen = _choice(person, row, case.on)
    sections = (
        group("person", "申请人", [given("tekun.person", "姓名", person.name, "text")]),
        group("labour", "劳动能力", [labour]),
        group("income", "本人收入", [income]),
        owned,
        duty.section,
        *([group("choice", "与儿童福利的选择", [choice])] if choice else []),
        _tests(
            below,
            [ref(labour), ref(owned.operands[0]), ref(duty.section.operands[0]), *([ref(choice)] if choice else [])],
        ),
    )
    open_points = [*_undivided(facts.household, person), *duty.unclear, *unchosen]
    found = list(failures)
    if below.value is False:
        standard = case.standard().shown
        found.insert(
            0, Failure(below.code, f"{person.name}本人月收入{income.shown}，不低于当地低保标准{standard}。", T6)
        )
    if labour.value is False:
        if unclear(person, row):
            open_points = [*unclear(person, row), *open_points]
        else:
            found.insert(0, Failure(labour.code, why_able(person, row, case.on), "民发〔2021〕43号第五条"))
    found += [*duty.failures, *chosen_away]
    notes = (*warning(person, labour, case.on), *_joint_warning(duty))
    return _Weighed(case, person, sections, tuple(found), tuple(open_points), duty, notes)


def _income(case: Case) -> tuple[Line, Line]:
    total = income_total(case)
    below = compute(
        "tekun.income",
        "本人收入低于低保标准",
        "below",
        [ref(total), case.standard()],
        "yes",
        formula="本人月收入＜低保标准",
        basis=T6,
    )
    return total, below


def _tests(below: Line, others: Sequence[Line]) -> Line:
    basis = f"{T4}；{L16}"
    met = compute("test", "符合特困人员条件", "all", [below, *others], "yes", formula="各项条件均符合", basis=basis)
    return group("tests", "条件审查", [met])


def _choice(
    person: PersonFacts, row: TekunFacts, on: dt.date
) -> tuple[Line | None, list[Failure], list[tuple[str, str]]]:
    """A minor who also fits 孤儿 or 事实无人抚养儿童 chooses one of the two (T9)."""
    if not row.child_benefit_fits or age(person.birth_date, on) >= ADULT:
        return None, [], []
    chosen = row.child_benefit_choice
    note = chosen.label if chosen else "尚未选择"
    line = given("tekun.choice", "选择特困人员救助供养", chosen is ChildBenefit.TEKUN, "yes", note=note, basis=T9)
    if chosen is None:
        sentence = f"{person.name}同时符合孤儿、事实无人抚养儿童条件，请先由本人（监护人）选择纳入哪一项。"
        return line, [], [("tekun.child_benefit_choice", sentence)]
    sentence = f"{person.name}选择纳入孤儿、事实无人抚养儿童基本生活保障，不再认定为特困人员。"
    return line, [Failure(line.code, sentence, T9)] if chosen is ChildBenefit.CHILD else [], []


def _joint_warning(duty: Duty) -> list[str]:
    names = "、".join(duty.together)
    return [f"义务人{names}同时申请并符合其他条件，按特困人员看待；两人须一并认定。"] if names else []


def _refusal(weighed: _Weighed, place: Place) -> Reckoning:
    income = weighed.sections[2].operands[0]
    return refusal(
        weighed.case,
        Programme.TEKUN,
        place.areas,
        weighed.sections,
        weighed.failures,
        weighed.warnings,
        (income, income),
    )


def _approval(plain: Reckoning, support: Support, figures: Mapping[str, Figure], place: Place) -> Reckoning:
    found = support_sections(support, figures, place.book, place.areas, place.on)
    return replace(
        plain,
        lines=(*plain.lines, *found.sections),
        eligible=True,
        amount_fen=found.amount_fen,
        category=found.level.value,
        category_label=found.level.label,
        recertify_months=found.months,
        start_month=found.start,
        warnings=(*plain.warnings, *found.warnings),
    )
