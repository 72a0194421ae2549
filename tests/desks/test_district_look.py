"""The district's pages in a real browser: no axe violation and nothing cut off, on an office screen and on a phone (B1)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page

from tests.desks.district_hands import at, send
from tests.rooms.checking import asked
from tests.rooms.world import World, applied, make_world
from yimen.base.offices.models import Delegation
from yimen.casework.verification import acts
from yimen.gateways.provincial import door
from yimen.gateways.provincial.practice import answer
from yimen.gateways.provincial.result_write import result_xlsx
from yimen.law.calendar import today
from yimen.law.terms import Role

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def world(transactional_db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_GATEWAY_DIR = tmp_path / "gateway"
    settings.YIMEN_DEMO = True
    return make_world()


def _enter(page: Page, client: Client, origin: str) -> None:
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": origin}])


def _filled(world: World) -> tuple[str, str, str]:
    """A district at work: a batch answered, one waiting, drafts of a hand-over and of a figure."""
    checker, watcher = world.at_district(Role.CHECKER), at(world, Role.SUPERVISOR)
    acts.request_check(world.handler(), applied(world).ref)
    batch = door.send(checker)
    request = door.request_of(batch)
    assert request is not None
    data = result_xlsx(answer(request, "7", today()))
    taken = door.take(checker, door.read(checker, data), data, "r.xlsx")
    asked(world)
    acts.request_check(world.handler(), applied(world).ref)
    send(
        watcher,
        "/district/figures/payment.day/new/",
        value="10",
        area="990101",
        valid_from="2027-01-01",
        document="示例文号",
    )
    hand_over = {"township": "990101200", "programme": "dibao", "mode": "delegation", "document": "示例文号"}
    send(watcher, "/district/delegations/new/", **hand_over, basis="示例", valid_from="2027-01-01")
    return batch.ref, taken.ref, Delegation.objects.get(released_at=None).ref


@pytest.mark.parametrize("width", [1366, 390])
def test_every_page_passes_axe_and_fits(
    world: World, new_page: Callable[..., Page], live_server: Any, axe: Callable[[Page], None], width: int
) -> None:
    batch, file, draft = _filled(world)
    page = new_page(width=width, height=800)
    for role, urls in (
        (Role.CHECKER, ["checks/", "checks/send/", f"checks/batch/{batch}/", f"checks/result/{file}/", "checks/?tab=sent"]),
        (
            Role.DISTRICT_DECIDER,
            ["", "cases/", "cases/?tab=all", "delegations/", f"delegations/{draft}/release/", "delegations/new/"],
        ),
        (
            Role.SUPERVISOR,
            ["delegations/order/", "calendar/", "calendar/?year=2027", "calendar/day/2027-01-01/",
             "figures/payment.day/", "figures/payment.day/new/", "figures/income_reference.crop/new/"],
        ),
    ):  # fmt: skip
        _enter(page, at(world, role), live_server.url)
        for url in [*(f"/district/{url}" for url in urls), "/figures/"]:
            answered = page.goto(url)
            assert answered is not None and answered.status == 200, url
            axe(page)
            assert page.evaluate(SIDEWAYS) <= 0, url
