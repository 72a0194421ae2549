"""The books of figures as they were known on days gone by, numbered, and how many processes may reckon."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable

from yimen.base.figures import queries as figures
from yimen.law.standards import Book

SMALL = 2_000
"""Below so many awards, starting further processes takes longer than it saves."""


class Library:
    """Books by the day until which they know; equal ones are kept once."""

    def __init__(self, days: Iterable[dt.date]) -> None:
        self.books: dict[int, Book] = {}
        self._of_day: dict[dt.date, int] = {}
        numbers: dict[int, int] = {}
        for day in sorted(set(days)):
            book = figures.book_known_on(day)
            number = numbers.setdefault(id(book), len(numbers))
            self.books[number] = book
            self._of_day[day] = number

    def number(self, day: dt.date) -> int:
        """The number of the book of a day. Raises KeyError for a day that was not named."""
        return self._of_day[day]


def processes(awards: int) -> int:
    """How many processes reckon so many awards: all cores for a district, this one alone for a few."""
    return (os.cpu_count() or 1) if awards > SMALL else 1
