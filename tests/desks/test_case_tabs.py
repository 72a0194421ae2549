"""The tabs of the case page show what is stored, each moment in Shanghai time."""

from __future__ import annotations

from tests.desks.case_hands import handler, text
from tests.rooms.world import World, applied
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.law.calendar import as_moment, today


def test_a_served_paper_shows_its_day(world: World) -> None:
    case = applied(world)
    paper = next(iter(papers.papers_of("application", case.ref)))
    for receipt in ("拒收", "本人签收"):
        papers.note_service(paper, how="直接送达", on=today(), to_whom="本人", by="经办", receipt=receipt)
    answer = handler(world).get(f"/case/{case.ref}/", {"tab": "papers"})
    assert answer.status_code == 200
    rows = answer.context["blocks"][1].table.rows
    served = [(row.cells[-1].text, row.cells[-1].note) for row in rows]
    assert served.count((f"{today():%Y-%m-%d}", "直接送达，本人，本人签收")) == 1


def test_the_record_shows_shanghai_time(world: World) -> None:
    case = applied(world)
    entry = record.entries_of("application", case.ref)[0]
    page = text(handler(world).get(f"/case/{case.ref}/", {"tab": "record"}))
    assert f"{as_moment(entry.at):%Y-%m-%d %H:%M}" in page
