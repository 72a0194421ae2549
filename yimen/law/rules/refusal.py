"""The result of a household's or a person's case before an approval: everything found, and no amount."""

from __future__ import annotations

from collections.abc import Sequence

from yimen.law.reckoning import Failure, Line, Reckoning, number_of
from yimen.law.rules.context import Case
from yimen.law.terms import Programme


def refusal(
    case: Case,
    programme: Programme,
    areas: tuple[str, ...],
    lines: Sequence[Line],
    failures: Sequence[Failure],
    notes: Sequence[str],
    income: tuple[Line, Line],
) -> Reckoning:
    """A refusal; without ``failures``, conditions all met and not yet an approval. ``income`` in total and per member a month."""
    total, per_capita = income
    return Reckoning(
        programme=programme.value,
        on=case.on,
        areas=areas,
        urban=case.urban,
        lines=tuple(lines),
        member_refs=tuple(person.ref for person in case.counted),
        covered_refs=tuple(person.ref for person in case.covered),
        income_fen=number_of(total),
        per_capita_fen=number_of(per_capita),
        standard_fen=number_of(case.standard()),
        eligible=False,
        amount_fen=0,
        category="",
        category_label="",
        recertify_months=0,
        start_month="",
        failures=tuple(failures),
        warnings=tuple(notes),
    )
