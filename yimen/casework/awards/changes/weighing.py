"""Whether a recognition or 单人保 goes on, by the rules: from what is stored and established to the result (D8; R4; L21, L22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.casework.awards.changes.basis import Basis
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.changes.moving import here
from yimen.casework.awards.models import Award, ChangeCase
from yimen.casework.decisions.application_facts import spent_facts
from yimen.casework.investigation import acts as investigation, programme_queries as lists
from yimen.law.aftercare.kept import Condition, Kept, conditions, keep_edge, keep_rigid, keep_single, told
from yimen.law.rules import ApplicationFacts, HouseholdFacts, SpentFacts
from yimen.law.rules.recognition import Place
from yimen.law.terms import Programme

Facts = ApplicationFacts | HouseholdFacts
NO_FAMILY = "系统里没有本户低保边缘家庭认定的记录，不能核定单人保是否继续。请先由乡街接续本户的边缘家庭台账，或者为本户办理边缘家庭认定。"
OLD_TOTAL = "认定时的家庭总收入是按申请前十二个月查明的合计数，收入、成员变化后不再适用。请填写变化后十二个月的家庭总收入，由乡街核定。"


def weigh(award: Award, facts: Facts, on: dt.date) -> Kept:
    """A recognition or 单人保 on these facts with the figures of a day.

    Raises law.standards.Unset, BadFacts, BadFigure, NotEstablished; Refused where no recognition of the household is known.
    """
    where = here(award)
    place = Place(figures.book(), where.areas, on, where.urban)
    household = facts.household if isinstance(facts, ApplicationFacts) else facts
    if award.single:
        running = recognised(award)
        if running is None and not household.single:
            raise Refused(NO_FAMILY, "no_family", 422)
        [ref] = list(award.persons.filter(active=True).values_list("person__ref", flat=True))[:1]
        return keep_single(household, ref, place, recognised=bool(running), reason=reason_of(award))
    if award.programme == Programme.EDGE:
        return keep_edge(household, place)
    known = facts if isinstance(facts, ApplicationFacts) else ApplicationFacts(facts, spent_known=False)
    return keep_rigid(replace(known, standing=_standing(award)), place)


def recognised(award: Award) -> bool | None:
    """Whether the household of 单人保 is recognised as 边缘 now; None where the system knows of no recognition."""
    rows = Award.objects.filter(household=award.household_id, programme=str(Programme.EDGE), voided_on__isnull=True)
    ends = list(rows.values_list("end_month", flat=True))
    return any(not month for month in ends) if ends else None


def reason_of(award: Award) -> str:
    """Why the person is covered alone, as it was said at the decision; empty where nothing was kept."""
    grants = (award.decision.opinion.grants or {}) if award.decision else {}
    return str(grants.get("single_reason", ""))


def _standing(award: Award) -> tuple[Programme, ...]:
    """The programmes that the household itself is on beside this one (R4(1))."""
    other = [str(Programme.DIBAO), str(Programme.EDGE)]
    rows = Award.objects.filter(household=award.household_id, end_month="", single=False, programme__in=other)
    found = set(rows.exclude(pk=award.pk).values_list("programme", flat=True))
    return tuple(programme for programme in Programme if programme in found)


# -- what 刚性支出 rests on beyond the household -----------------------------------------------


def with_spending(change: ChangeCase, entry: FindingEntry, basis: Basis, household: HouseholdFacts) -> Facts:
    """The household after the change with its spending and total income of the twelve months; of others the household alone."""
    if change.award.programme != Programme.RIGID_EXPENDITURE:
        return household
    known = basis.beyond or ApplicationFacts(household, spent_known=False)
    if entry.spent_anew:
        return ApplicationFacts(
            household,
            spent=tuple(_spent(change, entry)),
            applied_on=change.reported_on,
            total_income_fen=entry.total_income_fen,
        )
    here_now = {person.ref for person in household.people}
    return ApplicationFacts(
        household,
        spent=tuple(row for row in known.spent if not row.person or row.person in here_now),
        applied_on=known.applied_on,
        total_income_fen=_total(entry, known, household, basis),
        spent_known=known.spent_known,
    )


def _total(entry: FindingEntry, known: ApplicationFacts, household: HouseholdFacts, basis: Basis) -> int | None:
    """The income of the twelve months: as told now, else as established before, which holds while no income has changed."""
    if entry.total_income_fen is not None or known.total_income_fen is None:
        return entry.total_income_fen
    if household.incomes != basis.facts.incomes:
        raise Refused(OLD_TOTAL, "total_income", 422, "total_income")
    return known.total_income_fen


def _spent(change: ChangeCase, entry: FindingEntry) -> Iterator[SpentFacts]:
    codes = {row.code for row in lists.choices_of(lists.OTHER_KINDS, change.award.village_id)}
    for number, row in enumerate(entry.spent):
        for field, sentence in investigation.spent_problems(row, change.reported_on, codes):
            raise Refused(f"刚性支出第{number + 1}行：{sentence}", "bad_spending", 422, f"spent-{number}-{field}")
        yield spent_facts(row, f"change-{number + 1}", row.person_ref)


# -- before and after --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Side:
    figures: dict[str, tuple[str, str]]
    conditions: dict[str, Condition]


def compared(before: Kept | None, after: Kept) -> Iterator[dict[str, str]]:
    """Every figure and every condition, before and after, each with how it came about; before only as far as it is known."""
    old, new = _side(before), _side(after)
    for name, (shown, why) in new.figures.items():
        yield {"item": name, "before": old.figures[name][0] if name in old.figures else "—", "after": shown, "why": why}
    for name, row in new.conditions.items():
        was = _yes(old.conditions[name]) if name in old.conditions else "—"
        yield {"item": name, "before": was, "after": _yes(row), "why": row.why}


def _side(kept: Kept | None) -> _Side:
    if kept is None:
        return _Side({}, {})
    return _Side(told(kept), {row.name: row for row in conditions(kept)})


def _yes(row: Condition) -> str:
    return "符合" if row.met else "不符合"
