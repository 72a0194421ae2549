"""What was established on another award of the household, taken over with one press (D30): shown first, decided here on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.refs import new_ref
from yimen.casework.awards import acts, change_queries as changes
from yimen.desks.shared.actpage import ActPage, version_of
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Fact, Link, Page, Section
from yimen.desks.township.changes.parts import award_facts, crumbs, officer_of, url
from yimen.law.aftercare.changing import ChangeState
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.calendar import today
from yimen.law.terms import Programme

PRESS = "照同户已核定的内容核定"
_NOTE = "这些内容在同一次登记的{}一件里已经核定，不用再填。本件按自己的规则重新核算，各自听取意见、决定；不一样的请另行核定。"
_LACKS = "这些在本项保障里对不上，不能照搬，请在“核定变化”里填写。"
_STALE = "同户那一件刚才又重新核定，内容和您看到的不同。请刷新页面，核对后再按。"


def offer_to(officer: Officer, change: Any) -> Any:
    """What this officer may take over on this change; None where there is nothing."""
    if not officer.holds(TOWNSHIP_ROLES, change.award.township_id):
        return None
    return changes.offer_of(officer, change, today())


def press(change: Any, offer: Any) -> Action:
    """The one press."""
    hidden = {"once": new_ref(), "version": str(change.version), "seen": str(offer.finding.pk)}
    return Action(PRESS, url(change, "take"), "post", primary=True, hidden=hidden)


def before(change: Any, offer: Any, steps: Sequence[Action]) -> list[Action]:
    """The next steps with the one press before them, where there is something to take over."""
    if offer is None or offer.missing:
        return list(steps)
    return [press(change, offer), *(replace(step, primary=False) for step in steps)]


def blocks(change: Any, offer: Any) -> list[Block]:
    """What would be taken over, and what cannot be."""
    if offer is None:
        return []
    other = offer.source.award
    words = f"{Programme(other.programme).label}{'（单人保）' if other.single else ''}"
    facts = [Fact(name, said) for name, said in offer.lines]
    if offer.missing:
        return [Block("同户已核定的内容", note=_LACKS, facts=[*facts, *(Fact("对不上", row) for row in offer.missing)])]
    return [Block("同户已核定的内容", note=_NOTE.format(words), facts=facts)]


@route("changes.take", "change", "place", TOWNSHIP_ROLES, ("GET", "POST"))
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the findings of the other change over; what the rules make of them here is shown on the change's page."""
    officer = officer_of(request)
    change = changes.find(officer, ref)
    offer = offer_to(officer, change)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        shown = blocks(change, offer)
        facts = shown[0].facts if shown else [Fact("同户已核定的内容", "没有可以照搬的，请打开“核定变化”填写。")]
        note = shown[0].note if shown else ""
        return [
            Section("shared", "同户已核定的内容", note=note, facts=facts),
            Section("award", "保障情况", facts=award_facts(change.award)),
        ]

    def run(sections: Sequence[Section]) -> str:
        if offer is None or offer.missing or request.POST.get("seen", str(offer.finding.pk)) != str(offer.finding.pk):
            raise Refused(_STALE, "overtaken", 409)
        version = version_of(request)
        if change.state == ChangeState.REPORTED:
            acts.take_up_change(officer, ref=ref, version=version)
            version = None
        acts.record_change_findings(officer, ref=ref, finding=offer.entry, version=version)
        return url(change)

    words = f"{change.award.household.head.name}　{ChangeEvent(change.event).label}"
    hidden = {"seen": str(offer.finding.pk)} if offer else {}
    return ActPage(
        Page(PRESS, words, crumbs=crumbs(change, PRESS)), build, run, PRESS, version=change.version, hidden=hidden,
        cancel=Link("另行核定", url(change, "findings")), drafts=False, enter_next=False,
    ).answer(request)  # fmt: skip
