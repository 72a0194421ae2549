"""无法定赡养、抚养、扶养义务人或者义务人无履行义务能力: each way of T8 for each obligor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yimen.law.calendar import age
from yimen.law.reckoning import Failure, Line, compute, given, group
from yimen.law.rules.applied import ApplicationFacts, TekunFacts
from yimen.law.rules.context import T4, T8, T13, TEKUN, Case, monthly_line
from yimen.law.rules.facts import HouseholdFacts, PersonFacts
from yimen.law.rules.income import income_keys, income_total
from yimen.law.rules.members import Membership
from yimen.law.rules.tekun_bearers import Bearer, bearers
from yimen.law.rules.tekun_labour import listed
from yimen.law.standards import Figure

UNESTABLISHED = "tekun.obligor_unestablished"
BASE, LOCAL, JOINT = "rigid_expenditure.base_income", "tekun.obligor_grounds_local", "tekun.joint_application"
DIBAO_AGE, AGED = 60, 70


def duty_keys(facts: ApplicationFacts, person: PersonFacts, on: dt.date) -> Iterator[str]:
    """Last year's disposable income where an obligor's own income is held against it."""
    for bearer in bearers(facts, person, on):
        if _by_means(bearer, on):
            yield BASE
            if bearer.member is not None and bearer.ability.own_income_fen is None:
                yield from income_keys(_own(facts, bearer.member), TEKUN)


def _own(facts: ApplicationFacts, member: PersonFacts) -> HouseholdFacts:
    household = facts.household
    incomes = tuple(income for income in household.incomes if income.person == member.ref)
    return replace(household, incomes=incomes, expenses=(), obligors=())


def _by_means(bearer: Bearer, on: dt.date) -> bool:
    return age(bearer.birth_date, on) >= AGED or bearer.severe


@dataclass(frozen=True)
class Duty:
    """The third condition: its section, why it fails, and what is not established yet."""

    section: Line
    failures: tuple[Failure, ...]
    unclear: tuple[tuple[str, str], ...]
    together: tuple[str, ...] = ()
    """Names of obligors taken as 特困 because they apply together."""
    unsettled: tuple[str, ...] = ()
    """Names of obligors whose means cannot be found out, where no figure says what then counts."""


def duty_section(
    case: Case, facts: ApplicationFacts, person: PersonFacts, row: TekunFacts, assumed: frozenset[str]
) -> Duty:
    """Every obligor with the ways of T8; ``assumed`` are the members who meet all conditions along with the person."""
    lines, failures, open_points, together, unsettled = [], [], [], [], []
    local = case.figures.get(UNESTABLISHED)
    for bearer in bearers(facts, person, case.on):
        jointly = bearer.member is not None and bearer.member.ref in assumed
        ways, unknown = _ways(case, facts, bearer, jointly)
        searched = bool(unknown) and bearer.ability.unestablished
        if searched and not any(way.value is True for way in ways):
            ways, unknown = [*ways, _searched(bearer, local)], []
            unsettled += [bearer.name] if local is None else []
        met = any(way.value is True for way in ways)
        line = compute(
            bearer.code,
            f"{bearer.name}（{bearer.relation}）无履行义务能力",
            "any",
            ways,
            "yes",
            formula="符合其中一项",
            basis=T8,
        )
        lines.append(line)
        if met:
            together += [bearer.name] if jointly and not bearer.ability.tekun else []
        elif unknown:
            open_points += unknown
        else:
            why = (
                "经多种方式调查仍不能查明，按当地规定不视为无履行义务能力" if searched else "不属于无履行义务能力的情形"
            )
            failures.append(Failure(bearer.code, f"法定义务人{bearer.name}（{bearer.relation}）{why}。", T8))
    known = given("duty.known", "法定义务人已查明", row.obligors_known, "yes", note="" if lines else "没有法定义务人")
    if not row.obligors_known:
        open_points.insert(0, ("tekun.obligors_known", f"{person.name}的法定赡养、抚养、扶养义务人还没有查明。"))
    condition = compute(
        "tekun.obligors",
        "无法定义务人或者义务人均无履行义务能力",
        "all",
        [known, *lines],
        "yes",
        formula="逐一符合",
        basis=f"{T4}（三）；{T8}",
    )
    section = group("duty", "法定义务人", [condition])
    return Duty(section, tuple(failures), tuple(open_points), tuple(together), tuple(unsettled))


def _searched(bearer: Bearer, local: Figure | None) -> Line:
    """What counts where an obligor's means stay unknown; taken as unable only until the figure is asked for."""
    unable = local is None or local.as_code() == "unable"
    name, note = "收入、财产经多种方式调查仍不能查明", local.shown() if local else ""
    return replace(given(f"{bearer.code}.unestablished", name, unable, "yes", basis=T13, note=note), figure=local)


def _ways(
    case: Case, facts: ApplicationFacts, bearer: Bearer, jointly: bool
) -> tuple[list[Line], list[tuple[str, str]]]:
    """The ways of T8 as far as they are known, and what would have to be known for the others."""
    ability, code, years = bearer.ability, bearer.code, age(bearer.birth_date, case.on)
    note = "同时申请、同时符合其他条件" if jointly and not ability.tekun else ""
    way = given(f"{code}.tekun", "特困人员", ability.tekun or jointly, "yes", basis=f"{T8}（一）", note=note)
    ways = [replace(way, figure=case.figures.get(JOINT)) if note else way]
    on_dibao = given(f"{code}.dibao", "最低生活保障对象", ability.dibao, "yes")
    old = _at_least(code, DIBAO_AGE, years)
    ways.append(
        compute(f"{code}.old_dibao", "60周岁以上的低保对象", "all", [on_dibao, old], "yes", basis=f"{T8}（二）")
    )
    unknown: list[tuple[str, str]] = []
    if _by_means(bearer, case.on):
        ways, unknown = _with_means(case, facts, bearer, ways)
    if ability.situation is not None:
        if ability.property_fits is None:
            unknown.append(
                (f"{code}.property_fits", f"义务人{bearer.name}的财产是否符合当地低收入家庭财产状况规定还没有查明。")
            )
        else:
            parts = [given(f"{code}.situation", ability.situation.label, True, "yes"), _property(bearer)]
            ways.append(
                compute(
                    f"{code}.without_capacity",
                    f"{ability.situation.label}且财产符合规定",
                    "all",
                    parts,
                    "yes",
                    basis=f"{T8}（五）",
                )
            )
    if ability.local_ground:
        ways.append(
            listed(
                case.figures.get(LOCAL), ability.local_ground, f"{code}.local", f"{code}.local_ground", f"{T8}（六）"
            )
        )
    return ways, list(dict.fromkeys(unknown))


def _with_means(
    case: Case, facts: ApplicationFacts, bearer: Bearer, ways: list[Line]
) -> tuple[list[Line], list[tuple[str, str]]]:
    """T8(3) and (4): age or disability, own income below last year's disposable income, property within the limits."""
    code, years = bearer.code, age(bearer.birth_date, case.on)
    income = _income(case, facts, bearer)
    unknown = []
    if income is None:
        unknown.append((f"{code}.own_income", f"义务人{bearer.name}本人的收入还没有查明。"))
    if bearer.ability.property_fits is None:
        unknown.append(
            (f"{code}.property_fits", f"义务人{bearer.name}的财产是否符合当地低收入家庭财产状况规定还没有查明。")
        )
    below = None if income is None else _below_base(case, code, income)
    known = [below] if below is not None else []
    known += [_property(bearer)] if bearer.ability.property_fits is not None else []
    if any(line.value is False for line in known):
        unknown = []
    elif unknown:
        return ways, unknown
    if years >= AGED:
        parts = [_at_least(code, AGED, years), *known]
        ways.append(compute(f"{code}.aged", "70周岁以上，收入、财产符合规定", "all", parts, "yes", basis=f"{T8}（三）"))
    if bearer.severe:
        parts = [given(f"{code}.severe", "重度残疾（一、二级，三级智力、精神）", True, "yes"), *known]
        ways.append(
            compute(f"{code}.disabled", "重度残疾，收入、财产符合规定", "all", parts, "yes", basis=f"{T8}（四）")
        )
    return ways, unknown


def _at_least(code: str, least: int, years: int) -> Line:
    limit, own = given(f"{code}.from_age", "规定年龄", least, "age"), given(f"{code}.age", "周岁", years, "age")
    return compute(f"{code}.from_{least}", f"{least}周岁以上", "at_most", [limit, own], "yes", formula="规定年龄≤周岁")


def _income(case: Case, facts: ApplicationFacts, bearer: Bearer) -> Line | None:
    """The obligor's own income a month: as established, or of a member as his incomes stand in the household."""
    if bearer.ability.own_income_fen is not None:
        return given(f"{bearer.code}.own_income", "本人月收入", bearer.ability.own_income_fen, "fen")
    if bearer.member is None:
        return None
    alone = (Membership(bearer.member, True, True, "", ""),)
    total = income_total(replace(case, facts=_own(facts, bearer.member), members=alone))
    return replace(total, code=f"{bearer.code}.own_income")


def _below_base(case: Case, code: str, income: Line) -> Line:
    base = monthly_line(f"{code}.base", "上年度人均可支配收入（每月）", case.figures[BASE])
    return compute(
        f"{code}.below_base",
        "本人收入低于上年度人均可支配收入",
        "below",
        [income, base],
        "yes",
        formula="本人月收入＜上年度人均可支配收入÷12",
    )


def _property(bearer: Bearer) -> Line:
    name = "财产符合当地低收入家庭财产状况规定"
    return given(f"{bearer.code}.property", name, bearer.ability.property_fits, "yes")
