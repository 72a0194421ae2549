"""What becomes of a hit: it is true and a change, it is accounted for, or it is wrong; each with its reason and one officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.casework.awards.changes.common import text
from yimen.casework.awards.changes.hits import Found, report_found
from yimen.casework.awards.models import Award, ChangeCase
from yimen.casework.awards.recertify import looking
from yimen.casework.monthclose.models import ComparisonHit
from yimen.law.aftercare.hits import event_of
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.calendar import today
from yimen.law.checks import item, source
from yimen.law.comparison import HitState, watch_of_kind

SAID = "每月比对"
_SHOWN = ("award__household__head", "award__township", "subject__person", "subject__obligor", "run")


@office_act("explain_comparison_hits")
def explain_comparison_hits(walk: Walk, *, refs: Sequence[str], reason: str, evidence: str) -> list[ComparisonHit]:
    """What was found is so and accounted for: nothing about the assistance changes. With reason and evidence."""
    proof = text(evidence, "evidence", "佐证（看到的材料、核实的方式）", 200)
    return _settle(walk, refs, HitState.EXPLAINED, reason, proof)


@office_act("dismiss_comparison_hits")
def dismiss_comparison_hits(walk: Walk, *, refs: Sequence[str], reason: str) -> list[ComparisonHit]:
    """What was found is not so: another person, an old entry, a mistake of the register. With the reason."""
    return _settle(walk, refs, HitState.DISMISSED, reason, "")


def _settle(walk: Walk, refs: Sequence[str], state: HitState, reason: str, evidence: str) -> list[ComparisonHit]:
    """All of them or none; several households at once only of one kind, and none whose kind asks for a look at each."""
    plain = text(reason, "reason", "理由", 400)
    hits = _locked(walk.officer, refs)
    _check_bulk(hits)
    _check_here(walk, hits)
    for hit in hits:
        hit.state, hit.reason, hit.evidence = state, plain, evidence
        hit.settled_on, hit.settled_by = walk.on, walk.officer.staff
    ComparisonHit.objects.bulk_update(hits, ["state", "reason", "evidence", "settled_on", "settled_by"], batch_size=200)
    walk.note(
        subject=(ComparisonHit.KIND, hits[0].ref), hits=[hit.ref for hit in hits], state=str(state), kind=hits[0].kind,
        run=hits[0].run.number,
    )  # fmt: skip
    return hits


def _locked(officer: Officer, refs: Sequence[str]) -> list[ComparisonHit]:
    """The hits of these references within scope, locked, all of them still open."""
    wanted = sorted(set(refs))
    if not wanted:
        raise Refused("请勾选要处理的差异。", "missing", 422, "refs")
    rows = gate.within(officer, ComparisonHit.objects.select_related(*_SHOWN).select_for_update(of=("self",)))
    hits = list(rows.filter(ref__in=wanted).order_by("pk"))
    if len(hits) != len(wanted):
        raise Refused("有些差异已不在您的办理范围内，没有改动任何内容。请刷新页面后重新选择。", "unknown", 422, "refs")
    for hit in hits:
        if hit.state != HitState.OPEN:
            name = hit.award.household.head.name
            raise Refused(
                f"{name}家庭的这项差异已处理为“{HitState(hit.state).label}”，没有改动任何内容。请刷新页面。",
                "overtaken",
            )
    return hits


def _check_bulk(hits: Sequence[ComparisonHit]) -> None:
    if len({hit.household_id for hit in hits}) == 1:
        return
    kinds = {hit.kind for hit in hits}
    if len(kinds) > 1:
        raise Refused("多户一并处理时，请只选同一类差异。", "kinds", 422, "refs")
    watch = watch_of_kind(kinds.pop())
    if not watch.in_bulk:
        raise Refused(f"“{watch.kind.label}”须逐户核实，不能多户一并处理。", "one_by_one", 422, "refs")


def _check_here(walk: Walk, hits: Sequence[ComparisonHit]) -> None:
    roles = set(walk.row.roles) & TOWNSHIP_ROLES
    awards = list({hit.award_id: hit.award for hit in hits}.values())
    for award in awards:
        if not walk.officer.holds(roles, award.township_id):
            raise Refused(
                f"{award.township.name}的差异由当地经办人员和负责人处理，您的岗位不能办理。", "wrong_role", 403
            )
    looking.check_unrelated(awards, walk.officer.staff)


# -- true ----------------------------------------------------------------------------------------


def found_of(hit: ComparisonHit) -> Found:
    """A hit as the report of a change takes it."""
    person = hit.subject.person.ref if hit.subject.person else ""
    event = event_of(hit.item, obligor=hit.subject.obligor_id is not None)
    return Found(hit, event, person, hit.queried_on, hit.run.number, sentence(hit))


def sentence(hit: ComparisonHit) -> str:
    """One hit in words: who, what, before and now, from which source on which day."""
    before = f"原为 {hit.before_text}（{hit.before_from}）" if hit.before_text else "原来没有记载"
    return (
        f"{name_of(hit)}的{item(hit.item).label}：{before}，现为 {hit.now_text}"
        f"（{source(hit.source).label}，{hit.queried_on:%Y-%m-%d}）"
    )


def name_of(hit: ComparisonHit) -> str:
    """Whom it is about; an obligor is called so."""
    subject = hit.subject
    return f"义务人{subject.obligor.name}" if subject.obligor else subject.person.name if subject.person else ""


def confirm_hits(
    officer: Officer, *, award_ref: str, refs: Sequence[str] = (), since: dt.date | None = None
) -> ChangeCase:
    """Register the change that open hits of an award point to, by one press; each hit is kept with the change it became.

    ``refs`` chooses among the hits (all by default), ``since`` is asked for a death alone, which goes first and by itself.
    Raises Refused where nothing waits, and whatever ``report_together`` refuses.
    """
    if not officer.roles & TOWNSHIP_ROLES:
        raise Refused("每月比对的差异由当地乡街处理，您的岗位不能办理。", "wrong_role", 403)
    with transaction.atomic():
        award = gate.fetch(officer, Award.objects.select_related("household__head"), award_ref, lock=True)
        rows = gate.within(officer, ComparisonHit.objects.select_related(*_SHOWN).select_for_update(of=("self",)))
        rows = rows.filter(award=award, state=str(HitState.OPEN))
        hits = list((rows.filter(ref__in=list(refs)) if refs else rows).order_by("pk"))
        made, chosen = report_found(
            officer, award_ref=award_ref, found=[found_of(hit) for hit in hits], said=SAID, since=since
        )
        ComparisonHit.objects.filter(pk__in=[row.key.pk for row in chosen]).update(
            state=str(HitState.CONFIRMED), change=made[0], settled_on=today(), settled_by=officer.staff
        )
    return made[0]


def needs_day(hits: Sequence[ComparisonHit]) -> bool:
    """Whether the report of these hits is that of a death, whose day somebody has to say."""
    return any(found_of(hit).event is ChangeEvent.DEATH for hit in hits)
