"""Statutory clocks: what they are called, which figure sets their length, what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.law.terms import Stage


@dataclass(frozen=True)
class ClockRule:
    """A time limit. Its length is a figure (``key``), so a place may set its own within the law.

    ``unit`` is the unit of the figure; ``who`` must act in time. Which periods do not count is the figure
    ``clock.pauses`` (by default none: no text takes notice, appraisal or check out of the total, rules.md §2.4).
    """

    code: str
    label: str
    key: str
    unit: str
    who: str
    articles: tuple[str, ...]
    delegated_key: str = ""
    extended_key: str = ""
    required: bool = True
    """Without a figure the act that starts this clock is blocked; otherwise the clock runs visibly without a limit."""


PAUSED_IN: dict[Stage, tuple[str, str]] = {
    Stage.SUPPLEMENTING: ("supplement", "申请人补正"),
    Stage.CHECKING: ("check", "核对结果"),
    Stage.APPRAISING: ("appraisal", "民主评议"),
    Stage.ON_NOTICE: ("public_notice", "公示期满"),
}
"""Stages in which a place may let the clocks of decision stand still, by the code of ``clock.pauses``, and for whom."""

PAUSABLE = ("total", "district_decision")

CLOCKS: dict[str, ClockRule] = {
    rule.code: rule
    for rule in (
        ClockRule(
            "total",
            "审核确认总时限",
            "dibao.total",
            "working_day",
            "确认机关",
            ("民发〔2021〕57号第二十二条", "民发〔2022〕83号四（一）"),
            delegated_key="dibao.total_delegated",
            extended_key="dibao.total_extended",
        ),
        ClockRule(
            "investigation_start",
            "启动家庭经济状况调查",
            "dibao.investigation_start",
            "working_day",
            "乡街",
            ("民发〔2021〕57号第十五条",),
        ),
        ClockRule(
            "check_start",
            "启动信息核对",
            "dibao.check_start",
            "working_day",
            "区社会救助中心",
            ("民发〔2021〕57号第十七条", "实施方案四（二）"),
        ),
        ClockRule(
            "supplement",
            "补正材料",
            "dibao.supplement_days",
            "working_day",
            "申请人",
            ("民发〔2021〕57号第十条",),
            required=False,
        ),
        ClockRule(
            "check_objection",
            "核对异议补证",
            "dibao.check_objection_days",
            "working_day",
            "申请人",
            ("民发〔2021〕57号第十八条", "实施方案四（二）"),
            required=False,
        ),
        ClockRule(
            "recheck",
            "核对异议复查",
            "dibao.recheck_days",
            "working_day",
            "乡街",
            ("民发〔2021〕57号第十八条",),
            required=False,
        ),
        ClockRule(
            "public_notice",
            "公示期",
            "dibao.public_notice_days",
            "calendar_day",
            "乡街",
            ("民发〔2021〕57号第十九条", "民发〔2022〕83号四（二）"),
        ),
        ClockRule(
            "district_decision",
            "区级审核确认",
            "dibao.district_decision",
            "working_day",
            "区级民政部门",
            ("民发〔2021〕57号第二十条",),
        ),
        ClockRule(
            "refusal_notice",
            "书面告知不予确认",
            "dibao.refusal_notice",
            "working_day",
            "确认机关",
            ("民发〔2021〕57号第二十一条", "民发〔2021〕43号第十八条", "社会救助法第四十五条"),
        ),
        # 特困: from acceptance to the opinion, and to a new one after an objection; its total is that of the case.
        ClockRule(
            "tekun_opinion",
            "特困：调查核实并提出初审意见",
            "tekun.investigation",
            "working_day",
            "乡街",
            ("民发〔2021〕43号第十三条",),
        ),
        ClockRule(
            "tekun_new_opinion",
            "特困：异议后重新提出意见",
            "tekun.new_opinion",
            "working_day",
            "乡街",
            ("民发〔2021〕43号第十五条",),
        ),
        # A review runs until the day by which it was due, which the last look and the place's interval have set.
        ClockRule(
            "recertify",
            "定期复核",
            "category.scheme",
            "calendar_day",
            "乡街",
            ("民发〔2021〕57号第三十一条", "社会救助法第四十六条"),
            required=False,
        ),
        # After the decision (四(四)): each runs on a case of change.
        ClockRule(
            "award_change",
            "办理变更",
            "change.handling_days",
            "working_day",
            "乡街",
            ("民发〔2021〕57号第三十二条", "社会救助法第四十七条"),
            required=False,
        ),
        ClockRule(
            "death_change",
            "成员死亡后核查、变更",
            "dibao.death_recheck",
            "month",
            "乡街",
            ("民发〔2022〕83号一（三）",),
        ),
        ClockRule(
            "reassess",
            "自理能力复核评估",
            "tekun.self_care_reassess",
            "working_day",
            "区级民政部门",
            ("民发〔2021〕43号第二十三条",),
        ),
        ClockRule(
            "stop_notice",
            "终止公示期",
            "tekun.stop_public_notice_days",
            "calendar_day",
            "乡街",
            ("民发〔2021〕43号第二十六条",),
        ),
        ClockRule(
            "stop_decision",
            "终止异议后作出决定",
            "tekun.stop_new_decision",
            "working_day",
            "确认机关",
            ("民发〔2021〕43号第二十六条",),
        ),
        # Urgent relief is paid first; its papers follow (L50).
        ClockRule(
            "relief_papers",
            "补齐临时救助材料",
            "relief.supplement_days",
            "calendar_day",
            "乡街",
            ("社会救助法第五十条",),
            required=False,
        ),
    )
}
