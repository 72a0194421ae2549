"""What waits for which bank, the files that were sent, and the steps on them: one POST, one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.refs import new_ref
from yimen.casework.payments import bank_queries as queries
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Text
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Column, Empty, Fact, Link, Page, Row, Section, Table, Tile
from yimen.desks.shared.typed import whole
from yimen.desks.township.money.banks import doing
from yimen.desks.township.money.banks.doing import yuan
from yimen.desks.township.money.parts import BOTH, READERS, given, here, officer_of
from yimen.gateways.bank import door
from yimen.law.payments.bank_terms import BankAnswerKind

_SHOWN = 200
_WAITING = [
    "银行",
    Column("笔数", numeric=True),
    Column("其中补发", numeric=True),
    Column("合计（元）", numeric=True),
    "报送",
]
_LEFT = ["发放编号", "户名", "开户银行", Column("金额（元）", numeric=True), "为什么没有列入"]
_FILES = [
    "批次", "乡街", "银行", "月份", Column("笔数", numeric=True), Column("合计（元）", numeric=True), "报送",
    Column("已发放", numeric=True), Column("不成功", numeric=True), Column("不明", numeric=True),
    Column("退回", numeric=True), Column("未返回", numeric=True),
]  # fmt: skip
_RETURNS = [
    "返回文件",
    "上传",
    "结果",
    Column("答复（笔）", numeric=True),
    Column("已发放（元）", numeric=True),
    "入账",
]


class BankSendForm(forms.Form):
    """The second factor of who sends."""

    code = Text(
        "动态口令（6 位）",
        longest=6,
        article="报送后每一笔记为“已报送银行”，文件留存并登记摘要；以后下载的都是同一份。",
    )


class BankFetchForm(forms.Form):
    """The second factor of who fetches a file with full account numbers."""

    code = Text("动态口令（6 位）", longest=6)


def _waiting(officer: Officer, plans: dict[str, Any]) -> Table:
    rows = []
    for area, plan in plans.items():
        for batch in plan.batches:
            name = batch.template.name
            send = reverse("township:bank_send", args=[batch.template.ref]) + f"?area={area}"
            link: Any = Link("生成并报送", send) if doing.may(officer, "send_bank_file", area) else "由资金发放岗报送"
            rows.append(Row([name, len(batch.lines), batch.again or "—", yuan(batch.total_fen), link]))
    return Table(_WAITING, rows, label="待报送", empty=Empty("没有待报送的。名册发布以后，按开户银行列在这里。"))


def _left(plans: dict[str, Any]) -> list[Block]:
    left = [each for plan in plans.values() for each in plan.left]
    if not left:
        return []
    rows = [
        Row([ready.ref, ready.holder or "—", ready.bank or "—", yuan(ready.fen), why.label])
        for ready, why in left[:_SHOWN]
    ]
    note = f"共 {len(left)} 笔。补上账号、发布模板或者解除暂缓以后，会列入下一份文件。"
    return [Block("没有列入的", note, table=Table(_LEFT, rows, label="没有列入的"))]


def _file_row(file: Any, counts: Any) -> Row:
    found = counts[file.pk]
    return Row(
        [
            Link(file.number, doing.url("bank_file", file)), file.area.name, file.template.name, file.month, file.count,
            yuan(file.total_fen), f"{file.by.name} {moment(file.at)}",
            doing.many(found, BankAnswerKind.PAID), doing.many(found, BankAnswerKind.FAILED),
            doing.many(found, BankAnswerKind.UNKNOWN), doing.many(found, BankAnswerKind.RETURNED),
            doing.many(found, ""),
        ]
    )  # fmt: skip


@route("bank.read", "bank_file", "place", READERS)
def banks(request: HttpRequest) -> HttpResponse:
    """What waits, what was sent, and how the banks have answered."""
    officer = officer_of(request)
    plans = {area: queries.plan(officer, area) for area in here(officer)}
    page, pager = cut(request, queries.files(officer), "份")
    found = list(page.object_list)
    counts = queries.counts(found)
    failed = queries.failures(officer).count()
    waiting = sum(len(batch.lines) for plan in plans.values() for batch in plan.batches)
    tiles = [
        Tile("待报送", f"{waiting} 笔"),
        Tile("没有列入", f"{sum(len(plan.left) for plan in plans.values())} 笔"),
        Tile("发放不成功待处理", f"{failed} 笔", tone="red" if failed else "", url=reverse("township:bank_failures")),
    ]
    sent = Table(_FILES, [_file_row(file, counts) for file in found], label="已报送", empty=Empty("还没有报送过。"))
    below = [Block("已报送", table=sent)]
    return show(
        request,
        "shared/list.html",
        page=Page(
            doing.TITLE,
            "名册发布以后，每家银行一份发放文件；发没发成，只以银行的返回文件为准。",
            tools=[Action(f"发放不成功（{failed}）", reverse("township:bank_failures"))],
        ),
        tiles=tiles if plans else tiles[2:],
        table=_waiting(officer, plans) if plans else sent,
        pager=pager if found and not (plans and pager.total == len(found)) else None,
        blocks=[*_left(plans), *below] if plans else [],
    )


@route("bank.send", "bank_file", "place", doing.roles_of("send_bank_file"), BOTH)
def send(request: HttpRequest, ref: str) -> HttpResponse:
    """Look at the sums once more, and release the file with a second factor."""
    officer = officer_of(request)
    area = (request.POST if request.method == "POST" else request.GET).get("area", "") or next(iter(here(officer)), "")
    batch = next((each for each in _plan(officer, area).batches if each.template.ref == ref), None)
    if batch is None:
        if not queries.files(officer).filter(area=area, template__ref=ref).exists():
            raise Unknown(ref)
        raise Refused("这家银行现在没有要发送的名单，可能刚刚已由别人报送。", "nothing")
    shown = request.POST.get("shown", f"{len(batch.lines)}:{batch.total_fen}")
    facts = [
        Fact("银行", batch.template.name),
        Fact("笔数", f"{len(batch.lines)} 笔" + (f"，其中补发 {batch.again} 笔" if batch.again else "")),
        Fact("合计", f"{yuan(batch.total_fen)} 元"),
        Fact("月份", "、".join(sorted({line.month for line in batch.lines}))),
        Fact("模板", f"{batch.template.name}，自 {batch.template.valid_from} 起使用"),
    ]

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [Section("file", "这份文件", facts=facts), Section("send", "报送", form=BankSendForm(data))]

    def run(sections: Sequence[Section]) -> str:
        count, _, fen = shown.partition(":")
        made = door.send(
            officer, area=area, template=ref, count=whole(count) or 0,
            total_fen=whole(fen) or 0, code=given(sections, 1)["code"],
        )  # fmt: skip
        return doing.url("bank_file", made)

    return ActPage(
        page=Page("报送发放文件", "请核对笔数和合计；报送后不能撤回，只等银行返回。", crumbs=doing.crumbs()),
        build=build,
        run=run,
        submit="生成并报送",
        hidden={"area": area, "shown": shown},
        cancel=Link("返回", reverse("township:banks")),
        enter_next=False,
        drafts=False,
    ).answer(request)


def _plan(officer: Officer, area: str) -> Any:
    if area not in here(officer):
        raise Unknown(area)
    return queries.plan(officer, area)


# -- one file ----------------------------------------------------------------------------------


def _return_row(row: Any) -> Row:
    counts = row.counts
    booked = f"{row.booked_by.name} {moment(row.booked_at)}" if row.booked_by else "—"
    return Row(
        [
            Link(row.name or "返回文件", doing.url("bank_return", row)),
            f"{row.taken_by.name} {moment(row.taken_at)}", doing.return_tag(row), counts.get("rows", 0),
            yuan(counts.get("paid_fen", 0)), booked,
        ]
    )  # fmt: skip


def _actions(officer: Officer, file: Any) -> list[Action]:
    found = []
    if doing.may(officer, "take_bank_return", file.area_id):
        found.append(Action("上传返回文件", doing.url("bank_answer", file), primary=True))
    if settings.YIMEN_DEMO and found:
        practise = doing.url("bank_practise", file)
        found.append(Action("让练习银行答复", practise, "post", hidden={"once": new_ref()}))
    if doing.may(officer, "send_bank_file", file.area_id):
        out = doing.url("bank_file_out", file)
        found.append(Action("下载发放文件", out))
    return found


@route("bank.read", "bank_file", "place", READERS)
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """One file with its answers."""
    officer = officer_of(request)
    found = queries.file(officer, ref)
    counts = queries.counts([found])[found.pk]
    tiles = [
        Tile(label, f"{counts.get(kind, (0, 0))[0]} 笔", note=f"{yuan(counts.get(kind, (0, 0))[1])} 元", tone=tone)
        for kind, label, tone in (
            (BankAnswerKind.PAID, "已发放", "green"),
            (BankAnswerKind.FAILED, "发放不成功", "red"),
            (BankAnswerKind.UNKNOWN, "结果不明", "amber"),
            (BankAnswerKind.RETURNED, "发放后退回", "red"),
            ("", "银行未返回", ""),
        )
        if counts.get(kind) or kind == BankAnswerKind.PAID
    ]
    rows = [_return_row(row) for row in queries.returns(officer, found)]
    empty = Empty("还没有返回文件。从银行取得后在这里上传。")
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"批次 {found.number}",
            "下载的文件在导出中心领取；25 笔以上须由另一位负责人放行。",
            crumbs=doing.crumbs(),
            tools=_actions(officer, found),
        ),
        tiles=tiles,
        table=Table(_RETURNS, rows, label="返回文件", empty=empty),
        blocks=[Block("发放文件", facts=doing.file_facts(found))],
    )


@route("bank.fetch", "bank_file", "place", doing.roles_of("send_bank_file"), BOTH)
def give_out(request: HttpRequest, ref: str) -> HttpResponse:
    """The same file once more, into the officer's exports, with a second factor: it holds full account numbers."""
    officer = officer_of(request)
    found = queries.file(officer, ref)

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [
            Section("file", "发放文件", facts=doing.file_facts(found)),
            Section("fetch", "下载", form=BankFetchForm(data)),
        ]

    def run(sections: Sequence[Section]) -> str:
        export = door.give_out(officer, ref, code=given(sections, 1)["code"])
        messages.info(request, export.why or "文件已放到导出中心，请点“下载”。")
        return reverse("exports")

    return ActPage(
        page=Page(
            "下载发放文件",
            "含完整账号，只交给银行；与报送时逐字节相同。25 笔以上须由另一位负责人放行。",
            crumbs=doing.crumbs(found),
        ),
        build=build,
        run=run,
        submit="放到导出中心",
        cancel=Link("返回", doing.url("bank_file", found)),
        enter_next=False,
        drafts=False,
    ).answer(request)
