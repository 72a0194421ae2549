"""Section 四 as tables: who may do what next, from which stage to which, and what it rests on.

One :class:`Step` per act. The order of steps differs by district and date, so each
:class:`~yimen.law.terms.Order` is its own table; the acts, guards, papers and clocks they
name are supplied by the rooms. Nothing here knows a database.
"""

from __future__ import annotations

from yimen.law.procedure.clocks import CLOCKS, PAUSABLE, PAUSED_IN, ClockRule
from yimen.law.procedure.office import OFFICE_STEPS
from yimen.law.procedure.orders import TABLES, TIMELINES, Milestone, next_steps, step, steps
from yimen.law.procedure.programme_clocks import PROGRAMME_CLOCKS, clock_of
from yimen.law.procedure.step import Body, Step

__all__ = [
    "CLOCKS",
    "OFFICE_STEPS",
    "PAUSABLE",
    "PAUSED_IN",
    "PROGRAMME_CLOCKS",
    "TABLES",
    "TIMELINES",
    "Body",
    "ClockRule",
    "Milestone",
    "Step",
    "clock_of",
    "next_steps",
    "step",
    "steps",
]
