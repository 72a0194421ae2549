"""The words of payment: where a roll stands, what a line is made of, what became of it."""

from __future__ import annotations

from yimen.law.terms import Term


class RollState(Term):
    """Where a roll stands. Three different persons prepare, approve and release it (K17, I4)."""

    DRAWING = "drawing", "正在编制"
    PREVIEWED = "previewed", "已编制待提交"
    PROPOSED = "proposed", "待负责人批准"
    APPROVED = "approved", "已批准待冻结"
    RUNNING = "running", "正在冻结"
    DONE = "done", "已冻结发布"
    WITHDRAWN = "withdrawn", "已撤回"


class RollKind(Term):
    """A month has one roll; who could not be in it gets a further one in the same month, with lines of its own (K4)."""

    MONTHLY = "monthly", "月度名册"
    FURTHER = "further", "补充名册"


class PartKind(Term):
    """What a line holds besides the amount of its own month; each part with its month and cause."""

    ADDITION = "addition", "临时加发"
    MISSED = "missed", "补发以前月份"
    ARREARS = "arrears", "补差"
    RECOVERY = "recovery", "扣回"
    ABSORBED = "absorbed", "已并入当月"


class LeftOut(Term):
    """Why an award is in the preview of a roll and not in the roll."""

    HELD = "held", "暂缓发放"
    CLASH = "clash", "有成员本月已在其他名册"
    OVERTAKEN = "overtaken", "发布以后待遇又有变动"


class Difference(Term):
    """What became of a household's payment since the month before."""

    NEW = "new", "新增"
    CHANGED = "changed", "金额变动"
    SAME = "same", "不变"
    ENDED = "ended", "不再发放"


class LineEventKind(Term):
    """What happened to a line after it was frozen; its last event is its status (K3). Only the bank says paid (K5)."""

    SENT = "sent", "已报送银行"
    PAID = "paid", "已发放"
    FAILED = "failed", "发放不成功"
    UNKNOWN = "unknown", "银行未答复"
    RETURNED = "returned", "发放后退回"
    HELD = "held", "暂缓发放"
    FREED = "freed", "解除暂缓"


class FailCause(Term):
    """Why a bank could not pay (statistics.md §3)."""

    CLOSED = "closed", "账户已销户"
    LIMIT = "limit", "超过账户限额"
    NAME = "name", "户名不符"
    NO_ACCOUNT = "no_account", "查无此账户"
    OTHER = "other", "其他原因"


FROZEN = (RollState.RUNNING, RollState.DONE)
"""States of a roll whose lines exist, or are being written."""

OPEN = (RollState.DRAWING, RollState.PREVIEWED, RollState.PROPOSED, RollState.APPROVED)
"""States of a roll of which nothing counts yet."""
