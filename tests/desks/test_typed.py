"""What stands in an address is a number only where it is one; nothing of it is ever an error of the program."""

from __future__ import annotations

import pytest

from yimen.desks.shared.typed import whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("12", 12), ("9" * 15, 10**15 - 1)])
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", "²", "１２", "-1", "1.0", " 1", "x", "9" * 16, "9" * 5000])
def test_everything_else_is_none(text: str) -> None:
    assert whole(text) is None


def test_beyond_the_most_is_none() -> None:
    assert whole("2028", 2027) is None and whole("2027", 2027) == 2027
