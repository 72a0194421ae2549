"""A transfer within the district to where other figures count: there the award is reckoned anew (D23, L19; T19)."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import Award, ChangeCase
from yimen.law.aftercare.terms import AwardPhase, ChangeEffect, ChangeEvent
from yimen.law.standards import KEYS
from yimen.law.terms import Programme

_PAID = frozenset({Programme.DIBAO, Programme.TEKUN})
_FIELD = "to_village"


@dataclass(frozen=True)
class Place:
    """Where an award is reckoned: the codes of area from near to far, and whether the urban standard applies."""

    areas: tuple[str, ...]
    urban: bool


def here(award: Award) -> Place:
    """Where the award is now."""
    return Place(offices.scopes(award.village_id), award.household.urban)


def new_place(change: ChangeCase, entry: FindingEntry) -> Place | None:
    """Where the household's award is to be reckoned anew; None where the amount goes along as it is.

    A 渐退期 keeps the amount that it was decided with. Raises Refused where the new place cannot be reckoned with.
    """
    award = change.award
    if change.event != ChangeEvent.TRANSFER or not entry.to_village or entry.effect == ChangeEffect.UNCHANGED:
        return None
    if award.single and entry.effect == ChangeEffect.END:
        # Ended here, so that it can be applied for anew there.
        return None
    if Programme(award.programme) not in _PAID or award.phase == AwardPhase.GRACE:
        return None
    village = offices.area(entry.to_village)
    if village.urban is None:
        raise Refused(
            f"{village.name}还没有登记适用城市还是农村标准，不能核算迁入后的金额。请先由区级补充登记。",
            "urban",
            422,
            _FIELD,
        )
    there = Place(offices.scopes(village.code), village.urban)
    if not _told(entry) and not _differs(here(award), there):
        return None
    if award.single:
        raise Refused(
            "迁入地的标准与现在不同，单人保的金额不能照旧带过去，也不能在变更里另算。请把本项核定为停发，在迁入地按新申请办理。",
            "single",
            422,
            _FIELD,
        )
    return there


def _told(entry: FindingEntry) -> bool:
    """Whether incomes or property were established along with the move."""
    return bool(entry.settled or entry.incomes or entry.new_incomes or entry.property)


def _differs(old: Place, new: Place) -> bool:
    """Whether another standard applies, or the village or township of either side has figures of its own."""
    if old.urban is not new.urban:
        return True
    apart, book = tuple(set(old.areas) ^ set(new.areas)), figures.book()
    return any(book.versions(key, apart) for key in KEYS)
