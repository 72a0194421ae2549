"""Materials and signatures, papers issued, and the record of acts and reads."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications import queries as applications
from yimen.desks.shared.listing import listing
from yimen.desks.shared.printing import casepapers
from yimen.desks.shared.shapes import Action, Block, Cell, Tag
from yimen.law.calendar import as_moment
from yimen.law.terms import MaterialState

READS_SHOWN = 50


def materials(officer: Officer, application: Any) -> list[Block]:
    """The checklist of papers and who has signed."""
    rows = [
        (row.label, "必需" if row.required else "有则提供", _state(row.state), row.note or "—")
        for row in applications.materials(application)
    ]
    signed = [_signature(row) for row in applications.consents(application)]
    blank = Action("打印承诺授权书（签字用）", reverse("blank-pledge", args=[application.ref]))
    signing = Action("签字页（一次签完）", reverse("case-signing", args=[application.ref]))
    return [
        listing("材料", "材料 要求 状态 说明", rows),
        listing(
            "承诺授权", "姓名 意思 签署日 有效至 签署人或原因", signed, empty="还没有人签署。", actions=[signing, blank]
        ),
        Block(
            "现场用表",
            note="已知情况已经印好，空着的地方到现场填写；每页有二维码，扫描后能找到本件。",
            actions=casepapers.to_take_along(application),
        ),
    ]


def _state(code: str) -> Tag:
    state = MaterialState(code)
    return Tag("amber" if state is MaterialState.MISSING else "green", state.label)


def _signature(row: Any) -> tuple[str | Tag, ...]:
    return (
        (row.person or row.obligor).name,
        Tag("green", "已同意") if row.given else Tag("red", "不同意"),
        f"{row.signed_on:%Y-%m-%d}",
        f"{row.valid_to:%Y-%m-%d}",
        row.refused_reason or row.signed_by,
    )


def papers_tab(officer: Officer, application: Any) -> list[Block]:
    """Every paper issued."""
    issued = list(papers.papers_of("application", application.ref))
    printed, served = papers.print_counts(issued), papers.services_of(issued)
    rows = [
        (
            Cell(paper.title, reverse("paper", args=[paper.ref]), note=paper.number),
            Cell(f"{paper.issued_on:%Y-%m-%d}", note=paper.issued_by_name),
            _printed(paper, printed.get(paper.pk, 0)),
            _served(served.get(paper.pk)),
        )
        for paper in issued
    ]
    together = Block(
        "整件打印", "前面带文书清单，每份从第 1 页起编页；每打印一次都有记录。", actions=casepapers.actions(application)
    )
    return [*([together] if rows else []), listing("文书", "文书 制发 打印 送达", rows, empty="还没有文书。")]


def _printed(paper: Any, times: int) -> str | Tag:
    """How often it was printed; of a check report more than once is to be looked at."""
    if times > 1 and paper.code in papers.REPEATS_FLAGGED:
        return Tag("amber", f"重复打印 {times} 次")
    return f"{times} 次" if times else "—"


def _served(service: Any) -> Cell:
    if service is None:
        return Cell("—")
    return Cell(f"{service.served_on:%Y-%m-%d}", note=f"{service.how}，{service.to_whom}，{service.receipt}")


def record_tab(officer: Officer, application: Any) -> list[Block]:
    """Who did what, and who looked."""
    rows = [
        (f"{as_moment(entry.at):%Y-%m-%d %H:%M}", entry.staff_name, entry.act_label, str(entry.seq))
        for entry in record.entries_of("application", application.ref)
    ]
    reads = [
        (f"{as_moment(entry.at):%Y-%m-%d %H:%M}", entry.staff_name, entry.purpose)
        for entry in list(record.reads_of("application", application.ref)[:READS_SHOWN])
    ]
    return [
        listing("办理记录", "时间 人员 办理 序号", rows, note="只增不改，每条都有校验。"),
        listing("谁看过这件档案", "时间 人员 目的", reads, empty="还没有人查看。"),
    ]
