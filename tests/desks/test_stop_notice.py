"""终止公示: hung place by place with who and when, on the web by village with a masked name, gone after its last day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.desks.case_hands import handler, text
from tests.desks.district_hands import send
from tests.rooms.ledgers import take
from tests.rooms.test_ledger_programmes import tekun
from tests.rooms.world import TOWNSHIP, VILLAGE, World, make_world
from yimen.casework.awards import acts, change_queries as changes
from yimen.casework.awards.changes.entries import FindingEntry, ReportEntry, ViewsEntry
from yimen.casework.awards.changes.papers import termination_public_notice
from yimen.casework.awards.models import Award, ChangeCase, StopNotice
from yimen.desks.public.screen import screen_url
from yimen.law.calendar import today, travel

BOARD = f"/public/{TOWNSHIP}/{VILLAGE}/"


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_FILES_DIR, settings.YIMEN_DISTRICT = tmp_path / "files", TOWNSHIP[:6]
    return make_world()


def heard(world: World) -> ChangeCase:
    """An end of 特困 proposed and heard, waiting for its notice."""
    take(world, [tekun(world, 7)])
    award, clerk = Award.objects.get(), world.handler()
    report = ReportEntry("obligor", today(), "village", "李协理", "侄子过继为养子，有赡养能力。")
    change = acts.report_change(clerk, award_ref=award.ref, report=report)
    acts.take_up_change(clerk, ref=change.ref)
    finding = FindingEntry("看了收养登记，问了本人。", effect="end", ground="obligor_able")
    acts.record_change_findings(clerk, ref=change.ref, finding=finding)
    views = ViewsEntry(
        "in_person", today(), [clerk.staff.ref, world.aide().staff.ref], "本人", "家中", "agrees", "愿意跟养子生活。"
    )
    acts.hear_views(clerk, ref=change.ref, views=views)
    return changes.find(clerk, change.ref)


def test_a_stop_notice_is_hung_place_by_place_and_shown_on_the_web(world: World) -> None:
    change, client, public = heard(world), handler(world), Client()
    page = f"/township/changes/{change.ref}/"
    name = change.award.household.head.name
    assert "终止公示" not in text(public.get(f"{BOARD}notice/"))
    assert send(client, f"{page}notice/").status_code == 302
    shown = text(client.get(page))
    assert "还没有登记张贴" in shown and f"{page}posting/" in shown and f"{page}submit/" not in shown
    notice = StopNotice.objects.get()
    answer = send(client, f"{page}posting/", posted_on=f"{today():%Y-%m-%d}")
    assert answer.status_code == 422 and "请选择张贴地点" in text(answer)
    first, *others = notice.places
    assert send(client, f"{page}posting/", places=[first], posted_on=f"{today():%Y-%m-%d}").status_code == 302
    assert send(client, f"{page}posting/", places=others, posted_on=f"{today():%Y-%m-%d}").status_code == 302
    shown = text(client.get(page))
    assert world.handler().staff.name in shown and "还没有登记张贴" not in shown

    board = text(public.get(f"{BOARD}stop/"))
    assert name not in board and name[0] in board and notice.ground in board and "1,036" not in board
    assert f"{notice.to_on:%Y-%m-%d}" in board and "终止公示" in text(public.get(f"{BOARD}notice/"))
    own = text(public.get(f"/public/notice/{notice.ref}/"))
    assert name not in own and notice.ground in own
    assert "（1）" in text(public.get("/public/"))
    wall = text(public.get(screen_url(TOWNSHIP)))
    assert (
        name in wall
        and notice.ground in wall
        and "特困人员救助供养终止公示" in wall
        and f"{notice.to_on:%m-%d}" in wall
    )
    with travel(notice.to_on + timedelta(days=1)):
        assert public.get(f"/public/notice/{notice.ref}/").status_code == 404
        assert name[0] + "*" not in text(public.get(f"{BOARD}stop/"))
        assert name not in text(public.get(screen_url(VILLAGE)))


def test_a_minor_stands_by_surname_on_every_channel(world: World) -> None:
    change, public = heard(world), Client()
    acts.publish_stop_notice(world.handler(), ref=change.ref)
    notice = StopNotice.objects.get()
    notice.applicant_is_minor = True
    notice.save()
    for url in (f"{BOARD}stop/", screen_url(VILLAGE)):
        page = text(public.get(url))
        assert (
            f"{notice.applicant[0]}某" in page and notice.applicant not in page and "*" not in page.partition("<td>")[2]
        )
    assert termination_public_notice(change, notice)["rows"][0]["applicant"] == f"{notice.applicant[0]}某"
