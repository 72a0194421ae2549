"""Statutory clocks of the other programmes, as data: what the texts settle, and no more.

特困: 15 working days to an opinion, 7 days of notice, 15 working days for the district (T13, T15, T16). No text gives a
total, nor one for a delegated decision: ``tekun.total_delegated`` is a figure of the place. 刚性支出: 30 working days, 45 in
special cases (R8). For 边缘家庭 no national text sets a limit, nor for telling a refusal of the two recognitions (L45, R7): figures
that nobody has set. Those that ``CLOCKS`` has too are started by rows of the procedure.
"""

from __future__ import annotations

from yimen.law.procedure.clocks import CLOCKS, ClockRule
from yimen.law.terms import Programme

_T = "民发〔2021〕43号"


def _rule(code: str, label: str, key: str, unit: str, who: str, article: str, **more: str) -> ClockRule:
    return ClockRule(
        code,
        label,
        key,
        unit,
        who,
        (article,),
        delegated_key=more.get("delegated_key", ""),
        extended_key=more.get("extended_key", ""),
        required=not more.get("unset"),
    )


_TEKUN = (
    _rule("investigation", "调查核实并提出初审意见", "tekun.investigation", "working_day", "乡街", f"{_T}第十三条"),
    _rule("public_notice", "公示期", "tekun.public_notice_days", "calendar_day", "乡街", f"{_T}第十五条"),
    _rule("new_opinion", "公示异议后重新提出意见", "tekun.new_opinion", "working_day", "乡街", f"{_T}第十五条"),
    _rule(
        "district_decision", "区级审核确认", "tekun.district_decision", "working_day", "区级民政部门", f"{_T}第十六条"
    ),
    _rule("refusal_notice", "书面告知不予确认", "tekun.refusal_notice", "working_day", "确认机关", f"{_T}第十八条"),
    *(CLOCKS[code] for code in ("reassess", "stop_notice", "stop_decision")),
)
_RIGID = (
    _rule(
        "total",
        "认定总时限",
        "rigid_expenditure.total",
        "working_day",
        "确认机关",
        "民发〔2024〕57号第八条",
        delegated_key="rigid_expenditure.total_delegated",
        extended_key="rigid_expenditure.total_extended",
    ),
    _rule(
        "refusal_notice", "书面告知不予认定", "rigid_expenditure.refusal_notice", "working_day", "确认机关",
        "民发〔2024〕57号第七条", unset="no text says how long",
    ),
    _rule("validity_end", "认定有效期", "rigid_expenditure.validity_max", "month", "乡街", "民发〔2024〕57号第十条"),
)
_EDGE = (
    _rule(
        "refusal_notice", "书面告知不予认定", "edge.refusal_notice", "working_day", "确认机关", "社会救助法第四十五条",
        unset="no text says how long",
    ),
)
_DIBAO = (_rule("grace_end", "渐退期", "dibao.grace_max", "month", "乡街", "民发〔2022〕83号一（三）"),)

PROGRAMME_CLOCKS: dict[Programme, dict[str, ClockRule]] = {
    Programme.DIBAO: {rule.code: rule for rule in _DIBAO},
    Programme.TEKUN: {rule.code: rule for rule in _TEKUN},
    Programme.EDGE: {rule.code: rule for rule in _EDGE},
    Programme.RIGID_EXPENDITURE: {rule.code: rule for rule in _RIGID},
}
"""Clocks by programme and code. Those that every case of dibao runs are ``CLOCKS``; 渐退期 and validity end by a day of their own,
which the decision sets within the figure."""


def clock_of(programme: str, code: str) -> ClockRule:
    """The limit of a step for a programme; dibao's where the programme has no text of its own. Raises KeyError."""
    return PROGRAMME_CLOCKS.get(Programme(programme), {}).get(code) or CLOCKS[code]
