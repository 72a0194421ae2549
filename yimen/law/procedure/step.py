"""One row of the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from yimen.law.terms import Role, Stage


class Body(Enum):
    """Which body's officer may act: resolved against the case's place and the delegation of its day."""

    VILLAGE_OR_TOWNSHIP = "village_or_township"
    TOWNSHIP = "township"
    DISTRICT = "district"
    DECIDING = "deciding"
    """The body that holds the power: the township where delegated, else the district (五(二))."""


@dataclass(frozen=True)
class Step:
    """One act: who may do it, from where to where, what it needs, issues, starts and stops.

    ``stages`` empty means the act opens a case or belongs to none; ``to`` empty means the stage
    stays; several entries in ``to`` mean that the act itself chooses among them. A paper code
    ending in ``?`` is issued only in some cases. ``apart_from`` names duties whose holders may
    not do this act (K17). ``then`` names consequences that a later room supplies.
    """

    act: str
    label: str
    body: Body
    roles: tuple[Role, ...]
    paragraph: str
    articles: tuple[str, ...]
    stages: tuple[Stage, ...] = ()
    to: tuple[Stage, ...] = ()
    needs: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    second_factor: bool = False
    room: str = ""
    primary: bool = False
    """Shown as the next step of its stage."""
