"""代管存折（卡）: the register of agreements, its filing by the district, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.once import once
from yimen.base.offices import queries as offices
from yimen.base.papers import desk as papers
from yimen.base.refs import new_ref
from yimen.casework.awards import queries as awards
from yimen.casework.households import queries as households
from yimen.casework.payments import acts, custody_queries as queries
from yimen.casework.payments.custodies.acts import CustodyEntry
from yimen.desks.shared.accounts.parts import accounts, tail
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Day, Pick, Text, terms
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Fact, Link, Page, Row, Section, Tag
from yimen.desks.township.money.parts import BOTH, READERS, given, of_district, officer_of, places, roles_of
from yimen.law.calendar import today
from yimen.law.payments.custody import DUTIES, CustodyThing
from yimen.law.terms import Relation

_COLUMNS = ("户主", "村（社区）", "代管人", "代管", "账户", "起", "止", "编号", "备案", "状态")
_MORE = ("原因", "家庭成员", "登记人")
_FILTERS = ("state", "village")
_STATES = [("", "在代管"), ("unfiled", "没有备案"), ("late", "已过期"), ("ended", "已终止"), ("all", "全部")]
_SORTS = {"户主": ("household__head__pinyin",), "止": ("to_on",)}


def _made(name: str, columns: Sequence[str], filters: Sequence[str]) -> Listing:
    return Listing(
        name, "代管存折（卡）", (*columns, *_MORE), usual=columns, sorts=_SORTS, filters=filters, unit="份"
    )  # fmt: skip


TOWNSHIP = _made("custody", _COLUMNS, _FILTERS)
DISTRICT = _made("custody_district", ("户主", "乡街", *_COLUMNS[1:]), ("township", *_FILTERS))


class CustodyForm(forms.Form):
    """What is agreed."""

    member = Pick("签协议的家庭成员", [], empty="请选择")
    agent = Pick("代管人", [], empty="请选择")
    thing = Pick("代管的物品", terms(CustodyThing), empty="请选择")
    reason = Text("代管的原因", longest=300, rows=3)
    duties = Text("代管人的义务", longest=400, rows=3)
    from_on = Day("代管起始日期")
    to_on = Day("代管终止日期")

    def __init__(self, officer: Officer, home: Any, data: Any) -> None:
        super().__init__(data, initial={"duties": DUTIES, "from_on": today()})
        people = [
            (row.person.ref, f"{row.person.name}（{Relation(row.relation).label}）")
            for row in households.members(home)
            if row.person.died_on is None
        ]
        staff = [
            (row.ref, f"{row.name}　{row.office.name}{row.title}")
            for row in offices.staff_of([str(home.township_id), str(home.village_id)])
            if row.pk != officer.staff.pk
        ]
        for name, choices in (("member", people), ("agent", staff)):
            field: Any = self.fields[name]
            field.choices = [("", "请选择"), *choices]


class CustodyEndForm(forms.Form):
    """How it was given back."""

    words = Text("归还情况", longest=200, rows=3)


# -- register --------------------------------------------------------------------------------


def _found(asked: Asked) -> Any:
    rows = queries.custodies(asked.officer)
    for name, column in (("township", "township_id"), ("village", "household__village_id")):
        if value := asked.filters.get(name, ""):
            rows = rows.filter(**{column: value})
    state = asked.get("state")
    if state == "all":
        return rows
    rows = rows.filter(ended_on__isnull=state != "ended")
    if state == "unfiled":
        return rows.filter(filed_on__isnull=True)
    return rows.filter(to_on__lt=today()) if state == "late" else rows


def _tag(row: Any) -> Tag:
    if row.ended_on:
        return Tag("neutral", "已终止")
    if row.to_on < today():
        return Tag("red", "已过期")
    return Tag("green", "在代管") if row.filed_on else Tag("amber", "没有备案")


def _row(row: Any, columns: Sequence[str], *, pick: bool) -> Row:
    home = row.household
    cells = {
        "户主": Link(home.head.name, reverse("township:custody_one", args=[row.ref])),
        "乡街": row.township.name,
        "村（社区）": home.village.name,
        "代管人": Cell(row.agent.name, note=row.post),
        "代管": CustodyThing(row.thing).label,
        "账户": tail(row.account),
        "起": f"{row.from_on}",
        "止": f"{row.to_on}",
        "编号": row.number,
        "备案": f"{row.filed_on} {row.filed_by.name}" if row.filed_by else "—",
        "状态": Cell(tag=_tag(row)),
        "原因": row.reason,
        "家庭成员": row.member.name,
        "登记人": row.registered_by.name,
    }
    waits = pick and row.filed_on is None and row.ended_on is None
    return Row([cells[text] for text in columns], ref=row.ref if waits else "", name=home.head.name)


@route("payments.custody", "custody", "place", READERS)
def register(request: HttpRequest) -> HttpResponse:
    """Whose passbook or card somebody on staff keeps; the district files the agreements here."""
    officer = officer_of(request)
    asked = Asked(request, DISTRICT if of_district(officer) else TOWNSHIP)
    found, pager = asked.page(asked.ordered(_found(asked), "-id"))
    files = bool(officer.roles & roles_of("file_custody"))
    rows = [_row(row, asked.listing.columns, pick=files) for row in found]
    picking = {"pick": "ref", "form_id": "bulk"} if any(row.ref for row in rows) else {}
    empty = Empty("没有代管的存折（卡）。确需代管的，从在保名册点户主，再点“登记代管协议”。")
    return show(
        request,
        "shared/list.html",
        page=Page("代管存折（卡）", "工作人员代为保管存折或者银行卡的，必须与家庭成员签书面协议并报区级备案；从在保名册点户主登记。"),
        filters=[asked.filter("state", "状态", _STATES), *places(asked)],
        filter_url=reverse("township:custody"),
        table=asked.table(rows, empty=empty, **picking),
        pager=pager,
        lister=tools(asked),
        bulk=[Link("登记备案", reverse("township:custody_file"))] if picking else (),
        hidden={"once": new_ref()},
    )  # fmt: skip


@route("payments.file_custody", "custody", "district", roles_of("file_custody"), ("POST",))
def file(request: HttpRequest) -> HttpResponse:
    """The district has received the ticked agreements."""
    officer, refs = officer_of(request), request.POST.getlist("ref")

    def work() -> str:
        acts.file_custody(officer, refs=refs)
        return reverse("township:custody")

    body = {"path": request.path, "refs": refs}
    return HttpResponseRedirect(str(once(request.user, request.POST.get("once", ""), body, work)))  # type: ignore[arg-type]


# -- one -------------------------------------------------------------------------------------


def _facts(row: Any) -> list[Fact]:
    facts = [
        Fact("户主", row.household.head.name, note=f"{row.township.name}{row.household.village.name}"),
        Fact("家庭成员（甲方）", row.member.name),
        Fact("代管人（乙方）", row.agent.name, note=row.post),
        Fact("代管", CustodyThing(row.thing).label, note=f"{row.account.holder}　{tail(row.account)}"),
        Fact("期限", f"{row.from_on} 至 {row.to_on}"),
        Fact("原因", row.reason),
        Fact("义务", row.duties),
        Fact("登记", f"{row.registered_by.name}　{row.registered_on}"),
        Fact("备案", f"{row.filed_by.name}　{row.filed_on}" if row.filed_by else "没有备案"),
    ]
    return facts + (
        [Fact("终止", f"{row.ended_by.name}　{row.ended_on}", note=row.ended_words)] if row.ended_by else []
    )


@route("payments.custody", "custody", "place", READERS)
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """One agreement with its paper; the read is logged."""
    officer = officer_of(request)
    row = queries.custody(officer, ref)
    home = row.household
    note_household_read(officer, home, "查看代管协议")
    seen = officer.roles & (TOWNSHIP_ROLES | DISTRICT_ROLES)
    sheets = [
        Action("打开协议", reverse("paper", args=[paper.ref])) for paper in papers.papers_of(queries.KIND, ref) if seen
    ]
    ends = not row.ended_on and officer.holds(TOWNSHIP_ROLES, row.township_id)
    return show(
        request,
        "shared/household.html",
        page=Page(
            "代管协议", row.number, tags=[_tag(row)],
            crumbs=[Link("代管存折（卡）", reverse("township:custody")), Link(home.head.name, "", current=True)],
        ),
        blocks=[Block("协议", facts=_facts(row), actions=sheets)],
        actions=[Action("登记归还、终止", reverse("township:custody_end", args=[ref]))] if ends else [],
    )  # fmt: skip


@route("payments.record_custody", "award", "place", TOWNSHIP_ROLES, BOTH)
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """Register an agreement; its paper is printed, signed and sent to the district."""
    officer = officer_of(request)
    award = gate.fetch(officer, awards.awards(), ref)

    def build(data: Any, files: Any) -> Sequence[Section]:
        facts = [
            Fact("户主", award.household.head.name, note=award.village.name),
            *accounts(award.household, "账户"),
        ]
        note = "确有困难、本户自愿的才代管。登记后打印协议，双方签字，一份报区级备案。自己代管的由别人登记。"
        form = CustodyForm(officer, award.household, data)
        return [Section("custody", "代管协议", note=note, facts=facts, form=form)]

    def run(sections: Sequence[Section]) -> str:
        made = acts.record_custody(officer, award=ref, entry=CustodyEntry(**given(sections)))
        return reverse("township:custody_one", args=[made.ref])

    back = reverse("township:award", args=[ref])
    crumbs = [Link("保障历史", back), Link("登记代管协议", "", current=True)]
    return ActPage(
        page=Page("登记代管协议", award.household.head.name, crumbs=crumbs), build=build, run=run, submit="登记代管协议",
        cancel=Link("返回", back), enter_next=False,
    ).answer(request)  # fmt: skip


@route("payments.end_custody", "custody", "place", TOWNSHIP_ROLES, BOTH)
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """The passbook or card is back with the household."""
    officer = officer_of(request)
    row = queries.custody(officer, ref)
    back = reverse("township:custody_one", args=[ref])

    def build(data: Any, files: Any) -> Sequence[Section]:
        note = "写明哪天、当着谁的面归还的。"
        return [Section("custody", "归还、终止", note=note, facts=_facts(row), form=CustodyEndForm(data))]

    def run(sections: Sequence[Section]) -> str:
        acts.end_custody(officer, ref=ref, **given(sections))
        return back

    crumbs = [Link("代管存折（卡）", reverse("township:custody")), Link("终止", "", current=True)]
    return ActPage(
        page=Page("登记归还、终止", row.household.head.name, crumbs=crumbs), build=build, run=run, submit="登记归还、终止",
        cancel=Link("返回", back), enter_next=False,
    ).answer(request)  # fmt: skip


def award_tools(officer: Officer, award: Any) -> list[Action]:
    """The button beside the history of a running award that is paid."""
    may = officer.holds(TOWNSHIP_ROLES, award.township_id) and award.monthly_fen and not award.end_month
    return [Action("登记代管协议", reverse("township:custody_new", args=[award.ref]))] if may else []
