"""The words of 提标: where a run stands, what it does to a household, what became of each line."""

from __future__ import annotations

from yimen.law.terms import Programme, Term

GROUPS: dict[str, tuple[Programme, str]] = {
    "dibao.standard.": (Programme.DIBAO, "低保标准"),
    "tekun.basic.": (Programme.TEKUN, "特困基本生活标准"),
    "tekun.care.": (Programme.TEKUN, "特困照料护理标准"),
}
"""Figures whose raise re-reckons everybody: the beginning of their keys, whom they concern, and their common name."""


class UpliftState(Term):
    """Where a run stands."""

    DRAWING = "drawing", "正在核算"
    PREVIEWED = "previewed", "已核算待提交"
    PROPOSED = "proposed", "待另一人发布"
    RUNNING = "running", "正在执行"
    DONE = "done", "已执行"
    WITHDRAWN = "withdrawn", "已撤回"


class UpliftEffect(Term):
    """What the new standard makes of a household's amount."""

    RAISED = "raised", "提高"
    SAME = "same", "不变"
    FALLS = "falls", "减少或不再符合"
    UNKNOWN = "unknown", "无法核算"


class UpliftOutcome(Term):
    """What became of a line. Only a raise is carried out; a fall is a change of its own, with hearing (L48)."""

    WAITING = "waiting", "待执行"
    DONE = "done", "已执行"
    LEFT = "left", "未执行"
    APART = "apart", "另行办理"
    NONE = "none", "无须办理"


def programme_of(key: str) -> Programme | None:
    """Whom a figure concerns; None for one whose raise re-reckons nobody."""
    return next((programme for start, (programme, _) in GROUPS.items() if key.startswith(start)), None)
