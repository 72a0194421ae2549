"""One change: what was reported, what it does to the award, what comes next, its course and papers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.record import desk as record
from yimen.casework.awards import change_queries as changes, uplift_queries as uplifts
from yimen.casework.monthclose.comparison import queries as comparison, settling
from yimen.desks.shared import splits
from yimen.desks.shared.listing import listing
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import CASE_STAFF, route
from yimen.desks.shared.shapes import Action, Block, Cell, Fact, Link, Page, Tag
from yimen.desks.shared.work import case_url
from yimen.desks.township.changes import sharing
from yimen.desks.township.changes.parts import (
    award_facts,
    crumbs,
    effect_words,
    going_facts,
    officer_of,
    reported_facts,
    state_tag,
    url,
)
from yimen.law.aftercare.changing import BalanceKind, ChangeState, Hearing, View
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.calendar import as_moment, today
from yimen.law.money import show as yuan
from yimen.law.terms import Programme, Role

_WAY = (ChangeState.HANDLING, ChangeState.RECKONED)


def _next(officer: Officer, change: Any) -> list[Action]:
    """What this officer can do now, the next step first."""
    state, award = ChangeState(change.state), change.award
    if state is ChangeState.MOVING:
        here = change.to_village is not None and officer.holds(TOWNSHIP_ROLES, str(change.to_village.parent_id))
        return [Action("接收转入", url(change, "receive"), primary=True)] if here else []
    if state is ChangeState.DECIDING:
        deciders = officer.holds({Role.HEAD}, award.township_id) or Role.DISTRICT_DECIDER in officer.roles
        if not deciders:
            return []
        return [Action("决定", url(change, "decide"), primary=True), Action("退回", url(change, "return"))]
    if not officer.holds(TOWNSHIP_ROLES, award.township_id):
        return []
    return _handler_next(change, state)


def _handler_next(change: Any, state: ChangeState) -> list[Action]:
    if state is ChangeState.REPORTED:
        return [Action("受理并核定变化", url(change, "findings"), primary=True)]
    if state is ChangeState.DECIDED:
        return [Action("登记送达", url(change, "serve"), primary=True)]
    if state is ChangeState.ON_NOTICE:
        shown, last = changes.ready(change, today()).shown, changes.last_notice(change)
        if last and changes.missing_places(last):
            post = Action("登记张贴", url(change, "posting"), primary=True)
            return [post, Action("登记公示异议", url(change, "objection"))]
        submit = Action("提请决定", url(change, "submit"), primary=shown)
        return [submit, Action("登记公示异议", url(change, "objection"))] if shown else [
            Action("登记公示异议", url(change, "objection"), primary=True)
        ]  # fmt: skip
    if state not in _WAY:
        return []
    again = Action("核定变化" if state is ChangeState.HANDLING else "重新核定", url(change, "findings"))
    if state is ChangeState.HANDLING:
        return [Action(again.text, again.url, primary=True)]
    ready = changes.ready(change, today())
    if ready.hearing and not ready.heard:
        return [Action("听取意见", url(change, "hearing"), primary=True), again]
    if ready.notice and not ready.shown:
        return [Action("终止公示", url(change, "notice"), primary=True), again]
    more = [Action("再次听取意见", url(change, "hearing"))] if ready.hearing else []
    return [Action("提请决定", url(change, "submit"), primary=True), again, *more]


# -- blocks ------------------------------------------------------------------------------


def _asked(change: Any) -> list[Fact]:
    """What the law asks before the decision, and whether it is there."""
    ready, made = changes.ready(change, today()), []
    if ready.hearing:
        tag = Tag("green", "已听取") if ready.heard else Tag("red", "还没有听取")
        made.append(Fact("听取意见", "减发、暂停、停发以前必须听取（社会救助法第四十八条）", tag=tag))
    if ready.notice:
        last = changes.last_notice(change)
        words = f"{last.from_on:%Y-%m-%d} 至 {last.to_on:%Y-%m-%d}" if last else "还没有公示"
        tag = Tag("green", "期满") if ready.shown else Tag("amber", "有异议" if last and last.objected_on else "未满")
        made += [Fact("终止公示", words, tag=tag), *hung_facts(last)]
    return made


def hung_facts(notice: Any) -> list[Fact]:
    """Where a notice hangs, since when and by whom; where it does not yet."""
    if notice is None:
        return []
    hung = {row.place: f"{row.posted_on:%Y-%m-%d}　{row.posted_by.name}" for row in changes.postings_of(notice)}
    return [
        Fact(f"张贴：{place}", hung.get(place, "—"), tag=None if place in hung else Tag("amber", "还没有登记张贴"))
        for place in notice.places
    ]


def compared(finding: Any, *, why: bool = False) -> Block:
    """Before and after, line by line; ``why`` with how each figure came about, where that was kept."""
    told = why and any(row.get("why") for row in finding.figures)
    rows = [
        (
            row["item"], row["before"], _after(row), *((row.get("why") or "—",) if told else ()),
        )
        for row in finding.figures
    ]  # fmt: skip
    columns = "项目 变化以前 变化以后" + (" 依据" if told else "")
    return listing("变化前后对照", columns, rows, empty="只改登记的信息，金额不变。")


def _after(row: Any) -> Cell:
    """What is so after the change; a condition that does not hold any more stands out."""
    if row["after"] == "不符合":
        return Cell(tag=Tag("red", row["after"]))
    return Cell(row["after"], strong=row["item"] == "月保障金")


def _taken(finding: Any) -> str:
    return "，内容照同户另一件已核定的" if finding.entry.get("taken_from") else ""


def _found(change: Any) -> list[Block]:
    finding = changes.finding_of(change)
    if finding is None:
        return [Block("核定", text="还没有核定。核定后在这里对照变化前后的人口、收入和金额。")]
    facts = [
        Fact("处理", changes.proposal_words(finding)),
        Fact("法定事由", changes.ground_label(change, today())),
        Fact("情况和理由", finding.reasons),
        Fact("核定", f"{as_moment(finding.at):%Y-%m-%d}　{finding.by.name}{_taken(finding)}"),
        *(_asked(change) if change.state != ChangeState.CLOSED and change.decided_on is None else []),
    ]
    if change.returned_reason:
        facts.insert(0, Fact("负责人退回", change.returned_reason, tag=Tag("amber", "退回")))
    return [Block("核定的结果", facts=facts), compared(finding, why=True)]


def _heard(change: Any) -> list[Block]:
    rows = [
        (
            f"{row.heard_on:%Y-%m-%d}",
            Hearing(row.how).label,
            row.who or "—",
            View(row.view).label if row.view else "—",
            row.said or row.not_possible,
            row.answer or "—",
        )
        for row in changes.views(change)
    ]
    return [listing("听取意见", "日期 方式 陈述人 态度 陈述 答复", rows)] if rows else []


def _objected(change: Any) -> list[Block]:
    rows = [
        (f"{row.objected_on:%Y-%m-%d}", "实名保密" if row.objector else "匿名", row.objection, row.answer or "待复核")
        for row in change.notices.order_by("id")
        if row.objected_on
    ]
    return [listing("公示异议", "日期 异议人 内容 复核结论", rows)] if rows else []


def _decided(change: Any) -> list[Block]:
    row = changes.decision_of(change)
    if row is None:
        return []
    facts = [
        Fact("决定", changes.proposal_words(row)),
        Fact("起算", f"{row.from_month}（{row.from_month_basis}）" if row.from_month else "不改变发放"),
        Fact("理由", row.reasons),
        Fact("决定人", f"{row.on:%Y-%m-%d}　{row.body}　{row.by.name}"),
    ]
    if row.until_month:
        facts.insert(2, Fact("渐退期", f"到 {row.until_month} 止"))
    blocks = [Block("决定", facts=facts)]
    balances = [
        (BalanceKind(each.kind).label, each.month, yuan(each.fen), each.cause) for each in changes.balances_of(change)
    ]
    if balances:
        blocks.append(
            listing("待结算的月份", "种类 月份 金额（元） 原因", balances, note="由资金发放时结算，这里只列明。")
        )
    return blocks


def _linked(officer: Officer, change: Any, *, whole: bool) -> list[Block]:
    """The changes of the household's other awards that came of the same report."""
    rows = [
        (
            Link(f"{Programme(row.award.programme).label}{'（单人保）' if row.award.single else ''}", url(row)),
            row.award.number if whole else "—",
            effect_words(row) if whole else "—",
            state_tag(row),
        )
        for row in changes.linked_with(officer, change)
    ]  # fmt: skip
    note = "同一次登记，本户每一项受影响的保障各办一件，各自核定、听取意见、决定。"
    return [listing("同一户的其他保障", "项目 编号 处理 状态", rows, note=note)] if rows else []


def _uplift_url(officer: Officer, line: Any) -> str:
    """Where the raise shows this household: the district its sheet, the township its list."""
    if officer.roles & DISTRICT_ROLES:
        return reverse("district:uplift_line", args=[line.run.ref, line.award.ref])
    return reverse("township:uplift_falls") + "?show=done"


def _origin(officer: Officer, change: Any) -> list[Block]:
    """What the change came from: hits of the data check, or a household that a raised standard would pay less."""
    made: list[Block] = []
    if hits := changes.hits_of(officer, change):
        rows = [
            (changes.hit_words(row, change.award), Link(row.application.number, case_url(row.application.ref, "check")))
            for row in hits
        ]
        made.append(listing("来自信息核对", "发现 核对的案件", rows))
    if found := comparison.became(officer, change):
        address = reverse("township:comparison_household", args=[change.award.ref])
        said = [(settling.sentence(hit), Link(hit.run.month, address)) for hit in found]
        made.append(listing("来自每月比对", "发现 比对月份", said))
    lines = [
        (
            Link(f"{line.run.month} 起的新标准", _uplift_url(officer, line)),
            yuan(line.before_fen), yuan(line.after_fen), line.reason,
        )
        for line in uplifts.of_change(officer, change)
    ]  # fmt: skip
    if lines:
        made.append(listing("来自提高标准", "提高标准 现在每月（元） 核算每月（元） 原因", lines))
    return made


def _course(change: Any) -> Block:
    entries = record.entries_of(changes.KIND, change.ref)
    rows = [(f"{as_moment(entry.at):%Y-%m-%d %H:%M}", entry.act_label, entry.staff_name) for entry in entries]
    return listing("办理经过", "时间 办理 人员", rows)


def _papers(change: Any) -> Block:
    rows = [
        (Link(paper.title, reverse("paper", args=[paper.ref])), paper.number) for paper in changes.papers_of(change)
    ]
    return listing("文书", "名称 文号", rows, empty="还没有文书。")


def _clock(change: Any) -> list[Fact]:
    found = changes.pressing([change], today()).get(change.pk)
    if found is None:
        return []
    until = f"{found.due_on:%Y-%m-%d}" if found.due_on else "时限未设置"
    return [Fact(found.label, until, note=found.text, tag=Tag("red", "超期") if found.overdue else None)]


@route("changes.read", "change", "place", CASE_STAFF)
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """One change; the read is logged. The village sees what it reported and how far it is, without amounts."""
    officer = officer_of(request)
    found = changes.find(officer, ref)
    note_household_read(officer, found.award.household, "办理变更")
    whole = bool(officer.roles - VILLAGE_ROLES)
    award, home = found.award, found.award.household
    blocks = [Block("登记的变动", facts=reported_facts(found, whole=whole))]
    blocks += _linked(officer, found, whole=whole)
    offer = sharing.offer_to(officer, found) if whole else None
    blocks += sharing.blocks(found, offer)
    if found.state == ChangeState.MOVING and len(going := going_facts(found)) > 1:
        note = "各项保障各自决定转出，全部决定以后由迁入地一并接收。"
        blocks.append(Block("等待迁入地接收", note, facts=going))
    side = [Block("办理", tag=state_tag(found), facts=_clock(found))]
    if whole:
        blocks += [
            *_origin(officer, found),
            *_decided(found),
            *splits.apart(officer, found),
            *_found(found),
            *_heard(found),
            *_objected(found),
            _course(found),
        ]
        files = [Action("查看家庭档案", reverse("household", args=[home.ref]))]
        side += [Block("保障情况", facts=award_facts(award), actions=files), _papers(found)]
    title = f"{home.head.name}　{ChangeEvent(found.event).label}"
    return show(
        request,
        "shared/household.html",
        page=Page(title, crumbs=[*crumbs(found)[:1], Link(home.head.name, "", current=True)]),
        line=f"{award.township.name} · {award.village.name} {home.group}",
        blocks=blocks,
        side=side,
        actions=sharing.before(found, offer, _next(officer, found)) if whole else [],
    )
