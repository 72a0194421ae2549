"""The papers that a decision on a change issues (forms.md 38, 39, 41) and the letter of transfer, filled from what is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.papers.models import Paper
from yimen.base.papers.writing import day
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.changes.papers import People, figures_rows, head, issue, proposal_words
from yimen.casework.awards.models import (
    Award,
    AwardPerson,
    Balance,
    ChangeCase,
    ChangeDecision,
    ChangeFinding,
    ViewsRecord,
)
from yimen.casework.households.models import Membership
from yimen.law.aftercare.changing import BalanceKind, Hearing, View
from yimen.law.aftercare.terms import AwardCause, ChangeEffect
from yimen.law.money import show
from yimen.law.sources import titled
from yimen.law.terms import Relation

NOTICE = "award_change_notice"
"""The written notice with reasons (L48), served before a change is done."""

_TOLD = frozenset(
    {ChangeEffect.INCREASE, ChangeEffect.DECREASE, ChangeEffect.SUSPEND, ChangeEffect.RESUME, ChangeEffect.END,
     ChangeEffect.GRACE}
)  # fmt: skip
"""Effects that the household is told in the notice."""


def people_before(change: ChangeCase) -> dict[str, tuple[str, str, int]]:
    """Members and their supplements as they stand, before anything is carried out."""
    covered = dict(
        AwardPerson.objects.filter(award=change.award, active=True).values_list("person__ref", "supplement_fen")
    )
    rows = Membership.objects.filter(household=change.award.household, to_on__isnull=True).select_related("person")
    return {
        row.person.ref: (row.person.name, Relation(row.relation).label, covered.get(row.person.ref, -1))
        for row in rows.order_by("id")
    }


def of_decision(
    walk: Walk, change: ChangeCase, finding: ChangeFinding, row: ChangeDecision, before: People, office: Office,
    balances: Sequence[Balance],
) -> list[Paper]:  # fmt: skip
    """The papers that a decision issues: the table of members, the grace sheet, the notice, the letter of transfer."""
    effect, entry = ChangeEffect(row.effect), FindingEntry.of(finding.entry)
    made = []
    if entry.leaving or entry.joining or entry.new_head:
        made.append(issue(walk, change, "member_change", _member_change(change, row, before)))
    if effect is ChangeEffect.GRACE:
        made.append(issue(walk, change, "grace_form", _grace_form(change, finding, row)))
    if effect is ChangeEffect.TRANSFER:
        made.append(issue(walk, change, "transfer_letter", _transfer_letter(change, row)))
    if effect in _TOLD or row.after_fen != row.before_fen:
        made.append(issue(walk, change, NOTICE, _notice(change, finding, row, balances), office))
    return made


def _member_change(change: ChangeCase, row: ChangeDecision, before: People) -> dict[str, Any]:
    after = people_before(change)
    rows = []
    for ref in dict.fromkeys((*before, *after)):
        old, new = before.get(ref), after.get(ref)
        name = (new or old or ("", "", 0))[0]
        rows.append({"name": name, "before": _standing(old), "after": _standing(new), "what": _what(old, new)})
    return {
        **head("member_change", change),
        "rows": rows,
        "reason": row.ground_label,
        "from_month": row.from_month or "",
        "monthly_before": row.before_fen,
        "monthly_after": row.after_fen,
        "decided_on": row.on,
        "leader": row.by.name,
    }


def _standing(found: tuple[str, str, int] | None) -> str:
    if found is None:
        return "—"
    _, relation, supplement = found
    covered = "不计入保障" if supplement < 0 else f"保障，增发 {show(supplement)} 元" if supplement else "保障"
    return f"{relation}；{covered}"


def _what(old: object, new: object) -> str:
    return "减少" if new is None else "增加" if old is None else "不变" if old == new else "调整"


def _grace_form(change: ChangeCase, finding: ChangeFinding, row: ChangeDecision) -> dict[str, Any]:
    found = {each["item"]: each["after"] for each in finding.figures}
    return {
        **head("grace_form", change),
        "job": change.statement,
        "income": found.get("全家月收入", ""),
        "per_capita": found.get("月人均收入", ""),
        "standard": found.get("低保标准", ""),
        "from_month": row.from_month,
        "until_month": row.until_month,
        "monthly": row.after_fen,
        "limit": figures.figure("dibao.grace_max", change.award.village_id, row.on).shown(),
        "reason": row.reasons,
        "decided_on": row.on,
        "leader": row.by.name,
    }


def _transfer_letter(change: ChangeCase, row: ChangeDecision) -> dict[str, Any]:
    award = change.award
    to = change.to_village
    names = AwardPerson.objects.filter(award=award).order_by("id").values_list("person__name", flat=True)
    versions = award.versions.order_by("seq")
    return {
        **head("transfer_letter", change),
        "to_place": f"{offices.area(str(to.parent_id)).name}{to.name}" if to else change.to_place,
        "members": list(dict.fromkeys(names)),
        "monthly": row.before_fen,
        "start_month": award.start_month,
        "until": row.from_month,
        "history": [
            {"month": each.from_month, "what": _cause(each.cause), "amount": each.monthly_fen} for each in versions
        ],
        "reason": row.reasons,
        "decided_on": row.on,
    }


def _cause(word: str) -> str:

    return AwardCause(word).label


def _notice(
    change: ChangeCase, finding: ChangeFinding, row: ChangeDecision, balances: Sequence[Balance]
) -> dict[str, Any]:
    """调整、停发、终止告知书 (41)."""
    award = change.award
    views = change.views.filter(finding=finding).order_by("-id").first()
    over = [balance for balance in balances if balance.kind == BalanceKind.OVERPAID]
    owed = [balance for balance in balances if balance.kind == BalanceKind.ARREARS]
    return {
        **head("award_change_notice", change),
        "decided_on": row.on,
        "decision": proposal_words(row),
        "from_month": row.from_month,
        "until_month": row.until_month,
        "ground": row.ground_label,
        "reasons": [*_lines(finding.reasons), *_lines(row.reasons)],
        "figures": figures_rows(finding),
        "answer": _answered(views),
        "articles": titled(row.articles, row.on),
        "other_programmes": _lines(row.other_programmes or ""),
        "settled": [_settled("多发", over)] * bool(over) + [_settled("应补发", owed)] * bool(owed),
        "remedies": _remedies(award, row.on),
        "deciding_body": row.body,
        "delegation_basis": row.basis,
    }


def _settled(word: str, rows: Sequence[Balance]) -> str:
    months = "、".join(f"{row.month} {show(row.fen)} 元" for row in rows)
    return f"{word} {show(sum(row.fen for row in rows))} 元（{months}），由乡镇（街道）另行办理。"


def _answered(views: ViewsRecord | None) -> str:
    if views is None:
        return ""
    if views.how == Hearing.NOT_POSSIBLE:
        return f"作出决定前未能听取您的意见：{views.not_possible.rstrip('。')}"
    said = f"{day(views.heard_on)}已听取{views.who}的意见（{View(views.view).label}）"
    return f"{said}。对所提意见的答复：{views.answer.rstrip('。')}" if views.answer else said


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _remedies(award: Award, on: dt.date) -> list[str]:
    """Reconsideration and lawsuit in the district's own wording (D38; L76). Unset blocks the paper."""
    value = figures.figure("remedy.text", award.village_id, on).value
    return [value] if isinstance(value, str) else [str(line) for line in value]
