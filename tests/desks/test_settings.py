"""我的设置: one's own switches, kept with the account, reachable from every page."""

from __future__ import annotations

from tests.desks.case_hands import aide, handler, text
from tests.desks.district_hands import send
from tests.rooms.world import PASSWORD, World
from yimen.law.terms import Role


def test_the_switches_are_kept_with_the_account(world: World) -> None:
    client = handler(world)
    page = text(client.get("/settings/"))
    assert 'href="/settings/"' in page and 'data-keys="on"' in page
    answer = send(client, "/settings/", density="compact", size="large")
    assert answer.status_code == 302 and answer.cookies["size"].value == "large"
    page = text(handler(world).get("/settings/"))
    assert 'data-keys="off"' in page and "compact" in page and "按 ? 看全部快捷键" in page
    assert "data-enter-next" not in text(handler(world).get("/township/intake/"))
    assert 'data-keys="on"' in text(aide(world).get("/settings/"))


def test_the_size_follows_the_account_to_another_computer(world: World) -> None:
    send(handler(world), "/settings/", keys="on", enter_next="on", density="standard", size="larger")
    account = world.district.accounts[world.district.who("990101001", Role.HANDLER).pk]
    fresh = handler(world)
    fresh.logout()
    answer = fresh.post("/login/", {"username": account.username, "password": PASSWORD})
    assert answer.cookies["size"].value == "larger"
    assert 'class="desk larger"' in text(fresh.get("/settings/"))


def test_an_unknown_choice_is_refused(world: World) -> None:
    answer = send(handler(world), "/settings/", density="standard", size="huge")
    assert answer.status_code == 422 and "请从列表中选择字号。" in text(answer)
