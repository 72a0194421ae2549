"""The ledgers (台账) of households on assistance: their words, their columns, and how their cells name relations.

One row a household, of 特困 one row a person. What is exported in these columns can be imported again and changes
nothing; what a township keeps under other headings is led back to them by the gateway that reads ledgers.
"""

from __future__ import annotations

from dataclasses import dataclass

from yimen.law.terms import Programme, Relation, SelfCare, SupportForm, Term


class AwardOrigin(Term):
    """Where an award comes from: decided here, or taken over from the ledger of before (四(五))."""

    DECISION = "decision", "本系统确认"
    LEDGER = "ledger", "台账接续"


class AwardState(Term):
    """How an award stands now."""

    RUNNING = "running", "在保"
    ENDED = "ended", "已停止"
    VOIDED = "voided", "已撤销"


class RunState(Term):
    """Where the import of a ledger stands."""

    READING = "reading", "待核对列名"
    PREVIEWED = "previewed", "已预览待提交"
    SUBMITTED = "submitted", "待负责人确认"
    RUNNING = "running", "正在导入"
    DONE = "done", "已导入"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销"
    WITHDRAWN = "withdrawn", "已撤回"


class LineState(Term):
    """What the preview says of a row."""

    NEW = "new", "新增"
    CHANGED = "changed", "变更"
    SAME = "same", "无变化"
    ERROR = "error", "错误"


class LineOutcome(Term):
    """What became of a row."""

    WAITING = "waiting", "待导入"
    TAKEN = "taken", "已导入"
    LEFT = "left", "未导入"
    REVERSED = "reversed", "已撤销"
    KEPT = "kept", "未撤销"


@dataclass(frozen=True)
class LedgerColumn:
    """A column of the ledger. ``kind``: text, count, money (yuan, two decimals), month (2024-03) or day (2024-03-01).

    ``secret`` holds identity numbers or accounts: in full only with right, reason and log entry (K23, K24).
    """

    key: str
    head: str
    kind: str = "text"
    width: int = 14
    secret: bool = False


LEDGER_COLUMNS: tuple[LedgerColumn, ...] = (
    LedgerColumn("number", "编号", width=20),
    LedgerColumn("village", "村（社区）", width=16),
    LedgerColumn("group", "组（楼栋）", width=12),
    LedgerColumn("head_name", "户主姓名", width=12),
    LedgerColumn("head_identity", "户主身份证号", width=22, secret=True),
    LedgerColumn("members", "共同生活成员", width=30),
    LedgerColumn("member_identities", "成员身份证号", width=42, secret=True),
    LedgerColumn("covered", "保障人数", "count", 10),
    LedgerColumn("uncovered", "不保障成员", width=14),
    LedgerColumn("category", "保障类别", width=10),
    LedgerColumn("amount", "月保障金额（元）", "money", 16),
    LedgerColumn("start_month", "起始月份", "month", 12),
    LedgerColumn("recertify_on", "下次复核日期", "day", 14),
    LedgerColumn("holder", "开户人", width=12),
    LedgerColumn("bank", "开户银行", width=22),
    LedgerColumn("account", "银行账号", width=24, secret=True),
)
_WHO = ("number", "village", "group")
_PAID_TO = ("holder", "bank", "account")
_OF_DIBAO = {column.key: column for column in LEDGER_COLUMNS}
TEKUN_COLUMNS: tuple[LedgerColumn, ...] = (
    *(_OF_DIBAO[key] for key in _WHO),
    LedgerColumn("head_name", "姓名", width=12),
    LedgerColumn("head_identity", "身份证号", width=22, secret=True),
    LedgerColumn("urban", "城乡类别", width=10),
    LedgerColumn("support_form", "供养方式", width=12),
    LedgerColumn("self_care", "自理能力", width=24),
    LedgerColumn("institution", "供养机构", width=20),
    LedgerColumn("basic", "基本生活费（元）", "money", 16),
    LedgerColumn("care", "照料护理费（元）", "money", 16),
    LedgerColumn("amount", "月供养金合计（元）", "money", 16),
    *(_OF_DIBAO[key] for key in ("start_month", "recertify_on", *_PAID_TO)),
)
"""One person a row; of an award whose parts are not known, basic living and care stay empty beside the sum."""
RECOGNISED_COLUMNS: tuple[LedgerColumn, ...] = (
    *(_OF_DIBAO[key] for key in (*_WHO, "head_name", "head_identity", "members", "member_identities")),
    LedgerColumn("covered", "认定人数", "count", 10),
    LedgerColumn("uncovered", "未认定成员", width=14),
    LedgerColumn("recognised_on", "认定日期", "day", 14),
    LedgerColumn("valid_to", "有效期至", "day", 14),
)
EDGE_COLUMNS: tuple[LedgerColumn, ...] = (*RECOGNISED_COLUMNS, _OF_DIBAO["recertify_on"])
"""Recognitions pay nothing: no amount, no account. 刚性支出 has no day of review, it expires (R10)."""
COLUMNS: dict[Programme, tuple[LedgerColumn, ...]] = {
    Programme.DIBAO: LEDGER_COLUMNS,
    Programme.TEKUN: TEKUN_COLUMNS,
    Programme.EDGE: EDGE_COLUMNS,
    Programme.RIGID_EXPENDITURE: RECOGNISED_COLUMNS,
}
RECOGNISED = (Programme.EDGE, Programme.RIGID_EXPENDITURE)
"""Programmes that recognise a household and pay nothing by the month."""
LEDGER_NAMES: dict[Programme, str] = {
    Programme.DIBAO: "低保台账",
    Programme.TEKUN: "特困供养台账",
    Programme.EDGE: "低保边缘家庭台账",
    Programme.RIGID_EXPENDITURE: "刚性支出困难家庭台账",
}
SHORT: dict[Programme, str] = {
    Programme.DIBAO: "低保",
    Programme.TEKUN: "特困供养",
    Programme.EDGE: "低保边缘家庭",
    Programme.RIGID_EXPENDITURE: "刚性支出困难家庭",
}
"""The programmes as townships call them."""
SEPARATOR = "、"

_SELF = "本人 户主 申请人 保障对象本人 自己"
_RELATIONS: dict[Relation, str] = {
    Relation.SELF: _SELF,
    Relation.SPOUSE: "配偶 妻 夫 妻子 丈夫 爱人 之妻 之夫",
    Relation.CHILD: "子女 子 女 儿子 女儿 儿 独生子 独生女 长子 次子 三子 四子 五子 长女 次女 二女 三女 四女 五女 "
    "大儿子 二儿子 三儿子 小儿子 大女儿 二女儿 三女儿 小女儿 之子 之女 养子 养女 继子 继女 二子 其子 其女",
    Relation.CHILD_IN_LAW: "子女的配偶 儿媳 媳 儿媳妇 媳妇 女婿 婿",
    Relation.GRANDCHILD: "孙子女、外孙子女 孙子女 外孙子女 孙 孙子 孙女 外孙 外孙子 外孙女 之孙",
    Relation.PARENT: "父母 父 母 父亲 母亲 之父 之母 其父 其母 继父 继母 养父 养母",
    Relation.PARENT_IN_LAW: "配偶的父母 公公 婆婆 公婆 岳父 岳母 岳父母",
    Relation.GRANDPARENT: "祖父母、外祖父母 祖父母 外祖父母 祖父 祖母 爷爷 奶奶 外祖父 外祖母 姥爷 姥姥 外公 外婆",
    Relation.SIBLING: "兄弟姐妹 兄 弟 姐 妹 兄弟 姐妹 哥哥 弟弟 姐姐 妹妹 哥 之兄 之弟 之姐 之妹",
    Relation.OTHER: "其他 其它 其他亲属 其他关系 侄子 侄女 侄 外甥 外甥女 甥 叔 伯 姑 舅 姨 叔叔 伯父 曾孙 曾孙子女 重孙",
}
_WORDS: dict[str, Relation] = {word: relation for relation, words in _RELATIONS.items() for word in words.split()}


URBAN, RURAL = "城镇", "农村"
_URBAN_WORDS = {
    URBAN: True,
    "城市": True,
    "城": True,
    "非农业": True,
    "非农": True,
    RURAL: False,
    "农": False,
    "农业": False,
}
_SELF_CARE: dict[SelfCare, str] = {
    SelfCare.ABLE: "具备生活自理能力 具备 有自理能力 具备自理能力 能自理 可自理 自理 全自理 完全自理 具有自理能力 有",
    SelfCare.PARTLY_LOST: "部分丧失生活自理能力 部分丧失 部分丧失自理能力 半自理 部分自理 半失能 半护理",
    SelfCare.LOST: "完全丧失生活自理能力 完全丧失 完全丧失自理能力 失能 全失能 不能自理 无自理能力 全护理",
}
_SUPPORT: dict[SupportForm, str] = {
    SupportForm.INSTITUTIONAL: "集中供养 集中 机构供养 集中救助供养",
    SupportForm.AT_HOME: "分散供养 分散 居家 居家供养 散居 分散救助供养",
}
_SELF_CARE_WORDS: dict[str, SelfCare] = {word: level for level, words in _SELF_CARE.items() for word in words.split()}
_SUPPORT_WORDS: dict[str, SupportForm] = {word: form for form, words in _SUPPORT.items() for word in words.split()}


def self_care_of(word: str) -> SelfCare | None:
    """The level of self-care that a customary word means (T22); None for a word that is not known."""
    return _SELF_CARE_WORDS.get(word)


def support_form_of(word: str) -> SupportForm | None:
    """The form of support that a customary word means (L16.2); None for a word that is not known."""
    return _SUPPORT_WORDS.get(word)


def urban_of(word: str) -> bool | None:
    """Whether a customary word means that the urban standard applies; None for a word that is not known."""
    return _URBAN_WORDS.get(word)


def relation_of(word: str) -> Relation | None:
    """The relation to the head that a customary word means; None for a word that is not known."""
    return _WORDS.get(word)


def named_members(people: list[tuple[str, str]]) -> str:
    """Members as one cell: ``李四（配偶）、王五（子女）`` from pairs of name and relation."""
    return SEPARATOR.join(f"{name}（{Relation(relation).label}）" for name, relation in people)
