"""What a finding of the data check means for a household on assistance: which change it points to (D30; L41, L46)."""

from __future__ import annotations

from collections.abc import Iterable

from yimen.law.aftercare.terms import ChangeEvent

_EVENTS = {
    "death": ChangeEvent.DEATH,
    **dict.fromkeys(("wage", "pension", "tax", "business", "land"), ChangeEvent.INCOME),
    **dict.fromkeys(("deposit", "securities", "insurance", "claim", "fund", "vehicle", "house"), ChangeEvent.PROPERTY),
    "disability": ChangeEvent.DISABILITY,
    "marriage": ChangeEvent.MARRIAGE,
    **dict.fromkeys(("assistance", "duplicate"), ChangeEvent.OTHER_PROGRAMME),
}
_WEIGHT = (
    ChangeEvent.DEATH, ChangeEvent.OTHER_PROGRAMME, ChangeEvent.INCOME, ChangeEvent.PROPERTY, ChangeEvent.MARRIAGE,
    ChangeEvent.DISABILITY, ChangeEvent.OBLIGOR, ChangeEvent.OTHER,
)  # fmt: skip
"""Which change a case is opened as where several are found: what decides about eligibility first."""


def event_of(item: str, *, obligor: bool = False) -> ChangeEvent:
    """The change that a difference of this item of the check points to; what says nothing by itself is another change.

    Whatever is found of an ``obligor``, it is the duty towards the household that changes.
    """
    return ChangeEvent.OBLIGOR if obligor else _EVENTS.get(item, ChangeEvent.OTHER)


def weightiest(items: Iterable[str]) -> ChangeEvent:
    """The one change that several differences are opened as. Raises ValueError without any."""
    return heaviest(event_of(item) for item in items)


def heaviest(events: Iterable[ChangeEvent]) -> ChangeEvent:
    """The change among those that differences point to which decides about eligibility first. Raises ValueError without any."""
    return min(events, key=_WEIGHT.index)
