"""What the data check can establish, and which register or bank knows it (D17; Law Art. 41; forms.md 14).

An item is one thing that a household declares and a source can confirm or contradict; its code is the one the
declaration uses (``PropertyKind`` for property), so that declared and verified stand beside each other. The law
names the bodies, not an exchange format: the codes are this project's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from yimen.law.terms import Term


class Measure(Term):
    """How the value of an item is stated and compared."""

    MONEY = "money", "金额"
    COUNT = "count", "数量"
    TEXT = "text", "文字"


class FoundPeriod(Term):
    """What a found amount refers to; a balance is that of its data date."""

    BALANCE = "balance", "时点余额"
    MONTH = "month", "每月"
    YEAR = "year", "每年"
    ONCE = "once", "一次性"


class AnswerState(Term):
    """What one source said about one person. Only ``answered`` settles anything (K10)."""

    ANSWERED = "answered", "已反馈"
    NOT_AVAILABLE = "not_available", "暂不能查询"
    ERROR = "error", "查询出错"


@dataclass(frozen=True)
class Item:
    """One declared item. ``unit`` is what a count is counted in, or empty."""

    code: str
    label: str
    measure: Measure
    unit: str = ""

    @property
    def is_money(self) -> bool:
        """A finding of this item must state an amount."""
        return self.measure is Measure.MONEY

    @property
    def is_count(self) -> bool:
        """A finding of this item must state a number of things."""
        return self.measure is Measure.COUNT


@dataclass(frozen=True)
class Source:
    """A body that answers, with the items that it can verify."""

    code: str
    label: str
    body: str
    items: tuple[str, ...]


ITEMS: tuple[Item, ...] = (
    Item("members", "户籍和家庭成员", Measure.TEXT),
    Item("marriage", "婚姻状况", Measure.TEXT),
    Item("wage", "工资性收入", Measure.MONEY),
    Item("pension", "养老金、离退休金", Measure.MONEY),
    Item("tax", "纳税记录", Measure.MONEY),
    Item("business", "市场主体登记", Measure.COUNT, "户"),
    Item("deposit", "银行存款", Measure.MONEY),
    Item("securities", "证券、基金", Measure.MONEY),
    Item("insurance", "商业保险", Measure.MONEY),
    Item("claim", "互联网金融资产", Measure.MONEY),
    Item("fund", "住房公积金", Measure.MONEY),
    Item("vehicle", "机动车辆", Measure.COUNT, "辆"),
    Item("house", "房屋等不动产", Measure.COUNT, "处"),
    Item("land", "承包土地和农业补贴", Measure.MONEY),
    Item("disability", "残疾情况", Measure.TEXT),
    Item("death", "死亡和殡葬记录", Measure.TEXT),
)

# Where several sources know an item, the first in this order is its principal one.
SOURCES: tuple[Source, ...] = (
    Source("household_register", "户籍", "公安（户籍管理）", ("members",)),
    Source("marriage_register", "婚姻登记", "民政（婚姻登记）", ("marriage",)),
    Source("social_insurance", "社会保险", "人力资源和社会保障（社保经办）", ("pension", "wage")),
    Source("medical_insurance", "医疗保险", "医疗保障", ("wage",)),
    Source("tax", "税务", "税务", ("tax", "wage")),
    Source("market_register", "市场主体登记", "市场监督管理", ("business",)),
    Source("real_estate", "不动产登记", "自然资源（不动产登记）", ("house",)),
    Source("vehicle_register", "车辆登记", "公安（交通管理）", ("vehicle",)),
    Source("bank", "银行存款", "银行", ("deposit",)),
    Source("insurance", "商业保险", "保险机构", ("insurance",)),
    Source("securities", "证券", "证券机构", ("securities",)),
    Source("payment_institution", "非银行支付", "非银行支付机构", ("claim",)),
    Source("housing_fund", "住房公积金", "住房公积金管理", ("fund",)),
    Source("agriculture", "土地和农业补贴", "农业农村", ("land",)),
    Source("disabled_federation", "残疾人证", "残联", ("disability",)),
    Source("funeral", "殡葬", "民政（殡葬）", ("death",)),
)

# What only the monthly comparison of everybody on assistance asks (plan 四(六)): a single application is not on it yet.
MONTHLY_ITEMS: tuple[Item, ...] = (
    Item("assistance", "其他救助待遇", Measure.TEXT),
    Item("duplicate", "异地重复救助", Measure.TEXT),
)
MONTHLY_SOURCES: tuple[Source, ...] = (
    Source("assistance_register", "社会救助", "民政（社会救助信息）", ("assistance", "duplicate")),
)

_ITEMS = {item.code: item for item in (*ITEMS, *MONTHLY_ITEMS)}
_SOURCES = {source.code: source for source in (*SOURCES, *MONTHLY_SOURCES)}


def item(code: str) -> Item:
    """The item of this code; KeyError for a code that is in no catalogue."""
    return _ITEMS[code]


def source(code: str) -> Source:
    """The source of this code; KeyError for a code that is in no catalogue."""
    return _SOURCES[code]


def is_item(code: str) -> bool:
    """Whether the catalogue knows the item."""
    return code in _ITEMS


def is_source(code: str) -> bool:
    """Whether the catalogue knows the source."""
    return code in _SOURCES


def sources_for(item_code: str) -> tuple[Source, ...]:
    """Sources that can verify an item, the principal one first; none means 无可核对来源."""
    return tuple(source for source in _SOURCES.values() if item_code in source.items)


def all_source_codes() -> tuple[str, ...]:
    """Every source of a single check, in the order of the catalogue: what a request asks unless told otherwise."""
    return tuple(source.code for source in SOURCES)


def monthly_source_codes() -> tuple[str, ...]:
    """Every source that the monthly comparison may ask, in the order of the catalogue."""
    return tuple(_SOURCES)


def item_labels() -> dict[str, str]:
    """Every item that an answer may speak of, by code."""
    return {item.code: item.label for item in _ITEMS.values()}


def source_labels() -> dict[str, str]:
    """Every source that may answer, by code."""
    return {source.code: source.label for source in _SOURCES.values()}
