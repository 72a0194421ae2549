"""Error pages come whatever has failed, and never in the framework's own words."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from tests.desks.case_hands import handler, text
from tests.rooms.world import World
from yimen.base.offices.models import Area
from yimen.desks.shared import errors


def _down(*_args: Any, **_more: Any) -> Any:
    raise OperationalError("no connection")


@pytest.mark.django_db
def test_the_page_of_a_failure_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Area.objects, "filter", _down)
    request = RequestFactory().get("/")
    request.number = "a1b2c3d4e5"  # type: ignore[attr-defined]
    answer = errors.failed(request)
    assert answer.status_code == 500
    assert "错误编号 a1b2c3d4e5" in text(answer)


def test_an_officer_too_is_told_when_the_database_is_gone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client: Client = handler(world)
    client.raise_request_exception = False
    monkeypatch.setattr("yimen.desks.shared.casepage.gate.fetch", _down)
    monkeypatch.setattr(Area.objects, "filter", _down)
    answer = client.get("/case/abcdefghjkmn/")
    assert answer.status_code == 500
    assert "系统没有完成这次操作" in text(answer)
