"""A Reckoning in plain words for the family (L45, L48); every line of it for the file: :mod:`reckoning_sheet`."""

from __future__ import annotations

from typing import Any

from yimen.base.offices.queries import Power
from yimen.casework.applications.letters import head
from yimen.casework.applications.models import Application
from yimen.casework.decisions.added import added_words
from yimen.casework.decisions.grants import Grant, grants_of, reckoning_for, standards_of
from yimen.casework.decisions.models import Decision, Opinion
from yimen.law.money import round_fen, show, show_exact
from yimen.law.reckoning import Line, Reckoning, number_of
from yimen.law.standards import key_of
from yimen.law.terms import DelegationMode, Programme

RULES = (
    "《最低生活保障审核确认办法》（民发〔2021〕57号）第十三条（哪些算收入）、第十四条（财产）、第二十三条（怎么算）",
)

TEKUN_RULES = (
    "《特困人员认定办法》（民发〔2021〕43号）第五条至第八条（认定条件）、第十九条（城乡待遇）、第二十二条（自理能力）",
)
SINGLE_RULE = "《最低生活保障审核确认办法》（民发〔2021〕57号）第八条（单独申请）"
_MAKING = {
    Programme.DIBAO: ("dibao.standard.", "dibao.supplement.", "benefit.round"),
    Programme.TEKUN: ("tekun.basic.", "tekun.care.", "benefit.round"),
}


def stored(opinion: Opinion) -> Reckoning:
    """The Reckoning of an opinion as it was put down."""
    return Reckoning.from_json(opinion.reckoning)


def basis_of(power: Power) -> str:
    """On what the deciding body's power rests, in one sentence for papers (rules.md §5)."""
    if not power.delegated or power.since is None:
        return f"{power.basis}，由{power.decider_of_record}作出确认决定"
    since = f"{power.since.year}年{power.since.month}月{power.since.day}日"
    if power.mode is DelegationMode.ENTRUSTMENT:
        return f"{power.basis}（{power.document}），自{since}起由{power.office.name}受委托以{power.decider_of_record}名义作出确认决定"
    return f"{power.basis}（{power.document}），自{since}起由{power.office.name}作出确认决定"


def find(found: Reckoning, code: str) -> Line | None:
    """The line of a code, None where there is none."""
    try:
        return found.line(code)
    except KeyError:
        return None


def shown_of(found: Reckoning, code: str) -> str:
    """The value of a line in words, empty where there is none."""
    line = find(found, code)
    return line.shown if line else ""


def rounding_of(found: Reckoning) -> str:
    """How the total was rounded, in words; empty where the parts add up to it as they are."""
    line = find(found, "amount")
    return line.formula if line and line.op != "sum" else ""


def base_of(found: Reckoning) -> int:
    """The benefit before supplements in fen, as reckoned; what one rounding of the total adds is not part of it."""
    total = find(found, "amount")
    if total is None:
        return 0
    whole = total if total.op == "sum" else total.operands[0]
    return round_fen(number_of(whole.operands[0]), "down")


def how_of(found: Reckoning) -> str:
    """How the amount came about, in words with the numbers."""
    line = find(found, "benefit.base") or find(found, "amount")
    if line is None:
        return ""
    parts = "，".join(f"{part.name} {part.shown}" for part in line.operands)
    return f"{line.formula}（{parts}）" if parts else line.formula


def personal_figures(found: Reckoning, *, single: bool = False) -> list[dict[str, Any]]:
    """What the family said beside what was found, then the totals, the limit and what was added or failed.

    ``single``: of one person who is covered alone, so that the income is his own.
    """
    rows = [row for line in found.walk() if (row := _personal(line)) is not None]
    whose, why = ("本人每月收入", "单独申请，按本人核算") if single else ("全家每月收入合计", "")
    rows.append({"item": whose, "ours": f"{show_exact(found.income_fen)}元", "why": why})
    if not single:
        why = f"合计 ÷ {found.members} 人，不取整"
        rows.append({"item": "月人均收入", "ours": f"{show_exact(found.per_capita_fen)}元", "why": why})
    rows.append({"item": "低保标准", "ours": f"{show_exact(found.standard_fen)}元", "why": "每人每月"})
    rows += [
        {"item": line.name, "ours": line.shown, "why": "；".join(part.name for part in line.operands)}
        for line in _supplements(found)
    ]
    return rows + [
        {"item": "不符合的条件", "ours": failure.figures or "不符合", "why": failure.sentence}
        for failure in found.failures
        if failure.code != "test.income"
    ]


def _supplements(found: Reckoning) -> list[Line]:
    """The supplement of each person who has one, before any rounding."""
    return [line for line in found.walk() if line.code.startswith("supplement.") and line.code.count(".") == 1]


def sum_of(found: Reckoning) -> str:
    """The whole sum in words with its numbers, down to the amount paid."""
    parts = [how_of(found), *(f"加{line.name} {line.shown}" for line in _supplements(found))]
    if shown_of(found, "amount.exact") != shown_of(found, "amount"):
        parts.append(f"取整（{rounding_of(found)}）")
    return f"{'，'.join(part for part in parts if part)}＝每月 {show(found.amount_fen)} 元"


def _personal(line: Line) -> dict[str, Any] | None:
    """An income as stated, or a piece of property: the leaves that a family recognises."""
    is_income = line.code.startswith("income.") and line.code.endswith(".amount")
    is_support = line.code.startswith("support.") and line.code.count(".") == 1
    is_property = line.code.startswith("property.property-") and line.code.count(".") == 1
    if line.op == "ref" or not (is_income or is_support or (is_property and line.op == "given")):
        return None
    told = (
        line.declared
        if line.declared is not None
        else (line.value if line.op == "given" and line.unit == "fen" else None)
    )
    yours = f"{show_exact(told)}元" if isinstance(told, int) and not isinstance(told, bool) else ""
    return {"item": line.name, "yours": yours, "ours": line.shown, "why": line.note or line.formula}


def amount_explanation(application: Application, decision: Decision, grant: Grant) -> dict[str, Any]:
    """金额说明: one sentence, the figures beside the family's own, the sum, the rules, what can be done (forms.md 53)."""
    found = reckoning_for(decision.opinion, grant)
    data = head(application)
    month = decision.terms[grant.key]["start_month"].replace("-", "年").replace("年0", "年")
    tekun = grant.programme is Programme.TEKUN
    whose = f"{grant.name}" if grant.person else f"您家{len(grant.covered)}人"
    # One A4: the figures that made this amount; limits that only had to be kept stand in the reckoning.
    making = (figure for figure in found.figures if figure.key.startswith(_MAKING[grant.programme]))
    rules: dict[str, list[str]] = {}  # by document: several figures often come with the same
    for figure in making:
        rules.setdefault(figure.source, []).append(key_of(figure.key).label)
    return {
        **{key: data[key] for key in ("applicant", "case_number", "handler", "handler_phone", "hotline")},
        "programme_name": grant.kind,
        "sentence": f"{whose}每月可以领取{grant.kind.partition('（')[0]}金 {show(grant.amount_fen)} 元，从{month}月起发放",
        "figures": tekun_figures(found) if tekun else personal_figures(found, single=grant.single),
        "formula": tekun_sum(found) if tekun else sum_of(found),
        "additions": added_words(
            application, grants_of(decision.opinion), grant, decision.terms[grant.key]["start_month"]
        ),
        "rules": [
            *(TEKUN_RULES if tekun else RULES),
            *[SINGLE_RULE] * grant.single,
            *(f"{'、'.join(dict.fromkeys(labels))}：{source}" for source, labels in rules.items()),
        ],
        "options": [
            f"觉得算得不对：请到{data['township']}社会救助窗口提出。",
            "不服决定：可以依法申请行政复议或者提起行政诉讼，期限和地点见确认通知书。",
        ],
    }


def tekun_figures(found: Reckoning) -> list[dict[str, Any]]:
    """What the person said beside what was found, then level, form and the two standards."""
    rows = [row for line in found.walk() if (row := _personal(line)) is not None]
    rows += [
        {"item": "本人每月收入", "ours": f"{show_exact(found.income_fen)}元"},
        {"item": "低保标准", "ours": f"{show_exact(found.standard_fen)}元", "why": "本人收入须低于它"},
    ]
    told = (("self_care.level", "生活自理能力"), ("tekun.form", "供养形式"), ("tekun.kind", "城乡待遇"))
    rows += [{"item": item, "ours": line.shown, "why": line.note} for code, item in told if (line := find(found, code))]
    return rows + [{"item": line.name, "ours": line.shown, "why": "每人每月"} for line in standards_of(found)]


def tekun_sum(found: Reckoning) -> str:
    """The two standards added, down to the amount paid."""
    basic, care = (line.shown for line in standards_of(found))
    rounded = f"，取整（{rounding_of(found)}）" if find(found, "amount.exact") else ""
    return f"基本生活标准 {basic} ＋ 照料护理标准 {care}{rounded}＝每月 {show(found.amount_fen)} 元"
