"""Reading changes: what is open, what comes next on each, its papers and its course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.clocks import desk as clocks
from yimen.base.clocks.desk import ClockView
from yimen.base.figures import queries as figures
from yimen.base.papers.models import Paper
from yimen.casework.awards.changes.basis import Basis, basis_of
from yimen.casework.awards.changes.carrying import Offer, offer_of
from yimen.casework.awards.changes.common import SHOWN, finding_of, handlers, views_of
from yimen.casework.awards.changes.duties import duties, grounds, local_grounds, possible
from yimen.casework.awards.changes.handling import own_share, shown_long_enough
from yimen.casework.awards.changes.hits import (
    became,
    drawn,
    hits_of,
    met_by,
    sentence as hit_words,
    told_elsewhere,
    waiting as waiting_hits,
)
from yimen.casework.awards.changes.money import last_paid
from yimen.casework.awards.changes.papers import concerned, proposal_words
from yimen.casework.awards.changes.receiving import going
from yimen.casework.awards.changes.stopping import missing_places
from yimen.casework.awards.changes.together import linked_with
from yimen.casework.awards.models import (
    Award,
    AwardPerson,
    Balance,
    ChangeCase,
    ChangeDecision,
    ChangeFinding,
    StopNotice,
    StopPosting,
    ViewsRecord,
)
from yimen.casework.investigation.programme_queries import LOOKBACK, OTHER_KINDS, Choice, choices_of
from yimen.law.aftercare.changing import OPEN, ChangeState
from yimen.law.aftercare.grounds import ground_of
from yimen.law.aftercare.terms import AwardPhase
from yimen.law.rules.rigid_spending import window
from yimen.law.standards import Unset

__all__ = [
    "KIND",
    "Basis",
    "Offer",
    "Ready",
    "Waiting",
    "all_changes",
    "balances_of",
    "basis_of",
    "became",
    "concerned",
    "counts",
    "counts_of_townships",
    "covered",
    "decision_of",
    "drawn",
    "duties",
    "find",
    "finding_of",
    "findings",
    "going",
    "grace_ends",
    "ground_label",
    "grounds",
    "handlers",
    "hit_words",
    "hits_of",
    "kinds_of_spending",
    "last_notice",
    "last_paid",
    "linked_with",
    "met_by",
    "missing_places",
    "of_award",
    "of_household",
    "of_papers",
    "offer_of",
    "open_of",
    "own_share",
    "papers_of",
    "possible",
    "postings_of",
    "pressing",
    "proposal_words",
    "ready",
    "told_elsewhere",
    "views",
    "views_of",
    "waiting_hits",
    "window_words",
]  # fmt: skip

KIND = ChangeCase.KIND


@gate.scope(ChangeCase)
def _scope(officer: Officer) -> Q:
    """Where the award is; a transfer also where it goes."""
    here = gate.by_place(officer, "award__township", "award__village")
    coming = Q(state=str(ChangeState.MOVING), to_village__parent__in=officer.areas(TOWNSHIP_ROLES))
    return here | coming


def all_changes(officer: Officer) -> QuerySet[ChangeCase]:
    """Every change within scope, with what its pages show."""
    return gate.within(officer, ChangeCase.objects.select_related(*SHOWN))


def find(officer: Officer, ref: str) -> ChangeCase:
    """The change of a reference within scope, else Unknown."""
    return gate.fetch(officer, ChangeCase.objects.select_related(*SHOWN), ref)


def open_of(awards: Iterable[Award]) -> dict[int, ChangeCase]:
    """The open change of each of these awards, in one statement."""
    wanted = [award.pk for award in awards]
    rows = ChangeCase.objects.filter(award__in=wanted, state__in=[str(state) for state in OPEN])
    return {row.award_id: row for row in rows.order_by("id")}


def of_award(award: Award) -> list[ChangeCase]:
    """Every change of an award, the newest first."""
    return list(ChangeCase.objects.filter(award=award).select_related(*SHOWN).order_by("-id"))


def of_household(household: int) -> list[ChangeCase]:
    """Every change of a household's awards, the newest first."""
    return list(ChangeCase.objects.filter(award__household=household).select_related(*SHOWN).order_by("-id"))


def decision_of(change: ChangeCase) -> ChangeDecision | None:
    """The decision, if any."""
    return ChangeDecision.objects.filter(change=change).select_related("by").first()


def postings_of(notice: StopNotice) -> list[StopPosting]:
    """Where a notice hangs, since when and by whom."""
    return list(notice.postings.select_related("posted_by").order_by("id"))


def last_notice(change: ChangeCase) -> StopNotice | None:
    """The newest public notice of a proposed end."""
    return StopNotice.objects.filter(change=change).order_by("-id").first()


def balances_of(change: ChangeCase) -> list[Balance]:
    """What the change left to be settled, by month."""
    return list(Balance.objects.filter(basis_kind=KIND, basis_ref=change.ref).order_by("kind", "month"))


def papers_of(change: ChangeCase) -> list[Paper]:
    """The papers of a change, the oldest first."""
    return list(Paper.objects.filter(subject_kind=KIND, subject_id=change.pk).order_by("id"))


def of_papers(officer: Officer, papers: Iterable[Paper]) -> dict[int, ChangeCase]:
    """The changes within scope that these papers are about, by their id, in one statement."""
    wanted = {paper.subject_id for paper in papers if paper.subject_kind == KIND}
    return {row.pk: row for row in all_changes(officer).filter(pk__in=wanted)}


def ground_label(change: ChangeCase, on: dt.date) -> str:
    """The ground in words."""
    return ground_of(change.ground, local_grounds(change.award, on)).label if change.ground else ""


def pressing(changes: Iterable[ChangeCase], on: dt.date) -> dict[int, ClockView]:
    """The most pressing running clock of each, in two statements."""
    found = clocks.clocks_of(KIND, [row.pk for row in changes], on)
    return {pk: views[0] for pk, views in found.items() if views}


def counts(officer: Officer, on: dt.date) -> dict[str, int]:
    """How many are open, overdue, at the leader's, to be served, within scope; in one statement."""
    rows = gate.within(officer, ChangeCase.objects.order_by())
    is_open = Q(state__in=[str(state) for state in OPEN])
    return rows.aggregate(
        open=Count("id", filter=is_open),
        late=Count("id", filter=is_open & Q(due_on__lt=on)),
        reported=Count("id", filter=Q(state=str(ChangeState.REPORTED))),
        deciding=Count("id", filter=Q(state=str(ChangeState.DECIDING))),
        decided=Count("id", filter=Q(state=str(ChangeState.DECIDED))),
        moving=Count("id", filter=Q(state=str(ChangeState.MOVING))),
    )


@dataclass(frozen=True)
class Waiting:
    """Changes of a township: open, overdue, at the leader's."""

    open: int = 0
    late: int = 0
    deciding: int = 0


def counts_of_townships(officer: Officer, on: dt.date) -> dict[str, Waiting]:
    """The open changes within scope by the township of the award, in one statement."""
    rows = gate.within(officer, ChangeCase.objects.filter(state__in=[str(state) for state in OPEN]).order_by())
    found = rows.values_list("award__township_id").annotate(
        open=Count("id"),
        late=Count("id", filter=Q(due_on__lt=on)),
        deciding=Count("id", filter=Q(state=str(ChangeState.DECIDING))),
    )
    return {code: Waiting(*numbers) for code, *numbers in found}


@dataclass(frozen=True)
class Ready:
    """What the law asks before the leader decides, and whether it is there."""

    hearing: bool
    heard: bool
    notice: bool
    shown: bool

    @property
    def all(self) -> bool:
        """Whether the case may go to the leader."""
        return (self.heard or not self.hearing) and (self.shown or not self.notice)


def ready(change: ChangeCase, on: dt.date) -> Ready:
    """How far a reckoned change is."""
    finding, asked = finding_of(change), duties(change, on)
    if finding is None or asked is None:
        return Ready(False, False, False, False)
    return Ready(
        asked.hearing,
        views_of(change, finding) is not None,
        asked.public_notice,
        shown_long_enough(change, finding, on),
    )


def grace_ends(officer: Officer) -> list[tuple[Award, str]]:
    """Awards in a 渐退期 within scope with its last month, the nearest first."""
    rows = gate.within(officer, Award.objects.filter(phase=str(AwardPhase.GRACE), end_month="")).order_by("id")
    awards = {row.pk: row for row in rows.select_related("household__head", "village")}
    last = ChangeDecision.objects.filter(change__award__in=awards).exclude(until_month="").order_by("id")
    months = dict(last.values_list("change__award", "until_month"))
    return sorted(((awards[pk], month) for pk, month in months.items()), key=lambda pair: pair[1])


def views(change: ChangeCase) -> list[ViewsRecord]:
    """Every hearing of a change, the newest first."""
    return list(change.views.order_by("-id"))


def findings(change: ChangeCase) -> list[ChangeFinding]:
    """Every finding of a change, the newest first."""
    return list(change.findings.select_related("by").order_by("-id"))


def kinds_of_spending(award: Award) -> list[Choice]:
    """The further kinds of essential spending that the place has added (R5(5))."""
    return choices_of(OTHER_KINDS, award.village_id)


def window_words(change: ChangeCase) -> str:
    """Which months count where the spending is told anew, in a sentence; who has to set them where nobody has."""
    try:
        months = figures.figure(LOOKBACK, change.award.village_id, change.reported_on).as_int()
    except Unset as unset:
        return unset.sentence
    first, last = window(change.reported_on, months)
    return f"重新登记的，算 {first} 至 {last} 的支出。"


def covered(award: Award) -> list[AwardPerson]:
    """Who is covered now."""
    return list(AwardPerson.objects.filter(award=award, active=True).select_related("person").order_by("id"))
