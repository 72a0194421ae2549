"""The words of bank files: what a column may hold, how a file is written, what a bank may answer."""

from __future__ import annotations

from yimen.law.terms import Term


class FileKind(Term):
    """How the lines of a file are laid out."""

    FIXED = "fixed", "定长文本"
    DELIMITED = "delimited", "分隔符文本"
    EXCEL = "excel", "Excel（.xlsx）"


class Encoding(Term):
    """How a text file is encoded. GB18030 holds every character; GBK lacks the rare ones."""

    GB18030 = "gb18030", "GB18030"
    GBK = "gbk", "GBK"
    UTF8 = "utf-8", "UTF-8"
    UTF8_MARKED = "utf-8-sig", "UTF-8（带标记）"


class Newline(Term):
    """What ends a line."""

    CRLF = "crlf", "回车换行"
    LF = "lf", "只有换行"


class Quoting(Term):
    """Whether values in a delimited file stand in double quotes."""

    NONE = "none", "不加引号"
    ALL = "all", "都加双引号"


class Side(Term):
    """To which side of a fixed field the value is set; the other side is filled."""

    LEFT = "left", "左对齐"
    RIGHT = "right", "右对齐"


class AmountForm(Term):
    """How an amount is written. Both are exact."""

    YUAN = "yuan", "元（两位小数）"
    FEN = "fen", "分（整数）"


class DateForm(Term):
    """How a day is written; a month is written likewise, without its day."""

    PLAIN = "plain", "20261120"
    DASHED = "dashed", "2026-11-20"


class BankField(Term):
    """What a column, a header or a trailer of a bank file may hold: a closed list."""

    SERIAL = "serial", "序号"
    LINE = "line", "发放编号"
    BATCH = "batch", "批次号"
    NAME = "name", "户名"
    ACCOUNT = "account", "账号"
    AMOUNT = "amount", "金额"
    IDENTITY = "identity", "户主身份证号"
    ITEM = "item", "发放项目代码"
    PROGRAMME = "programme", "救助类别"
    MONTH = "month", "发放月份"
    REMARK = "remark", "附言"
    AWARD = "award", "保障编号"
    TOWNSHIP = "township", "乡街"
    BANK = "bank", "开户银行"
    DATE = "date", "制单日期"
    COUNT = "count", "总笔数"
    TOTAL = "total", "总金额"
    RESULT = "result", "结果代码"
    CAUSE = "cause", "原因说明"
    FIXED = "fixed", "固定文字"
    SKIP = "skip", "空白、不用"


OUT_COLUMNS = (
    BankField.SERIAL, BankField.LINE, BankField.BATCH, BankField.NAME, BankField.ACCOUNT, BankField.AMOUNT,
    BankField.IDENTITY, BankField.ITEM, BankField.PROGRAMME, BankField.MONTH, BankField.REMARK, BankField.AWARD,
    BankField.TOWNSHIP, BankField.BANK, BankField.DATE, BankField.FIXED, BankField.SKIP,
)  # fmt: skip
"""What a line that goes out may hold."""

BACK_COLUMNS = (
    BankField.SERIAL, BankField.LINE, BankField.BATCH, BankField.NAME, BankField.ACCOUNT, BankField.AMOUNT,
    BankField.RESULT, BankField.CAUSE, BankField.FIXED, BankField.SKIP,
)  # fmt: skip
"""What a line of the answer may hold."""

CONTROLS = (
    BankField.BATCH, BankField.COUNT, BankField.TOTAL, BankField.MONTH, BankField.TOWNSHIP, BankField.DATE,
    BankField.FIXED, BankField.SKIP,
)  # fmt: skip
"""What a header or trailer line may hold."""


class BankAnswerKind(Term):
    """What a bank's code means. A code that nobody has given a meaning is unknown, never paid."""

    PAID = "paid", "发放成功"
    FAILED = "failed", "发放不成功"
    UNKNOWN = "unknown", "结果不明"
    RETURNED = "returned", "发放后退回"


class TemplateState(Term):
    """Where a template stands: one person writes it, another releases it."""

    PROPOSED = "proposed", "待另一人发布"
    RELEASED = "released", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"


class ReturnState(Term):
    """Where a bank's answer stands. A refused one has changed nothing."""

    READING = "reading", "正在核对"
    REFUSED = "refused", "没有采用"
    PREVIEWED = "previewed", "已核对待入账"
    BOOKED = "booked", "已入账"
    WITHDRAWN = "withdrawn", "已撤回"


COUNTED = (ReturnState.READING, ReturnState.PREVIEWED, ReturnState.BOOKED)
"""States of an answer that is in hand or done: the same file cannot come in a second time."""


class ReturnFault(Term):
    """Why a bank's answer changes nothing."""

    UNREADABLE = "unreadable", "读不出来"
    REPLAYED = "replayed", "已经收过"
    FOREIGN = "foreign", "不是这一批的"
    TRUNCATED = "truncated", "不完整"
    ALTERED = "altered", "金额或账号被改动"
    REPEATED = "repeated", "重复的行"
    ANSWERED = "answered", "已有银行答复"


class Unsendable(Term):
    """Why a line of a released roll goes into no bank file now."""

    NO_ACCOUNT = "no_account", "没有收款账号"
    NO_TEMPLATE = "no_template", "开户银行没有已发布的文件模板"
    HELD = "held", "暂缓发放"
    NOTHING = "nothing", "本月应发为零"
