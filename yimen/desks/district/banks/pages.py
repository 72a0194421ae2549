"""The templates of the district, one with its trial on invented lines, and the two persons' steps: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.casework.payments import acts, bank_queries as queries
from yimen.desks.district.banks import words
from yimen.desks.district.banks.forms import (
    BankAboutForm,
    BankCodesForm,
    BankLayoutForm,
    BankReleaseForm,
    BankWithdrawForm,
    banks_of,
    initial_of,
    layouts_of,
)
from yimen.desks.district.doing import may, roles_of
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Column, Empty, Fact, Link, Page, Row, Section, Table, Tag
from yimen.gateways.bank import door
from yimen.law.payments.bank_layout import BankLayouts, Layout
from yimen.law.payments.bank_terms import FileKind, Side, TemplateState

TITLE = "银行文件模板"
_BOTH = ("GET", "POST")
_TONES = {TemplateState.PROPOSED: "amber", TemplateState.RELEASED: "green", TemplateState.WITHDRAWN: "neutral"}
_LIST = ["名称", "适用的开户银行", "自", "发放文件", "状态", "拟定", "发布"]
_COLUMNS = [Column("第几列", numeric=True), "内容", Column("宽度（字节）", numeric=True), "对齐", "填充", "文字"]
_HOW = (
    "每行一列：内容，宽度，左或右，填充，文字。宽度、左右、填充只有定长文本要写，例如“户名，40，左，空格”“金额，14，右，0”；"
    "分隔符文本和 Excel 只写内容，需要时加列名，例如“户名，，，，姓名”。固定文字写成“固定文字，，，，01”。"
)


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def _url(name: str, template: Any) -> str:
    return reverse(f"district:{name}", args=[template.ref])


def _crumbs(template: Any = None) -> list[Link]:
    links = [Link(TITLE, reverse("district:banks"))]
    return [*links, Link(template.name, _url("bank", template))] if template is not None else links


def _tag(template: Any) -> Tag:
    state = TemplateState(template.state)
    return Tag(_TONES[state], state.label)


def _row(template: Any) -> Row:
    by = f"{template.released_by.name} {moment(template.released_at)}" if template.released_by else "—"
    out = BankLayouts.of(template.layouts).out
    return Row(
        [
            Link(template.name, _url("bank", template)), "、".join(template.banks), f"{template.valid_from}",
            words.about(out), _tag(template), f"{template.proposed_by.name} {moment(template.proposed_at)}", by,
        ]
    )  # fmt: skip


@route("bank.read", "bank_template", "district", DISTRICT_ROLES)
def banks(request: HttpRequest) -> HttpResponse:
    """Every template of the district."""
    officer = _officer(request)
    rows = [_row(each) for each in queries.templates(officer)[:100]]
    new = Action("拟定模板", reverse("district:bank_new"), primary=True)
    tools = [new] if may(officer, "propose_bank_template") else []
    empty = Empty("还没有模板。向银行要来发放文件和返回文件的格式说明，照着拟定。", new if tools else None)
    return show(
        request,
        "shared/list.html",
        page=Page(
            TITLE,
            "各银行的发放文件和返回文件是什么样子：一人拟定，另一人核对后发布，自使用之日起生效。",
            tools=tools,
        ),
        table=Table(_LIST, rows, label=TITLE, empty=empty),
    )


# -- one template ------------------------------------------------------------------------------


def _columns(title: str, layout: Layout) -> Block:
    fixed = layout.kind is FileKind.FIXED
    rows = [
        Row(
            [
                number, column.field.label, *([column.width, "右" if column.side is Side.RIGHT else "左"] if fixed else []),
                *(["空格" if column.fill == " " else column.fill] if fixed else []), column.text or column.title or "—",
            ]
        )
        for number, column in enumerate(layout.columns, start=1)
    ]  # fmt: skip
    control = [
        Fact(label, "、".join(column.field.label for column in line))
        for label, line in (("首行", layout.header), ("末行", layout.trailer))
        if line
    ]
    heads = [*_COLUMNS[:2], *(_COLUMNS[2:5] if fixed else []), _COLUMNS[5]]
    return Block(title, words.about(layout), facts=control, table=Table(heads, rows, label=title))


def _codes(found: BankLayouts) -> Block:
    rows = [
        Row([code, meaning.kind.label, meaning.cause.label if meaning.cause else "—"])
        for code, meaning in found.codes.items()
    ]
    note = "没有列出的代码一律按“结果不明”办理，不当作已发放。"
    return Block("结果代码", note, table=Table(["代码", "意思", "原因"], rows, label="结果代码"))


def _trial(found: BankLayouts) -> tuple[Table, str]:
    """The file on invented lines, blanks made visible, and what of them does not fit; for Excel only that it can be made."""
    name, content, unfit = door.sample(found)
    note = f"试写：文件名 {name}，{len(content)} 字节。" + (f"有写不进的：{unfit}" if unfit else "")
    if found.out.kind is FileKind.EXCEL:
        return Table([], [], empty=Empty("Excel 文件按下面各列写成，账号、身份证号是文本。")), note
    codec = str(found.out.encoding).removesuffix("-sig")
    lines = content.decode(str(found.out.encoding)).splitlines()
    rows = [
        Row([number, line.replace(" ", "_"), len(line.encode(codec))]) for number, line in enumerate(lines, start=1)
    ]
    heads = [Column("行", numeric=True), "用虚构的三户试写（空格显示为 _）", Column("字节", numeric=True)]
    return Table(heads, rows, label="试写"), note


def _actions(officer: Officer, template: Any) -> list[Action]:
    if not may(officer, "release_bank_template"):
        return []
    again = Action("按此拟定新的", f"{reverse('district:bank_new')}?from={template.ref}")
    if template.state != TemplateState.PROPOSED:
        return [again]
    mine = template.proposed_by_id == officer.staff.pk
    back = Action("撤回" if mine else "退回", _url("bank_withdraw", template))
    return [again, back] if mine else [Action("发布模板", _url("bank_release", template), primary=True), back]


def _facts(template: Any) -> list[Fact]:
    found = BankLayouts.of(template.layouts)
    facts = [
        Fact("适用的开户银行", "、".join(template.banks), note="账户的开户银行以这些字开头的，用这份模板"),
        Fact("自哪天起使用", f"{template.valid_from}"),
        Fact("文件名", found.name),
        Fact("附言", found.remark or "—"),
        Fact("同一批分几次返回", "可以" if found.several else "不可以，一次返回全部"),
        Fact("拟定", f"{template.proposed_by.name}　{moment(template.proposed_at)}"),
    ]
    if found.items:
        facts.insert(4, Fact("发放项目代码", words.shown_items(found.items).replace("\n", "；")))
    if template.released_by:
        facts.append(Fact("发布", f"{template.released_by.name}　{moment(template.released_at)}"))
    if template.note:
        facts.append(Fact("撤回（退回）原因", template.note))
    return facts


@route("bank.read", "bank_template", "district", DISTRICT_ROLES)
def bank(request: HttpRequest, ref: str) -> HttpResponse:
    """One template with its columns, codes and a trial."""
    officer = _officer(request)
    template = queries.template(officer, ref)
    found = BankLayouts.of(template.layouts)
    table, note = _trial(found)
    return show(
        request,
        "shared/list.html",
        page=Page(
            template.name,
            "请对照银行的格式说明逐列核对。",
            crumbs=_crumbs(),
            tags=[_tag(template)],
            tools=_actions(officer, template),
        ),
        table=table,
        note=note,
        blocks=[
            Block("这份模板", facts=_facts(template)),
            _columns("发放文件", found.out),
            _columns("返回文件", found.back),
            _codes(found),
        ],
    )


# -- acting ------------------------------------------------------------------------------------


@route("bank.propose", "bank_template", "district", roles_of("propose_bank_template"), _BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Write a template, perhaps after an earlier one."""
    officer = _officer(request)
    earlier = request.GET.get("from", "")
    begin = initial_of(queries.template(officer, earlier)) if earlier else {}

    def build(data: Any, files: Any) -> Sequence[Section]:
        out = BankLayoutForm(data, prefix="out", initial=begin.get("out"))
        back = BankLayoutForm(data, prefix="back", initial=begin.get("back"))
        return [
            Section("about", "用在哪里", form=BankAboutForm(data, initial=begin.get("about", {}))),
            Section("out", "发放文件", note=_HOW, form=out),
            Section("back", "返回文件", note="要有结果代码、账号、金额，以及序号或发放编号。", form=back),
            Section("codes", "结果代码", form=BankCodesForm(data, initial=begin.get("codes", {}))),
        ]

    def run(sections: Sequence[Section]) -> str:
        about, out, back, said = (section.form for section in sections)
        layouts = layouts_of(about.cleaned_data, out, back, said.cleaned_data)  # type: ignore[union-attr, arg-type]
        given = about.cleaned_data  # type: ignore[union-attr]
        try:
            made = acts.propose_bank_template(
                officer,
                name=given["bank"],
                banks=banks_of(given["banks"]),
                valid_from=given["valid_from"],
                layouts=layouts,
            )
        except Refused as refused:
            if refused.field in ("out", "back"):
                raise Refused(refused.sentence, refused.code, 422, f"{refused.field}-columns") from refused
            raise
        return _url("bank", made)

    return ActPage(
        page=Page("拟定银行文件模板", "照银行的格式说明填写；保存后先看试写的样子，再由另一人发布。", crumbs=_crumbs()),
        build=build,
        run=run,
        submit="保存，等另一人发布",
        cancel=Link("返回", reverse("district:banks")),
        enter_next=False,
    ).answer(request)


def _page(
    template: Any, title: str, purpose: str, form: type[forms.Form], work: Callable[[dict[str, Any]], Any]
) -> ActPage:
    def build(data: Any, files: Any) -> Sequence[Section]:
        return [Section("act", title, form=form(data)), Section("bank", "这份模板", facts=_facts(template))]

    def run(sections: Sequence[Section]) -> str:
        work(sections[0].form.cleaned_data)  # type: ignore[union-attr]
        return _url("bank", template)

    return ActPage(
        page=Page(title, purpose, crumbs=[*_crumbs(template), Link(title, "", current=True)]),
        build=build,
        run=run,
        submit=title,
        cancel=Link("返回", _url("bank", template)),
        enter_next=False,
        drafts=False,
    )


@route("bank.release", "bank_template", "district", roles_of("release_bank_template"), _BOTH)
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a template in force as the second person."""
    officer = _officer(request)
    template = queries.template(officer, ref)
    purpose = "请先对照银行的格式说明核对各列和试写的文件。"

    def work(given: dict[str, Any]) -> Any:
        return acts.release_bank_template(officer, ref=ref, code=given["code"])

    return _page(template, "发布银行文件模板", purpose, BankReleaseForm, work).answer(request)


@route("bank.withdraw", "bank_template", "district", roles_of("withdraw_bank_template"), _BOTH)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a template back, or send it back."""
    officer = _officer(request)
    template = queries.template(officer, ref)
    title = "撤回模板" if template.proposed_by_id == officer.staff.pk else "退回模板"

    def work(given: dict[str, Any]) -> Any:
        return acts.withdraw_bank_template(officer, ref=ref, reason=given["reason"])

    return _page(template, title, "这份模板不再使用，记录留存。", BankWithdrawForm, work).answer(request)
