"""Contexts for lists and case pages: fictional persons, an invented district, identity numbers that cannot exist."""

from __future__ import annotations

import datetime as dt
from typing import Any

from yimen.desks.shared.lists.tools import ColumnChoice, ListTools
from yimen.desks.shared.shapes import (
    Action,
    Block,
    Cell,
    Clock,
    Column,
    Empty,
    Fact,
    Filter,
    Frame,
    Link,
    MenuGroup,
    Page,
    Pager,
    ReckoningLine,
    Row,
    Step,
    Table,
    Tag,
    Tile,
)
from yimen.desks.shared.templatetags.yimen import clock_words

HIDDEN = {"once": "k7m2q9", "version": "3"}
PLACE = "安澜区站前街道"


def _menu(current: str) -> list[MenuGroup]:
    def item(text: str, count: str = "") -> Link:
        return Link(text, "#", current=text == current, count=count)

    return [
        MenuGroup(
            "日常工作", [item("待办", "17"), item("新登记申请"), item("家庭档案（一户一档）"), item("公示公布", "3")]
        ),
        MenuGroup("监督", [item("各乡街进度"), item("核对委托", "2"), item("确认权限")]),
        MenuGroup("资料", [item("政策与标准"), item("工作日历"), item("文书")]),
    ]


def frame(current: str = "待办", **more: Any) -> Frame:
    settings: dict[str, Any] = {
        "place": PLACE,
        "office": "站前街道办事处",
        "user": "李经办",
        "demo": True,
        "menu": _menu(current),
        "home_url": "/township/",
        "search_url": "/search/",
        "logout_url": "/logout/",
        "household_url": "/households/",
        "intake_url": "/intake/",
        "watermark": "李经办 2026-11-24 14:02",
        "sizes": [
            Link("标准", "?size=standard", current=True),
            Link("大字", "?size=large"),
            Link("超大字", "?size=larger"),
        ],
        "phones": [
            Fact("站前街道社会救助窗口", "0990-0000101"),
            Fact("安澜区社会救助中心", "0990-0000100"),
            Fact("政务服务便民热线", "12345"),
        ],
        **more,
    }
    return Frame(**settings)


# --- lists ----------------------------------------------------------------------------------

NAMES = "王秀兰 赵德发 买买提·艾力 孙桂芝 刘凤英 周永强 陈玉梅 欧阳文山 何㛃 钱有余 阿卜杜热西提·阿卜杜克热木·买买提明·艾山江".split()
CLOCKS = [
    Clock(left=1),
    Clock(left=3),
    Clock(until=dt.date(2026, 11, 27), what="公示"),
    Clock(left=6),
    Clock(left=8),
    Clock(paused=True),
    Clock(left=2),
    Clock(left=-2),
    Clock(left=12, provisional=True),
    Clock(paused=True, waiting_for="申请人"),
    None,
]
STAGES = "入户调查 信息核对已返回 公示中（第5天） 审核意见 拟定意见 待申请人补正 待负责人确认".split()
NEXT = "填写调查表 比对申报 上传公示照片 拟定意见 提交确认 查看补正 提醒负责人".split()


def queue_row(number: int) -> Row:
    name = NAMES[number % len(NAMES)]
    return Row(
        [
            Link(name, f"/cases/{number}/"),
            f"ZQ-2026-{312 - number:04}",
            ["站前社区", "红嘴村", "北沟社区"][number % 3],
            ["城市低保 · 新申请", "农村低保 · 新申请"][number % 2],
            STAGES[number % 7],
            clock_words(CLOCKS[number % len(CLOCKS)]) or "—",
            Link(NEXT[number % 7], f"/cases/{number}/next/"),
        ],
        ref=str(number),
        name=name,
    )


QUEUE_COLUMNS = ["申请人", "案号", "村（社区）", "业务", "当前环节", "法定时限", "下一步"]


def queue(rows: int = 9, pick: str = "") -> dict[str, Any]:
    empty = Empty("今天没有待办。月末还有 3 件等待他人。", Action("查看等待他人的 3 件", "?tab=waiting"))
    return {
        "page": Page(
            "待办",
            "今天 2026-11-24（星期二）。时限按工作日计算，公示期间照常计时，等待补正期间暂停。",
            tools=[
                Action("新登记申请", "/intake/", primary=True),
                Action("导出 Excel", "/exports/new/", "post", hidden={"path": "/township/", "query": "tab=mine"}),
            ],
        ),
        "tiles": [
            Tile("待我办理", str(rows)),
            Tile("3 个工作日内到期", "3", tone="amber"),
            Tile("已超期", "1", tone="red"),
            Tile("26 日办结截止·还有 2 天", "41", note="/ 58 件已办结", done=41, of=58),
        ],
        "tabs": [
            Link(text, "#", current=not number, count=count)
            for number, (text, count) in enumerate(
                [
                    ("待我办理", str(rows)),
                    ("等待他人", "9"),
                    ("临期", "3"),
                    ("已暂停", "4"),
                    ("本站全部", "30"),
                    ("已办", "212"),
                ]
            )
        ],
        "filters": [
            Filter("programme", "业务", [("", "全部"), ("dibao", "低保")]),
            Filter("village", "村（社区）", [("", "全部"), ("1", "站前社区"), ("2", "红嘴村")], "2"),
            Filter("stage", "环节", [("", "全部")]),
        ],
        "filter_url": "/township/",
        "table": Table(
            QUEUE_COLUMNS, [queue_row(number) for number in range(rows)], label="待办清单", empty=empty, pick=pick
        ),
        "pager": Pager(
            rows, 1 if rows else 0, rows, sizes=[Link("50", "#", current=True), Link("100", "#"), Link("200", "#")]
        ),
        "bulk": [Link("批量开始公示", "/township/batch/publish_notice/")] if pick else [],
        "lister": list_tools(QUEUE_COLUMNS),
    }


def list_tools(columns: list[str]) -> ListTools:
    """The line over a list with everything in it."""
    chosen = [ColumnChoice(text, text != "业务", place, place) for place, text in enumerate(columns[1:], 1)]
    views = [Link("站前临期", "?view=1", current=True), Link("公示中", "?view=2")]
    return ListTools(
        "queue", "/township/", columns[0], chosen, views, "000000000001", "站前临期", True, "?village=", True,
        {"listing": "queue", "path": "/township/", "query": "tab=mine", "size": "50"},
    )  # fmt: skip


def simple_list(title: str, table: Table, **more: Any) -> dict[str, Any]:
    return {"page": Page(title, "一句话说明这一页的用途。", tools=[Action("导出 Excel", "#")]), "table": table, **more}


NOTICES = Table(
    ["批次", "类型", "村（社区）", Column("户数", numeric=True), "起止", "剩余", "张贴", "揭下", "异议", "下一步"],
    [
        Row(
            [
                Link("公示 2026-11 第 3 批", "#"),
                "低保",
                "站前社区",
                4,
                "2026-11-20 至 11-27",
                Tag("blue", "公示至 11-27"),
                Tag("green", "2 处已张贴"),
                Tag("neutral", "未到期"),
                "0",
                Link("上传揭下照片", "#"),
            ],
            ref="a",
            name="第 3 批",
        ),
        Row(
            [
                Link("公示 2026-11 第 2 批", "#"),
                "低保",
                "红嘴村",
                1,
                "2026-11-12 至 11-19",
                Tag("neutral", "已期满"),
                Tag("green", "2 处已张贴"),
                Tag("green", "已揭下"),
                Cell("1", tag=Tag("amber", "待处理")),
                Link("处理异议", "#"),
            ],
            ref="b",
            name="第 2 批",
        ),
    ],
    label="公示批次",
    pick="notice",
    form_id="bulk",
    stack=False,
)
OVERVIEW = Table(
    [
        "乡街",
        Column("在办", numeric=True),
        Column("临期", numeric=True),
        Column("已超期", numeric=True),
        Column("已暂停", numeric=True),
        Column("本月办结", numeric=True),
    ],
    [
        Row([Link("站前街道", "#"), 17, 3, Cell("1", tag=Tag("red", "最长 2 天")), 4, 12]),
        Row([Link("红嘴乡", "#"), 21, 0, 0, 2, 8]),
    ],
    foot=Row(["合计", 38, 3, 1, 6, 20]),
    label="各乡街进度",
)
DELEGATIONS = Table(
    ["事项", "乡街", "确认机关", "方式", "起", "止", "依据文件"],
    [
        Row(
            [
                "最低生活保障",
                "站前街道",
                "站前街道办事处",
                "下放",
                "2026-10-01",
                "—",
                Link("安政发〔2026〕示例 9 号", "#"),
            ]
        ),
        Row(
            [
                "最低生活保障",
                "红嘴乡",
                Cell("安澜区民政局", tag=Tag("amber", "12-01 起由乡街")),
                "—",
                "—",
                "2026-11-30",
                "—",
            ]
        ),
    ],
    label="确认权限",
)

# --- case -----------------------------------------------------------------------------------

LINES = [
    ReckoningLine(
        "认定月收入",
        "338.00",
        "养老金 138.00 + 赡养费 200.00",
        basis="民发〔2021〕57号第十条",
        opened=False,
        children=[
            ReckoningLine("养老金", "138.00", "138.00 × 1 月"),
            ReckoningLine("赡养费", "200.00", "申报 200.00，入户核实"),
        ],
    ),
    ReckoningLine("÷ 共同生活家庭成员", "2 人"),
    ReckoningLine("人均月收入", "169.00", "338.00 ÷ 2"),
    ReckoningLine(
        "现行标准", "700.00", note="示例标准 · 2026-01-01 起执行", document="安政发〔2026〕示例 1 号，城市低保标准"
    ),
    ReckoningLine("人均差额", "531.00", "700.00 − 169.00"),
    ReckoningLine("× 保障人数", "2 人"),
    ReckoningLine("月补差", "1,062.00", total=True),
]
STEPS = [
    Step(
        "申请登记",
        "done",
        "11-03 村代办 · 张网格",
        [Fact("办理", "张网格 2026-11-03 09:40"), Fact("依据", "实施方案四（一）")],
        [Link("申请回执（PDF）", "#")],
    ),
    Step("授权与承诺", "done", "11-03 已签 · 2 份扫描件"),
    Step("信息核对", "done", "11-04 提交 · 11-09 返回（3 处不一致）"),
    Step("受理", "done", "11-10 受理通知书已送达"),
    Step("入户调查", "now", "两人入户", tag=Tag("red", "剩 1 个工作日")),
    Step("民主评议", "skipped", "无争议，不评议"),
    Step("审核意见", "ahead", "须先写明全部处理意见"),
    Step("公示", "ahead", "7 天 · 乡街宣传栏、村公开栏"),
    Step("确认决定", "ahead", "确认通知书或不予确认告知书"),
    Step("公布", "ahead", "确认之后"),
    Step("系统录入与发放", "ahead", "次月"),
    Step("复核", "ahead", "按 A、B、C 类周期"),
    Step("归档", "ahead"),
]
COMPARED = Table(
    ["项目", "申请人申报", "核对结果（来源）", "处理"],
    [
        Row(["家庭人口", "2", "2（公安）", "一致"]),
        Row(["本人养老金", "未申报", "138.00 元/月（人社）", Cell("写处理意见", "#", strong=True)], tone="different"),
        Row(["子女赡养费", "200.00 元/月", "无可核对来源", Link("入户核实", "#")]),
        Row(["土地", "3.2 亩", "3.2 亩（农业农村）", "一致"]),
        Row(
            ["存款", "5,000.00 元", "28,640.12 元（银行，查询日 11-08）", Cell("写处理意见", "#", strong=True)],
            tone="different",
        ),
        Row(["机动车", "无", "无（公安交管）", "一致"]),
        Row(
            ["工商登记", "无", "个体户 1 户（市监，2019 注销）", Cell("写处理意见", "#", strong=True)], tone="different"
        ),
    ],
    label="申报与核对比对",
    stack=False,
)
IDENTITY = Fact("身份证", "9901**********1234", reveal=Action("显示（留痕）", "#", method="post", hidden={"once": "x"}))
TAGS = [Tag("blue", "城市低保 · 新申请"), Tag("red", "入户调查 · 剩 1 个工作日"), Tag("neutral", "无近亲属关系申明")]
CRUMB = [Link("待办", "/township/")]


def case(**more: Any) -> dict[str, Any]:
    tabs = [
        Link(text, "#", current=not number) for number, text in enumerate("办理 家庭 比对 调查 材料 文书 记录".split())
    ]
    return {
        "page": Page("王秀兰", tags=TAGS, crumbs=CRUMB),
        "line": "ZQ-2026-0312 · 站前社区 · 2 口人 · 受理 2026-11-10 · 经办 李经办、协办 张网格",
        "identity": IDENTITY,
        "steps": STEPS,
        "tabs": tabs,
        "blocks": [Block("申报与核对比对", "3 处不一致，须逐项写明处理意见后才能提交审核。", table=COMPARED)],
        "actions": [
            Action("填写调查表", "#", primary=True),
            Action("要求补正", "#"),
            Action("提交审核意见", "#", method="post", hidden=HIDDEN),
            Action("打印全部材料", "#"),
        ],
        "lines": LINES,
        "trial": True,
        "reckoning_note": "存款 28,640.12 未超过财产限额（示例，2 人户）。",
        "reckoning_links": [Link("每一步的条文与参数版本", "#"), Link("给申请人的说明（打印）", "#")],
        **more,
    }
