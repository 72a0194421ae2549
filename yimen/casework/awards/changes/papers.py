"""The papers of a change (forms.md 37 to 42), filled from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.papers import desk, library
from yimen.base.papers.models import Paper
from yimen.casework.awards.changes.duties import local_grounds
from yimen.casework.awards.changes.stopping import printed_name
from yimen.casework.awards.models import (
    Award,
    ChangeCase,
    ChangeDecision,
    ChangeFinding,
    StopNotice,
    ViewsRecord,
)
from yimen.casework.awards.telling import mark_of
from yimen.casework.households.models import Membership
from yimen.law.aftercare.changing import Hearing, View
from yimen.law.aftercare.grounds import ground_of
from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent, ChangeSource
from yimen.law.money import show
from yimen.law.terms import OfficeKind, Programme

PUBLIC_NOTICE_BASIS = "《特困人员认定办法》（民发〔2021〕43号）第二十六条"
People = Mapping[str, tuple[str, str, int]]
"""By reference: name, relation in words, supplement in fen."""


def issue(walk: Walk, change: ChangeCase, code: str, data: Mapping[str, Any], office: Office | None = None) -> Paper:
    """One paper of a change in the name of the township (or of another office). Raises Refused where it cannot be issued."""
    body = office or township(change.award)
    about = desk.About(ChangeCase.KIND, change.ref, change.pk, data)
    return walk.issue_about([(code, about, mark_of(change.award))], body)[0]


def township(award: Award) -> Office:
    """The township or street office of an award."""
    return offices.office_of(award.township_id, OfficeKind.TOWNSHIP)


def head(code: str, change: ChangeCase) -> dict[str, Any]:
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
        "hotline": offices.hotlines(str(award.township_id)),
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
        **head("change_report", change),
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
    ground = ground_of(finding.ground, local_grounds(change.award, row.heard_on))
    return {
        **head("views_record", change),
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
    moved = effect is ChangeEffect.TRANSFER and finding.after_fen != finding.before_fen
    if moved or effect in {ChangeEffect.INCREASE, ChangeEffect.DECREASE, ChangeEffect.RESUME}:
        return f"{effect.label}：每月由 {show(finding.before_fen)} 元调整为 {show(finding.after_fen)} 元"
    return effect.label


def termination_public_notice(change: ChangeCase, notice: StopNotice) -> dict[str, Any]:
    """特困终止公示 (42): the name, the ground in neutral words, the period; nothing unrelated."""
    award, office = change.award, township(change.award)
    return {
        "area": f"{award.township.name}{award.village.name}",
        "from_date": notice.from_on,
        "to_date": notice.to_on,
        "days": (notice.to_on - notice.from_on).days,
        "places": notice.places,
        "objection_phone": notice.objection_phone,
        "objection_place": office.address or f"{office.name}社会救助窗口",
        "basis_text": PUBLIC_NOTICE_BASIS,
        "rows": [{"applicant": printed_name(notice), "village": award.village.name, "ground": notice.ground}],
    }
