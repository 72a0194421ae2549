"""What was established on one change is offered on the others of the same report: typed once, each decided on its own (D30).

Facts about the household and its people are the same for every award; what follows from them is not, so that effect, ground, the own
share, care and details are never carried.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from yimen.base.access.officer import Officer
from yimen.casework.awards.changes.basis import basis_of
from yimen.casework.awards.changes.common import finding_of
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.changes.together import linked_with
from yimen.casework.awards.models import ChangeCase, ChangeFinding
from yimen.casework.households.models import Person
from yimen.law.aftercare.changing import ChangeState
from yimen.law.aftercare.terms import DETAILS, ChangeEvent
from yimen.law.money import show
from yimen.law.rules import IncomeFact
from yimen.law.rules.facts_form import household_of, to_plain
from yimen.law.terms import DisabilityKind, IncomeKind, Period, Programme, PropertyKind, Relation

_TAKING = frozenset({ChangeState.REPORTED, ChangeState.HANDLING, ChangeState.RECKONED})
_ALONE = DETAILS | {
    ChangeEvent.VOLUNTARY_EXIT,
    ChangeEvent.JOB_REFUSAL,
    ChangeEvent.SELF_CARE,
    ChangeEvent.SUPPORT_FORM,
}
"""Events of one award, in which nothing is established about the household."""


@dataclass(frozen=True)
class Offer:
    """What another change of the report has established, for this one. ``missing`` says what has to be typed here after all."""

    source: ChangeCase
    finding: ChangeFinding
    entry: FindingEntry
    lines: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()


def offer_of(officer: Officer, change: ChangeCase, on: dt.date) -> Offer | None:
    """What to take over; None where nothing was established elsewhere, or the same stands here already."""
    if change.state not in _TAKING or change.event in _ALONE:
        return None
    own, newest = finding_of(change), None
    for other in linked_with(officer, change):
        found = finding_of(other)
        if found is not None and (newest is None or found.pk > newest[1].pk):
            newest = other, found
    if newest is None or (own is not None and own.pk > newest[1].pk):
        return None
    source, finding = newest
    told = FindingEntry.of(finding.entry)
    entry, missing = _for(change, finding, told, on)
    if own is not None and not missing and _plain(FindingEntry.of(own.entry)) == _plain(entry):
        return None
    return Offer(source, finding, entry, tuple(_lines(finding, told)), missing)


def _for(
    change: ChangeCase, finding: ChangeFinding, told: FindingEntry, on: dt.date
) -> tuple[FindingEntry, tuple[str, ...]]:
    """The entry as this award takes it over, and what of it cannot be taken over."""
    entry = replace(_common(told), taken_from=finding.change.ref)
    programme = Programme(change.award.programme)
    if programme is Programme.TEKUN:
        return replace(entry, **_PEOPLE_ONLY), ()
    basis, missing = basis_of(change.award, on), []
    incomes: dict[str, int] = {}
    for ref, fen in told.incomes.items():
        row = next((each for each in _stored(finding) if each.ref == ref), None)
        mine = next((each for each in basis.facts.incomes if row and _same(each, row)), None)
        if row is None or mine is None:
            label = row.label if row else ref
            missing.append(f"“{label}”改为 {show(fen)} 元：本项保障里没有登记同一项收入。")
        else:
            incomes[mine.ref] = fen
    if basis.lacking and not told.settled:
        missing.append(basis.lacking)
    if programme is not Programme.RIGID_EXPENDITURE:
        entry = replace(entry, spent_anew=False, spent=(), total_income_fen=None)
    return replace(entry, incomes=incomes), tuple(missing)


_PEOPLE_ONLY: dict[str, object] = {
    "dependents": (), "uncounted": (), "settled": False, "incomes": {}, "new_incomes": (), "property": (), "health": (),
    "spent_anew": False, "spent": (), "total_income_fen": None,
}  # fmt: skip
"""特困 rests on self-care and form alone; who leaves and joins concerns it too."""


def _common(entry: FindingEntry) -> FindingEntry:
    """What is true of the household whichever award is looked at."""
    return replace(
        entry, ground="", effect="", own_person="", own_cut_fen=None, self_care="", support_form="", account=None, phone="",
        group="", address="", until_month="", taken_from="",
    )  # fmt: skip


def _plain(entry: FindingEntry) -> object:
    return to_plain(_common(entry).plain())


def _stored(finding: ChangeFinding) -> tuple[IncomeFact, ...]:
    return household_of(finding.facts).incomes if finding.facts else ()


def _same(mine: IncomeFact, theirs: IncomeFact) -> bool:
    """Whether two awards hold the same income, whatever its amount and the number of its line."""
    return (mine.person, mine.kind, mine.label, mine.period) == (
        theirs.person,
        theirs.kind,
        theirs.label,
        theirs.period,
    )


# -- in words -----------------------------------------------------------------------------------


def _lines(finding: ChangeFinding, told: FindingEntry) -> Iterator[tuple[str, str]]:
    """What was established, one line each: a name and what about it."""
    refs = {*told.leaving, told.new_head, told.apart_head, *told.dependents, *told.uncounted, *told.relations}
    refs |= {row.person for row in (*told.new_incomes, *told.health)} | {row.owner for row in told.property}
    stored = {row.ref: row for row in _stored(finding)}
    refs |= {stored[ref].person for ref in told.incomes if ref in stored}
    names = dict(Person.objects.filter(ref__in=refs - {""}).values_list("ref", "name"))
    yield from _people_lines(told, names)
    for ref, fen in told.incomes.items():
        row = stored.get(ref)
        yield (
            "已有的收入",
            f"{names.get(row.person, '') if row else ''}　{row.label if row else ref}改为 {show(fen)} 元",
        )
    for new in told.new_incomes:
        kind, period = IncomeKind(new.kind).label, Period(new.period).label
        yield "新增的收入", f"{names.get(new.person, '')}　{new.label}（{kind}）{period} {show(new.amount_fen)} 元"
    if told.settled:
        yield "收入", "已经逐人核定"
    for thing in told.property:
        owner = names.get(thing.owner, "全家共有")
        yield "新增的财产", f"{owner}　{thing.label}（{PropertyKind(thing.kind).label}）{show(thing.value_fen)} 元"
    if told.spent_anew:
        yield "十二个月的刚性支出", f"重新登记 {len(told.spent)} 项"
    yield "情况和理由", told.reasons


def _people_lines(told: FindingEntry, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    def named(refs: object) -> str:
        return "、".join(names.get(str(ref), "") for ref in refs)  # type: ignore[attr-defined]

    for label, refs in (
        ("离开的成员", told.leaving),
        ("新户主", [told.new_head] if told.new_head else []),
        ("分出家庭的户主", [told.apart_head] if told.apart_head else []),
        ("不能独立生活、仍计入", told.dependents),
        ("不再计入保障", told.uncounted),
    ):
        if refs:
            yield label, named(refs)
    for row in told.joining:
        yield "新增的成员", f"{row.name}（{Relation(row.relation).label}）"
    for health in told.health:
        kind = DisabilityKind(health.disability_kind or DisabilityKind.NONE).label
        grade = f"{health.disability_grade}级" if health.disability_grade else ""
        illness = f"，{health.illness}" if health.illness else ""
        yield "健康、残疾", f"{names.get(health.person, '')}　残疾：{kind}{grade}{illness}"
