"""单人保 rests on the recognition of its household as 边缘 (L21.2): when that is over, the end of the cover is a change of its own.

Nothing is cut by itself: the change is opened, the person is heard, a leader decides (L48). Nobody is forgotten either: it is
opened in the same transaction in which the recognition ends.
"""

from __future__ import annotations

from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices.models import Staff
from yimen.casework.awards.changes import papers
from yimen.casework.awards.changes.common import start_clock
from yimen.casework.awards.changes.weighing import recognised
from yimen.casework.awards.models import Award, ChangeCase
from yimen.law.aftercare.changing import OPEN
from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent, ChangeSource
from yimen.law.terms import Programme

_GOES_ON = frozenset({
    ChangeEffect.UNCHANGED, ChangeEffect.INCREASE, ChangeEffect.DECREASE, ChangeEffect.RESUME, ChangeEffect.GRACE,
})  # fmt: skip
"""Effects that say that the cover goes on."""


def edge_is_over(walk: Walk, edge: Award, why: str, found_by: Staff, *, by: ChangeCase | None = None) -> list[str]:
    """Open the change of every 单人保 beside a recognition that has just ended: the references of the changes.

    ``found_by`` is who established the end and registers what follows from it; ``by`` the change that it came of. A cover
    whose own change is open already keeps that one: it cannot be decided to go on (:func:`check_recognised`).
    """
    if edge.programme != Programme.EDGE:
        return []
    rows = Award.objects.filter(household=edge.household_id, single=True, end_month="").order_by("id")
    awards = rows.select_related("household__head", "village", "township", "application")
    words = f"本户低保边缘家庭认定（{edge.number}）自 {edge.end_month} 起终止：{why}。"
    return [ref for award in awards if (ref := _open(walk, award, words, found_by, by))]


def follow_up(walk: Walk, change: ChangeCase) -> None:
    """A change of 单人保 is done and left the cover running though its recognition has ended meanwhile: open the next one."""
    award = change.award
    if not award.single or award.end_month or recognised(award) is not False:
        return
    words = "本户低保边缘家庭认定已经终止。"
    if ref := _open(walk, award, words, change.handler or change.registered_by, change):
        walk.note(beside=[ref])


def check_recognised(change: ChangeCase) -> None:
    """Refuse to decide that 单人保 goes on where its household is recognised no more."""
    award = change.award
    if award.single and change.effect in set(map(str, _GOES_ON)) and recognised(award) is False:
        raise Refused("本户的低保边缘家庭认定已经终止，单人保不能决定为继续享受。请退回，重新核定。", "edge_over", 409)


def _open(walk: Walk, award: Award, words: str, found_by: Staff, by: ChangeCase | None) -> str:
    """The reference of the change opened; empty where one is open already."""
    if award.changes.filter(state__in=[str(state) for state in OPEN]).exists():
        return ""
    change = ChangeCase.objects.create(
        award=award, first=(by.first or by) if by else None, event=ChangeEvent.OTHER, source=ChangeSource.OFFICE,
        since=walk.on, reported_by=found_by.name, reported_on=walk.on, registered_by=found_by,
        statement=f"{words}单人保以本户的边缘家庭认定为前提（社会救助法第二十一条），请核定是否停发，停发以前听取本人意见。",
        concerns=list(award.persons.filter(active=True).values_list("person__ref", flat=True)),
    )  # fmt: skip
    start_clock(change, "award_change", walk.on)
    papers.issue(walk, change, "change_report", papers.change_report(change))
    return change.ref
