"""The papers of this room, filled from what is stored. The sheets with figures: :mod:`sheets`; the form: :mod:`form`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from yimen.casework.applications.letters import head, hotlines, remedies, setting, township_office
from yimen.casework.applications.models import Application
from yimen.casework.decisions.boards import printed_name
from yimen.casework.decisions.form import approval_form
from yimen.casework.decisions.grants import Grant, grants_of
from yimen.casework.decisions.models import Decision, Extension, Notice, NoticeObjection, Opinion
from yimen.casework.decisions.reckoning_sheet import reckoning
from yimen.casework.decisions.sheets import basis_of, personal_figures, stored
from yimen.law.calendar import now
from yimen.law.reckoning.assessment import Assessment, Outcome, Verdict
from yimen.law.sources import in_force, titled
from yimen.law.standards import Figure
from yimen.law.terms import Programme

__all__ = [
    "announcement",
    "approval_form",
    "basis_of",
    "extension",
    "failed_articles",
    "failed_conditions",
    "notice_objection",
    "public_notice",
    "reckoning",
    "refusal_notice",
]

_DIBAO_NOTICE = "《最低生活保障审核确认办法》（民发〔2021〕57号）第十九条和民发〔2022〕83号文件四（二）"
NOTICE_BASIS = {
    Programme.DIBAO: _DIBAO_NOTICE,
    Programme.TEKUN: "《特困人员认定办法》（民发〔2021〕43号）第十五条",
    Programme.EDGE: _DIBAO_NOTICE,
    Programme.RIGID_EXPENDITURE: "《刚性支出困难家庭认定办法》（民发〔2024〕57号）和实施方案四（三）",
}
_LAW = "《中华人民共和国社会救助法》第四十五条"
ANNOUNCEMENT_BASIS = {
    Programme.DIBAO: (_LAW, "《最低生活保障审核确认办法》（民发〔2021〕57号）第二十四条"),
    Programme.TEKUN: (_LAW, "《特困人员认定办法》（民发〔2021〕43号）第十七条"),
    Programme.EDGE: (_LAW, "实施方案四（三）"),
    Programme.RIGID_EXPENDITURE: (_LAW, "实施方案四（三）"),
}
WAYS = {"reinvestigation": "重新调查", "appraisal": "民主评议"}


def _of_head(application: Application, *keys: str) -> dict[str, Any]:
    data = head(application)
    return {key: data[key] for key in keys}


def _supervision(application: Application, on: date) -> str:
    return str(setting("contact.supervision", application, on, hotlines(application)))


def _area(application: Application) -> str:
    return f"{application.township.name}{application.village.name}"


def public_notice(application: Application, notice: Notice) -> dict[str, Any]:
    """公示单 (forms.md 26): only what may hang in public, the name as the board prints it."""
    office = township_office(application)
    row = {
        "applicant": printed_name(notice),
        "village": notice.village.name,
        "members": notice.members,
        "category": notice.category,
        "amount": notice.amount_fen or None,
    }
    grants = grants_of(notice.opinion)
    return {
        "programme": notice.programme,
        "area": _area(application),
        "opinion": _proposed(grants),
        "from_date": notice.from_on,
        "to_date": notice.to_on,
        "days": (notice.to_on - notice.from_on).days,
        "places": notice.places,
        "objection_phone": notice.objection_phone,
        "objection_place": office.address or f"{office.name}社会救助窗口",
        "supervision_phone": _supervision(application, notice.from_on),
        "basis_text": "、".join(dict.fromkeys(NOTICE_BASIS[grant.programme] for grant in grants)),
        "rows": [row],
    }


def _proposed(grants: Sequence[Grant]) -> str:
    """拟确认为城市最低生活保障对象, 拟认定为刚性支出困难家庭: each programme with its own verb."""
    words = []
    for grant in grants:
        if grant.recognition:
            words.append(f"拟认定为{grant.kind}")
        else:
            words.append("拟确认为特困人员" if grant.programme is Programme.TEKUN else f"拟确认为{grant.kind}对象")
    return "、".join(dict.fromkeys(words))


def announcement(application: Application, notice: Notice, decision: Decision) -> dict[str, Any]:
    """公布单 (forms.md 35): name, number of members, amount; nothing unrelated (D24)."""
    row = {
        "applicant": printed_name(notice),
        "village": notice.village.name,
        "members": notice.members,
        "amount": notice.amount_fen or None,
    }
    basis = (line for grant in grants_of(notice.opinion) for line in ANNOUNCEMENT_BASIS[grant.programme])
    return {
        "programme": notice.programme,
        "area": _area(application),
        "deciding_body": decision.body,
        "decided_from": decision.on,
        "decided_to": decision.on,
        "from_date": notice.from_on,
        "to_date": notice.to_on,
        "places": notice.places,
        "phone": township_office(application).phone or notice.objection_phone,
        "supervision_phone": _supervision(application, notice.from_on),
        "basis_text": "和".join(in_force(dict.fromkeys(basis), decision.on)),
        "rows": [row],
    }


def notice_objection(application: Application, objection: NoticeObjection) -> dict[str, Any]:
    """公示异议登记表 (forms.md 27). The objector's name stays in the sealed column: the paper lies in the file."""
    notice = objection.notice
    return {
        **_of_head(application, "applicant", "case_number", "programme_name", "handler"),
        "notice_number": notice.paper_number or notice.ref,
        "received_at": now(),
        "protected": "实名保密" if objection.named else "匿名",
        "content": objection.content,
        "evidence": [objection.evidence] if objection.evidence else [],
        "action": WAYS.get(objection.answer, "待负责人选定"),
        "action_reason": objection.answer_reason,
    }


def extension(application: Application, row: Extension, length: Figure) -> dict[str, Any]:
    """延期审批单 (forms.md 28)."""
    return {
        **_of_head(application, "applicant", "case_number", "programme_name"),
        "accepted_on": application.accepted_on or application.applied_on,
        "ground": row.ground,
        "facts": row.facts,
        "old_due": row.old_due,
        "new_due": row.new_due,
        "limit": f"自受理之日起{length.shown()}",
        "approved": {"result": "同意延长", "leader": row.by.name, "date": row.on},
    }


def failed_conditions(opinion: Opinion) -> list[str]:
    """The conditions not met, one sentence each."""
    return [failure.sentence for failure in stored(opinion).failures]


def failed_articles(opinion: Opinion) -> list[str]:
    """The articles those conditions stand in."""
    found = [part for failure in stored(opinion).failures for part in failure.basis.split("；") if part]
    return list(dict.fromkeys(found))


def refusal_notice(application: Application, decision: Decision, others: str) -> dict[str, Any]:
    """不予确认告知书 (forms.md 34): condition, reasons, figures, articles, remedies, what else was looked at."""
    return {
        **_of_head(
            application,
            "applicant",
            "case_number",
            "programme_name",
            "applied_on",
            "handler",
            "handler_phone",
            "hotline",
        ),
        "decided_on": decision.on,
        "condition": "；".join(text.rstrip("。") for text in decision.conditions),
        "reasons": [*decision.conditions, *(line for line in decision.reasons.splitlines() if line.strip())],
        "figures": personal_figures(stored(decision.opinion)),
        "articles": titled(decision.articles, decision.on),
        "other_programmes": _others(application, decision, others),
        "remedies": remedies(application, decision.on),
        "deciding_body": decision.body,
        "delegation_basis": decision.basis,
    }


def _others(application: Application, decision: Decision, said: str) -> Sequence[str]:
    """What every other programme's examination came to, with the reason of each no (一次申请、分类审核认定)."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if decision.opinion.assessment is None:
        return [*lines, "低保边缘家庭、刚性支出困难家庭、特困人员救助供养：可以另行提出申请，由乡镇（街道）审核。"]
    found = Assessment.from_json(decision.opinion.assessment)
    lines += [f"{each.title}：{_said(each)}" for each in found.outcomes if not _speaks(each)]
    if decision.opinion.departure:
        lines.append(f"没有认定的理由：{decision.opinion.departure}")
    return [*lines, "临时救助：遇到突发困难的，可以另行提出申请，由乡镇（街道）审核。"]


def _said(outcome: Outcome) -> str:
    return "条件符合。" if outcome.verdict is Verdict.MET else f"{outcome.shown.rstrip('。')}。"


def _speaks(outcome: Outcome) -> bool:
    """Dibao of the household, which the letter itself is about."""
    return outcome.programme is Programme.DIBAO and not (outcome.person and outcome.reckoning is None)
