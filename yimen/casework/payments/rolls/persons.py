"""Who took part in the cases of a roll: its releaser is none of them (I4, K17). Asked by person, whatever his posts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from yimen.base.setwise import PairsText
from yimen.casework.awards.models import (
    ChangeCase,
    ChangeFinding,
    Recertification,
    RecertifyFinding,
    ViewsRecord,
)
from yimen.casework.decisions.models import Decision, Opinion
from yimen.casework.investigation.models import HomeVisit, NeighbourInterview
from yimen.casework.investigation.programme_models import SelfCareAssessment
from yimen.casework.payments.models import DraftLine, PayLine, Roll
from yimen.law.calendar import as_moment


def took_part(roll: Roll, staff: int) -> int:
    """How many households of the roll the person has looked into, taken over from a ledger, or decided."""
    return DraftLine.objects.filter(_Part(staff).asked(), roll=roll, left_out="").count()


def released_by_one_who_took_part(roll: Roll) -> QuerySet[PayLine]:
    """Frozen lines of a released roll in whose cases its releaser had taken part before he released it."""
    rows = PayLine.objects.filter(roll=roll)
    if roll.released_by_id is None or roll.released_at is None:
        return rows.none()
    return rows.filter(_Part(roll.released_by_id, roll.released_at).asked())


@dataclass(frozen=True)
class _Part:
    """Somebody's part in the case of a line; with ``before`` only what he did earlier: a day that is over, or a moment."""

    staff: int
    before: dt.datetime | None = None

    def asked(self) -> Q:
        run = "award__run__"
        took = self._did(f"{run}proposed_by", f"{run}released_at") | self._did(f"{run}released_by", f"{run}released_at")
        # Asked for all lines together: what one person took part in is little, the lines are many.
        for cases in self._in_cases():
            took |= Q(award__application__in=cases.values("application"))
        for awards in (*self._in_changes(), *self._in_reviews()):
            took |= Q(award__in=awards)
        return took

    def _did(self, role: str, when: str, who: Any = None) -> Q:
        did = Q(**{role: self.staff if who is None else who})
        if self.before is None:
            return did
        moment = self.before if when.endswith("at") else as_moment(self.before).date()
        return did & Q(**{f"{when}__lt": moment})

    def _in_cases(self) -> list[QuerySet]:
        assessed = self._did("assessors", "assessed_on") | self._did("recorded_by", "recorded_on")
        return [
            HomeVisit.objects.order_by().filter(self._did("investigators", "visited_on")),
            NeighbourInterview.objects.order_by().filter(self._did("investigators", "held_on")),
            SelfCareAssessment.objects.order_by().filter(assessed),
            Opinion.objects.order_by().filter(self._did("by", "on")),
            Decision.objects.order_by().filter(self._did("by", "at")),
        ]

    def _in_changes(self) -> list[QuerySet]:
        # A change does not say when it got its handler; it had him when it was decided.
        handled = self._did("handler", "decided_on") | self._did("decided_by", "decided_on")
        heard = ViewsRecord.objects.annotate(there=_people("officers"))
        there = self._did("by", "at") | self._did("there__contains", "at", self._named())
        return [
            ChangeCase.objects.order_by().filter(handled | self._did("registered_by", "reported_on")).values("award"),
            ChangeFinding.objects.order_by().filter(self._did("by", "at")).values("change__award"),
            heard.order_by().filter(there).values("change__award"),
        ]

    def _in_reviews(self) -> list[QuerySet]:
        looked = RecertifyFinding.objects.annotate(there=_people("investigators"))
        reviewed = self._did("recorded_by", "checked_on") | self._did("confirmed_by", "confirmed_on")
        found = self._did("recorded_by", "recorded_at") | self._did("there__contains", "recorded_at", self._named())
        return [
            Recertification.objects.order_by().filter(reviewed).values("award"),
            looked.order_by().filter(found).values("recertification__award"),
        ]

    def _named(self) -> str:
        return f",{self.staff}:"


def decided_by_who_looked() -> QuerySet[Decision]:
    """Decisions in favour by somebody who visited, interviewed, assessed or proposed in the same case."""
    case, by = OuterRef("application"), OuterRef("by")
    looked = Q(Exists(Opinion.objects.filter(application=case, by=by)))
    for rows, role in (
        (HomeVisit, "investigators"), (HomeVisit, "leader"), (NeighbourInterview, "investigators"),
        (SelfCareAssessment, "assessors"), (SelfCareAssessment, "recorded_by"),
    ):  # fmt: skip
        looked |= Q(Exists(rows.objects.filter(application=case, **{role: by})))
    return Decision.objects.filter(looked, approve=True).order_by("id")


def changed_by_who_looked() -> QuerySet[ChangeCase]:
    """Changes decided by somebody who registered, established or heard the household in the same change."""
    own, by = OuterRef("pk"), OuterRef("decided_by")
    looked = Q(decided_by=F("registered_by")) | Q(decided_by=F("handler"))
    for rows in (ChangeFinding, ViewsRecord):
        looked |= Q(Exists(rows.objects.filter(change=own, by=by)))
    heard = ViewsRecord.objects.filter(change=own).annotate(there=_people("officers"))
    named = Concat(Value(","), by, Value(":"), output_field=TextField())
    looked |= Q(Exists(heard.filter(there__contains=named)))
    return ChangeCase.objects.filter(looked, decided_by__isnull=False).order_by("id")


def _people(column: str) -> Concat:
    """Stored pairs of number and name as a text in which every number stands between a comma and a colon."""
    return Concat(Value(","), PairsText(F(column)), output_field=TextField())
