"""定期复核表 (forms.md 36): one sheet a household, issued for a whole round in a constant number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.papers import desk
from yimen.base.papers.models import Paper
from yimen.casework.awards import residence_queries
from yimen.casework.awards.models import Award, AwardPerson, Recertification, RecertifyFinding, Residence
from yimen.casework.awards.queries import kind_words
from yimen.casework.awards.telling import mark_of
from yimen.law.ledger import RECOGNISED
from yimen.law.money import show as yuan
from yimen.law.recertify import ChangeKind, DataCheck, Outcome
from yimen.law.terms import Programme, SelfCare

CODE = "recertification_form"


def issue(walk: Walk, found: Sequence[tuple[Recertification, RecertifyFinding]]) -> list[Paper]:
    """The sheets of these reviews, in their order. Raises Refused where one cannot be issued."""
    names = names_of([review.award for review, _ in found])
    living = residence_queries.current_of(review.award.household_id for review, _ in found)
    return walk.issue_about(
        (
            CODE,
            desk.About(
                Recertification.KIND,
                review.ref,
                review.pk,
                _sheet(review, finding, names[review.award_id], living.get(review.award.household_id)),
            ),
            mark_of(review.award),
        )
        for review, finding in found
    )


def names_of(awards: Sequence[Award]) -> dict[int, list[str]]:
    """Whom each of these awards covers, in one statement."""
    rows = AwardPerson.objects.filter(award__in=[award.pk for award in awards], active=True).order_by("id")
    found: dict[int, list[str]] = {award.pk: [] for award in awards}
    for award, name in rows.values_list("award_id", "person__name"):
        found[award].append(name)
    return found


def _sheet(
    review: Recertification, finding: RecertifyFinding, names: Sequence[str], living: Residence | None
) -> dict[str, Any]:
    award = review.award
    home = award.household
    return {
        "applicant": home.head.name,
        "case_number": award.number,
        "programme_name": Programme(award.programme).label,
        "township": award.township.name,
        "village": award.village.name,
        "address": f"{home.group}{home.address}",
        "lives_at": residence_queries.whole_words(living) if living else "",
        "members": list(names),
        "category": kind_words(award),
        "monthly": award.monthly_fen or "",
        "self_care": SelfCare(award.self_care).label if award.self_care else "",
        "valid_to": award.valid_to or "",
        "start_month": award.start_month,
        "due_on": review.due_on,
        "checked_on": finding.checked_on,
        "investigators": [name for _, name in finding.investigators],
        "data_check": DataCheck(finding.data_check).label,
        "outcome": outcome_words(award, finding.outcome),
        "changes": [ChangeKind(code).label for code in finding.changes],
        "since": finding.since or "",
        "again": reckoned_words(finding.reckoned),
        "note": finding.note,
    }


def outcome_words(award: Award, outcome: str) -> str:
    """What a review found: a household that is only recognised has no amount that could stay."""
    if outcome == Outcome.UNCHANGED and award.programme in RECOGNISED:
        return "没有明显变化，继续认定"
    return Outcome(outcome).label


def reckoned_words(reckoned: Mapping[str, Any] | None) -> str:
    """The new amount beside the old in one sentence; empty where nothing was reckoned."""
    if not reckoned:
        return ""
    pays = reckoned.get("pays", True)
    before = f"现在每月 {yuan(reckoned['before'])} 元" if pays else "现为认定，不按月发放"
    if reckoned["problem"]:
        return f"{before}；没有重新核算：{reckoned['problem'].rstrip('。')}。"
    if not reckoned["eligible"]:
        return f"{before}；按现在的资料和标准核算，不再符合条件：{'；'.join(reckoned['conditions'])}。须另办变更。"
    if not pays:
        return f"{before}；按现在的资料和标准，仍符合认定条件。{''.join(reckoned['conditions'])}"
    return f"{before}；按现在的资料和标准核算为每月 {yuan(reckoned['after'])} 元。须另办变更。"
