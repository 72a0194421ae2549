"""One page of the monthly returns, for a township or the whole district."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.refusal import Unknown
from yimen.casework.reports.monthly import monthly
from yimen.casework.reports.official import Return, names, official
from yimen.desks.shared import returns
from yimen.desks.shared.pages import show
from yimen.desks.shared.shapes import Block, Empty, Link, Page, Table
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today

_BACK = 24


def answer(
    request: HttpRequest, *, place: str, townships: Sequence[str], month: str, address: Callable[[str], str],
    more: Callable[[Return], Sequence[Block]] = lambda found: (),
) -> HttpResponse:  # fmt: skip
    """The official table, two months side by side, the form; ``address`` is that of the page of a month."""
    present = month_of(today())
    if not later_month(present, -_BACK) <= month <= present:
        raise Unknown(month)
    found, before = official(townships, month), official(townships, later_month(month, -1))
    opens = _opens(found, whole=len(townships) > 1)
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"月报表　{place}　{month}",
            "吉林省社会救助基本情况统计表和当月变动，只从报备存档的月份数出来；点数字看是哪些家庭。",
        ),
        tabs=[
            Link(each, address(each), current=each == month)
            for each in (later_month(present, -step) for step in range(6))
        ],
        table=returns.official_table(found, opens) if found.closes else _nothing(),
        note=_note(found),
        blocks=[*_blocks(found, before, opens), *more(found)] if found.closes else list(more(found)),
    )


def _opens(found: Return, *, whole: bool) -> returns.Opens:
    """The frozen households behind a figure; of a ``whole`` district those of every township that has filed."""
    if not found.closes:
        return returns.nowhere
    opens = returns.opener(reverse("township:close_rows", args=[found.closes[0].ref]))
    return (lambda asked: opens({**asked, "places": "all"})) if whole else opens


def _nothing() -> Table:
    empty = Empty("这个月还没有报备存档，没有报表。先在“月末办结”签字、报备。")
    return Table(returns.OFFICIAL, [], label="本月", empty=empty)


def _note(found: Return) -> str:
    lacking = f"还没有报备、没有计入的：{names(found.lacking)}。" if found.lacking and found.closes else ""
    return f"{lacking}{returns.AVERAGE_NOTE}" if found.closes else ""


def _beside(found: Return, before: Return) -> list[Block]:
    """Two months side by side, of the townships that have filed both; said where these are not all."""
    both = sorted({close.area_id for close in found.closes} & {close.area_id for close in before.closes})
    if not both:
        return []
    note = ""
    if set(found.lacking) != set(before.lacking):
        found, before = official(both, found.of), official(both, before.of)
        note = f"只比两个月都报备了的：{names(both)}。"
    return [Block(f"与 {before.of} 比", note, table=returns.beside(found, before))]


def _blocks(found: Return, before: Return, opens: returns.Opens) -> list[Block]:
    blocks = [Block("累计", returns.YEAR_NOTE, table=returns.year_table(found))]
    if facts := returns.recognised(found):
        blocks.append(Block("只有认定的家庭", facts=facts))
    return [*blocks, *_beside(found, before), *returns.form_blocks(monthly(found.closes), opens)]
