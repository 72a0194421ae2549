"""The papers of a change (forms.md 37 to 42), filled from what is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.papers import desk, library
from yimen.base.papers.checking import Forbidden, Incomplete
from yimen.base.papers.models import Paper
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import (
    Award,
    AwardPerson,
    Balance,
    ChangeCase,
    ChangeDecision,
    ChangeFinding,
    StopNotice,
    ViewsRecord,
)
from yimen.casework.households.models import Membership
from yimen.law.aftercare.changing import BalanceKind, Hearing, View
from yimen.law.aftercare.grounds import duties_of, ground_of
from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent, ChangeSource
from yimen.law.money import show
from yimen.law.standards import Unset
from yimen.law.terms import OfficeKind, Programme, Relation

PUBLIC_NOTICE_BASIS = "《特困人员认定办法》（民发〔2021〕43号）第二十六条"
_TOLD = frozenset(
    {ChangeEffect.INCREASE, ChangeEffect.DECREASE, ChangeEffect.SUSPEND, ChangeEffect.RESUME, ChangeEffect.END,
     ChangeEffect.GRACE}
)  # fmt: skip
"""Effects that the household is told in the notice."""
People = Mapping[str, tuple[str, str, int]]
"""By reference: name, relation in words, supplement in fen."""


def issue(walk: Walk, change: ChangeCase, code: str, data: Mapping[str, Any], office: Office | None = None) -> Paper:
    """One paper of a change in the name of the township (or of another office). Raises Refused where it cannot be issued."""
    body = office or township(change.award)
    staff, demo = walk.officer.staff, settings.YIMEN_DEMO or settings.YIMEN_TESTING
    by = desk.Issuing(body.area_id, body.name, body.mark, staff.pk, staff.name, walk.on, demo)
    try:
        return desk.issue_many(code, [desk.About(ChangeCase.KIND, change.ref, change.pk, data)], by)[0]
    except (Incomplete, Forbidden) as wrong:
        raise Refused(str(wrong), "paper", 422) from wrong


def township(award: Award) -> Office:
    """The township or street office of an award."""
    return offices.office_of(award.township_id, OfficeKind.TOWNSHIP)


def _hotline(award: Award) -> str:
    district = offices.find_office(award.township_id[:6], OfficeKind.DEPARTMENT)
    parts = [f"{office.name} {office.hotline or office.phone}" for office in (township(award), district) if office]
    return "；".join([*parts, "12345"])


def _head(code: str, change: ChangeCase) -> dict[str, Any]:
    """What nearly every paper carries, as far as this one has fields for it."""
    award, office = change.award, township(change.award)
    person = change.handler or change.registered_by
    known = {
        "applicant": award.household.head.name,
        "case_number": award.number,
        "programme_name": Programme(award.programme).label,
        "township": award.township.name,
        "village": award.village.name,
        "address": f"{award.household.group}{award.household.address or ''}",
        "handler": person.name,
        "handler_phone": office.phone,
        "hotline": _hotline(award),
        "event": ChangeEvent(change.event).label,
        "since": change.since,
        "concerned": concerned(change),
    }
    form = library.form(code)
    return {key: value for key, value in known.items() if form.field(key)}


def concerned(change: ChangeCase) -> str:
    """The members meant, by name."""
    rows = Membership.objects.filter(household=change.award.household, person__ref__in=change.concerns)
    return "、".join(dict.fromkeys(rows.order_by("id").values_list("person__name", flat=True)))


def change_report(change: ChangeCase) -> dict[str, Any]:
    """变动报告 (37)."""
    held = f"自 {change.held_from} 起暂缓发放，待核实" if change.held_from else "照常发放，核实后办理"
    return {
        **_head("change_report", change),
        "reported_by": change.reported_by,
        "reported_on": change.reported_on,
        "source": ChangeSource(change.source).label,
        "statement": change.statement,
        "unreported": _unreported(change),
        "action": held,
        "registered_by": change.registered_by.name,
    }


def _unreported(change: ChangeCase) -> str:
    months = (change.reported_on.year - change.since.year) * 12 + change.reported_on.month - change.since.month
    months -= change.reported_on.day < change.since.day
    return f"{months} 个月" if months > 0 else "不满 1 个月"


def figures_rows(finding: ChangeFinding) -> list[dict[str, str]]:
    """Before and after, line by line."""
    return [{key: row[key] for key in ("item", "before", "after")} for row in finding.figures]


def views_record(change: ChangeCase, finding: ChangeFinding, row: ViewsRecord) -> dict[str, Any]:
    """听取意见记录 (40)."""
    ground = ground_of(finding.ground, _local(change, row.heard_on))
    return {
        **_head("views_record", change),
        "proposal": proposal_words(finding),
        "ground": ground.label,
        "figures": figures_rows(finding),
        "heard_on": row.heard_on,
        "how": Hearing(row.how).label,
        "who": row.who,
        "place": row.place,
        "view": View(row.view).label if row.view else "",
        "said": row.said or "",
        "evidence": row.evidence or "",
        "answer": row.answer or "",
        "not_possible": row.not_possible,
        "officers": [name for _, name in row.officers],
    }


def proposal_words(finding: ChangeFinding | ChangeDecision) -> str:
    """What is proposed or decided, with the amounts where there are any."""
    effect = ChangeEffect(finding.effect)
    if effect in {ChangeEffect.INCREASE, ChangeEffect.DECREASE, ChangeEffect.RESUME}:
        return f"{effect.label}：每月由 {show(finding.before_fen)} 元调整为 {show(finding.after_fen)} 元"
    return effect.label


def _local(change: ChangeCase, on: dt.date) -> Any:
    try:
        return figures.figure("change.grounds_local", change.award.village_id, on)
    except Unset:
        return None


def termination_public_notice(change: ChangeCase, notice: StopNotice, on: dt.date) -> dict[str, Any]:
    """特困终止公示 (42): the name, the ground in neutral words, the period; nothing unrelated."""
    award, office = change.award, township(change.award)
    [name] = list(change.award.persons.order_by("id").values_list("person__name", flat=True))[:1]
    return {
        "area": f"{award.township.name}{award.village.name}",
        "from_date": notice.from_on,
        "to_date": notice.to_on,
        "days": (notice.to_on - notice.from_on).days,
        "places": notice.places,
        "objection_phone": figures.figure("notice.objection_phone", award.village_id, on).as_text(),
        "objection_place": office.address or f"{office.name}社会救助窗口",
        "basis_text": PUBLIC_NOTICE_BASIS,
        "rows": [{"applicant": name, "village": award.village.name, "ground": notice.ground}],
    }


# -- after the decision ---------------------------------------------------------------------


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
    if effect in _TOLD:
        made.append(issue(walk, change, "award_change_notice", _notice(change, finding, row, balances), office))
    return made


def _member_change(change: ChangeCase, row: ChangeDecision, before: People) -> dict[str, Any]:
    after = people_before(change)
    rows = []
    for ref in dict.fromkeys((*before, *after)):
        old, new = before.get(ref), after.get(ref)
        name = (new or old or ("", "", 0))[0]
        rows.append({"name": name, "before": _standing(old), "after": _standing(new), "what": _what(old, new)})
    return {
        **_head("member_change", change),
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
        **_head("grace_form", change),
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
        **_head("transfer_letter", change),
        "to_place": f"{offices.area(str(to.parent_id)).name}{to.name}" if to else change.to_place,
        "members": list(dict.fromkeys(names)),
        "monthly": award.monthly_fen,
        "start_month": award.start_month,
        "until": row.from_month,
        "history": [
            {"month": each.from_month, "what": _cause(each.cause), "amount": each.monthly_fen} for each in versions
        ],
        "reason": row.reasons,
        "decided_on": row.on,
    }


def _cause(word: str) -> str:
    from yimen.law.aftercare.terms import AwardCause

    return AwardCause(word).label


def _notice(
    change: ChangeCase, finding: ChangeFinding, row: ChangeDecision, balances: Sequence[Balance]
) -> dict[str, Any]:
    """调整、停发、终止告知书 (41)."""
    award, effect = change.award, ChangeEffect(row.effect)
    programme = Programme(award.programme)
    ground = ground_of(row.ground, _local(change, row.on))
    views = change.views.filter(finding=finding).order_by("-id").first()
    over = [balance for balance in balances if balance.kind == BalanceKind.OVERPAID]
    owed = [balance for balance in balances if balance.kind == BalanceKind.ARREARS]
    return {
        **_head("award_change_notice", change),
        "decided_on": row.on,
        "decision": proposal_words(row),
        "from_month": row.from_month,
        "until_month": row.until_month,
        "ground": row.ground_label,
        "reasons": [*_lines(finding.reasons), *_lines(row.reasons)],
        "figures": figures_rows(finding),
        "answer": _answered(views),
        "articles": list(duties_of(ground, programme, effect, row.on).articles),
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
        return f"作出决定前未能听取您的意见：{views.not_possible}"
    said = f"{views.heard_on:%Y年%m月%d日}已听取{views.who}的意见（{View(views.view).label}）"
    return f"{said}。对所提意见的答复：{views.answer}" if views.answer else said


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _remedies(award: Award, on: dt.date) -> list[str]:
    """Reconsideration and lawsuit in the district's own wording (D38; L76). Unset blocks the paper."""
    value = figures.figure("remedy.text", award.village_id, on).value
    return [value] if isinstance(value, str) else [str(line) for line in value]
