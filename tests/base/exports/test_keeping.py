"""Exports as a counter: who may, what waits for a second person, links of a minute, files of a day, a trace of every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.access import second
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.exports import desk, keeping, limits
from yimen.base.exports.models import Export, ExportLink
from yimen.base.files import vault
from yimen.base.record.models import Entry
from yimen.law.calendar import as_moment
from yimen.law.terms import Role

MORNING = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
Travel = Callable[[dt.date | dt.datetime], None]


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path, travel: Travel) -> World:
    settings.YIMEN_FILES_DIR = tmp_path
    travel(MORNING)
    return make_world()


def made(officer: Officer, rows: int = 3, kind: str = "other") -> Export:
    export = desk.begin(officer, title="待办", asked={"path": "/township/", "query": "", "form": ""}, words="")
    return desk.hand_in(officer, export, b"PK content", rows=rows, kind=kind)


def test_a_small_list_is_ready_and_every_step_leaves_its_entry(world: World) -> None:
    officer = world.handler()
    export = made(officer)
    assert export.state == "ready" and export.expires_at == MORNING + dt.timedelta(hours=24)
    found, content = desk.fetch(officer, desk.link(officer, export.ref))
    assert content == b"PK content" and found.downloads == 1
    acts = list(Entry.objects.filter(subject_kind="export", subject_ref=export.ref).order_by("seq"))
    assert [entry.act for entry in acts] == ["export_list", "fetch_export"]
    assert (
        acts[0].facts["rows"] == 3 and acts[0].facts["sha256"] == export.sha256 and acts[0].staff_id == officer.staff.pk
    )
    assert b"PK content" not in vault.path_of(export.ref).read_bytes()


def test_a_link_works_once_for_a_minute_for_its_owner(world: World, travel: Travel) -> None:
    officer, export = world.handler(), made(world.handler())
    token = desk.link(officer, export.ref)
    with pytest.raises(Unknown):
        desk.fetch(world.handler(number=1), token)
    desk.fetch(officer, token)
    with pytest.raises(Refused, match="只能用一次"):
        desk.fetch(officer, token)
    token = desk.link(officer, export.ref)
    travel(MORNING + dt.timedelta(seconds=61))
    with pytest.raises(Refused, match="60 秒"):
        desk.fetch(officer, token)
    with pytest.raises(Unknown):
        desk.link(world.handler("990101002"), export.ref)


def test_after_a_day_the_file_is_gone(world: World, travel: Travel) -> None:
    officer, export = world.handler(), made(world.handler())
    desk.link(officer, export.ref)
    travel(MORNING + dt.timedelta(hours=23))
    assert keeping.sweep() == 0 and vault.path_of(export.ref).exists()
    travel(MORNING + dt.timedelta(hours=24, seconds=1))
    assert keeping.sweep() == 1 and keeping.sweep() == 0
    assert not vault.path_of(export.ref).exists() and not ExportLink.objects.exists()
    export.refresh_from_db()
    assert export.state == "gone"
    with pytest.raises(Refused, match="不能下载"):
        desk.link(officer, export.ref)


def test_a_file_that_was_changed_is_not_given_out(world: World) -> None:
    officer, export = world.handler(), made(world.handler())
    vault.keep(export.ref, b"something else")
    with pytest.raises(Refused, match="摘要不符"):
        desk.fetch(officer, desk.link(officer, export.ref))


@pytest.mark.parametrize(("kind", "alone"), sorted(limits.ALONE.items()))
def test_from_the_figure_on_a_second_person_is_asked(world: World, kind: str, alone: int) -> None:
    assert made(world.handler(), alone - 1, kind).state == "ready"
    assert made(world.handler(number=1), alone, kind).state == "waiting"


def test_slices_of_one_day_are_summed_per_person(world: World, travel: Travel) -> None:
    officer = world.handler()
    assert made(officer, 20, "bank").state == "ready"
    waiting = made(officer, 5, "bank")
    assert waiting.state == "waiting" and "当天共 25 行" in waiting.why
    assert made(world.handler(number=1), 5, "bank").state == "ready"
    assert made(officer, 2_475, "other").state == "waiting"
    travel(MORNING + dt.timedelta(days=1))
    assert made(officer, 20, "bank").state == "ready"


def test_the_second_person_is_another_one_of_the_place_with_a_fresh_code(world: World) -> None:
    export, boss = made(world.handler(), 25, "bank"), world.head()
    code = second.code_now(boss.account)
    with pytest.raises(Unknown):
        desk.release(world.head("990101002"), export.ref, code="000000", agree=True)
    with pytest.raises(Refused, match="另一位负责人"):
        desk.release(world.handler(), export.ref, code="000000", agree=True)
    with pytest.raises(Refused, match="动态口令不正确"):
        desk.release(boss, export.ref, code="000000", agree=True)
    with pytest.raises(Refused, match="理由"):
        desk.release(boss, export.ref, code=code, agree=False)
    assert [row.ref for row in desk.to_release(boss)] == [export.ref]
    assert desk.release(boss, export.ref, code=code, agree=False, note="用途不清").state == "declined"
    with pytest.raises(Refused, match="用途不清"):
        desk.link(world.handler(), export.ref)
    assert Entry.objects.filter(act="release_export").count() == 1


def test_the_head_does_not_let_the_own_list_go(world: World) -> None:
    boss = world.head()
    export = made(boss, 25, "bank")
    assert export.state == "waiting" and not desk.to_release(boss).exists()
    with pytest.raises(Refused, match="另一位负责人"):
        desk.release(boss, export.ref, code=second.code_now(boss.account), agree=True)
    watcher = world.at_district(Role.SUPERVISOR)
    assert desk.release(watcher, export.ref, code=second.code_now(watcher.account), agree=True).state == "ready"


def test_whole_numbers_need_the_right_a_reason_and_a_code(world: World) -> None:
    def begin(officer: Officer, reason: str, code: str) -> Export:
        asked = {"path": "/", "query": "", "form": ""}
        return desk.begin(officer, title="在保名册", asked=asked, words="", full=True, reason=reason, code=code)

    checker, officer = world.at_district(Role.CHECKER), world.handler()
    with pytest.raises(Refused, match="岗位不能导出完整号码"):
        begin(checker, "核对用", second.code_now(checker.account))
    with pytest.raises(Refused, match="为什么需要"):
        begin(officer, " ", second.code_now(officer.account))
    with pytest.raises(Refused, match="动态口令"):
        begin(officer, "改好再导入", "")
    with pytest.raises(Refused, match="不能导出名单"):
        made(world.aide())
    assert begin(officer, "改好再导入", second.code_now(officer.account)).full and TOWNSHIP
    assert as_moment(Export.objects.get().asked_at) == MORNING
