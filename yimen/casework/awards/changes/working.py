"""From the household as stored and what was established to the household after the change, and what the rules make of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.casework.awards.changes.basis import Basis, basis_of, reckon
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.changes.household import NEW, facts_after
from yimen.casework.awards.changes.moving import Place, here, new_place
from yimen.casework.awards.changes.weighing import compared, weigh, with_spending
from yimen.casework.awards.models import Award, ChangeCase
from yimen.law.aftercare.kept import Kept
from yimen.law.aftercare.terms import DETAILS, ChangeEffect, ChangeEvent
from yimen.law.again import NO_LEVEL
from yimen.law.money import show, show_exact
from yimen.law.reckoning import Reckoning
from yimen.law.rules import ApplicationFacts, BadFacts, HouseholdFacts, NotEstablished
from yimen.law.rules.supplements import supplements_of
from yimen.law.rules.tekun_amount import reckon_standing
from yimen.law.standards import BadFigure, Unset
from yimen.law.terms import (
    Programme,
    SelfCare,
    SupportForm,
)

ANEW = "刚性支出按本次登记前的十二个月重新登记，下表已经填全"
WHO_RECORDS = f"请由乡街经办向家庭问清、看过票据后逐项登记在表里，并勾选“{ANEW}”。"
SETTLED = "收入已经逐人核定，没有填的就是没有收入"


@dataclass(frozen=True)
class Worked:
    """What the rules give. ``by_rules`` is the effect that follows, None where they are not asked; ``cover`` are pairs of a
    reference and a supplement in fen; ``nobody`` says that no covered person remains. ``failed`` are the codes of the
    conditions of a recognition or 单人保 that do not hold; ``poorer``: the household now meets those of dibao instead."""

    before_fen: int
    after_fen: int
    by_rules: ChangeEffect | None
    cover: tuple[tuple[str, int], ...]
    category: str
    facts: ApplicationFacts | HouseholdFacts | None
    reckoned: Reckoning | None
    figures: tuple[dict[str, str], ...]
    failures: tuple[str, ...] = ()
    nobody: bool = False
    failed: tuple[str, ...] = ()
    poorer: bool = False


def work_out(change: ChangeCase, entry: FindingEntry, on: dt.date) -> Worked:
    """The household after the change and its amount by the rules of the day. Raises Refused in words, Unset where a figure lacks."""
    award = change.award
    programme = Programme(award.programme)
    if change.event == ChangeEvent.DEATH and not _left(award, entry.leaving):
        return _ended(award)
    place = new_place(change, entry)
    if change.event in DETAILS or (change.event == ChangeEvent.TRANSFER and place is None):
        return _kept(award)
    if programme is Programme.TEKUN:
        return _tekun(award, entry, on, place)
    try:
        if programme is not Programme.DIBAO or award.single:
            return _weighed(change, entry, on)
        return _dibao(change, entry, basis_of(award, on), on, place)
    except BadFacts as bad:
        raise Refused(f"核定的内容前后矛盾，不能核算：{bad.sentence}", "bad_facts", 422, _field(bad)) from bad
    except NotEstablished as unknown:
        raise Refused(f"{unknown}{WHO_RECORDS}", "not_established", 422, "spent_anew") from unknown
    except BadFigure as bad_figure:
        raise Refused(str(bad_figure), "bad_figure") from bad_figure


def _field(bad: BadFacts) -> str:
    return "new_head" if bad.where == "new_head" else ""


def _covered(award: Award) -> list[tuple[str, int]]:
    rows = award.persons.filter(active=True).select_related("person").order_by("id")
    return [(row.person.ref, row.supplement_fen) for row in rows]


def _left(award: Award, leaving: Any) -> list[tuple[str, int]]:
    return [pair for pair in _covered(award) if pair[0] not in set(leaving)]


def _ended(award: Award) -> Worked:
    return Worked(
        award.monthly_fen, 0, ChangeEffect.END, (), award.category, None, None, (_amounts(award, 0),), nobody=True
    )


def _amounts(award: Award, after: int) -> dict[str, str]:
    return {"item": "月保障金", "before": f"{show(award.monthly_fen)}元", "after": f"{show(after)}元"}


def _kept(award: Award) -> Worked:
    """What goes along as it is."""
    fen = award.monthly_fen
    return Worked(fen, fen, None, tuple(_covered(award)), award.category, None, None, ())


def _weighed(change: ChangeCase, entry: FindingEntry, on: dt.date) -> Worked:
    """边缘, 刚性支出 and 单人保: whether the conditions still hold, and of 单人保 the amount."""
    award = change.award
    staying = tuple(_left(award, entry.leaving))
    if not _asks_means(change):
        return replace(_kept(award), cover=staying)
    basis = basis_of(award, on)
    household = facts_after(change, entry, _known(change, entry, basis), on)
    facts = with_spending(change, entry, basis, household)
    kept = weigh(award, facts, on)
    found = kept.reckoning
    if kept.holds and not award.single:
        _same_people(award, entry, household, found)
    after = found.amount_fen if kept.holds else 0
    cover = supplements_of(found) if kept.holds else staying
    return Worked(
        award.monthly_fen,
        after,
        _effect(award.monthly_fen, after) if kept.holds else ChangeEffect.END,
        cover,
        found.category or award.category if kept.holds else award.category,
        facts,
        found,
        tuple(_rows_of(award, basis, kept, on)),
        (*(failure.sentence for failure in kept.failures), *kept.notes),
        failed=tuple(failure.code for failure in kept.failures),
        poorer=kept.poorer,
    )


def _rows_of(award: Award, basis: Basis, kept: Kept, on: dt.date) -> Iterator[dict[str, str]]:
    """Figures and conditions before and after; of 单人保 also the supplement and the amount."""
    try:
        before = None if basis.lacking else weigh(award, basis.beyond or basis.facts, on)
    except (BadFacts, BadFigure, NotEstablished, Unset):
        before = None
    yield from compared(before, kept)
    if award.single:
        yield _amounts(award, kept.reckoning.amount_fen if kept.holds else 0)


def _tekun(award: Award, entry: FindingEntry, on: dt.date, place: Place | None) -> Worked:
    """The published table at the level and form as they are now; the conditions are weighed by an officer."""
    level, form = entry.self_care or award.self_care, entry.support_form or award.support_form
    if not (entry.self_care or entry.support_form or place):
        return Worked(
            award.monthly_fen,
            award.monthly_fen,
            None,
            tuple(_left(award, entry.leaving)),
            award.category,
            None,
            None,
            (),
        )
    if place and not (level and form):
        raise Refused(NO_LEVEL, "level", 422, "to_village")
    if not level or not form:
        raise Refused("请同时填写生活自理能力和供养形式，才能按公布的标准核算。", "level", 422, "self_care")
    [(ref, _)] = _covered(award)[:1]
    where = place or here(award)
    found = reckon_standing(
        SelfCare(level),
        SupportForm(form),
        ref,
        figures.book(),
        where.areas,
        on,
        where.urban,
    )
    rows = [
        _row("生活自理能力", award.self_care and SelfCare(award.self_care).label, SelfCare(level).label),
        _row("供养形式", award.support_form and SupportForm(award.support_form).label, SupportForm(form).label),
        _amounts(award, found.amount_fen),
    ]
    effect = _effect(award.monthly_fen, found.amount_fen)
    cover = tuple(_covered(award))
    return Worked(award.monthly_fen, found.amount_fen, effect, cover, award.category, None, None, tuple(rows))


def _row(item: str, before: str, after: str) -> dict[str, str]:
    return {"item": item, "before": before or "—", "after": after or "—"}


# -- 低保 ---------------------------------------------------------------------------------


def _dibao(change: ChangeCase, entry: FindingEntry, basis: Basis, on: dt.date, place: Place | None) -> Worked:
    award = change.award
    facts = facts_after(change, entry, _known(change, entry, basis), on)
    found = reckon(award, facts, on, place)
    after = found.amount_fen if found.eligible else 0
    effect = _effect(award.monthly_fen, after) if found.eligible else ChangeEffect.END
    if found.eligible and _asks_means(change):
        _same_people(award, entry, facts, found)
    # Who is covered stays so while somebody else than the rules decides that it does not end.
    cover = supplements_of(found) if found.eligible else tuple(_left(award, entry.leaving))
    return Worked(
        award.monthly_fen,
        after,
        effect,
        cover,
        found.category if found.eligible else award.category,
        facts,
        found,
        tuple(_compared(award, basis, facts, found, on)),
        tuple(failure.sentence for failure in found.failures),
    )


def _known(change: ChangeCase, entry: FindingEntry, basis: Basis) -> HouseholdFacts:
    """The stored household; where its incomes are not known by person, without them, for they were entered anew."""
    if not _asks_means(change):
        return replace(basis.facts, incomes=()) if basis.implied else basis.facts
    if basis.lacking and not entry.settled:
        raise Refused(f"{basis.lacking}填完后请勾选“{SETTLED}”。", "lacking", 422, "settled")
    moved = entry.leaving or entry.joining or entry.new_head
    if basis.implied and moved and not entry.settled:
        raise Refused(
            "本户的收入是按原保障金倒推的，分不清是谁的收入。请在“新增的收入”里逐人填写现在的收入（没有收入的不填），"
            f"并勾选“{SETTLED}”。",
            "lacking",
            422,
            "settled",
        )
    return replace(basis.facts, incomes=()) if basis.implied and entry.settled else basis.facts


def _same_people(award: Award, entry: FindingEntry, facts: HouseholdFacts, found: Reckoning) -> None:
    """Nobody drops out of the cover or comes into it unless an officer has said so."""
    names = {person.ref: person.name for person in facts.people}
    now = {ref for ref, _ in _covered(award)}
    lost = now - set(found.covered_refs) - set(entry.leaving) - set(entry.uncounted)
    if lost:
        words = "、".join(names.get(ref, "") for ref in sorted(lost))
        raise Refused(
            f"按核定的资料，{words}不再计入保障人员。仍应计入的，请在“不能独立生活、仍计入的成年成员”里勾选；确实不再计入的，"
            "请在“不再计入保障的成员”里勾选。",
            "cover",
            422,
            "dependents",
        )
    gained = {ref for ref in found.covered_refs if not ref.startswith(NEW)} - now - set(entry.dependents)
    if gained:
        words = "、".join(names.get(ref, "") for ref in sorted(gained))
        raise Refused(
            f"按核定的资料，{words}也应当计入本项保障，而现在不在其中（本户可能另有特困、单人保等保障）。请核对人员后再核算。",
            "cover",
            422,
            "dependents",
        )


def _asks_means(change: ChangeCase) -> bool:
    """Whether the amount is to be reckoned at all, so that incomes must be known."""
    return change.event not in {ChangeEvent.VOLUNTARY_EXIT, ChangeEvent.JOB_REFUSAL}


def _effect(before: int, after: int) -> ChangeEffect:
    if after == before:
        return ChangeEffect.UNCHANGED
    return ChangeEffect.INCREASE if after > before else ChangeEffect.DECREASE


def _compared(
    award: Award, basis: Basis, facts: HouseholdFacts, found: Reckoning, on: dt.date
) -> Iterator[dict[str, str]]:
    """What the household was and is, line by line; the old side only as far as it is known."""
    try:
        old = None if basis.lacking else reckon(award, basis.facts, on)
    except (BadFacts, Unset):
        old = None
    yield _row("家庭人口", f"{len(basis.facts.people)}人", f"{found.members}人")
    yield _row("保障人数", f"{len(_covered(award))}人", f"{found.covered}人" if found.eligible else "0人")
    yield _row("全家月收入", f"{show_exact(old.income_fen)}元" if old else "", f"{show_exact(found.income_fen)}元")
    yield _row(
        "月人均收入", f"{show_exact(old.per_capita_fen)}元" if old else "", f"{show_exact(found.per_capita_fen)}元"
    )
    yield _row("低保标准", f"{show_exact(old.standard_fen)}元" if old else "", f"{show_exact(found.standard_fen)}元")
    names = {person.ref: person.name for person in (*basis.facts.people, *facts.people)}
    earlier, later = dict(_covered(award)), dict(supplements_of(found)) if found.eligible else {}
    for ref in dict.fromkeys((*earlier, *found.covered_refs)):
        fen = later.get(ref, 0)
        if fen or earlier.get(ref):
            yield _row(f"{names[ref]}增发", f"{show(earlier.get(ref, 0))}元", f"{show(fen)}元")
    for person in facts.people:
        if person.ref.startswith(NEW):
            yield _row(f"新成员{person.name}", "", "计入保障" if person.ref in found.covered_refs else "不计入保障")
    yield _amounts(award, found.amount_fen if found.eligible else 0)
