"""The limits of a case by the programmes that it is about: the strictest runs, and nothing is ever loosened by it.

Dibao's total limit begins with acceptance, for every case is weighed for dibao. An opinion that proposes another programme
may tighten it. 特困 has a limit of its own for the opinion (T13), which runs as soon as anything was recorded for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import inf

from yimen.base.access.guards import consequence
from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.base.offices.queries import working_calendar
from yimen.casework.applications.models import Application
from yimen.casework.decisions.entries import figure
from yimen.casework.investigation.programme_queries import spending, tekun_records
from yimen.law.calendar import due
from yimen.law.procedure import CLOCKS, PROGRAMME_CLOCKS, clock_of
from yimen.law.standards import Figure, Unset
from yimen.law.terms import Programme

OPINION, NEW_OPINION = "tekun_opinion", "tekun_new_opinion"


def period(application: Application, programmes: Iterable[str], on: date) -> Figure:
    """How long these programmes hang in public: the longest, for it is a time to object in. Raises Unset."""
    found = [
        figure(key, application, on)
        for key in dict.fromkeys(clock_of(each, "public_notice").key for each in programmes)
    ]
    return max(found, key=lambda each: each.as_int())


def district_key(application: Application, on: date) -> str:
    """The figure that limits the district's decision: the shortest of the programmes proposed. Raises Unset."""
    keys = dict.fromkeys(clock_of(each, "district_decision").key for each in application.programmes)
    return min(keys, key=lambda key: figure(key, application, on).as_int())


def refusal_key(application: Application, on: date) -> str:
    """The figure that limits telling a refusal: the shortest of the programmes refused, 特困's own where it was asked for (T18)."""
    rules = [clock_of(each, "refusal_notice") for each in (*asked(application), *Programme)]
    return min((rule.key for rule in rules), key=lambda key: _set(key, application, on))


def _set(key: str, application: Application, on: date) -> float:
    """The length that a place has set; where no text settles one and nobody has, no end."""
    try:
        return figure(key, application, on).as_int()
    except Unset:
        return inf


def asked(application: Application) -> tuple[Programme, ...]:
    """The programmes for which something of their own was recorded."""
    found = {Programme.TEKUN: tekun_records(application), Programme.RIGID_EXPENDITURE: spending(application)}
    return tuple(programme for programme, record in found.items() if record)


def to_decision(walk: Walk, application: Application) -> None:
    """The case reaches the deciding body: where that is the district, its own ten working days begin (D20; T16: fifteen)."""
    if not application.delegated(walk.on):
        key = district_key(application, walk.on)
        clocks.start(application.KIND, application.pk, "district_decision", walk.on, application.village_id, key=key)


def tighten(application: Application, programmes: Iterable[str], on: date) -> None:
    """Shorten the total limit where a programme proposed has a shorter one. Raises Unset where its own is not set."""
    running = clocks.running(application.KIND, application.pk, "total")
    if running is None or running.due_on is None:
        return
    for programme in programmes:
        rule = PROGRAMME_CLOCKS.get(Programme(programme), {}).get("total")
        if rule is None:
            continue
        length = _length(application, rule.delegated_key if application.delegated(on) else "", rule.key, on)
        if due(running.started_on, length.as_int(), rule.unit, working_calendar()).date < running.due_on:
            clocks.extend(running, length.as_int(), length.document)


def _length(application: Application, first: str, otherwise: str, on: date) -> Figure:
    """The limit of a delegated decision where the place has set one, else the general one."""
    if first:
        try:
            return figure(first, application, on)
        except Unset:
            pass
    return figure(otherwise, application, on)


def extended_key(application: Application) -> str:
    """The figure of the lengthened total: R8 for a case that is about 刚性支出 alone, else D22."""
    about = {clock_of(each, "total").extended_key for each in application.programmes}
    return about.pop() if len(about) == 1 else CLOCKS["total"].extended_key


@consequence("tekun_clock")
def run_tekun_clock(walk: Walk, application: Application) -> None:
    """The limit of T13 runs from acceptance once a member is asked about 特困."""
    if application.accepted_on is None or not tekun_records(application):
        return
    if clocks.running(application.KIND, application.pk, OPINION) is None:
        clocks.start(application.KIND, application.pk, OPINION, application.accepted_on, application.village_id)


def run_new_opinion(application: Application, on: date) -> None:
    """After an objection to a notice about 特困 the new opinion has a limit of its own (T15)."""
    if Programme.TEKUN.value in application.programmes:
        clocks.start(application.KIND, application.pk, NEW_OPINION, on, application.village_id)
