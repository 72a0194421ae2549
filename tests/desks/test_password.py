"""Everybody changes their own password, and a weak one is told why."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.rooms.world import PASSWORD, World
from yimen.base.offices.models import Account
from yimen.base.record import desk as record
from yimen.law.calendar import now


def _client(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    session = client.session
    session["started"] = now().isoformat()
    session.save()
    return client


def _send(world: World, old: str, new: str, again: str) -> tuple[Account, str, int]:
    account = world.handler().account
    answer = _client(account).post("/password/", {"old": old, "new": new, "again": again, "once": "k1"})
    account.refresh_from_db()
    return account, answer.content.decode(), answer.status_code


def test_a_good_password_is_changed_and_recorded_without_itself(world: World) -> None:
    account, _, status = _send(world, PASSWORD, "Tie-xi-2026", "Tie-xi-2026")
    assert status == 302
    assert account.check_password("Tie-xi-2026")
    entry = record.entries_of("account", str(account.pk)).last()
    assert entry is not None and "Tie-xi" not in entry.facts_text


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", "Tie-xi-2026", "Tie-xi-2026", "现在的密码不正确"),
        (PASSWORD, "short1A", "short1A", "至少 10 位"),
        (PASSWORD, "onlyletters", "onlyletters", "至少三类"),
        (PASSWORD, "Qh-jb1-2026", "Qh-jb1-2026", "不能包含账号名"),
        (PASSWORD, "Tie-xi-2026", "Tie-xi-2027", "两次输入的新密码不一样"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field(world: World, old: str, new: str, again: str, sentence: str) -> None:
    account, page, status = _send(world, old, new, again)
    assert status == 422
    assert sentence in page
    assert account.check_password(PASSWORD)
