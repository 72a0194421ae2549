"""The pages of a place before its first case: each says what to do, and passes like a full one (B1, state "empty")."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bars.look import Looker
from tests.journeys.grounds import DESKS, EVERYBODY, FILES, NO_PAGES, Grounds, Visit
from yimen.desks.shared.routes import all_routes

EMPTY = True


def _visits(grounds: Grounds) -> Iterator[Visit]:
    """Every page whose address names nothing, as whoever may open it first."""
    for row in all_routes()[0]:
        if "<" in row.path or "GET" not in row.methods or row.name in FILES | NO_PAGES or row.path.startswith("/help/"):
            continue
        roles = () if row.public else row.roles or EVERYBODY
        role = next((role for desk in DESKS for role in desk if role in roles), None)
        yield Visit(row.name, row.path, grounds.account(role) if role else None, role)


def test_every_page_of_an_empty_place(grounds: Grounds, looker: Looker) -> None:
    looked = set()
    for visit in _visits(grounds):
        looker.open(visit)
        # A form is the same before the first case and after it.
        if looker.page.locator("main .empty").count():
            looker.look(visit)
            looked.add(visit.name)
    assert not looker.wrong, "\n".join(looker.wrong)
    assert looked >= {"queue", "notices", "visits"} and len(looked) >= 5, looked
