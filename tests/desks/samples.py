"""Contexts for every page template: fictional persons, an invented district, identity numbers that cannot exist."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from yimen.desks.shared.shapes import (
    Action, Block, Cell, Check, Clock, Column, Day, Draft, Empty, Fact, Filter, Frame, Link, MenuGroup, Month, Page, Pager,
    Question, ReckoningLine, Refusal, Row, Section, Step, Table, Tag, Tile, Visit,
)
from yimen.desks.shared.templatetags.yimen import clock_words

HIDDEN = {"once": "k7m2q9", "version": "3"}
PLACE = "安澜区站前街道"


def _menu(current: str) -> list[MenuGroup]:
    def item(text: str, count: str = "") -> Link:
        return Link(text, "#", current=text == current, count=count)

    return [
        MenuGroup("日常工作", [item("待办", "17"), item("新登记申请"), item("家庭档案（一户一档）"), item("公示公布", "3")]),
        MenuGroup("监督", [item("各乡街进度"), item("核对委托", "2"), item("确认权限")]),
        MenuGroup("资料", [item("政策与标准"), item("工作日历"), item("文书")]),
    ]


def frame(current: str = "待办", **more: Any) -> Frame:
    settings: dict[str, Any] = {
        "place": PLACE, "office": "站前街道办事处", "user": "李经办", "demo": True, "menu": _menu(current), "home_url": "/township/",
        "search_url": "/search/", "logout_url": "/logout/", "household_url": "/households/", "intake_url": "/intake/",
        "watermark": "李经办 2026-11-24 14:02",
        "sizes": [Link("标准", "?size=standard", current=True), Link("大字", "?size=large"), Link("超大字", "?size=larger")],
        "phones": [Fact("站前街道社会救助窗口", "0990-0000101"), Fact("安澜区社会救助中心", "0990-0000100"), Fact("政务服务便民热线", "12345")],
        **more,
    }
    return Frame(**settings)


# --- lists ----------------------------------------------------------------------------------

NAMES = "王秀兰 赵德发 买买提·艾力 孙桂芝 刘凤英 周永强 陈玉梅 欧阳文山 何㛃 钱有余 阿卜杜热西提·阿卜杜克热木·买买提明·艾山江".split()
CLOCKS = [
    Clock(left=1), Clock(left=3), Clock(until=dt.date(2026, 11, 27), what="公示"), Clock(left=6), Clock(left=8), Clock(paused=True),
    Clock(left=2), Clock(left=-2), Clock(left=12, provisional=True), Clock(paused=True, waiting_for="申请人"), None,
]
STAGES = "入户调查 信息核对已返回 公示中（第 5 天） 审核意见 拟定意见 待申请人补正 待负责人确认".split()
NEXT = "填写调查表 比对申报 上传公示照片 拟定意见 提交确认 查看补正 提醒负责人".split()


def _queue_row(number: int) -> Row:
    name = NAMES[number % len(NAMES)]
    return Row(
        [
            Link(name, f"/cases/{number}/"), f"ZQ-2026-{312 - number:04}", ["站前社区", "红嘴村", "北沟社区"][number % 3],
            ["城市低保 · 新申请", "农村低保 · 新申请"][number % 2], STAGES[number % 7],
            clock_words(CLOCKS[number % len(CLOCKS)]) or "—", Link(NEXT[number % 7], f"/cases/{number}/next/"),
        ],
        ref=str(number), name=name,
    )


QUEUE_COLUMNS = ["申请人", "案号", "村（社区）", "业务", "当前环节", "法定时限", "下一步"]


def queue(rows: int = 9, pick: str = "") -> dict[str, Any]:
    empty = Empty("今天没有待办。月末还有 3 件等待他人。", Action("查看等待他人的 3 件", "?tab=waiting"))
    return {
        "page": Page("待办", "今天 2026-11-24（星期二）。时限按工作日计算，公示期间照常计时，等待补正期间暂停。"),
        "tiles": [
            Tile("待我办理", str(rows)), Tile("3 个工作日内到期", "3", tone="amber"), Tile("已超期", "1", tone="red"),
            Tile("26 日审核截止 · 还剩 2 天", "41", note="/ 58 件已办结", done=41, of=58),
        ],
        "tabs": [
            Link(text, "#", current=not number, count=count)
            for number, (text, count) in enumerate(
                [("待我办理", str(rows)), ("等待他人", "9"), ("临期", "3"), ("已暂停", "4"), ("本站全部", "30"), ("已办", "212")]
            )
        ],
        "filters": [
            Filter("programme", "业务", [("", "全部"), ("dibao", "低保")]),
            Filter("village", "村（社区）", [("", "全部"), ("1", "站前社区"), ("2", "红嘴村")], "2"),
            Filter("stage", "环节", [("", "全部")]),
        ],
        "filter_url": "/township/",
        "table": Table(QUEUE_COLUMNS, [_queue_row(number) for number in range(rows)], label="待办清单", empty=empty, pick=pick),
        "pager": Pager(rows, 1 if rows else 0, rows, sizes=[Link("50", "#", current=True), Link("100", "#"), Link("200", "#")]),
        "export": Link("导出 Excel（所见即所得）", "/export/"),
        "intake": Link("新登记申请", "/intake/"),
    }


def simple_list(title: str, table: Table, **more: Any) -> dict[str, Any]:
    return {"page": Page(title, "一句话说明这一页的用途。", tools=[Action("导出 Excel", "#")]), "table": table, **more}


NOTICES = Table(
    ["批次", "类型", "村（社区）", Column("户数", numeric=True), "起止", "剩余", "张贴", "揭下", "异议", "下一步"],
    [
        Row([Link("公示 2026-11 第 3 批", "#"), "低保", "站前社区", 4, "2026-11-20 至 11-27", Tag("blue", "公示至 11-27"),
             Tag("green", "2 处已张贴"), Tag("neutral", "未到期"), "0", Link("上传揭下照片", "#")], ref="a", name="第 3 批"),
        Row([Link("公示 2026-11 第 2 批", "#"), "低保", "红嘴村", 1, "2026-11-12 至 11-19", Tag("neutral", "已期满"),
             Tag("green", "2 处已张贴"), Tag("green", "已揭下"), Cell("1", tag=Tag("amber", "待处理")), Link("处理异议", "#")], ref="b", name="第 2 批"),
    ],
    label="公示批次", pick="notice", form_id="bulk", stack=False,
)
OVERVIEW = Table(
    ["乡街", Column("在办", numeric=True), Column("临期", numeric=True), Column("已超期", numeric=True), Column("已暂停", numeric=True), Column("本月办结", numeric=True)],
    [
        Row([Link("站前街道", "#"), 17, 3, Cell("1", tag=Tag("red", "最长 2 天")), 4, 12]), Row([Link("红嘴乡", "#"), 21, 0, 0, 2, 8]),
    ],
    foot=Row(["合计", 38, 3, 1, 6, 20]), label="各乡街进度",
)
DELEGATIONS = Table(
    ["事项", "乡街", "确认机关", "方式", "起", "止", "依据文件"],
    [
        Row(["最低生活保障", "站前街道", "站前街道办事处", "下放", "2026-10-01", "—", Link("安政发〔2026〕示例 9 号", "#")]),
        Row(["最低生活保障", "红嘴乡", Cell("安澜区民政局", tag=Tag("amber", "12-01 起由乡街")), "—", "—", "2026-11-30", "—"]),
    ],
    label="确认权限",
)

# --- case -----------------------------------------------------------------------------------

LINES = [
    ReckoningLine("认定月收入", "338.00", "养老金 138.00 + 赡养费 200.00", basis="民发〔2021〕57号第十条", opened=False,
                  children=[ReckoningLine("养老金", "138.00", "138.00 × 1 月"), ReckoningLine("赡养费", "200.00", "申报 200.00，入户核实")]),
    ReckoningLine("÷ 共同生活家庭成员", "2 人"),
    ReckoningLine("人均月收入", "169.00", "338.00 ÷ 2"),
    ReckoningLine("现行标准", "700.00", note="示例标准 · 2026-01-01 起执行", document="安政发〔2026〕示例 1 号，城市低保标准"),
    ReckoningLine("人均差额", "531.00", "700.00 − 169.00"),
    ReckoningLine("× 保障人数", "2 人"),
    ReckoningLine("月补差", "1,062.00", total=True),
]
STEPS = [
    Step("申请登记", "done", "11-03 村代办 · 张网格", [Fact("办理", "张网格 2026-11-03 09:40"), Fact("依据", "实施方案四（一）")], [Link("申请回执（PDF）", "#")]),
    Step("授权与承诺", "done", "11-03 已签 · 2 份扫描件"),
    Step("信息核对", "done", "11-04 提交 · 11-09 返回（3 处不一致）"),
    Step("受理", "done", "11-10 受理通知书已送达"),
    Step("入户调查", "now", "两人入户", tag=Tag("red", "剩 1 个工作日")),
    Step("民主评议", "skipped", "无争议，不评议"),
    Step("审核意见", "ahead", "须先写明全部处理意见"),
    Step("公示", "ahead", "7 天 · 乡街宣传栏、村公开栏"),
    Step("确认决定", "ahead", "确认通知书或不予确认告知书"),
    Step("公布", "ahead", "确认之后"), Step("系统录入与发放", "ahead", "次月"), Step("复核", "ahead", "按 A、B、C 类周期"), Step("归档", "ahead"),
]
COMPARED = Table(
    ["项目", "申请人申报", "核对结果（来源）", "处理"],
    [
        Row(["家庭人口", "2", "2（公安）", "一致"]),
        Row(["本人养老金", "未申报", "138.00 元/月（人社）", Cell("写处理意见", "#", strong=True)], tone="different"),
        Row(["子女赡养费", "200.00 元/月", "无可核对来源", Link("入户核实", "#")]),
        Row(["土地", "3.2 亩", "3.2 亩（农业农村）", "一致"]),
        Row(["存款", "5,000.00 元", "28,640.12 元（银行，查询日 11-08）", Cell("写处理意见", "#", strong=True)], tone="different"),
        Row(["机动车", "无", "无（公安交管）", "一致"]),
        Row(["工商登记", "无", "个体户 1 户（市监，2019 注销）", Cell("写处理意见", "#", strong=True)], tone="different"),
    ],
    label="申报与核对比对", stack=False,
)
IDENTITY = Fact("身份证", "9901**********1234", reveal=Action("显示（留痕）", "#", method="post", hidden={"once": "x"}))
TAGS = [Tag("blue", "城市低保 · 新申请"), Tag("red", "入户调查 · 剩 1 个工作日"), Tag("neutral", "无近亲属关系申明")]
CRUMB = [Link("待办", "/township/")]


def case(**more: Any) -> dict[str, Any]:
    tabs = [Link(text, "#", current=not number) for number, text in enumerate("办理 家庭 比对 调查 材料 文书 记录".split())]
    return {
        "page": Page("王秀兰", tags=TAGS, crumbs=CRUMB),
        "line": "ZQ-2026-0312 · 站前社区 · 2 口人 · 受理 2026-11-10 · 经办 李经办、协办 张网格",
        "identity": IDENTITY, "steps": STEPS, "tabs": tabs,
        "blocks": [Block("申报与核对比对", "3 处不一致，须逐项写明处理意见后才能提交审核。", table=COMPARED)],
        "actions": [
            Action("填写调查表", "#", primary=True), Action("要求补正", "#"), Action("提交审核意见", "#", method="post", hidden=HIDDEN), Action("打印全部材料", "#"),
        ],
        "lines": LINES, "trial": True, "reckoning_note": "存款 28,640.12 未超过财产限额（示例，2 人户）。",
        "reckoning_links": [Link("每一步的条文与参数版本", "#"), Link("给申请人的说明（打印）", "#")],
        **more,
    }


# --- forms ----------------------------------------------------------------------------------


class MethodForm(forms.Form):
    applied_by = forms.ChoiceField(
        label="申请方式", choices=[("self", "本人（家庭成员）申请"), ("family", "委托家属代办"), ("village", "委托村（社区）代办")],
        widget=forms.RadioSelect(attrs={"data-inline": True}),
    )
    agent = forms.CharField(label="代办人姓名", required=False, help_text="委托办理时填写，并附委托书。")
    phone = forms.CharField(label="联系电话")
    applied_on = forms.DateField(label="申请日期", widget=forms.DateInput(attrs={"type": "date"}))
    cause = forms.ChoiceField(label="主要致贫原因", choices=[("", "请选择"), ("illness", "因病"), ("disability", "因残")])
    reason = forms.CharField(label="申请理由", widget=forms.Textarea)
    dictated = forms.BooleanField(label="口述代填（有见证人在场）", required=False)


class MemberForm(forms.Form):
    name = forms.CharField(label="姓名")
    number = forms.CharField(label="身份证号")
    relation = forms.ChoiceField(label="与申请人关系", choices=[("self", "本人"), ("spouse", "配偶"), ("child", "子女")])
    work = forms.ChoiceField(label="劳动能力", choices=[("able", "有劳动能力"), ("lost", "丧失劳动能力")])
    disabled = forms.BooleanField(label="残疾", required=False)


class IncomeForm(forms.Form):
    person = forms.CharField(label="谁的收入")
    kind = forms.ChoiceField(label="种类", choices=[("wage", "工资性收入"), ("transfer", "转移净收入")])
    amount = forms.CharField(label="金额（元）")
    period = forms.ChoiceField(label="周期", choices=[("month", "每月"), ("year", "每年")])


class VisitSample(forms.Form):
    who = forms.MultipleChoiceField(label="入户人员", choices=[("1", "李经办（街道）"), ("2", "张网格（社区）")], widget=forms.CheckboxSelectMultiple)
    people = forms.ChoiceField(label="居住情况", choices=[("same", "与登记一致"), ("other", "不一致（写明）")], widget=forms.RadioSelect)
    people_note = forms.CharField(label="实际情况", required=False, widget=forms.Textarea)
    support = forms.ChoiceField(label="核实结果", choices=[("true", "属实"), ("false", "不属实，实际：")], widget=forms.RadioSelect)
    support_amount = forms.CharField(label="实际金额（元/月）", required=False)
    photo = forms.FileField(label="拍照或选图", required=False, widget=forms.ClearableFileInput(attrs={"accept": "image/*"}))


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label="决定", choices=[("approve", "予以确认"), ("refuse", "不予确认"), ("return", "退回")], widget=forms.RadioSelect)
    reasons = forms.CharField(label="理由", widget=forms.Textarea, help_text="不予确认和退回必须写明理由；不予确认还须写明条款。")
    code = forms.CharField(label="动态口令", help_text="6 位数字，每次作出决定都要重新输入。")


class TreatmentForm(forms.Form):
    treatment = forms.ChoiceField(label="处理", choices=[("", "请选择"), ("accept_verified", "以核对结果为准"), ("accept_declared", "以申报为准（附佐证）")])
    value = forms.CharField(label="认定值（元）")
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 2}))


class LoginForm(forms.Form):
    username = forms.CharField(label="用户名", widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label="密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class AskForm(forms.Form):
    code = forms.CharField(label="查询码", help_text="在申请回执上。")
    last_four = forms.CharField(label="身份证号后 4 位", widget=forms.TextInput(attrs={"autocomplete": "off"}))


class FileForm(forms.Form):
    file = forms.FileField(label="结果文件", help_text="Excel 或 JSON，一份请求对应一份结果。")


def formset(form: type[forms.Form], prefix: str, data: dict[str, str] | None = None) -> Any:
    return forms.formset_factory(form, extra=3, can_delete=True)(data, prefix=prefix)


def wrong_members() -> Any:
    data = {"members-TOTAL_FORMS": "2", "members-INITIAL_FORMS": "0", "members-0-name": "王秀兰", "members-0-number": ""}
    return formset(MemberForm, "members", {**data, "members-0-relation": "self", "members-0-work": "able"})


MethodForm.base_fields["cause"].article = "民发〔2021〕57号第八条：说明家庭主要困难，便于对应救助。"  # type: ignore[attr-defined]


def intake(wrong: bool = False) -> dict[str, Any]:
    sections = [
        Section("method", "申请方式与理由", form=MethodForm({} if wrong else None), state=Tag("amber", "已看未完")),
        Section("known", "已掌握的情况", "以下内容已登记，不用再填。", facts=[Fact("户籍地", "安澜区站前街道站前社区"), Fact("电话", "139****0101"), Fact("家庭人口", "2 人")]),
        Section("members", "申请人与共同生活成员", "身份证号填好后，性别、出生日期自动得出。", formset=wrong_members() if wrong else formset(MemberForm, "members"), paste=True, state=Tag("neutral", "未看")),
        Section("incomes", "收入", formset=formset(IncomeForm, "incomes"), paste=True),
    ]
    return {
        "page": Page("新登记申请", "从申请人说的第一句话到提交，都在这一页。已登记的不用再填。", crumbs=CRUMB),
        "sections": sections, "hidden": HIDDEN, "submit": "下一步：核对后提交", "form_id": "intake", "enter_next": True,
        "draft": Draft("/draft/", "14:02", restored="13:58", discard=Action("不要草稿，重新填写", "#", method="post")),
        "secondary": [Link("存草稿", "/draft/"), Link("打印签字页", "/print/")],
    }


def act_form(wrong: bool = False) -> dict[str, Any]:
    refusal = Refusal("经办人员张网格是申请人的近亲属，不能办理本案。", "可由本街道其他经办人员接手：李经办、周经办。", [Link("转交他人", "#")]) if wrong else None
    known = [Fact("案号", "ZQ-2026-0312"), Fact("申请人", "王秀兰"), IDENTITY]
    return {
        "page": Page("受理申请", "核对结果没有明显不符合条件的情形，予以受理并发出受理通知书。", crumbs=CRUMB),
        "sections": [Section("known", "案件", facts=known), Section("accept", "受理", form=MethodForm({} if wrong else None))],
        "hidden": HIDDEN, "submit": "予以受理", "refusal": refusal, "cancel": Link("返回案件", "#"),
        "aside": [Block("依据", text="实施方案四（二）：对符合条件的予以受理。")],
    }


def visit(wrong: bool = False) -> dict[str, Any]:
    form = VisitSample({"who": ["1"]} if wrong else None)
    return {
        "page": Page("王秀兰 · 站前社区 3 组", "只需填写下面 3 项。户籍、人口、核对结果已由街道填好，不用再抄。"),
        "back": Link("我的走访", "/visits/"), "upload": Tag("green", "已联网。草稿已存到街道，未上传 0 条，上次 14:02。"), "form": form,
        "questions": [
            Question("谁一起入户（至少 2 人）", [form["who"]]), Question("实际居住人口", [form["people"], form["people_note"]], "登记 2 人：王秀兰、王小宝（孙）"),
            Question("子女赡养费 200.00 元/月", [form["support"], form["support_amount"]], "申请人申报，没有可核对来源，请当面问。"),
        ],
        "photo": form["photo"], "hidden": HIDDEN, "submit": "保存，等申请人签字", "draft": Draft("/draft/", "14:02"),
        "refusal": Refusal("入户调查至少 2 人，现在只选了 1 人。", "请再选 1 名街道工作人员。") if wrong else None,
    }


def decision(wrong: bool = False) -> dict[str, Any]:
    return {
        "page": Page("确认决定：王秀兰", "予以确认、不予确认或退回；文书随决定一并生成。", crumbs=CRUMB),
        "proposal": [Fact("类别", "B 类"), Fact("保障人数", "2 人"), Fact("月保障金", "1,062.00 元"), Fact("起始月", "2026 年 12 月"), Fact("复核", "2027-06-01 前")],
        "conditions": [
            Check("公示 7 天期满，没有异议", True, "2026-11-12 至 11-19"), Check("经办、调查人员与确认人不是同一人", True, "调查：李经办、张网格"),
            Check("没有登记的近亲属关系", True), Check("参数齐备", False, "照料补贴 2027 年标准未设置", Link("去设置", "#")),
        ],
        "sections": [Section("decide", "决定", form=DecisionForm({"outcome": "refuse"} if wrong else None))], "hidden": HIDDEN, "submit": "作出决定",
        "lines": LINES, "alternatives": [Fact("若不计赡养费", "月补差 1,262.00 元"), Fact("若存款按超限处理", "不符合财产条件")],
        "changed": [Fact("城市低保标准", "690.00 → 700.00", "2026-11-20 公布")] if wrong else (),
    }


def comparison(empty: bool = False) -> dict[str, Any]:
    def item(number: int, name: str, declared: str, verified: str, tag: Tag, **more: Any) -> dict[str, Any]:
        return {
            "anchor": f"item-{number}", "name": name, "person": "王秀兰", "declared": declared, "verified": verified, "source": "银行", "queried": "2026-11-08",
            "tag": tag, "tone": "", "settled": "", "value": "", "form": None, "url": "#", "hidden": HIDDEN, "next": False, **more,
        }

    amber = Tag("amber", "不一致")
    items = [
        item(1, "家庭人口", "2", "2", Tag("green", "一致")),
        item(2, "本人养老金", "未申报", "138.00 元/月", amber, tone="different", form=TreatmentForm(prefix="a"), next=True),
        item(3, "存款", "5,000.00", "28,640.12", amber, tone="different", form=TreatmentForm({}, prefix="b")),
        item(4, "赡养费", "200.00 元/月", "—", Tag("neutral", "无可核对来源"), source="", settled="入户核实", value="200.00 元/月"),
    ]
    if empty:
        return {"page": Page("申报与核对比对", crumbs=CRUMB), "items": [], "empty": Empty("核对未返回，已提交 4 天；等待期间时限照常计算。", Action("返回案件", "#"))}
    return {
        "page": Page("申报与核对比对", "逐项写明怎么认定。全部写完才能提交审核。", crumbs=CRUMB), "items": items, "open_count": 2,
        "tiles": [Tile("一致", "1"), Tile("不一致", "2", tone="amber"), Tile("无可核对来源", "1"), Tile("待核对", "0")],
        "sources": [Check("公安户籍", True, "查询日 2026-11-08"), Check("不动产登记", False, "对方系统维护，未答复不等于没有")],
        "actions": [Action("填写调查表", "#", primary=True), Action("发出异议补证通知", "#"), Action("再次委托核对", "#")],
    }


# --- the rest -------------------------------------------------------------------------------

FIGURES = Table(
    ["参数", Column("值", numeric=True), "单位", "适用范围", "起", "止", "文号", "状态"],
    [
        Row([Link("城市低保标准", "#"), "700.00", "元/人·月", "安澜区", "2026-01-01", "—", "安政发〔2026〕示例 1 号", Tag("amber", "示例")]),
        Row([Link("公示天数", "#"), "7", "天", "全国", "2021-07-01", "—", "民发〔2021〕57号", Tag("green", "有效")]),
        Row([Link("2027 年城市低保标准", "#"), "—", "元/人·月", "安澜区", "2027-01-01", "—", "—", Tag("red", "未设置")]),
    ],
    label="标准",
)


def month(number: int) -> Month:
    first = dt.date(2026, number, 1)
    days = [first + dt.timedelta(days=offset) for offset in range(31) if (first + dt.timedelta(days=offset)).month == number]
    cells: list[Day | None] = [None] * first.weekday() + [
        Day(day.day, "holiday", "休", title="国庆节") if (number, day.day) in {(10, 1), (10, 2)} else
        Day(day.day, "makeup", "班") if (number, day.day) == (10, 10) else
        Day(day.day, "rest" if day.weekday() > 4 else "work", today=day == dt.date(2026, 11, 24), url="#") for day in days
    ]
    return Month(f"{number} 月", [(cells[start : start + 7] + [None] * 7)[:7] for start in range(0, len(cells), 7)], provisional=number == 12)


BOARD = Table(
    ["申请人", "村（社区）", Column("家庭成员数量", numeric=True), "类别", Column("月保障金（元）", numeric=True)],
    [Row(["王*兰", "站前社区", 2, "城市低保", "1,062.00"]), Row(["买**·**力", "站前社区", 3, "城市低保", "780.00"])], label="公示名单",
)


def pages() -> dict[str, tuple[str, Frame | None, dict[str, Any]]]:
    """name → (template, frame, given context): each page full, and where it matters empty and in error."""
    desk, phone = frame(), frame(office="站前社区", user="张网格")
    district = frame("各乡街进度", place="安澜区", office="安澜区社会救助中心", user="郑监督")
    crumbs_page = Page("王秀兰家庭", tags=[Tag("green", "在保 B 类")], crumbs=[Link("家庭档案（一户一档）", "#")])
    members = Table(["姓名", "关系", "性别", "出生日期", "状态"], [Row([Link("王秀兰", "#"), "本人", "女", "1958-03-02", "共同生活"])], label="成员")
    papers = Table(["文书", "编号", "日期", "状态", "送达"], [Row([Link("受理通知书（PDF）", "#"), "安站受〔2026〕12 号", "2026-11-10", Tag("green", "已生成"), Link("登记送达", "#")])])
    none = Table(["申请人"], [], empty=Empty("没有找到。可以换姓名、案号或拼音首字母再试。", Action("新登记申请", "#")))
    login = {"form": LoginForm(), "login_url": "/login/", "place": "安澜区", "demo": True}
    review = {
        "page": Page("核对后提交", "提交即生成申请回执，时限从今天起计算。", crumbs=CRUMB), "hidden": HIDDEN, "submit_url": "#", "submit": "提交申请",
        "parts": [Block("申请方式", facts=[Fact("申请方式", "委托村（社区）代办"), Fact("代办人", "张网格")], actions=[Action("修改申请方式", "#")]), Block("成员", table=members)],
        "back": Link("返回修改", "#"), "print_link": Link("打印签字页", "#"),
    }
    return {
        "login": ("shared/login.html", None, {**login, "accounts": [Fact("街道经办", "li.jingban"), Fact("区级监督", "zheng.jiandu")]}),
        "login-error": ("shared/login.html", None, {**login, "form": LoginForm({}), "locked": "已锁定到 14:20，请联系管理员 0990-0000100。", "carried": {"a": "1"}, "carried_note": "登录已过期。登录后接着填，已填内容都在。"}),
        "error": ("shared/error.html", None, {"title": "没有找到这个页面", "sentence": "它可能已经移走，或者不在您的管辖范围内。", "advice": "请返回待办，用搜索再找一次。", "number": "7F3K-22Q9", "links": [Link("返回首页", "/")]}),
        "error-csrf": ("shared/error.html", None, {"title": "页面停留过久，需要重新提交", "sentence": "没有任何内容丢失。", "advice": "请核对后重新提交。", "carried": {"reason": "患病"}, "carried_url": "/x/", "demo": True}),
        "queue": ("township/queue.html", desk, queue()),
        "queue-compact": ("township/queue.html", frame(compact=True), queue(17)),
        "queue-full": ("township/queue.html", desk, queue(200, pick="case")),
        "queue-empty": ("township/queue.html", desk, {**queue(0), "stale": "数据较慢，以下为 14:02 的快照。"}),
        "intake": ("township/intake.html", desk, intake()),
        "intake-error": ("township/intake.html", desk, intake(wrong=True)),
        "intake-review": ("township/intake_review.html", desk, review),
        "intake-review-error": ("township/intake_review.html", desk, {**review, "problems": [Refusal("王秀兰已在“李玉珍”家庭中。", "先在原家庭办理人员减少。", [Link("打开该家庭", "#")])]}),
        "act-form": ("shared/act_form.html", desk, act_form()),
        "act-form-error": ("shared/act_form.html", desk, act_form(wrong=True)),
        "case": ("shared/case.html", desk, case()),
        "case-empty": ("shared/case.html", desk, case(
            lines=(), trial=False, reckoning_note="", reckoning_links=(), actions=(), cannot="等待区社会救助中心返回核对结果，已提交 4 天。", busy="周经办 14:02 起正在办理，本页只读。",
            blocks=[Block("申报与核对比对", empty=Empty("核对未返回，已提交 4 天；等待期间时限照常计算。"))],
            blocked=[Refusal("城市低保标准未设置，不能计算补差。", "由区民政局在“政策与标准”中设置。", [Link("打开政策与标准", "#")])],
        )),
        "comparison": ("shared/comparison.html", desk, comparison()),
        "comparison-empty": ("shared/comparison.html", desk, comparison(empty=True)),
        "decision": ("township/decision.html", desk, decision()),
        "decision-error": ("township/decision.html", desk, decision(wrong=True)),
        "decision-missing": ("township/decision.html", desk, {**decision(), "sections": (), "missing": Empty("还缺 2 项，不能作出决定：公示未满 7 天；入户调查只有 1 人签字。", Action("返回案件", "#"))}),
        "opinion": ("township/opinion.html", desk, {**decision(), "submit": "提交审核意见"}),
        "notices": ("township/notices.html", frame("公示公布"), simple_list("公示公布", NOTICES, tabs=[Link("公示", "#", current=True, count="2"), Link("公布", "#", count="5")], bulk=[Link("批量打印", "#")], hidden=HIDDEN)),
        "notices-empty": ("township/notices.html", frame("公示公布"), simple_list("公示公布", Table(["批次"], [], empty=Empty("本期没有公示。", Action("从待公示案件生成", "#"))))),
        "household": ("shared/household.html", frame("家庭档案（一户一档）"), {"page": crumbs_page, "line": "站前社区 3 组 · 户号 ZQ-0088", "identity": IDENTITY, "blocks": [Block("成员", table=members)], "side": [Block("在保", facts=[Fact("月保障金", "1,062.00 元")])], "actions": [Action("登记变动", "#", primary=True)]}),
        "papers": ("shared/papers.html", frame("文书"), simple_list("文书", papers)),
        "search": ("shared/search.html", desk, simple_list("搜索", Table(QUEUE_COLUMNS, [_queue_row(0)], label="结果"), asked="wxl", hint="找到 1 件。可输入姓名、身份证号、案号、手机号后 4 位、村名或拼音首字母。")),
        "search-empty": ("shared/search.html", desk, simple_list("搜索", none, asked="某某", hint="没有找到。")),
        "visits": ("village/visits.html", phone, {"page": Page("我的走访", "站前社区，按到期先后。"), "visits": [Visit("王秀兰", "3 组", "新申请入户", "#", Tag("red", "剩 1 个工作日")), Visit("周永强", "5 组", "复查", "#", Tag("green", "剩 8 个工作日"))], "call": Fact("街道电话", "0990-0000101")}),
        "visits-empty": ("village/visits.html", phone, {"page": Page("我的走访"), "visits": [], "empty": Empty("没有要走访的家庭。有新的走访时，这里会按到期先后列出。")}),
        "visit-form": ("shared/visit_form.html", phone, visit()),
        "visit-form-error": ("shared/visit_form.html", phone, visit(wrong=True)),
        "visit-form-larger": ("shared/visit_form.html", frame(size="larger"), visit()),
        "checks": ("district/checks.html", district, simple_list("核对委托", Table(["批次", "乡街", Column("人数", numeric=True), "提交", "状态"], [Row([Link("HD-2026-11-07", "#"), "站前街道", 6, "2026-11-20", Tag("amber", "剩 2 个工作日")], ref="1", name="HD-2026-11-07")], pick="request", form_id="bulk", label="核对委托"), tabs=[Link("待发送", "#", current=True, count="1"), Link("已发送", "#"), Link("已返回", "#")], bulk=[Link("导出核对请求文件", "#")], hidden=HIDDEN, import_form=FileForm(), import_url="#", import_note="重复的结果文件会被认出，不会记两次。", practice=Action("由演练省平台答复", "#", method="post"), progress={"url": "/progress", "done": 3, "of": 12, "text": "已处理 3 / 12，约剩 5 秒"})),
        "import-result": ("district/import_result.html", district, {"page": Page("导入结果"), "outcome": Tag("amber", "已保存 5 条，1 行有误，未保存。"), "tiles": [Tile("收到", "6"), Tile("新", "5"), Tile("重复", "0"), Tile("错误", "1", tone="red")], "table": Table([Column("行号", numeric=True), "对象", "错误原因", "怎么办"], [Row(["4", "王*兰", "身份证号被 Excel 截断（尾数 000）", "请用文本格式重新导出"], tone="refused")]), "again": Link("重新导入", "#"), "errors_file": Link("下载错误行", "#")}),
        "cases": ("district/cases.html", district, simple_list("区级案件", Table([*QUEUE_COLUMNS, "由谁确认"], [Row([*_queue_row(7).cells, "区民政局"])], label="区级案件"))),
        "delegations": ("district/delegations.html", frame("确认权限"), simple_list("确认权限", DELEGATIONS)),
        "overview": ("district/overview.html", district, simple_list("各乡街进度", OVERVIEW, blocks=[Block("已超期的案件", table=Table(QUEUE_COLUMNS, [_queue_row(7)], label="已超期"))])),
        "figures": ("district/figures.html", frame("政策与标准"), {"page": Page("政策与标准", "每个数字都有文号和起止日期；未设置的数字会挡住要用它的决定。", tools=[Action("登记新版本", "#", primary=True)]), "groups": [Block("标准", table=FIGURES)], "unset": [Check("2027 年城市低保标准", False, "2027-01-01 起的确认决定不能作出", Link("去设置", "#"))]}),
        "calendar": ("district/calendar.html", frame("工作日历"), {"page": Page("工作日历", "法定节假日与调休，按国务院办公厅通知。"), "years": [Link("2026 年", "#", current=True), Link("2027 年", "#")], "months": [month(number) for number in range(1, 13)], "document": "国办发明电〔2025〕示例"}),
        "board": ("public/board.html", frame(), {"page": Page("公示与公布", "公示在确认之前，可以提出异议；公布是确认之后的结果。"), "places": [Link("站前街道", "#", current=True), Link("红嘴乡", "#")], "tabs": [Link("公示", "#", current=True, count="1"), Link("公布", "#")], "boards": [{"title": "最低生活保障审核确认公示（2026 年第 3 批）", "sentence": "拟确认下列家庭为城市最低生活保障对象，公示 7 天。对公示内容有异议的，请在公示期内反映。", "facts": [Fact("异议电话", "0990-0000101"), Fact("最后一天", "2026-11-27")], "table": BOARD}]}),
        "board-empty": ("public/board.html", frame(size="large"), {"page": Page("公示与公布"), "places": [Link("站前街道", "#", current=True)], "empty": Empty("当前没有公示。"), "stale": "以下为 14:02 的静态副本。"}),
        "screen": ("public/screen.html", None, {"title": "最低生活保障审核确认公示", "sentence": "公示期 2026-11-20 至 2026-11-27", "columns": ["申请人", "村（社区）", "人数", "月保障金（元）"], "rows": [["王秀兰", "站前社区", "2", "1,062.00"]] * 12, "next_url": "?page=2", "place": PLACE, "foot": "异议电话 0990-0000101 · 12345", "demo": True}),
        "progress-ask": ("public/progress_ask.html", frame(), {"page": Page("查询办理进度", "请输入申请回执上的查询码和身份证号后 4 位。"), "form": AskForm()}),
        "progress-ask-error": ("public/progress_ask.html", frame(size="larger"), {"page": Page("查询办理进度"), "form": AskForm({"code": "x"}), "closed": "错误次数过多，请于 15:20 后再试。"}),
        "progress": ("public/progress.html", frame(), {"page": Page("办理进度"), "who": "王*兰", "next_step": "下一步：街道入户调查，11 月 25 日前。", "steps": STEPS[1:], "phone": Fact("经办电话", "0990-0000101"), "papers": [Link("受理通知书（PDF）", "#", note="2026-11-10")], "object_link": Link("对结果有异议，怎么办", "#"), "readers": [Fact("2026-11-12", "站前街道办事处，办理本案")], "leave": Action("关闭查询", "#", method="post")}),
    }
