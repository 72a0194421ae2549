"""The stage of the demo: who acts where, which day it is, and what the families' cases need from one scene to the next."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from yimen.base.access.officer import Officer, officer_of
from yimen.demo import places
from yimen.demo.people import Crowd
from yimen.law import calendar
from yimen.law.calendar import Calendar
from yimen.law.terms import Role

# A scene that waits for the province's answer is not looked at again until that has come.
WAITS = -1


@dataclass
class Theatre:
    """Everything the scenes need to find their people and their day."""

    district: places.District
    crowd: Crowd
    draw: random.Random
    days: Calendar
    today: date
    _officers: dict[int, Officer] = field(default_factory=dict)

    def officer(self, code: str, role: Role, number: int = 0) -> Officer:
        """Who holds a role somewhere. Nobody's posts change while the demo is made, so they are read once."""
        staff = self.district.who(code, role, number)
        if staff.pk not in self._officers:
            self._officers[staff.pk] = officer_of(self.district.accounts[staff.pk])
        return self._officers[staff.pk]

    def working_day(self, day: date, after: int = 0) -> date:
        """The first working day on or after a day, some working days later."""
        while not self.days.is_working_day(day):
            day += timedelta(days=1)
        return self.days.add_working_days(day, after).date if after else day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(hour, minute), calendar.ZONE)
