"""Contexts for the pages of the village, the district and the public."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.safestring import mark_safe

from tests.desks.sample_acts import visit
from tests.desks.sample_forms import AskForm, FileForm
from tests.desks.sample_parts import (
    DELEGATIONS,
    HIDDEN,
    OVERVIEW,
    PLACE,
    QUEUE_COLUMNS,
    STEPS,
    frame,
    queue_row,
    simple_list,
)
from yimen.desks.shared.shapes import (
    Action,
    Block,
    Chart,
    Check,
    Column,
    Day,
    Empty,
    Fact,
    Frame,
    Link,
    Month,
    Page,
    Row,
    Table,
    Tag,
    Tile,
    Visit,
)

FIGURES = Table(
    ["参数", Column("值", numeric=True), "单位", "适用范围", "起", "止", "文号", "状态"],
    [
        Row(
            [
                Link("城市低保标准", "#"),
                "700.00",
                "元/人·月",
                "安澜区",
                "2026-01-01",
                "—",
                "安政发〔2026〕示例 1 号",
                Tag("amber", "示例"),
            ]
        ),
        Row([Link("公示天数", "#"), "7", "天", "全国", "2021-07-01", "—", "民发〔2021〕57号", Tag("green", "有效")]),
        Row(
            [Link("2027 年城市低保标准", "#"), "—", "元/人·月", "安澜区", "2027-01-01", "—", "—", Tag("red", "未设置")]
        ),
    ],
    label="标准",
)


def month(number: int) -> Month:
    first = dt.date(2026, number, 1)
    days = [
        first + dt.timedelta(days=offset) for offset in range(31) if (first + dt.timedelta(days=offset)).month == number
    ]
    cells: list[Day | None] = [None] * first.weekday() + [
        Day(day.day, "holiday", "休", title="国庆节")
        if (number, day.day) in {(10, 1), (10, 2)}
        else Day(day.day, "makeup", "班")
        if (number, day.day) == (10, 10)
        else Day(day.day, "rest" if day.weekday() > 4 else "work", today=day == dt.date(2026, 11, 24), url="#")
        for day in days
    ]
    return Month(
        f"{number} 月",
        [(cells[start : start + 7] + [None] * 7)[:7] for start in range(0, len(cells), 7)],
        provisional=number == 12,
    )


BOARD = Table(
    ["申请人", "村（社区）", Column("家庭成员数量", numeric=True), "类别", Column("月保障金（元）", numeric=True)],
    [Row(["王*兰", "站前社区", 2, "城市低保", "1,062.00"]), Row(["买**·**力", "站前社区", 3, "城市低保", "780.00"])],
    label="公示名单",
)


def outer_pages() -> dict[str, tuple[str, Frame | None, dict[str, Any]]]:
    """Village, district and public pages."""
    phone = frame(office="站前社区", user="张网格")
    district = frame("各乡街进度", place="安澜区", office="安澜区社会救助中心", user="郑监督")
    return {
        "visits": (
            "village/visits.html",
            phone,
            {
                "page": Page("我的走访", "站前社区，按到期先后。"),
                "visits": [
                    Visit("王秀兰", "3 组", "新申请入户", "#", Tag("red", "剩 1 个工作日")),
                    Visit("周永强", "5 组", "复查", "#", Tag("green", "剩 8 个工作日")),
                ],
                "call": Fact("街道电话", "0990-0000101"),
            },
        ),
        "visits-empty": (
            "village/visits.html",
            phone,
            {
                "page": Page("我的走访"),
                "visits": [],
                "empty": Empty("没有要走访的家庭。有新的走访时，这里会按到期先后列出。"),
            },
        ),
        "visit-form": ("shared/visit_form.html", phone, visit()),
        "visit-form-error": ("shared/visit_form.html", phone, visit(wrong=True)),
        "visit-form-larger": ("shared/visit_form.html", frame(size="larger"), visit()),
        "checks": (
            "district/checks.html",
            district,
            simple_list(
                "核对委托",
                Table(
                    ["批次", "乡街", Column("人数", numeric=True), "提交", "状态"],
                    [
                        Row(
                            [Link("HD-2026-11-07", "#"), "站前街道", 6, "2026-11-20", Tag("amber", "剩 2 个工作日")],
                            ref="1",
                            name="HD-2026-11-07",
                        )
                    ],
                    pick="request",
                    form_id="bulk",
                    label="核对委托",
                ),
                tabs=[Link("待发送", "#", current=True, count="1"), Link("已发送", "#"), Link("已返回", "#")],
                bulk=[Link("导出核对请求文件", "#")],
                hidden=HIDDEN,
                import_form=FileForm(),
                import_url="#",
                import_note="重复的结果文件会被认出，不会记两次。",
                practice=Action("由演练省平台答复", "#", method="post"),
                progress={"url": "/progress", "done": 3, "of": 12, "text": "已处理 3 / 12，约剩 5 秒"},
            ),
        ),
        "import-result": (
            "district/import_result.html",
            district,
            {
                "page": Page("导入结果"),
                "outcome": Tag("amber", "已保存 5 条，1 行有误，未保存。"),
                "tiles": [Tile("收到", "6"), Tile("新", "5"), Tile("重复", "0"), Tile("错误", "1", tone="red")],
                "table": Table(
                    [Column("行号", numeric=True), "对象", "错误原因", "怎么办"],
                    [Row(["4", "王*兰", "身份证号被 Excel 截断（尾数 000）", "请用文本格式重新导出"], tone="refused")],
                ),
                "again": Link("重新导入", "#"),
                "errors_file": Link("下载错误行", "#"),
            },
        ),
        "cases": (
            "district/cases.html",
            district,
            simple_list(
                "区级案件",
                Table([*QUEUE_COLUMNS, "由谁确认"], [Row([*queue_row(7).cells, "区民政局"])], label="区级案件"),
            ),
        ),
        "delegations": ("district/delegations.html", frame("确认权限"), simple_list("确认权限", DELEGATIONS)),
        "overview": (
            "district/overview.html",
            district,
            simple_list(
                "各乡街进度",
                OVERVIEW,
                blocks=[Block("已超期的案件", table=Table(QUEUE_COLUMNS, [queue_row(7)], label="已超期"))],
            ),
        ),
        "charts": (
            "district/charts.html",
            district,
            {
                "page": Page("统计图表", "截至 2026-11-24。"),
                "tiles": [Tile("在保家庭", "2,318", note="户")],
                "charts": [
                    Chart(
                        "在办案件停在哪里",
                        mark_safe(
                            '<svg aria-hidden="true" width="480" height="80"><rect width="300" height="30"/></svg>'
                        ),
                        "在办 2 件，青禾街道最多（2 件）。",
                        Table(
                            [Column("乡街"), Column("在办", numeric=True)],
                            [Row(["青禾街道", 2])],
                            label="在办案件按乡街",
                            stack=False,
                        ),
                        "按件计。",
                    )
                ],
            },
        ),
        "figures": (
            "district/figures.html",
            frame("政策与标准"),
            {
                "page": Page(
                    "政策与标准",
                    "每个数字都有文号和起止日期；未设置的数字会挡住要用它的决定。",
                    tools=[Action("登记新版本", "#", primary=True)],
                ),
                "groups": [Block("标准", table=FIGURES)],
                "unset": [Check("2027 年城市低保标准", False, "2027-01-01 起的确认决定不能作出", Link("去设置", "#"))],
            },
        ),
        "calendar": (
            "district/calendar.html",
            frame("工作日历"),
            {
                "page": Page("工作日历", "法定节假日与调休，按国务院办公厅通知。"),
                "years": [Link("2026 年", "#", current=True), Link("2027 年", "#")],
                "months": [month(number) for number in range(1, 13)],
                "document": "国办发明电〔2025〕示例",
            },
        ),
        "board": (
            "public/board.html",
            frame(),
            {
                "page": Page("公示与公布", "公示在确认之前，可以提出异议；公布是确认之后的结果。"),
                "places": [Link("站前街道", "#", current=True), Link("红嘴乡", "#")],
                "tabs": [Link("公示", "#", current=True, count="1"), Link("公布", "#")],
                "boards": [
                    {
                        "title": "最低生活保障审核确认公示（2026 年第 3 批）",
                        "sentence": "拟确认下列家庭为城市最低生活保障对象，公示 7 天。对公示内容有异议的，请在公示期内反映。",
                        "facts": [Fact("异议电话", "0990-0000101"), Fact("最后一天", "2026-11-27")],
                        "table": BOARD,
                    }
                ],
            },
        ),
        "board-empty": (
            "public/board.html",
            frame(size="large"),
            {
                "page": Page("公示与公布"),
                "places": [Link("站前街道", "#", current=True)],
                "empty": Empty("当前没有公示。"),
                "stale": "以下为 14:02 的静态副本。",
            },
        ),
        "screen": (
            "public/screen.html",
            None,
            {
                "title": "最低生活保障审核确认公示",
                "sentence": "公示期 2026-11-20 至 2026-11-27",
                "columns": ["申请人", "村（社区）", "人数", "月保障金（元）"],
                "rows": [["王秀兰", "站前社区", "2", "1,062.00"]] * 12,
                "next_url": "?page=2",
                "place": PLACE,
                "foot": "异议电话 0990-0000101 · 12345",
                "demo": True,
            },
        ),
        **_handbook(),
        "progress-ask": (
            "public/progress_ask.html",
            frame(),
            {"page": Page("查询办理进度", "请输入申请回执上的查询码和身份证号后 4 位。"), "form": AskForm()},
        ),
        "progress-ask-error": (
            "public/progress_ask.html",
            frame(size="larger"),
            {
                "page": Page("查询办理进度"),
                "form": AskForm({"code": "x"}),
                "closed": "错误次数过多，请于 15:20 后再试。",
            },
        ),
        "progress": (
            "public/progress.html",
            frame(),
            {
                "page": Page("办理进度"),
                "who": "王*兰",
                "next_step": "下一步：街道入户调查，11 月 25 日前。",
                "steps": STEPS[1:],
                "phone": Fact("经办电话", "0990-0000101"),
                "papers": [Link("受理通知书（PDF）", "#", note="2026-11-10")],
                "object_link": Link("对结果有异议，怎么办", "#"),
                "readers": [Fact("2026-11-12", "站前街道办事处，办理本案")],
                "leave": Action("关闭查询", "#", method="post"),
            },
        ),
    }


def _handbook() -> dict[str, tuple[str, Frame | None, dict[str, Any]]]:
    """The pages of the handbook that the server makes."""
    found = [
        (
            Link("公示异议", "#"),
            {"booklet": "乡街经办", "page": "公示", "title": "公示异议", "excerpt": "…登记公示异议…"},
        ),
        (Link("公示", "#"), {"booklet": "乡街经办", "page": "公示", "title": "公示", "excerpt": "公示 7 天…"}),
    ]
    page = Page("搜索手册")
    return {
        "handbook-search": (
            "help/search.html",
            frame(),
            {"page": page, "asked": "公示", "results": found, "limited": True},
        ),
        "handbook-search-none": ("help/search.html", frame(), {"page": page, "asked": "没有的词", "results": []}),
        "handbook-search-empty": ("help/search.html", frame(size="larger"), {"page": page, "asked": "", "results": []}),
        "handbook-unbuilt": ("help/unbuilt.html", frame(), {"page": Page("使用手册还没有生成")}),
    }
