"""Reviews as several desks show them: the day, the state, the history of a household."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from yimen.casework.awards import recertify_queries as queries
from yimen.desks.shared.listing import listing
from yimen.desks.shared.shapes import Block, Cell, Tag
from yimen.law.recertify import Due, RecertifyState, due_of

NOT_BEGUN = "未开始"
TONES = {RecertifyState.STARTED: "blue", RecertifyState.RECORDED: "amber", RecertifyState.CHANGING: "red"}


def due_tag(day: date, on: date) -> Tag | None:
    """The mark of a day of review that is over or near."""
    near = due_of(day, on)
    return Tag("red", "已过") if near is Due.LATE else Tag("amber", "本月") if near is Due.THIS_MONTH else None


NOT_TOLD = "期满未告知"


def told_cell(letter: Any) -> Cell:
    """Of a recognition that expires: whether the household has its letter."""
    if letter is None:
        return Cell(NOT_TOLD)
    return Cell(letter.number, reverse("paper", args=[letter.ref]), note=f"{letter.issued_on:%Y-%m-%d} 告知")


def due_cell(day: date | None, on: date, review: Any = None, until: date | None = None) -> Cell:
    """The day of a review with its mark: where the review under way stands, else how near the day is.

    What is not reviewed but expires (R10) shows the last day of its validity.
    """
    if day is None:
        return expiry_cell(until, on)
    return Cell(f"{day:%Y-%m-%d}", tag=state_tag(review) if review else due_tag(day, on))


def expiry_cell(until: date | None, on: date) -> Cell:
    """The last day of a recognition; over or near, that one applies anew."""
    if until is None:
        return Cell("—")
    near = due_of(until, on)
    tag = (
        Tag("red", "期满，重新申请")
        if near is Due.LATE
        else Tag("amber", "本月期满")
        if near is Due.THIS_MONTH
        else None
    )
    return Cell(f"{until:%Y-%m-%d}", tag=tag, note="" if tag else "期满")


def state_tag(review: Any) -> Tag:
    """Where a review stands."""
    state = RecertifyState(review.state)
    return Tag(TONES.get(state, "green"), state.label)


def review_state(review: Any) -> Cell:
    """Where a review stands; one that was returned says so."""
    if review is None:
        return Cell(NOT_BEGUN)
    note = f"退回：{review.returned_reason}" if review.returned_reason else ""
    return Cell(tag=state_tag(review), note=note)


def history(household: Any, *, sheets: bool = True) -> Block:
    """Every review of a household, the newest first, with its sheet where the reader may open it."""
    found = queries.of_household(household)
    printed = queries.sheets(found) if sheets else {}
    rows = []
    for review in found:
        sheet = printed.get(review.pk)
        rows.append(
            (
                f"{review.due_on:%Y-%m-%d}",
                f"{review.checked_on:%Y-%m-%d}" if review.checked_on else "—",
                queries.outcome_words(review.award, review.outcome) if review.outcome else "—",
                RecertifyState(review.state).label,
                f"{review.next_due_on:%Y-%m-%d}" if review.next_due_on else "—",
                Cell(sheet.number, reverse("paper", args=[sheet.ref])) if sheet else "—",
            )
        )
    return listing("历次复核", "应复核 核查 结果 状态 下次 复核表", rows, empty="在本系统里还没有复核过。")
