"""The words of 动态管理: what changes, who says so, what follows, and how an award stands by month."""

from __future__ import annotations

from yimen.law.terms import Term


class ChangeEvent(Term):
    """What has happened to a household on assistance (D30; L46)."""

    BIRTH = "birth", "新生儿"
    DEATH = "death", "成员死亡"
    MARRIAGE = "marriage", "结婚、离婚"
    MOVED_IN = "moved_in", "成员迁入"
    MOVED_OUT = "moved_out", "成员迁出"
    SPLIT = "split", "分户"
    NEW_HEAD = "new_head", "变更户主"
    WORK = "work", "就业变化"
    INCOME = "income", "收入变化"
    PROPERTY = "property", "财产变化"
    ILLNESS = "illness", "患病或者病情变化"
    DISABILITY = "disability", "残疾变化"
    SELF_CARE = "self_care", "自理能力变化"
    LABOUR = "labour", "劳动能力变化"
    SCHOOL = "school", "入学、毕业、休学"
    OBLIGOR = "obligor", "法定义务人变化"
    CUSTODY = "custody", "服刑、强制隔离戒毒、宣告失踪"
    OTHER_PROGRAMME = "other_programme", "享受其他救助待遇"
    SUPPORT_FORM = "support_form", "供养形式变化"
    ACCOUNT = "account", "发放账户变更"
    PAYEE = "payee", "领取人变更"
    CONTACT = "contact", "联系方式、住址变更"
    LIVING_APART = "living_apart", "人户分离（住到户籍地以外）"
    LIVING_BACK = "living_back", "人户分离结束（回户籍地居住）"
    JOB_REFUSAL = "job_refusal", "拒绝接受介绍的工作"
    UNCOOPERATIVE = "uncooperative", "拒不配合核查"
    FALSE_REPORT = "false_report", "虚报、隐瞒、伪造"
    VOLUNTARY_EXIT = "voluntary_exit", "自愿退出"
    TRANSFER = "transfer", "迁往其他乡街或者区"
    OTHER = "other", "其他变化"


RESIDENCE = frozenset({ChangeEvent.LIVING_APART, ChangeEvent.LIVING_BACK})
"""Events of where a household lives; its award stays with the place of its hukou (D15)."""

DETAILS = frozenset({ChangeEvent.ACCOUNT, ChangeEvent.PAYEE, ChangeEvent.CONTACT}) | RESIDENCE
"""Events that change no amount and no member."""


class ChangeSource(Term):
    """From whom the township learns of a change."""

    HOUSEHOLD = "household", "家庭告知"
    VILLAGE = "village", "村（社区）报告"
    CHECK_HIT = "check_hit", "信息核对发现"
    OFFICE = "office", "乡街发现"
    RECERTIFICATION = "recertification", "定期核查发现"
    INSTITUTION = "institution", "供养服务机构报告"
    COMPLAINT = "complaint", "举报、投诉"


class ChangeEffect(Term):
    """What a change does to the award."""

    UNCHANGED = "unchanged", "金额不变"
    INCREASE = "increase", "增发"
    DECREASE = "decrease", "减发"
    SUSPEND = "suspend", "暂停发放"
    RESUME = "resume", "恢复发放"
    END = "end", "停发（终止）"
    GRACE = "grace", "给予渐退期"
    TRANSFER = "transfer", "转出"
    DETAILS_ONLY = "details_only", "只变更登记的信息"


ADVERSE = frozenset({ChangeEffect.DECREASE, ChangeEffect.SUSPEND, ChangeEffect.END})
"""Effects before which the household is heard and after which it is told in writing with reasons (L48; D32)."""


class AwardCause(Term):
    """Why a version of an award was written."""

    GRANTED = "granted", "新增确认"
    TAKEN_OVER = "taken_over", "台账接续"
    LEDGER = "ledger", "台账变更"
    LEDGER_UNDONE = "ledger_undone", "撤销台账导入"
    CHANGE = "change", "情况变化调整"
    DEATH = "death", "成员死亡调整"
    UPLIFT = "uplift", "提高标准"
    SUSPENDED = "suspended", "暂停发放"
    RESUMED = "resumed", "恢复发放"
    GRACE = "grace", "给予渐退期"
    ENDED = "ended", "终止"
    EXPIRED = "expired", "有效期届满"
    TRANSFERRED_OUT = "transferred_out", "转出"
    TRANSFERRED_IN = "transferred_in", "转入"
    CORRECTED = "corrected", "更正"


class AwardPhase(Term):
    """How an award stands in a month."""

    RUNNING = "running", "在保"
    HELD = "held", "暂停发放"
    GRACE = "grace", "渐退期"
    ENDED = "ended", "已终止"
    VOIDED = "voided", "已撤销"


PAYING = frozenset({AwardPhase.RUNNING, AwardPhase.GRACE})
"""Phases in which a month's amount is due."""
