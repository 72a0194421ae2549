"""The end of an award: nothing is due any more, nobody is covered, and what was still open about it is closed with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q

from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.casework.awards import versions
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase, Recertification
from yimen.law.aftercare.changing import OPEN as OPEN_CHANGES, ChangeState
from yimen.law.aftercare.terms import AwardCause, AwardPhase
from yimen.law.recertify import OPEN as OPEN_REVIEWS, RecertifyState

_REASON = 200


def end(
    walk: Walk,
    award: Award,
    month: str,
    cause: AwardCause,
    basis: versions.Basis,
    why: str,
    *,
    by: ChangeCase | None = None,
) -> None:
    """End an award from a month on, for a reason in words; ``by`` is the change that ends it, which closes itself."""
    AwardPerson.objects.filter(award=award, active=True).update(active=False)
    award.end_month, award.phase = month, AwardPhase.ENDED
    Award.objects.filter(pk=award.pk).update(end_month=month, phase=AwardPhase.ENDED)
    versions.add(award, month, cause, basis, phase=AwardPhase.ENDED, monthly_fen=0, persons=[])
    if closed := close_open([award.pk], why, walk.on, by=by):
        walk.note(closed=[*walk.facts.get("closed", []), *closed])


def close_open(awards: Iterable[int], why: str, on: dt.date, *, by: ChangeCase | None = None) -> list[str]:
    """Close the reviews and changes of these awards that are under way: their references. Their clocks stop."""
    numbers = list(awards)
    changes = Q(award__in=numbers, state__in=[str(state) for state in OPEN_CHANGES])
    reviews = Q(award__in=numbers, state__in=[str(state) for state in OPEN_REVIEWS])
    if by is not None:
        changes &= ~Q(pk=by.pk)
        reviews &= ~Q(pk=by.recertification_id or 0)
    said = {"closed_on": on, "closed_reason": why[:_REASON], "version": F("version") + 1}
    closed = []
    for model, wanted, state in (
        (ChangeCase, changes, ChangeState.CLOSED),
        (Recertification, reviews, RecertifyState.CLOSED),
    ):
        found = list(model.objects.filter(wanted).order_by("pk").values_list("pk", "ref"))
        if found:
            ids = [pk for pk, _ in found]
            model.objects.filter(pk__in=ids).update(state=state, **said)
            clocks.stop(model.KIND, ids, ["*"], on)
            closed += [ref for _, ref in found]
    return closed
