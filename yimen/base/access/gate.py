"""The one door to every object: (officer, model, reference). Deny by default, 404 out of scope (K14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.access.refusal import Unknown

M = TypeVar("M", bound=Model)
Scope = Callable[[Officer], Q]
_SCOPES: dict[type[Model], Scope] = {}

NOBODY = Q(pk__in=[])


def scope(model: type[Model]) -> Callable[[Scope], Scope]:
    """Register how far an officer sees objects of a model. A model without a scope is seen by nobody."""

    def register(rule: Scope) -> Scope:
        _SCOPES[model] = rule
        return rule

    return register


def by_place(officer: Officer, township: str = "township", village: str = "village") -> Q:
    """The usual scope of case data: own district, own township, own village; administrators see none (K19)."""
    seen = NOBODY
    for district in {code[:6] for code in officer.areas(DISTRICT_ROLES)}:
        seen |= Q(**{f"{township}__code__startswith": district})
    if codes := officer.areas(TOWNSHIP_ROLES):
        seen |= Q(**{f"{township}_id__in": codes})
    if codes := officer.areas(VILLAGE_ROLES):
        seen |= Q(**{f"{village}_id__in": codes})
    return seen


def within(officer: Officer, rows: QuerySet[M]) -> QuerySet[M]:
    """Only what the officer may see of these rows; counts and lists pass here too."""
    rule = _SCOPES.get(rows.model)
    return rows.filter(rule(officer)) if rule else rows.none()


def fetch(officer: Officer, rows: QuerySet[M], ref: str, *, lock: bool = False) -> M:
    """The object with this reference within the officer's scope, else :class:`Unknown`."""
    seen = within(officer, rows)
    if lock:
        seen = seen.select_for_update(of=("self",))
    found = seen.filter(ref=ref).first()
    if found is None:
        raise Unknown(ref)
    return found
