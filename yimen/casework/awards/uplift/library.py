"""The books of figures as they were known on days gone by, numbered, and how many processes may reckon."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable

from yimen.base.figures import queries as figures
from yimen.law.standards import Book

SMALL = 4_000
"""Below so many awards, starting further processes takes longer than it saves."""


class Library:
    """Books by the day until which they know; equal ones are kept once."""

    def __init__(self, days: Iterable[dt.date]) -> None:
        self.books: dict[int, Book] = {}
        self._of_day: dict[dt.date, int] = {}
        self._numbers: dict[int, int] = {}
        for day in sorted(set(days)):
            self.number(day)

    def number(self, day: dt.date) -> int:
        """The number of the book of a day. One not named at the beginning is not known to other processes."""
        if day not in self._of_day:
            book = figures.book_known_on(day)
            number = self._numbers.setdefault(id(book), len(self._numbers))
            self.books[number], self._of_day[day] = book, number
        return self._of_day[day]


def processes(awards: int) -> int:
    """How many processes reckon so many awards: all cores for a district, this one alone for a few."""
    return (os.cpu_count() or 1) if awards > SMALL else 1
