"""Somebody whom a register calls dead: what is paid for him waits from that moment, until a second person has looked."""

from __future__ import annotations

from collections import defaultdict

from yimen.base.access.officer import Officer
from yimen.casework.awards.models import AwardPerson
from yimen.casework.monthclose.models import ComparisonAnswer, ComparisonHit
from yimen.casework.payments import holding
from yimen.law.comparison import WATCHES
from yimen.law.payments.holds import HoldKind

_STOPPING = [str(watch.kind) for watch in WATCHES if watch.stops_pay]


def hold_the_dead(officer: Officer, answer: ComparisonAnswer) -> int:
    """Hold every running award that covers somebody whom this answer calls dead. How many were not held before."""
    rows = ComparisonHit.objects.filter(answer=answer, kind__in=_STOPPING, subject__person__isnull=False)
    hits = list(rows.select_related("subject__person", "run").order_by("pk"))
    covered: dict[int, list[int]] = defaultdict(list)
    awards = AwardPerson.objects.filter(
        person__in=[hit.subject.person_id for hit in hits], active=True, award__end_month=""
    )
    for person, award in awards.order_by("award_id").values_list("person_id", "award_id"):
        covered[person].append(award)
    placings = [
        holding.Placing(award, HoldKind.DEATH, ComparisonHit.KIND, hit.ref, _words(hit))
        for hit in hits
        for award in covered[hit.subject.person_id or 0]
    ]
    placed = holding.place(officer, placings)
    held = {row.basis_ref for row in placed}
    ComparisonHit.objects.filter(ref__in=held).update(held=True)
    return len(placed)


def _words(hit: ComparisonHit) -> str:
    name = hit.subject.person.name if hit.subject.person else ""
    return f"{hit.run.month} 比对：{name}，{hit.now_text or ''}（{hit.queried_on:%Y-%m-%d} 查询）。待核实，核实前暂缓发放。"
