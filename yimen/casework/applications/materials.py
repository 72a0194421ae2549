"""Which papers an application needs (D10; L62.2; N 一(二)): only what the check cannot establish is asked."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.law.terms import AppliedBy, MaterialState


@dataclass(frozen=True)
class Wanted:
    """A paper of the checklist; ``why`` says why the check cannot supply it, empty where it can."""

    code: str
    label: str
    required: bool
    why: str


_ALWAYS = (
    Wanted("identity_card", "居民身份证（核验原件）", True, "用于当面核对申请人身份"),
    Wanted("hukou_book", "户口簿（核验原件）", True, "用于核对家庭成员关系"),
    Wanted("application_signed", "社会救助申请书（签字）", True, "须申请人本人或代理人签字"),
    Wanted("declaration_signed", "居民家庭信息申报表（签字）", True, "须申请人对申报内容签字负责"),
    Wanted("pledge_signed", "诚信承诺和授权委托书（签字）", True, "须成年家庭成员本人签字授权"),
)
_MANDATE = Wanted("agent_mandate", "代理申请委托书", True, "委托代办须有申请人的委托")
_BY_CHECK = (
    Wanted("disability_card", "残疾人证", False, ""),
    Wanted("income_proof", "收入证明", False, ""),
    Wanted("property_proof", "房产、车辆、存款证明", False, ""),
)
_OPTIONAL = (Wanted("illness_proof", "疾病诊断、医疗费用票据", False, "自付费用无法由核对取得时提供"),)


def wanted(applied_by: str) -> tuple[Wanted, ...]:
    """The checklist of an application."""
    mandate = () if applied_by == AppliedBy.SELF else (_MANDATE,)
    return (*_ALWAYS, *mandate, *_OPTIONAL, *_BY_CHECK)


def opening_state(paper: Wanted) -> MaterialState:
    """The state before anybody has looked: by check where the check can supply it, else missing."""
    return MaterialState.MISSING if paper.why else MaterialState.BY_CHECK
