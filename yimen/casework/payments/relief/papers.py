"""The papers of temporary relief: registration, decision, refusal, receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.papers import desk
from yimen.base.papers.models import Paper
from yimen.casework.payments.models import ReliefCase, ReliefDecision
from yimen.law.identity import mask_identity
from yimen.law.payments.relief import ReliefCause, ReliefSource, ReliefWay, kind_of
from yimen.law.terms import OfficeKind

MARK = "临救"
_GRANTING = ("《中华人民共和国社会救助法》第二十九条、第四十五条",)
_URGENT = "《中华人民共和国社会救助法》第五十条"


def issue(walk: Walk, case: ReliefCase, code: str, data: Mapping[str, Any], office: Office | None = None) -> Paper:
    """One paper of a case, in the name of the township unless told otherwise. Raises Refused where it cannot be issued."""
    about = desk.About(ReliefCase.KIND, case.ref, case.pk, data)
    return walk.issue_about([(code, about, MARK)], office or township(case))[0]


def township(case: ReliefCase) -> Office:
    """The office of the place where it happened."""
    return offices.office_of(case.township_id, OfficeKind.TOWNSHIP)


def _head(case: ReliefCase) -> dict[str, Any]:
    return {
        "applicant": case.person.name,
        "masked_id": mask_identity(str(case.person.identity)),
        "township": case.township.name,
        "village": case.village.name,
        "cause": ReliefCause(case.cause).label,
        "happened_on": case.happened_on,
        "persons": case.persons,
    }


def relief_application(case: ReliefCase, papers: Sequence[str]) -> dict[str, Any]:
    """临时救助申请（发现）登记表."""
    return {
        **_head(case),
        "source": ReliefSource(case.source).label,
        "reported_by": case.reported_by,
        "kind": kind_of(ReliefCause(case.cause)).label,
        "situation": case.situation,
        "wanted": case.wanted_fen,
        "way": ReliefWay(case.way).label,
        "urgent": "情况紧急，先行救助，材料后补" if case.urgent else "按一般程序办理",
        "papers": list(papers),
        "registered_on": case.registered_on,
        "handler": case.registered_by.name,
    }


def relief_decision(case: ReliefCase, decision: ReliefDecision) -> dict[str, Any]:
    """临时救助确认通知书: the amount, and by when the papers that wait are due."""
    return {
        **_head(case),
        **_told(case, decision),
        "amount": decision.fen,
        "way": ReliefWay(case.way).label,
        "papers_due": case.papers_due_on,
        "articles": [*_GRANTING, *([_URGENT] if decision.urgent else [])],
    }


def relief_refusal(case: ReliefCase, decision: ReliefDecision) -> dict[str, Any]:
    """临时救助不予确认告知书. Raises law.standards.Unset where the remedies are not set."""
    remedies = figures.figure("remedy.text", case.village_id, decision.on).value
    return {
        **_head(case),
        **_told(case, decision),
        "articles": ["《中华人民共和国社会救助法》第二十九条、第四十五条"],
        "remedies": [remedies] if isinstance(remedies, str) else [str(line) for line in remedies],
    }


def _told(case: ReliefCase, decision: ReliefDecision) -> dict[str, Any]:
    return {
        "decided_on": decision.on,
        "reasons": [line.strip() for line in decision.reasons.splitlines() if line.strip()],
        "deciding_body": decision.body,
        "handler": case.registered_by.name,
        "handler_phone": township(case).phone,
        "hotline": offices.hotlines(case.township_id),
    }


def relief_receipt(case: ReliefCase) -> dict[str, Any]:
    """临时救助金领取凭证."""
    return {
        **_head(case),
        "amount": case.decision.fen,
        "way": ReliefWay(case.way).label,
        "received_by": case.received_by,
        "paid_on": case.paid_on,
        "voucher": case.voucher,
        "decided_on": case.decision.on,
        "leader": case.decision.by.name,
        "handler": case.paid_by.name if case.paid_by else "",
    }
