"""What changed since the source last answered about somebody; a first answer is held against the household's own check.

The database picks out what differs from last month; only that is looked at here, a portion at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from yimen.base.figures import queries as figures
from yimen.casework.monthclose.comparison.before import Before, Earlier
from yimen.casework.monthclose.models import (
    ComparisonAnswer,
    ComparisonFinding,
    ComparisonGap,
    ComparisonHit,
    ComparisonRun,
    ComparisonSubject,
)
from yimen.law.comparison import WATCHES, Value, changed, least_fen, watch_of

_PORTION = 1_000
_LOOK_BACK = 3
"""So many earlier months are looked through for things that are there no more."""
_MANY = 400
"""More marks than this are not left to the database: it would take too long to tell them."""
GONE = "未查到"
_WATCHED = [code for watch in WATCHES for code in watch.items]
_GONE_ITEMS = [code for watch in WATCHES if watch.gone for code in watch.items]


@dataclass(frozen=True)
class _Thing:
    """One item of one person that differs: what is found now (none where nothing is any more), what was before."""

    subject: ComparisonSubject
    item: str
    now: ComparisonFinding | None
    prior: ComparisonFinding | None


def found(answer: ComparisonAnswer, on: date, routine: Collection[str] = ()) -> list[ComparisonHit]:
    """A hit, not kept yet, for everything of an answer that somebody has to look at; nobody has to at ``routine`` marks."""
    run = answer.part.feed.run
    least = {watch.kind: least_fen(watch, lambda key: figures.figure(key, run.district_id, on)) for watch in WATCHES}
    hits: list[ComparisonHit] = []
    for things in _portions(_candidates(run, answer, routine)):
        earlier = Earlier.of(answer, [(thing.subject, thing.item) for thing in things])
        hits += [_hit(run, answer, thing, before, on) for thing, before in _standing(things, earlier, least)]
    return hits


def write(hits: Sequence[ComparisonHit]) -> int:
    """Keep hits. How many."""
    ComparisonHit.objects.bulk_create(hits, batch_size=_PORTION)
    return len(hits)


# -- what differs ------------------------------------------------------------------------------


def last_answered(run: ComparisonRun, source: str, of: str) -> Coalesce:
    """The row under which a source last answered about the same one in an earlier month; ``of`` is the path to the row of now."""
    answers = ComparisonAnswer.objects.filter(
        part__feed__run=OuterRef("run"), part__feed__source=source, part__part=OuterRef("part"), part__whole_at__isnull=False,
    )  # fmt: skip
    silent = ComparisonGap.objects.filter(subject=OuterRef("pk"), answer__part__feed__source=source)
    rows = ComparisonSubject.objects.filter(run__district=run.district_id, run__month__lt=run.month)
    rows = rows.filter(Exists(answers), ~Exists(silent)).order_by("-run__month", "-pk")
    return Coalesce(
        Subquery(rows.filter(person=OuterRef(f"{of}person")).values("pk")[:1]),
        Subquery(rows.filter(obligor=OuterRef(f"{of}obligor")).values("pk")[:1]),
    )


def _candidates(run: ComparisonRun, answer: ComparisonAnswer, routine: Collection[str]) -> Iterator[_Thing]:
    source = answer.part.feed.source
    same = ComparisonFinding.objects.filter(
        subject=OuterRef("prior"), item=OuterRef("item"), answer__part__feed__source=source
    )
    new = ComparisonFinding.objects.filter(answer=answer, item__in=_WATCHED)
    if routine and len(routine) <= _MANY:
        new = new.exclude(mark__in=list(routine))
    new = new.annotate(prior=last_answered(run, source, "subject__"))
    new = new.filter(~Exists(same.filter(mark=OuterRef("mark")))).annotate(was=Subquery(same.values("pk")[:1]))
    rows = new.select_related("subject__award", "subject__person", "subject__obligor").order_by("pk")
    for portion in _portions(rows.iterator(chunk_size=_PORTION)):
        old = ComparisonFinding.objects.select_related("subject__run").in_bulk([row.was for row in portion if row.was])
        yield from (_Thing(row.subject, row.item, row, old.get(row.was)) for row in portion)
    yield from _vanished(run, answer)


def _vanished(run: ComparisonRun, answer: ComparisonAnswer) -> Iterator[_Thing]:
    """What the source found when it last answered, and does not find any more."""
    source, part = answer.part.feed.source, answer.part.part
    earlier = ComparisonRun.objects.filter(district=run.district_id, month__lt=run.month).order_by("-month")
    runs = list(earlier.values_list("pk", flat=True)[:_LOOK_BACK])
    mine = ComparisonSubject.objects.filter(run=run, part=part)
    old = ComparisonFinding.objects.filter(
        answer__part__feed__source=source, subject__run__in=runs, item__in=_GONE_ITEMS
    )
    old = old.annotate(
        here=Coalesce(
            Subquery(mine.filter(person=OuterRef("subject__person")).values("pk")[:1]),
            Subquery(mine.filter(obligor=OuterRef("subject__obligor")).values("pk")[:1]),
        )
    ).filter(here__isnull=False)
    still = ComparisonFinding.objects.filter(answer=answer, subject=OuterRef("here"), item=OuterRef("item"))
    silent = ComparisonGap.objects.filter(answer=answer, subject=OuterRef("here"))
    old = old.filter(~Exists(still), ~Exists(silent))
    old = old.annotate(last=last_answered(run, source, "subject__")).filter(subject=F("last"))
    for portion in _portions(old.select_related("subject__run").order_by("pk").iterator(chunk_size=_PORTION)):
        rows = mine.select_related("award", "person", "obligor").in_bulk([row.here for row in portion])
        yield from (_Thing(rows[row.here], row.item, None, row) for row in portion)


def _portions(rows: Any) -> Iterator[list[Any]]:
    portion: list[Any] = []
    for row in rows:
        portion.append(row)
        if len(portion) == _PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


# -- what somebody looks at --------------------------------------------------------------------


def value_of(row: ComparisonFinding | None) -> Value:
    """A finding as the law compares it."""
    return Value(row.amount_fen, row.period, row.count, row.mark) if row else Value()


def _standing(things: Sequence[_Thing], earlier: Earlier, least: dict[Any, int]) -> Iterator[tuple[_Thing, Before]]:
    """The differences that count, each with what was known before; what the household's own check has said is none."""
    for thing in things:
        watch = watch_of(thing.item, obligor=thing.subject.obligor_id is not None)
        if watch is None:
            continue
        now = value_of(thing.now)
        if not changed(thing.item, value_of(thing.prior), now, least[watch.kind]):
            continue
        before = earlier.before(thing.subject, thing.item, thing.prior)
        if earlier.said(thing.subject, thing.item, thing.now, thing.prior, least[watch.kind]):
            continue
        yield thing, before


def _hit(run: ComparisonRun, answer: ComparisonAnswer, thing: _Thing, before: Before, on: date) -> ComparisonHit:
    subject = thing.subject
    watch = watch_of(thing.item, obligor=subject.obligor_id is not None)
    if watch is None:
        raise ValueError("nobody watches this item")
    queried = thing.now.queried_on if thing.now else answer.answered_on
    return ComparisonHit(
        run=run, award_id=subject.award_id, household_id=subject.award.household_id, subject=subject, answer=answer,
        source=answer.part.feed.source, item=thing.item, kind=str(watch.kind), before_text=before.words or None,
        before_from=before.where, now_text=(thing.now.text if thing.now else None) or GONE, queried_on=queried,
        found_on=on,
    )  # fmt: skip
