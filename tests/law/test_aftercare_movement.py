"""From one month to the next: every pair of standings comes to one movement, and money moves with it."""

from __future__ import annotations

from datetime import date

import pytest

from yimen.law.aftercare.movement import Movement, Standing, compared, movement, standing
from yimen.law.aftercare.terms import AwardPhase

NOT_YET, DUE, HELD, OVER, EXPIRED, ELSEWHERE = Standing


@pytest.mark.parametrize(
    ("phase", "valid_to", "told"),
    [
        (None, None, NOT_YET),
        ("running", None, DUE),
        ("grace", None, DUE),
        ("held", None, HELD),
        ("ended", None, OVER),
        ("voided", date(2026, 11, 30), OVER),
        ("running", date(2026, 12, 1), DUE),  # its last day lies in the month
        ("running", date(2026, 11, 30), EXPIRED),
        ("held", date(2026, 11, 30), EXPIRED),
        ("running", date(2027, 1, 31), DUE),
    ],
)
def test_how_an_award_stands_in_december(phase: str | None, valid_to: date | None, told: Standing) -> None:
    assert standing(AwardPhase(phase) if phase else None, valid_to, "2026-12") is told


@pytest.mark.parametrize(
    ("before", "now", "fen", "restated", "told"),
    [
        (NOT_YET, DUE, 35_000, True, Movement.NEW),
        (NOT_YET, DUE, 0, True, Movement.NEW),  # a recognition
        (HELD, DUE, 35_000, True, Movement.RESUMED),
        (OVER, DUE, 35_000, True, Movement.RESUMED),
        (DUE, DUE, 1, True, Movement.INCREASED),
        (DUE, DUE, -1, True, Movement.DECREASED),
        (DUE, DUE, 0, True, Movement.RESTATED),
        (DUE, DUE, 0, False, Movement.UNCHANGED),
        (DUE, HELD, -35_000, True, Movement.SUSPENDED),
        (HELD, HELD, 0, True, Movement.HELD),
        (DUE, OVER, -35_000, True, Movement.ENDED),
        (HELD, OVER, 0, True, Movement.ENDED),  # held after a death, then ended
        (DUE, EXPIRED, 0, False, Movement.EXPIRED),
        (OVER, OVER, 0, False, None),
        (EXPIRED, EXPIRED, 0, False, None),
        (NOT_YET, NOT_YET, 0, False, None),
        (NOT_YET, OVER, 0, True, None),  # voided: it never counted
        (ELSEWHERE, DUE, 35_000, True, Movement.MOVED_IN),
        (ELSEWHERE, HELD, 0, True, Movement.MOVED_IN),
        (ELSEWHERE, OVER, 0, True, None),  # ended in the month in which it came
        (DUE, ELSEWHERE, -35_000, True, Movement.MOVED_OUT),
        (HELD, ELSEWHERE, 0, True, Movement.MOVED_OUT),
        (OVER, ELSEWHERE, 0, True, None),
        (ELSEWHERE, ELSEWHERE, 0, True, None),
    ],
)
def test_what_became_of_it(before: Standing, now: Standing, fen: int, restated: bool, told: Movement | None) -> None:
    assert movement(before, now, fen, restated=restated) is told


def test_every_comparison_has_one_movement_at_the_most() -> None:
    every = [each for wanted in Movement for each in compared(wanted)]
    assert len(every) == len(set(every)) and all(compared(wanted) for wanted in Movement)
