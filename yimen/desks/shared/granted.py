"""What an opinion or a decision grants, as facts: each programme with whom it covers, how much, and its dates."""

from __future__ import annotations

from typing import Any

from yimen.casework.decisions import queries
from yimen.desks.shared.shapes import Fact
from yimen.law.money import show
from yimen.law.terms import Programme


def granted_facts(opinion: Any, decision: Any = None) -> list[Fact]:
    """One fact a grant; dibao alone in the two facts that it always had."""
    grants = queries.grants_of(opinion)
    if [grant.key for grant in grants] == [Programme.DIBAO.value]:
        if decision is None:
            return [Fact("月保障金", f"{show(opinion.amount_fen)} 元（{opinion.covered} 人）")]
        return [Fact("月保障金", f"{show(decision.amount_fen)} 元"), Fact("起始月", decision.start_month)]
    return [Fact(grant.title, grant.amount_words, _note(grant, decision)) for grant in grants]


def _note(grant: Any, decision: Any) -> str:
    parts = [grant.level, f"{len(grant.covered)} 人"]
    if decision is not None:
        terms = queries.terms_of_grant(decision, grant)
        parts.append(f"自 {terms.start_month}")
        parts.append(f"有效期至 {terms.valid_to}" if terms.valid_to else f"{terms.recertify_on} 前复核")
    elif grant.by_conference:
        parts.append("经一事一议")
    return "，".join(part for part in parts if part)
