"""A line of the roll adds up, whatever comes into it; nothing is taken back beyond what it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from yimen.law.payments.line import Part, amounts, difference
from yimen.law.payments.terms import Difference, PartKind

FEN = st.integers(0, 500_000)
PARTS = st.lists(st.builds(Part, st.sampled_from(list(PartKind)), st.just("2026-11"), FEN), max_size=8)


@pytest.mark.parametrize(
    ("monthly", "supplement", "parts", "expected"),
    [
        (35_000, 0, [], (35_000, 0, 0, 0, 0, 35_000)),
        (35_000, 6_000, [], (29_000, 6_000, 0, 0, 0, 35_000)),
        (35_000, 0, [(PartKind.ADDITION, 4_500)], (35_000, 0, 4_500, 0, 0, 39_500)),
        (35_000, 0, [(PartKind.MISSED, 35_000), (PartKind.ARREARS, 100)], (35_000, 0, 0, 35_100, 0, 70_100)),
        (35_000, 0, [(PartKind.RECOVERY, 10_000)], (35_000, 0, 0, 0, 10_000, 25_000)),
        (35_000, 0, [(PartKind.RECOVERY, 35_001)], (35_000, 0, 0, 0, 35_000, 0)),
        (0, 0, [(PartKind.ARREARS, 700)], (0, 0, 0, 700, 0, 700)),
        (35_000, 0, [(PartKind.ABSORBED, 0)], (35_000, 0, 0, 0, 0, 35_000)),
    ],
)
def test_the_sums_of_a_line(monthly: int, supplement: int, parts: list, expected: tuple) -> None:
    said = amounts(monthly, supplement, [Part(kind, "2026-11", fen) for kind, fen in parts])
    assert expected == (
        said.base_fen, said.supplement_fen, said.addition_fen, said.arrears_fen, said.recovery_fen, said.total_fen
    )  # fmt: skip


@given(monthly=FEN, parts=PARTS)
def test_a_line_is_never_below_zero_and_forgets_nothing(monthly: int, parts: list[Part]) -> None:
    said = amounts(monthly, 0, parts)
    ordered = sum(part.fen for part in parts if part.kind is PartKind.RECOVERY)
    given_ = sum(part.fen for part in parts if part.kind in (PartKind.ADDITION, PartKind.MISSED, PartKind.ARREARS))
    assert said.total_fen == max(monthly + given_ - ordered, 0)
    assert said.total_fen + said.recovery_fen == said.due_fen


@given(parts=PARTS)
def test_the_order_of_the_parts_does_not_matter(parts: list[Part]) -> None:
    assert amounts(35_000, 0, parts) == amounts(35_000, 0, reversed(parts))


@pytest.mark.parametrize(("monthly", "supplement", "fen"), [(100, 101, 0), (100, -1, 0), (100, 0, -1)])
def test_impossible_sums_are_refused(monthly: int, supplement: int, fen: int) -> None:
    with pytest.raises(ValueError, match="fen|zero"):
        amounts(monthly, supplement, [Part(PartKind.ARREARS, "2026-11", fen)])


def test_what_became_of_a_payment() -> None:
    assert difference(None, 1) is Difference.NEW
    assert difference(1, None) is Difference.ENDED
    assert (difference(1, 1), difference(1, 2)) == (Difference.SAME, Difference.CHANGED)
    with pytest.raises(ValueError, match="no line"):
        difference(None, None)
