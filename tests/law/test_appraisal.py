"""Democratic appraisal: quorum and majority."""

from __future__ import annotations

from fractions import Fraction

import pytest

from yimen.law.appraisal import AttendeeRole, Quorum, shortfalls, supports

QUORUM = Quorum(7, Fraction(2, 3))
R, C = AttendeeRole.REPRESENTATIVE, AttendeeRole.COMMITTEE


def test_enough_people_of_the_right_kind_count() -> None:
    assert shortfalls([R] * 6 + [C] * 3, QUORUM) == []


def test_it_says_by_how_many_the_quorum_was_missed() -> None:
    found = shortfalls([R] * 2 + [C] * 3, QUORUM)
    assert "还差 2 人" in found[0]
    assert "居民代表 2 人，占 2/5，低于规定的 2/3，至少还要 4 名居民代表" in found[1]


def test_nobody_is_seven_too_few() -> None:
    assert shortfalls([], QUORUM) == ["有表决权的参加人员 0 人，不足规定的 7 人，还差 7 人"]


@pytest.mark.parametrize(("agree", "voters", "expected"), [(4, 8, False), (5, 8, True), (0, 8, False), (8, 8, True)])
def test_a_majority_is_more_than_the_share(agree: int, voters: int, expected: bool) -> None:
    assert supports(agree, voters, Fraction(1, 2)) is expected
