"""The one door to every object: (officer, model, reference). Deny by default, 404 out of scope (K14)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from yimen.base.access.models import Subject
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.prepared import prepared

M = TypeVar("M", bound=Model)
S = TypeVar("S", bound=Subject)
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


def take(officer: Officer, model: type[S], ref: str) -> S:
    """The subject of an act within the officer's scope, its row locked, else :class:`Unknown`."""
    rule = _SCOPES.get(model)
    found: list[S] = _taking(model, rule(officer))(ref) if rule else []
    if not found:
        raise Unknown(ref)
    return found[0]


@lru_cache(maxsize=512)
def _taking(model: type[S], seen: Q) -> Callable[[str], list[S]]:
    """The locking query of a scope, composed once for all officers who see the same."""

    def compose(ref: str) -> QuerySet[S]:
        rows = model._default_manager.filter(seen, ref=ref).select_related(*model.TAKEN_WITH)
        return rows.select_for_update(of=("self",)).order_by()

    return prepared(compose)
