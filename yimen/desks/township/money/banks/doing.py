"""What the pages of bank files share: addresses, words and tags, who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.desks.shared import runs
from yimen.desks.shared.moments import moment
from yimen.desks.shared.shapes import Fact, Link, Tag
from yimen.desks.township.money.rolls.doing import roles_of
from yimen.law.money import show as yuan
from yimen.law.payments.bank_terms import BankAnswerKind, ReturnState
from yimen.law.payments.terms import FailCause

TITLE = "银行发放"
TONES = {
    BankAnswerKind.PAID: "green",
    BankAnswerKind.FAILED: "red",
    BankAnswerKind.UNKNOWN: "amber",
    BankAnswerKind.RETURNED: "red",
}
STATES = {
    ReturnState.READING: "blue",
    ReturnState.REFUSED: "red",
    ReturnState.PREVIEWED: "amber",
    ReturnState.BOOKED: "green",
    ReturnState.WITHDRAWN: "neutral",
}
WHAT_TO_DO = {
    FailCause.CLOSED: "请本户提供新账户，办理账号变更，再列入补发。",
    FailCause.NO_ACCOUNT: "核对账号；写错的办理账号变更，再列入补发。",
    FailCause.NAME: "核对户名与开户证件；要换账户的办理账号变更，再列入补发。",
    FailCause.LIMIT: "请本户到银行调整账户限额或者换一类账户，再列入补发。",
    FailCause.OTHER: "按银行说明的原因处理，再列入补发。",
}
UNCLEAR = "可能已经到账：先向银行查清，收到返回文件后再办，不能直接补发。"
CAME_BACK = "发放后被银行退回：查明原因并更正，再列入补发。"


def may(officer: Officer, act: str, area: str) -> bool:
    """Whether the officer holds a post for the act in a township."""
    return officer.holds(roles_of(act), area)


def url(name: str, row: Any) -> str:
    """An address of a file or a return."""
    return reverse(f"township:{name}", args=[row.ref])


def crumbs(file: Any = None) -> list[Link]:
    """The way back."""
    links = [Link(TITLE, reverse("township:banks"))]
    return [*links, Link(f"批次 {file.number}", url("bank_file", file))] if file is not None else links


def return_tag(row: Any) -> Tag:
    """Where an answer stands."""
    state = ReturnState(row.state)
    return Tag(STATES[state], state.label)


def progress(row: Any, view: jobs.JobView | None) -> dict[str, Any] | None:
    """What the progress card shows while a job is at work on an answer."""
    return runs.progress(view, url("bank_return_job", row))


def answer_tag(kind: str) -> Tag:
    """What the bank said of a line."""
    said = BankAnswerKind(kind)
    return Tag(TONES[said], said.label)


def cause_words(kind: str, cause: str) -> str:
    """The cause of a failure in words; what the bank said otherwise."""
    return FailCause(cause).label if cause else BankAnswerKind(kind).label


def to_do(kind: str, cause: str) -> str:
    """What is to be done about it."""
    if kind == BankAnswerKind.UNKNOWN:
        return UNCLEAR
    if kind == BankAnswerKind.RETURNED:
        return CAME_BACK
    return WHAT_TO_DO[FailCause(cause or FailCause.OTHER)]


def many(found: Mapping[str, tuple[int, int]], kind: str) -> str:
    """How many lines of a file have this answer; a dash for none."""
    count = found.get(kind, (0, 0))[0]
    return str(count) if count else "—"


def file_facts(file: Any) -> list[Fact]:
    """A file as it was released."""
    return [
        Fact("批次", file.number),
        Fact("乡街", file.area.name),
        Fact("银行", file.template.name),
        Fact("发放月份", file.month),
        Fact("笔数", f"{file.count} 笔" + (f"，其中补发 {file.again} 笔" if file.again else "")),
        Fact("合计", f"{yuan(file.total_fen)} 元"),
        Fact("文件名", file.name),
        Fact("报送", f"{file.by.name}　{moment(file.at)}"),
        Fact("文件摘要", f"{file.sha256[:16]}…", note="SHA-256，下载时核对"),
    ]


__all__ = [
    "TITLE", "answer_tag", "cause_words", "crumbs", "file_facts", "many", "may", "progress", "return_tag", "roles_of",
    "to_do", "url", "yuan",
]  # fmt: skip
