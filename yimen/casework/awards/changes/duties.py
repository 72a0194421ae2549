"""Which effects may be chosen, on which grounds, and what the law asks before and after each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.casework.awards.changes.common import finding_of
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.changes.working import Worked
from yimen.casework.awards.models import Award, ChangeCase
from yimen.law.aftercare.ground_rows import SINGLE_OVER
from yimen.law.aftercare.grounds import LOCAL, Duties, Ground, duties_of, ground_of, grounds_for
from yimen.law.aftercare.kept import ground_of_failures
from yimen.law.aftercare.terms import DETAILS, RESIDENCE, AwardCause, AwardPhase, ChangeEffect, ChangeEvent
from yimen.law.standards import Figure, Unset
from yimen.law.terms import Programme

_BY_WILL = frozenset(
    {ChangeEvent.VOLUNTARY_EXIT, ChangeEvent.FALSE_REPORT, ChangeEvent.CUSTODY, ChangeEvent.OTHER_PROGRAMME}
)
_CAUSES = {
    ChangeEffect.END: AwardCause.ENDED,
    ChangeEffect.SUSPEND: AwardCause.SUSPENDED,
    ChangeEffect.RESUME: AwardCause.RESUMED,
    ChangeEffect.GRACE: AwardCause.GRACE,
    ChangeEffect.TRANSFER: AwardCause.TRANSFERRED_OUT,
}


def local_grounds(award: Award, on: dt.date) -> Figure | None:
    """The grounds that the place has added, None while it has not."""
    try:
        return figures.figure(LOCAL, award.village_id, on)
    except Unset:
        return None


def grounds(award: Award, effect: ChangeEffect, on: dt.date) -> list[Ground]:
    """The grounds on which an effect is lawful for an award on a day."""
    found = grounds_for(Programme(award.programme), effect, on, local_grounds(award, on))
    return [row for row in found if award.single or row.code != SINGLE_OVER]


def ground_for(
    change: ChangeCase,
    effect: ChangeEffect,
    code: str,
    on: dt.date,
    *,
    nobody: bool = False,
    failed: Sequence[str] = (),
) -> Ground:
    """The ground of a code, or a refusal at its field; without a code the one that the event leads to.

    ``nobody``: no covered person remains, so that a death is the last one's. ``failed`` are the codes of the conditions
    of a recognition or 单人保 that do not hold: what ends by them ends on their ground, whatever brought it to light.
    """
    lawful = grounds(change.award, effect, on)
    if not code and effect is ChangeEffect.END and ChangeEvent(change.event) not in _BY_WILL:
        code = ground_of_failures(tuple(failed), Programme(change.award.programme))
    if code:
        found = next((row for row in lawful if row.code == code), None)
        if found is None:
            near = [row for row in lawful if ChangeEvent(change.event) in row.events] or lawful
            words = "、".join(row.label for row in near)
            raise Refused(f"所选事由不能用于“{effect.label}”，可以选：{words}。", "ground", 422, "ground")
        return found
    fitting = [row for row in lawful if ChangeEvent(change.event) in row.events]
    if change.event == ChangeEvent.DEATH:
        fitting = [row for row in fitting if (row.code == "death_last") == nobody] or fitting
    if not fitting:
        raise Refused(f"核定的处理是“{effect.label}”，请选择法定事由。", "ground", 422, "ground")
    return fitting[0]


def duties(change: ChangeCase, on: dt.date) -> Duties | None:
    """What the finding in force asks for; None while there is none."""
    if not change.effect:
        return None
    award = change.award
    ground = ground_of(change.ground, local_grounds(award, on))
    finding = finding_of(change)
    falls = finding is not None and finding.after_fen < finding.before_fen
    return duties_of(ground, Programme(award.programme), ChangeEffect(change.effect), on, falls=falls)


def cause_of(change: ChangeCase, effect: ChangeEffect) -> AwardCause:
    """Why the award's history gets a further version."""
    if change.event == ChangeEvent.DEATH and effect not in {ChangeEffect.RESUME, ChangeEffect.GRACE}:
        return AwardCause.DEATH
    return _CAUSES.get(effect, AwardCause.CHANGE)


def possible(change: ChangeCase) -> list[ChangeEffect]:
    """The effects that the event may come to, before anything is reckoned; for a choice."""
    event, award = ChangeEvent(change.event), change.award
    if fixed := _fixed(event):
        return fixed
    if event is ChangeEvent.TRANSFER:
        return [ChangeEffect.TRANSFER, ChangeEffect.END, ChangeEffect.UNCHANGED]
    if Programme(award.programme) not in {Programme.DIBAO, Programme.TEKUN}:
        return [ChangeEffect.UNCHANGED, ChangeEffect.END]
    found = [
        ChangeEffect.UNCHANGED,
        ChangeEffect.INCREASE,
        ChangeEffect.DECREASE,
        ChangeEffect.END,
        ChangeEffect.SUSPEND,
    ]
    if award.phase == AwardPhase.HELD:
        found.append(ChangeEffect.RESUME)
    if event is ChangeEvent.WORK and award.programme == Programme.DIBAO:
        found.append(ChangeEffect.GRACE)
    return found


def _fixed(event: ChangeEvent) -> list[ChangeEffect]:
    """The effects of an event that asks nothing of the rules; none for one that does.

    A report of where a household lives may turn out not to be so.
    """
    if event is ChangeEvent.VOLUNTARY_EXIT:
        return [ChangeEffect.END, ChangeEffect.UNCHANGED]
    if event in DETAILS:
        return [ChangeEffect.DETAILS_ONLY, *([ChangeEffect.UNCHANGED] if event in RESIDENCE else [])]
    return []


def allowed(change: ChangeCase, worked: Worked) -> list[ChangeEffect]:
    """The effects that facts and rules leave open; the first is what the rules propose."""
    event, award = ChangeEvent(change.event), change.award
    money = Programme(award.programme) in {Programme.DIBAO, Programme.TEKUN}
    if fixed := _fixed(event):
        return fixed
    if event is ChangeEvent.TRANSFER:
        # Who does not qualify by the standard of the new place is not taken over there with an amount.
        ends = worked.by_rules is ChangeEffect.END
        found = [ChangeEffect.END if ends else ChangeEffect.TRANSFER, ChangeEffect.UNCHANGED]
        # 单人保 is not reckoned anew within a change: it may end here and be applied for there.
        return [*found, ChangeEffect.END] if award.single else found
    found = [worked.by_rules] if worked.by_rules else [ChangeEffect.UNCHANGED, ChangeEffect.END]
    if worked.poorer:
        found.append(ChangeEffect.END)
    if event is ChangeEvent.JOB_REFUSAL:
        found = [ChangeEffect.DECREASE, ChangeEffect.END, ChangeEffect.UNCHANGED]
    elif event in _BY_WILL:
        found += [ChangeEffect.END, ChangeEffect.UNCHANGED]
    if worked.by_rules is ChangeEffect.END and event is ChangeEvent.WORK and award.programme == Programme.DIBAO:
        found.append(ChangeEffect.GRACE)
    if money and not worked.nobody:
        found.append(ChangeEffect.SUSPEND)
        if award.phase == AwardPhase.HELD and worked.by_rules is not ChangeEffect.END:
            found.append(ChangeEffect.RESUME)
    return list(dict.fromkeys(found))


def chosen(change: ChangeCase, worked: Worked, entry: FindingEntry) -> ChangeEffect:
    """The effect that the officer chose among the open ones, or the proposal."""
    open_now = allowed(change, worked)
    if not entry.effect:
        return open_now[0]
    wanted = next((effect for effect in open_now if effect == entry.effect), None)
    if wanted is None:
        words = "、".join(effect.label for effect in open_now)
        raise Refused(f"按核定的情况，可以办理的是：{words}。请改选，或者核对填写的内容。", "effect", 422, "effect")
    return wanted
