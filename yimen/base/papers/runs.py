"""Print runs: many papers asked for as one PDF, kept sealed for a day, each handing-out written to the print log."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from yimen.base.files import vault
from yimen.base.papers import bundle, desk
from yimen.base.papers.models import Paper, PrintRun
from yimen.law import calendar

KEPT = timedelta(hours=24)
PURPOSE = "批量打印"
Tell = Callable[[str], None]


class Gone(ValueError):
    """The file is not there (any more); the message says what to do."""


def begin(
    *, title: str, lines: Sequence[Mapping[str, str]], duplex: bool, staff_id: int, staff_name: str, account_id: int,
    office_code: str,
) -> PrintRun:  # fmt: skip
    """Note what is asked for; the PDF is made by :func:`make`, usually in the background."""
    return PrintRun.objects.create(
        title=title[:80], lines=[dict(line) for line in lines], duplex=duplex, staff_id=staff_id,
        staff_name=staff_name, account_id=account_id, office_code=office_code, asked_at=calendar.now(),
    )  # fmt: skip


def make(run: PrintRun, tell: Tell = lambda _: None) -> PrintRun:
    """Draw the PDF and keep it. What cannot be drawn is told in its line; with nothing drawn the run has failed."""
    papers = papers_of(run)
    tell(f"正在排印 {len(papers)} 份文书")
    try:
        made = bundle.bundle(papers, title=run.title, duplex=run.duplex)
    except ValueError as nothing:
        PrintRun.objects.filter(pk=run.pk).update(state="failed", why=str(nothing)[:300])
        run.refresh_from_db()
        return run
    tell(f"已排印 {len(made.papers)} 份，正在保存")
    vault.keep(run.ref, made.pdf)
    left_out = {row.paper.ref: row.why for row in made.left_out}
    lines = [{**line, "why": left_out[line["paper"]]} if line.get("paper") in left_out else line for line in run.lines]
    PrintRun.objects.filter(pk=run.pk).update(
        state="ready", lines=lines, papers=len(made.papers), size=len(made.pdf),
        sha256=hashlib.sha256(made.pdf).hexdigest(), expires_at=calendar.now() + KEPT,
    )  # fmt: skip
    run.refresh_from_db()
    return run


def papers_of(run: PrintRun) -> list[Paper]:
    """The papers of the run in their order."""
    refs = [line["paper"] for line in run.lines if "paper" in line]
    found = {paper.ref: paper for paper in Paper.objects.filter(ref__in=refs).order_by("id")}
    return [found[ref] for ref in refs if ref in found]


def hand_out(run: PrintRun, *, officer_id: int, officer_name: str) -> tuple[bytes, list[Paper]]:
    """The PDF and the papers in it; every one of them is noted as printed. Raises Gone."""
    if run.state != "ready":
        raise Gone(f"这次打印现在是“{run.state_label}”，没有可以下载的文件。{run.why}")
    try:
        content = vault.fetch(run.ref)
    except FileNotFoundError:
        raise Gone("文件已经清除（生成后保留 24 小时）。需要的请重新打印。") from None
    if hashlib.sha256(content).hexdigest() != run.sha256:
        raise Gone("文件与登记的摘要不符，不能打印。请重新生成，并告知系统管理员。")
    left_out = {line["paper"] for line in run.lines if line.get("why") and "paper" in line}
    papers = [paper for paper in papers_of(run) if paper.ref not in left_out]
    desk.note_prints(papers, officer_id=officer_id, officer_name=officer_name, purpose=PURPOSE)
    return content, papers


def own(account_id: int) -> QuerySet[PrintRun]:
    """What an account asked for, newest first."""
    return PrintRun.objects.filter(account_id=account_id).order_by("-id")


def sweep() -> int:
    """Delete what has lain for a day; the number of files. Harmless in two workers at once."""
    old = list(PrintRun.objects.filter(state="ready", expires_at__lte=calendar.now()).order_by("id")[:200])
    for run in old:
        vault.drop(run.ref)
        PrintRun.objects.filter(pk=run.pk).update(state="gone", expires_at=None)
    return len(old)


def lines_of(run: PrintRun) -> list[dict[str, Any]]:
    """Every line with its paper (None where there is none) and its reason."""
    found = {paper.ref: paper for paper in papers_of(run)}
    return [{"paper": found.get(line.get("paper", "")), "case": line.get("case", ""), "why": line.get("why", "")}
            for line in run.lines]  # fmt: skip
