"""Every list of every desk gives as a file what it shows on the screen (T9; K23): the same heads, rows and order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.bars.district import client_of
from tests.desks.export_hands import Tables, plain, taken
from tests.journeys.grounds import Grounds, Visit
from yimen.desks.shared.pages import LISTS
from yimen.law.terms import Role

# Views of one list that show other rows or columns.
MORE = (
    (Role.HANDLER, "/township/?tab=all&sort=-%E7%94%B3%E8%AF%B7%E4%BA%BA"),
    (Role.HANDLER, "/township/?tab=done"),
    (Role.HANDLER, "/township/notices/?kind=announcement"),
    (Role.CHECKER, "/district/checks/?tab=back"),
    (Role.DISTRICT_DECIDER, "/district/cases/?tab=all"),
    (Role.DISTRICT_DECIDER, "/district/cases/?tab=ended"),
)


def visits(grounds: Grounds) -> list[Visit]:
    seen = [visit for visit in grounds.visits() if visit.who is not None and not visit.name.startswith("act-")]
    return [*seen, *(Visit("more", url, grounds.account(role)) for role, url in MORE)]


def lists(grounds: Grounds) -> Iterator[tuple[Visit, Any, Any, set[str]]]:
    """Each list as each officer sees it: who asks, the answer, the templates. What is no list to one is none to the next."""
    others = set()
    for visit in visits(grounds):
        if visit.name in others:
            continue
        client = client_of(visit.who)
        answer = client.get(visit.url)
        if answer.status_code != 200:
            continue
        if names := {template.name for template in answer.templates if template.name} & LISTS:
            yield visit, client, answer, names
        else:
            others.add(visit.name)


def test_every_list_gives_what_it_shows(grounds: Grounds) -> None:
    """A list of several pages begins in the file as on its first page and goes on."""
    wrong, given, pages = [], set(), set()
    for visit, client, answer, names in lists(grounds):
        page = answer.content.decode()
        # A village's helper reads lists without amounts and is offered none of them to take away.
        if visit.role is Role.AIDE or "/village/" in visit.url:
            assert "/exports/new/" not in page and "导出 Excel" not in page, f"an export is offered at {visit.url}"
            continue
        shown = [table for table in Tables(page).tables if len(table) > 1]
        if not shown:
            continue
        pages |= names
        assert 'action="/exports/new/"' in page, f"no 导出 Excel at {visit.url}"
        sheets = taken(client, page)
        if len(sheets) != len(shown):
            wrong.append(f"{visit.url}: {len(shown)} tables became {len(sheets)} sheets")
        for screen, sheet in zip(shown, sheets, strict=False):
            told = [[plain(cell) for cell in row] for row in screen]
            kept = [[plain(cell) for cell in row] for row in sheet]
            if "下一页" in page and len(kept) > len(told):
                kept = kept[: len(told)]
            if told != kept:
                line = next(
                    (pair for pair in zip(told, kept, strict=False) if pair[0] != pair[1]), (told[-1], kept[-1])
                )
                wrong.append(f"{visit.url}: {line[0]} became {line[1]}")
        given.add(visit.name)
    assert not wrong, "\n".join(wrong)
    assert pages >= {"township/queue.html", "township/notices.html", "district/cases.html", "district/checks.html"}
    assert {"awards", "batch", "overview", "delegations", "figures", "figure", "calendar", "exports", "more"} <= given
