"""Contexts for every page template: fictional persons, an invented district, identity numbers that cannot exist."""

from __future__ import annotations

from typing import Any

from tests.desks.sample_acts import act_form, comparison, conflict, decision, intake
from tests.desks.sample_forms import LoginForm
from tests.desks.sample_ledgers import ledger_pages
from tests.desks.sample_outer import outer_pages
from tests.desks.sample_parts import (
    CRUMB,
    HIDDEN,
    IDENTITY,
    NOTICES,
    QUEUE_COLUMNS,
    case,
    frame,
    queue,
    queue_row,
    simple_list,
)
from yimen.desks.shared.shapes import (
    Action,
    Block,
    Cell,
    Column,
    Empty,
    Fact,
    Frame,
    Link,
    Page,
    Refusal,
    Row,
    Table,
    Tag,
)


def pages() -> dict[str, tuple[str, Frame | None, dict[str, Any]]]:
    """name → (template, frame, given context): each page full, and where it matters empty and in error."""
    desk = frame()
    crumbs_page = Page("王秀兰家庭", tags=[Tag("green", "在保 B 类")], crumbs=[Link("家庭档案（一户一档）", "#")])
    members = Table(
        ["姓名", "关系", "性别", "出生日期", "状态"],
        [Row([Link("王秀兰", "#"), "本人", "女", "1958-03-02", "共同生活"])],
        label="成员",
    )
    papers = Table(
        ["文书", "编号", "日期", "状态", "送达"],
        [
            Row(
                [
                    Link("受理通知书（PDF）", "#"),
                    "安站受〔2026〕12 号",
                    "2026-11-10",
                    Tag("green", "已生成"),
                    Link("登记送达", "#"),
                ]
            )
        ],
    )
    none = Table(["申请人"], [], empty=Empty("没有找到。可以换姓名、案号或拼音首字母再试。", Action("新登记申请", "#")))
    login = {"form": LoginForm(), "login_url": "/login/"}
    review = {
        "page": Page("核对后提交", "提交即生成申请回执，时限从今天起计算。", crumbs=CRUMB),
        "hidden": HIDDEN,
        "submit_url": "#",
        "submit": "提交申请",
        "parts": [
            Block(
                "申请方式",
                facts=[Fact("申请方式", "委托村（社区）代办"), Fact("代办人", "张网格")],
                actions=[Action("修改申请方式", "#")],
            ),
            Block("成员", table=members),
        ],
        "carried": [("members-0-name", "王秀兰")],
    }
    return {
        "login": (
            "shared/login.html",
            desk,
            {**login, "accounts": [Fact("街道经办", "li.jingban"), Fact("区级监督", "zheng.jiandu")]},
        ),
        "login-error": (
            "shared/login.html",
            desk,
            {
                **login,
                "form": LoginForm({}),
                "locked": "已锁定到 14:20，请联系管理员 0990-0000100。",
                "carried": {"a": "1"},
                "carried_note": "登录已过期。登录后接着填，已填内容都在。",
            },
        ),
        "error": (
            "shared/error.html",
            desk,
            {
                "title": "没有找到这个页面",
                "sentence": "它可能已经移走，或者不在您的管辖范围内。",
                "advice": "请返回待办，用搜索再找一次。",
                "number": "7731-2209",
                "links": [Link("返回首页", "/")],
            },
        ),
        "error-csrf": (
            "shared/error.html",
            desk,
            {
                "title": "页面停留过久，需要重新提交",
                "sentence": "没有任何内容丢失。",
                "advice": "请核对后重新提交。",
                "carried": {"reason": "患病"},
                "carried_url": "/x/",
            },
        ),
        "queue": ("township/queue.html", desk, queue()),
        "queue-compact": ("township/queue.html", frame(compact=True), queue(17)),
        "queue-full": ("township/queue.html", desk, queue(200, pick="case")),
        "queue-empty": ("township/queue.html", desk, {**queue(0), "stale": "数据较慢，以下为 14:02 的快照。"}),
        "intake": ("township/intake.html", desk, intake()),
        "intake-error": ("township/intake.html", desk, intake(wrong=True)),
        "intake-review": ("township/intake_review.html", desk, review),
        "intake-review-error": (
            "township/intake_review.html",
            desk,
            {
                **review,
                "problems": [
                    Refusal("王秀兰已在“李玉珍”家庭中。", "先在原家庭办理人员减少。", [Link("打开该家庭", "#")])
                ],
            },
        ),
        "act-form": ("shared/act_form.html", desk, act_form()),
        "act-form-error": ("shared/act_form.html", desk, act_form(wrong=True)),
        "case": ("shared/case.html", desk, case()),
        "case-empty": (
            "shared/case.html",
            desk,
            case(
                lines=(),
                trial=False,
                reckoning_note="",
                reckoning_links=(),
                actions=(),
                cannot="等待区社会救助中心返回核对结果，已提交 4 天。",
                busy="周经办 14:02 起正在办理，本页只读。",
                blocks=[Block("申报与核对比对", empty=Empty("核对未返回，已提交 4 天；等待期间时限照常计算。"))],
                blocked=[
                    Refusal(
                        "城市低保标准未设置，不能计算补差。",
                        "由区民政局在“政策与标准”中设置。",
                        [Link("打开政策与标准", "#")],
                    )
                ],
            ),
        ),
        "comparison": ("shared/comparison.html", desk, comparison()),
        "comparison-empty": ("shared/comparison.html", desk, comparison(empty=True)),
        "decision": ("township/decision.html", desk, decision()),
        "decision-error": ("township/decision.html", desk, decision(wrong=True)),
        "decision-missing": (
            "township/decision.html",
            desk,
            {
                **decision(),
                "sections": (),
                "missing": Empty(
                    "还缺 2 项，不能作出决定：公示未满 7 天；入户调查只有 1 人签字。", Action("返回案件", "#")
                ),
            },
        ),
        "opinion": ("township/opinion.html", desk, {**decision(), "submit": "提交审核意见"}),
        "notices": (
            "township/notices.html",
            frame("公示公布"),
            simple_list(
                "公示公布",
                NOTICES,
                tabs=[Link("公示", "#", current=True, count="2"), Link("公布", "#", count="5")],
                bulk=[Link("批量打印", "#")],
                hidden=HIDDEN,
            ),
        ),
        "notices-empty": (
            "township/notices.html",
            frame("公示公布"),
            simple_list(
                "公示公布", Table(["批次"], [], empty=Empty("本期没有公示。", Action("从待公示案件生成", "#")))
            ),
        ),
        "household": (
            "shared/household.html",
            frame("家庭档案（一户一档）"),
            {
                "page": crumbs_page,
                "line": "站前社区 3 组 · 户号 ZQ-0088",
                "identity": IDENTITY,
                "blocks": [Block("成员", table=members)],
                "side": [Block("在保", facts=[Fact("月保障金", "1,062.00 元")])],
                "actions": [Action("登记变动", "#", primary=True)],
            },
        ),
        "reckoning": (
            "shared/reckoning.html",
            desk,
            {
                "page": Page("金额怎么算出来的", crumbs=[*CRUMB, Link("核算", "", current=True)]),
                "blocks": [Block("建议", text="符合条件，月补差 1,062.00 元。")],
            },
        ),
        "conflict": ("shared/conflict.html", desk, conflict()),
        "papers": ("shared/papers.html", frame("文书"), simple_list("文书", papers)),
        "awards": (
            "township/awards.html",
            frame("在保名册"),
            simple_list(
                "在保名册",
                Table(
                    ["户主", "村（社区）", Column("月保障金（元）", numeric=True)],
                    [Row([Link("王秀兰", "#"), "站前社区", "1,062.00"])],
                    label="在保名册",
                    foot=Row(["合计 1 户", Cell(), "1,062.00"]),
                ),
            ),
        ),
        "batch": (
            "shared/batch.html",
            desk,
            simple_list(
                "批量开始公示",
                Table(
                    ["申请人", "结果", "原因"],
                    [
                        Row([Link("王秀兰", "#"), Tag("red", "没有办"), "还没有审核意见。"], tone="refused"),
                        Row([Link("李长河", "#"), Tag("green", "已办"), "—"]),
                    ],
                    label="逐件结果",
                ),
                progress={"url": "#", "done": 2, "of": 40, "text": "已办 2 件，共 40 件"},
            ),
        ),
        "exports": (
            "shared/exports.html",
            frame("导出中心"),
            simple_list(
                "导出中心",
                Table(["名单", "行数", "下一步"], [Row(["待办", 120, Action("下载", "#", "post")])], label="我的导出"),
                progress={"url": "#", "done": 2000, "of": 12000, "text": "待办：已写 2000 行，共 12000 行"},
                waiting=[Block("等待我放行", table=Table(["名单"], [Row([Link("在保名册", "#")])], label="等待"))],
            ),
        ),
        "search": (
            "shared/search.html",
            desk,
            simple_list(
                "搜索",
                Table(QUEUE_COLUMNS, [queue_row(0)], label="结果"),
                asked="wxl",
                hint="找到 1 件。可输入姓名、身份证号、案号、手机号后 4 位、村名或拼音首字母。",
            ),
        ),
        "search-empty": ("shared/search.html", desk, simple_list("搜索", none, asked="某某", hint="没有找到。")),
        **ledger_pages(),
        **outer_pages(),
    }
