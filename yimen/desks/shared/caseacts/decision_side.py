"""What stands around an opinion and a decision: proposal, figures, conditions, what would be otherwise (S8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.decisions import queries
from yimen.casework.decisions.decision_acts import START_KEY
from yimen.desks.shared.caseacts.conditions import conditions, sentence_of
from yimen.desks.shared.caseacts.granting import outlook_of
from yimen.desks.shared.caseacts.page import Desk
from yimen.desks.shared.granted import granted_facts
from yimen.desks.shared.panel import lines_of, panel
from yimen.desks.shared.shapes import Action, Block, Empty, Fact
from yimen.desks.shared.work import act_url, case_url
from yimen.law.calendar import add_months, today
from yimen.law.money import show
from yimen.law.reckoning import Reckoning
from yimen.law.rules import BadFacts, first_month, reckon_dibao
from yimen.law.standards import BadFigure, Unset
from yimen.law.terms import Programme

Context = Mapping[str, Any]


def _start(desk: Desk, found: Reckoning) -> str:
    """The first month of a decision of today; an opinion of last month named another."""
    try:
        return first_month(figures.figure(START_KEY, desk.application.village_id, today()), today())
    except (Unset, BadFigure):
        return found.start_month


def proposal_of(desk: Desk, found: Reckoning) -> list[Fact]:
    """What the Reckoning proposes, in facts."""
    if not found.eligible:
        return [
            Fact("核算结果", "不符合条件"),
            *(Fact("不符合的条件", row.sentence, row.figures) for row in found.failures),
        ]
    facts = [
        Fact("核算结果", "符合条件"),
        Fact("类别", found.category_label or "不分类"),
        Fact("保障人数", f"{found.covered} 人（家庭人口 {found.members} 人）"),
        Fact("月保障金", f"{show(found.amount_fen)} 元"),
        Fact("起始月", _start(desk, found), "今天作出决定的话"),
    ]
    if found.recertify_months:
        facts.append(
            Fact(
                "复核", f"{found.recertify_months} 个月一次，{add_months(today(), found.recertify_months):%Y-%m-%d} 前"
            )
        )
    return facts


def opinion_side(desk: Desk) -> Context:
    """The context of the opinion page: what the program works out from the data of today."""
    trial = queries.trial(desk.application)
    shown = panel(desk.application)
    missing = None
    if trial.reckoning is None:
        sentence = (
            f"还不能核算：{'、'.join(trial.unset)}未设置，由区级民政部门设置。"
            if trial.unset
            else f"还不能核算：{trial.problem}"
        )
        missing = Empty(
            sentence,
            Action("查看政策与标准", reverse("figures"))
            if trial.unset
            else Action("返回案件核对", case_url(desk.application.ref)),
        )
    outlook = outlook_of(desk)
    if missing is None and outlook is not None and outlook.stopping:
        words = "；".join(queries.open_words(each) for each in outlook.stopping)
        to = reverse("programmes", args=[desk.application.ref])
        missing = Empty(f"{words}。补全后才能拟定审核意见。", Action("查看分类审核认定", to))
    return {
        "proposal": _proposed(desk, trial.reckoning, outlook),
        "conditions": conditions(desk, "propose"),
        "lines": shown["lines"],
        "trial": shown["trial"],
        "reckoning_note": shown["reckoning_note"],
        "alternatives": alternatives(desk, trial.reckoning),
        "changed": (),
        "missing": missing,
    }


def _proposed(desk: Desk, dibao: Reckoning | None, outlook: queries.Outlook | None) -> list[Fact]:
    """Dibao in its facts where it is all there is to say; else each programme that is proposed."""
    proposed = outlook.assessment.proposed if outlook else ()
    if not proposed or all(each.programme is Programme.DIBAO and not each.scope for each in proposed):
        return proposal_of(desk, dibao) if dibao else []
    return [Fact(each.title, each.shown) for each in proposed]


def decision_side(desk: Desk, act: str) -> Context:
    """The context of a decision: the opinion as it was put down, and what has changed since."""
    opinion = queries.current_opinion(desk.application)
    if opinion is None:
        missing = Empty(
            "本件还没有审核意见，不能作出决定。请由乡街先拟定审核意见。",
            Action("返回案件", case_url(desk.application.ref)),
        )
        return {
            "proposal": [],
            "conditions": [],
            "lines": [],
            "trial": True,
            "reckoning_note": "",
            "alternatives": (),
            "changed": (),
            "missing": missing,
        }
    found = Reckoning.from_json(opinion.reckoning)
    word = "拟予以确认" if opinion.approve else "拟不予确认"
    said = [Fact("审核意见", word, f"{opinion.by.name} {opinion.on:%Y-%m-%d}"), Fact("理由", opinion.reasons)]
    if opinion.departure:
        said.append(Fact("没有按建议的理由", opinion.departure))
    grants = queries.grants_of(opinion)
    dibao = not grants or [grant.key for grant in grants] == [Programme.DIBAO.value]
    return {
        "proposal": [*said, *(proposal_of(desk, found) if dibao else granted_facts(opinion))],
        "conditions": conditions(desk, act),
        "lines": lines_of(found),
        "trial": False,
        "reckoning_note": f"按 {opinion.on:%Y-%m-%d} 拟定意见时的数据和参数计算。",
        "alternatives": alternatives(desk, found),
        "changed": _changed(desk),
        "missing": _instead(desk, act, opinion),
    }


def _changed(desk: Desk) -> list[Fact]:
    sentence = sentence_of(desk, "approve", "figures_unchanged")
    return [Fact("变动", sentence)] if sentence else []


def _instead(desk: Desk, act: str, opinion: Any) -> Empty | None:
    """The opinion says the other thing: say where to go."""
    if act == "approve" and not opinion.approve:
        return Empty(
            "审核意见是拟不予确认，不能予以确认。请按“不予确认”办理；有不同意见的，退回并写明理由。",
            Action("不予确认", act_url(desk.application.ref, "refuse")),
        )
    if act == "refuse" and opinion.approve:
        return Empty(
            "审核意见是拟予以确认，不能直接不予确认。有不同意见的，退回并写明理由。",
            Action("退回", act_url(desk.application.ref, "send_back")),
        )
    return None


def alternatives(desk: Desk, found: Reckoning | None) -> list[Fact]:
    """The same household, one assumption taken away. Only where it makes a difference."""
    if found is None or found.programme != Programme.DIBAO:
        return []
    facts = queries.household_facts(desk.application, today())
    cases = [("若不计赡养费", replace(facts, obligors=()))] if facts.obligors else []
    made = []
    for label, other in cases:
        try:
            result = reckon_dibao(
                other,
                figures.book(),
                offices.scopes(desk.application.village_id),
                today(),
                desk.application.household.urban,
            )
        except (Unset, BadFigure, BadFacts):
            continue
        if (result.eligible, result.amount_fen) != (found.eligible, found.amount_fen):
            words = f"每月 {show(result.amount_fen)} 元" if result.eligible else "不符合条件"
            made.append(Fact(label, words, f"月人均收入 {show(round(result.per_capita_fen))} 元"))
    return made


def other_ways(desk: Desk, act: str) -> list[Block]:
    """The other outcomes, and every step of the amount."""
    ways = {"approve": "予以确认", "refuse": "不予确认", "send_back": "退回"}
    links = [Action(label, act_url(desk.application.ref, code)) for code, label in ways.items() if code != act]
    return [
        Block("其他处理", text="作出其他决定，或退回乡街，请用下面的页面。", actions=links),
        reckoning_link(desk),
    ]


def reckoning_link(desk: Desk) -> Block:
    """A way to every article and parameter version."""
    steps = Action("每一步的条文与参数版本", reverse("reckoning", args=[desk.application.ref]))
    return Block("核算依据", actions=[steps])
