"""One act on many cases (T18): every row its own act, its own transaction, its own outcome."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.desks.case_hands import handler, text
from tests.desks.district_hands import at, send
from tests.rooms.world import TOWNSHIP, World, applied
from yimen.base.jobs.worker import run_one
from yimen.base.record.models import Entry
from yimen.casework.applications.queries import applications
from yimen.desks.shared.batches import running
from yimen.desks.shared.models import Batch
from yimen.law.terms import Role, Stage

CHECK = "/batch/request_check/"


def chosen(client: Client, url: str, *cases: Any) -> str:
    """Tick and press: the address of the page that says what is about to happen."""
    answer = client.post(url, {"ref": [case.ref for case in cases]})
    assert answer.status_code == 302
    return str(answer["Location"])


def confirmed(client: Client, place: str, **fields: str) -> Any:
    """Press the button of the batch; the page with the outcome of every row."""
    kept = re.search(r'name="cases" value="([^"]*)"', text(client.get(place)))
    assert kept
    answer = send(client, place.split("?", maxsplit=1)[0], cases=kept[1], **fields)
    return client.get(answer["Location"]) if answer.status_code == 302 else answer


def test_the_queue_offers_ticks_and_acts(world: World) -> None:
    applied(world)
    page = text(handler(world).get("/township/?tab=all"))
    assert "批量开始公示" in page and "批量提请信息核对" in page and "打印文书" in page and 'form="bulk"' in page
    assert handler(world).post(CHECK, {})["Location"] == "/"


def test_what_can_be_done_is_done_and_the_rest_says_why(world: World) -> None:
    good, other, asked = applied(world), applied(world), applied(world)
    client = handler(world)
    confirmed(client, chosen(client, CHECK, asked))
    place = chosen(client, CHECK, good, asked, other)
    assert good.number in text(client.get(place)) and good.applicant.name not in place
    page = text(confirmed(client, place))
    assert page.count("tag-green") == 2 and "没有办" in page and "信息核对中" in page
    assert f'href="/case/{asked.ref}/"' in page
    stages = {case.ref: case.stage for case in applications()}
    assert set(stages.values()) == {Stage.CHECKING}
    assert Entry.objects.filter(act="request_check").count() == 3
    assert [row["state"] for row in Batch.objects.order_by("id").last().rows] == ["done", "refused", "done"]


def test_the_same_form_sent_twice_does_its_work_once(world: World) -> None:
    case, client = applied(world), handler(world)
    place = chosen(client, CHECK, case)
    kept = re.search(r'name="cases" value="([^"]*)"', text(client.get(place)))
    assert kept
    fields = {"once": "0123456789bc", "cases": kept[1]}
    first, second = (client.post(CHECK, fields)["Location"] for _ in range(2))
    assert first == second and Batch.objects.count() == 1


def test_a_case_that_moved_on_meanwhile_is_left_as_it_is(world: World) -> None:
    case, client = applied(world), handler(world)
    place = chosen(client, CHECK, case)
    kept = re.search(r'name="cases" value="([^"]*)"', text(client.get(place)))
    assert kept
    confirmed(at(world, Role.HANDLER, 1, TOWNSHIP), place)
    answer = send(client, CHECK, cases=kept[1])
    page = text(client.get(answer["Location"]))
    assert "没有生效" in page and Entry.objects.filter(act="request_check").count() == 1


def test_foreign_cases_are_not_there(world: World) -> None:
    case = applied(world)
    stranger = at(world, Role.HANDLER, code="990101002")
    page = text(confirmed(stranger, chosen(stranger, CHECK, case)))
    assert case.number not in page and not Batch.objects.exists()
    answer = send(stranger, CHECK, cases=f"{case.ref}:{case.version}")
    page = text(stranger.get(answer["Location"]))
    assert "不在您的办理范围内" in page and case.applicant.name not in page
    assert applications().get().stage == Stage.REGISTERED


def test_many_rows_go_to_the_background(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 1)
    cases, client = [applied(world) for _ in range(3)], handler(world)
    page = text(confirmed(client, chosen(client, CHECK, *cases)))
    assert "已办 0 件，共 3 件" in page and "等待办理" in page
    assert run_one()
    page = text(client.get(f"/batch/run/{Batch.objects.get().ref}/"))
    assert page.count("tag-green") == 3 and "progress" not in page.split("<main")[1].split("tiles")[0]


def test_cases_go_over_to_a_colleague_with_a_reason(world: World) -> None:
    cases, client = [applied(world), applied(world)], handler(world)
    colleague = world.handler(number=1).staff
    place = chosen(client, "/batch/hand_over/", *cases)
    assert "改派理由" in text(confirmed(client, place, staff_ref=colleague.ref, reason=""))
    confirmed(client, place, staff_ref=colleague.ref, reason="休假两周")
    assert {case.handler for case in applications()} == {colleague}
    assert Entry.objects.filter(act="hand_over").count() == 2
    assert Entry.objects.filter(act="hand_over").first().facts["reason"] == "休假两周"
    mine = text(at(world, Role.HANDLER, 1, TOWNSHIP).get("/township/?tab=all&handler=me"))
    assert cases[0].number in mine
    assert cases[0].number not in text(client.get("/township/?tab=all&handler=me"))
    page = text(
        send(client, f"/case/{cases[0].ref}/hand_over/", **{"hand-staff_ref": colleague.ref, "hand-reason": "x"})
    )
    assert "请从列表中选择" in page or "不需要改派" in page
