"""The templates to fill: the columns of each kind of ledger with how each is filled, rules, lists to choose from, an example.

One row a person in all of them: that is how most townships keep theirs, and nothing has to be matched in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yimen.law.ledger import RURAL, URBAN
from yimen.law.terms import Programme, Relation, SelfCare, SupportForm

_Column = tuple[str, int, str]
_Rule = tuple[str, str]


@dataclass(frozen=True)
class Form:
    """One template. ``lists`` are what to choose from, by column."""

    columns: tuple[_Column, ...]
    rules: tuple[_Rule, ...]
    example: tuple[tuple[str, ...], ...]
    lists: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def column(self, head: str) -> int:
        """Where a heading stands."""
        return next(at for at, (text, _, _) in enumerate(self.columns) if text == head)


_VILLAGE: _Column = ("村（社区）", 14, "每户必填一次，写系统中的名称。")
_GROUP: _Column = ("组（楼栋）", 12, "可以不填。")
_NUMBER: _Column = ("身份证号", 22, "18位完整号码，文本格式。末尾变成 000 或写成 E+17 的已被截断，不能导入。")
_PHONE: _Column = ("联系电话", 14, "可以不填。")
_BANK: tuple[_Column, ...] = (
    ("开户银行", 20, "可以不填。"),
    ("银行账号", 24, "文本格式，开头的 0 保留。数字格式的不能导入。"),
)
_PEOPLE: tuple[_Column, ...] = (
    ("户主姓名", 12, "每一行都写本户户主；户主姓名变了，就是下一户。"),
    ("姓名", 12, "一人一行，户主本人也占一行；少数民族姓名用“·”。"),
    _NUMBER,
    ("与户主关系", 12, "户主写“本人”，其余写配偶、子女、父母、孙子女、兄弟姐妹、其他等。"),
)
_RELATIONS = [relation.label for relation in Relation if relation is not Relation.GRANDCHILD]
_YES_NO = ["是", "否"]
_MASK = "（18位号码）"
_TEXT = "（文本格式的账号）"
_LIKEWISE: _Rule = (
    "也可以", "直接上传现有台账：列名写法、标题行、合计行、合并的表头都能认；不认识的列会列出来请您指明。",
)  # fmt: skip
_AGAIN: _Rule = ("再次导入", "改过的台账可以再次上传，只改变动的格子；台账里没有的列、空着的格子不改动系统里的内容。")
_ONE_KIND: _Rule = ("一份一类", "低保、特困、低保边缘家庭、刚性支出困难家庭各用各的台账，不能混在一张表里。")

_DIBAO = Form(
    columns=(
        _VILLAGE,
        _GROUP,
        *_PEOPLE,
        ("是否保障", 10, "写“是”或“否”；不写的按保障人数核对。"),
        ("保障人数", 10, "本户享受保障的人数，写在户主那一行。"),
        ("保障类别", 10, "写在户主那一行，如 A、B、C。"),
        ("月保障金额（元）", 16, "本户每月的总金额，写在户主那一行，最多两位小数。"),
        ("起始月份", 12, "开始享受的月份，如 2024-03 或 2024年3月。"),
        ("下次复核日期", 14, "可以不填；不填的从起始月份起按类别的复核间隔推算。"),
        _PHONE,
        ("开户人", 12, "可以不填，不填视为户主。以后更换账号时，开户人须是本户成员。"),
        *_BANK,
    ),
    rules=(
        ("怎样填", "一人一行，同一户连续写；村、保障人数、类别、金额、起始月份、账号等只写在户主那一行。"),
        _LIKEWISE,
        _AGAIN,
        ("不会导入", "本系统确认的家庭的类别、金额、成员和月份，停保后的家庭，正在申请的家庭。"),
    ),
    example=(
        (
            "示例社区", "3组", "张某某", "张某某", _MASK, "本人", "是", "2", "B", "620.00", "2024-03", "", "", "张某某",
            "示例农村商业银行", _TEXT,
        ),
        ("", "", "张某某", "李某某", _MASK, "配偶", "是", *[""] * 9),
        ("示例社区", "5组", "王某某", "王某某", _MASK, "本人", "是", "1", "A", "465.00", "2021年7月", *[""] * 5),
    ),
    lists={5: _RELATIONS, 6: _YES_NO},
)  # fmt: skip

_TEKUN = Form(
    columns=(
        _VILLAGE,
        _GROUP,
        ("姓名", 12, "一人一行，每个特困人员都占一行；少数民族姓名用“·”。"),
        _NUMBER,
        ("城乡类别", 10, "城镇或农村，决定按哪一个标准；不填的按村（社区）。"),
        ("供养方式", 12, "集中供养或分散供养，由本人选择。"),
        ("自理能力", 24, "具备、部分丧失或完全丧失生活自理能力，以最近一次评估为准。"),
        ("供养机构", 20, "集中供养的写供养服务机构的名称。"),
        ("基本生活费（元）", 16, "每月的数，最多两位小数。可以只写合计。"),
        ("照料护理费（元）", 16, "每月的数，没有的写 0。"),
        ("月供养金合计（元）", 16, "基本生活费加照料护理费；两项都写了的可以不填，三项都写的须相符。"),
        ("起始月份", 12, "开始享受供养的月份，如 2024-03 或 2024年3月。"),
        ("下次复核日期", 14, "可以不填；不填的从起始月份起按特困的复核间隔推算。"),
        _PHONE,
        ("开户人", 12, "可以不填，不填视为本人。由供养机构代领的写机构户名。"),
        *_BANK,
    ),
    rules=(
        ("怎样填", "一人一行。与家人同住的也只写本人，家里其他人不写。"),
        _ONE_KIND,
        _LIKEWISE,
        _AGAIN,
        ("不会导入", "正在享受低保、已认定为边缘家庭或刚性支出困难家庭成员的人，请先办理原保障的变更。"),
    ),
    example=(
        (
            "示例社区", "3组", "张某某", _MASK, URBAN, "集中供养", "完全丧失", "示例敬老院", "1040.00", "720.00", "1760.00",
            "2024-03", "", "", "示例敬老院", "示例农村商业银行", _TEXT,
        ),
        ("示例社区", "5组", "王某某", _MASK, RURAL, "分散供养", "具备", "", "676.00", "180.00", "856.00", "2021年7月", *[""] * 5),
    ),
    lists={
        4: [URBAN, RURAL],
        5: [form.label for form in SupportForm],
        6: [level.label for level in SelfCare],
    },
)  # fmt: skip

_RECOGNISED: tuple[_Column, ...] = (
    _VILLAGE,
    _GROUP,
    *_PEOPLE,
    ("是否认定", 10, "写“是”或“否”；不写的按认定人数核对。"),
    ("认定人数", 10, "本户认定在内的人数，写在户主那一行。"),
    ("认定日期", 14, "作出认定的日期，如 2026-03-01。"),
)
_MEMBERS: _Rule = ("怎样填", "一人一行，同一户连续写；村、认定人数、认定日期、有效期等只写在户主那一行。没有金额一列。")
_APART: _Rule = ("不会导入", "正在享受低保、特困供养的人，另一类认定还在有效期内的人；单人保的成员可以在边缘家庭里。")

_EDGE = Form(
    columns=(
        *_RECOGNISED,
        ("有效期至", 14, "可以不填；写了的须晚于认定日期。"),
        ("下次复核日期", 14, "可以不填；不填的从认定月份起按边缘家庭的核查间隔推算。"),
        _PHONE,
    ),
    rules=(_MEMBERS, _ONE_KIND, _LIKEWISE, _AGAIN, _APART),
    example=(
        ("示例社区", "3组", "张某某", "张某某", _MASK, "本人", "是", "2", "2026-03-01", "2027-02-28", "", ""),
        ("", "", "张某某", "李某某", _MASK, "配偶", "是", *[""] * 5),
    ),
    lists={5: _RELATIONS, 6: _YES_NO},
)
_RIGID = Form(
    columns=(
        *_RECOGNISED,
        ("有效期至", 14, "必填，自认定之日起最长 12 个月；期满重新申请。"),
        _PHONE,
    ),
    rules=(_MEMBERS, _ONE_KIND, _LIKEWISE, _AGAIN, _APART),
    example=(
        ("示例社区", "3组", "张某某", "张某某", _MASK, "本人", "是", "2", "2026-03-01", "2027-03-01", ""),
        ("", "", "张某某", "李某某", _MASK, "配偶", "是", *[""] * 4),
    ),
    lists={5: _RELATIONS, 6: _YES_NO},
)

FORMS: dict[Programme, Form] = {
    Programme.DIBAO: _DIBAO,
    Programme.TEKUN: _TEKUN,
    Programme.EDGE: _EDGE,
    Programme.RIGID_EXPENDITURE: _RIGID,
}
