"""A generated district in full: its six townships with households on assistance, persons with numbers, accounts, consents.

Laid down as rows, not decided one by one; whatever is measured afterwards goes through the real acts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache

from django.db import connection, transaction

from yimen.base.access import second
from yimen.base.access.officer import Officer, officer_of
from yimen.base.offices import queries as offices
from yimen.casework.awards.uplift.laying import BANK, Home, lay_down, open_books
from yimen.casework.monthclose.comparison import laying
from yimen.casework.payments import acts
from yimen.demo import places
from yimen.demo.banks import fixed_width
from yimen.demo.theatre import at
from yimen.law import calendar
from yimen.law.calendar import add_months, today
from yimen.law.identity import check_character
from yimen.law.terms import Role

TOWNSHIPS = tuple(code for code, *_ in places.TOWNSHIPS)
_SEED, _PORTION = 9, 5_000
_FIRST_BIRTH, _DAYS, _STRIDE = date(1940, 1, 1), 29_000, 7_919
_CONSENTED = timedelta(days=300)


class Ground:
    """The district and its officers. ``later`` is the clock: a code of the second factor works once."""

    def __init__(self, size: int, townships: Sequence[str] = TOWNSHIPS) -> None:
        self.size, self.townships = size, tuple(townships[: max(1, min(len(townships), size))])
        self._minutes = 0
        self._district = places.build(_SEED, today(), lambda: "bench-password-1")
        self.officer = cache(self._officer)

    def _officer(self, code: str, role: Role) -> Officer:
        return officer_of(self._district.accounts[self._district.who(code, role).pk])

    @contextmanager
    def later(self) -> Iterator[datetime]:
        """The next minute of this day."""
        self._minutes += 1
        with calendar.travel(at(today(), 9) + timedelta(minutes=self._minutes)) as moment:
            yield moment

    def settle(self, *, consents: bool = False) -> None:
        """Households of one to four, as many in every township; the planner of the database is told of them afterwards."""
        first = 0
        for number, code in enumerate(self.townships):
            count = self.size // len(self.townships) + (number < self.size % len(self.townships))
            self._settle(code, first, count)
            first += count
        if consents:
            laying.consent_all(today(), today() + _CONSENTED)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _settle(self, code: str, first: int, count: int) -> None:
        draw = random.Random(f"{_SEED} {code}")
        villages = [area.code for area in offices.villages(code)]
        run_ = open_books(code, self.officer(code, Role.HANDLER).staff)
        for start in range(0, count, _PORTION):
            with transaction.atomic():
                lay_down(code, run_, list(_homes(draw, villages, first + start, min(_PORTION, count - start))))

    def agree_with_bank(self) -> None:
        """The district's released template of the bank where the households have their accounts."""
        writer, other = (self.officer(places.DISTRICT, role) for role in (Role.SUPERVISOR, Role.DISTRICT_DECIDER))
        given = {"name": BANK, "banks": [BANK], "valid_from": today(), "layouts": fixed_width()}
        row = acts.propose_bank_template(writer, **given)
        acts.release_bank_template(other, ref=row.ref, code=second.code_now(other.account))


def month_before() -> date:
    """The same day a month ago: a month has one before it that it is compared with."""
    return add_months(today(), -1)


def _homes(draw: random.Random, villages: list[str], first: int, count: int) -> Iterator[Home]:
    for number in range(first, first + count):
        people = {f"{number:07d}{place}": _born(number * 4 + place) for place in range(draw.randint(1, 4))}
        facts = {"people": [{"ref": ref, "birth_date": born.isoformat()} for ref, (born, _) in people.items()]}
        cover = tuple((ref, draw.choice((0, 0, 0, 6_000))) for ref in people)
        fen = sum(fen for _, fen in cover) + draw.randint(10_000, 80_000)
        numbers = {ref: identity for ref, (_, identity) in people.items()}
        village = villages[number % len(villages)]
        yield Home(number, village, facts, fen, draw.choice("ABC"), cover, numbers)


def _born(number: int) -> tuple[date, str]:
    """A birthday and an identity number of a place that does not exist, for every number another one."""
    born = _FIRST_BIRTH + timedelta(days=number * _STRIDE % _DAYS)
    digits = f"{places.DISTRICT}{born:%Y%m%d}{number // _DAYS + 1:03d}"
    return born, digits + check_character(digits)
