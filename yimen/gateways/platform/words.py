"""What the headings of the platform's exports mean: its own words first, then those that townships' ledgers use too."""

from __future__ import annotations

from collections.abc import Sequence

from yimen.gateways.ledgers import heads
from yimen.gateways.ledgers.table import Vocabulary
from yimen.gateways.ledgers.wordings import NOT_TAKEN
from yimen.law.platform import FIELDS

LABELS: dict[str, str] = {field.key: field.label for field in FIELDS} | {
    "basic": "基本生活费（元，特困）",
    "care": "照料护理费（元，特困）",
    "their_number": "平台家庭编号（不比对）",
    "relation": "与户主关系（只取户主行）",
    "month": "所属月份（只核对）",
    "township": "乡街（只核对）",
}
"""Fields that a column may be given, with their labels: those that are compared, and those that say which row it is."""
REQUIRED = ("head_name", "head_identity")

_OWN = {
    "programme": (
        "救助项目 救助类型 救助业务 业务类型 保障项目 待遇类型 救助种类 救助事项 救助项目名称 救助业务类型 保障业务 业务种类 项目 "
        "救助项目类型"
    ),
    "supplement": (
        "分类施保金 分类施保金额 分类施保 分类施保增发 分类施保增发金额 增发金额 增发金 分类救助金 分类救助金额 分类补助 分类补助金 "
        "特殊补助金 增发保障金 分类施保补助金额 重点救助增发金额"
    ),
    "standing": "状态 在保状态 保障状态 救助状态 待遇状态 享受状态 家庭状态 发放状态 救助家庭状态 当前状态 对象状态 业务状态",
    "their_number": "家庭编码 平台编号 家庭唯一编码 救助编号 家庭代码 平台家庭编号 救助证编号 对象编号 救助家庭编号",
    "month": "所属月份 发放月份 业务月份 统计月份 救助月份 数据月份 发放年月 月份 账期 所属期 所属年月 保障月份",
    "amount": "救助总金额 月救助总金额 保障金总额 合计金额 发放总金额 应发金额 月应发金额 应发总额 户月救助金额 户月补助金额 救助金总额",
    "persons": "救助人口 救助人口数 施保人口 保障总人数 享受总人数 救助总人数",
    "urban": "城乡类型 城市农村 城乡标识 户籍类别 城乡标志",
    "village": "村居委会 所属村委会 所属居委会 所在村委会 所在居委会 所属村居委会 行政区划名称 村社区名 所属行政村 居村委会",
    "start_month": "救助起始月份 救助开始时间 救助开始日期 救助起始时间 起始日期 开始救助月份 救助开始月份 待遇开始时间 批准享受月份",
}
_TABLE = {word: field for field, words in _OWN.items() for word in words.split()}
_FROM_LEDGER = {
    "village": "village",
    "household_no": "their_number",
    "head_name": "head_name",
    "head_identity": "head_identity",
    "name": "name",
    "identity": "identity",
    "relation": "relation",
    "covered": "persons",
    "category": "category",
    "amount": "amount",
    "basic": "basic",
    "care": "care",
    "urban": "urban",
    "start_month": "start_month",
    "account": "account",
    "township": "township",
}


def field_of(head: str, group: str = "") -> str:
    """The field that a heading of the platform means; NOT_TAKEN for a known one that is not compared, "" if unknown."""
    over = heads.plain(group)
    for word in (over + heads.plain(head), heads.plain(head)) if over else (heads.plain(head),):
        if word in _TABLE:
            return _TABLE[word]
    found = heads.field_of(head, group)
    return _FROM_LEDGER.get(found, NOT_TAKEN if found else "")


def resolve(found: Sequence[str]) -> list[str]:
    """Fields of all columns; a bare name or number is the head's where no other column is. One named twice is unknown."""
    fields = list(found)
    for bare, whole in (("name", "head_name"), ("identity", "head_identity")):
        if bare in fields:
            at = fields.index(bare)
            fields[at] = whole if whole not in fields else NOT_TAKEN
            fields = [NOT_TAKEN if field == bare else field for field in fields]
    twice = {field for field in fields if field not in {"", NOT_TAKEN} and fields.count(field) > 1}
    return ["" if field in twice else field for field in fields]


PLATFORM = Vocabulary(field_of, resolve)


def missing(fields: Sequence[str]) -> list[str]:
    """Labels of what every file of the platform must tell and no column does."""
    return [LABELS[field] for field in REQUIRED if field not in fields]


def offered() -> list[tuple[str, str]]:
    """Field and label to choose from for a column."""
    return [("", "请选择"), (NOT_TAKEN, "不比对"), *LABELS.items()]
