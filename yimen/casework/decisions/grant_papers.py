"""The letters of an approval: for every grant the one that its programme asks for (forms.md 31-33, 53)."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.casework.applications.letters import head, remedies
from yimen.casework.applications.models import Application
from yimen.casework.decisions.grants import Grant, reckoning_for, standards_of
from yimen.casework.decisions.models import CaseConference, Decision
from yimen.casework.decisions.sheets import (
    amount_explanation,
    base_of,
    find,
    how_of,
    rounding_of,
    shown_of,
)
from yimen.law.money import show_exact
from yimen.law.reckoning import Line, Reckoning, number_of
from yimen.law.rules.rigid_spending import share_of
from yimen.law.sources import titled
from yimen.law.terms import MARKS, Programme, SupportForm

Letter = tuple[str, dict[str, Any], str]
DUTIES = [
    "家庭人口、收入、财产发生变化的，请及时告知乡镇人民政府（街道办事处）；",
    "配合定期复核；有劳动能力的成员应当积极就业。",
]
TEKUN_DUTIES = [
    "生活自理能力、收入、财产或者法定义务人的情况发生变化的，请本人或者照料人及时告知乡镇人民政府（街道办事处）；",
    "集中供养、分散供养可以由本人自主选择，需要变更的，请向乡镇人民政府（街道办事处）提出。",
]
APPROVAL_ARTICLES = {
    Programme.DIBAO: [
        "社会救助法第十八条、第四十四条、第四十五条",
        "民发〔2021〕57号第二十条、第二十一条、第二十三条",
    ],
    Programme.TEKUN: [
        "社会救助法第十六条、第十七条、第四十四条、第四十五条",
        "民发〔2021〕43号第四条、第十六条、第十七条、第十九条、第二十二条",
    ],
}
ALONE = "民发〔2021〕57号第八条"
"""What 单人保 rests on beside the articles of its programme."""
AIDS = [
    "按规定申请医疗救助、教育救助、住房救助、就业救助；",
    "遇到突发困难时申请临时救助；",
    "本认定不发放最低生活保障金。",
]


def letters(application: Application, decision: Decision, grant: Grant) -> list[Letter]:
    """Code, data and mark of every letter that a grant is told by."""
    mark = MARKS[grant.programme]
    if grant.programme is Programme.EDGE:
        return [("edge_decision", edge_decision(application, decision, grant), mark)]
    if grant.programme is Programme.RIGID_EXPENDITURE:
        return [("rigid_expenditure_decision", rigid_decision(application, decision, grant), mark)]
    return [
        ("approval_notice", approval_notice(application, decision, grant), mark),
        ("amount_explanation", amount_explanation(application, decision, grant), mark),
    ]


def names_of(decision: Decision, grant: Grant) -> list[str]:
    """The names of those covered, in the order of the household."""
    people = decision.opinion.inputs["facts"]["people"]
    return [person["name"] for person in people if person["ref"] in grant.persons]


def _head(application: Application, decision: Decision, grant: Grant) -> dict[str, Any]:
    data = head(application)
    return {
        **{key: data[key] for key in ("applicant", "case_number", "handler", "handler_phone", "hotline")},
        "programme_name": grant.kind,
        "decided_on": decision.on,
        "remedies": remedies(application, decision.on),
        "deciding_body": decision.body,
        "delegation_basis": decision.basis,
    }


def approval_notice(application: Application, decision: Decision, grant: Grant) -> dict[str, Any]:
    """确认通知书 (forms.md 31): of dibao for those covered, of 特困 for one person."""
    found, terms = reckoning_for(decision.opinion, grant), decision.terms[grant.key]
    tekun = grant.programme is Programme.TEKUN
    return {
        **_head(application, decision, grant),
        "area_kind": "城市" if grant.urban else "农村",
        "covered": names_of(decision, grant),
        "covered_persons": len(grant.covered),
        "amount": grant.amount_fen,
        "parts": _tekun_parts(found, grant) if tekun else _parts(decision, found, grant),
        "start_month": terms["start_month"],
        "category": grant.level or grant.category,
        "support": grant.level if tekun else "",
        "recertify_on": date.fromisoformat(terms["recertify_on"]),
        "payment": _payment(grant),
        "duties": TEKUN_DUTIES if tekun else DUTIES,
        "articles": titled(_articles(grant), decision.on),
    }


def _articles(grant: Grant) -> list[str]:
    law, *measures = APPROVAL_ARTICLES[grant.programme]
    return [law, *[ALONE] * grant.single, *measures]


def _payment(grant: Grant) -> str:
    if grant.support_form == SupportForm.INSTITUTIONAL:
        return "集中供养的，由供养服务机构按规定用于您的供养"
    return "按月存入您家登记的银行账户"


def _parts(decision: Decision, found: Reckoning, grant: Grant) -> list[dict[str, Any]]:
    names = {person["ref"]: person["name"] for person in decision.opinion.inputs["facts"]["people"]}
    extra = [(ref, fen) for ref, fen in grant.covered if fen]
    base = base_of(found)
    rest = grant.amount_fen - base - sum(fen for _, fen in extra)
    rows = [{"part": "基本保障金", "how": how_of(found), "amount": base}]
    rows += [{"part": "分类施保增发", "how": names[ref], "amount": fen} for ref, fen in extra]
    return [*rows, {"part": "取整", "how": rounding_of(found), "amount": rest}] if rest else rows


def _tekun_parts(found: Reckoning, grant: Grant) -> list[dict[str, Any]]:
    """The two standards of L17; what one rounding of their sum adds stands by itself."""
    rows = [
        {"part": part, "how": _source(line), "amount": int(number_of(line))}
        for part, line in zip(("基本生活费", "照料护理费"), standards_of(found), strict=True)
    ]
    told = sum(row["amount"] for row in rows)
    if rest := grant.amount_fen - told:
        rows.append({"part": "取整", "how": rounding_of(found), "amount": rest})
    return rows


def _source(line: Line) -> str:
    figure = next((each.figure for each in line.walk() if each.figure), None)
    return f"公布的标准（{figure.document}）" if figure else "公布的标准"


def edge_decision(application: Application, decision: Decision, grant: Grant) -> dict[str, Any]:
    """低保边缘家庭认定通知书 (forms.md 33): no amount; to be reviewed by a day."""
    found, terms = reckoning_for(decision.opinion, grant), decision.terms[grant.key]
    standard = shown_of(found, "edge.standard")
    return {
        **_recognition(application, decision, grant),
        "conditions": [
            "共同生活的家庭成员不符合最低生活保障条件；",
            f"月人均收入{show_exact(found.per_capita_fen)}元，低于低保边缘家庭标准{standard}；",
            "家庭财产符合低保边缘家庭的规定。",
        ],
        "recertify_on": date.fromisoformat(terms["recertify_on"]),
        "articles": titled(
            ("社会救助法第二十一条", "社会救助法第四十五条", "民发〔2021〕57号第八条", "民发〔2022〕83号一（四）"),
            decision.on,
        ),
    }


def rigid_decision(application: Application, decision: Decision, grant: Grant) -> dict[str, Any]:
    """刚性支出困难家庭认定决定书 (forms.md 32): conditions, ratio, at most twelve months, then to be applied for anew (R10)."""
    found, terms = reckoning_for(decision.opinion, grant), decision.terms[grant.key]
    held = application.conferences.filter(ref=grant.by_conference).first() if grant.by_conference else None
    return {
        **_recognition(application, decision, grant),
        "conditions": _by_conference(held) if held else _rigid_conditions(found),
        "ratio": _ratio(found),
        "valid_from": decision.on,
        "valid_to": date.fromisoformat(terms["valid_to"]),
        "articles": titled(
            (
                "社会救助法第二十二条",
                "社会救助法第四十五条",
                f"民发〔2024〕57号第{'九' if held else '四'}条",
                "民发〔2024〕57号第七条",
                "民发〔2024〕57号第十条",
            ),
            decision.on,
        ),
    }


def _ratio(found: Reckoning) -> str:
    line = find(found, "rigid.share")
    return share_of(number_of(line)) if line else "家庭总收入为零，不计算比例"


def _rigid_conditions(found: Reckoning) -> list[str]:
    spent, total = shown_of(found, "spent.total"), shown_of(found, "rigid.total_income")
    base = found.line("test.income").operands[1].shown
    return [
        "没有纳入最低生活保障、特困人员救助供养，也没有认定为低保边缘家庭；",
        f"月人均收入{show_exact(found.per_capita_fen)}元，低于上年度当地居民人均可支配收入（每月{base}）；",
        "家庭财产符合规定；",
        f"申请前十二个月的刚性支出{spent}占家庭总收入{total}的比例超过当地规定。",
    ]


def _by_conference(held: CaseConference) -> list[str]:
    """What was resolved in a case conference instead (R9): never silently."""
    return [
        f"经{held.held_on.year}年{held.held_on.month}月{held.held_on.day}日一事一议会议研究认定：{held.resolution.rstrip('。')}；",
        f"会议依据：{held.basis.rstrip('。')}。",
    ]


def _recognition(application: Application, decision: Decision, grant: Grant) -> dict[str, Any]:
    return {
        **_head(application, decision, grant),
        "members": names_of(decision, grant),
        "household_size": grant.members,
        "aids": AIDS,
        "duties": [DUTIES[0], "配合定期核查。"],
    }
