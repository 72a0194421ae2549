"""The acts of a review: start, record (renewed or changed), confirm, return. Each takes one household or many at once.

A set is one transaction, set-based, with one entry that names every review (0008); one household alone has its own entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.base.figures import queries as figures
from yimen.casework.awards.models import Award, Recertification, RecertifyFinding
from yimen.casework.awards.recertify import looking, papers
from yimen.casework.awards.recertify.entries import ChangeEntry, CheckEntry
from yimen.casework.awards.recertify.reckoning import reckon_again
from yimen.law.calendar import first_day, now
from yimen.law.ledger import SHORT
from yimen.law.recertify import OPEN, ChangeKind, DataCheck, Interval, Outcome, RecertifyState, interval, next_due
from yimen.law.standards import BadFigure
from yimen.law.terms import Programme

__all__ = [
    "MOST",
    "confirm_recertification",
    "record_change",
    "renew",
    "return_recertification",
    "start_recertification",
]

MOST = 500
CLOCK = "recertify"
_AWARD = ("award__household__head", "award__village", "award__township", "award__application")
_PORTION = 500


# -- start -------------------------------------------------------------------------------


@office_act("start_recertification")
def start_recertification(walk: Walk, *, refs: Sequence[str]) -> list[Recertification]:
    """Begin the review of these awards, by their references. Raises Refused where one has ended or is under review already."""
    awards = taken(walk, refs)
    _check_free(awards)
    looking.check_unrelated(awards, walk.officer.staff)
    made = Recertification.objects.bulk_create(
        [
            Recertification(award=award, due_on=award.recertify_on, started_on=walk.on, started_by=walk.officer.staff)
            for award in awards
        ],
        batch_size=_PORTION,
    )
    days = {review.pk: review.due_on for review in made}
    clocks.start_until(Recertification.KIND, days, CLOCK, walk.on, "应复核日期")
    _note(walk, made)
    return made


def taken(walk: Walk, refs: Sequence[str]) -> list[Award]:
    """The awards of these references, locked, of townships in which the officer holds a post of the row."""
    wanted = _some(refs)
    rows = gate.within(walk.officer, Award.objects.select_for_update(of=("self",)))
    rows = rows.select_related("household__head", "township", "village", "decision", "run").filter(ref__in=wanted)
    found = list(rows.order_by("id"))
    if len(found) != len(wanted):
        raise Unknown(wanted[0])
    _check_place(walk, found)
    return found


def _some(refs: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(refs))
    if not wanted:
        raise Refused("没有选中家庭。请先在复核名单里勾选。", "nothing", 422)
    if len(wanted) > MOST:
        raise Refused(f"一次最多办理 {MOST} 户，这次有 {len(wanted)} 户。请分几次办理。", "too_many", 422)
    return wanted


def _check_place(walk: Walk, awards: Iterable[Award]) -> None:
    """A post in the very township of each award, of the roles that the row names."""
    roles = set(walk.row.roles) & TOWNSHIP_ROLES
    places = {award.township_id: award.township.name for award in awards}
    if names := [name for code, name in places.items() if not walk.officer.holds(roles, code)]:
        raise Refused(f"{'、'.join(names)}的复核由当地经办人员和负责人办理，您的岗位不能办理。", "wrong_role", 403)


def _check_free(awards: Sequence[Award]) -> None:
    for award in awards:
        if award.end_month:
            raise Refused(f"{award.household.head.name}家庭的保障已于 {award.end_month} 停止，不再复核。", "ended")
        if award.recertify_on is None:
            raise Refused(
                f"{award.household.head.name}家庭认定为{SHORT[Programme(award.programme)]}，有效期至 {award.valid_to}，不作定期复核；"
                "仍有困难的，请期满重新申请。",
                "expires",
            )
    busy = Recertification.objects.filter(award__in=[award.pk for award in awards], state__in=_words(OPEN))
    for review in busy.select_related("award__household__head").order_by("id")[:1]:
        raise Refused(
            f"{review.award.household.head.name}家庭的复核已于 {review.started_on:%Y-%m-%d} 开始，"
            f"现为“{RecertifyState(review.state).label}”，不重复开始。",
            "under_review",
        )


def _words(states: Iterable[RecertifyState]) -> list[str]:
    return [str(state) for state in states]


# -- record ------------------------------------------------------------------------------


@office_act("renew")
def renew(walk: Walk, *, refs: Sequence[str], check: CheckEntry, version: int | None = None) -> list[Recertification]:
    """No obvious change, amount unchanged: recorded with its sheets to be signed; a leader confirms (D31)."""
    reviews = _reviews(walk, refs, RecertifyState.STARTED, version)
    if check.data_check == DataCheck.DIFFERENT and not check.note.strip():
        raise Refused("信息核对有差异而认为没有明显变化的，请写明理由。", "note", 422, "note")
    return _record(walk, reviews, check, Outcome.UNCHANGED, None)


@office_act("record_change")
def record_change(
    walk: Walk, *, ref: str, check: CheckEntry, change: ChangeEntry, version: int | None = None
) -> Recertification:
    """Something has changed: what, since when, and the new Reckoning beside the old amount. Nothing is changed by it."""
    reviews = _reviews(walk, [ref], RecertifyState.STARTED, version)
    _check_change(change, check, walk.on)
    return _record(walk, reviews, check, Outcome.CHANGED, change)[0]


def _check_change(change: ChangeEntry, check: CheckEntry, on: dt.date) -> None:
    if not change.changes or set(change.changes) - {str(kind) for kind in ChangeKind}:
        raise Refused("请选择哪些方面有变化。", "changes", 422, "changes")
    if not check.note.strip():
        raise Refused("请写明变化的情况。", "note", 422, "note")
    if change.since and change.since > on:
        raise Refused("变化发生的日期不能晚于今天。", "since", 422, "since")


def _reviews(
    walk: Walk, refs: Sequence[str], state: RecertifyState, version: int | None = None
) -> list[Recertification]:
    """The reviews of these references, locked, all in the state that the act goes from."""
    wanted = _some(refs)
    rows = gate.within(walk.officer, Recertification.objects.select_for_update(of=("self",)))
    found = list(rows.select_related(*_AWARD).filter(ref__in=wanted).order_by("id"))
    if len(found) != len(wanted):
        raise Unknown(wanted[0])
    _check_place(walk, [review.award for review in found])
    for review in found:
        if review.award.end_month:
            raise Refused(
                f"{review.award.household.head.name}家庭的保障已于 {review.award.end_month} 停止，不再复核。", "ended"
            )
        if review.state != state or (version is not None and version != review.version):
            raise Refused(
                f"{review.award.household.head.name}家庭的复核现为“{RecertifyState(review.state).label}”，"
                f"这次的“{walk.row.label}”没有生效。请刷新页面后再办理。",
                "overtaken",
                409,
            )
    looking.check_unrelated([review.award for review in found], walk.officer.staff)
    return found


def _record(
    walk: Walk, reviews: list[Recertification], check: CheckEntry, outcome: Outcome, change: ChangeEntry | None
) -> list[Recertification]:
    _check_day(reviews, check.checked_on, walk.on)
    people = looking.check_team([review.award for review in reviews], check.investigators, walk.on)
    team = [[person.pk, person.name] for person in people]
    findings = RecertifyFinding.objects.bulk_create(
        [
            RecertifyFinding(
                recertification=review,
                outcome=outcome,
                checked_on=check.checked_on,
                data_check=DataCheck(check.data_check),
                note=check.note.strip()[:400],
                changes=list(change.changes) if change else [],
                since=change.since if change else None,
                investigators=team,
                reckoned=reckon_again(review.award, walk.on, change.incomes).plain(change.incomes) if change else None,
                recorded_by=walk.officer.staff,
                recorded_at=now(),
            )
            for review in reviews
        ],
        batch_size=_PORTION,
    )
    _move(
        reviews,
        RecertifyState.RECORDED,
        outcome=outcome,
        checked_on=check.checked_on,
        recorded_by=walk.officer.staff,
        returned_reason="",
    )
    issued = papers.issue(walk, list(zip(reviews, findings, strict=True)))
    _note(walk, reviews, outcome=str(outcome), sheets=len(issued), investigators=[name for _, name in team])
    return reviews


def _check_day(reviews: Sequence[Recertification], day: dt.date, on: dt.date) -> None:
    """Not ahead, and after the last time that the household was looked at: the same look never counts twice."""
    if day > on:
        raise Refused("核查日期不能晚于今天。", "checked_on", 422, "checked_on")
    done = Recertification.objects.filter(
        award__in=[review.award_id for review in reviews], state=str(RecertifyState.DONE)
    ).order_by("checked_on")
    last = dict(done.values_list("award_id", "checked_on"))
    for review in reviews:
        name, before = review.award.household.head.name, last.get(review.award_id)
        if before and day <= before:
            raise Refused(
                f"{name}家庭上次已于 {before:%Y-%m-%d} 核查，这次的核查日期应在它之后。",
                "checked_on",
                422,
                "checked_on",
            )
        if day < first_day(review.award.start_month):
            raise Refused(
                f"核查日期早于{name}家庭的起始月份 {review.award.start_month}，请核对。",
                "checked_on",
                422,
                "checked_on",
            )


# -- confirm and return ------------------------------------------------------------------


@office_act("confirm_recertification")
def confirm_recertification(walk: Walk, *, refs: Sequence[str], version: int | None = None) -> list[Recertification]:
    """A leader who did not look confirms: unchanged ones get their next day, changed ones wait for the change itself."""
    reviews = _reviews(walk, refs, RecertifyState.RECORDED, version)
    _check_separate(walk, reviews)
    same = [review for review in reviews if review.outcome == Outcome.UNCHANGED]
    other = [review for review in reviews if review.outcome == Outcome.CHANGED]
    signed = {"confirmed_by": walk.officer.staff, "confirmed_on": walk.on}
    for (found, day), rows in _by_next(same, walk.on).items():
        due = next_due(day, found)
        _move(rows, RecertifyState.DONE, months=found.months, document=found.document[:200], next_due_on=due, **signed)
        Award.objects.filter(pk__in=[row.award_id for row in rows]).update(recertify_on=due)
    _move(other, RecertifyState.CHANGING, **signed)
    clocks.stop(Recertification.KIND, [review.pk for review in reviews], [CLOCK], walk.on)
    _note(walk, reviews, unchanged=len(same), changed=len(other))
    return reviews


def _check_separate(walk: Walk, reviews: Sequence[Recertification]) -> None:
    me = walk.officer.staff.pk
    for review, finding in latest(reviews):
        if me == review.recorded_by_id or me in {who for who, _ in finding.investigators}:
            raise Refused(
                f"{review.award.household.head.name}家庭由您核查或登记，不能再由您确认（核查与确认须由不同的人办理）。请由另一位负责人确认。",
                "separation",
                403,
            )


def latest(reviews: Sequence[Recertification]) -> list[tuple[Recertification, RecertifyFinding]]:
    """Each recorded review with its finding in force."""
    rows = RecertifyFinding.objects.filter(recertification__in=[review.pk for review in reviews]).order_by("id")
    found = {row.recertification_id: row for row in rows}
    return [(review, found[review.pk]) for review in reviews if review.pk in found]


def _by_next(
    reviews: Sequence[Recertification], on: dt.date
) -> Mapping[tuple[Interval, dt.date], list[Recertification]]:
    """Reviews that get the same next day, so that each day takes one statement. Raises Unset and Refused."""
    known: dict[tuple[str, str, str], Interval] = {}
    groups: dict[tuple[Interval, dt.date], list[Recertification]] = {}
    for review in reviews:
        award = review.award
        kind = (award.programme, award.category, award.village_id)
        if kind not in known:
            known[kind] = interval_of(award, on)
        if review.checked_on is None:
            raise ValueError("a recorded review says when the household was checked")
        groups.setdefault((known[kind], review.checked_on), []).append(review)
    return groups


def interval_of(award: Award, on: dt.date) -> Interval:
    try:
        return interval(
            Programme(award.programme), award.category, lambda key: figures.figure(key, award.village_id, on)
        )
    except BadFigure as bad:
        raise Refused(str(bad), "interval") from bad


@office_act("return_recertification")
def return_recertification(walk: Walk, *, ref: str, reason: str, version: int | None = None) -> Recertification:
    """Back to who recorded it, with a reason; what was recorded stays and is recorded anew."""
    reviews = _reviews(walk, [ref], RecertifyState.RECORDED, version)
    if not reason.strip():
        raise Refused("请写明为什么退回。", "reason", 422, "reason")
    _move(reviews, RecertifyState.STARTED, returned_reason=reason.strip()[:200], outcome="", checked_on=None)
    _note(walk, reviews, reason=reason.strip()[:200])
    return reviews[0]


# -- shared ------------------------------------------------------------------------------


def _move(reviews: Sequence[Recertification], state: RecertifyState, **columns: Any) -> None:
    """Write the same columns of all of them in one statement, and into the instances at hand."""
    if not reviews:
        return
    rows = Recertification.objects.filter(pk__in=[review.pk for review in reviews])
    rows.update(state=state, version=F("version") + 1, **columns)
    for review in reviews:
        review.state, review.version = state, review.version + 1
        for name, value in columns.items():
            setattr(review, name, value)


def _note(walk: Walk, reviews: Sequence[Recertification], **facts: Any) -> None:
    """One review is its own subject; a set belongs to the office and names every review."""
    if len(reviews) == 1:
        walk.note(subject=(Recertification.KIND, reviews[0].ref), **facts)
    else:
        walk.note(reviews=[review.ref for review in reviews], **facts)
