"""临时加发 as several pages show it: rates and months in words, the notice of a household, what a household gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from yimen.casework.awards import additions as queries
from yimen.desks.shared.shapes import Block, Cell, Column, Row, Table, Tag
from yimen.law.aftercare.additions import Addition, rate_words
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan


def months_words(addition: Addition) -> str:
    """From which month to which."""
    return f"{addition.from_month} 至 {addition.to_month}"


def programmes_words(addition: Addition) -> str:
    """For which programmes."""
    return "、".join(SHORT[each] for each in addition.programmes)


def notice_cell(notice: Any, paper: Any, *, linked: bool = True) -> Cell:
    """The notice of a household with the day it was issued, or that there is none."""
    if notice is None:
        return Cell(tag=Tag("amber", "未告知"))
    words = f"{notice.on:%Y-%m-%d}"
    return Cell(words, reverse("paper", args=[paper.ref]) if linked and paper else "")


def of_household(awards: Sequence[Any], *, linked: bool) -> list[Block]:
    """What the awards of a household were and are paid on top, the latest first; nothing where there never was any.

    ``linked`` where the reader may see amounts and open the notice.
    """
    lines = queries.lines_of_household(awards)
    if not lines:
        return []
    notices = queries.notices_in([award.pk for award in awards])
    papers = queries.papers_of(notices.values())
    numbers = {award.pk: award.number for award in awards}
    rows = []
    for line in reversed(lines):
        notice = notices.get((line.award, line.addition.code, line.addition.from_month))
        paid = f"{line.months[0][0]} 至 {line.months[-1][0]}" if len(line.months) > 1 else line.months[0][0]
        rows.append(
            Row(
                [
                    Cell(line.addition.label, note=f"依据：{line.addition.document}"),
                    numbers[line.award],
                    paid,
                    rate_words(line.addition),
                    yuan(line.total_fen) if linked else "—",
                    notice_cell(notice, papers.get(notice.pk) if notice else None, linked=linked),
                ]
            )
        )
    columns = ["名称", "编号", "月份", "标准", Column("合计（元）", numeric=True), "告知书"]
    return [Block("临时加发", table=Table(columns, rows, label="临时加发"))]
