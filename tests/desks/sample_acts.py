"""Contexts of the pages on which an act is done."""

from __future__ import annotations

from typing import Any

from tests.desks.sample_forms import (
    DecisionForm,
    IncomeForm,
    MemberForm,
    MethodForm,
    TreatmentForm,
    VisitSample,
    formset,
    wrong_members,
)
from tests.desks.sample_parts import CRUMB, HIDDEN, IDENTITY, LINES
from yimen.desks.shared.shapes import (
    Action,
    Block,
    Check,
    Difference,
    Draft,
    Empty,
    Fact,
    Link,
    Page,
    Question,
    Refusal,
    Section,
    Tag,
    Tile,
)


def intake(wrong: bool = False) -> dict[str, Any]:
    sections = [
        Section("method", "申请方式与理由", form=MethodForm({} if wrong else None), state=Tag("amber", "已看未完")),
        Section(
            "known",
            "已掌握的情况",
            "以下内容已登记，不用再填。",
            facts=[Fact("户籍地", "安澜区站前街道站前社区"), Fact("电话", "139****0101"), Fact("家庭人口", "2 人")],
        ),
        Section(
            "members",
            "申请人与共同生活成员",
            "身份证号填好后，性别、出生日期自动得出。",
            formset=wrong_members() if wrong else formset(MemberForm, "members"),
            paste=True,
            state=Tag("neutral", "未看"),
        ),
        Section("incomes", "收入", formset=formset(IncomeForm, "incomes"), paste=True),
    ]
    return {
        "page": Page("新登记申请", "从申请人说的第一句话到提交，都在这一页。已登记的不用再填。", crumbs=CRUMB),
        "sections": sections,
        "hidden": HIDDEN,
        "submit": "下一步：核对后提交",
        "form_id": "intake",
        "enter_next": True,
        "draft": Draft(
            "/draft/",
            "14:02",
            restored="已恢复 13:58 自动保存的草稿，请核对后继续。",
            discard=Action("不要草稿，重新填写", "#", method="post"),
        ),
        "secondary": [Link("存草稿", "/draft/"), Link("打印签字页", "/print/")],
    }


def act_form(wrong: bool = False) -> dict[str, Any]:
    refusal = (
        Refusal(
            "经办人员张网格是申请人的近亲属，不能办理本案。",
            "可由本街道其他经办人员接手：李经办、周经办。",
            [Link("转交他人", "#")],
        )
        if wrong
        else None
    )
    known = [Fact("案号", "ZQ-2026-0312"), Fact("申请人", "王秀兰"), IDENTITY]
    return {
        "page": Page("受理申请", "核对结果没有明显不符合条件的情形，予以受理并发出受理通知书。", crumbs=CRUMB),
        "sections": [
            Section("known", "案件", facts=known),
            Section("accept", "受理", form=MethodForm({} if wrong else None)),
        ],
        "hidden": HIDDEN,
        "submit": "予以受理",
        "refusal": refusal,
        "cancel": Link("返回案件", "#"),
        "aside": [Block("依据", text="实施方案四（二）：对符合条件的予以受理。")],
    }


def visit(wrong: bool = False) -> dict[str, Any]:
    form = VisitSample({"who": ["1"]} if wrong else None)
    return {
        "page": Page("王秀兰 · 站前社区 3 组", "只需填写下面 3 项。户籍、人口、核对结果已由街道填好，不用再抄。"),
        "back": Link("我的走访", "/visits/"),
        "upload": Tag("green", "已联网。草稿已存到街道，未上传 0 条，上次 14:02。"),
        "form": form,
        "questions": [
            Question("谁一起入户（至少 2 人）", [form["who"]]),
            Question("实际居住人口", [form["people"], form["people_note"]], "登记 2 人：王秀兰、王小宝（孙）"),
            Question(
                "子女赡养费 200.00 元/月",
                [form["support"], form["support_amount"]],
                "申请人申报，没有可核对来源，请当面问。",
            ),
        ],
        "photo": form["photo"],
        "hidden": HIDDEN,
        "submit": "保存，等申请人签字",
        "draft": Draft("/draft/", "14:02"),
        "refusal": Refusal("入户调查至少 2 人，现在只选了 1 人。", "请再选 1 名街道工作人员。") if wrong else None,
    }


def decision(wrong: bool = False) -> dict[str, Any]:
    return {
        "page": Page("确认决定：王秀兰", "予以确认、不予确认或退回；文书随决定一并生成。", crumbs=CRUMB),
        "proposal": [
            Fact("类别", "B 类"),
            Fact("保障人数", "2 人"),
            Fact("月保障金", "1,062.00 元"),
            Fact("起始月", "2026 年 12 月"),
            Fact("复核", "2027-06-01 前"),
        ],
        "conditions": [
            Check("公示 7 天期满，没有异议", True, "2026-11-12 至 11-19"),
            Check("经办、调查人员与确认人不是同一人", True, "调查：李经办、张网格"),
            Check("没有登记的近亲属关系", True),
            Check("参数齐备", False, "照料补贴 2027 年标准未设置", Link("去设置", "#")),
        ],
        "sections": [Section("decide", "决定", form=DecisionForm({"outcome": "refuse"} if wrong else None))],
        "hidden": HIDDEN,
        "submit": "作出决定",
        "lines": LINES,
        "alternatives": [Fact("若不计赡养费", "月补差 1,262.00 元"), Fact("若存款按超限处理", "不符合财产条件")],
        "changed": [Fact("城市低保标准", "690.00 → 700.00", "2026-11-20 公布")] if wrong else (),
    }


def comparison(empty: bool = False) -> dict[str, Any]:
    def item(number: int, name: str, declared: str, verified: str, tag: Tag, **more: Any) -> dict[str, Any]:
        return {
            "anchor": f"item-{number}",
            "name": name,
            "person": "王秀兰",
            "declared": declared,
            "verified": verified,
            "source": "银行",
            "queried": "2026-11-08",
            "tag": tag,
            "tone": "",
            "settled": "",
            "value": "",
            "form": None,
            "url": "/comparison/",
            "hidden": HIDDEN,
            "next": False,
            "draft": Draft("/comparison/"),
            **more,
        }

    amber = Tag("amber", "不一致")
    items = [
        item(1, "家庭人口", "2", "2", Tag("green", "一致")),
        item(
            2,
            "本人养老金",
            "未申报",
            "138.00 元/月",
            amber,
            tone="different",
            form=TreatmentForm(prefix="a"),
            next=True,
        ),
        item(3, "存款", "5,000.00", "28,640.12", amber, tone="different", form=TreatmentForm({}, prefix="b")),
        item(
            4,
            "赡养费",
            "200.00 元/月",
            "—",
            Tag("neutral", "无可核对来源"),
            source="",
            settled="入户核实",
            value="200.00 元/月",
        ),
    ]
    if empty:
        return {
            "page": Page("申报与核对比对", crumbs=CRUMB),
            "items": [],
            "empty": Empty("核对未返回，已提交 4 天；等待期间时限照常计算。", Action("返回案件", "#")),
        }
    return {
        "page": Page("申报与核对比对", "逐项写明怎么认定。全部写完才能提交审核。", crumbs=CRUMB),
        "items": items,
        "open_count": 2,
        "tiles": [Tile("一致", "1"), Tile("不一致", "2", tone="amber"), Tile("无可核对来源", "1"), Tile("待核对", "0")],
        "sources": [
            Check("公安户籍", True, "查询日 2026-11-08"),
            Check("不动产登记", False, "对方系统维护，未答复不等于没有"),
        ],
        "actions": [
            Action("填写调查表", "#", primary=True),
            Action("发出异议补证通知", "#"),
            Action("再次委托核对", "#"),
        ],
    }


def conflict() -> dict[str, Any]:
    return {
        "page": Page("两份内容不一样：登记材料", crumbs=CRUMB),
        "sentence": "您打开页面以后，别人改过同一内容。您填的都在，没有丢，也还没有提交，请逐项选定。",
        "theirs_head": "现在的内容",
        "rows": [
            Difference("materials-0-state", "材料第 1 行：状态", "已看原件", "承诺后补", ["promised"]),
            Difference("materials-0-note", "材料第 1 行：说明", "（没有填）", "户口簿在外地，寄来后补交。", ["寄来"]),
        ],
        "facts": [Fact("11-24 14:02 李经办", "登记材料")],
        "hidden": HIDDEN,
        "carried": [("materials-1-state", "original_seen")],
        "url": "/conflict/",
    }
