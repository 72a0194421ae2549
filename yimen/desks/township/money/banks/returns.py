"""A bank's answer on its page: taken in, judged, booked by one press; and the paper of what could not be paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Unknown
from yimen.base.papers import desk as papers
from yimen.base.refs import new_ref
from yimen.casework.payments import acts, bank_queries as queries
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Upload
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.paperviews import draw, pdf
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed, progress_page
from yimen.desks.shared.shapes import Action, Block, Column, Empty, Fact, Link, Page, Row, Section, Table, Tile
from yimen.desks.township.money.banks import doing
from yimen.desks.township.money.banks.doing import yuan
from yimen.desks.township.money.parts import BOTH, READERS, officer_of
from yimen.gateways.bank import door, working
from yimen.law.payments.bank_terms import BankAnswerKind, ReturnFault, ReturnState

_SHOWN = 200
_FAULTS = [Column("行", numeric=True), "问题", "说明"]
_LINES = [
    Column("行", numeric=True),
    "户主",
    "村（社区）",
    Column("金额（元）", numeric=True),
    "结果",
    "原因",
    "银行的说明",
]


class BankAnswerForm(forms.Form):
    """The file that the bank has sent back."""

    file = Upload("返回文件", needed=True, accept=".txt,.csv,.dat,.xlsx,text/plain")


@route("bank.take", "bank_return", "place", doing.roles_of("take_bank_return"), BOTH)
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """Upload a bank's answer to a file; it is judged and shown, and booked later."""
    officer = officer_of(request)
    found = queries.file(officer, ref)

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [
            Section("answer", "返回文件", form=BankAnswerForm(data, files)),
            Section("file", "发放文件", facts=doing.file_facts(found)[:6]),
        ]

    def run(sections: Sequence[Section]) -> str:
        given = sections[0].form.cleaned_data["file"]  # type: ignore[union-attr]
        made = working.take(officer, file=ref, content=given.read(door.MAX_BYTES + 1), name=given.name)
        return doing.url("bank_return", made)

    return ActPage(
        page=Page(
            "上传银行返回文件",
            "逐笔核对编号、账号和金额，有一处对不上就整份不采用；核对后再入账。",
            crumbs=doing.crumbs(found),
        ),
        build=build,
        run=run,
        submit="上传并核对",
        cancel=Link("返回", doing.url("bank_file", found)),
        enter_next=False,
        multipart=True,
        drafts=False,
    ).answer(request)


@route("bank.take", "bank_return", "place", doing.roles_of("take_bank_return"), ("POST",))
def practise(request: HttpRequest, ref: str) -> HttpResponse:
    """In the demo: the invented bank answers, a few lines fail."""
    officer = officer_of(request)
    return pressed(request, lambda: doing.url("bank_return", door.practise(officer, ref)))


# -- one answer --------------------------------------------------------------------------------


def _fault_rows(found: Any) -> list[Row]:
    faults = sorted(found.faults, key=lambda each: each[0])
    return [Row([row or "整份", ReturnFault(kind).label, words], tone="refused") for row, kind, words in faults]


def _line_row(officer: Officer, row: int, attempt: Any, kind: str, cause: str, words: str) -> Row:
    line = attempt.line
    why = doing.cause_words(kind, cause) if cause else "—"
    return Row(
        [
            row, line.household.head.name, line.village.name, yuan(attempt.fen), doing.answer_tag(kind), why,
            words if words and words != why else "—",
        ]
    )  # fmt: skip


def _line_rows(officer: Officer, found: Any) -> list[Row]:
    """What is not simply paid: of a booked answer its rows, of a judged one the sample."""
    if found.state == ReturnState.BOOKED:
        rows = queries.answers(officer, found)[:_SHOWN]
        return [_line_row(officer, row.row, row.attempt, row.kind, row.cause, row.words) for row in rows]
    known = queries.sampled(found)
    return [
        _line_row(officer, row, known[serial], kind, cause, words)
        for row, serial, kind, cause, _, words in found.sample
        if serial in known
    ]


def _tiles(counts: Mapping[str, int]) -> list[Tile]:
    tiles = [
        Tile(kind.label, f"{counts[kind]} 笔", note=f"{yuan(counts.get(f'{kind}_fen', 0))} 元", tone=doing.TONES[kind])
        for kind in BankAnswerKind
        if counts.get(kind)
    ]
    if counts.get("repeated"):
        tiles.append(Tile("以前已答复", f"{counts['repeated']} 笔", note="不再入账"))
    if counts.get("missing"):
        tiles.append(Tile("还没有返回", f"{counts['missing']} 笔", note="等下一份返回文件", tone="amber"))
    return tiles


def _facts(found: Any) -> list[Fact]:
    by = f"{found.taken_by.name}　{moment(found.taken_at)}"
    facts = [
        Fact("返回文件", found.name),
        Fact("大小", f"{found.size} 字节"),
        Fact("文件摘要", f"{found.sha256[:16]}…"),
        Fact("上传", by),
    ]
    if found.letter:
        facts = [Fact("通知编号", found.letter), Fact("登记", by)]
    if found.booked_by:
        facts.append(Fact("入账", f"{found.booked_by.name}　{moment(found.booked_at)}"))
    if found.note:
        facts.append(Fact("撤回原因", found.note))
    return facts


def _actions(officer: Officer, found: Any, view: Any) -> list[Action]:
    if found.state not in (ReturnState.READING, ReturnState.PREVIEWED) or doing.progress(found, view):
        return []
    hidden = {"once": new_ref()}
    made = []
    mine = found.letter and found.taken_by_id == officer.staff.pk
    if found.state == ReturnState.READING and doing.may(officer, "judge_bank_return", found.file.area_id):
        made.append(Action("继续核对", doing.url("bank_judge", found), "post", primary=True, hidden=hidden))
    if (
        found.state == ReturnState.PREVIEWED
        and not mine
        and doing.may(officer, "book_bank_return", found.file.area_id)
        and found.counts.get("rows")
    ):
        made.append(Action("入账", doing.url("bank_book", found), "post", primary=True, hidden=hidden))
    if doing.may(officer, "withdraw_bank_return", found.file.area_id):
        made.append(
            Action(
                "撤回" if found.letter else "撤回这份文件",
                doing.url("bank_return_withdraw", found),
                "post",
                hidden=hidden,
            )
        )
    return made


_PURPOSES = {
    ReturnState.READING: "文件较长，正在后台逐笔核对，可以先办别的。核对好以后再入账。",
    ReturnState.REFUSED: "有对不上的地方，整份没有采用，没有改动任何发放。请按下面的说明向银行核对。",
    ReturnState.PREVIEWED: "逐笔都对得上，还没有入账。请核对笔数和金额，再点“入账”。",
    ReturnState.BOOKED: "已经入账，每一笔的结果以这份文件为准。",
    ReturnState.WITHDRAWN: "没有入账，已撤回。",
}


def _title(found: Any) -> str:
    return "银行退汇通知" if found.letter else "银行返回文件"


def _purpose(found: Any) -> str:
    if found.letter and found.state == ReturnState.PREVIEWED:
        return "照银行的书面通知登记，还没有入账。请另一位资金发放岗人员对照通知原件，再点“入账”。"
    return _PURPOSES[ReturnState(found.state)]


@route("bank.read", "bank_return", "place", READERS)
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """One answer: why it was refused, or what it says and its booking."""
    officer = officer_of(request)
    found = queries.find_return(officer, ref)
    refused, view = found.state == ReturnState.REFUSED, working.job_of(found)
    rows = _fault_rows(found) if refused else _line_rows(officer, found)
    failed = [Block("后台任务没有完成", text=view.error)] if view is not None and view.state == "failed" else []
    empty = "还没有核对好。" if found.state == ReturnState.READING else "没有新的答复。"
    table = Table(
        _FAULTS if refused else _LINES,
        rows,
        label="对不上的地方" if refused else "没有发放成功的",
        empty=Empty("全部发放成功。" if found.counts.get("rows") else empty),
    )
    sheets = [Action(f"打印{paper.title}", doing.url("bank_paper", paper)) for paper in queries.papers_of(found)]
    return show(
        request,
        "shared/batch.html",
        page=Page(
            _title(found),
            _purpose(found),
            crumbs=doing.crumbs(found.file),
            tags=[doing.return_tag(found)],
            tools=[*_actions(officer, found, view), *sheets],
        ),
        progress=doing.progress(found, view),
        tiles=[] if refused else _tiles(found.counts),
        table=table,
        note=f"只列出前 {_SHOWN} 笔。" if len(rows) == _SHOWN else "",
        blocks=[
            *failed,
            Block("这份退汇通知" if found.letter else "这份返回文件", facts=_facts(found)),
            Block("发放文件", facts=doing.file_facts(found.file)[:6]),
        ],
    )


@route("bank.book", "bank_return", "place", doing.roles_of("book_bank_return"), ("POST",))
def book(request: HttpRequest, ref: str) -> HttpResponse:
    """Book an answer that was judged; a long one as a job."""
    officer = officer_of(request)
    found = queries.find_return(officer, ref)

    def work() -> str:
        working.book(officer, found)
        return doing.url("bank_return", found)

    return pressed(request, work)


@route("bank.take", "bank_return", "place", doing.roles_of("judge_bank_return"), ("POST",))
def judge(request: HttpRequest, ref: str) -> HttpResponse:
    """Go on judging a long answer whose job was given up."""
    officer = officer_of(request)
    found = queries.find_return(officer, ref)

    def work() -> str:
        if found.state == ReturnState.READING:
            working.start(officer, working.JUDGE, found)
        return doing.url("bank_return", found)

    return pressed(request, work)


@route("bank.read", "bank_return", "place", READERS)
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the work is: a card that reads itself again, then the answer."""
    found = queries.find_return(officer_of(request), ref)
    return progress_page(request, doing.progress(found, working.job_of(found)), doing.url("bank_return", found))


@route("bank.take", "bank_return", "place", doing.roles_of("withdraw_bank_return"), ("POST",))
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Put an answer aside before it is booked."""
    officer = officer_of(request)
    return pressed(request, lambda: doing.url("bank_return", acts.withdraw_bank_return(officer, ref=ref)))


@route("bank.read", "paper", "place", READERS)
def paper(request: HttpRequest, ref: str) -> HttpResponse:
    """The paper of failures or of what goes out again, as PDF, within the scope of its return or line."""
    officer = officer_of(request)
    found = papers.paper(ref)
    if found is None or not queries.may_read_paper(officer, found):
        raise Unknown(ref)
    content = draw(found)
    papers.note_print(found, officer_id=officer.staff.pk, officer_name=officer.staff.name, purpose="查看打印")
    return pdf(content, found.ref)
