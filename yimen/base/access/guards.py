"""Named conditions, duties, consequences and recusals that rooms supply to the procedure table.

Base knows the names through the table alone; the room that owns the fact registers the function. A name in the
table without its function blocks the act (fail closed, K10).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yimen.base.access.models import Subject
    from yimen.base.access.walk import Walk

Guard = Callable[[Any, "Walk"], str | None]
DutyHolders = Callable[[Any], set[int]]
Consequence = Callable[["Walk", Any], None]
Recusal = Callable[[Any, int], str | None]

GUARDS: dict[str, Guard] = {}
DUTIES: dict[str, tuple[str, DutyHolders]] = {}
CONSEQUENCES: dict[str, Consequence] = {}
RECUSALS: dict[str, Recusal] = {}


def guard(name: str) -> Callable[[Guard], Guard]:
    """Register a condition: returns the sentence that says why the act must wait, or None."""

    def register(rule: Guard) -> Guard:
        if name in GUARDS:
            raise ValueError(f"guard {name} has two homes")
        GUARDS[name] = rule
        return rule

    return register


def duty(name: str, label: str) -> Callable[[DutyHolders], DutyHolders]:
    """Register who did a duty in a case: person ids (K17)."""

    def register(rule: DutyHolders) -> DutyHolders:
        DUTIES[name] = (label, rule)
        return rule

    return register


def consequence(name: str) -> Callable[[Consequence], Consequence]:
    """Register what else happens, in the same transaction, when an act is done."""

    def register(rule: Consequence) -> Consequence:
        CONSEQUENCES[name] = rule
        return rule

    return register


def recusal(kind: str) -> Callable[[Recusal], Recusal]:
    """Register why a person on staff may not act on a subject of a kind: the relation in words, or None (K18)."""

    def register(rule: Recusal) -> Recusal:
        RECUSALS[kind] = rule
        return rule

    return register


def unmet(names: tuple[str, ...], subject: Subject, walk: Walk) -> list[str]:
    """Sentences of the conditions that do not hold, in the order of the table."""
    found: list[str] = []
    for name in names:
        rule = GUARDS.get(name)
        sentence = rule(subject, walk) if rule else f"系统缺少“{name}”这项检查，不能继续办理，请联系系统管理员。"
        if sentence:
            found.append(sentence)
    return found
