"""Telling households of an area-wide addition (L32): one notice each, for a whole village or township in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.casework.awards import additions
from yimen.casework.awards.additions import Line
from yimen.casework.awards.models import AdditionNotice, Award
from yimen.casework.awards.telling import MOST, TOWNSHIP, tell, township_of
from yimen.law.aftercare.additions import ARTICLE, Addition, rate_words

CODE = "addition_notice"


@office_act("announce_addition")
def announce_addition(walk: Walk, *, area: str, month: str, code: str) -> list[AdditionNotice]:
    """Issue a notice for each household of a village or township that gets the addition ``code`` of a month.

    All months of the addition are told at once, as the household stands today; who was told of it is left out. At most
    MOST at a time, by village and number. Raises Refused where nobody is left, or where the place is not the officer's.
    """
    township = township_of(walk, area, "加发")
    wanted = _additions(township, month, code)
    rows = gate.within(walk.officer, Award.objects.filter(township=township))
    lines = additions.lines_of(rows.filter(village=area) if len(area) > TOWNSHIP else rows, wanted)
    awards = _left(lines, wanted)
    chosen = [(line, awards[line.award]) for line in lines if line.award in awards]
    chosen.sort(key=lambda pair: (pair[1].village_id, pair[1].number))
    if not chosen:
        raise Refused("这里没有还没告知的家庭：享受这项加发的家庭都已制发告知书，或者没有家庭享受。", "nothing", 422)
    made = _write(walk, chosen[:MOST])
    told = [(row.ref, row.pk, row.award, _data(row, line)) for row, (line, _) in zip(made, chosen, strict=False)]
    papers = tell(walk, CODE, AdditionNotice.KIND, township, told)
    label = wanted[0].label
    walk.note(area=area, month=month, addition=code, label=label, awards=[row.award.ref for row in made],
              papers=len(papers), left=len(chosen) - len(made))  # fmt: skip
    return made


def _additions(township: str, month: str, code: str) -> list[Addition]:
    try:
        found = [row for row in additions.additions_at(township, month) if row.code == code]
    except ValueError:
        raise Refused("请写成 2026-02 这样的月份。", "month", 422) from None
    if not found:
        raise Refused("这个月没有这项加发。请刷新页面后重新选择。", "gone", 422)
    return found


def _left(lines: Sequence[Line], wanted: Sequence[Addition]) -> dict[int, Award]:
    """The awards that were not told yet, by their number."""
    numbers = {line.award for line in lines}
    for addition in wanted:
        told = additions.told_of(numbers, addition)
        numbers -= {line.award for line in lines if line.addition == addition and line.award in told}
    rows = Award.objects.select_related("household__head", "village").filter(pk__in=numbers)
    return {award.pk: award for award in rows}


def _write(walk: Walk, chosen: Sequence[tuple[Line, Award]]) -> list[AdditionNotice]:
    rows = [
        AdditionNotice(
            award=award,
            code=line.addition.code,
            label=line.addition.label[:60],
            document=line.addition.document[:160],
            from_month=line.addition.from_month,
            to_month=line.addition.to_month,
            total_fen=line.total_fen,
            on=walk.on,
            by=walk.officer.staff,
        )
        for line, award in chosen
    ]
    return AdditionNotice.objects.bulk_create(rows, batch_size=MOST)


def _data(row: AdditionNotice, line: Line) -> Mapping[str, Any]:
    return {
        "label": row.label,
        "document": row.document,
        "from_month": row.from_month,
        "to_month": row.to_month,
        "rate": rate_words(line.addition),
        "months": [{"month": month, "persons": persons, "amount": fen} for month, persons, fen in line.months],
        "total": row.total_fen,
        "articles": [row.document, f"《中华人民共和国社会救助法》{ARTICLE.removeprefix('社会救助法')}"],
    }
