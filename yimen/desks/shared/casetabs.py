"""The middle column of the case page: current work, or one of the tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.clocks.desk import clocks_of
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications import queries as applications
from yimen.casework.decisions import queries as decisions
from yimen.casework.households import queries as households
from yimen.casework.investigation import queries as investigation
from yimen.casework.verification import queries as verification
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Fact, Link, Row, Table, Tag
from yimen.desks.shared.work import act_url
from yimen.law.calendar import today
from yimen.law.money import show
from yimen.law.terms import (
    AppliedBy,
    ExpenseKind,
    IncomeKind,
    KinRelation,
    MaterialState,
    Period,
    PovertyCause,
    PropertyKind,
    Relation,
    Stage,
    WorkCapacity,
)


def _clocks(application: Any) -> Block:
    clocks = clocks_of("application", [application.pk], today(), running_only=False).get(application.pk, [])
    rows = [
        Row([clock.label, Tag(clock.tone, clock.text), f"{clock.started_on:%m-%d}", f"{clock.due_on:%m-%d}" if clock.due_on else "未设置", clock.who, Cell("；".join(clock.articles), note=clock.figure)])
        for clock in clocks
    ]
    return Block("时限", table=Table(["时限", "状态", "起算", "到期", "谁办", "依据"], rows, label="时限", empty=Empty("受理后开始计算法定时限。")))


def _reason(application: Any) -> Block:
    facts = [
        Fact("申请方式", AppliedBy(application.applied_by).label), Fact("主要致贫原因", PovertyCause(application.poverty_cause).label),
        Fact("申请理由", application.reason),
    ]
    if application.single_person:
        facts.append(Fact("单独申请", application.single_person_reason))
    agent = applications.agent(application)
    if agent:
        facts.append(Fact("代办人", f"{agent.name}（{agent.relation}）"))
    if application.ended_reason:
        facts.append(Fact("终止理由", application.ended_reason))
    return Block("申请", facts=facts)


def _returned(application: Any) -> list[Block]:
    rows = decisions.sent_back(application)
    return [Block("退回意见", facts=[Fact(f"{row.on:%Y-%m-%d} {row.by.name}", row.reason) for row in rows])] if rows else []


def _differences(application: Any) -> list[Block]:
    lines = verification.comparison(application)
    if not lines:
        return []
    rows = [
        Row(
            [Cell(line.label, note=line.person_name), line.declared, Cell(line.verified, note=line.source_words), Tag(line.tag_kind, line.match_label), Cell(line.treatment_label or ("写处理意见" if line.open else ""), url=act_url(application.ref, "settle_difference") + f"#{line.ref}" if line.open else "", note=line.treatment_note)],
            tone="different" if line.open else "",
        )
        for line in lines
    ]
    open_count = sum(line.open for line in lines)
    note = f"还有 {open_count} 处须写明处理意见后才能提交审核。" if open_count else "差异已全部处理。"
    return [Block("申报与核对比对", note, table=Table(["项目", "申报", "核对（来源，查询日）", "状态", "处理"], rows, label="比对"))]


def work(officer: Officer, application: Any) -> list[Block]:
    """What the case needs now."""
    stage = Stage(application.stage)
    blocks = [*_returned(application)]
    if stage in {Stage.REGISTERED, Stage.SUPPLEMENTING}:
        blocks += [_missing(application)]
    blocks += _differences(application)
    blocks += _opinion(application)
    return [*blocks, _reason(application), _clocks(application)]


def _missing(application: Any) -> Block:
    facts = [Fact(row.label, "缺", tag=Tag("amber", "缺")) for row in applications.missing_materials(application)]
    facts += [Fact(f"{name}的承诺授权", "未签", tag=Tag("amber", "缺")) for name in applications.missing_consents(application)]
    return Block("受理前要齐备的材料", facts=facts) if facts else Block("受理前要齐备的材料", text="材料和授权已经齐备。")


def _opinion(application: Any) -> list[Block]:
    opinion = decisions.current_opinion(application)
    decision = decisions.decision_of(application)
    blocks = []
    if decision:
        word = "予以确认" if decision.approve else "不予确认"
        facts = [Fact("决定", word), Fact("决定机关", decision.body), Fact("决定日期", f"{decision.on:%Y-%m-%d}"), Fact("决定人", decision.by.name)]
        if decision.approve:
            facts += [Fact("月保障金", f"{show(decision.amount_fen)} 元"), Fact("起始月", decision.start_month)]
        blocks.append(Block("确认决定", facts=[*facts, Fact("理由", decision.reasons)]))
    if opinion:
        word = "拟予以确认" if opinion.approve else "拟不予确认"
        facts = [Fact("审核意见", word), Fact("提出人", f"{opinion.by.name} {opinion.on:%Y-%m-%d}"), Fact("理由", opinion.reasons)]
        if opinion.approve:
            facts.insert(1, Fact("月保障金", f"{show(opinion.amount_fen)} 元（{opinion.covered} 人）"))
        blocks.append(Block("审核意见", facts=facts))
    return blocks


def _members(application: Any) -> Block:
    rows = []
    for row in applications.participants(application):
        person = row.person
        capacity = WorkCapacity(row.work_capacity).label if row.work_capacity else ""
        age = households.age(person.birth_date, today())
        rows.append(Row([Cell(person.name, strong=True), Relation(row.relation).label, f"{age} 岁", households.disability(person), capacity, person.occupation or "—"]))
    return Block("家庭成员", table=Table(["姓名", "与申请人关系", "年龄", "残疾", "劳动能力", "工作或学校"], rows, label="家庭成员"))


def _owner(row: Any) -> str:
    return row.person.name if row.person else "全家"


def family(officer: Officer, application: Any) -> list[Block]:
    """Who they are and what they declared."""
    incomes = [
        Row([_owner(row), IncomeKind(row.kind).label, row.label, f"{show(row.amount_fen)}", Period(row.period).label])
        for row in applications.incomes(application)
    ]
    things = [
        Row([_owner(row), PropertyKind(row.kind).label, row.label, show(row.value_fen) if row.value_fen is not None else "—"])
        for row in applications.properties(application)
    ]
    spent = [
        Row([_owner(row), ExpenseKind(row.kind).label, row.label, show(row.amount_fen), Period(row.period).label])
        for row in applications.expenses(application)
    ]
    kin = [
        Row([row.name, f"{row.supports.name}的{Relation(row.relation).label}", show(row.agreed_fee_fen), row.inability_reason or "—"])
        for row in applications.obligors(application)
    ]
    account = households.account(application.household)
    return [
        _members(application),
        Block("申报收入", table=Table(["谁的", "类别", "项目", "金额（元）", "期间"], incomes, label="申报收入", empty=Empty("申报没有收入。"))),
        Block("申报财产", table=Table(["谁的", "种类", "名称", "价值（元）"], things, label="申报财产", empty=Empty("申报没有财产。"))),
        Block("刚性支出", table=Table(["谁的", "类别", "内容", "金额（元）", "期间"], spent, label="刚性支出", empty=Empty("没有申报刚性支出。"))),
        Block("赡养抚养义务人", table=Table(["姓名", "关系", "每月给付（元）", "无力给付的原因"], kin, label="义务人", empty=Empty("没有登记义务人。"))),
        Block("领取账户", facts=[Fact("开户人", account.holder), Fact("开户银行", account.bank), Fact("账号", f"尾号 {account.number[-4:]}")] if account else [], empty=None if account else Empty("还没有登记领取账户。")),
        *_relatives(application),
    ]


def _relatives(application: Any) -> list[Block]:
    filings = applications.relative_filings(application)
    rows = [
        Row([row.person_name, KinRelation(row.relation).label, Cell(row.staff.name, note=row.staff.office.name), "、".join(word for word, on in (("本人申明", row.declared), ("系统比对", row.matched)) if on), Tag("green", f"已备案 {row.filed_on:%m-%d}") if row.filed_on else Tag("amber", "待备案")])
        for row in filings
    ]
    return [Block("近亲属备案", table=Table(["家庭成员", "是其", "工作人员", "来源", "状态"], rows, label="近亲属备案"))] if rows else []


def check(officer: Officer, application: Any) -> list[Block]:
    """What each source answered, and declared beside verified."""
    rows = [
        Row([line.person_name, line.source_label, Tag("green" if line.answered else "amber", line.state_label), f"{line.queried_on:%Y-%m-%d}" if line.queried_on else "—", line.found or "—"])
        for line in verification.sources_of(application)
    ]
    table = Table(["对象", "来源", "答复", "查询日", "查得"], rows, label="各来源答复", empty=Empty("还没有核对结果。" + ("核对请求已提交，等待返回。" if application.check_requested_on else "尚未提请核对。")))
    return [*_differences(application), Block("各来源的答复", table=table)]


def visit(officer: Officer, application: Any) -> list[Block]:
    """Visits, interviews, letters, assessments, appraisals."""
    blocks = [
        Block(entry.title, facts=[Fact(label, value) for label, value in entry.facts], actions=[])
        for entry in investigation.story(application)
    ]
    return blocks or [Block("调查核实", empty=Empty("还没有调查记录。"))]


def materials(officer: Officer, application: Any) -> list[Block]:
    """The checklist of papers and who has signed."""
    tones = {MaterialState.MISSING: "amber"}
    rows = [
        Row([row.label, "必需" if row.required else "有则提供", Tag(tones.get(MaterialState(row.state), "green"), MaterialState(row.state).label), row.note or "—"])
        for row in applications.materials(application)
    ]
    signed = [
        Row([(row.person or row.obligor).name, Tag("green", "已同意") if row.given else Tag("red", "不同意"), f"{row.signed_on:%Y-%m-%d}", f"{row.valid_to:%Y-%m-%d}", row.refused_reason or row.signed_by])
        for row in applications.consents(application)
    ]
    blank = Action("打印承诺授权书（签字用）", reverse("blank-pledge", args=[application.ref]))
    return [
        Block("材料", table=Table(["材料", "要求", "状态", "说明"], rows, label="材料")),
        Block("承诺授权", table=Table(["姓名", "意思", "签署日", "有效至", "签署人或原因"], signed, label="承诺授权", empty=Empty("还没有人签署。")), actions=[blank]),
    ]


def papers_tab(officer: Officer, application: Any) -> list[Block]:
    """Every paper issued."""
    rows = [
        Row([Link(paper.title, reverse("paper", args=[paper.ref])), paper.number, f"{paper.issued_on:%Y-%m-%d}", paper.issued_by_name, _served(paper)])
        for paper in papers.papers_of("application", application.ref)
    ]
    return [Block("文书", table=Table(["文书", "编号", "日期", "制作人", "送达"], rows, label="文书", empty=Empty("还没有文书。")))]


def _served(paper: Any) -> str:
    service = papers.services(paper)
    return f"{service[-1].served_on:%Y-%m-%d}" if service else "—"


def record_tab(officer: Officer, application: Any) -> list[Block]:
    """Who did what, and who looked."""
    rows = [
        Row([f"{entry.at:%Y-%m-%d %H:%M}", entry.staff_name, entry.act_label, str(entry.seq)])
        for entry in record.entries_of("application", application.ref)
    ]
    reads = [
        Row([f"{entry.at:%Y-%m-%d %H:%M}", entry.staff_name, entry.purpose])
        for entry in list(record.reads_of("application", application.ref)[:50])
    ]
    return [
        Block("办理记录", "只增不改，每条都有校验。", table=Table(["时间", "人员", "办理", "序号"], rows, label="办理记录")),
        Block("谁看过这件档案", table=Table(["时间", "人员", "目的"], reads, label="查看记录", empty=Empty("还没有人查看。"))),
    ]


_TABS: dict[str, Callable[[Officer, Any], Sequence[Block]]] = {
    "": work, "family": family, "check": check, "visit": visit, "materials": materials, "papers": papers_tab, "record": record_tab,
}


def blocks(tab: str, officer: Officer, application: Any) -> Sequence[Block]:
    """The blocks of a tab."""
    return _TABS[tab](officer, application)


def side(application: Any) -> list[Block]:
    """Cards under the figures: the household's other cases."""
    others = [row for row in applications.of_household(application.household) if row.pk != application.pk][:5]
    if not others:
        return []
    return [Block("本户其他申请", facts=[Fact(row.number, Stage(row.stage).label) for row in others])]
