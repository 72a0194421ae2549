"""Rows of a ledger drawn from the crowd, and the two officers who take it over."""

from __future__ import annotations

from typing import Any

from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.access import second
from yimen.base.access.models import UsedCode
from yimen.base.offices import queries as offices
from yimen.casework.awards import acts
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow, LedgerSource
from yimen.law.calendar import today

SOURCE = LedgerSource("台账.xlsx", "0" * 64)
VILLAGES = (VILLAGE, "990101001002", "990101001003")


def code(officer: Any) -> str:
    """The officer's second factor now; the one used before is forgotten, as if half a minute had passed."""
    UsedCode.objects.all().delete()
    return second.code_now(officer.account)


def person(world: World, relation: str = "self", youngest: int = 30, oldest: int = 70, **more: Any) -> LedgerPerson:
    drawn = world.crowd.person(today(), youngest, oldest)
    return LedgerPerson(drawn.name, drawn.identity, relation, **more)


def family(world: World, number: int = 1, size: int = 2, **more: Any) -> LedgerRow:
    """A household of a ledger: a head, a spouse, children."""
    relations = ["self", "spouse", *["child"] * size][:size]
    people = tuple(person(world, relation) for relation in relations)
    facts: dict[str, Any] = {
        "village": VILLAGES[number % 3],
        "category": "ABC"[number % 3],
        "monthly_fen": 35000 + number * 100,
        "start_month": "2024-03",
        "group": "3组",
        "holder": people[0].name,
        "bank": "示例农村商业银行",
        "account": f"99{number:017d}",
    }
    facts.update(more)
    village = offices.area(facts["village"]).name
    return LedgerRow(place=f"第{number + 1}行", people=people, village_name=village, **facts)


def families(world: World, count: int) -> list[LedgerRow]:
    return [family(world, number, number % 4 + 1) for number in range(1, count + 1)]


def take(world: World, rows: list[LedgerRow], township: str = TOWNSHIP) -> Any:
    """All four steps: the handler proposes, the head confirms."""
    head = world.head(township)
    return acts.take_over(world.handler(township), head, rows=rows, code=code(head))


def proposed(world: World, rows: list[LedgerRow]) -> Any:
    """Opened and previewed by the handler, not submitted."""
    run = acts.open_ledger(world.handler(), source=SOURCE)
    return acts.draw_up(world.handler(), run.ref, rows=rows)


def lines(run: Any) -> list[Any]:
    return list(run.lines.order_by("position"))
